//! Answers that no session shows, and their branches. An answer can be read in many places: a branch is shown where any
//! of them shows it, and a condition always holds where it does in all of them.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::engine::State;
use crate::story::{Condition, MannerId, MessageId, Piece, SeatId, Story, Template, VarId, Words};

use super::branches::Branches;
use super::conditional::{Conditional, counts_visits};
use super::diagram::Set;
use super::explore::Explored;
use super::finding::{Fault, Finding};
use super::gloss::gloss;
use super::program::and;

/// What a reading brings about for a seat.
struct ReadingAnswer {
    message: MessageId,
    /// The index of the treatment.
    reading: usize,
    seat: SeatId,
    words: Template,
    /// That it is what `{answer}` shows, and what `{answer(message)}` shows.
    heard: [Condition; 2],
    /// Random sessions have shown it, and these of its conditions.
    seen: bool,
    branches: Branches,
    /// Some state shows it, and these of its branches, in the order in which they are written.
    shown: bool,
    found: Vec<bool>,
}

/// Every answer that something may show.
pub(super) struct Answers<'s> {
    story: &'s Story,
    all: Vec<ReadingAnswer>,
    /// By message, reading and seat.
    of: HashMap<(MessageId, usize, SeatId), usize>,
}

impl<'s> Answers<'s> {
    /// The answers that some of these words can show, as far as their seats and messages go. What nothing could show
    /// is told when the story is read.
    pub fn of(story: &'s Story, words: &[Conditional]) -> Self {
        let mut out = Self { story, all: Vec::new(), of: HashMap::new() };
        let quotes: HashSet<_> = words.iter().flat_map(|words| quotes(story, words)).collect();
        if quotes.is_empty() {
            return out;
        }
        // Words of a standing choice are not looked at here, so what they may show is not called unshown.
        let seats = story.seat_ids().filter(|seat| !standing_quotes(story, *seat));
        for seat in seats {
            for (at, message) in story.messages.iter().enumerate() {
                let id = MessageId::new(at);
                if ![None, Some(id)].iter().any(|of| quotes.contains(&(*of, seat))) {
                    continue;
                }
                for (reading, own) in message.heard.iter().enumerate() {
                    if let Some(words) = own.as_ref().and_then(|own| own.answer(seat)) {
                        out.of.insert((id, reading, seat), out.all.len());
                        out.all.push(ReadingAnswer::new(story, id, reading, seat, words));
                    }
                }
            }
        }
        out
    }

    /// Notes what is shown in this state where these seats read the answer of a message, or of the one under way; true
    /// where that is something new.
    pub fn see(&mut self, state: &State, message: Option<MessageId>, readers: &[SeatId]) -> bool {
        let Some((message, reading)) = state.heard(self.story, message) else { return false };
        let mut news = false;
        for seat in readers {
            if let Some(at) = self.of.get(&(message, reading, *seat)) {
                let answer = &mut self.all[*at];
                news |= !std::mem::replace(&mut answer.seen, true);
                news |= answer.branches.see(self.story.words(answer.words), state, &mut |_| {});
            }
        }
        news
    }

    /// The answers that some words can show, as far as their seats and messages go, by number.
    pub fn shown_by(&self, words: &Conditional) -> Vec<usize> {
        let quotes = quotes(self.story, words);
        let of = |(message, _, seat): &(MessageId, usize, SeatId)| {
            [None, Some(*message)].iter().any(|of| quotes.contains(&(*of, *seat)))
        };
        if quotes.is_empty() {
            Vec::new()
        } else {
            self.of.iter().filter(|(key, _)| of(key)).map(|(_, at)| *at).collect()
        }
    }

    /// True if random sessions have shown all of this answer that they can.
    pub fn is_seen(&self, answer: usize) -> bool {
        self.all[answer].seen && self.all[answer].branches.all()
    }

    /// True if random sessions have shown everything that they can.
    pub fn all_seen(&self) -> bool {
        (0..self.all.len()).all(|answer| self.is_seen(answer))
    }

    /// Where the answers are read of which random sessions have not shown everything. `None` if `works`, which is
    /// told of each place, says that the budget is used up.
    pub fn places(&self, words: &[Conditional], works: &dyn Fn(usize) -> bool) -> Option<Vec<Conditional>> {
        let mut quoting: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, words) in words.iter().enumerate() {
            quotes(self.story, words).into_iter().for_each(|quote| quoting.entry(quote).or_default().push(at));
        }
        let mut out = Vec::new();
        for (at, answer) in self.all.iter().enumerate().filter(|(_, answer)| !answer.is_done(self.story)) {
            let of = [None, Some(answer.message)];
            let places: BTreeSet<usize> =
                of.iter().filter_map(|of| quoting.get(&(*of, answer.seat))).flatten().copied().collect();
            if works(1 + places.len()) {
                return None;
            }
            for place in places {
                let mut reads = BTreeSet::new();
                before(self.story.words(words[place].words), answer.message, &mut reads);
                let mut place = Conditional { answer: Some(at), reads, ..words[place].clone() };
                let mut see = |when: &Condition| {
                    when.reads(&mut |var| {
                        place.reads.insert(var);
                    });
                };
                answer.heard.iter().for_each(&mut see);
                self.story.words(answer.words).each(&mut |piece| {
                    if let Piece::If { when, .. } = piece {
                        see(when);
                    }
                });
                out.push(place);
            }
        }
        Some(out)
    }

    /// Whether this answer counts how often a scene has been entered.
    pub fn counts_visits(&self, answer: usize) -> bool {
        counts_visits(self.story.words(self.all[answer].words))
    }

    /// Looks at what the words of a place show of an answer in these states; `twice` where its scene is entered again.
    pub fn look(&mut self, explored: &mut Explored<'_, '_>, place: &Conditional, states: Set, twice: bool) {
        if let Some(answer) = place.answer {
            self.all[answer].look(explored, self.story.words(place.words), states, twice);
        }
    }

    /// Tells what no state has shown.
    pub fn tell(&self, findings: &mut Vec<Finding>) {
        for answer in self.all.iter().filter(|answer| !answer.is_done(self.story)) {
            answer.tell(self.story, findings);
        }
    }
}

/// Gathers the variables that decide in these words whether they come to an answer of this message; true where they
/// may.
fn before(words: Words<'_>, message: MessageId, reads: &mut BTreeSet<VarId>) -> bool {
    let mut found = false;
    for piece in words {
        match piece {
            Piece::If { when, then, otherwise } => {
                let in_it = [then, otherwise].map(|words| before(words, message, reads)) != [false; 2];
                if in_it {
                    when.reads(&mut |var| {
                        reads.insert(var);
                    });
                }
                found |= in_it;
            }
            Piece::First(both) => found |= both.map(|words| before(words, message, reads)) != [false; 2],
            Piece::OneOf { options } => {
                for option in options {
                    found |= before(option, message, reads);
                }
            }
            Piece::Answer(of) => found |= of.is_none_or(|of| of == message),
            _ => {}
        }
    }
    found
}

/// The messages whose answers some words show (`None`: of the one under way), and the seats that read them.
fn quotes(story: &Story, words: &Conditional) -> Vec<(Option<MessageId>, SeatId)> {
    let mut out = Vec::new();
    story.words(words.words).each(&mut |piece| {
        if let Piece::Answer(message) = piece {
            out.extend(words.readers.iter().map(|reader| (message, *reader)));
        }
    });
    out
}

fn standing_quotes(story: &Story, seat: SeatId) -> bool {
    let mut found = false;
    if let Some(standing) = &story.seats[seat.index()].standing {
        for text in [Some(standing.say), standing.reply(), standing.locked()].into_iter().flatten() {
            story.words(text).each(&mut |piece| found |= matches!(piece, Piece::Answer(_)));
        }
    }
    found
}

impl ReadingAnswer {
    fn new(story: &Story, message: MessageId, reading: usize, seat: SeatId, words: Template) -> Self {
        let number = i16::try_from(reading + 1).unwrap_or(i16::MAX);
        let own = &story.messages[message.index()];
        let heard = Condition::Is(own.heard_var, number);
        let under_way = story.in_transit.map_or(Condition::Always, |in_transit| {
            let here = and(Condition::Is(in_transit.message, message.number()), heard.clone());
            // Without treatments it has arrived as soon as it is sent.
            let untreated = Condition::Is(in_transit.treatment, 0);
            if story.treatments.is_empty() { here } else { and(here, Condition::Not(Box::new(untreated))) }
        });
        let mut branches = 0;
        story.words(words).each(&mut |piece| {
            branches += if matches!(piece, Piece::If { .. } | Piece::First(_)) { 2 } else { 0 };
        });
        Self {
            message,
            reading,
            seat,
            words,
            heard: [under_way, heard],
            seen: false,
            branches: Branches::of(story.words(words)),
            shown: false,
            found: vec![false; branches],
        }
    }

    /// True if random sessions leave nothing to prove.
    fn is_done(&self, story: &Story) -> bool {
        self.seen && self.branches.all() && !counts_visits(story.words(self.words))
    }

    fn look(&mut self, explored: &mut Explored<'_, '_>, words: Words<'_>, states: Set, twice: bool) {
        if states.is_empty() {
            return;
        }
        for piece in words {
            match piece {
                Piece::If { when, then, otherwise } => {
                    let [holds, fails] = parted(explored, when, states);
                    self.look(explored, then, holds, twice);
                    self.look(explored, otherwise, fails, twice);
                }
                Piece::First([first, again]) => {
                    self.look(explored, first, states, twice);
                    self.look(explored, again, if twice { states } else { Set::NONE }, twice);
                }
                Piece::OneOf { options } => options.for_each(|option| self.look(explored, option, states, twice)),
                Piece::Answer(of) if of.is_none_or(|of| of == self.message) => {
                    let heard = explored.holds(&self.heard[usize::from(of.is_some())]);
                    let states = explored.diagrams.intersection(states, heard);
                    self.shown |= !states.is_empty();
                    let words = explored.program.story.words(self.words);
                    self.branches_in(explored, words, states, twice, &mut 0);
                }
                _ => {}
            }
        }
    }

    /// Notes the branches of its own words that are shown in these states.
    fn branches_in(
        &mut self,
        explored: &mut Explored<'_, '_>,
        words: Words<'_>,
        states: Set,
        twice: bool,
        at: &mut usize,
    ) {
        for piece in words {
            let branches = match piece {
                Piece::If { when, then, otherwise } => {
                    let [holds, fails] = parted(explored, when, states);
                    [(then, holds), (otherwise, fails)]
                }
                Piece::First([first, again]) => [(first, states), (again, if twice { states } else { Set::NONE })],
                Piece::OneOf { options } => {
                    options.for_each(|option| self.branches_in(explored, option, states, twice, at));
                    continue;
                }
                _ => continue,
            };
            for (branch, states) in branches {
                self.found[*at] |= !states.is_empty();
                *at += 1;
                self.branches_in(explored, branch, states, twice, at);
            }
        }
    }

    fn tell(&self, story: &Story, findings: &mut Vec<Finding>) {
        let words = story.words(self.words);
        if self.shown {
            self.tell_branches(story, words, true, &mut 0, findings);
            return;
        }
        // A reading that is never heard is told of already.
        let heard = |finding: &Finding| {
            matches!(finding.fault, Fault::NeverHeard(message, treatment)
                if message == self.message && treatment == MannerId::new(self.reading))
        };
        if !findings.iter().any(heard) {
            let why = format!(
                "nothing that `{}` reads shows it when it has been heard so: write `{{answer}}` there",
                story.seats[self.seat.index()].id
            );
            self.never(story, words, why, findings);
        }
    }

    fn tell_branches(&self, story: &Story, words: Words<'_>, shown: bool, at: &mut usize, findings: &mut Vec<Finding>) {
        for piece in words {
            let (branches, condition) = match piece {
                Piece::If { then, otherwise, .. } => ([then, otherwise], true),
                Piece::First(both) => (both, false),
                Piece::OneOf { options } => {
                    options.for_each(|option| self.tell_branches(story, option, shown, at, findings));
                    continue;
                }
                _ => continue,
            };
            let always = condition && branches[1].is_blank();
            for (number, branch) in branches.into_iter().enumerate() {
                let here = self.found[*at];
                *at += 1;
                if shown && !here {
                    if number == 1 && always {
                        let fault = Fault::AnswerAlwaysShown(self.message, self.reading, self.seat, gloss(branches[0]));
                        let why = "it holds wherever the answer is read: write the words without it, or see why it \
                                   cannot fail";
                        findings.push(Finding::new(story, fault, Some(why.to_owned()), None));
                    } else if !branch.is_blank() {
                        let why = if condition {
                            "wherever the answer is read, the conditions before them let nobody come to them"
                        } else {
                            "no game comes twice to where the answer is read"
                        };
                        self.never(story, branch, why.to_owned(), findings);
                    }
                }
                self.tell_branches(story, branch, here, at, findings);
            }
        }
    }

    fn never(&self, story: &Story, words: Words<'_>, why: String, findings: &mut Vec<Finding>) {
        let fault = Fault::AnswerNeverShown(self.message, self.reading, self.seat, gloss(words));
        findings.push(Finding::new(story, fault, Some(why), None));
    }
}

/// Of these states, those in which a condition holds, and those in which it does not.
fn parted(explored: &mut Explored<'_, '_>, when: &Condition, states: Set) -> [Set; 2] {
    if states.is_empty() {
        return [Set::NONE; 2];
    }
    let holds = explored.holds(when);
    [explored.diagrams.intersection(states, holds), explored.diagrams.difference(states, holds)]
}
