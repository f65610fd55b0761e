use crate::story::SeatId;

/// A screen that can be laid over another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Screen {
    Title,
    /// The seats, to take one.
    Seats,
    /// The current page and its choices.
    Game,
    /// The session so far, as the seat perceived it.
    History,
    /// Looking back on a session that has ended.
    Debrief,
    /// The decisions that would have ended the session otherwise.
    OtherEndings,
    /// What is known of the reported events.
    Known,
    /// The finished session as another seat saw it.
    OtherSide(SeatId),
    /// The ways to play on from a game that has ended.
    PlayAgain,
    /// The decisions of the session, to play on from one of them.
    Forks,
    /// The saves, and the endings found.
    Saves,
    Settings,
    Help,
    /// A teacher's: the clock of a turn, news, stopping the session.
    Teacher,
    /// Talking about a session that has ended, the step with this index, from 0, of [`crate::teach::STEPS`].
    GuidedDebrief(usize),
    /// The session between two people's turns at one keyboard: it says whose turn it is and nothing else.
    Curtain,
    /// What a writer wants to know of the scene.
    Workbench,
    /// A text by itself, to scroll and search in.
    Text,
}
