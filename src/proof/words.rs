//! Words that no session shows: the branches of prose, each under the states in which it is read.
//!
//! A variable that only words read would multiply the states of everything else, and no two such variables need be
//! known at once unless one sentence reads both. So the sessions are explored again for each group of them.

use std::collections::{BTreeSet, HashMap};

use crate::engine::Pick;
use crate::story::{Condition, Piece, SceneId, SceneKind, SeatId, Story, Template, VarId, Words};

use super::answers::Answers;
use super::availability::{always, known};
use super::branches::Branches;
use super::conditional::{Conditional, When, counts_visits};
use super::contradiction::{always_one, never_both};
use super::coverage::shown;
use super::diagram::Set;
use super::expected::Expectations;
use super::explore::{Explored, explore};
use super::finding::{Fault, Finding};
use super::gloss::gloss;
use super::meter::Budget;
use super::program::{Label, Program, unused};
use super::revisits::entered_again;

/// Finds the words that are never shown, and what is expected and does not hold. `false` if the budget ran out.
pub(super) fn words(
    program: &Program<'_>,
    explored: &mut Explored<'_, '_>,
    budget: Budget<'_>,
    tick: &mut dyn FnMut(usize),
    findings: &mut Vec<Finding>,
) -> bool {
    let story = program.story;
    let mut all: Vec<Conditional> = Vec::new();
    for at in (0..story.scenes.len()).filter(|at| !explored.reached[*at].is_empty()) {
        conditionals(story, SceneId::new(at), &mut all);
    }
    let mut answers = Answers::of(story, &all);
    let mut counted = vec![false; story.scenes.len()];
    for words in &all {
        counted[words.scene.index()] |= words.quotes || counts_visits(story.words(words.words));
    }
    let shown = shown(story, &all, counted, &mut answers, budget);
    let Some(quoting) = answers.places(&all, &|steps| explored.works(steps)) else { return false };
    let mut all: Vec<Conditional> =
        all.iter().zip(&shown.branches).flat_map(|(words, branches)| apart(story, words, branches)).collect();
    all.extend(quoting);
    let counts = |words: &&Conditional| {
        counts_visits(story.words(words.words)) || words.answer.is_some_and(|answer| answers.counts_visits(answer))
    };
    let counted: BTreeSet<SceneId> = all.iter().filter(counts).map(|words| words.scene).collect();
    let (seen, asked): (BTreeSet<SceneId>, BTreeSet<SceneId>) =
        counted.into_iter().partition(|scene| shown.again[scene.index()]);
    let Some(mut again) = entered_again(explored, asked) else { return false };
    again.extend(seen);
    let mut expectations = Expectations::of(program, explored);
    let decides = program.deciding([]);
    // By variable, which groups have it: a group that has all of another's has its first too.
    let mut groups: Vec<BTreeSet<VarId>> = Vec::new();
    let mut having: HashMap<Option<VarId>, Vec<usize>> = HashMap::new();
    let own = |words: &Conditional| -> BTreeSet<VarId> {
        words.reads.iter().copied().filter(|var| !decides[var.index()]).collect()
    };
    let mut wanted: Vec<BTreeSet<VarId>> = all.iter().map(own).collect();
    wanted.sort_by_key(|group| std::cmp::Reverse(group.len()));
    for group in wanted {
        let first = group.first().copied();
        let known = having.get(&first).into_iter().flatten().any(|at| group.is_subset(&groups[*at]));
        if explored.works(1 + having.get(&first).map_or(0, Vec::len)) {
            return false;
        }
        if !known {
            group
                .iter()
                .copied()
                .map(Some)
                .chain([None])
                .for_each(|var| having.entry(var).or_default().push(groups.len()));
            groups.push(group);
        }
    }
    if groups.is_empty() && !expectations.own().is_empty() {
        groups.push(BTreeSet::new());
    }
    let mut left = all;
    for group in groups {
        if (budget.stop)() {
            return false;
        }
        let (now, later): (Vec<_>, Vec<_>) = left.into_iter().partition(|words| own(words).is_subset(&group));
        left = later;
        let kept = program.keeping(&program.deciding(group.union(expectations.own()).copied()));
        let reads: Vec<(SceneId, VarId)> =
            now.iter().flat_map(|words| needed(&kept, words).into_iter().map(|var| (words.scene, var))).collect();
        let mut explored = explore(&kept, &reads, budget, tick);
        let before = findings.len();
        for words in now {
            let states = states(&mut explored, &words);
            if !states.is_empty() {
                let twice = again.contains(&words.scene);
                if words.answer.is_some() {
                    answers.look(&mut explored, &words, states, twice);
                    continue;
                }
                conditions(&mut explored, story.words(words.words), states, &words, twice, &mut 0, findings);
            }
        }
        expectations.look(&mut explored);
        if !explored.whole || explored.is_spent() {
            // What was not explored only looks as if it were never shown.
            findings.truncate(before);
            return false;
        }
    }
    answers.tell(findings);
    expectations.tell(findings);
    true
}

fn conditionals(story: &Story, scene: SceneId, out: &mut Vec<Conditional>) {
    let before = out.len();
    let mut add = |words: Template, reader: Option<SeatId>, choice: Option<u16>, when: When| {
        let mut reads = BTreeSet::new();
        let (mut any, mut quotes) = (false, false);
        story.words(words).each(&mut |piece| match piece {
            Piece::If { when, .. } => {
                any = true;
                when.reads(&mut |var| {
                    reads.insert(var);
                });
            }
            Piece::First(_) => any = true,
            Piece::Answer(_) => (any, quotes) = (true, true),
            _ => {}
        });
        // A text that everybody reads is one text.
        let same = |known: &&mut Conditional| known.when == when && known.words == words;
        if let Some(known) = out[before..].iter_mut().find(same) {
            known.readers.extend(reader);
        } else if any {
            let readers = reader.into_iter().collect();
            out.push(Conditional { words, scene, readers, choice, when, reads, quotes, answer: None, condition: None });
        }
    };
    for (seat, text) in story.seat_ids().zip(story.texts(scene)) {
        if let Some(text) = text {
            add(*text, Some(seat), None, When::Entered);
        }
    }
    let seat = story.scene(scene).seat;
    if let Some(debrief) = story.scene(scene).debrief() {
        add(debrief, seat, None, When::Entered);
    }
    let SceneKind::Decide(decision) = &story.scene(scene).kind else { return };
    for (number, choice) in story.choices(decision).iter().enumerate() {
        let Ok(number) = u16::try_from(number) else { continue };
        let at = Some(number);
        add(choice.say, seat, at, When::Offered(number));
        if let Some(reply) = choice.reply() {
            add(reply, seat, at, When::Taken(number));
        }
        if let Some(locked) = choice.locked() {
            add(locked, seat, at, When::Locked(number));
        }
    }
}

/// What is left to prove of some words: each condition that stands in no other by itself, since the variables of two
/// of them need never be known at once.
fn apart(story: &Story, words: &Conditional, shown: &Branches) -> Vec<Conditional> {
    let mut out = Vec::new();
    let (mut number, mut branch) = (0, 0);
    each_condition(story.words(words.words), &mut |piece| {
        let Piece::If { when, then, otherwise } = piece else { return };
        let mut reads = BTreeSet::new();
        let mut see = |when: &Condition| {
            when.reads(&mut |var| {
                reads.insert(var);
            });
        };
        see(when);
        let mut branches = 2;
        for words in [then, otherwise] {
            words.each(&mut |piece| {
                if let Piece::If { when, .. } = piece {
                    see(when);
                    branches += 2;
                }
            });
        }
        let visits = counts_visits(then) || counts_visits(otherwise);
        if visits || !shown.all_of(branch..branch + branches) {
            out.push(Conditional { reads, condition: Some(number), ..words.clone() });
        }
        number += 1;
        branch += branches;
    });
    if counts_visits(story.words(words.words)) {
        out.push(Conditional { reads: BTreeSet::new(), ..words.clone() });
    }
    out
}

/// Calls `see` for every condition that stands in no other, in the order in which they are written.
fn each_condition<'t>(words: Words<'t>, see: &mut dyn FnMut(Piece<'t>)) {
    for piece in words {
        match piece {
            Piece::If { .. } => see(piece),
            Piece::First(both) => both.into_iter().for_each(|words| each_condition(words, see)),
            Piece::OneOf { options } => options.for_each(|option| each_condition(option, see)),
            _ => {}
        }
    }
}

/// The step by which this choice is taken.
fn step(program: &Program<'_>, scene: SceneId, choice: u16) -> Option<usize> {
    let label = Label::Pick(Pick::Choice(choice));
    program.scenes[scene.index()].steps.iter().position(|step| step.label == label)
}

/// The variables that a scene must know for its words to be read: those in the words; for words that are read once a
/// choice is taken, those that decide what the choice does to them; for what is offered, those that decide what is.
fn needed(program: &Program<'_>, words: &Conditional) -> BTreeSet<VarId> {
    let mut needed = words.reads.clone();
    if let When::Taken(choice) = words.when
        && let Some(step) = step(program, words.scene, choice)
    {
        for effect in program.scenes[words.scene.index()].steps[step].effects.iter().rev() {
            if needed.contains(&effect.var) {
                effect.when().reads(&mut |var| {
                    needed.insert(var);
                });
            }
        }
    }
    if matches!(words.when, When::Offered(_) | When::Locked(_)) {
        let steps = program.scenes[words.scene.index()].steps.iter();
        steps.for_each(|step| {
            step.guard.reads(&mut |var| {
                needed.insert(var);
            });
        });
    }
    needed
}

/// The states in which some words are read.
fn states(explored: &mut Explored<'_, '_>, words: &Conditional) -> Set {
    let number = match words.when {
        When::Entered => return explored.entered(words.scene),
        When::Offered(number) | When::Taken(number) | When::Locked(number) => number,
    };
    let Some(step) = step(explored.program, words.scene, number) else { return Set::NONE };
    let guard = explored.guard(words.scene, step);
    let open = explored.diagrams.intersection(explored.reached[words.scene.index()], guard);
    match words.when {
        When::Entered | When::Taken(_) => {
            let program = explored.program;
            explored.apply(open, &program.scenes[words.scene.index()].steps[step].effects)
        }
        When::Locked(_) => locked(explored, words.scene, number),
        When::Offered(_) => {
            let locked = locked(explored, words.scene, number);
            explored.diagrams.union(open, locked)
        }
    }
}

/// The states in which a choice is shown and locked: somebody decides there, and it has not been taken yet.
fn locked(explored: &mut Explored<'_, '_>, scene: SceneId, number: u16) -> Set {
    let program = explored.program;
    let SceneKind::Decide(decision) = &program.story.scene(scene).kind else { return Set::NONE };
    let choice = &program.story.choices(decision)[usize::from(number)];
    if choice.locked().is_none() {
        return Set::NONE;
    }
    let mut asked = Set::NONE;
    for (at, step) in program.scenes[scene.index()].steps.iter().enumerate() {
        if matches!(step.label, Label::Pick(_)) {
            asked = explored.diagrams.union(asked, explored.guard(scene, at));
        }
    }
    let there = explored.diagrams.intersection(explored.reached[scene.index()], asked);
    let fresh = explored.holds(&unused(program.story, choice.once));
    let there = explored.diagrams.intersection(there, fresh);
    let open = explored.holds(&choice.when);
    explored.diagrams.difference(there, open)
}

/// Looks at the condition of these words that is to be looked at; `at` counts those before.
fn conditions(
    explored: &mut Explored<'_, '_>,
    words: Words<'_>,
    states: Set,
    of: &Conditional,
    twice: bool,
    at: &mut usize,
    findings: &mut Vec<Finding>,
) {
    for piece in words {
        match piece {
            Piece::If { when, then, otherwise } => {
                if of.condition == Some(*at) {
                    condition(explored, (when, then, otherwise), (states, None), of, twice, findings);
                }
                *at += 1;
            }
            Piece::First([first, again]) => {
                conditions(explored, first, states, of, twice, at, findings);
                if !twice && of.condition.is_none() {
                    never(explored, again, of, "no game comes here twice", findings);
                }
                conditions(explored, again, if twice { states } else { Set::NONE }, of, twice, at, findings);
            }
            Piece::OneOf { options } => {
                for option in options {
                    conditions(explored, option, states, of, twice, at, findings);
                }
            }
            _ => {}
        }
    }
}

fn condition(
    explored: &mut Explored<'_, '_>,
    (when, then, otherwise): (&Condition, Words<'_>, Words<'_>),
    // Among them the condition around these words that is told to hold always.
    (states, around): (Set, Option<&Condition>),
    of: &Conditional,
    twice: bool,
    findings: &mut Vec<Finding>,
) {
    if states.is_empty() {
        return;
    }
    let always_holds = otherwise.is_blank() && always(explored, when, states);
    let holds = explored.holds(when);
    let branches = [
        (then, explored.diagrams.intersection(states, holds)),
        (otherwise, explored.diagrams.difference(states, holds)),
    ];
    for (branch, shown) in branches {
        if !shown.is_empty() {
            let around = if always_holds { Some(when) } else { around };
            template(explored, branch, (shown, around), of, twice, findings);
        } else if !branch.is_blank() {
            let story = explored.program.story;
            let why = never_both(story, when).or_else(|| always_one(story, when));
            let why = why.unwrap_or_else(|| format!("{}, so no game comes to them", known(explored, when, states)));
            never(explored, branch, of, &why, findings);
        }
    }
    // The same within itself is one thing to mend.
    if always_holds && around != Some(when) {
        let why = always_one(explored.program.story, when).unwrap_or_else(|| {
            format!("{}: write the words without it, or see why it cannot fail", known(explored, when, states))
        });
        let fault = Fault::AlwaysShown(of.scene, of.choice, gloss(then));
        findings.push(Finding::new(explored.program.story, fault, Some(why), None));
    }
}

fn template(
    explored: &mut Explored<'_, '_>,
    words: Words<'_>,
    // Among them the condition around these words that is told to hold always.
    (states, around): (Set, Option<&Condition>),
    of: &Conditional,
    twice: bool,
    findings: &mut Vec<Finding>,
) {
    for piece in words {
        match piece {
            Piece::If { when, then, otherwise } => {
                condition(explored, (when, then, otherwise), (states, around), of, twice, findings);
            }
            Piece::First([first, again]) => {
                template(explored, first, (states, around), of, twice, findings);
                if twice {
                    template(explored, again, (states, around), of, twice, findings);
                } else {
                    never(explored, again, of, "no game comes here twice", findings);
                }
            }
            Piece::OneOf { options } => {
                for option in options {
                    template(explored, option, (states, around), of, twice, findings);
                }
            }
            _ => {}
        }
    }
}

fn never(explored: &Explored<'_, '_>, branch: Words<'_>, of: &Conditional, why: &str, findings: &mut Vec<Finding>) {
    let fault = Fault::NeverShown(of.scene, of.choice, gloss(branch));
    findings.push(Finding::new(explored.program.story, fault, Some(why.to_owned()), None));
}
