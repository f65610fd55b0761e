use crate::engine::{LONGEST_RUN, LONGEST_STRETCH};
use crate::story::{
    Code, EndingId, Expected, MannerId, MessageId, SceneId, SceneKind, SeatId, SheetId, Story, VarId, Way,
};

use super::gloss::gloss;
use super::walk::Walk;

/// What is wrong with a story, or may be.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fault {
    /// In this scene nothing may be open, and no `otherwise` says where it goes on.
    Stuck(SceneId),
    /// From these scenes a session may never end, whatever anybody decides.
    Endless(Vec<SceneId>),
    /// In these scenes a session may never end where the story decides.
    EndlessAlone(Vec<SceneId>),
    /// From this scene on too many follow each other without a decision.
    LongRun(SceneId),
    /// Out of these scenes the story may not find the way where it decides.
    HardToLeave(Vec<SceneId>),
    /// No session reaches this scene.
    SceneNeverReached(SceneId),
    EndingNeverReached(EndingId),
    /// This way of a route, by its index, is never taken.
    WayNeverTaken(SceneId, usize),
    /// This choice of a scene, by its index, is never open.
    ChoiceNeverOpen(SceneId, u16),
    /// Nor is the standing choice of this seat, in this scene or any other.
    StandingNeverOpen(SceneId, SeatId),
    NeverSent(SceneId, MessageId),
    CarrierNeverOpen(SceneId, MannerId),
    LicenceNeverOpen(SceneId, MannerId),
    TreatmentNeverOpen(SceneId, MannerId),
    HandlingNeverOpen(SceneId, MannerId),
    /// No session hears this message so.
    NeverHeard(MessageId, MannerId),
    /// Words of a scene, or of a choice of it, that are never shown; how they begin.
    NeverShown(SceneId, Option<u16>, String),
    /// What this reading, by its treatment's index, brings about for this seat, or words of that, are never shown; how
    /// they begin.
    AnswerNeverShown(MessageId, usize, SeatId, String),
    /// The condition of these words of it always holds.
    AnswerAlwaysShown(MessageId, usize, SeatId, String),
    /// The condition of a choice always holds where it is asked.
    ChoiceAlwaysOpen(SceneId, u16),
    /// The condition of these words always holds.
    AlwaysShown(SceneId, Option<u16>, String),
    /// This expectation, by its index, does not hold in every session that comes where it is expected.
    Unexpected(usize, Expected),
    /// This variable keeps its first value.
    NeverChanges(VarId),
    /// This variable keeps its first value because nothing in the story sets it.
    NeverSet(VarId),
    /// No line of this sheet is ever struck, as nothing in the story strikes one.
    NeverStruck(SheetId),
    /// This variable still matters in a scene after the one that it is declared to end with.
    ReadAfterUntil(VarId, SceneId),
    /// The story is larger than any that is explored.
    TooLarge,
    /// The budget was used up.
    NotExplored,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    Scene(SceneId),
    /// A choice of a scene, by index.
    Choice(SceneId, u16),
    /// A way of a scene's route, by index.
    Way(SceneId, usize),
    Message(MessageId),
    Var(VarId),
    Ending(EndingId),
    Sheet(SheetId),
    Story,
}

impl At {
    /// The scene that it is in.
    #[must_use]
    pub fn scene(self) -> Option<SceneId> {
        match self {
            Self::Scene(scene) | Self::Choice(scene, _) | Self::Way(scene, _) => Some(scene),
            Self::Message(_) | Self::Var(_) | Self::Ending(_) | Self::Sheet(_) | Self::Story => None,
        }
    }
}

/// Something the proof found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub fault: Fault,
    pub code: Code,
    pub at: At,
    pub message: String,
    pub help: Option<String>,
    /// A way there.
    pub walk: Option<Walk>,
    /// Its reason is known already, so no cause is looked for.
    pub(super) is_own: bool,
}

impl Finding {
    /// Words a fault. `why` is its reason, if known.
    pub(super) fn new(story: &Story, fault: Fault, why: Option<String>, walk: Option<Walk>) -> Self {
        let message = fault.message(story);
        let is_own = why.is_some();
        let help = why.or_else(|| fault.help());
        Self { code: fault.code(), at: fault.at(), message, help, walk, fault, is_own }
    }
}

impl Fault {
    /// The code of this fault by itself. A `NeverSet` or `NeverStruck` from which an error follows is reported as
    /// [`Code::NeverSet`] instead; `causes/still.rs` decides.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Stuck(_) | Self::Endless(_) | Self::EndlessAlone(_) | Self::LongRun(_) => Code::SoftLock,
            Self::HardToLeave(_) => Code::HardToLeave,
            Self::SceneNeverReached(_) | Self::EndingNeverReached(_) => Code::NeverReached,
            Self::WayNeverTaken(..)
            | Self::ChoiceNeverOpen(..)
            | Self::StandingNeverOpen(..)
            | Self::NeverSent(..)
            | Self::CarrierNeverOpen(..)
            | Self::LicenceNeverOpen(..)
            | Self::TreatmentNeverOpen(..)
            | Self::HandlingNeverOpen(..) => Code::NeverOpen,
            Self::NeverHeard(..) => Code::NeverHeard,
            Self::NeverShown(..) | Self::AnswerNeverShown(..) => Code::NeverShown,
            Self::ChoiceAlwaysOpen(..) | Self::AlwaysShown(..) | Self::AnswerAlwaysShown(..) => Code::AlwaysTrue,
            Self::Unexpected(..) => Code::Unexpected,
            Self::NeverChanges(_) | Self::NeverSet(_) | Self::NeverStruck(_) => Code::NeverChanges,
            Self::ReadAfterUntil(..) => Code::ReadAfterUntil,
            Self::TooLarge | Self::NotExplored => Code::NotProved,
        }
    }

    /// Where it is told.
    #[must_use]
    pub fn at(&self) -> At {
        match self {
            Self::Stuck(scene)
            | Self::LongRun(scene)
            | Self::SceneNeverReached(scene)
            | Self::StandingNeverOpen(scene, _)
            | Self::NeverSent(scene, _)
            | Self::CarrierNeverOpen(scene, _)
            | Self::LicenceNeverOpen(scene, _)
            | Self::TreatmentNeverOpen(scene, _)
            | Self::HandlingNeverOpen(scene, _)
            | Self::NeverShown(scene, None, _)
            | Self::AlwaysShown(scene, None, _) => At::Scene(*scene),
            Self::Endless(scenes) | Self::EndlessAlone(scenes) | Self::HardToLeave(scenes) => {
                scenes.first().map_or(At::Story, |scene| At::Scene(*scene))
            }
            Self::WayNeverTaken(scene, way) => At::Way(*scene, *way),
            Self::ChoiceNeverOpen(scene, choice)
            | Self::ChoiceAlwaysOpen(scene, choice)
            | Self::NeverShown(scene, Some(choice), _)
            | Self::AlwaysShown(scene, Some(choice), _) => At::Choice(*scene, *choice),
            Self::NeverHeard(message, _)
            | Self::AnswerNeverShown(message, ..)
            | Self::AnswerAlwaysShown(message, ..) => At::Message(*message),
            Self::NeverChanges(var) | Self::NeverSet(var) | Self::ReadAfterUntil(var, _) => At::Var(*var),
            Self::Unexpected(_, Expected::Scene(scene)) => At::Scene(*scene),
            Self::EndingNeverReached(ending) | Self::Unexpected(_, Expected::Ending(ending)) => At::Ending(*ending),
            Self::NeverStruck(sheet) => At::Sheet(*sheet),
            Self::TooLarge | Self::NotExplored => At::Story,
        }
    }

    fn message(&self, story: &Story) -> String {
        let id = |scene: &SceneId| &story.scene(*scene).id;
        let choice = |scene: &SceneId, at: &u16| -> String {
            let SceneKind::Decide(decision) = &story.scene(*scene).kind else { return String::new() };
            let choice = story.choices(decision).get(usize::from(*at));
            choice.map(|choice| gloss(story.words(choice.say))).unwrap_or_default()
        };
        match self {
            Self::Stuck(at) => format!("in `{}` nothing may be open, and the game cannot go on", id(at)),
            Self::Endless(at) => {
                format!("a game can come into a circle and never end: {}", listed(story, at))
            }
            Self::EndlessAlone(at) => {
                let decides = "where the story decides, a game can come into a circle and never end";
                format!("{decides}: {}", listed(story, at))
            }
            Self::LongRun(at) => format!(
                "from `{}` on, scenes can follow each other more than {LONGEST_RUN} times without a decision; the game \
                 stops there",
                id(at)
            ),
            Self::HardToLeave(at) => {
                format!("where the story decides, a game may not find its way out of {}", listed(story, at))
            }
            Self::SceneNeverReached(at) => format!("no game reaches `{}`", id(at)),
            Self::EndingNeverReached(at) => format!("no game ends in `{}`", story.endings[at.index()].id),
            Self::WayNeverTaken(at, number) => {
                let ways: &[Way] = if let SceneKind::Route { ways, .. } = &story.scene(*at).kind { ways } else { &[] };
                let to = ways.get(*number).map_or("", |way| &story.scene(way.go).id);
                format!("way {} of the route in `{}`, to `{to}`, is never taken", number + 1, id(at))
            }
            Self::ChoiceNeverOpen(at, number) => format!("“{}” in `{}` is never open", choice(at, number), id(at)),
            Self::StandingNeverOpen(_, seat) => {
                let seat = &story.seats[seat.index()];
                let words = seat.standing.as_ref().map(|choice| gloss(story.words(choice.say))).unwrap_or_default();
                format!("“{words}”, the standing choice of `{}`, is never open", seat.id)
            }
            Self::NeverSent(at, message) => {
                format!("`{}` can never be sent in `{}`", story.messages[message.index()].id, id(at))
            }
            Self::CarrierNeverOpen(at, manner) => {
                format!("the carrier `{}` is never open in `{}`", story.carriers[manner.index()].id, id(at))
            }
            Self::LicenceNeverOpen(at, manner) => {
                format!("the licence `{}` is never open in `{}`", story.licences[manner.index()].id, id(at))
            }
            Self::TreatmentNeverOpen(at, manner) => {
                format!("the treatment `{}` is never open in `{}`", story.treatments[manner.index()].id, id(at))
            }
            Self::HandlingNeverOpen(at, manner) => {
                format!("the handling `{}` is never open in `{}`", story.handlings[manner.index()].id, id(at))
            }
            Self::NeverHeard(message, manner) => format!(
                "no game hears `{}` as `{}`",
                story.messages[message.index()].id,
                story.treatments[manner.index()].id
            ),
            Self::NeverShown(at, _, words) => format!("in `{}` these words are never shown: “{words}”", id(at)),
            Self::AnswerNeverShown(message, reading, seat, words) => {
                let answer = answer(story, *message, *reading, *seat);
                format!("in {answer} these words are never shown: “{words}”")
            }
            Self::AnswerAlwaysShown(message, reading, seat, words) => {
                let answer = answer(story, *message, *reading, *seat);
                format!("in {answer} the condition of “{words}” always holds")
            }
            Self::ChoiceAlwaysOpen(at, number) => {
                format!("the condition of “{}” in `{}` always holds", choice(at, number), id(at))
            }
            Self::AlwaysShown(at, _, words) => format!("in `{}` the condition of “{words}” always holds", id(at)),
            Self::Unexpected(at, place) => {
                let words = story.expectations.get(*at).map_or("", |expectation| &expectation.words);
                match place {
                    Expected::Scene(at) => format!("a game comes to `{}` in which `{words}` does not hold", id(at)),
                    Expected::Ending(at) => {
                        let ending = &story.endings[at.index()].id;
                        format!("a game ends in `{ending}` in which `{words}` does not hold")
                    }
                }
            }
            Self::NeverChanges(var) => format!("`{}` keeps its first value in every game", story.vars[var.index()].id),
            Self::NeverSet(var) => {
                let var = &story.vars[var.index()];
                let start = var.domain.word(var.start);
                let is_set = story.effects.all().iter().any(|effect| story.vars[effect.var.index()].id == var.id);
                if is_set {
                    return format!("whatever is done to `{}` leaves it {start}, as it is in every game", var.id);
                }
                format!("nothing ever sets `{}`: it is {start} in every game", var.id)
            }
            Self::NeverStruck(sheet) => {
                format!("nothing ever strikes a line of `{}`", story.sheets[sheet.index()].id)
            }
            Self::ReadAfterUntil(var, at) => {
                let var = &story.vars[var.index()];
                let until = var.until.map_or("", |until| &story.scene(until).id);
                format!("`{}` still matters in `{}`, after `{until}`", var.id, id(at))
            }
            Self::TooLarge => "no game could be explored: there is more to remember than a proof can hold".to_owned(),
            Self::NotExplored => "not every game could be explored: the budget is used up".to_owned(),
        }
    }

    /// What is to be done, where nothing more is known.
    fn help(&self) -> Option<String> {
        let help = match self {
            Self::Stuck(_) => "give it a choice that is always open, or say where it goes: `otherwise: \"scene\"`",
            Self::Endless(_) => "give the circle a way out that does not close",
            Self::EndlessAlone(_) => {
                "give the circle a way out that the story takes: one whose `lean` is not 0; it never takes a standing \
                 choice, and does not restore what is struck"
            }
            Self::LongRun(_) => "put a scene with choices into the circle, or let it go round less often",
            Self::HardToLeave(_) => {
                return Some(format!(
                    "it tries what its leanings allow, and stops after {LONGEST_STRETCH} scenes: let the circle be \
                     left sooner, or depend on less"
                ));
            }
            Self::SceneNeverReached(_) => "every way to it has a condition that never holds, or nothing leads to it",
            Self::WayNeverTaken(..) => "a way before it is always open, or its odds are 0",
            Self::ChoiceNeverOpen(..)
            | Self::StandingNeverOpen(..)
            | Self::NeverSent(..)
            | Self::CarrierNeverOpen(..)
            | Self::LicenceNeverOpen(..)
            | Self::HandlingNeverOpen(..) => "nothing that comes here leaves it open",
            Self::TreatmentNeverOpen(..) => {
                "no message that comes here has a reading for it: write one under `heard`, or do not offer it here"
            }
            Self::NeverHeard(..) => {
                "no relay that this message comes to offers the treatment, or its condition never holds"
            }
            Self::NeverChanges(_) | Self::NeverSet(_) | Self::NeverStruck(_) => {
                "change it in a `do` before it is read, or delete it"
            }
            Self::ReadAfterUntil(..) => "move its `until`, or do not read it so late",
            Self::TooLarge => "part the story in two, or let choices be taken again: `keep: true`",
            Self::NotExplored => "see what the proof costs, below; give a costly variable an `until`, or fewer values",
            Self::EndingNeverReached(_) => "let a scene end with it, or delete it",
            Self::NeverShown(..)
            | Self::AnswerNeverShown(..)
            | Self::ChoiceAlwaysOpen(..)
            | Self::AlwaysShown(..)
            | Self::AnswerAlwaysShown(..)
            | Self::Unexpected(..) => return None,
        };
        Some(help.to_owned())
    }
}

/// An answer by its names.
fn answer(story: &Story, message: MessageId, reading: usize, seat: SeatId) -> String {
    let treatment = story.treatments.get(reading).map_or("plain", |treatment| &treatment.id);
    let (message, seat) = (&story.messages[message.index()].id, &story.seats[seat.index()].id);
    format!("the answer of `{message}`, heard as `{treatment}`, for `{seat}`")
}

/// The first few of these scenes.
fn listed(story: &Story, scenes: &[SceneId]) -> String {
    let named: Vec<String> = scenes.iter().take(5).map(|at| format!("`{}`", story.scene(*at).id)).collect();
    let more = if scenes.len() > 5 { " and others" } else { "" };
    format!("{}{more}", named.join(", "))
}
