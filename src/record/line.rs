use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::engine::{Holder, Input, Pick, Session};
use crate::story::{MannerId, MessageId, SceneId, SceneKind, SeatId, Story};
use crate::text::{clean, clean_line};

/// The version of the format that this program writes.
pub(super) const VERSION: u32 = 1;

/// The first line of a save.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The format's version.
    pub hallway: u32,
    /// The story: a built-in name, or a path, which begins with `~/` where it is in the home folder.
    pub story: String,
    pub title: String,
    /// The story's fingerprint when the session began, in hexadecimal.
    pub fingerprint: String,
    pub seed: u64,
    /// Who holds each seat: `person`, `story` or `log`.
    pub seats: BTreeMap<String, String>,
}

/// A line of a save: an input, or something about the session.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SaveLine {
    /// The scene it happened at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// A choice's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pick: Option<String>,
    /// The words of what was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// A choice's index in its scene, from 0. Used only if the save's fingerprint is the story's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nth: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub send: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub treat: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handle: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<bool>,
    /// Nobody decided at `at` in time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub silence: Option<bool>,
    /// A teacher brought in the news with this id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inject: Option<String>,
    /// A teacher stopped the session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub freeze: Option<bool>,
    /// From here on a turn lasts this many seconds; 0 is no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn: Option<u16>,
    /// How a class came to the previous decision: votes for each choice, or whose turn it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vote: Option<String>,
    /// The lot at `at` was forced to this way: an index, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub force: Option<u16>,
    /// This variable was set by hand, to `to`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<i16>,
    /// The session jumped to `at`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jump: Option<bool>,
    /// From here on a person holds the seat with this id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// From here on the story holds the seat with this id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<String>,
    /// The last decision was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undo: Option<bool>,
    /// This is a decision of the other session that holds this seat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log: Option<String>,
    /// The session has been given this name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub named: Option<String>,
    /// The session has ended, with this ending.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<String>,
    /// A checksum of the state before the decision, to notice a replay that has diverged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check: Option<u32>,
}

impl Header {
    pub(super) fn new(story: &str, session: &Session<'_>) -> Self {
        let seats = session.story().seats.iter().zip(session.first_holders()).map(|(seat, holder)| {
            let holder = match holder {
                Holder::Person => "person",
                Holder::Story => "story",
                Holder::Log(_) => "log",
            };
            (seat.id.clone(), holder.to_owned())
        });
        Self {
            hallway: VERSION,
            story: story.to_owned(),
            title: session.story().title.clone(),
            fingerprint: Self::fingerprint_of(session.story()),
            seed: session.seed(),
            seats: seats.collect(),
        }
    }

    /// A story's fingerprint, as a save writes it.
    pub(super) fn fingerprint_of(story: &Story) -> String {
        format!("{:016x}", story.fingerprint)
    }

    /// Removes control characters. The story's name is left as it is, because it is used to open it; it is cleaned when
    /// shown.
    pub(super) fn cleaned(mut self) -> Self {
        self.title = clean(&self.title).into_owned();
        self
    }

    /// The story it belongs to, in words for people.
    pub(super) fn described(&self) -> String {
        let (title, story) = (clean_line(&self.title), clean_line(&self.story));
        if title.is_empty() { story.into_owned() } else { format!("“{title}” ({story})") }
    }
}

impl SaveLine {
    /// Removes control characters: anybody can write into a save.
    pub(super) fn cleaned(mut self) -> Self {
        let texts = [&mut self.pick, &mut self.words, &mut self.send, &mut self.by, &mut self.licence];
        let more = [&mut self.treat, &mut self.handle, &mut self.line, &mut self.inject, &mut self.vote];
        for text in texts.into_iter().chain(more).flatten() {
            *text = clean(text).into_owned();
        }
        // These are told in the middle of a line.
        let seats = [&mut self.person, &mut self.story, &mut self.log];
        let told = [&mut self.at, &mut self.set, &mut self.named, &mut self.ended];
        for text in seats.into_iter().chain(told).flatten() {
            *text = clean_line(text).into_owned();
        }
        self
    }

    /// True for what came from outside: an input, or one taken back.
    #[must_use]
    pub fn is_input(&self) -> bool {
        let about = self.log.is_some() || self.ended.is_some() || self.named.is_some();
        !about && self.turn.is_none() && self.vote.is_none()
    }

    /// True for a person's decision.
    #[must_use]
    pub fn is_decision(&self) -> bool {
        let set = self.force.is_some() || self.set.is_some() || self.jump.is_some();
        let class = self.silence.is_some() || self.inject.is_some() || self.freeze.is_some();
        let hands = self.person.is_some() || self.story.is_some();
        self.is_input() && self.undo.is_none() && !set && !class && !hands
    }

    /// True for what undo takes back: a decision, a silence, a stop.
    #[must_use]
    pub fn can_be_undone(&self) -> bool {
        self.is_decision() || self.silence.is_some() || self.freeze.is_some()
    }

    /// The line for an input, written before the session takes it.
    #[must_use]
    pub fn of(session: &Session<'_>, input: Input) -> Self {
        let story = session.story();
        match input {
            Input::Decide(scene, pick) => {
                let seat = story.scene(scene).seat.unwrap_or(SeatId::new(0));
                let mut line = Self::of_pick(story, scene, pick);
                let words = session.words(seat, pick);
                line.words = matches!(pick, Pick::Choice(_)).then(|| words.into_owned());
                line.check = Some(session.state().check());
                line
            }
            Input::Silence(scene) => Self {
                at: Some(story.scene(scene).id.to_string()),
                silence: Some(true),
                check: Some(session.state().check()),
                ..Self::default()
            },
            Input::Inject(at) => {
                let id = story.injects.get(usize::from(at)).map(|inject| inject.id.clone());
                Self { inject: id, ..Self::default() }
            }
            Input::Freeze => Self { freeze: Some(true), check: Some(session.state().check()), ..Self::default() },
            Input::Force(scene, way) => {
                Self { at: Some(story.scene(scene).id.to_string()), force: Some(way), ..Self::default() }
            }
            Input::Set(var, value) => {
                Self { set: Some(story.vars[var.index()].id.clone()), to: Some(value), ..Self::default() }
            }
            Input::Jump(scene) => {
                Self { at: Some(story.scene(scene).id.to_string()), jump: Some(true), ..Self::default() }
            }
            Input::TakeOver(seat) => Self { person: Some(story.seats[seat.index()].id.clone()), ..Self::default() },
            Input::HandBack(seat) => Self { story: Some(story.seats[seat.index()].id.clone()), ..Self::default() },
        }
    }

    /// A decision, without the words in which it was offered.
    pub(super) fn of_pick(story: &Story, scene: SceneId, pick: Pick) -> Self {
        let mut line = Self { at: Some(story.scene(scene).id.to_string()), ..Self::default() };
        let name = |list: &[crate::story::Manner], id: MannerId| list[id.index()].id.clone();
        match pick {
            Pick::Choice(at) => {
                if let SceneKind::Decide(decision) = &story.scene(scene).kind {
                    line.pick =
                        story.choices(decision).get(usize::from(at)).and_then(|choice| choice.id()).map(str::to_owned);
                }
                line.nth = Some(at);
            }
            Pick::Standing => line.standing = Some(true),
            Pick::Send { message, carrier, licence } => {
                line.send = Some(story.messages[message.index()].id.clone());
                line.by = carrier.map(|id| name(&story.carriers, id));
                line.licence = licence.map(|id| name(&story.licences, id));
            }
            Pick::Treat(id) => line.treat = Some(name(&story.treatments, id)),
            Pick::Handle(id) => line.handle = Some(name(&story.handlings, id)),
            Pick::Line(at) => {
                if let SceneKind::Decide(decision) = &story.scene(scene).kind
                    && let Some(crate::story::Form::Mark { sheet, .. }) = decision.form.as_deref()
                {
                    line.line = story.sheets[sheet.index()].lines.get(usize::from(at)).map(|line| line.id.clone());
                }
            }
            Pick::Done => line.done = Some(true),
        }
        line
    }

    /// The input that the line stands for, where the session stands now. `same` says that the story decides as it did
    /// when the line was written, so that a mended word does not matter.
    #[must_use]
    pub fn input(&self, session: &Session<'_>, same: bool) -> Option<Input> {
        let story = session.story();
        if let (Some(var), Some(value)) = (&self.set, self.to) {
            return story
                .vars
                .iter()
                .position(|known| known.id == *var)
                .map(|at| Input::Set(crate::story::VarId::new(at), value));
        }
        if self.freeze == Some(true) {
            return Some(Input::Freeze);
        }
        if let Some(inject) = &self.inject {
            let at = story.injects.iter().position(|known| known.id == *inject)?;
            return u16::try_from(at).ok().map(Input::Inject);
        }
        if let Some(seat) = &self.person {
            return seat_named(story, seat).map(Input::TakeOver);
        }
        if let Some(seat) = &self.story {
            return seat_named(story, seat).map(Input::HandBack);
        }
        let scene = scene_named(story, self.at.as_deref()?)?;
        if self.silence == Some(true) {
            return Some(Input::Silence(scene));
        }
        if self.jump == Some(true) {
            return Some(Input::Jump(scene));
        }
        if let Some(way) = self.force {
            return Some(Input::Force(scene, way));
        }
        let words = |at: u16| {
            let seat = story.scene(scene).seat.unwrap_or(SeatId::new(0));
            session.words(seat, Pick::Choice(at))
        };
        self.pick_at(story, scene, same, &words).map(|pick| Input::Decide(scene, pick))
    }

    pub(super) fn pick_at<'s>(
        &self,
        story: &'s Story,
        scene: SceneId,
        same: bool,
        words: &dyn Fn(u16) -> Cow<'s, str>,
    ) -> Option<Pick> {
        let manner = |list: &[crate::story::Manner], id: &str| list.iter().position(|m| m.id == id).map(MannerId::new);
        if self.standing == Some(true) {
            return Some(Pick::Standing);
        }
        if self.done == Some(true) {
            return Some(Pick::Done);
        }
        if let Some(message) = &self.send {
            let message = story.messages.iter().position(|known| known.id == *message).map(MessageId::new)?;
            let carrier = self.by.as_ref().map(|id| manner(&story.carriers, id));
            let licence = self.licence.as_ref().map(|id| manner(&story.licences, id));
            return match (carrier, licence) {
                (Some(None), _) | (_, Some(None)) => None,
                (carrier, licence) => {
                    Some(Pick::Send { message, carrier: carrier.flatten(), licence: licence.flatten() })
                }
            };
        }
        if let Some(id) = &self.treat {
            return manner(&story.treatments, id).map(Pick::Treat);
        }
        if let Some(id) = &self.handle {
            return manner(&story.handlings, id).map(Pick::Handle);
        }
        let SceneKind::Decide(decision) = &story.scene(scene).kind else { return None };
        if let Some(line) = &self.line {
            let Some(crate::story::Form::Mark { sheet, .. }) = decision.form.as_deref() else { return None };
            let at = story.sheets[sheet.index()].lines.iter().position(|known| known.id == *line)?;
            return u8::try_from(at).ok().map(Pick::Line);
        }
        let choices = story.choices(decision);
        let count = u16::try_from(choices.len()).ok()?;
        let by_id =
            self.pick.as_ref().and_then(|id| (0..count).find(|at| choices[usize::from(*at)].id() == Some(id.as_str())));
        let by_words = || self.words.as_ref().and_then(|said| (0..count).find(|at| reads_alike(&words(*at), said)));
        let by_place = || self.nth.filter(|at| same && *at < count);
        by_id.or_else(by_words).or_else(by_place).map(Pick::Choice)
    }
}

/// Whether two texts differ in nothing but white space, which a writer may set otherwise.
fn reads_alike(one: &str, other: &str) -> bool {
    let read = |text: &'_ str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    one == other || read(one) == read(other)
}

fn seat_named(story: &Story, id: &str) -> Option<SeatId> {
    story.seats.iter().position(|seat| seat.id == id).map(SeatId::new)
}

pub(super) fn scene_named(story: &Story, id: &str) -> Option<SceneId> {
    story.scenes.iter().position(|scene| *scene.id == *id).map(SceneId::new)
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
}

/// One line of text, without its line end.
pub(super) fn write<T: Serialize>(value: &T) -> String {
    options().to_string(value).expect("headers and lines hold only strings and numbers, which RON can always write")
}

/// Reads one line of text.
pub(super) fn read<T: for<'l> Deserialize<'l>>(text: &str) -> Option<T> {
    options().from_str(text).ok()
}
