use std::collections::HashSet;

use crate::engine::{BlockKind, Holder, Input, Pick, Session, draw};
use crate::story::{SeatId, Story};
use crate::text;

/// Most decisions of one night: a person without a plan may go round in circles for ever.
const LONGEST: usize = 10_000;

/// One night, played and counted.
pub(super) struct Night<'s> {
    pub session: Session<'s>,
    pub seed: u64,
    pub words: usize,
    pub options: usize,
    /// The decisions of the seat that decides at random, by index among all that was open.
    pub walk: Vec<usize>,
    /// What the seat read: the part of the night and the passage, as hashes.
    pub passages: HashSet<(u64, u64)>,
    /// The part of the night in which each of its decisions was taken.
    pub parts: Vec<u64>,
}

impl<'s> Night<'s> {
    pub fn play(story: &'s Story, seed: u64, seat: Option<SeatId>) -> Self {
        let mut night = Self::begin(story, seed, seat);
        night.go_on(seat);
        night
    }

    /// A night before anybody has decided.
    pub fn begin(story: &'s Story, seed: u64, seat: Option<SeatId>) -> Self {
        let holder = |other| if Some(other) == seat { Holder::Person } else { Holder::Story };
        let session = Session::new(story, seed, story.seat_ids().map(holder).collect());
        let (walk, parts) = (Vec::new(), Vec::new());
        let mut night = Self { session, seed, words: 0, options: 0, walk, passages: HashSet::new(), parts };
        if let Some(seat) = seat {
            night.read(seat);
        }
        night
    }

    /// Decides at random to the end, or until it is clear that there is none.
    pub fn go_on(&mut self, seat: Option<SeatId>) {
        while self.session.turn().is_some() && self.walk.len() < LONGEST {
            let picks = self.session.options().picks();
            let at = at_random(self.seed, self.walk.len(), &picks);
            if !self.take(at, &picks, seat) {
                break;
            }
        }
        if seat.is_none() {
            // Nobody read along, so the whole night is read now.
            self.session = self.session.retold(SeatId::new(0));
            self.read(SeatId::new(0));
        }
    }

    /// Takes the pick with this index; `false` where it is not taken.
    pub fn take(&mut self, at: usize, picks: &[Pick], seat: Option<SeatId>) -> bool {
        self.options += picks.len();
        self.walk.push(at);
        self.parts.push(seat.map_or(0, |seat| hash(self.session.part(seat).unwrap_or_default())));
        let input = Input::Decide(self.session.state().scene, picks[at]);
        if self.session.input(input).is_err() {
            return false;
        }
        if let Some(seat) = seat {
            self.read(seat);
        }
        true
    }

    /// Counts the words of the page that has just been reached, and remembers its paragraphs.
    fn read(&mut self, seat: SeatId) {
        let mut part = hash("");
        for block in self.session.page(seat) {
            match block.kind {
                BlockKind::Part => part = hash(block.text),
                BlockKind::Prose | BlockKind::Reply => {
                    for paragraph in block.text.split("\n\n") {
                        let words = text::plain(paragraph);
                        self.words += words.split_whitespace().count();
                        self.passages.insert((part, hash(&words)));
                    }
                }
                BlockKind::Chosen | BlockKind::Notice | BlockKind::Silence => {}
            }
        }
    }
}

/// A person without a plan presses the key that is always there at one decision in so many.
const KEY: u32 = 100;

/// What a person without a plan picks: anything open with the same chance, the standing choice seldom, since it cuts
/// most nights short.
fn at_random(seed: u64, number: usize, picks: &[Pick]) -> usize {
    let number = u32::try_from(number).unwrap_or(0);
    let draw = |purpose: &str, bound: usize| {
        draw(seed, "a person", number, purpose, u32::try_from(bound).unwrap_or(u32::MAX)) as usize
    };
    let Some(key) = picks.iter().position(|pick| *pick == Pick::Standing).filter(|_| picks.len() > 1) else {
        return draw("pick", picks.len());
    };
    if draw("key", KEY as usize) == 0 {
        return key;
    }
    let at = draw("pick", picks.len() - 1);
    if at < key { at } else { at + 1 }
}

/// The odds of [`at_random`].
pub(super) fn chances(picks: &[Pick]) -> Vec<f64> {
    let key = if picks.len() > 1 && picks.contains(&Pick::Standing) { 1.0 / f64::from(KEY) } else { 0.0 };
    let others = picks.len() - usize::from(key > 0.0);
    let chance = |pick: &Pick| if key > 0.0 && *pick == Pick::Standing { key } else { (1.0 - key) / others as f64 };
    picks.iter().map(chance).collect()
}

pub(super) fn hash(words: &str) -> u64 {
    words
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
