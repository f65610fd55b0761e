//! A story that can be played: indexed, typed and complete. Only `check` makes one.

mod afterwards;
mod choice;
mod passing;
mod var;

use super::accent::Accent;
pub use super::ids::{EndingId, FactId, MannerId, MessageId, OnceId, SceneId, SeatId, SheetId, VarId};
pub use afterwards::{Evidence, Hypothesis, Inject, Lesson, Moment};
pub use choice::{Choice, ChoiceExtras, Sent};
pub use passing::{InTransit, Manner, Message, Reading, Sheet, SheetLine};
pub use var::{Domain, Var};

use serde::{Deserialize, Serialize};

use super::expr::{Condition, Effect, Weight};
use super::store::{Span, Store};
use super::template::{Prose, Template, Words};

/// A whole story. Every id in it is an index into one of its lists.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Story {
    pub title: String,
    pub by: String,
    pub about: String,
    /// What the first screen says once, plainly.
    pub notice: String,
    /// Its colour on a page in a browser, which can be read on a light page. Only who makes the page asks.
    #[serde(skip)]
    pub accent: Option<Accent>,
    /// The language it is written in, as a tag (`en`, `pt-BR`); empty if it does not say. Only who makes the page asks.
    #[serde(skip)]
    pub language: String,
    pub start: SceneId,
    pub clock: Option<Clock>,
    /// At least one; a story without roles has one unnamed seat.
    pub seats: Vec<Seat>,
    pub vars: Vec<Var>,
    pub carriers: Vec<Manner>,
    pub licences: Vec<Manner>,
    pub treatments: Vec<Manner>,
    pub handlings: Vec<Manner>,
    pub messages: Vec<Message>,
    /// The engine's variables for the message in transit; `None` in a story without messages.
    pub in_transit: Option<InTransit>,
    pub sheets: Vec<Sheet>,
    pub endings: Vec<Ending>,
    pub facts: Vec<Fact>,
    /// Name and description, in the writer's order.
    pub sources: Vec<(String, String)>,
    /// Questions worth arguing about, for the debrief.
    pub questions: Vec<String>,
    /// What is reported to have happened, for the debrief; by time.
    pub chronicle: Vec<Moment>,
    /// Rival explanations, for the debrief.
    pub hypotheses: Vec<Hypothesis>,
    pub scenes: Vec<Scene>,
    /// What the seats perceive of the scenes, by scene, then seat; `None` is nothing.
    pub texts: Vec<Option<Template>>,
    /// The choices of all decisions.
    pub choices: Store<Choice>,
    /// The effects of everything.
    pub effects: Store<Effect>,
    /// The words of all texts.
    pub prose: Prose,
    /// What a teacher needs besides the story.
    #[serde(skip)]
    pub lesson: Lesson,
    /// Where the session goes when a teacher stops it; from there it ends without a decision.
    pub freeze: Option<SceneId>,
    /// News that a teacher can bring in. They are words: nothing that decides depends on them, so that a story that
    /// is proved without them is proved with them.
    pub injects: Vec<Inject>,
    /// What the writer expects to hold in every session. It changes nothing; the proof checks it.
    #[serde(skip)]
    pub expectations: Vec<Expectation>,
    /// Sessions written down by the writer, with what must come of them.
    #[serde(skip)]
    pub walks: Vec<WrittenWalk>,
    /// How many [`OnceId`]s there are.
    pub onces: usize,
    /// A hash of what decides (scenes, conditions, effects) and not of prose.
    pub fingerprint: u64,
}

/// The story's clock.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Clock {
    /// In minutes after midnight.
    pub starts: u16,
    /// In minutes after the same midnight, so that it may be more than 1,440; the clock stands still there.
    pub ends: u16,
    /// The step, in minutes, by which the clock goes on while a person thinks.
    pub tick: i16,
    /// Shown with 24 hours a day instead of 12.
    pub whole_day: bool,
    /// Holds the minutes since `starts`.
    pub var: VarId,
}

impl Clock {
    /// A time as it is read: “8.40”, or “20:40” by a clock with 24 hours; of a story without one, with 12.
    /// `minutes` are those after the midnight before the session; they go on past the next.
    #[must_use]
    pub fn format(clock: Option<&Self>, minutes: i32) -> String {
        let (hours, minutes) = (minutes / 60, minutes % 60);
        if clock.is_some_and(|clock| clock.whole_day) {
            format!("{:02}:{minutes:02}", hours % 24)
        } else {
            format!("{}.{minutes:02}", (hours + 11) % 12 + 1)
        }
    }
}

/// A role: somebody who decides in some of the scenes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Seat {
    pub id: String,
    pub name: String,
    /// Where it sits: “The corridor”.
    pub place: String,
    /// What it counts: “minutes”.
    pub counts: String,
    pub brief: String,
    /// What it sees in its status line, in the story's order: the variables whose `seen_by` has it.
    pub sees: Vec<VarId>,
    pub standing: Option<Choice>,
}

impl Seat {
    /// A short name: its place, or its name if it has no place.
    #[must_use]
    pub fn label(&self) -> &str {
        if self.place.is_empty() { &self.name } else { &self.place }
    }

    /// Both: “The desk: The clerk”, or the name alone.
    #[must_use]
    pub fn full_label(&self) -> String {
        if self.place.is_empty() { self.name.clone() } else { format!("{}: {}", self.place, self.name) }
    }
}

/// An ending.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ending {
    pub id: String,
    pub title: String,
    pub family: String,
    /// The condition in one plain sentence.
    pub because: String,
    /// For the debrief: what would have had to be true.
    pub note: String,
}

/// How a fact is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FactStatus {
    /// By these sources (indices into [`Story::sources`]).
    Reported(Vec<usize>),
    /// In versions, each with its sources.
    Disputed(Vec<(String, Vec<usize>)>),
    /// For this reason.
    Inferred(String),
}

/// A fact of the record.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Fact {
    pub id: String,
    pub text: String,
    pub status: FactStatus,
    /// Something that a player or a pupil can read cites it: a page, a debrief, a card; notes for a teacher do not
    /// count.
    pub cited: bool,
}

/// A scene.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Scene {
    pub id: Box<str>,
    /// Who decides here; `None`: nobody does, or the only seat there is.
    pub seat: Option<SeatId>,
    /// Boxed, because few scenes have any of it.
    pub setting: Option<Box<Setting>>,
    pub does: Span<Effect>,
    pub kind: SceneKind,
    /// The seat's standing choice is offered here.
    pub standing: bool,
}

/// What few scenes have: where and when they are, and what the debrief tells of them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Setting {
    /// The part of the session that begins with it.
    pub part: Option<Box<str>>,
    /// Where it is, if that is not its seat's own place.
    pub place: Option<Box<str>>,
    /// What the debrief tells of this scene among the messages; read as it stands when the scene is entered.
    pub debrief: Option<Template>,
}

impl Scene {
    /// What the debrief tells of this scene.
    #[must_use]
    pub fn debrief(&self) -> Option<Template> {
        self.setting.as_ref()?.debrief
    }

    /// The part of the session that begins here.
    #[must_use]
    pub fn part(&self) -> Option<&str> {
        self.setting.as_ref()?.part.as_deref()
    }

    /// Where it is, if that is not its seat's own place.
    #[must_use]
    pub fn place(&self) -> Option<&str> {
        self.setting.as_ref()?.place.as_deref()
    }
}

/// How a scene goes on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum SceneKind {
    /// The session ends.
    End(EndingId),
    /// Straight on.
    Flow(SceneId),
    /// The first way whose condition holds; if ways have odds, one that holds, drawn by lot.
    Route { ways: Box<[Way]>, by_lot: bool },
    /// Somebody decides.
    Decide(Decision),
}

/// One way of a route.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Way {
    pub when: Condition,
    pub odds: Weight,
    pub does: Span<Effect>,
    pub go: SceneId,
}

/// A decision.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Decision {
    /// What is decided besides plain choices; boxed, because most decisions have nothing else.
    pub form: Option<Box<Form>>,
    pub choices: Span<Choice>,
    /// Where it goes when nothing is open.
    pub otherwise: Option<SceneId>,
    /// What happens if nobody decides in time.
    pub silence: Option<Box<Silence>>,
}

/// What happens if nobody decides before the turn's time is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    pub take: SilenceOutcome,
    /// What the seat reads about it; prose with its citations.
    pub text: String,
}

/// What a silence counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SilenceOutcome {
    /// The choice with this index.
    Choice(u16),
    Treatment(MannerId),
    Handling(MannerId),
}

/// What is decided besides plain choices.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Form {
    /// What to send, by what, on what terms.
    Pass { messages: Box<[MessageId]>, carriers: Box<[MannerId]>, licences: Box<[MannerId]>, go: SceneId },
    /// What the carrier does to the message in transit.
    Relay { treatments: Box<[MannerId]>, go: SceneId },
    /// What the receiver does with it.
    Receive { handlings: Box<[MannerId]>, go: SceneId },
    /// Which lines of a sheet to strike or restore, at most `most`, then to hand it on.
    Mark { sheet: SheetId, most: i16, say: Box<str>, go: SceneId },
}

impl Form {
    /// Where it goes once it is decided.
    #[must_use]
    pub fn go(&self) -> SceneId {
        match self {
            Self::Pass { go, .. } | Self::Relay { go, .. } | Self::Receive { go, .. } | Self::Mark { go, .. } => *go,
        }
    }
}

/// What the writer expects to hold in every session at some point.
#[derive(Debug, Clone)]
pub struct Expectation {
    pub at: Expected,
    /// As it is written.
    pub words: String,
    pub holds: Condition,
}

/// Where something is expected to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Expected {
    /// Whenever the scene is entered, once it has done what it does.
    Scene(SceneId),
    /// Whenever a session ends so.
    Ending(EndingId),
}

/// A session written down, and what must come of it.
#[derive(Debug, Clone)]
pub struct WrittenWalk {
    pub id: String,
    /// The seats whose decisions are written down; the story holds the others.
    pub seats: Vec<SeatId>,
    /// The luck of the lots that are not forced, and of the seats the story holds.
    pub seed: u64,
    /// The decisions in order, each by id or by its words.
    pub picks: Vec<String>,
    /// Where the lot of a scene falls, whenever it is drawn.
    pub lots: Vec<(SceneId, SceneId)>,
    /// The ending that must come.
    pub ends: Option<EndingId>,
    /// The scene in which the walk must stop.
    pub stops: Option<SceneId>,
    /// Scenes it must have been in.
    pub through: Vec<SceneId>,
    /// Conditions that must hold at its end, as written.
    pub expect: Vec<(String, Condition)>,
    /// Words that a seat must have read.
    pub reads: Vec<(SeatId, String)>,
    /// Words that a seat must not have read.
    pub never: Vec<(SeatId, String)>,
    /// Whether its whole text is held to a transcript that was blessed.
    pub transcript: bool,
}

impl Story {
    /// The scene with this id.
    #[must_use]
    pub fn scene(&self, id: SceneId) -> &Scene {
        &self.scenes[id.index()]
    }

    /// The choices of a decision.
    #[must_use]
    pub fn choices(&self, decision: &Decision) -> &[Choice] {
        &self.choices[decision.choices]
    }

    /// What the seats perceive of a scene, by seat; `None` is nothing.
    #[must_use]
    pub fn texts(&self, scene: SceneId) -> &[Option<Template>] {
        let first = scene.index() * self.seats.len();
        &self.texts[first..first + self.seats.len()]
    }

    /// Everything that is told of a scene as it is entered: what the seats perceive, and what the debrief keeps.
    pub fn told(&self, scene: SceneId) -> impl Iterator<Item = Template> + '_ {
        self.texts(scene).iter().flatten().copied().chain(self.scene(scene).debrief())
    }

    /// All scenes, in the story's order.
    pub fn scene_ids(&self) -> impl Iterator<Item = SceneId> + Clone + use<> {
        (0..self.scenes.len()).map(SceneId::new)
    }

    /// The words of a text, piece by piece.
    #[must_use]
    pub fn words(&self, template: Template) -> Words<'_> {
        self.prose.words(template)
    }

    /// The seat with this name, as a person types it: by id, name or place, in any case, with or without “the”.
    #[must_use]
    pub fn seat_named(&self, name: &str) -> Option<SeatId> {
        let plain = |name: &str| name.trim().to_lowercase().trim_start_matches("the ").to_owned();
        let name = plain(name);
        let by = |word: fn(&Seat) -> &str| self.seats.iter().position(|seat| plain(word(seat)) == name);
        by(|seat| &seat.id).or_else(|| by(|seat| &seat.name)).or_else(|| by(Seat::label)).map(SeatId::new)
    }

    /// The variable with this id that the writer declared.
    #[must_use]
    pub fn var_named(&self, id: &str) -> Option<VarId> {
        self.vars.iter().position(|var| var.declared && var.id == id).map(VarId::new)
    }

    /// The fact with this id.
    #[must_use]
    pub fn fact_named(&self, id: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.id == id)
    }

    /// All seats, in the story's order.
    pub fn seat_ids(&self) -> impl Iterator<Item = SeatId> + use<> {
        (0..self.seats.len()).map(SeatId::new)
    }
}
