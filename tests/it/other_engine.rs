//! A second opinion: the same made stories in this engine and in another that knows nothing of it, played by the same
//! decisions, read the same, page by page and choice by choice.

use bladeink::story::Story as Ink;
use hallway::engine::{Holder, Input, Session};
use hallway::story::{SeatId, Sources, check};
use hallway::view::{OfferAction, view};

use crate::made::{Luck, ink, ron, with_once};

/// What is to be read, then the choices; blanks at line ends are the engines' own business.
type Page = (String, Vec<String>);

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn ours(session: &Session<'_>) -> Page {
    let page = view(session, SeatId::new(0));
    let text: Vec<&str> = page.blocks().map(|block| block.text).collect();
    let offers = page.ask().expect("something is asked").offers();
    (squeezed(&text.join("\n")), offers.map(|offer| offer.words().to_string()).collect())
}

fn theirs(story: &mut Ink) -> Page {
    let mut text = String::new();
    while story.can_continue() {
        text.push_str(&story.cont().expect("it runs"));
    }
    (squeezed(&text), story.get_current_choices().iter().map(|choice| choice.text.clone()).collect())
}

#[test]
fn another_engine_reads_the_same_stories_the_same_way() {
    let mut compared = 0;
    for seed in 0..40 {
        let scenes = with_once(3 + seed as usize % 12, seed, true);
        let sources = [("made.ron", ron(&scenes))];
        let sources = Sources::from_texts(sources.iter().map(|(name, text)| (*name, text.as_str())));
        let story = check(&sources, Vec::new()).story.expect("a made story has no fault");
        let json = bladeink_compiler::Compiler::new().compile(&ink(&scenes)).expect("it compiles");
        let mut other = Ink::new(&json).expect("it is read");
        let mut session = Session::new(&story, seed, vec![Holder::Person]);
        let mut luck = Luck(seed + 1000);
        for step in 0..300 {
            let (own, their) = (ours(&session), theirs(&mut other));
            assert_eq!(own, their, "story {seed}, step {step}");
            let at = luck.below(own.1.len());
            let ask = view(&session, SeatId::new(0)).ask().expect("something is asked");
            let OfferAction::Pick(pick) = ask.offers().nth(at).expect("one of them").take else {
                panic!("a plain choice")
            };
            session.input(Input::Decide(ask.scene, pick)).expect("open");
            other.choose_choice_index(at).expect("open");
            compared += 1;
        }
    }
    assert_eq!(compared, 12_000);
}
