//! What could have been decided otherwise.

use crate::engine::{By, Input, Passing, Pick, Session, Step};
use crate::story::{Form, Manner, MannerId, SceneKind, SeatId, Story};
use crate::text;

/// One decision taken otherwise.
pub(super) struct Try {
    /// Index of the decision among all of them.
    pub at: usize,
    pub step: Step,
    pub pick: Pick,
    /// The words of what would have been decided; of a crossing those of its manner alone.
    pub words: String,
    /// Of a crossing too with the message.
    pub whole: String,
    /// The message that is sent or carried otherwise, by its place in the trail.
    pub crossing: Option<usize>,
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

/// Everything that could have been decided otherwise; a first try of each decision before a second of any, and all
/// those of crossings before the others.
pub(super) fn tries(session: &Session<'_>, seat: SeatId) -> Vec<Try> {
    let story = session.story();
    let mut shadow = session.rewound_to(0);
    let (mut inputs, mut number) = (0, 0);
    let mut trail = MessageUnderWay::default();
    let mut out: Vec<(usize, Try)> = Vec::new();
    for (at, (before, step)) in session.placed_steps().enumerate() {
        while inputs < before {
            // The session has taken it once already.
            let _ = shadow.input(session.log()[inputs]);
            number += usize::from(matches!(session.log()[inputs], Input::Decide(..)));
            inputs += 1;
        }
        trail.step(story, step);
        let person = matches!(session.log().get(before), Some(Input::Decide(scene, pick)) if (*scene, *pick) == (step.scene, step.pick))
            && shadow.turn() == Some(step.seat)
            && step.by == By::Person;
        let own = (person && step.seat == seat).then(|| OwnDecision {
            input: before,
            number: number + 1,
            words: text::plain(&shadow.words(seat, step.pick)),
            minutes: story.clock.as_ref().map(|clock| shadow.state().value(clock.var)),
            part: shadow.part(seat).unwrap_or_default().to_owned(),
        });
        let picks = if person { shadow.options().picks() } else { treatments(story, step) };
        let mut rounds = [0, 0];
        for pick in picks.into_iter().filter(|pick| *pick != step.pick) {
            let crossing = otherwise_crossing(step.pick, pick).then_some(trail.passing).flatten();
            let crossing = crossing.filter(|_| own.is_some() || matches!(pick, Pick::Treat(_)));
            if crossing.is_none() && (own.is_none() || is_far(step.pick, pick)) {
                continue;
            }
            let whole = text::plain(&shadow.words(step.seat, pick));
            let words = crossing.map(|at| manner(story, &session.trail().passings[at], pick));
            let words = words.unwrap_or_else(|| whole.clone());
            let round = &mut rounds[usize::from(crossing.is_none())];
            out.push((*round, Try { at, step, pick, words, whole, crossing, own: own.clone() }));
            *round += 1;
        }
    }
    out.sort_by_key(|(round, tried)| (tried.crossing.is_none(), *round));
    out.into_iter().map(|(_, tried)| tried).collect()
}

/// The message under way, as decisions go by.
#[derive(Default)]
struct MessageUnderWay {
    sent: usize,
    /// Its place in the trail.
    passing: Option<usize>,
}

impl MessageUnderWay {
    fn step(&mut self, story: &Story, step: Step) {
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
    }
}

/// Whether the second is the same message, sent or carried in another manner.
fn otherwise_crossing(taken: Pick, other: Pick) -> bool {
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

/// What a manner of sending or carrying this message is chosen by.
fn manner(story: &Story, passing: &Passing, pick: Pick) -> String {
    let named = |list: &[Manner], id: Option<MannerId>| id.map(|id| list[id.index()].name.clone());
    match pick {
        Pick::Treat(id) => {
            let reading = story.messages[passing.message.index()].heard.get(id.index());
            let own = reading.and_then(|reading| reading.as_ref()?.say.clone());
            text::plain(&own.or_else(|| named(&story.treatments, Some(id))).unwrap_or_default())
        }
        Pick::Send { carrier, licence, .. } => {
            // Only what would have been another.
            let by = named(&story.carriers, carrier.filter(|_| carrier != passing.carrier));
            let on = named(&story.licences, licence.filter(|_| licence != passing.licence));
            let on = on.map(|on| if by.is_some() { text::lower_first(&on) } else { on });
            by.into_iter().chain(on).collect::<Vec<_>>().join(", ")
        }
        _ => String::new(),
    }
}
