//! The map as a picture that needs nothing else.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::text::escaped;

use super::layout::{EdgeRoute, Layout, LayoutItem, layout};
use super::{SceneMap, colour, short};

/// A box's width, and the room between columns, in which ways turn.
const WIDE: usize = 250;
const GAP: usize = 110;
/// A scene's name; a line of one of its ways.
const HEAD: usize = 24;
const ROW: usize = 17;
/// Room below a box; a lane.
const BELOW: usize = 18;
const LANE: usize = 12;
/// Room above the columns.
const TOP: usize = 60;
const EDGE: usize = 30;
/// Letters of a line in a box.
const LETTERS: usize = 38;

/// Colours of ways, by the scene they lead to: dark enough for a thin line (Okabe and Ito 2008, without their yellow).
const WAYS: [&str; 6] = ["#0072b2", "#d55e00", "#007a5a", "#a03070", "#5b3fa0", "#6b4a1f"];

/// Where things stand: the upper left corner of boxes, the height of lanes.
struct Positions {
    boxes: Vec<(usize, usize)>,
    lanes: HashMap<(usize, LayoutItem), usize>,
    width: usize,
    height: usize,
}

impl SceneMap {
    /// As a picture that needs nothing else.
    #[must_use]
    pub fn svg(&self) -> String {
        let layout = layout(self);
        let rows = self.rows();
        let places = places(&layout, &rows);
        let (width, height) = (places.width, places.height);
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n<title>{}</title>\n",
            escaped(&self.title)
        );
        for (at, ink) in WAYS.iter().enumerate() {
            let _ = writeln!(
                out,
                "<marker id=\"to{at}\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0 L8 4 L0 8 Z\" fill=\"{ink}\"/></marker>"
            );
        }
        let mut too_far = 0;
        for (at, (way, run)) in self.ways.iter().zip(&layout.runs).enumerate() {
            match run {
                EdgeRoute::Stays => {}
                EdgeRoute::TooFar => too_far += 1,
                EdgeRoute::Through { columns, back } => {
                    let line = self.line(at, &places, &rows, columns, *back);
                    let dashes = if *back { " stroke-dasharray=\"5 3\"" } else { "" };
                    let (ink, words) = (way.to % WAYS.len(), &way.words);
                    let words = if words.is_empty() { String::new() } else { format!(": {words}") };
                    let (from, to) = (&self.spots[way.from].id, &self.spots[way.to].id);
                    let _ = writeln!(
                        out,
                        "<path d=\"{line}\" fill=\"none\" stroke=\"{}\"{dashes} marker-end=\"url(#to{ink})\"><title>{} → {}{}</title></path>",
                        WAYS[ink],
                        escaped(from),
                        escaped(to),
                        escaped(&words)
                    );
                }
            }
        }
        (0..self.spots.len()).for_each(|at| self.scene(&mut out, at, &places, &rows, &layout));
        self.legend(&mut out, too_far);
        out.push_str("</svg>\n");
        out
    }

    /// By scene, the numbers of its ways: a line of its box each.
    fn rows(&self) -> Vec<Vec<usize>> {
        let mut rows = vec![Vec::new(); self.spots.len()];
        self.ways.iter().enumerate().for_each(|(at, way)| rows[way.from].push(at));
        rows
    }

    /// A way from its line in its box to the box of the scene it leads to.
    fn line(&self, at: usize, places: &Positions, rows: &[Vec<usize>], columns: &[usize], back: bool) -> String {
        const TURN: usize = 36;
        let way = &self.ways[at];
        // The ways of a scene are numbered one after the other.
        let row = rows[way.from].first().map_or(0, |first| at - first);
        let (x, y) = places.boxes[way.from];
        let (mut x, mut y) = (x + WIDE, y + HEAD + row * ROW + ROW / 2);
        let mut line = format!("M{x} {y}");
        let mut curve = |to: (usize, usize), out: bool, into: bool| {
            // It leaves to the right or the left, and comes in from the left or the right.
            let (reach, (tx, ty)) = (if back { TURN } else { GAP / 2 }, to);
            let first = if out { x + reach } else { x.saturating_sub(reach) };
            let last = if into { tx.saturating_sub(reach) } else { tx + reach };
            let _ = write!(line, " C{first} {y} {last} {ty} {tx} {ty}");
            (x, y) = to;
        };
        let lane = LayoutItem::Lane { to: way.to, back };
        let mut flat = Vec::new();
        for &column in columns {
            let (left, height) = (EDGE + column * (WIDE + GAP), places.lanes[&(column, lane)]);
            flat.push((left, height));
        }
        let to = places.boxes[way.to];
        let to = (to.0, to.1 + HEAD / 2);
        for (number, (left, height)) in flat.iter().enumerate() {
            let (enters, leaves) = if back { (left + WIDE, *left) } else { (*left, left + WIDE) };
            curve((enters, *height), number == 0 || !back, !back);
            curve((leaves, *height), !back, !back);
        }
        curve(to, !back, true);
        line
    }

    fn scene(&self, out: &mut String, at: usize, places: &Positions, rows: &[Vec<usize>], layout: &Layout) {
        let spot = &self.spots[at];
        let (x, y) = places.boxes[at];
        let thick = if spot.ending.is_some() { 2 } else { 1 };
        let seat = spot.seat.and_then(|seat| self.seats.get(seat)).map_or("", String::as_str);
        let about: Vec<&str> = [spot.group.as_str(), seat].into_iter().filter(|words| !words.is_empty()).collect();
        let title = format!("{}. {:.0} % of games come here. {}", spot.id, 100.0 * spot.share, about.join(", "));
        let name = spot.ending.as_ref().map_or_else(|| spot.id.clone(), |title| format!("{}: {title}", spot.id));
        let _ = write!(
            out,
            "<g><title>{}</title><rect x=\"{x}\" y=\"{y}\" width=\"{WIDE}\" height=\"{}\" rx=\"6\" fill=\"{}\" stroke=\"#444444\" stroke-width=\"{thick}\"/><text x=\"{}\" y=\"{}\" font-weight=\"bold\" fill=\"#222222\">{}</text>",
            escaped(&title),
            HEAD + rows[at].len() * ROW,
            colour(spot.seat),
            x + 10,
            y + 16,
            escaped(&short(&name, LETTERS - 6))
        );
        for (number, &way) in rows[at].iter().enumerate() {
            let (way, run) = (&self.ways[way], &layout.runs[way]);
            let to = &self.spots[way.to].id;
            let words = match (way.words.as_str(), run) {
                (words, EdgeRoute::Stays) => format!("↺ {words}"),
                ("", _) => format!("→ {to}"),
                (words, EdgeRoute::TooFar) => format!("{} → {to}", short(words, LETTERS / 2)),
                (words, EdgeRoute::Through { .. }) => words.to_owned(),
            };
            let _ = write!(
                out,
                "<text x=\"{}\" y=\"{}\" font-size=\"11\" fill=\"#333333\">{}<title>{}</title></text>",
                x + 10,
                y + HEAD + number * ROW + 12,
                escaped(&short(&words, LETTERS)),
                escaped(&format!("{} → {to}", way.words))
            );
        }
        out.push_str("</g>\n");
    }

    fn legend(&self, out: &mut String, too_far: usize) {
        let mut x = EDGE;
        for (number, seat) in self.seats.iter().enumerate().filter(|(_, seat)| !seat.is_empty()) {
            let _ = writeln!(
                out,
                "<rect x=\"{x}\" y=\"10\" width=\"12\" height=\"12\" fill=\"{}\" stroke=\"#444444\"/><text x=\"{}\" y=\"20\" fill=\"#222222\">{}</text>",
                colour(Some(number)),
                x + 18,
                escaped(seat)
            );
            x += 40 + 8 * crate::text::width(seat);
        }
        let mut words =
            "Dashed: back to a scene that can have been played before. ↺: back to the same scene.".to_owned();
        if too_far > 0 {
            let _ = write!(words, " Not drawn, to keep this readable: {too_far} ways that lead far away.");
        }
        let _ = writeln!(out, "<text x=\"{EDGE}\" y=\"42\" fill=\"#555555\">{}</text>", escaped(&words));
    }
}

fn places(layout: &Layout, rows: &[Vec<usize>]) -> Positions {
    let tall = |item: &LayoutItem| match item {
        LayoutItem::Scene(at) => HEAD + rows[*at].len() * ROW + BELOW,
        LayoutItem::Lane { .. } => LANE,
    };
    let heights: Vec<usize> = layout.columns.iter().map(|items| items.iter().map(tall).sum()).collect();
    let most = heights.iter().copied().max().unwrap_or(0);
    let width = (2 * EDGE + layout.columns.len() * (WIDE + GAP) - GAP.min(layout.columns.len() * GAP)).max(600);
    let mut out =
        Positions { boxes: vec![(0, 0); rows.len()], lanes: HashMap::new(), width, height: TOP + most + EDGE };
    for (column, items) in layout.columns.iter().enumerate() {
        let mut y = TOP + (most - heights[column]) / 2;
        for item in items {
            match item {
                LayoutItem::Scene(at) => out.boxes[*at] = (EDGE + column * (WIDE + GAP), y),
                LayoutItem::Lane { .. } => {
                    out.lanes.insert((column, *item), y + LANE / 2);
                }
            }
            y += tall(item);
        }
    }
    out
}
