//! What can be passed from seat to seat, and how.

use serde::{Deserialize, Serialize};

use super::{OnceId, SeatId, Story, VarId};
use crate::story::expr::{Condition, Effect, Weight};
use crate::story::store::Span;
use crate::story::template::Template;

/// The variables that describe the message in transit. 0 stands for none, n+1 for the n-th of its list.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct InTransit {
    pub message: VarId,
    pub carrier: VarId,
    pub licence: VarId,
    pub treatment: VarId,
    pub handling: VarId,
}

/// One way of passing a message at one step: a carrier, licence, treatment or handling.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manner {
    pub id: String,
    /// What players read.
    pub name: String,
    /// A sentence beside the name; may be empty.
    pub note: String,
    /// How long it takes, in minutes of the story's clock.
    pub minutes: i16,
    pub does: Span<Effect>,
    pub when: Condition,
    /// The weight the story gives it when it holds the seat.
    pub lean: Weight,
}

/// Something that can be passed from a seat to another.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Message {
    pub id: String,
    pub from: SeatId,
    pub to: SeatId,
    /// Whom it is for, where that is somebody without a seat: “the other hotel”.
    pub addressee: Option<String>,
    /// What the sender chooses: “Report what Washington could do.” Without it, the gist.
    pub say: Option<String>,
    /// What is meant, in indirect speech.
    pub gist: Template,
    pub when: Condition,
    pub lean: Weight,
    pub once: Option<OnceId>,
    pub does: Span<Effect>,
    /// By treatment, in the story's order of treatments.
    pub heard: Vec<Option<Reading>>,
    /// Holds how it was heard: 0 not at all, n+1 after treatment n.
    pub heard_var: VarId,
}

impl Message {
    /// What the sender chooses, with the words of all its branches where it has any.
    #[must_use]
    pub fn every_word(&self, story: &Story) -> String {
        self.say.clone().unwrap_or_else(|| crate::text::plain(&story.words(self.gist).every_word()))
    }
}

/// What arrives after one treatment.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reading {
    /// What the carrier chooses, where it differs from the treatment's name.
    pub say: Option<String>,
    pub text: Template,
    /// What comes of it, as each seat perceives it, by seat; empty if no seat does.
    pub answers: Box<[Option<Template>]>,
    pub when: Condition,
    pub lean: Option<Weight>,
    pub does: Span<Effect>,
}

impl Reading {
    /// What comes of it, as this seat perceives it.
    #[must_use]
    pub fn answer(&self, seat: SeatId) -> Option<Template> {
        self.answers.get(seat.index()).copied().flatten()
    }
}

/// A sheet whose lines can be struck and restored.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sheet {
    pub id: String,
    pub name: String,
    pub lines: Vec<SheetLine>,
    /// How many marks have been made in the marking under way.
    pub marks: VarId,
}

/// A line of a sheet. `var` is 0 while it stands, and n+1 once seat n has struck it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SheetLine {
    pub id: String,
    pub text: String,
    pub var: VarId,
}
