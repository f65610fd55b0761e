//! The endings that were near, and the decisions that lead to them.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use crate::engine::Session;
use crate::story::{Ending, EndingId, SeatId};

use super::outcome::{StatusChange, otherwise};
use super::sentences::{self, decision};
use super::tries::{Try, tries};
use super::{Fork, MOST_ALTERNATIVES, OtherEnding, Replayed, fork};

/// Other endings that are told.
const MOST_ENDINGS: usize = 5;
/// First decisions of two that are tried, those that change most.
const MOST_FIRST: usize = 8;
/// Sessions that are played with two decisions taken otherwise.
const MOST_SECOND: usize = 320;
/// Decisions of all of them together.
const MOST_STEPS: usize = 60_000;

/// Other endings that one decision of the seat's own leads to, and none of what is `told` already; then, where they are
/// few, those that take two.
pub(super) fn endings(
    session: &Session<'_>,
    seat: SeatId,
    outcomes: &[Replayed<'_>],
    told: &[Vec<&Replayed<'_>>],
) -> Vec<OtherEnding> {
    let told = told.iter().flatten();
    let mut near = Near {
        session,
        seat,
        known: told.clone().filter_map(|outcome| outcome.ending).chain(session.ending()).collect(),
        alternatives: HashMap::new(),
        out: Vec::new(),
    };
    told.for_each(|outcome| near.alternative(outcome.tried.told_with));
    near.by_one(outcomes);
    near.by_two(outcomes);
    near.out.sort_by_key(|(at, _)| *at);
    near.out.into_iter().map(|(_, ending)| ending).collect()
}

/// The endings that are found, one after the other.
struct Near<'n, 's> {
    session: &'n Session<'s>,
    seat: SeatId,
    /// Endings that are told, and the session's own.
    known: HashSet<EndingId>,
    /// How many alternatives are told of the decision with this index ([`Try::told_with`]).
    alternatives: HashMap<usize, usize>,
    /// Each with the index of the decision that leads to it.
    out: Vec<(usize, OtherEnding)>,
}

impl Near<'_, '_> {
    fn alternative(&mut self, at: usize) {
        *self.alternatives.entry(at).or_default() += 1;
    }

    fn has_room(&self, at: usize) -> bool {
        self.out.len() < MOST_ENDINGS && self.alternatives.get(&at).is_none_or(|count| *count < MOST_ALTERNATIVES)
    }

    fn found(&mut self, tried: &Try, ending: EndingId, counted: &[StatusChange], fork: Fork) {
        self.known.insert(ending);
        self.alternative(tried.told_with);
        let story = self.session.story();
        let Ending { title, because, .. } = &story.endings[ending.index()];
        let counted = sentences::counted(story, counted, self.seat);
        let counted = counted.map(|counted| format!("It would have ended with {counted}.")).unwrap_or_default();
        self.out.push((tried.at, OtherEnding { title: title.clone(), because: because.clone(), counted, fork }));
    }

    /// For each ending that one decision leads to one of those that do, the one that changes most. Endings that the
    /// fewest lead to come first.
    fn by_one(&mut self, outcomes: &[Replayed<'_>]) {
        let own = outcomes.iter().filter(|outcome| outcome.tried.own.is_some());
        let mut leads: Vec<(EndingId, &Replayed<'_>)> =
            own.filter_map(|outcome| Some((outcome.ending?, outcome))).collect();
        leads.sort_by_key(|(_, outcome)| Reverse(outcome.weight));
        let mut endings: Vec<EndingId> = leads.iter().map(|(ending, _)| *ending).collect();
        let ways = |ending: EndingId| leads.iter().filter(|(other, _)| *other == ending).count();
        endings.sort_by_key(|ending| (ways(*ending), *ending));
        endings.dedup();
        endings.retain(|ending| !self.known.contains(ending));
        // An ending that one decision leads to takes no two, whether there is room to tell of it or not.
        self.known.extend(&endings);
        for ending in endings {
            let found =
                leads.iter().find(|(other, outcome)| *other == ending && self.has_room(outcome.tried.told_with));
            if let Some((_, Replayed { tried, counted, .. })) = found
                && let Some(own) = &tried.own
            {
                self.found(tried, ending, counted, fork(self.session.story(), own, &tried.words));
            }
        }
    }

    /// Endings that a second decision leads to after a first that changed much.
    fn by_two(&mut self, outcomes: &[Replayed<'_>]) {
        let mut firsts: Vec<&Replayed<'_>> =
            outcomes.iter().filter(|outcome| outcome.tried.own.is_some() && outcome.ending.is_none()).collect();
        firsts.sort_by_key(|outcome| (Reverse(outcome.weight), outcome.tried.at));
        let mut seen = HashSet::new();
        firsts.retain(|outcome| seen.insert(outcome.tried.at));
        firsts.truncate(MOST_FIRST);
        let (session, seat, story) = (self.session, self.seat, self.session.story());
        let (mut replays, mut steps) = (0, 0);
        for Replayed { tried, .. } in firsts {
            let (Some(own), Some(changed)) = (&tried.own, session.otherwise(tried.at, tried.pick, seat)) else {
                continue;
            };
            for next in tries(&changed, seat).into_iter().filter(|next| next.at > tried.at) {
                if !self.has_room(tried.told_with) || replays == MOST_SECOND || steps > MOST_STEPS {
                    break;
                }
                let (Some(after), Some(end)) = (&next.own, changed.otherwise(next.at, next.pick, seat)) else {
                    continue;
                };
                replays += 1;
                steps += end.steps().count();
                if let Some(ending) = end.ending().filter(|ending| !self.known.contains(ending)) {
                    let mut fork = fork(story, own, &tried.words);
                    fork.decision = format!("{}; and then, {}", fork.decision, decision(story, after, &next.words));
                    self.found(tried, ending, &otherwise(session, &end, seat), fork);
                }
            }
        }
    }
}
