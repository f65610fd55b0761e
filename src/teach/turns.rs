//! What one decision would have changed: the words that turned a session, and the endings that were one decision away.

mod told;

use std::collections::HashSet;

use crate::engine::{BlockKind, By, Input, Passing, Pick, Session, Step};
use crate::story::{EndingId, Form, Kind, Manner, MannerId, SeatId, Story};
use crate::text;

use told::{decision, happened, otherwise};

/// Sessions that are played with one decision taken otherwise.
const MOST_REPLAYS: usize = 240;
/// Decisions of all of them together.
const MOST_STEPS: usize = 100_000;
/// Crossings that are told as having turned it.
const MOST_TURNED: usize = 3;
/// Other endings that are told.
const MOST_ENDINGS: usize = 4;
/// So many new words are a difference that a reader notices.
const NOTICED: usize = 30;

/// What one decision would have changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Turns {
    pub turned: Vec<Turned>,
    pub endings: Vec<OtherEnding>,
    /// How often the session was played with one decision taken otherwise.
    pub replays: usize,
    /// There was more to be tried than is tried.
    pub bounded: bool,
}

/// A crossing that turned the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turned {
    /// “8.40: you said “ease”; it was heard as “lift”.”
    pub happened: String,
    /// “Had the aide chosen “Word for word”, this same night would have ended: “The reported night”.”
    pub otherwise: String,
}

/// An ending that one other decision would have brought about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherEnding {
    pub title: String,
    /// “at 8.50, “Wait.” instead of “Promise it.””
    pub decision: String,
    /// The place of the decision in the log.
    pub input: usize,
    /// Its number among the decisions in the log, from 1.
    pub number: usize,
}

/// One decision taken otherwise.
struct Try {
    /// Index of the decision among all of them.
    at: usize,
    step: Step,
    pick: Pick,
    /// The words of what would have been decided; of a crossing those of its manner alone.
    words: String,
    /// Of a crossing too with the message.
    whole: String,
    /// The message that is sent or carried otherwise, by its place in the trail.
    crossing: Option<usize>,
    /// Of a decision of the one who looks back.
    own: Option<Own>,
}

/// Where a decision stands, and what was decided.
#[derive(Clone)]
struct Own {
    input: usize,
    number: usize,
    words: String,
    minutes: Option<i16>,
    part: String,
}

/// What came of a try.
struct Came<'t> {
    tried: &'t Try,
    ending: Option<EndingId>,
    /// Words that the seat would have read and has not.
    new_words: usize,
    /// The message's way then.
    passing: Option<Passing>,
}

/// Plays a session once more for each of its decisions, that one taken otherwise: those of `seat`, and those of whoever
/// carried a message. What is tried is bounded, and the same session gives the same answer.
#[must_use]
pub fn turns(session: &Session<'_>, seat: SeatId) -> Turns {
    let tries = tries(session, seat);
    let read: HashSet<String> = paragraphs(&session.retold(seat), seat).collect();
    let mut out = Turns::default();
    let mut came = Vec::new();
    let mut steps = 0;
    for tried in &tries {
        if out.replays == MOST_REPLAYS || steps > MOST_STEPS {
            out.bounded = true;
            break;
        }
        out.replays += 1;
        let Some(other) = session.otherwise(tried.at, tried.pick, seat) else { continue };
        steps += other.steps().count();
        let new = paragraphs(&other, seat).filter(|paragraph| !read.contains(paragraph));
        came.push(Came {
            tried,
            ending: other.ending().filter(|ending| session.ending() != Some(*ending)),
            new_words: new.map(|paragraph| paragraph.split_whitespace().count()).sum(),
            passing: tried.crossing.and_then(|at| other.trail().passings.get(at).cloned()),
        });
    }
    let turned = turned(&came);
    out.endings = endings(session.story(), &came, &turned);
    out.turned = turned.iter().map(|came| tell(session, seat, came)).collect();
    out
}

/// What a seat has read, paragraph by paragraph.
fn paragraphs(session: &Session<'_>, seat: SeatId) -> impl Iterator<Item = String> {
    let told = session.page(seat).filter(|block| matches!(block.kind, BlockKind::Prose | BlockKind::Reply));
    told.flat_map(|block| block.text.split("\n\n").map(text::plain))
}

/// The crossings that changed most, one try of each: those that end it otherwise first.
fn turned<'c, 't>(came: &'c [Came<'t>]) -> Vec<&'c Came<'t>> {
    let mut order: Vec<&Came<'_>> = came
        .iter()
        .filter(|came| came.tried.crossing.is_some() && (came.ending.is_some() || came.new_words >= NOTICED))
        .collect();
    order.sort_by_key(|came| (came.ending.is_none(), std::cmp::Reverse(came.new_words)));
    let mut seen = HashSet::new();
    order.retain(|came| seen.insert(came.tried.crossing));
    order.truncate(MOST_TURNED);
    order.sort_by_key(|came| came.tried.at);
    order
}

/// Other endings that one decision of the seat's own leads to; rather by one that has not been told of yet.
fn endings(story: &Story, came: &[Came<'_>], told: &[&Came<'_>]) -> Vec<OtherEnding> {
    let is_told = |came: &Came<'_>| told.iter().any(|other| other.tried.at == came.tried.at);
    let mut order: Vec<&Came<'_>> = came.iter().filter(|came| came.tried.own.is_some()).collect();
    order.sort_by_key(|came| is_told(came));
    let mut out: Vec<OtherEnding> = Vec::new();
    for came in order {
        let (Some(ending), Some(own)) = (came.ending, &came.tried.own) else { continue };
        let title = &story.endings[ending.index()].title;
        if out.len() < MOST_ENDINGS && out.iter().all(|other| other.title != *title) {
            out.push(OtherEnding {
                title: title.clone(),
                decision: decision(story, own, &came.tried.whole),
                input: own.input,
                number: own.number,
            });
        }
    }
    out.sort_by_key(|ending| ending.number);
    out
}

fn tell(session: &Session<'_>, seat: SeatId, came: &Came<'_>) -> Turned {
    let story = session.story();
    let passing = came.tried.crossing.and_then(|at| session.trail().passings.get(at));
    let Some(passing) = passing else { return Turned { happened: String::new(), otherwise: String::new() } };
    Turned { happened: happened(story, passing, seat, came), otherwise: otherwise(story, passing, seat, came) }
}

/// Everything that could have been decided otherwise; a first try of each decision before a second of any, and all
/// those of crossings before the others.
fn tries(session: &Session<'_>, seat: SeatId) -> Vec<Try> {
    let story = session.story();
    let mut shadow = session.until(0);
    let (mut inputs, mut number) = (0, 0);
    let mut trail = Under::default();
    let mut out: Vec<(usize, Try)> = Vec::new();
    for (at, (before, step)) in session.placed_steps().enumerate() {
        while inputs < before {
            // The night has taken it once already.
            let _ = shadow.input(session.log()[inputs]);
            number += usize::from(matches!(session.log()[inputs], Input::Decide(..)));
            inputs += 1;
        }
        trail.step(story, step);
        let person = matches!(session.log().get(before), Some(Input::Decide(scene, pick)) if (*scene, *pick) == (step.scene, step.pick))
            && shadow.turn() == Some(step.seat)
            && step.by == By::Person;
        let own = (person && step.seat == seat).then(|| Own {
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
struct Under {
    sent: usize,
    /// Its place in the trail.
    passing: Option<usize>,
}

impl Under {
    fn step(&mut self, story: &Story, step: Step) {
        let sends = match (step.pick, &story.scene(step.scene).kind) {
            (Pick::Send { .. }, _) => true,
            (Pick::Choice(at), Kind::Decide(decision)) => {
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
    let (Pick::Treat(_), Kind::Decide(decision)) = (step.pick, &story.scene(step.scene).kind) else {
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
