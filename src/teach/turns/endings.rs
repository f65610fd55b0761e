//! The endings that were near, and the decisions that lead to them.

use std::cmp::Reverse;
use std::collections::HashSet;

use crate::engine::Session;
use crate::story::{EndingId, SeatId, Story};

use super::sentences::decision;
use super::tries::tries;
use super::{Fork, OtherEnding, TriedOutcome, fork};

/// Other endings that are told.
const MOST_ENDINGS: usize = 5;
/// First decisions of two that are tried, those that change most.
const MOST_FIRST: usize = 8;
/// Sessions that are played with two decisions taken otherwise.
const MOST_SECOND: usize = 320;
/// Decisions of all of them together.
const MOST_STEPS: usize = 60_000;

/// Other endings that one decision of the seat's own leads to; then, where they are few, those that take two.
pub(super) fn endings(
    session: &Session<'_>,
    seat: SeatId,
    came: &[TriedOutcome<'_>],
    told: &[&TriedOutcome<'_>],
) -> Vec<OtherEnding> {
    let story = session.story();
    let mut found = nearest(came, told);
    found.truncate(MOST_ENDINGS);
    found.sort_by_key(|came| came.tried.at);
    let mut known: HashSet<EndingId> = found.iter().filter_map(|came| came.ending).chain(session.ending()).collect();
    let mut out: Vec<OtherEnding> = found
        .iter()
        .filter_map(|came| Some(other(story, came.ending?, fork(story, came.tried.own.as_ref()?, &came.tried.whole))))
        .collect();
    if out.len() < MOST_ENDINGS {
        second(session, seat, came, &mut known, &mut out);
    }
    out
}

fn other(story: &Story, ending: EndingId, fork: Fork) -> OtherEnding {
    let ending = &story.endings[ending.index()];
    OtherEnding { title: ending.title.clone(), because: ending.because.clone(), fork }
}

/// For each ending that one decision leads to, one of those that do: rather one that leads to no other of them, and that
/// has not been told of. Those that the fewest lead to come first.
fn nearest<'c, 't>(came: &'c [TriedOutcome<'t>], told: &[&TriedOutcome<'_>]) -> Vec<&'c TriedOutcome<'t>> {
    let own: Vec<&TriedOutcome<'_>> =
        came.iter().filter(|came| came.tried.own.is_some() && came.ending.is_some()).collect();
    let mut endings: Vec<EndingId> = own.iter().filter_map(|came| came.ending).collect();
    let ways = |ending: EndingId| own.iter().filter(|came| came.ending == Some(ending)).count();
    endings.sort_by_key(|ending| (ways(*ending), *ending));
    endings.dedup();
    let mut out: Vec<&TriedOutcome<'_>> = Vec::new();
    for ending in endings {
        let is_told = |came: &TriedOutcome<'_>| told.iter().any(|other| other.tried.at == came.tried.at);
        let is_taken = |came: &TriedOutcome<'_>| out.iter().any(|other| other.tried.at == came.tried.at);
        let leads = own.iter().copied().filter(|came| came.ending == Some(ending));
        out.extend(leads.min_by_key(|came| (is_taken(came), is_told(came), came.tried.at)));
    }
    out
}

/// Endings that a second decision leads to after a first that changed much.
fn second(
    session: &Session<'_>,
    seat: SeatId,
    came: &[TriedOutcome<'_>],
    known: &mut HashSet<EndingId>,
    out: &mut Vec<OtherEnding>,
) {
    let story = session.story();
    let mut firsts: Vec<&TriedOutcome<'_>> =
        came.iter().filter(|came| came.tried.own.is_some() && came.ending.is_none()).collect();
    firsts.sort_by_key(|came| (Reverse(came.new_words), came.tried.at));
    let mut seen = HashSet::new();
    firsts.retain(|came| seen.insert(came.tried.at));
    firsts.truncate(MOST_FIRST);
    let (mut replays, mut steps) = (0, 0);
    for first in firsts {
        let tried = first.tried;
        let (Some(own), Some(changed)) = (&tried.own, session.otherwise(tried.at, tried.pick, seat)) else { continue };
        for next in tries(&changed, seat).into_iter().filter(|next| next.at > tried.at) {
            let Some(after) = &next.own else { continue };
            if out.len() == MOST_ENDINGS || replays == MOST_SECOND || steps > MOST_STEPS {
                return;
            }
            replays += 1;
            let Some(end) = changed.otherwise(next.at, next.pick, seat) else { continue };
            steps += end.steps().count();
            let Some(ending) = end.ending().filter(|ending| known.insert(*ending)) else { continue };
            let mut fork = fork(story, own, &tried.whole);
            fork.decision = format!("{}; and then, {}", fork.decision, decision(story, after, &next.whole));
            out.push(other(story, ending, fork));
        }
    }
}
