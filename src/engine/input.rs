//! What a session is made of besides its story: what came from outside, and who decides.

use crate::story::{SceneId, SeatId, VarId};

use super::pick::Pick;

/// Something that came from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// A person decided at this scene.
    Decide(SceneId, Pick),
    /// The time for deciding at this scene ran out.
    Silence(SceneId),
    /// A teacher brings in the story's news with this index.
    Inject(u16),
    /// A teacher stops the session where it stands.
    Freeze,
    /// The next lot at this scene falls on this way.
    Force(SceneId, u16),
    /// A variable is set by hand.
    Set(VarId, i16),
    /// The session goes on from this scene; before anybody has decided it begins there, as if this were the first
    /// scene.
    Jump(SceneId),
    /// From here on a person holds this seat, which the story has held.
    TakeOver(SeatId),
    /// From here on the story holds this seat, which a person has held.
    HandBack(SeatId),
}

/// Who decides for a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// A person, at the keyboard or at a device of their own.
    Person,
    /// The story, weighted by `lean`.
    Story,
    /// The decisions of another session at this seat, in order; the story where that session has none.
    Log(Vec<(SceneId, Pick)>),
}

/// Who made a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Person,
    Story,
    Log,
    /// Nobody: time ran out.
    Silence,
}

/// A decision of the session, whoever made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub scene: SceneId,
    pub seat: SeatId,
    pub pick: Pick,
    pub by: By,
}
