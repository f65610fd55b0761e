//! Every night that can happen, one state after the other.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::expr::{Values, Word};
use super::file::StoryFile;
use super::offers::Pick;
use super::prose::{Paragraph, Piece, Prose};
use super::world::{Stop, World};

/// What is met in some night, and how nights come to grief.
#[derive(Debug, Default)]
pub struct Everything {
    /// What is reached, open, heard and taken: `scene s1`, `choice s1 0`, `heard late plain` …
    pub met: BTreeSet<String>,
    /// The words that somebody reads.
    pub words: BTreeSet<String>,
    /// Scenes in which nothing is open.
    pub stuck: BTreeSet<String>,
    /// Scenes follow each other without end.
    pub long_run: bool,
    /// A night may never end, whatever is decided from there on.
    pub endless: bool,
    /// It may never end where the story decides.
    pub endless_alone: bool,
    pub states: usize,
}

/// A step to another state: whether somebody can take it, or time and a teacher do; and whether the story would.
struct Step {
    to: usize,
    decided: bool,
    alone: bool,
}

type State = (Word, Values, String);

struct Walker<'f> {
    known: BTreeMap<State, usize>,
    steps: Vec<Vec<Step>>,
    halts: Vec<bool>,
    waiting: VecDeque<(World<'f>, usize)>,
    out: Everything,
}

/// Walks all nights of a story; `None` where there are more states than these.
pub fn everything(file: &StoryFile, most: usize) -> Option<Everything> {
    let mut walker = Walker {
        known: BTreeMap::new(),
        steps: Vec::new(),
        halts: Vec::new(),
        waiting: VecDeque::new(),
        out: Everything::default(),
    };
    walker.come_to(World::begin(file));
    while let Some((world, from)) = walker.waiting.pop_front() {
        walker.go_on(&world, from);
        if walker.known.len() > most {
            return None;
        }
    }
    walker.out.states = walker.known.len();
    walker.out.endless = walker.strands(|step| step.decided);
    walker.out.endless_alone = walker.strands(|step| step.alone);
    Some(walker.out)
}

impl<'f> Walker<'f> {
    /// A state, which may be known.
    fn come_to(&mut self, mut world: World<'f>) -> usize {
        for told in world.told.drain(..) {
            self.out.words.extend(own_words(&told.readings));
        }
        for (name, value) in &world.values {
            if &**value == "true" {
                self.out.met.extend(name.strip_prefix("met ").map(str::to_owned));
                let scene = name.strip_prefix("visited(").and_then(|name| name.strip_suffix(')'));
                self.out.met.extend(scene.map(|scene| format!("scene {scene}")));
            }
        }
        // How a state came about is no part of it.
        world.values.retain(|name, _| !name.starts_with("met ") && !name.starts_with("part("));
        let fresh = self.known.len();
        let key = (Word::from(world.scene), world.values.clone(), format!("{:?}", world.stop));
        let at = *self.known.entry(key).or_insert(fresh);
        if at == fresh {
            match &world.stop {
                Stop::End(ending) => {
                    self.out.met.insert(format!("ending {ending}"));
                }
                Stop::Stuck => {
                    self.out.stuck.insert(world.scene.to_owned());
                }
                Stop::Endless => self.out.long_run = true,
                Stop::Decision(_) | Stop::Lot(_) => {}
            }
            self.steps.push(Vec::new());
            self.halts.push(!matches!(world.stop, Stop::Decision(_) | Stop::Lot(_)));
            self.waiting.push_back((world, at));
        }
        at
    }

    fn step(&mut self, from: usize, world: World<'f>, decided: bool, alone: bool) {
        let to = self.come_to(world);
        self.steps[from].push(Step { to, decided, alone });
    }

    fn go_on(&mut self, world: &World<'f>, from: usize) {
        let after = |change: &dyn Fn(&mut World<'f>)| {
            let mut next = world.clone();
            change(&mut next);
            next
        };
        match &world.stop {
            Stop::Lot(ways) => {
                for way in ways {
                    self.step(from, after(&|next| next.take_way(*way)), true, true);
                }
            }
            Stop::Decision(_) => {
                for offer in world.offers() {
                    self.out.words.extend(own_words(&offer.words));
                    self.out.words.extend(offer.why.iter().flat_map(|why| own_words(why)));
                    if offer.open {
                        self.meet(world, &offer.pick);
                        let alone = world.leans_to(&offer.pick);
                        self.step(from, after(&|next| next.take(&offer.pick)), true, alone);
                    }
                }
                if let Some(freeze) = &world.file.freeze {
                    self.step(from, after(&|next| next.enter(freeze)), false, false);
                }
                if world.file.clock.is_some() {
                    self.step(from, after(&World::tick), false, false);
                }
            }
            Stop::End(_) | Stop::Stuck | Stop::Endless => {}
        }
    }

    /// What a pick shows to be open.
    fn meet(&mut self, world: &World<'f>, pick: &Pick) {
        let scene = world.scene;
        let met = &mut self.out.met;
        match pick {
            Pick::Choice(number) => met.extend([format!("choice {scene} {number}")]),
            Pick::Standing => met.extend([format!("standing {}", world.seat())]),
            Pick::Send { message, carrier, licence } => {
                met.insert(format!("message {scene} {message}"));
                met.extend(carrier.iter().map(|carrier| format!("carrier {scene} {carrier}")));
                met.extend(licence.iter().map(|licence| format!("licence {scene} {licence}")));
            }
            Pick::Treat(treatment) => {
                met.insert(format!("treatment {scene} {treatment}"));
                met.insert(format!("heard {} {treatment}", world.is("message")));
            }
            Pick::Handle(handling) => met.extend([format!("handling {scene} {handling}")]),
            Pick::Line(_) | Pick::Done => {}
        }
    }

    /// Whether there is a state from which no night halts that goes on by these steps.
    fn strands(&self, may: impl Fn(&Step) -> bool) -> bool {
        let mut before: Vec<Vec<usize>> = vec![Vec::new(); self.steps.len()];
        for (from, steps) in self.steps.iter().enumerate() {
            steps.iter().filter(|step| may(step)).for_each(|step| before[step.to].push(from));
        }
        let mut halts = self.halts.clone();
        let mut back: Vec<usize> = (0..halts.len()).filter(|at| halts[*at]).collect();
        while let Some(at) = back.pop() {
            for from in &before[at] {
                if !std::mem::replace(&mut halts[*from], true) {
                    back.push(*from);
                }
            }
        }
        halts.contains(&false)
    }
}

/// Everything that a story has and that some night should meet, as [`Everything::met`] names it.
pub fn all(file: &StoryFile) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for (name, scene) in &file.scenes.0 {
        out.insert(format!("scene {name}"));
        out.extend(scene.end.iter().map(|end| format!("ending {end}")));
        out.extend((0..scene.choices.len()).map(|number| format!("choice {name} {number}")));
        out.extend((0..scene.route.len()).map(|number| format!("way {name} {number}")));
        if let Some(pass) = &scene.pass {
            out.extend(pass.messages.iter().map(|message| format!("message {name} {message}")));
            out.extend(pass.by.iter().map(|carrier| format!("carrier {name} {carrier}")));
            out.extend(pass.licences.iter().map(|licence| format!("licence {name} {licence}")));
        }
        let treatments = scene.relay.iter().flat_map(|relay| &relay.treatments);
        out.extend(treatments.map(|treatment| format!("treatment {name} {treatment}")));
        let handlings = scene.receive.iter().flat_map(|receive| &receive.handlings);
        out.extend(handlings.map(|handling| format!("handling {name} {handling}")));
    }
    for (name, message) in file.messages.0.iter().filter(|_| !file.treatments.0.is_empty()) {
        out.extend(message.heard.names().map(|treatment| format!("heard {name} {treatment}")));
    }
    out
}

/// The words in the branches of a scene's texts, and of what its choices say and reply; each with the thing that must be
/// met for them to be read.
pub fn words_in_branches(file: &StoryFile) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let mut add = |prose: &Prose, needs: String| {
        let mut words = Vec::new();
        prose.0.iter().for_each(|piece| collect(piece, &mut words));
        out.extend(words.into_iter().map(|word| (word, needs.clone())));
    };
    for (name, scene) in &file.scenes.0 {
        // What nobody reads, because every role has words of its own, is left out.
        let texts = file.seats().into_iter().filter_map(|seat| file.words_for(scene, seat));
        texts.for_each(|text| add(text, format!("scene {name}")));
        for (number, choice) in scene.choices.iter().enumerate() {
            add(&choice.say, format!("choice {name} {number}"));
            choice.reply.iter().for_each(|reply| add(reply, format!("choice {name} {number}")));
        }
    }
    out
}

fn collect(piece: &Piece, words: &mut Vec<String>) {
    let branches: Vec<&Prose> = match piece {
        Piece::Text(_) | Piece::Named(_) => return,
        // Of its halves the proof asks only whether a game comes to the scene twice, not what else must hold then.
        Piece::FirstAgain(..) => return,
        Piece::If(branches, otherwise) => branches.iter().map(|(_, words)| words).chain([otherwise]).collect(),
        Piece::OneOf(branches) => branches.iter().collect(),
    };
    for piece in branches.into_iter().flat_map(|branch| &branch.0) {
        match piece {
            Piece::Text(text) => words.extend(words_of(text)),
            other => collect(other, words),
        }
    }
}

/// The words that stand nowhere else: a number between `W` and a letter, wherever they stand.
pub fn words_of(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split('W').skip(1).filter_map(|rest| {
        let (number, _) = rest.split_at(rest.find(char::is_alphabetic)?);
        number.parse::<u32>().ok().map(|number| format!("W{number}w"))
    })
}

fn own_words(readings: &[Vec<Paragraph>]) -> Vec<String> {
    let runs = readings.iter().flatten().flat_map(|paragraph| &paragraph.runs);
    runs.flat_map(|run| words_of(&run.text)).collect()
}
