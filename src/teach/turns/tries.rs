//! What could have been decided otherwise.

use crate::engine::{By, Input, Passing, Pick, Session, Step};
use crate::story::{Form, MannerId, SceneKind, SeatId, Story};
use crate::teach::crossing::is_unchanged;
use crate::text;

/// One decision taken otherwise.
pub(super) struct Try {
    /// Index of the decision among all of them.
    pub at: usize,
    /// Index of the first decision that is told as one with it: how a message was sent and carried is one, and so are
    /// the strokes on a sheet before it is handed on.
    pub told_with: usize,
    /// How many inputs of the log came before it.
    pub before: usize,
    pub step: Step,
    pub pick: Pick,
    /// The words of what would have been decided.
    pub words: String,
    /// The message that this decision sent or carried, by its place in the trail.
    pub passing: Option<usize>,
    /// It is the same message that would have been sent or carried, in another manner.
    pub same_message: bool,
    /// Of a decision of the one who looks back.
    pub own: Option<OwnDecision>,
}

/// Where a decision stands, and what was decided.
#[derive(Clone)]
pub(super) struct OwnDecision {
    pub input: usize,
    pub number: usize,
    pub words: String,
    pub minutes: Option<i16>,
    pub part: String,
}

/// Everything that could have been decided otherwise: the decisions of `seat`, and how others carried what then arrived
/// in other words. A first try of each decision comes before a second of any.
pub(super) fn tries(session: &Session<'_>, seat: SeatId) -> Vec<Try> {
    let story = session.story();
    let mut shadow = session.rewound_to(0);
    let (mut inputs, mut number) = (0, 0);
    let mut trail = MessageUnderWay::default();
    let (mut sent, mut marking) = (None, None);
    let mut out: Vec<(usize, Try)> = Vec::new();
    for (at, (before, step)) in session.placed_steps().enumerate() {
        while inputs < before {
            // The session has taken it once already.
            let _ = shadow.input(session.log()[inputs]);
            number += usize::from(matches!(session.log()[inputs], Input::Decide(..)));
            inputs += 1;
        }
        let sends = trail.step(story, step);
        if sends {
            sent = Some(at);
        }
        marking = match step.pick {
            Pick::Line(_) => marking.or(Some(at)),
            Pick::Done => marking,
            _ => None,
        };
        let person = matches!(session.log().get(before), Some(Input::Decide(scene, pick)) if (*scene, *pick) == (step.scene, step.pick))
            && shadow.turn() == Some(step.seat)
            && step.by == By::Person;
        let own = (person && step.seat == seat).then(|| OwnDecision {
            input: before,
            number: number + 1,
            words: words(&shadow, seat, step.pick),
            minutes: story.clock.as_ref().map(|clock| shadow.state().value(clock.var)),
            part: shadow.part(seat).unwrap_or_default().to_owned(),
        });
        let passing = trail.passing.filter(|_| sends || matches!(step.pick, Pick::Treat(_)));
        let way = passing.and_then(|at| session.trail().passings.get(at));
        let picks = match (&own, way) {
            (Some(_), _) => shadow.options().picks(),
            (None, Some(way)) if is_changed(way) => treatments(story, step),
            (None, _) => Vec::new(),
        };
        let told_with = match step.pick {
            Pick::Treat(_) => sent.unwrap_or(at),
            Pick::Line(_) | Pick::Done => marking.unwrap_or(at),
            _ => at,
        };
        marking = marking.filter(|_| step.pick != Pick::Done);
        // A stroke in the place of “done” leaves the sheet in hand, and one more at a line takes back the other.
        let is_stroke = |pick: Pick| {
            let again = || session.steps().any(|other| (other.scene, other.pick) == (step.scene, pick));
            matches!(pick, Pick::Line(_)) && (step.pick == Pick::Done || again())
        };
        let is_tried = |pick: &Pick| *pick != step.pick && !is_far(step.pick, *pick) && !is_stroke(*pick);
        let other = picks.into_iter().filter(is_tried);
        for (round, pick) in other.enumerate() {
            let instead = match (&own, way, pick) {
                (None, Some(way), Pick::Treat(treatment)) => carried(story, way, treatment),
                _ => words(&shadow, step.seat, pick),
            };
            let same_message = is_same_message(step.pick, pick);
            out.push((
                round,
                Try { at, told_with, before, step, pick, words: instead, passing, same_message, own: own.clone() },
            ));
        }
    }
    out.sort_by_key(|(round, _)| *round);
    out.into_iter().map(|(_, tried)| tried).collect()
}

/// In what words something is decided: of a message without its manner, which is the same in all that is tried.
fn words(session: &Session<'_>, seat: SeatId, pick: Pick) -> String {
    let words = text::plain(&session.words(seat, pick));
    match (pick, words.rsplit_once(" — ")) {
        (Pick::Send { carrier, licence, .. }, Some((what, _))) if carrier.or(licence).is_some() => what.to_owned(),
        _ => words,
    }
}

/// The message under way, as decisions go by.
#[derive(Default)]
struct MessageUnderWay {
    sent: usize,
    /// Its place in the trail.
    passing: Option<usize>,
}

impl MessageUnderWay {
    /// Whether this decision sends one.
    fn step(&mut self, story: &Story, step: Step) -> bool {
        let sends = match (step.pick, &story.scene(step.scene).kind) {
            (Pick::Send { .. }, _) => true,
            (Pick::Choice(at), SceneKind::Decide(decision)) => {
                story.choices(decision).get(usize::from(at)).is_some_and(|choice| choice.send().is_some())
            }
            (Pick::Standing, _) => {
                let standing = story.seats[step.seat.index()].standing.as_ref();
                standing.is_some_and(|choice| choice.send().is_some())
            }
            _ => false,
        };
        if sends {
            self.passing = Some(self.sent);
            self.sent += 1;
        }
        sends
    }
}

/// Whether the second is the same message, sent or carried in another manner.
fn is_same_message(taken: Pick, other: Pick) -> bool {
    match (taken, other) {
        (Pick::Treat(_), Pick::Treat(_)) => true,
        (Pick::Send { message, .. }, Pick::Send { message: another, .. }) => message == another,
        _ => false,
    }
}

/// Whether more than one thing would be decided otherwise: another message, and in another manner too.
fn is_far(taken: Pick, other: Pick) -> bool {
    match (taken, other) {
        (Pick::Send { carrier, licence, .. }, Pick::Send { carrier: by, licence: on, .. }) => {
            (carrier, licence) != (by, on)
        }
        _ => false,
    }
}

/// The treatments offered where one was decided.
fn treatments(story: &Story, step: Step) -> Vec<Pick> {
    let (Pick::Treat(_), SceneKind::Decide(decision)) = (step.pick, &story.scene(step.scene).kind) else {
        return Vec::new();
    };
    match decision.form.as_deref() {
        Some(Form::Relay { treatments, .. }) => treatments.iter().copied().map(Pick::Treat).collect(),
        _ => Vec::new(),
    }
}

/// What carrying this message so is called.
fn carried(story: &Story, passing: &Passing, treatment: MannerId) -> String {
    let reading = story.messages[passing.message.index()].heard.get(treatment.index());
    let own = reading.and_then(|reading| reading.as_ref()?.say.clone());
    text::plain(&own.unwrap_or_else(|| story.treatments[treatment.index()].name.clone()))
}

/// What was heard, if anything was.
pub(super) fn heard(passing: &Passing) -> Option<String> {
    passing.heard.as_deref().map(text::plain).filter(|heard| !heard.is_empty())
}

/// Whether a message arrived in other words than those that were meant, or never.
pub(in crate::teach) fn is_changed(passing: &Passing) -> bool {
    heard(passing).is_none_or(|heard| !is_unchanged(&text::plain(&passing.meant), &heard))
}
