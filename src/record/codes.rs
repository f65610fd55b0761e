//! Sessions as codes that can be read aloud: a class code says which session is to be played, a result code what a
//! group made of it. No letter in them looks like another. A letter that is wrong, missing, too many or in another's
//! place is noticed, and of one wrong letter the likely right one is named.
//!
//! Letters stand in blocks whose two check letters notice any two that are wrong or have changed places. What they
//! cannot notice is a letter added or taken away where that only moves the others; so a class code has one length, and
//! a result code ends with a letter that says its own.

mod letters;
mod number;

use crate::engine::{Holder, Input, Session};
use crate::story::{SeatId, Story};

use letters::{read, sealed, written};
use number::{BigNumber, symbols};

/// Symbols of a class code, without its check letters.
const CLASS_LENGTH: usize = 12;
/// The first number of a code, by kind.
const CLASS: u8 = 1;
/// A result code without a check of its length. Such codes have been given out, so they stay readable.
const FIRST_RESULT: u8 = 2;
const RESULT: u8 = 3;
/// Added to the kind of a result code if its session has silences, news, or a stop, so that a session without them
/// needs no room for them.
const SILENT: u8 = 4;
const NEWS: u8 = 8;
const STOPPED: u8 = 16;
/// The lengths that a turn can have, in seconds; a class code holds the index. 0 is no limit.
pub const TURNS: [u16; 8] = [0, 30, 45, 60, 90, 120, 180, 300];

/// Says which session a class plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClassCode {
    /// 25 bits of the story's fingerprint: see [`story_bits`].
    pub story: u32,
    /// Below 2²⁰.
    pub seed: u32,
    /// A bit for each of the first five seats, set if a person holds it; the first seat is the least significant bit.
    /// The story holds any further seats.
    pub persons: u8,
    /// How long a turn lasts, as an index into [`TURNS`].
    pub turn: u8,
}

/// Why a code is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeFault {
    #[error("a code has no `{0}` in it; 0, O, 1 and I are left out because they are hard to tell apart")]
    Letter(char),
    #[error("this is too short for a code; some of it is missing")]
    Short,
    #[error("this is not quite a code; did you mean {0}?")]
    Mistyped(String),
    #[error("this is not a code; more than one letter of it is wrong, or one is missing or too many")]
    Wrong,
    #[error("a letter of this code is missing, or one is too many")]
    Length,
    #[error("this is a {0}, and a {1} is wanted")]
    Kind(&'static str, &'static str),
    #[error("this code was made by a newer hallway; update this one to play it")]
    Newer,
    #[error("this code is for another story, or for another version of it")]
    OtherStory,
    #[error("this result belongs to another class code")]
    OtherClass,
    #[error("this game cannot be played with this story as it is now")]
    Unplayable,
}

/// A class code has room for seeds below this.
pub const SEEDS: u32 = 1 << 20;

/// 25 bits of a story's fingerprint.
#[must_use]
pub fn story_bits(story: &Story) -> u32 {
    u32::try_from((story.fingerprint ^ (story.fingerprint >> 25) ^ (story.fingerprint >> 50)) & 0x1ff_ffff).unwrap_or(0)
}

impl ClassCode {
    /// The code for a session in which persons hold these seats; `None` where the seed is [`SEEDS`] or more.
    #[must_use]
    pub fn new(story: &Story, seed: u64, persons: &[SeatId]) -> Option<Self> {
        let seed = u32::try_from(seed).ok().filter(|seed| *seed < SEEDS)?;
        let bits = persons.iter().filter(|seat| seat.index() < 5).fold(0, |bits, seat| bits | 1 << seat.index());
        Some(Self { story: story_bits(story), seed, persons: bits, turn: 0 })
    }

    /// Returns this code with the length of [`TURNS`] that is nearest to `seconds` for each turn.
    #[must_use]
    pub fn with_turns_of(self, seconds: u16) -> Self {
        let nearest = (0..TURNS.len()).min_by_key(|at| TURNS[*at].abs_diff(seconds)).unwrap_or(0);
        Self { turn: nearest as u8, ..self }
    }

    /// Returns the seconds for each turn; 0 is no limit.
    #[must_use]
    pub fn turn_seconds(&self) -> u16 {
        TURNS.get(usize::from(self.turn)).copied().unwrap_or(0)
    }

    /// Returns who holds each seat: a person or the story.
    #[must_use]
    pub fn holders(&self, story: &Story) -> Vec<Holder> {
        let person = |seat: SeatId| seat.index() < 5 && self.persons & (1 << seat.index()) != 0;
        story.seat_ids().map(|seat| if person(seat) { Holder::Person } else { Holder::Story }).collect()
    }

    /// Its letters, in groups of five.
    #[must_use]
    pub fn letters(&self) -> String {
        let mut data = vec![CLASS];
        data.extend(symbols(u64::from(self.story), 5));
        data.extend(symbols(u64::from(self.seed), 4));
        data.push(self.persons & 31);
        data.push(self.turn & 7);
        written(&data)
    }

    /// Reads a class code as somebody typed it.
    ///
    /// # Errors
    /// Why it is not one, and the code that was likely meant.
    pub fn read(text: &str) -> Result<Self, CodeFault> {
        let data = read(text)?;
        if is_result(data[0]) {
            return Err(CodeFault::Kind("result code", "class code"));
        }
        if usize::from(data[11]) >= TURNS.len() {
            return Err(CodeFault::Newer);
        }
        let number = |part: &[u8]| part.iter().fold(0_u32, |number, symbol| number << 5 | u32::from(*symbol));
        Ok(Self { story: number(&data[1..6]), seed: number(&data[6..10]), persons: data[10], turn: data[11] })
    }

    /// Ten bits that tell one class code from another.
    fn mark(&self) -> u64 {
        let mixed = (u64::from(self.story) << 25 | u64::from(self.seed) << 5 | u64::from(self.persons))
            .wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed >> 54
    }
}

fn is_result(kind: u8) -> bool {
    matches!(kind & 3, FIRST_RESULT | RESULT)
}

/// Everything that can come from outside where the session stands, as far as a result's kind says that it may.
fn inputs(session: &Session<'_>, kind: u8) -> Vec<Input> {
    let scene = session.state().scene;
    let mut out: Vec<Input> = session.options().picks().into_iter().map(|pick| Input::Decide(scene, pick)).collect();
    if kind & SILENT != 0 {
        out.push(Input::Silence(scene));
    }
    if kind & NEWS != 0 {
        out.extend((0..session.story().injects.len()).filter_map(|at| u16::try_from(at).ok()).map(Input::Inject));
    }
    out
}

/// The code of what was decided in a session; `None` if it was set by hand somewhere, or no class code has its seed. Of a seat that changed hands it tells
/// all that was decided there, and not by whom.
#[must_use]
pub fn result_code(session: &Session<'_>) -> Option<String> {
    result_data(&session.held_throughout()?, RESULT).map(sealed)
}

/// What the code of a session says, in this form of a result, without the letter for its length.
fn result_data(session: &Session<'_>, form: u8) -> Option<Vec<u8>> {
    let story = session.story();
    let persons: Vec<SeatId> =
        story.seat_ids().filter(|seat| session.holders()[seat.index()] == Holder::Person).collect();
    let class = ClassCode::new(story, session.seed(), &persons)?;
    let has = |flag: u8, is: fn(&Input) -> bool| if session.log().iter().any(is) { flag } else { 0 };
    let kind = form
        | has(SILENT, |input| matches!(input, Input::Silence(_)))
        | has(NEWS, |input| matches!(input, Input::Inject(_)))
        | has(STOPPED, |input| *input == Input::Freeze);
    // A stop is the last thing that happens.
    let log = session.log();
    let log = log.strip_suffix(&[Input::Freeze]).unwrap_or(log);
    let mut shadow = Session::new(story, session.seed(), session.holders().to_vec());
    let mut digits: Vec<(u32, u32)> = Vec::new();
    for input in log {
        let open = inputs(&shadow, kind);
        let at = open.iter().position(|one| one == input)?;
        digits.push((u32::try_from(at).ok()?, u32::try_from(open.len()).ok()?));
        shadow.input(*input).ok()?;
    }
    let mut data = vec![kind];
    data.extend(symbols(class.mark(), 2));
    data.extend(symbols(u64::try_from(digits.len()).ok().filter(|count| *count < 1024)?, 2));
    // One large number: the last decision counts most, so that the first comes out first.
    let mut number = BigNumber::default();
    for (digit, of) in digits.into_iter().rev() {
        number.push(digit, of);
    }
    data.extend(number.symbols());
    Some(data)
}

/// Replays the session of a result code.
///
/// # Errors
/// Why it is not a result of this class code and story.
pub fn replay_result<'s>(text: &str, class: &ClassCode, story: &'s Story) -> Result<Session<'s>, CodeFault> {
    if class.story != story_bits(story) {
        return Err(CodeFault::OtherStory);
    }
    let data = read(text)?;
    if data[0] == CLASS {
        return Err(CodeFault::Kind("class code", "result code"));
    }
    if data.len() < 5 {
        return Err(CodeFault::Short);
    }
    let number = |part: &[u8]| part.iter().fold(0_u64, |number, symbol| number << 5 | u64::from(*symbol));
    if number(&data[1..3]) != class.mark() {
        return Err(CodeFault::OtherClass);
    }
    let mut rest = BigNumber::of(&data[5..]);
    let mut session = Session::new(story, u64::from(class.seed), class.holders(story));
    for _ in 0..number(&data[3..5]) {
        let open = if session.is_over() { Vec::new() } else { inputs(&session, data[0]) };
        let of = u32::try_from(open.len()).ok().filter(|count| *count > 0).ok_or(CodeFault::Unplayable)?;
        let at = rest.pop(of) as usize;
        session.input(open[at]).map_err(|_| CodeFault::Unplayable)?;
    }
    if data[0] & STOPPED != 0 {
        session.input(Input::Freeze).map_err(|_| CodeFault::Unplayable)?;
    }
    // Every session has one code in each form: nothing is left over of its number, which begins with no nought, and
    // nothing is said to be in it that is not. Of what is read as a code only that was ever given out.
    if result_data(&session, data[0] & 3).as_ref() != Some(&data) {
        return Err(CodeFault::Unplayable);
    }
    Ok(session)
}

/// Replays the session of a group of this class, whichever seats its pupils held: where a group was short, the story has
/// played for it, and its own class code is another.
///
/// # Errors
/// Why it is not a result of any group of this class.
pub fn replay_group<'s>(text: &str, class: &ClassCode, story: &'s Story) -> Result<Session<'s>, CodeFault> {
    match replay_result(text, class, story) {
        Err(CodeFault::OtherClass) => {
            let short = (1..1 << story.seats.len().min(5)).map(|persons| ClassCode { persons, ..*class });
            short.rev().find_map(|class| replay_result(text, &class, story).ok()).ok_or(CodeFault::OtherClass)
        }
        replayed => replayed,
    }
}

#[cfg(test)]
mod tests {
    use super::letters::LETTERS;
    use super::{
        CLASS, ClassCode, CodeFault, FIRST_RESULT, NEWS, RESULT, SILENT, STOPPED, read, replay_result, result_code,
        result_data, sealed, symbols, written,
    };
    use crate::engine::{Holder, Input, Pick, Session};
    use crate::story::{SeatId, Sources, Story, check};

    fn story(text: &str) -> Story {
        check(&Sources::from_texts([("story.ron", text)]), Vec::new()).story.expect("sound")
    }

    fn round() -> Story {
        story(
            r#"(scenes: { "a": (text: "A.", choices: [(say: "Again.", keep: true, go: "a"), (say: "End.", go: "z")]),
              "z": (text: "Z.", end: "z") })"#,
        )
    }

    #[test]
    fn a_code_whose_letters_are_right_can_still_say_too_little_or_too_much() {
        let story = round();
        let class = ClassCode::new(&story, 3, &[SeatId::new(0)]).expect("a small seed");
        let mut session = Session::new(&story, 3, vec![Holder::Person]);
        for at in [0, 1] {
            session.input(Input::Decide(session.state().scene, Pick::Choice(at))).expect("open");
        }
        let good = read(&result_code(&session).expect("a code")).expect("letters");
        let answer = |data: &[u8]| replay_result(&sealed(data.to_vec()), &class, &story).map(|_| ());
        assert_eq!(answer(&good), Ok(()));
        for length in 1..5 {
            assert_eq!(answer(&good[..length]), Err(CodeFault::Short), "{length}");
        }
        assert_eq!(answer(&[0; 8]), Err(CodeFault::Newer), "no kind there is");
        assert_eq!(replay_result(&written(&good), &class, &story).err(), Some(CodeFault::Length));
        // More decisions than the session has.
        let mut more = good.clone();
        more.splice(3..5, symbols(3, 2));
        assert_eq!(answer(&more), Err(CodeFault::Unplayable));
        // More said of them than there is to say, and a nought where a number begins; in the first form too.
        let mut rest = good.clone();
        rest.push(1);
        let mut nought = good.clone();
        nought.insert(5, 0);
        for mut data in [rest, nought] {
            assert_eq!(answer(&data), Err(CodeFault::Unplayable));
            data[0] = FIRST_RESULT;
            assert_eq!(replay_result(&written(&data), &class, &story).err(), Some(CodeFault::Unplayable));
        }
        let data = read(&class.letters()).expect("letters");
        let class_of = |data: &[u8]| ClassCode::read(&written(data));
        assert_eq!(class_of(&data), Ok(class));
        assert_eq!(class_of(&data[..11]), Err(CodeFault::Length));
        assert_eq!(class_of(&[data.as_slice(), &[0]].concat()), Err(CodeFault::Length));
        for (turn, answer) in [(7, Ok(ClassCode { turn: 7, ..class })), (8, Err(CodeFault::Newer))] {
            assert_eq!(class_of(&[&data[..11], &[turn]].concat()), answer);
        }
        assert!(data[0] == CLASS && good[0] == RESULT);
    }

    /// A code that says what is not in its session was never given out, in either form.
    #[test]
    fn a_code_that_says_more_of_a_night_than_was_in_it_is_refused() {
        let story = story(
            r#"(freeze: "y", injects: { "rain": (name: "Rain", text: "Rain.") }, scenes: {
              "a": (text: "A.", choices: [(say: "Again.", keep: true, go: "a"), (say: "End.", go: "z")]),
              "y": (text: "Y.", end: "y"), "z": (text: "Z.", end: "z") })"#,
        );
        let class = ClassCode::new(&story, 3, &[SeatId::new(0)]).expect("a small seed");
        let mut session = Session::new(&story, 3, vec![Holder::Person]);
        session.input(Input::Decide(story.start, Pick::Choice(1))).expect("open");
        for form in [FIRST_RESULT, RESULT] {
            let data = result_data(&session, form).expect("decisions only");
            let answer = |data: &[u8]| {
                let code = if form == RESULT { sealed(data.to_vec()) } else { written(data) };
                replay_result(&code, &class, &story).map(|session| session.log().len())
            };
            assert_eq!(answer(&data), Ok(1));
            for flag in [SILENT, NEWS, STOPPED] {
                let more = [&[data[0] | flag], &data[1..]].concat();
                assert_eq!(answer(&more), Err(CodeFault::Unplayable), "{form} and {flag}");
            }
        }
    }

    /// Whatever is done to a code of the first form, what is taken is the code of the session that it is taken for.
    #[test]
    fn of_altered_codes_of_the_first_form_those_are_taken_that_are_codes() {
        let six = |go: &str| format!("(say: \"1.\", go: \"{go}\"), (say: \"2.\", go: \"{go}\"),").repeat(3);
        let scenes = ["a", "b", "c", "d", "z"];
        let decide = |pair: &[&str]| format!("\"{}\": (text: \"A.\", choices: [{}]),", pair[0], six(pair[1]));
        let decide: String = scenes.windows(2).map(decide).collect();
        let story = story(&format!("(scenes: {{ {decide} \"z\": (text: \"Z.\", end: \"z\") }})"));
        let class = ClassCode::new(&story, 3, &[SeatId::new(0)]).expect("a small seed");
        let (mut tried, mut taken) = (0, 0);
        for number in (0..6_u16.pow(4)).step_by(37) {
            let mut session = Session::new(&story, 3, vec![Holder::Person]);
            for place in 0..4 {
                let pick = Pick::Choice(number / 6_u16.pow(place) % 6);
                session.input(Input::Decide(session.state().scene, pick)).expect("open");
            }
            let code = written(&result_data(&session, FIRST_RESULT).expect("decisions only")).replace('-', "");
            assert_eq!(replay_result(&code, &class, &story).expect("given out").log(), session.log());
            for at in 0..=code.len() {
                for letter in LETTERS {
                    let mut altered = code.clone();
                    altered.insert(at, char::from(*letter));
                    tried += 1;
                    let Ok(other) = replay_result(&altered, &class, &story) else { continue };
                    taken += 1;
                    let own = written(&result_data(&other, FIRST_RESULT).expect("decisions only"));
                    assert_eq!(own.replace('-', ""), altered);
                }
            }
        }
        // One among some thousands is the code of another session, which nothing in it can tell.
        assert!(taken > 0 && taken * 1_000 < tried, "{taken} of {tried}");
    }

    #[test]
    fn a_night_has_a_code_up_to_as_many_decisions_as_a_code_can_count() {
        let story = round();
        let class = ClassCode::new(&story, 3, &[SeatId::new(0)]).expect("a small seed");
        let mut session = Session::new(&story, 3, vec![Holder::Person]);
        for _ in 0..1023 {
            session.input(Input::Decide(story.start, Pick::Choice(0))).expect("open");
        }
        let code = result_code(&session).expect("a code");
        assert_eq!(replay_result(&code, &class, &story).expect("played").log(), session.log());
        session.input(Input::Decide(story.start, Pick::Choice(0))).expect("open");
        assert_eq!(result_code(&session), None);
    }

    #[test]
    fn of_two_wrong_letters_none_is_named_for_one() {
        let code = ClassCode::new(&round(), 3, &[SeatId::new(0)]).expect("a small seed").letters().replace('-', "");
        let at = |letter: u8| LETTERS.iter().position(|one| *one == letter).expect("a letter");
        for first in 0..code.len() {
            for second in first + 1..code.len() {
                let mut wrong = code.clone().into_bytes();
                // The same change in both, so that the plain sum is as it should be.
                for place in [first, second] {
                    wrong[place] = LETTERS[at(wrong[place]) ^ 5];
                }
                let wrong = String::from_utf8(wrong).expect("letters");
                assert_eq!(ClassCode::read(&wrong), Err(CodeFault::Wrong), "{wrong}");
            }
        }
    }

    #[test]
    fn persons_hold_the_first_five_seats_of_a_class_night() {
        let roles: Vec<String> = (0..7).map(|at| format!("\"r{at}\": (name: \"R\")")).collect();
        let story =
            story(&format!("(roles: {{ {} }}, scenes: {{ \"z\": (text: \"Z.\", end: \"z\") }})", roles.join(", ")));
        let class = ClassCode::new(&story, 3, &story.seat_ids().collect::<Vec<_>>()).expect("a small seed");
        assert_eq!((class.persons, ClassCode::read(&class.letters())), (31, Ok(class)));
        let persons = ClassCode { persons: 255, ..class }.holders(&story);
        assert_eq!(persons.iter().filter(|holder| **holder == Holder::Person).count(), 5);
        assert_eq!(persons[5..], [Holder::Story, Holder::Story]);
    }
}
