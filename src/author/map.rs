//! A story as a graph: its scenes, what leads where, how often sessions come by.

mod graph;
mod layout;
mod shares;
mod svg;

use std::collections::{HashMap, VecDeque};
use std::fmt::Write as _;

use crate::story::{Condition, Form, Places, SceneId, SceneKind, SeatId, Sources, Story, stem};

/// A scene of the map.
#[derive(Debug, Clone, PartialEq)]
pub struct MapNode {
    pub id: String,
    /// What it stands with: its file where the story has several, else its part of the session.
    pub group: String,
    /// The seat that decides there, as an index.
    pub seat: Option<usize>,
    /// The ending's title, where the session ends.
    pub ending: Option<String>,
    /// The share of sessions, with the story holding every seat, that come here.
    pub share: f64,
}

/// A way from a scene.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapEdge {
    pub from: usize,
    /// Where it leads; a choice without an aim comes back to its scene.
    pub to: usize,
    /// By what: a choice's words, a condition, what is passed; nothing where the scene goes on by itself.
    pub words: String,
}

/// The whole map.
#[derive(Debug, Clone, PartialEq)]
pub struct SceneMap {
    pub title: String,
    /// The seats' names.
    pub seats: Vec<String>,
    pub spots: Vec<MapNode>,
    /// The first scene.
    pub start: usize,
    /// Every way of every scene, in the order of the scenes. The choice that is always there would only hide the
    /// rest, and is left out.
    pub ways: Vec<MapEdge>,
    /// Sessions that the shares were counted in.
    pub nights: u32,
}

/// Draws up the map of a story.
#[must_use]
pub fn map(story: &Story, sources: &Sources, places: &Places) -> SceneMap {
    let (shares, nights) = shares::shares(story);
    let mut part = "";
    let mut spots = Vec::new();
    let mut ways = Vec::new();
    for (at, scene) in story.scenes.iter().enumerate() {
        part = scene.part().unwrap_or(part);
        let file = places.scenes.get(at).copied().flatten().map(|place| sources.file(place.file).name.as_str());
        let file = file.filter(|_| sources.files().len() > 1).map(stem);
        let ending =
            if let SceneKind::End(id) = scene.kind { Some(story.endings[id.index()].title.clone()) } else { None };
        spots.push(MapNode {
            id: scene.id.to_string(),
            group: file.unwrap_or(part).to_owned(),
            seat: scene.seat.map(SeatId::index),
            ending,
            share: shares[at],
        });
        leads(story, SceneId::new(at), &mut |to, words| ways.push(MapEdge { from: at, to: to.index(), words }));
    }
    let seats = story.seats.iter().map(|seat| seat.name.clone()).collect();
    SceneMap { title: story.title.clone(), seats, start: story.start.index(), spots, ways, nights }
}

/// Every scene that can follow, and by what.
fn leads(story: &Story, id: SceneId, see: &mut dyn FnMut(SceneId, String)) {
    let scene = story.scene(id);
    let words = |template| crate::text::plain(&story.words(template).every_word());
    match &scene.kind {
        SceneKind::End(_) => {}
        SceneKind::Flow(go) => see(*go, String::new()),
        SceneKind::Route { ways, by_lot } => {
            for way in ways {
                see(
                    way.go,
                    match (&way.when, by_lot) {
                        (Condition::Always, true) => "by lot".to_owned(),
                        (Condition::Always, false) => "otherwise".to_owned(),
                        (when, true) => format!("by lot, if {}", when.words(story)),
                        (when, false) => format!("if {}", when.words(story)),
                    },
                );
            }
        }
        SceneKind::Decide(decision) => {
            if let Some(form) = &decision.form {
                let by = match form.as_ref() {
                    Form::Pass { .. } => "a message is sent".to_owned(),
                    Form::Relay { .. } => "the message is carried on".to_owned(),
                    Form::Receive { .. } => "the message is taken".to_owned(),
                    Form::Mark { sheet, .. } => format!("{} is handed on", story.sheets[sheet.index()].name),
                };
                see(form.go(), by);
            }
            for choice in story.choices(decision) {
                see(choice.go.unwrap_or(id), words(choice.say));
            }
            if let Some(go) = decision.otherwise {
                see(go, "when nothing is open".to_owned());
            }
        }
    }
}

impl SceneMap {
    /// The groups in the order in which sessions come to them, with their scenes.
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

    /// By scene, its ways.
    fn ways_from(&self) -> Vec<Vec<&MapEdge>> {
        let mut out = vec![Vec::new(); self.spots.len()];
        self.ways.iter().for_each(|way| out[way.from].push(way));
        out
    }

    /// How many scenes lie between the first and each; `usize::MAX` where no way leads there.
    fn steps(&self) -> Vec<usize> {
        let mut steps = vec![usize::MAX; self.spots.len()];
        let ways = self.ways_from();
        let mut waiting = VecDeque::from([(self.start, 0)]);
        while let Some((at, step)) = waiting.pop_front() {
            if steps[at] == usize::MAX {
                steps[at] = step;
                waiting.extend(ways[at].iter().map(|way| (way.to, step + 1)));
            }
        }
        steps
    }

    /// What its shares rest on.
    fn note(&self) -> String {
        format!("% of {} games that the story plays by itself come to a scene", self.nights)
    }

    /// In lines of text: group by group, each scene with how many sessions in a hundred come there and its seat, and
    /// below it every way with its words.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        let ways = self.ways_from();
        for (name, spots) in self.groups() {
            let _ = writeln!(out, "{}", if name.is_empty() { &self.title } else { name });
            for at in spots {
                let spot = &self.spots[at];
                let seat = spot.seat.and_then(|seat| self.seats.get(seat)).map_or("", String::as_str);
                let about = spot.ending.as_ref().map_or_else(|| seat.to_owned(), |title| format!("■ {title}"));
                let line = format!("  {}  {:.0} %  {about}", spot.id, 100.0 * spot.share);
                let _ = writeln!(out, "{}", line.trim_end());
                for way in &ways[at] {
                    let (sign, to) = if way.to == at { ("↺", "") } else { ("→", self.spots[way.to].id.as_str()) };
                    let line = format!("      {sign} {to}  {}", way.words.replace('\n', " "));
                    let _ = writeln!(out, "{}", line.trim_end());
                }
            }
            out.push('\n');
        }
        let _ = writeln!(out, "{}", self.note());
        out
    }
}

/// A colour for a seat, and for scenes that belong to nobody; light enough for dark words (Okabe and Ito 2008, paled).
fn colour(seat: Option<usize>) -> &'static str {
    const SEATS: [&str; 6] = ["#cfe3f3", "#fbe3b8", "#d5ecd9", "#f3d9e6", "#e6e0f5", "#f6f0c4"];
    seat.map_or("#eeeeee", |seat| SEATS[seat % SEATS.len()])
}

/// The beginning of words that would take too much room.
fn short(words: &str, letters: usize) -> String {
    let words = words.replace('\n', " ");
    if words.chars().count() <= letters { words } else { words.chars().take(letters - 1).chain(['…']).collect() }
}
