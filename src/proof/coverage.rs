//! Saves the proof work: plays random sessions and notes which words they show and which scenes they enter twice. What
//! a session has done needs no proof that one can.
//!
//! The rest is proved ([`super::words`], [`super::answers`], [`super::revisits`]), so chance cannot make the result
//! wrong.

use std::collections::HashMap;

use crate::engine::{Observer, Pick, Rules, State, Stop, options};
use crate::story::{Choice, SceneId, SeatId, Story};

use super::answers::Answers;
use super::branches::Branches;
use super::conditional::{Conditional, When};
use super::meter::Budget;

/// The greatest number of sessions that are played.
const MOST_RUNS: usize = 50_000;
/// The greatest number of decisions and lots in all sessions together, which bounds the cost of long ones.
const STEPS: usize = 6_000_000;
/// Playing stops after this many sessions for each scene without anything new.
const PATIENCE: usize = 20;

/// What random sessions have shown.
pub(super) struct Coverage {
    /// By words: their branches.
    pub branches: Vec<Branches>,
    /// By scene: whether some session has entered it twice.
    pub again: Vec<bool>,
}

/// Sessions in play, and what all these words have shown so far.
struct CoverageRun<'a, 's> {
    story: &'s Story,
    words: &'a [Conditional],
    shown: Coverage,
    answers: &'a mut Answers<'s>,
    /// By scene: which of the words that are read there may still show something new.
    of: Vec<Vec<usize>>,
    /// By words: the answers they may show that have not been shown whole.
    quoted: Vec<Vec<usize>>,
    /// By scene: whether words of it count how often it is entered.
    counted: Vec<bool>,
    /// By scene: whether this session has entered it.
    entered: Vec<bool>,
    news: bool,
}

impl CoverageRun<'_, '_> {
    fn see(&mut self, state: &State, is: &dyn Fn(When) -> bool) {
        let scene = state.scene.index();
        let mut left = std::mem::take(&mut self.of[scene]);
        left.retain(|&at| !is(self.words[at].when) || self.look(at, state));
        self.of[scene] = left;
    }

    /// Looks at some words in this state; whether they may show something new another time.
    fn look(&mut self, at: usize, state: &State) -> bool {
        let own = &self.words[at];
        let mut answered = Vec::new();
        let words = self.story.words(own.words);
        self.news |= self.shown.branches[at].see(words, state, &mut |message| answered.push(message));
        for message in answered {
            self.news |= self.answers.see(state, message, &own.readers);
        }
        let quoted = &mut self.quoted[at];
        while quoted.last().is_some_and(|answer| self.answers.is_seen(*answer)) {
            quoted.pop();
        }
        !quoted.is_empty() || !self.shown.branches[at].all()
    }

    fn is_done(&self) -> bool {
        let again = self.counted.iter().zip(&self.shown.again).all(|(counted, again)| *again || !counted);
        again && self.shown.branches.iter().all(Branches::all) && self.answers.all_seen()
    }
}

impl Observer for CoverageRun<'_, '_> {
    fn entered(&mut self, state: &State) {
        let scene = state.scene.index();
        if std::mem::replace(&mut self.entered[scene], true) && !self.shown.again[scene] {
            self.shown.again[scene] = true;
            self.news |= self.counted[scene];
        }
        self.see(state, &|when| when == When::Entered);
    }

    fn chosen(&mut self, state: &State, _: SeatId, pick: Pick, _: &Choice) {
        if let Pick::Choice(at) = pick {
            self.see(state, &|when| when == When::Taken(at));
        }
    }
}

/// Plays sessions, and says what they have shown of these words. `counted` are scenes of which it is asked whether a
/// session enters them twice.
pub(super) fn shown<'s>(
    story: &'s Story,
    words: &[Conditional],
    counted: Vec<bool>,
    answers: &mut Answers<'s>,
    budget: Budget<'_>,
) -> Coverage {
    let mut of = vec![Vec::new(); story.scenes.len()];
    for (at, words) in words.iter().enumerate() {
        of[words.scene.index()].push(at);
    }
    let branches = words.iter().map(|words| Branches::of(story.words(words.words))).collect();
    let quoted = words.iter().map(|words| answers.shown_by(words)).collect();
    let none = vec![false; story.scenes.len()];
    let shown = Coverage { branches, again: none.clone() };
    let mut looking = CoverageRun { story, words, shown, answers, of, quoted, counted, entered: none, news: false };
    let mut picker = Picker { dice: 1, taken: HashMap::new() };
    let mut quiet = 0;
    let mut steps = 0;
    for _ in 0..MOST_RUNS {
        if steps > STEPS || (budget.stop)() {
            break;
        }
        looking.news = false;
        looking.entered.fill(false);
        steps += game(story, &mut looking, &mut picker, budget);
        quiet = if looking.news { 0 } else { quiet + 1 };
        if quiet >= PATIENCE * story.scenes.len() || looking.news && looking.is_done() {
            break;
        }
    }
    looking.shown
}

/// Most decisions and lots of one such session for each scene; a session that goes in cycles is left there.
const LONGEST: usize = 10;

/// Plays a session; how many decisions and lots it had.
fn game(story: &Story, shown: &mut CoverageRun<'_, '_>, picker: &mut Picker, budget: Budget<'_>) -> usize {
    let rules = Rules { story };
    let mut state = State::new(story);
    let mut stop = rules.begin(&mut state, shown);
    let longest = LONGEST * story.scenes.len();
    for step in 0..longest {
        if step % 100 == 99 && (budget.stop)() {
            return step;
        }
        stop = match stop {
            Stop::End(_) | Stop::Stuck => return step,
            Stop::Lot => {
                let odds = rules.odds(&state);
                let open: Vec<usize> = (0..odds.len()).filter(|way| odds[*way] > 0).collect();
                if open.is_empty() {
                    return step;
                }
                let way = open[picker.below(open.len())];
                rules.roll(&mut state, way, shown)
            }
            Stop::Decision(_) => {
                let offered = options(story, &state);
                let scene = state.scene;
                shown.see(&state, &|when| match when {
                    When::Offered(at) => offered.choices.iter().any(|(number, _)| *number == at),
                    When::Locked(at) => offered.choices.contains(&(at, false)),
                    When::Entered | When::Taken(_) => false,
                });
                let picks = offered.picks();
                if picks.is_empty() {
                    return step;
                }
                let pick = picker.pick(scene, &picks);
                match rules.decide(&mut state, pick, shown) {
                    Ok(stop) => stop,
                    Err(_) => return step,
                }
            }
        };
    }
    longest
}

/// Picks at random, half the time what has been taken least often.
struct Picker {
    dice: u64,
    taken: HashMap<(SceneId, Pick), u32>,
}

impl Picker {
    fn below(&mut self, bound: usize) -> usize {
        // Numerical Recipes' linear congruential generator: any sequence would do.
        self.dice = self.dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.dice >> 33).unwrap_or(0) % bound.max(1)
    }

    fn pick(&mut self, scene: SceneId, picks: &[Pick]) -> Pick {
        // The standing choice cuts most sessions short, so it is pressed seldom.
        let key = picks.contains(&Pick::Standing) && picks.len() > 1;
        let others: Vec<Pick> = picks.iter().copied().filter(|pick| !key || *pick != Pick::Standing).collect();
        let pick = if key && self.below(100) == 0 {
            Pick::Standing
        } else if self.below(2) == 0 {
            let taken = |pick: &&Pick| self.taken.get(&(scene, **pick)).copied().unwrap_or(0);
            others.iter().min_by_key(taken).copied().unwrap_or(picks[0])
        } else {
            others[self.below(others.len())]
        };
        *self.taken.entry((scene, pick)).or_default() += 1;
        pick
    }
}
