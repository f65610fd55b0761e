//! What a story is made of, counted.

mod repeats;

use serde::Serialize;

use crate::story::{Choice, Decision, FactStatus, Form, Reading, Scene, SceneId, SceneKind, SeatId, Story, Template};
use crate::text;

use super::simulate::{Spread, lengths};

pub use repeats::{Alike, Phrase};

/// Words a person reads in a minute. Silent reading of English runs at about 238 (Brysbaert 2019, a mean over 190
/// studies); options are weighed besides being read, hence less.
pub const WORDS_A_MINUTE: f64 = 200.0;

/// Sessions played to find the shortest, the typical and the longest of a seat.
const MOST_RUNS: u64 = 1_000;

/// What a story is made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stats {
    pub title: String,
    pub scenes: usize,
    /// Words that play can show: scenes, choices, messages, sheets. Endings' notes and the record are not counted.
    pub words: usize,
    pub choices: usize,
    pub endings: usize,
    pub messages: usize,
    pub facts: usize,
    pub facts_cited: usize,
    /// Facts that no prose cites.
    pub uncited: Vec<String>,
    /// Reported, disputed, inferred facts.
    pub standings: [usize; 3],
    /// Words of facts, sources, notes of endings, briefs and questions.
    pub words_around: usize,
    /// Words of messages, all readings and their answers together.
    pub message_words: usize,
    pub seats: Vec<SeatStats>,
    pub by_scene: Vec<SceneStats>,
    pub by_ending: Vec<EndingStats>,
    pub branching: Branching,
    pub repeats: Vec<Phrase>,
    pub alike: Vec<Alike>,
}

/// A seat's share of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeatStats {
    pub id: String,
    pub name: String,
    /// Scenes in which it decides, and scenes it perceives.
    pub decides: usize,
    pub perceives: usize,
    /// Words written for it, its choices and messages included.
    pub words: usize,
    pub choices: usize,
    /// Of 1,000 random sessions of the seat.
    pub words_a_night: Spread,
    pub decisions_a_night: Spread,
    /// Reading time in minutes: shortest, typical, longest.
    pub minutes: [f64; 3],
    /// Of the random sessions, those that went on for longer than sessions are followed.
    pub given_up: u64,
}

/// One scene.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SceneStats {
    pub id: String,
    pub seat: Option<String>,
    pub words: usize,
    pub options: usize,
}

/// The scenes of one ending.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EndingStats {
    pub id: String,
    pub title: String,
    pub scenes: usize,
    pub words: usize,
}

/// How it branches.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Branching {
    /// Scenes in which somebody decides.
    pub decisions: usize,
    /// Options written there: choices, messages, treatments, handlings, lines of a sheet.
    pub options: Spread,
    pub options_mean: f64,
    /// Decisions with one option only.
    pub single: usize,
    /// Scenes that more than one scene leads to.
    pub joins: usize,
}

/// Counts a story.
#[must_use]
pub fn stats(story: &Story) -> Stats {
    let by_scene: Vec<SceneStats> = story.scene_ids().map(|scene| scene_stats(story, scene)).collect();
    let message_words: usize = story.messages.iter().map(|message| message_words(story, message)).sum();
    let sheets: usize = story.sheets.iter().flat_map(|sheet| &sheet.lines).map(|line| count(&line.text)).sum();
    let standing: usize =
        story.seats.iter().filter_map(|seat| seat.standing.as_ref()).map(|it| choice_words(story, it)).sum();
    let words = by_scene.iter().map(|scene| scene.words).sum::<usize>() + message_words + sheets + standing;
    let uncited = story.facts.iter().filter(|fact| !fact.cited).map(|fact| fact.id.clone());
    let mut standings = [0; 3];
    for fact in &story.facts {
        standings[match fact.status {
            FactStatus::Reported(_) => 0,
            FactStatus::Disputed(_) => 1,
            FactStatus::Inferred(_) => 2,
        }] += 1;
    }
    let written = repeats::Corpus::of(story);
    Stats {
        title: story.title.clone(),
        scenes: story.scenes.len(),
        words,
        choices: story.choices.all().len(),
        endings: story.endings.len(),
        messages: story.messages.len(),
        facts: story.facts.len(),
        facts_cited: story.facts.iter().filter(|fact| fact.cited).count(),
        uncited: uncited.collect(),
        standings,
        words_around: words_around(story),
        message_words,
        seats: story.seat_ids().map(|seat| seat_stats(story, seat)).collect(),
        by_ending: by_ending(story, &by_scene),
        by_scene,
        branching: branching(story),
        repeats: written.phrases(),
        alike: written.alike(),
    }
}

fn decision(scene: &Scene) -> Option<&Decision> {
    if let SceneKind::Decide(decision) = &scene.kind { Some(decision) } else { None }
}

fn count(words: &str) -> usize {
    text::plain(words).split_whitespace().count()
}

fn template_words(story: &Story, template: Template) -> usize {
    let mut words = 0;
    story.words(template).each(&mut |piece| {
        if let crate::story::Piece::Text(text) = piece {
            words += count(text);
        }
    });
    words
}

fn choice_words(story: &Story, choice: &Choice) -> usize {
    let parts = [Some(choice.say), choice.reply(), choice.locked()];
    parts.into_iter().flatten().map(|text| template_words(story, text)).sum()
}

fn message_words(story: &Story, message: &crate::story::Message) -> usize {
    let readings = message.heard.iter().flatten();
    message.say.as_deref().map_or(0, count)
        + template_words(story, message.gist)
        + readings.map(|r| reading_words(story, r)).sum::<usize>()
}

fn reading_words(story: &Story, reading: &Reading) -> usize {
    let answers = reading.answers.iter().flatten();
    template_words(story, reading.text)
        + reading.say.as_deref().map_or(0, count)
        + answers.map(|answer| template_words(story, *answer)).sum::<usize>()
}

/// The texts of a scene, each once: scenes that belong to nobody have the same text for everybody.
fn texts(story: &Story, scene: SceneId) -> Vec<Template> {
    let mut out: Vec<Template> = Vec::new();
    for text in story.told(scene) {
        if !out.contains(&text) {
            out.push(text);
        }
    }
    out
}

fn scene_stats(story: &Story, id: SceneId) -> SceneStats {
    let scene = story.scene(id);
    let choices = decision(scene).map_or(0, |own| story.choices(own).iter().map(|it| choice_words(story, it)).sum());
    SceneStats {
        id: scene.id.to_string(),
        seat: scene.seat.map(|seat| story.seats[seat.index()].id.clone()),
        words: texts(story, id).into_iter().map(|text| template_words(story, text)).sum::<usize>() + choices,
        options: decision(scene).map_or(0, |decision| options(story, decision)),
    }
}

fn options(story: &Story, decision: &Decision) -> usize {
    decision.choices.len()
        + match decision.form.as_deref() {
            None => 0,
            Some(Form::Pass { messages, .. }) => messages.len(),
            Some(Form::Relay { treatments, .. }) => treatments.len(),
            Some(Form::Receive { handlings, .. }) => handlings.len(),
            Some(Form::Mark { sheet, .. }) => story.sheets[sheet.index()].lines.len() + 1,
        }
}

fn words_around(story: &Story) -> usize {
    let facts = story.facts.iter().map(|fact| {
        count(&fact.text)
            + match &fact.status {
                FactStatus::Reported(_) => 0,
                FactStatus::Disputed(versions) => versions.iter().map(|(text, _)| count(text)).sum(),
                FactStatus::Inferred(reason) => count(reason),
            }
    });
    let endings = story.endings.iter().map(|ending| count(&ending.because) + count(&ending.note));
    let others = [&story.about, &story.notice].into_iter().chain(&story.questions).map(|text| count(text));
    let sources = story.sources.iter().map(|(_, text)| count(text));
    let briefs = story.seats.iter().map(|seat| count(&seat.brief));
    facts.chain(endings).chain(others).chain(sources).chain(briefs).sum()
}

fn seat_stats(story: &Story, seat: SeatId) -> SeatStats {
    let own: Vec<&Decision> =
        story.scenes.iter().filter(|scene| scene.seat == Some(seat)).filter_map(decision).collect();
    let perceived = story.scene_ids().filter_map(|scene| story.texts(scene)[seat.index()]);
    let sent = story.messages.iter().filter(|message| message.from == seat);
    let heard = story.messages.iter().filter(|message| message.to == seat);
    let readings = story.messages.iter().flat_map(|message| message.heard.iter().flatten());
    let answers = readings.filter_map(|reading| reading.answer(seat));
    let words = perceived.clone().map(|text| template_words(story, text)).sum::<usize>()
        + own.iter().flat_map(|own| story.choices(own)).map(|it| choice_words(story, it)).sum::<usize>()
        + sent
            .map(|message| message.say.as_deref().map_or(0, count) + template_words(story, message.gist))
            .sum::<usize>()
        + heard
            .flat_map(|m| m.heard.iter().flatten())
            .map(|reading| template_words(story, reading.text))
            .sum::<usize>()
        + answers.map(|answer| template_words(story, answer)).sum::<usize>();
    let nights = lengths(story, MOST_RUNS, 1, seat);
    let minutes = |words: usize| (10.0 * words as f64 / WORDS_A_MINUTE).round() / 10.0;
    SeatStats {
        id: story.seats[seat.index()].id.clone(),
        name: story.seats[seat.index()].name.clone(),
        decides: own.len(),
        perceives: perceived.count(),
        words,
        choices: own.iter().map(|decision| decision.choices.len()).sum(),
        words_a_night: nights.words,
        decisions_a_night: nights.decisions,
        minutes: [minutes(nights.words.min), minutes(nights.words.median), minutes(nights.words.max)],
        given_up: nights.given_up,
    }
}

fn by_ending(story: &Story, by_scene: &[SceneStats]) -> Vec<EndingStats> {
    let each = story.endings.iter().enumerate().map(|(at, ending)| {
        let ends = |scene: &Scene| matches!(scene.kind, SceneKind::End(end) if end.index() == at);
        let own = story.scenes.iter().zip(by_scene).filter(|(scene, _)| ends(scene));
        EndingStats {
            id: ending.id.clone(),
            title: ending.title.clone(),
            scenes: own.clone().count(),
            words: own.map(|(_, stats)| stats.words).sum(),
        }
    });
    each.collect()
}

fn branching(story: &Story) -> Branching {
    let mut numbers: Vec<usize> =
        story.scenes.iter().filter_map(decision).map(|decision| options(story, decision)).collect();
    numbers.sort_unstable();
    let mut into = vec![std::collections::BTreeSet::new(); story.scenes.len()];
    for (from, scene) in story.scenes.iter().enumerate() {
        for go in leads_to(story, scene) {
            into[go].insert(from);
        }
    }
    let at = |at: usize| numbers.get(at).copied().unwrap_or(0);
    Branching {
        decisions: numbers.len(),
        options: Spread { min: at(0), median: at(numbers.len() / 2), max: at(numbers.len().saturating_sub(1)) },
        options_mean: numbers.iter().sum::<usize>() as f64 / numbers.len().max(1) as f64,
        single: numbers.iter().filter(|number| **number == 1).count(),
        joins: into.iter().filter(|from| from.len() > 1).count(),
    }
}

/// Where a scene can lead at once, standing choices aside.
fn leads_to(story: &Story, scene: &Scene) -> Vec<usize> {
    match &scene.kind {
        SceneKind::End(_) => Vec::new(),
        SceneKind::Flow(go) => vec![go.index()],
        SceneKind::Route { ways, .. } => ways.iter().map(|way| way.go.index()).collect(),
        SceneKind::Decide(decision) => {
            let form = decision.form.as_ref().map(|form| form.go());
            let choices = story.choices(decision).iter().filter_map(|choice| choice.go);
            form.into_iter().chain(decision.otherwise).chain(choices).map(|go| go.index()).collect()
        }
    }
}
