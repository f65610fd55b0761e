//! Who held a seat that changed hands.

use crate::engine::{Holder, Input, Session};
use crate::story::SeatId;
use crate::view::strings;

use super::crossing::at;

/// For each seat that changed hands, by whom it was played, in a sentence: “The aide was played by the story until 8.45, then
/// by a person.”
#[must_use]
pub fn held(session: &Session<'_>) -> Vec<String> {
    session.story().seat_ids().filter_map(|seat| held_by(session, seat)).collect()
}

fn held_by(session: &Session<'_>, seat: SeatId) -> Option<String> {
    let story = session.story();
    let holder = |person: bool| if person { strings::BY_A_PERSON } else { strings::BY_THE_STORY };
    let (mut person, mut parts) = (session.first_holders()[seat.index()] == Holder::Person, Vec::new());
    for (before, input) in session.log().iter().enumerate() {
        let to_person = match input {
            Input::TakeOver(own) if *own == seat => true,
            Input::HandBack(own) if *own == seat => false,
            _ => continue,
        };
        let then = session.rewound_to(before);
        let minutes = story.clock.as_ref().map(|clock| then.state().value(clock.var));
        let until = at(story, minutes)
            .unwrap_or_else(|| strings::fill(strings::DECISION_NUMBER, &[("number", &(then.steps().count() + 1))]));
        parts.push(strings::fill(strings::HELD_UNTIL, &[("holder", &holder(person)), ("until", &until)]));
        person = to_person;
    }
    (!parts.is_empty()).then(|| {
        let name = &story.seats[seat.index()].name;
        let with: [(&str, &dyn std::fmt::Display); 3] =
            [("seat", name), ("held", &parts.join(", ")), ("holder", &holder(person))];
        strings::fill(strings::SEAT_HELD, &with)
    })
}

#[cfg(test)]
mod tests {
    use super::held;
    use crate::engine::{Holder, Input, Session};
    use crate::story::{SeatId, built_in, check};

    #[test]
    fn a_seat_that_changed_hands_is_told_of_with_the_time_and_no_other() {
        let story = built_in("hold-the-line-class").and_then(|story| check(&story.sources(), Vec::new()).story);
        let story = story.expect("sound");
        let mut session = Session::new(&story, 7, vec![Holder::Person, Holder::Person, Holder::Story]);
        let decide = |session: &mut Session<'_>| {
            let pick = session.options().picks()[0];
            session.input(Input::Decide(session.state().scene, pick)).expect("open");
        };
        assert_eq!(held(&session), Vec::<String>::new());
        (0..3).for_each(|_| decide(&mut session));
        let aide = SeatId::new(2);
        session.input(Input::TakeOver(aide)).expect("the story’s");
        let told = held(&session);
        assert!(told.len() == 1 && told[0].starts_with("The aide was played by the story until 8."), "{told:?}");
        assert!(told[0].ends_with(", then by a person."), "{told:?}");
        (0..2).for_each(|_| decide(&mut session));
        session.input(Input::HandBack(aide)).expect("a person’s");
        let told = held(&session);
        assert!(told[0].contains(", by a person until ") && told[0].ends_with(", then by the story."), "{told:?}");
    }
}
