//! What the guide says and the program does not do yet. Stories leave it out, until it is mended.

/// One rule of white space.
pub const WHITE_SPACE: bool = true;
/// `{heard}` tells how a message counts as heard, also once it has been set right.
pub const SET_RIGHT: bool = true;
/// A message without `say` is chosen by its gist, filled in.
pub const CHOSEN_BY_GIST: bool = true;
/// The one seat of a story without roles is called `reader`.
pub const READER: bool = true;
/// Nothing is open any more after time has passed: the night goes on by `otherwise`.
pub const TIME_CLOSES: bool = true;
/// A `-` belongs to a name where a digit follows it.
pub const DIGITS: bool = true;
/// `is` works for numbers and flags.
pub const IS: bool = true;
/// A clock of 24 hours.
pub const HOURS: bool = true;
