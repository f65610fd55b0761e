//! What the faces say to a person, in one place, so that it can be said in another language.
//!
//! `{name}` stands for what [`fill`] puts there. The words of actions are in [`super::ACTIONS`], those of stories in
//! their files, those of diagnostics beside what they diagnose.

use std::fmt::Display;

/// A sentence with its `{names}` filled in, wherever a translation puts them.
#[must_use]
pub fn fill(sentence: &str, with: &[(&str, &dyn Display)]) -> String {
    let mut out = String::with_capacity(sentence.len() + 16);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        out.push_str(before);
        if let Some((_, value)) = with.iter().find(|(known, _)| *known == name) {
            out.push_str(&value.to_string());
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

pub const NOBODY_DECIDED: &str = "Nobody decided in time. {text}";
pub const CURTAIN: &str = "Now it is the turn of {name}. Everybody else, please look away.";
pub const CURTAIN_WAIT: &str = "While you wait, write down what you think was said.";
pub const TURN_PACE: &str = "Time for a turn";
pub const SET_TURN_PACE: &str =
    "When a class plays against a clock: how much extra time this keyboard gets. Nobody else is told.";
pub const DESK: &str = "For a teacher";
pub const DESK_EXPLAINED: &str = "Nothing that any seat knows is shown here.";
pub const DESK_WITH_CLOCK: &str = "The clock stops while this is open. Nothing that any seat knows is shown here.";
pub const DESK_HOLD: &str = "Stop the clock";
pub const DESK_RUN: &str = "Start the clock again";
/// In the first line of a game that is not being saved.
pub const UNSAVED: &str = "NOT SAVED";
pub const DESK_MORE: &str = "Half a minute more for this turn";
pub const DESK_TURN: &str = "Time for each turn: {seconds}";
pub const DESK_TURN_NOTE: &str =
    "When the time is up, the game goes on without a decision, as the writer planned; the decision table shows which.";
pub const DESK_PACE: &str = "At this keyboard: {pace}";
pub const NEWS_TOLD: &str = "News: {text}";
pub const NEWS_HEADING: &str = "▸ News";
pub const DESK_NEWS: &str = "Break the news: {name}";
pub const DESK_NEWS_NOTE: &str = "Everybody it concerns reads it on their page. It changes only what they know.";
pub const DESK_STOP: &str = "Stop the game here";
pub const DESK_STOP_NOTE: &str = "The story writes an ending from wherever the game stands. Undo takes this back.";
pub const BROUGHT_IN: &str = "“{name}” has been announced.";
pub const A_WALLS_SETTINGS: &str = "with --projector, settings are not saved";
pub const NO_LIMIT: &str = "no limit";
pub const SECONDS: &str = "{count} seconds";
pub const TIME_LEFT: &str = "{time} left";
pub const CLOCK_STANDS: &str = "clock stopped";
pub const MORE_TIME: &str = "Half a minute more.";
pub const TIME_OVER: &str = "The time is up.";
pub const TOGETHER_CLASS: &str = "The whole class, at one screen";
pub const TOGETHER_CLASS_NOTE: &str =
    "Everybody sees every turn. After each decision you can note the votes, or who decided.";
pub const VOTES: &str = "Votes for each choice (12 7 3), or who decided (Blue); Enter for neither: ";
pub const NO_VOTE: &str = "Type numbers with spaces between them, or one of {groups}. Names are not saved.";
pub const VOTED: &str = "Noted: {vote}.";
pub const IN_FOUR_STEPS: &str = "Talk about it, in four steps";
pub const IN_FOUR_STEPS_NOTE: &str = "One screen each: what happened, one message, other doors, what is known.";
pub const STEP_ONE: &str = "1. What happened, and what did it feel like?";
pub const STEP_ONE_ASK: &str =
    "One sentence from each of you before anybody explains. Then together: who decided, and who only seemed to?";
pub const STEP_TWO: &str = "2. One message, from mouth to ear";
pub const STEP_TWO_ASK: &str = "Read both aloud. Which word changed, who changed it, and did anybody notice?";
pub const STEP_THREE: &str = "3. The same game, other doors";
pub const STEP_THREE_ASK: &str =
    "Hand in your result code. Where did your group and another one part, and what came of it?";
pub const STEP_FOUR: &str = "4. What is known?";
pub const STEP_FOUR_ASK: &str = "Take one sentence of your game. Who says so, and could they have seen it? Then the exit ticket: one claim, its source, one limit.";
pub const STEP_NEXT: &str = "Next: {title}";
pub const STEP_BACK: &str = "Back to: {title}";
pub const STEP_MESSAGE: &str = "Another message ({at} of {all})";
pub const STEP_LEAVE: &str = "Close";
pub const NO_MESSAGE: &str = "No message was sent in this game.";
pub const STOPPED_IN_ALL: &str = "Decisions: {decisions} ({seats}).";
pub const LEFT_TO_SILENCE: &str = "{count} were not made in time.";
pub const ONE_LEFT_TO_SILENCE: &str = "One was not made in time.";
pub const ARRIVED: &str = "Messages sent: {sent}; arrived: {heard}; arrived in the words that were meant: {whole}.";
pub const BY_MARK: &str = "Of {all} sentences that you have read, {reported} are reported, {disputed} disputed, {inferred} inferred and {invented} invented.";
pub const WHERE_SOURCES_DIFFER: &str = "WHERE THE SOURCES DIFFER";
pub const YOUR_DECISIONS: &str = "YOUR DECISIONS";
pub const YOUR_CODES: &str = "THE CODES";
pub const CLASS_AND_RESULT: &str = "class {class} · result {result}";
pub const CURTAIN_LIFT: &str = "I am {name}, and nobody else is looking.";
pub const CURTAIN_FIRST: &str = "Wait until the player whose turn it is sits down.";
pub const TOGETHER_ALL: &str = "All of you, at one keyboard";
pub const TOGETHER_TWO: &str = "Two of you: {one} and {two}; the story plays {third}";
pub const TOGETHER_NOTE: &str = "The screen is hidden between turns, so no player sees what another one knows.";
pub const PLAIN_TOGETHER: &str = "several people at one keyboard need the full screen, because printed lines stay readable and cannot be hidden between turns; play without --plain, or take one seat with --role";
pub const THE_CODE: &str = "The code of this game";
pub const CODE_NOTE: &str = "Short enough for a slip of paper; it restores this game, decision by decision.";
pub const CODES: &str = "Class code: the same game for everybody who enters it\n\n  {class}\n\nResult code: the decisions of this group\n\n  {result}\n\nA teacher compares several groups with\n\n  hallway class compare CLASS RESULT RESULT …";
pub const ONLY_WATCHING: &str = "Only while writing: open the story with `hallway watch STORY`.";
pub const ORDER: &str = "Order (go SCENE, set trust = 3, roll 2): ";
pub const ORDERED: &str = "Done. From here on, this is not a game that a player could have had.";
pub const RELOADED: &str = "Reloaded; the game is where it was.";
pub const RELOADED_SOME: &str =
    "Reloaded; the first {kept} of {all} decisions still fit, and the game goes on from there.";
pub const BROKEN: &str = "The file has errors; you are playing the last version without any until they are fixed.";
pub const STORY_GONE: &str =
    "The story file is gone: deleted, moved or renamed. You are playing the last version until it is back.";
pub const ONLY_IN_A_GAME: &str = "Start a game first.";
pub const MARKS_SHOWN: &str = "Every sentence now shows how it is known; press r again to hide this.";
pub const MARKS_HIDDEN: &str = "Marks hidden.";
pub const INTERRUPT_AGAIN: &str = "Press Ctrl-C again to leave. The game is saved.";
pub const NOTHING_TO_REPORT: &str = "There is nothing to report.";
pub const ALL_OPEN: &str = "Every choice shown here is open.";
pub const NAMED: &str = "This game is now called “{name}”.";
pub const TOO_SMALL: &str = "Make the window larger. The game is saved.";
pub const MORE_BELOW: &str = " Space: more ↓ ";
pub const FIND: &str = "Find: ";
pub const NAME_OF_GAME: &str = "Name of this game: ";
pub const TO_GO_ON: &str = "The game is saved. To continue: hallway play --save {path}";
pub const NOT_KEPT_FROM_HERE: &str = "From here on, this game is not saved: {trouble}";
pub const NOT_KEPT: &str = "This game is not saved.";
pub const KEPT_IN: &str = "Every decision is saved as you make it, in {path}.";
pub const KEPT_NO_LONGER: &str = "The save {path} has been moved or deleted: decisions from here on are not saved.";
pub const NOT_KEPT_BECAUSE: &str = "This game is not saved: {why}";
pub const NO_HOME_FOR_SETTINGS: &str = "there is no home folder to save settings in";
pub const FOR_THIS_TIME_ONLY: &str = "Changed until you leave: {why}";
pub const NO_SUCH_NUMBER: &str = "There is no number {number} here.";
pub const FORKED: &str = "A new game starts here; the other one stays as it was.";
pub const CANNOT_BE_DONE: &str = "That is not possible: {refusal}.";
pub const CLOCK_AT_ITS_END: &str = "The clock goes no further.";
pub const NOTHING_TO_REDO: &str = "There is nothing to redo.";
pub const NOTHING_TO_TAKE_BACK: &str = "There is nothing to undo.";
pub const TAKEN_BACK: &str = "Undone.";
pub const WAITED: &str = "You have taken your time. It is {time} now.";
pub const PRESS_TO_LEAVE: &str = "Press {key} to leave; the game is saved.";
pub const FOUND: &str = "{at} of {of}. Enter or ↓: next, ↑: previous, Esc: close.";
pub const SECOND_DIGIT: &str = "{digit}_ – type a second digit, or Enter for {digit}.";
pub const DONE_AGAIN: &str = "Redone.";
pub const NOWHERE: &str = "“{wanted}” is not in this text.";
pub const LEAVES_AS: &str = "As you send it: ";
pub const NOTHING_YET: &str = "nothing yet.";
pub const WHAT: &str = "What?";
pub const MEANT_AND_HEARD: &str = "What was meant, what was carried, what was heard";
pub const NOT_TO_REPEAT: &str = "Do not quote this game as history: whatever is said, thought or done in it is invented, except in the sentences that the record marks otherwise.";
pub const WORTH_ARGUING: &str = "Worth arguing about";
pub const AFTERWARDS: &str = "Looking back on this game";
pub const SEAT_HELD: &str = "{seat} was played {held}, then {holder}.";
pub const HELD_UNTIL: &str = "{holder} until {until}";
pub const BY_THE_STORY: &str = "by the story";
pub const BY_A_PERSON: &str = "by a person";
pub const DECISION_NUMBER: &str = "decision {number}";
pub const TRAIL: &str = "Looking back";
pub const TURNED: &str = "What turned it";
pub const TURNED_HOW: &str = "Your game was played again for each decision, with that one changed and everything else, luck too, as it was. A replay that came to a question you never answered went no further.";
pub const NOTHING_TURNED: &str = "No one decision, changed by itself, would have changed the ending, what is counted, or any later message, as far as your own decisions answer what would have been asked.";
pub const STOOD: &str = "How it stood at the end";
pub const NOTHING_TURNED_BEFORE_THE_STOP: &str = "This game was stopped before its own end. Up to there no one decision, changed by itself, would have changed what is counted, or any message.";
pub const OTHERWISE: &str = "What would have led elsewhere";
pub const NOT_ONE_DECISION: &str = "No single decision of yours, with the rest as you decided it, would have led to another ending, nor any two that were tried.";
pub const STOPPED_THERE: &str = "This game was stopped, so no decision of anybody’s led to its ending. Where was it heading, and what would have had to happen for another end?";
pub const OTHER_ENDING: &str = "It would have taken: {decision}.";
pub const FORK_TO: &str = "“{title}”";
pub const FORKS_TO: &str = "Play on from one of these decisions";
pub const SHEET_ENDED: &str = "{name}, as it ended";
pub const STRUCK_BY: &str = "{text}  — struck out: {name}";
pub const WHAT_IS_KNOWN: &str = "What is known, and what is not";
pub const OF_THE_ENDING: &str = "About this ending";
pub const BACK_TO_GAME: &str = "Back to the game";
pub const TWO_NIGHTS: &str = "Your game, and what is reported";
pub const RIVALS: &str = "Rival explanations: none is proved, and several may be true in part";
pub const NEVER_ARRIVED: &str = "It never arrived.";
pub const NO_OTHER_WAY: &str = "There was no other choice.";
pub const ONE_WAY_NEW: &str = "One other choice, never taken.";
pub const ONE_WAY_TAKEN: &str = "One other choice, taken in another game.";
pub const WAYS_NEW: &str = "{count} other choices, none taken yet.";
pub const WAYS_ALL: &str = "{count} other choices, all taken in other games.";
pub const WAYS_SOME: &str = "{count} other choices, {known} of them taken in other games.";
pub const IN_PART: &str = "In “{part}”. {ways}";
pub const NOTHING_DECIDED: &str = "Nothing has been decided yet.";
pub const FORKS_EXPLAINED: &str =
    "Choose a decision to play on from just before it, with the same luck, as a new game. This game stays as it is.";
pub const FORKS_TITLE: &str = "This game, decision by decision";
pub const HELP_NUMBER: &str = "Take the choice with this number";
pub const HELP_ZERO: &str = "Take the choice that is always there, in seats that have one";
pub const YOU_SENT: &str = "You sent";
pub const YOU_HEARD: &str = "You heard";
pub const YOU_WERE_GIVEN: &str = "You were given";
pub const YOU_SAID: &str = "You said";
pub const THE_RECORD: &str = "THE RECORD";
pub const HELP_RECORD: &str = "With r every sentence shows how it is known: reported (a source says so), disputed (sources differ), inferred (it follows, but nobody wrote it down) or invented. The sources are named below the page.";
pub const HELP_KEPT: &str = "Every decision is saved before you see its result. Whatever happens to the terminal, the title screen offers to continue.";
pub const WITHOUT_A_SCREEN: &str = "WITHOUT A SCREEN";
pub const HELP_PLAIN: &str = "`hallway play --plain` prints the same game line by line, for screen readers and pipes.";
pub const NOTHING_HAPPENED: &str = "Nothing has happened yet.";
pub const GAME_SO_FAR: &str = "The game so far";
pub const OTHER_SIDE_LATER: &str = "You can read the other side when the game is over.";
pub const BACK_TO_TITLE: &str = "Back to the title";
pub const STRUCK: &str = "{text}  — struck out";
pub const OTHER_SIDE: &str = "The other side: read this game as the others had it";
pub const HELD_ONCE: &str = " (you have played it)";
pub const OWN_DECISIONS_HOLD: &str = "Your own decisions play the seat you have just left.";
pub const PLAY_AGAIN: &str = "Play again";
pub const PLAY_AGAIN_BODY: &str = "The game you have just played stays as it is, whichever you choose.";
pub const AGAIN_FROM_DECISION: &str = "This game again from one of its decisions";
pub const AGAIN_EXPLAINED: &str = "Same luck, new save. This game stays as it is.";
pub const NEW_GAME: &str = "A new game";
pub const NO_WAY_ON: &str =
    "The story cannot go on from here. That is an error in the story, not yours. Undo takes the last decision back.";
pub const NOTHING_ON_RECORD: &str = "Nothing on this page is on record: it is invented.";
pub const ONE_MARK: &str = "one mark left";
pub const LOG_SILENT: &str = "You have not decided this before:";
pub const DECIDES_AFRESH: &str = "{name} decides anew.";
pub const JUST_BEGUN: &str = "just begun";
pub const ENDED: &str = "ended, “{title}”";
pub const ONE_HIDDEN: &str = "One is still hidden.";
pub const HIDDEN: &str = "{hidden} are still hidden.";
pub const NO_SAVES: &str = "There are no saved games yet.";
pub const WHICH_SAVE: &str = "Which game do you want to continue?";
pub const YOUR_SAVES: &str = "Your games";
pub const WHICH_SEAT: &str = "Which seat?";
pub const SET_THEME: &str = "Auto is dark or light, as the terminal’s background is.";
pub const WIDTH: &str = "Width of the page";
pub const SET_WIDTH: &str = "Longest line of prose, in letters.";
pub const MARKS: &str = "Marks of the record";
pub const SET_MARKS: &str = "Show for every sentence how it is known; r switches this for one game.";
pub const SET_MOTION: &str = "Show messages moving on the plan of the rooms.";
pub const PACE: &str = "How a page appears";
pub const SET_PACE: &str = "All at once, or line by line; any key shows the rest.";
pub const PATIENCE: &str = "The story’s clock while you think";
pub const SET_PATIENCE: &str = "Off: the clock stops while you think. Patient: it goes on by one step for every two minutes of yours. Strict: by one step for every minute.";
pub const SET_MOUSE: &str = "Click to choose. To select text, hold Shift.";
pub const SETTINGS_EXPLAINED: &str = "These hold for every game and are saved in a file; `hallway settings` shows where. There you can change keys, too.";
pub const SETTINGS_SAMPLE: &str = "A line of prose, to see how it reads. The lift stops at a floor that nobody has pressed, opens on an empty carpet, and goes on.";
pub const KEYS_AND_HELP: &str = "Keys and help";
pub const UNTITLED: &str = "An untitled story";
pub const NO_HOME_SETTINGS: &str = "There is no home folder to save settings in.";
pub const ONLY_AFTER: &str = "That works only after the end.";
pub const PLAIN_HELP: &str = "Answer with the number of a choice, or one of these words:";
/// What the help of an action begins with that works only then, or is for them only.
pub const AFTER_THE_END: &str = "After the end:";
pub const FOR_WRITERS: &str = "For writers:";
pub const PLAIN_OVER: &str = "The game is over. Type `help` for what you can still do, or `quit` to leave.";
pub const PLAIN_NO_NEWS: &str = "This story has no news.";
pub const PLAIN_NEWS: &str = "Type which news: {names}.";
pub const PLAIN_SEARCH: &str = "Type what to look for, for instance `search tray`.";
pub const PLAIN_NOWHERE: &str = "“{wanted}” is not in the game so far.";
pub const PLAIN_NO_DECISION: &str = "There is no decision {number}.";
pub const PLAIN_FORKS: &str = "`forks` and a number plays on from just before that decision, as a new game.";
pub const PLAIN_NOT_KEPT: &str = "This game is not saved: {why}.";
pub const PLAIN_FORKED: &str = "A new game starts here; the other one stays as it was.";
pub const PLAIN_TAKE_UP: &str = "`games` and a number continues that game.";
pub const PLAIN_CONTINUED: &str = "You go on with this game: {game} in.";
pub const PLAIN_OTHER_SAVED: &str = "The game that you leave is saved.";
pub const PLAIN_NO_SAVE: &str = "There is no saved game {number}; `games` lists them.";
pub const PLAIN_THIS_GAME: &str = "This game: {game}: {path}";
pub const PLAIN_HOW: &str = "Answer with numbers. Type `help` at any time for what else you can type, or `quit` to leave; every decision is saved.";
pub const PLAIN_UNFINISHED: &str = "You have an unfinished game: {game}. Type `games {number}` to continue it.";
pub const PLAIN_WHICH_SEAT: &str = "Which seat?";
pub const PLAIN_SEAT_HELP: &str = "Type the number of a seat, or its name. `games` lists your saved games, and `games` with a number continues one; `again` repeats the seats; `quit` leaves.";
pub const PLAIN_SEAT_FIRST: &str = "That works once you have a seat. Type its number, or `help`.";
pub const PLAIN_NAME: &str = "Type the name after it, for instance `name the cold tea`.";
pub const PLAIN_NOT_KEPT_FROM_HERE: &str = "From here on, this game is not saved: {trouble}.";
pub const PLAIN_NOTHING_TO_CHOOSE: &str = "There is nothing to choose here; type `undo` or `quit`.";
pub const PLAIN_EMPTY: &str = "An empty line";
pub const PLAIN_FITS_NOTHING: &str = "{what} is not an answer here. Type {range}{zero}, or a word: `help` lists them.";
pub const PLAIN_INTERRUPTED: &str =
    "Every decision is saved. To continue: hallway play --plain {story}, and then `games 1`.";
pub const PLAIN_TO_GO_ON: &str = "The game is saved. To continue: hallway play --plain --save {path}";
pub const PLAIN_SEATS: &str =
    "`other` and a seat tells the game as that seat had it; `same` and a seat plays it again from there; ";
pub const PLAIN_NO_WAY_ON: &str =
    "The story cannot go on from here. That is an error in the story, not yours; `undo` takes the last decision back.";
pub const PLAIN_NOTHING_ON_RECORD: &str = "Nothing on this page is on record.";
pub const PLAIN_FORK_TO: &str = "   `forks {number}` plays on from there.";
pub const PLAIN_STRUCK_BY: &str = "{text} (struck out: {name})";
pub const PLAIN_MORE: &str = "`more` tells what is known of the real events, and what is not.";
pub const PLAIN_MORE_OF: &str = "`more` and a number opens one of these.";
pub const PLAIN_NO_MORE_OF: &str = "There is nothing more under {number}; `more` lists what there is.";

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn names_are_filled_in_wherever_they_stand() {
        assert_eq!(fill("{b} before {a}, {b}", &[("a", &1), ("b", &"{a}")]), "{a} before 1, {a}");
        assert_eq!(fill("no names } here", &[]), "no names } here");
    }
}
