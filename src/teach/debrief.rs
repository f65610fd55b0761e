use crate::engine::{BlockKind, Passing, Session};
use crate::story::{Evidence, Hypothesis, Manner, MannerId, SeatId, Standing, Story};
use crate::text::{self, Change, compare, counted};
use crate::view::{Mark, mark_of, time};

/// The night as it can be told once it is over: nothing is secret any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Debrief {
    pub ending: Option<EndingView>,
    /// Every message's way, in order.
    pub trail: Vec<Crossing>,
    /// This night and the reported one, by the clock; empty where the story has no chronicle.
    pub clock: Vec<Tick>,
    pub hypotheses: Vec<HypothesisView>,
    /// Vivid sentences of this seat's night that are invented: what not to repeat.
    pub invented: Vec<String>,
    pub questions: Vec<String>,
}

/// What happened at one time: in this night, or in the reported one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// As a clock shows it.
    pub time: String,
    pub reported: bool,
    /// Prose with its citations.
    pub text: String,
}

/// An explanation, with what speaks for and against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HypothesisView {
    pub text: String,
    pub speaks_for: Vec<String>,
    pub against: Vec<String>,
}

/// The ending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndingView {
    pub id: String,
    pub title: String,
    pub family: String,
    pub because: String,
    pub note: String,
}

/// One message's way, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crossing {
    /// “8.50, Macron → Rouhani, on a card, exactly so.”
    pub sent: String,
    pub meant: String,
    /// “The aide: soften it.” Empty where nobody carried it.
    pub carried: String,
    /// Empty where it never arrived.
    pub heard: String,
    /// What was meant against what was heard, word by word.
    pub changes: Vec<Change>,
    /// What happened to it later.
    pub later: String,
}

impl Crossing {
    /// True where it arrived in the words in which it was meant.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        self.changes.iter().all(|change| matches!(change, Change::Same(_)))
    }
}

/// What there is to say of a night, from the seat that `seat` held.
#[must_use]
pub fn debrief(session: &Session<'_>, seat: SeatId) -> Debrief {
    let story = session.story();
    let ending = session.ending().map(|id| {
        let ending = &story.endings[id.index()];
        EndingView {
            id: ending.id.clone(),
            title: ending.title.clone(),
            family: ending.family.clone(),
            because: ending.because.clone(),
            note: ending.note.clone(),
        }
    });
    Debrief {
        ending,
        trail: session.trail().passings.iter().map(|passing| crossing(story, passing)).collect(),
        clock: clock(session),
        hypotheses: story.hypotheses.iter().map(|hypothesis| view_of(story, hypothesis)).collect(),
        invented: invented(session, seat),
        questions: story.questions.clone(),
    }
}

/// What was sent and how the night ended, between the moments of the chronicle.
fn clock(session: &Session<'_>) -> Vec<Tick> {
    let story = session.story();
    let (Some(clock), false) = (&story.clock, story.chronicle.is_empty()) else { return Vec::new() };
    let minute = |since: i16| i32::from(clock.starts) + i32::from(since);
    let mut ticks: Vec<(i32, bool, String)> =
        story.chronicle.iter().map(|moment| (i32::from(moment.time), true, moment.text.clone())).collect();
    for passing in &session.trail().passings {
        let name = |seat: SeatId| &story.seats[seat.index()].name;
        let text = format!("{} → {}: {}.", name(passing.from), name(passing.to), text::plain(&passing.meant));
        ticks.push((minute(passing.sent_at.unwrap_or(0)), false, text));
    }
    if let Some(ending) = session.ending() {
        let text = format!("{}.", story.endings[ending.index()].title);
        ticks.push((minute(session.state().value(clock.var)), false, text));
    }
    ticks.sort_by_key(|(minute, ..)| *minute);
    ticks.into_iter().map(|(minute, reported, text)| Tick { time: time(story, minute), reported, text }).collect()
}

fn view_of(story: &Story, hypothesis: &Hypothesis) -> HypothesisView {
    let facts = |list: &[Evidence]| -> Vec<String> { list.iter().map(|it| evidence(story, *it)).collect() };
    HypothesisView {
        text: hypothesis.text.clone(),
        speaks_for: facts(&hypothesis.speaks_for),
        against: facts(&hypothesis.against),
    }
}

/// A fact in a sentence; of a disputed one the version that is meant and who tells it so, or all of them.
fn evidence(story: &Story, evidence: Evidence) -> String {
    let fact = &story.facts[evidence.fact];
    let Standing::Disputed(versions) = &fact.standing else { return fact.text.clone() };
    let topic = fact.text.trim_end_matches('.');
    match evidence.version.and_then(|version| versions.get(version)) {
        Some((text, sources)) => {
            let source = |at: &usize| story.sources.get(*at).map_or("", |(_, text)| text.as_str());
            let who: Vec<&str> = sources.iter().map(source).collect();
            format!("{topic} (one version of {}): {text} ({}).", versions.len(), who.join("; "))
        }
        None => {
            let all: Vec<&str> = versions.iter().map(|(text, _)| text.as_str()).collect();
            format!("{topic} ({}): {}.", counted(versions.len(), "version"), all.join("; "))
        }
    }
}

fn crossing(story: &Story, passing: &Passing) -> Crossing {
    let name = |list: &[Manner], id: Option<MannerId>| id.map(|id| list[id.index()].name.clone());
    let seat = |seat: SeatId| story.seats[seat.index()].name.clone();
    let at = |minutes: Option<i16>| {
        let clock = story.clock.as_ref().zip(minutes);
        clock.map(|(clock, minutes)| time(story, i32::from(clock.starts) + i32::from(minutes)))
    };
    let mut sent: Vec<String> = Vec::new();
    sent.extend(at(passing.sent_at));
    // Names stand as they are written: “The mother → The clerk”.
    sent.push(format!("{} → {}", seat(passing.from), seat(passing.to)));
    sent.extend(name(&story.carriers, passing.carrier).map(|name| text::lower_first(&name)));
    sent.extend(name(&story.licences, passing.licence).map(|name| text::lower_first(&name)));
    let meant = text::plain(&passing.meant);
    let heard = passing.heard.as_deref().map(text::plain).unwrap_or_default();
    let carrier = passing.carried_by.map(seat);
    let reading = passing.treatment.and_then(|id| {
        let own = story.messages[passing.message.index()].heard.get(id.index())?.as_ref()?.say.clone();
        own.or_else(|| name(&story.treatments, Some(id)))
    });
    let carried = match (carrier, reading) {
        (Some(carrier), Some(reading)) => format!("{carrier}: {}", text::lower_first(&text::plain(&reading))),
        _ => String::new(),
    };
    let mut later: Vec<String> = Vec::new();
    later.extend(
        name(&story.handlings, passing.handling)
            .map(|handling| format!("{}: {}", seat(passing.to), text::lower_first(&handling))),
    );
    if passing.corrected.is_some() {
        later.push("Set right before the end".to_owned());
    }
    Crossing {
        sent: sent.join(", "),
        changes: if heard.is_empty() { Vec::new() } else { compare(&meant, &heard) },
        meant,
        carried,
        heard,
        later: later.join(". "),
    }
}

/// Three invented sentences of this seat's pages, from its beginning, middle and end.
fn invented(session: &Session<'_>, seat: SeatId) -> Vec<String> {
    let story = session.story();
    if story.facts.is_empty() {
        return Vec::new();
    }
    let whole = session.retold(seat);
    let mut found = Vec::new();
    for block in whole.page(seat).filter(|block| block.kind == BlockKind::Prose) {
        for sentence in text::paragraphs(block.text).iter().flat_map(|paragraph| &paragraph.sentences) {
            let words: String = sentence.runs.iter().map(|run| run.text).collect();
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let count = words.split(' ').count();
            // Half of a quotation would read as ours.
            let whole = words.matches('“').count() == words.matches('”').count();
            // Somebody speaking, or `you`: what one would tell as if it had happened.
            let vivid = words.contains('“') || words.split(|c: char| !c.is_alphabetic()).any(|word| word == "you");
            if whole && vivid && mark_of(story, sentence) == Mark::Invented && (9..=26).contains(&count) {
                found.push(words);
            }
        }
    }
    let picked: Vec<usize> = [1, 3, 5].iter().map(|part| found.len() * part / 6).collect();
    let mut out: Vec<String> = picked.into_iter().filter_map(|at| found.get(at).cloned()).collect();
    out.dedup();
    out
}
