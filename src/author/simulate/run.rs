use std::collections::HashSet;

use crate::engine::{BlockKind, Holder, Input, Pick, Session, draw};
use crate::story::{SeatId, Story};
use crate::text;

/// How far a session is followed: a person without a plan may go round in circles for ever.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bound {
    decisions: usize,
    /// Of words that the seat reads.
    bytes: usize,
}

impl Bound {
    /// How far the first sessions are followed.
    pub const FIRST: Self = Self { decisions: 10_000, bytes: 4_000_000 };
    /// How far all of them are followed.
    const LEAST: Self = Self { decisions: 500, bytes: 200_000 };

    /// How far later sessions are followed: twice as far as any went that ended, once some did not.
    pub fn after(self, nights: &[SimulatedRun<'_>]) -> Self {
        if !nights.iter().any(|run| run.given_up) {
            return self;
        }
        let ended = || nights.iter().filter(|run| !run.given_up);
        let decisions = ended().map(|run| 2 * run.walk.len()).max().unwrap_or(0);
        let bytes = ended().map(|run| 2 * run.bytes).max().unwrap_or(0);
        Self {
            decisions: decisions.clamp(Self::LEAST.decisions, self.decisions),
            bytes: bytes.clamp(Self::LEAST.bytes, self.bytes),
        }
    }
}

/// One session, played and counted.
pub(super) struct SimulatedRun<'s> {
    pub session: Session<'s>,
    pub seed: u64,
    pub words: usize,
    /// Bytes of what the seat read.
    bytes: usize,
    /// How many blocks of the page before it have been read.
    blocks: usize,
    bound: Bound,
    /// It went on for longer than sessions are followed.
    pub given_up: bool,
    pub options: usize,
    /// The decisions of the seat that decides at random, by index among all that was open.
    pub walk: Vec<usize>,
    /// What the seat read: the part of the session and the passage, as hashes.
    pub passages: HashSet<(u64, u64)>,
    /// The part of the session in which each of its decisions was taken.
    pub parts: Vec<u64>,
}

impl<'s> SimulatedRun<'s> {
    pub fn play(story: &'s Story, seed: u64, seat: Option<SeatId>, bound: Bound) -> Self {
        let mut run = Self::begin(story, seed, seat, bound);
        run.go_on(seat);
        run
    }

    /// A session before anybody has decided.
    pub fn begin(story: &'s Story, seed: u64, seat: Option<SeatId>, bound: Bound) -> Self {
        let holder = |other| if Some(other) == seat { Holder::Person } else { Holder::Story };
        let session = Session::new(story, seed, story.seat_ids().map(holder).collect());
        let mut run = Self {
            session,
            seed,
            words: 0,
            bytes: 0,
            blocks: 0,
            bound,
            given_up: false,
            options: 0,
            walk: Vec::new(),
            passages: HashSet::new(),
            parts: Vec::new(),
        };
        if let Some(seat) = seat {
            run.read(seat);
        }
        run
    }

    /// Decides at random to the end, or until it is clear that there is none.
    pub fn go_on(&mut self, seat: Option<SeatId>) {
        while self.is_on() {
            let picks = self.session.options().picks();
            let at = at_random(self.seed, self.walk.len(), &picks);
            if !self.take(at, &picks, seat) {
                break;
            }
        }
        if seat.is_none() {
            // Nobody read along, so the whole session is read now.
            self.session = self.session.full_history(SeatId::new(0));
            self.read(SeatId::new(0));
        }
    }

    /// Begins the same session again, before anybody has decided.
    pub fn anew(&self, story: &'s Story, seat: Option<SeatId>) -> Self {
        Self::begin(story, self.seed, seat, self.bound)
    }

    /// True if somebody has to decide and the session is within its bounds.
    pub fn is_on(&mut self) -> bool {
        let asked = self.session.turn().is_some();
        self.given_up = asked && (self.walk.len() >= self.bound.decisions || self.bytes >= self.bound.bytes);
        asked && !self.given_up
    }

    /// Takes the pick with this index; `false` if the session refuses it.
    pub fn take(&mut self, at: usize, picks: &[Pick], seat: Option<SeatId>) -> bool {
        self.options += picks.len();
        self.walk.push(at);
        self.parts.push(seat.map_or(0, |seat| hash(self.session.part(seat).unwrap_or_default())));
        let input = Input::Decide(self.session.state().scene, picks[at]);
        if self.session.input(input).is_err() {
            return false;
        }
        // A sheet that is being marked stays under the eyes, and is not read again at every stroke.
        if !matches!(picks[at], Pick::Line(_)) {
            self.blocks = 0;
        }
        if let Some(seat) = seat {
            self.read(seat);
        }
        true
    }

    /// Counts the words of the page that has just been reached, and remembers its paragraphs.
    fn read(&mut self, seat: SeatId) {
        let mut part = hash("");
        let page = self.session.page(seat);
        let read = std::mem::replace(&mut self.blocks, page.len());
        for block in page.skip(read) {
            match block.kind {
                BlockKind::Part => part = hash(block.text),
                BlockKind::Prose | BlockKind::Reply | BlockKind::News => {
                    self.bytes += block.text.len();
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

/// A random player takes the standing choice about once in this many decisions.
const KEY: u32 = 100;

/// Chooses as a random player does: anything open with equal chance, but the standing choice seldom, since it cuts most
/// sessions short. Returns an index into `picks`.
pub(super) fn at_random(seed: u64, number: usize, picks: &[Pick]) -> usize {
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
