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
pub const CURTAIN: &str = "The keyboard is for {name} now. The others look away.";
pub const CURTAIN_WAIT: &str = "Whoever waits writes down what they think was said.";
pub const TURN_PACE: &str = "Time for a turn";
pub const SET_TURN_PACE: &str =
    "Where a class plays against a clock: how much longer than the others this keyboard has. Nobody else is told.";
pub const DESK: &str = "For a teacher";
pub const DESK_EXPLAINED: &str = "The clock stands still while this is open, and nothing of any seat is shown here.";
pub const DESK_HOLD: &str = "Let the clock stand still";
pub const DESK_RUN: &str = "Let the clock go on";
pub const DESK_MORE: &str = "Half a minute more for this turn";
pub const DESK_TURN: &str = "Time for each turn: {seconds}";
pub const DESK_TURN_NOTE: &str =
    "When it is over the night goes on without a decision, as its writer foresaw; the table of decisions tells which.";
pub const DESK_PACE: &str = "At this keyboard: {pace}";
pub const DESK_NEWS: &str = "Bring in: {name}";
pub const DESK_NEWS_NOTE: &str =
    "Everybody whom it concerns reads it on their page. It changes nothing but what they know.";
pub const DESK_STOP: &str = "Stop the night here";
pub const DESK_STOP_NOTE: &str = "An ending is written from wherever it stands; undo takes the stop back.";
pub const BROUGHT_IN: &str = "“{name}” has been brought in.";
pub const A_WALLS_SETTINGS: &str = "with --projector settings are not kept";
pub const NO_LIMIT: &str = "as long as it takes";
pub const SECONDS: &str = "{count} seconds";
pub const TIME_LEFT: &str = "{time} left";
pub const CLOCK_STANDS: &str = "the clock stands";
pub const MORE_TIME: &str = "Half a minute more.";
pub const TIME_OVER: &str = "The time was over.";
pub const TOGETHER_CLASS: &str = "The whole class, at one screen";
pub const TOGETHER_CLASS_NOTE: &str =
    "Everybody sees every turn. After each decision the votes, or whose hand it was, can be written down.";
pub const VOTES: &str = "Votes for each choice (12 7 3), or whose hand (Blue); Enter for neither: ";
pub const NO_VOTE: &str = "That is neither: numbers with spaces between them, or one of {groups}. Names are not kept.";
pub const VOTED: &str = "Kept: {vote}.";
pub const IN_FOUR_STEPS: &str = "Talk about it, in four steps";
pub const IN_FOUR_STEPS_NOTE: &str = "A screen for each: what happened, one message, other doors, what is known.";
pub const STEP_ONE: &str = "1. What happened, and what did it feel like?";
pub const STEP_ONE_ASK: &str =
    "One sentence from each of you, before anybody explains. Then together: who decided, and who only seemed to?";
pub const STEP_TWO: &str = "2. One message, from mouth to ear";
pub const STEP_TWO_ASK: &str = "Read both aloud. Which word changed, who changed it, and did anybody notice?";
pub const STEP_THREE: &str = "3. The same night, other doors";
pub const STEP_THREE_ASK: &str = "Give your result code in. Where did you and another group part, and what came of it?";
pub const STEP_FOUR: &str = "4. What is known?";
pub const STEP_FOUR_ASK: &str = "Take one sentence of your night. Who says so, and could they have seen it? Then the exit ticket: one claim, its source, one limit.";
pub const STEP_NEXT: &str = "On to: {title}";
pub const STEP_BACK: &str = "Back to: {title}";
pub const STEP_MESSAGE: &str = "Another message ({at} of {all})";
pub const STEP_LEAVE: &str = "Leave this";
pub const NO_MESSAGE: &str = "No message was sent in this night.";
pub const STOPPED_IN_ALL: &str = "Decisions: {decisions} ({seats}).";
pub const LEFT_TO_SILENCE: &str = "{count} of them were left to silence.";
pub const ONE_LEFT_TO_SILENCE: &str = "One of them was left to silence.";
pub const ARRIVED: &str =
    "Messages sent: {sent}; arrived: {heard}; arrived in the words in which they were meant: {whole}.";
pub const BY_MARK: &str = "Of {all} sentences that you have read, {reported} are reported, {disputed} disputed, {inferred} inferred and {invented} invented.";
pub const WHERE_SOURCES_DIFFER: &str = "WHERE THE SOURCES DIFFER";
pub const YOUR_DECISIONS: &str = "YOUR DECISIONS";
pub const YOUR_CODES: &str = "THE CODES";
pub const CLASS_AND_RESULT: &str = "class {class} · result {result}";
pub const CURTAIN_LIFT: &str = "I am {name}, and nobody else is looking.";
pub const CURTAIN_FIRST: &str = "First the one whose turn it is sits down.";
pub const TOGETHER_ALL: &str = "All of you, at one keyboard";
pub const TOGETHER_TWO: &str = "Two of you: {one} and {two}; the story plays {third}";
pub const TOGETHER_NOTE: &str =
    "A curtain falls between the turns. Nothing that one seat knows is on screen while another plays.";
pub const PLAIN_TOGETHER: &str = "several people at one keyboard need the full screen: lines that have been printed stay readable, and no curtain hides them. Play it without --plain, or one seat with --role.";
pub const THE_CODE: &str = "The code of this night";
pub const CODE_NOTE: &str = "Short enough to write on a slip; it brings this night back, decision by decision.";
pub const CODES: &str = "The class code: the same night for everybody who plays it\n\n  {class}\n\nThe result code: what was decided in it\n\n  {result}\n\nA teacher sets the nights of several groups side by side with\n\n  hallway class compare CLASS RESULT RESULT …";
pub const ONLY_WATCHING: &str = "That is for writers: `hallway watch STORY` opens a story so.";
pub const ORDER: &str = "Order (go SCENE, set trust = 3, roll 2): ";
pub const ORDERED: &str = "Done. The night is not as it would have come by itself from here on.";
pub const RELOADED: &str = "Read again; the night is where it was.";
pub const RELOADED_SOME: &str =
    "Read again; of {all} decisions the first {kept} still fit, and the night goes on from there.";
pub const BROKEN: &str = "This cannot be played as it is; the last good reading is kept until it is mended.";
pub const STORY_GONE: &str = "The story is gone: deleted, moved or renamed. The last reading is kept until it is back.";
pub const ONLY_IN_A_GAME: &str = "That is for when a night has begun.";
pub const MARKS_SHOWN: &str = "Every sentence now says how it is known; press r again to hide it.";
pub const MARKS_HIDDEN: &str = "Marks hidden.";
pub const INTERRUPT_AGAIN: &str = "Press Ctrl-C once more to leave. The night is kept.";
pub const NOTHING_TO_REPORT: &str = "There is nothing to report.";
pub const ALL_OPEN: &str = "Everything that is shown here is open.";
pub const NAMED: &str = "This night is called “{name}” from now on.";
pub const TOO_SMALL: &str = "Make the window larger. The night is safe.";
pub const MORE_BELOW: &str = " Space: more ↓ ";
pub const FIND: &str = "Find: ";
pub const NAME_OF_GAME: &str = "Name of this night: ";
pub const TO_GO_ON: &str = "The night is kept. To go on: hallway play --save {path}";
pub const NOT_KEPT_FROM_HERE: &str = "From here on this night is not kept: {trouble}";
pub const NOT_KEPT: &str = "This night is not kept.";
pub const KEPT_IN: &str = "Every decision is kept as it is made, in {path}.";
pub const KEPT_NO_LONGER: &str =
    "This night was kept in {path}, which has been moved or removed: what is decided from here on is not kept.";
pub const NOT_KEPT_BECAUSE: &str = "This night is not kept: {why}";
pub const NO_HOME_FOR_SETTINGS: &str = "there is no home folder to keep settings in";
pub const FOR_THIS_TIME_ONLY: &str = "For this time only: {why}";
pub const NO_SUCH_NUMBER: &str = "Nothing has the number {number} here.";
pub const FORKED: &str = "A new night from here on; the other one is kept as it was.";
pub const CANNOT_BE_DONE: &str = "That cannot be done: {refusal}.";
pub const CLOCK_AT_ITS_END: &str = "The clock does not go on from here.";
pub const NOTHING_TO_REDO: &str = "Nothing has been taken back that could be done again.";
pub const NOTHING_TO_TAKE_BACK: &str = "There is nothing to take back.";
pub const TAKEN_BACK: &str = "Taken back.";
pub const WAITED: &str = "You have thought about it. It is {time} now.";
pub const PRESS_TO_LEAVE: &str = "Press {key} to leave; the night is kept.";
pub const FOUND: &str = "{at} of {of}; Enter or ↓ goes on, ↑ goes back, Esc closes.";
pub const SECOND_DIGIT: &str = "{digit}_ – a second digit, or Enter for {digit}.";
pub const DONE_AGAIN: &str = "Done again.";
pub const NOWHERE: &str = "“{wanted}” is nowhere in this text.";
pub const LEAVES_AS: &str = "It leaves you as: ";
pub const NOTHING_YET: &str = "nothing yet.";
pub const WHAT: &str = "What?";
pub const MEANT_AND_HEARD: &str = "MEANT AND HEARD";
pub const NOT_TO_REPEAT: &str = "WHAT NOT TO REPEAT: THESE SENTENCES ARE INVENTED";
pub const WORTH_ARGUING: &str = "WORTH ARGUING ABOUT";
pub const AFTERWARDS: &str = "What there is to say of this night";
pub const TRAIL: &str = "This night, afterwards";
pub const TURNED: &str = "THE WORDS THAT TURNED IT";
pub const NOTHING_TURNED: &str =
    "No single message, sent or carried otherwise, would have changed much of what you read.";
pub const OTHERWISE: &str = "WHAT WOULD HAVE HAD TO BE OTHERWISE";
pub const NOT_ONE_DECISION: &str =
    "No single decision of yours would have ended this night otherwise, nor any two that were tried.";
pub const OTHER_ENDING: &str = "“{title}”: {decision}.";
pub const FORK_TO: &str = "“{title}”";
pub const FORKS_TO: &str = "Play on from one of these decisions";
pub const SHEET_ENDED: &str = "{name}, as it ended";
pub const STRUCK_BY: &str = "{text}  — struck out: {name}";
pub const WHAT_IS_KNOWN: &str = "What is known, and what is not";
pub const BACK_TO_GAME: &str = "Back to the night";
pub const TWO_NIGHTS: &str = "YOUR NIGHT AND THE REPORTED ONE";
pub const RIVALS: &str = "RIVAL EXPLANATIONS, NONE OF THEM PROVED";
pub const NEVER_ARRIVED: &str = "It never arrived.";
pub const NO_OTHER_WAY: &str = "There was no other way.";
pub const ONE_WAY_NEW: &str = "One other way, never taken.";
pub const ONE_WAY_TAKEN: &str = "One other way, taken in another night.";
pub const WAYS_NEW: &str = "{count} other ways, none of them taken yet.";
pub const WAYS_ALL: &str = "{count} other ways, all taken in other nights.";
pub const WAYS_SOME: &str = "{count} other ways, {known} of them taken in other nights.";
pub const IN_PART: &str = "In “{part}”. {ways}";
pub const NOTHING_DECIDED: &str = "Nothing has been decided yet.";
pub const FORKS_EXPLAINED: &str = "You play on from just before the decision you choose, with the same luck, as a night of its own. This one stays as it is.";
pub const FORKS_TITLE: &str = "This night, decision by decision";
pub const HELP_NUMBER: &str = "Take the choice with this number";
pub const HELP_ZERO: &str = "The choice that is always there, where a seat has one";
pub const THE_RECORD: &str = "THE RECORD";
pub const HELP_RECORD: &str = "With r every sentence says how it is known: reported (a source says so), disputed (sources differ), inferred (it follows, and nobody wrote it down) or invented. Below the page stands who says so.";
pub const HELP_KEPT: &str = "Every decision is written down before you see what comes of it. Whatever happens to the terminal, the title screen offers to go on.";
pub const WITHOUT_A_SCREEN: &str = "WITHOUT A SCREEN";
pub const HELP_PLAIN: &str = "`hallway play --plain` tells the same night line by line, for screen readers and pipes.";
pub const NOTHING_HAPPENED: &str = "Nothing has happened yet.";
pub const GAME_SO_FAR: &str = "The night so far";
pub const OTHER_SIDE_LATER: &str = "The other side is told when the night is over.";
pub const BACK_TO_TITLE: &str = "Back to the title";
pub const STRUCK: &str = "{text}  — struck out";
pub const OTHER_SIDE: &str = "The other side of the door: read this night as the others had it";
pub const HELD_ONCE: &str = " (a seat you have held)";
pub const OWN_DECISIONS_HOLD: &str = "Your own decisions hold the seat you have just left.";
pub const PLAY_AGAIN: &str = "Play again";
pub const PLAY_AGAIN_BODY: &str = "The night you have played stays as it is, whichever you choose.";
pub const AGAIN_FROM_DECISION: &str = "This night again from one of its decisions";
pub const AGAIN_EXPLAINED: &str = "Same luck; a new save. This night stays as it is.";
pub const NEW_GAME: &str = "A new night";
pub const NO_WAY_ON: &str =
    "The story has no way on from here. That is a fault of the story, not yours. Undo takes the last decision back.";
pub const NOTHING_ON_RECORD: &str = "Nothing on this page is on record: it is invented.";
pub const ONE_MARK: &str = "one mark left";
pub const LOG_SILENT: &str = "Your log is silent here:";
pub const DECIDES_AFRESH: &str = "{name} decides afresh.";
pub const ENDED: &str = "ended, “{title}”";
pub const ONE_HIDDEN: &str = "One is still to be found.";
pub const HIDDEN: &str = "{hidden} are still to be found.";
pub const NO_SAVES: &str = "No night is kept yet.";
pub const WHICH_SAVE: &str = "Which night do you take up?";
pub const YOUR_SAVES: &str = "Your nights";
pub const WHICH_SEAT: &str = "Which seat?";
pub const SET_THEME: &str = "The terminal’s own colours, dark, light, high contrast, or none.";
pub const WIDTH: &str = "Width of the page";
pub const SET_WIDTH: &str = "The widest line of prose, in letters.";
pub const MARKS: &str = "Marks of the record";
pub const SET_MARKS: &str = "Whether every sentence says how it is known; r turns it over for one night.";
pub const SET_MOTION: &str = "Whether a message is seen to travel in the plan of the rooms.";
pub const PACE: &str = "How a page appears";
pub const SET_PACE: &str = "At once, or line by line; any key completes it.";
pub const PATIENCE: &str = "The line’s patience";
pub const SET_PATIENCE: &str = "Off: the clock stands while you think. Patient: five minutes of the night go by for every two of yours. Strict: for every one.";
pub const SET_MOUSE: &str = "Click to choose. The terminal’s own selecting needs Shift then.";
pub const SETTINGS_EXPLAINED: &str = "They are kept for every night to come, in a file of your own; `hallway settings` says where, and there keys can be changed too.";
pub const SETTINGS_SAMPLE: &str = "A line of prose, to see how it reads. The lift stops at a floor that nobody has pressed, opens on an empty carpet, and goes on.";
pub const KEYS_AND_HELP: &str = "Keys and help";
pub const UNTITLED: &str = "An untitled story";
pub const NO_HOME_SETTINGS: &str = "There is no home folder to keep settings in.";
pub const ONLY_AFTER: &str = "That is for when the night is over.";
pub const PLAIN_HELP: &str = "Answer with the number of a choice. These words act:";
pub const PLAIN_OVER: &str = "The night is over. `help` tells which words act; `quit` leaves.";
pub const PLAIN_NO_NEWS: &str = "This story has no news to bring in.";
pub const PLAIN_NEWS: &str = "Say which news after it: {names}.";
pub const PLAIN_SEARCH: &str = "Say what to look for: `search tray`.";
pub const PLAIN_NOWHERE: &str = "“{wanted}” is nowhere in the night so far.";
pub const PLAIN_NO_DECISION: &str = "There is no decision {number}.";
pub const PLAIN_FORKS: &str = "`forks` and a number plays on from just before that decision, as a night of its own.";
pub const PLAIN_NOT_KEPT: &str = "This night is not kept: {why}.";
pub const PLAIN_FORKED: &str = "A night of its own begins here; the other is kept as it was.";
pub const PLAIN_TAKE_UP: &str = "To take one up: hallway play --plain --save FILE";
pub const PLAIN_NAME: &str = "Say the name after it: `name the cold tea`.";
pub const PLAIN_NOT_KEPT_FROM_HERE: &str = "From here on this night is not kept: {trouble}.";
pub const PLAIN_NOTHING_TO_CHOOSE: &str = "There is nothing to choose here; `undo` and `quit` work.";
pub const PLAIN_EMPTY: &str = "An empty line";
pub const PLAIN_FITS_NOTHING: &str =
    "{what} fits nothing here. Answer {range}{zero}, or with a word such as `undo` or `help`.";
pub const PLAIN_TO_GO_ON: &str = "The night is kept. To go on: hallway play --plain --save {path}";
pub const PLAIN_SEATS: &str =
    "`other` and a seat tells the night as that seat had it; `same` and a seat plays it again from there; ";
pub const PLAIN_NO_WAY_ON: &str =
    "The story has no way on from here. That is a fault of the story, not yours; `undo` takes the last decision back.";
pub const PLAIN_NOTHING_ON_RECORD: &str = "Nothing on this page is on record.";
pub const PLAIN_TURNED: &str = "The words that turned it:";
pub const PLAIN_OTHERWISE: &str = "What would have had to be otherwise:";
pub const PLAIN_FORK_TO: &str = "   `forks {number}` plays on from there.";
pub const PLAIN_STRUCK_BY: &str = "{text} (struck out: {name})";
pub const PLAIN_MORE: &str = "`more` tells what is known of the reported night, and what is not.";
pub const PLAIN_KNOWN: &str = "What is known, and what is not.";
pub const PLAIN_TRAIL: &str = "What was meant, what was carried, what was heard:";
pub const PLAIN_TWO_NIGHTS: &str = "Your night and the reported one, by the clock:";
pub const PLAIN_RIVALS: &str = "Rival explanations. None of them is proved, and several may have part in it:";
pub const PLAIN_NOT_TO_REPEAT: &str = "What not to repeat: these sentences of your night are invented.";
pub const PLAIN_WORTH_ARGUING: &str = "Worth arguing about:";

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn names_are_filled_in_wherever_they_stand() {
        assert_eq!(fill("{b} before {a}, {b}", &[("a", &1), ("b", &"{a}")]), "{a} before 1, {a}");
        assert_eq!(fill("no names } here", &[]), "no names } here");
    }
}
