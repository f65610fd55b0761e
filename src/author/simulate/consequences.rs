//! What comes of a decision: one of a random session is taken otherwise, all luck kept and the later decisions taken as
//! before where they are still open, and what the seat reads is compared.

mod compare;
mod playthrough;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::engine::{Pick, draw};
use crate::story::{SceneId, SeatId, Story};
use crate::text;

use compare::{ChangeEffects, compare};
use playthrough::{Question, again, play_through, questions};

/// Sessions of which decisions are taken otherwise: one about a crossing and one other in each.
const MOST_RUNS: u64 = 400;

/// Sessions that are in memory at once.
const BATCH: u64 = 32;

/// Once the sessions had this many decisions, or this many bytes of words, no more of them are played.
const MOST_DECISIONS: usize = 200_000;
const MOST_BYTES: usize = 100_000_000;

/// Most decisions that change nothing that are named, and most sentences that are read twice.
const NAMED: usize = 10;

/// The fewest words of a sentence that should not come twice.
const TOLD_ONCE: usize = 8;

/// What comes of the decisions of a seat.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Consequences {
    pub role: String,
    pub nights: u64,
    /// Of the seat's decisions the share that is about how a message crosses, each question of a pass counted. Its
    /// standing choice is no part of this.
    pub passing_share: f64,
    /// Decisions about how a message crosses: a question of a pass, a choice that sends, a treatment, a handling, a
    /// stroke.
    pub passing: DecisionEffects,
    pub other: DecisionEffects,
    /// The decisions that most often changed nothing.
    pub silent: Vec<IdleDecision>,
    /// The effects of decisions scene by scene, in the story's order.
    pub scenes: Vec<SceneEffects>,
    /// Sentences that a session told the role twice, in two places; the commonest first.
    pub twice: Vec<RepeatedSentence>,
}

/// A sentence that was told twice in a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RepeatedSentence {
    pub sentence: String,
    /// The decisions before which it was read, by their scenes; the last of a session is `end`.
    pub before: [String; 2],
    /// In so many of the sessions.
    pub nights: u64,
    /// The first of these.
    pub seed: u64,
}

/// What came of a scene's decisions of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SceneEffects {
    pub scene: String,
    /// About how a message crosses, or other.
    pub passing: bool,
    #[serde(flatten)]
    pub came: DecisionEffects,
}

/// What came of decisions of one kind that were taken otherwise. Words that tell the time do not count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct DecisionEffects {
    pub changed: u64,
    /// At least 20 new words before the seat's next decision; or, where it reads nothing before that, at least 30 in
    /// what it reads next.
    pub answered: u64,
    /// At least 30 new words on later pages.
    pub felt: u64,
    /// Another ending.
    pub ending: u64,
    /// Not one other word, and the same ending.
    pub nothing: u64,
}

/// A decision that changed nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IdleDecision {
    pub scene: String,
    /// What was taken first, in the words in which it is offered; how a message was passed, with the message's id.
    pub decision: String,
    pub changed: u64,
    pub nothing: u64,
}

/// A decision that was taken otherwise in one session.
struct ChangedDecision {
    passing: bool,
    scene: SceneId,
    decision: String,
    came: ChangeEffects,
}

/// What one session adds.
#[derive(Default)]
struct Share {
    changes: Vec<ChangedDecision>,
    passing: u64,
    other: u64,
    decisions: usize,
    bytes: usize,
    /// Sentences that were told twice, each with the pages on which it was read.
    twice: Vec<(String, [usize; 2])>,
    /// The scenes of its decisions.
    pages: Vec<SceneId>,
}

/// Looks at what comes of a seat's decisions in at most so many random sessions with the seeds from `seed` on. `go_on`
/// is asked now and then; what has been looked at until it says no is what is returned.
#[must_use]
pub fn consequences(
    story: &Story,
    seat: SeatId,
    nights: u64,
    seed: u64,
    go_on: &mut dyn FnMut() -> bool,
) -> Consequences {
    let mut out = Consequences {
        role: story.seats[seat.index()].id.clone(),
        nights: 0,
        passing_share: 0.0,
        passing: DecisionEffects::default(),
        other: DecisionEffects::default(),
        silent: Vec::new(),
        scenes: Vec::new(),
        twice: Vec::new(),
    };
    let (mut passing, mut other) = (0, 0);
    let mut scenes: BTreeMap<(SceneId, bool), DecisionEffects> = BTreeMap::new();
    let mut decisions: BTreeMap<(SceneId, String), (u64, u64)> = BTreeMap::new();
    let mut twice: BTreeMap<String, RepeatedSentence> = BTreeMap::new();
    let nights = nights.min(MOST_RUNS);
    let (mut decided, mut read) = (0, 0);
    while out.nights < nights && decided < MOST_DECISIONS && read < MOST_BYTES && go_on() {
        let until = nights.min(out.nights + BATCH);
        let seeds: Vec<u64> = (out.nights..until).map(|number| seed.wrapping_add(number)).collect();
        for (share, seed) in super::on_all_cores(&seeds, &|seed| (look(story, seat, seed), seed)) {
            out.nights += 1;
            passing += share.passing;
            other += share.other;
            decided += share.decisions;
            read += share.bytes;
            let place = |page: usize| share.pages.get(page).map_or("end", |scene| &story.scene(*scene).id).to_owned();
            for (sentence, pages) in share.twice {
                let first =
                    || RepeatedSentence { sentence: sentence.clone(), before: pages.map(place), nights: 0, seed };
                twice.entry(sentence.clone()).or_insert_with(first).nights += 1;
            }
            for change in share.changes {
                if change.passing { &mut out.passing } else { &mut out.other }.add(change.came);
                scenes.entry((change.scene, change.passing)).or_default().add(change.came);
                let (changed, nothing) = decisions.entry((change.scene, change.decision)).or_default();
                *changed += 1;
                *nothing += u64::from(change.came.nothing);
            }
        }
    }
    out.passing_share = passing as f64 / (passing + other).max(1) as f64;
    let silent = decisions.into_iter().filter(|(_, (_, nothing))| *nothing > 0);
    let silent = silent.map(|((scene, decision), (changed, nothing))| IdleDecision {
        scene: story.scene(scene).id.to_string(),
        decision,
        changed,
        nothing,
    });
    out.silent = silent.collect();
    // As often, the one that changed something less often; then in the story's order.
    out.silent.sort_by_key(|it| (std::cmp::Reverse(it.nothing), it.changed));
    out.silent.truncate(NAMED);
    out.twice = twice.into_values().collect();
    out.twice.sort_by_key(|it| std::cmp::Reverse(it.nights));
    out.twice.truncate(NAMED);
    out.scenes = scenes
        .into_iter()
        .map(|((scene, passing), came)| SceneEffects { scene: story.scene(scene).id.to_string(), passing, came })
        .collect();
    out
}

impl DecisionEffects {
    fn add(&mut self, came: ChangeEffects) {
        self.changed += 1;
        self.answered += u64::from(came.answered);
        self.felt += u64::from(came.felt);
        self.ending += u64::from(came.ending);
        self.nothing += u64::from(came.nothing);
    }
}

/// Plays a session, and takes one decision of each kind otherwise.
fn look(story: &Story, seat: SeatId, seed: u64) -> Share {
    let game = play_through(story, seat, seed);
    let mut share = Share {
        decisions: game.taken.len(),
        bytes: game.size,
        twice: twice(&game),
        pages: game.taken.iter().map(|taken| taken.scene).collect(),
        ..Share::default()
    };
    // By kind, the questions that could be answered otherwise, each with the number of its decision.
    let mut kinds: [Vec<(usize, Question)>; 2] = Default::default();
    for (at, taken) in game.taken.iter().enumerate() {
        let Some(passing) = is_passing(story, taken.scene, taken.pick) else { continue };
        let questions = questions(story, taken);
        *if passing { &mut share.passing } else { &mut share.other } += questions.len() as u64;
        let open = questions.into_iter().filter(|question| !question.others.is_empty());
        kinds[usize::from(passing)].extend(open.map(|question| (at, question)));
    }
    for (passing, mut kind) in [false, true].into_iter().zip(kinds) {
        if kind.is_empty() {
            continue;
        }
        let one_of = |what: &str, count: usize| {
            let purpose = format!("{} {what}", if passing { "passing" } else { "other" });
            draw(seed, "consequences", 0, &purpose, u32::try_from(count).unwrap_or(u32::MAX)) as usize
        };
        let (at, Question { words, others }) = kind.swap_remove(one_of("which", kind.len()));
        let instead = others[one_of("instead", others.len())];
        if let Some(other) = again(story, seat, seed, &game, at, instead) {
            let (scene, came) = (game.taken[at].scene, compare(story, &game, &other, at));
            share.changes.push(ChangedDecision { passing, scene, decision: words, came });
        }
    }
    share
}

/// Sentences that a session told twice: in two places, since where one comes back to a place its words may be the same.
fn twice(game: &playthrough::Playthrough) -> Vec<(String, [usize; 2])> {
    let place = |page: usize| game.taken.get(page).map(|taken| taken.scene);
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut out: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for (page, paragraph) in game.pages.iter().enumerate().flat_map(|(at, page)| page.iter().map(move |it| (at, it))) {
        for sentence in text::plain_sentences(paragraph) {
            if sentence.split_whitespace().count() < TOLD_ONCE {
                continue;
            }
            match first.get(&sentence) {
                Some(before) if *before != page && place(*before) != place(page) => {
                    out.entry(sentence).or_insert([*before, page]);
                }
                Some(_) => {}
                None => {
                    first.insert(sentence, page);
                }
            }
        }
    }
    out.into_iter().collect()
}

/// Whether a decision is about how a message crosses; `None` for the standing choice, which stands apart.
fn is_passing(story: &Story, scene: SceneId, pick: Pick) -> Option<bool> {
    match pick {
        Pick::Standing => None,
        Pick::Choice(at) => Some(playthrough::choice(story, scene, at).is_some_and(|choice| choice.send().is_some())),
        Pick::Send { .. } | Pick::Treat(_) | Pick::Handle(_) | Pick::Line(_) | Pick::Done => Some(true),
    }
}
