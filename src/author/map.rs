//! A story as a graph: its scenes, what leads where, how often nights come by.

use std::collections::{HashMap, HashSet, VecDeque};
use std::fmt::Write as _;

use crate::engine::{Holder, Session};
use crate::story::{Kind, Places, SceneId, Sources, Story};
use crate::text::escaped;

/// Nights that say how often a scene is met.
const NIGHTS: u64 = 400;

/// A scene of the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    pub id: String,
    /// What it stands with: its file where the story has several, else its part of the night.
    pub group: String,
    /// The seat that decides there, as an index.
    pub seat: Option<usize>,
    /// The ending's title, where the night ends.
    pub ending: Option<String>,
    /// The share of nights, with the story holding every seat, that come here.
    pub share: f64,
}

/// The whole map.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    pub title: String,
    /// The seats' names.
    pub seats: Vec<String>,
    pub spots: Vec<Spot>,
    /// The first scene.
    pub start: usize,
    /// From, to, and by what: a choice's words, or nothing where it goes by itself.
    pub ways: Vec<(usize, usize, String)>,
}

/// Draws up the map of a story.
#[must_use]
pub fn map(story: &Story, sources: &Sources, places: &Places) -> Map {
    let mut met = vec![0_u64; story.scenes.len()];
    for seed in 0..NIGHTS {
        let session = Session::new(story, seed, vec![Holder::Story; story.seats.len()]);
        for (at, met) in met.iter_mut().enumerate() {
            *met += u64::from(session.state().visits(SceneId::new(at)) > 0);
        }
    }
    let mut part = "";
    let mut spots = Vec::new();
    let mut known: HashSet<(usize, usize)> = HashSet::new();
    let mut ways: Vec<(usize, usize, String)> = Vec::new();
    for (at, scene) in story.scenes.iter().enumerate() {
        part = scene.part().unwrap_or(part);
        let file = places.scenes.get(at).copied().flatten().map(|place| sources.file(place.file).name.as_str());
        let file = file
            .filter(|_| sources.files().len() > 1)
            .map(|name| name.rsplit(['/', '\\']).next().unwrap_or(name).trim_end_matches(".ron"));
        let ending = if let Kind::End(id) = scene.kind { Some(story.endings[id.index()].title.clone()) } else { None };
        spots.push(Spot {
            id: scene.id.to_string(),
            group: file.unwrap_or(part).to_owned(),
            seat: scene.seat.map(crate::story::SeatId::index),
            ending,
            share: met[at] as f64 / NIGHTS as f64,
        });
        leads(story, SceneId::new(at), &mut |to, words| {
            if known.insert((at, to.index())) {
                ways.push((at, to.index(), words));
            }
        });
    }
    let seats = story.seats.iter().map(|seat| seat.name.clone()).collect();
    Map { title: story.title.clone(), seats, start: story.start.index(), spots, ways }
}

/// Every scene that can follow, and by what; the choice that is always there would only hide the rest, and is left out.
fn leads(story: &Story, id: SceneId, see: &mut dyn FnMut(SceneId, String)) {
    let scene = story.scene(id);
    let words = |template| crate::text::plain(&story.words(template).every_word());
    match &scene.kind {
        Kind::End(_) => {}
        Kind::Flow(go) => see(*go, String::new()),
        Kind::Route { ways, .. } => ways.iter().for_each(|way| see(way.go, String::new())),
        Kind::Decide(decision) => {
            if let Some(form) = &decision.form {
                see(form.go(), String::new());
            }
            for choice in story.choices(decision) {
                if let Some(go) = choice.go {
                    see(go, words(choice.say));
                }
            }
            if let Some(go) = decision.otherwise {
                see(go, String::new());
            }
        }
    }
}

/// A colour for a seat, and for scenes that belong to nobody; light enough for dark words (Okabe and Ito 2008, paled).
fn colour(seat: Option<usize>) -> &'static str {
    const SEATS: [&str; 6] = ["#cfe3f3", "#fbe3b8", "#d5ecd9", "#f3d9e6", "#e6e0f5", "#f6f0c4"];
    seat.map_or("#eeeeee", |seat| SEATS[seat % SEATS.len()])
}

impl Map {
    /// The groups in the order in which nights come to them, with their scenes.
    fn groups(&self) -> Vec<(&str, Vec<usize>)> {
        let mut out: Vec<(&str, Vec<usize>)> = Vec::new();
        let mut place: HashMap<&str, usize> = HashMap::new();
        for (at, spot) in self.spots.iter().enumerate() {
            let number = *place.entry(&spot.group).or_insert(out.len());
            if number == out.len() {
                out.push((&spot.group, Vec::new()));
            }
            out[number].1.push(at);
        }
        let steps = self.steps();
        out.sort_by_key(|(_, spots)| spots.iter().map(|at| steps[*at]).min());
        out
    }

    /// By scene, what can follow it.
    fn next(&self) -> Vec<Vec<usize>> {
        let mut out = vec![Vec::new(); self.spots.len()];
        self.ways.iter().for_each(|(from, to, _)| out[*from].push(*to));
        out
    }

    /// How many scenes lie between the first and each.
    fn steps(&self) -> Vec<usize> {
        let mut steps = vec![usize::MAX; self.spots.len()];
        let next = self.next();
        let mut waiting = VecDeque::from([(self.start, 0)]);
        while let Some((at, step)) = waiting.pop_front() {
            if steps[at] == usize::MAX {
                steps[at] = step;
                waiting.extend(next[at].iter().map(|to| (*to, step + 1)));
            }
        }
        steps
    }

    /// In lines of text: group by group, each scene with its seat, how many nights in a hundred come there, and what
    /// follows it.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        let next = self.next();
        let widest = self.spots.iter().map(|spot| spot.id.chars().count()).max().unwrap_or(0).min(28);
        for (name, spots) in self.groups() {
            let _ = writeln!(out, "{}", if name.is_empty() { &self.title } else { name });
            for at in spots {
                let spot = &self.spots[at];
                let seat = spot.seat.and_then(|seat| self.seats.get(seat)).map_or("", String::as_str);
                let names: Vec<&str> = next[at].iter().map(|to| self.spots[*to].id.as_str()).collect();
                let goes = match &spot.ending {
                    Some(title) => format!("■ {title}"),
                    None => format!("→ {}", names.join(", ")),
                };
                let who = if seat.is_empty() { String::new() } else { format!("{seat}: ") };
                let _ = writeln!(out, "  {:<widest$} {:>3.0} %  {who}{goes}", spot.id, 100.0 * spot.share);
            }
            out.push('\n');
        }
        out
    }

    /// As a flowchart for Mermaid.
    #[must_use]
    pub fn mermaid(&self) -> String {
        let mut out = String::from("flowchart LR\n");
        for (number, (name, spots)) in self.groups().into_iter().enumerate() {
            let _ = writeln!(out, "  subgraph g{number}[\"{}\"]", quoted(name));
            for at in spots {
                let spot = &self.spots[at];
                let (open, close) = if spot.ending.is_some() { ("([", "])") } else { ("[", "]") };
                let label =
                    spot.ending.as_ref().map_or_else(|| spot.id.clone(), |title| format!("{}: {title}", spot.id));
                let _ = writeln!(out, "    s{at}{open}\"{}\"{close}", quoted(&label));
            }
            out.push_str("  end\n");
        }
        for (from, to, words) in &self.ways {
            let words = short(words);
            let label = if words.is_empty() { String::new() } else { format!("|\"{}\"|", quoted(&words)) };
            let _ = writeln!(out, "  s{from} -->{label} s{to}");
        }
        for (at, spot) in self.spots.iter().enumerate() {
            let _ = writeln!(out, "  style s{at} fill:{},color:#222", colour(spot.seat));
        }
        out
    }

    /// As a graph for Graphviz.
    #[must_use]
    pub fn dot(&self) -> String {
        let string =
            |words: &str| format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " "));
        let mut out = format!(
            "digraph {} {{\n  rankdir=LR; node [shape=box, style=\"rounded,filled\", fontname=\"sans-serif\"];\n",
            string(&self.title)
        );
        for (number, (name, spots)) in self.groups().into_iter().enumerate() {
            let _ = writeln!(out, "  subgraph cluster_{number} {{ label={};", string(name));
            for at in spots {
                let spot = &self.spots[at];
                let label =
                    spot.ending.as_ref().map_or_else(|| spot.id.clone(), |title| format!("{}: {title}", spot.id));
                let thick = if spot.ending.is_some() { 2 } else { 1 };
                let _ = writeln!(
                    out,
                    "    s{at} [label={}, fillcolor=\"{}\", penwidth={thick}];",
                    string(&label),
                    colour(spot.seat)
                );
            }
            out.push_str("  }\n");
        }
        for (from, to, words) in &self.ways {
            let _ = writeln!(out, "  s{from} -> s{to} [tooltip={}];", string(words));
        }
        out.push_str("}\n");
        out
    }

    /// Columns for a picture: the groups, or where there are few of them how many steps a scene is from the start.
    fn columns(&self) -> Vec<(String, Vec<usize>)> {
        let groups = self.groups();
        if groups.len() >= 3 {
            return groups.into_iter().map(|(name, spots)| (name.to_owned(), spots)).collect();
        }
        let mut out: Vec<(String, Vec<usize>)> = Vec::new();
        for (at, steps) in self.steps().into_iter().enumerate() {
            let column = if steps == usize::MAX { 0 } else { steps };
            if out.len() <= column {
                out.resize(column + 1, (String::new(), Vec::new()));
            }
            out[column].1.push(at);
        }
        out
    }

    /// As a picture that needs nothing else.
    #[must_use]
    pub fn svg(&self) -> String {
        const BOX: (usize, usize) = (190, 30);
        const STEP: (usize, usize) = (290, 48);
        const TOP: usize = 70;
        let columns = self.columns();
        let rows = columns.iter().map(|(_, spots)| spots.len()).max().unwrap_or(1);
        let (width, height) = (columns.len() * STEP.0 + 40, TOP + rows * STEP.1 + 40);
        let mut place = vec![(0, 0); self.spots.len()];
        for (column, (_, spots)) in columns.iter().enumerate() {
            for (row, at) in spots.iter().enumerate() {
                place[*at] = (20 + column * STEP.0, TOP + row * STEP.1);
            }
        }
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n<title>{}</title>\n",
            escaped(&self.title)
        );
        for (column, (name, _)) in columns.iter().enumerate() {
            let _ = writeln!(
                out,
                "<text x=\"{}\" y=\"44\" font-weight=\"bold\" fill=\"#222222\">{}</text>",
                20 + column * STEP.0,
                escaped(name)
            );
        }
        for (from, to, words) in &self.ways {
            let ((x, y), (tx, ty)) = (place[*from], place[*to]);
            let (x, y, ty) = (x + BOX.0, y + BOX.1 / 2, ty + BOX.1 / 2);
            let bend = if tx > x { (tx - x) / 2 } else { 60 };
            let before = tx.saturating_sub(bend);
            let _ = writeln!(
                out,
                "<path d=\"M{x} {y} C{} {y} {before} {ty} {tx} {ty}\" fill=\"none\" stroke=\"#888888\"><title>{} → {}{}</title></path>",
                x + bend,
                escaped(&self.spots[*from].id),
                escaped(&self.spots[*to].id),
                escaped(&if words.is_empty() { String::new() } else { format!(": {words}") })
            );
        }
        for (at, spot) in self.spots.iter().enumerate() {
            let (x, y) = place[at];
            let thick = if spot.ending.is_some() { 2 } else { 1 };
            let seat = spot.seat.and_then(|seat| self.seats.get(seat)).map_or("", String::as_str);
            let label: String = spot.ending.as_deref().unwrap_or(&spot.id).chars().take(24).collect();
            let _ = writeln!(
                out,
                "<g><title>{}: {} ({:.0} % of nights)</title><rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" rx=\"6\" fill=\"{}\" stroke=\"#444444\" stroke-width=\"{thick}\"/><text x=\"{}\" y=\"{}\" fill=\"#222222\">{}</text></g>",
                escaped(&spot.id),
                escaped(seat),
                100.0 * spot.share,
                BOX.0,
                BOX.1,
                colour(spot.seat),
                x + 10,
                y + 19,
                escaped(&label)
            );
        }
        for (number, seat) in self.seats.iter().enumerate() {
            let x = 20 + number * 200;
            let _ = writeln!(
                out,
                "<rect x=\"{x}\" y=\"10\" width=\"12\" height=\"12\" fill=\"{}\" stroke=\"#444444\"/><text x=\"{}\" y=\"20\" fill=\"#222222\">{}</text>",
                colour(Some(number)),
                x + 18,
                escaped(seat)
            );
        }
        out.push_str("</svg>\n");
        out
    }
}

/// Words between Mermaid's quotation marks.
fn quoted(words: &str) -> String {
    escaped(words)
        .replace('\n', " ")
        .replace("&#39;", "'")
        .replace('#', "#35;")
        .replace("&amp;", "#amp;")
        .replace("&lt;", "#lt;")
        .replace("&gt;", "#gt;")
        .replace("&quot;", "#quot;")
}

fn short(words: &str) -> String {
    if words.chars().count() <= 40 { words.to_owned() } else { words.chars().take(39).chain(['…']).collect() }
}
