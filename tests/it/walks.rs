//! Whole nights by the words a person would choose, on the engine and on the plain face: both must end alike.

use hallway::engine::{Input, Pick, Session};
use hallway::story::{SeatId, Story};

use crate::support::{Hallway, night, picks, story};

/// Role, the beginnings of the words of each decision in order, and the ending.
const WALKS: [(&str, &[&str], &str); 6] = [
    ("macron", &["Take neither", "Knock, and begin with having come", "Promise it"], "The leak"),
    ("rouhani", &["Have the younger read", "Open the door"], "The leak"),
    (
        "rouhani",
        &[
            "Have the younger read",
            "Ask the elder which lines",
            "Strike: An announcement",
            "Strike: A picture",
            "Have the younger say what is wrong",
            "Send nothing. Get up, and open the door",
        ],
        "The man, not the line",
    ),
    (
        "rouhani",
        &[
            "Have the elder tell",
            "Have it said again",
            "Have him asked to wait",
            "A public word first",
            "Put the pen down",
            "Sit",
            "Write it yourself",
            "Stay",
        ],
        "The letter",
    ),
    ("aide", &["No. You worked it out", "Say it yourself"], "The bridge"),
    (
        "macron",
        &[
            "Take the four",
            "Knock, and begin with the name",
            "Have the aide asked outright",
            "Remind him",
            "Have the operator told that something",
            "Send back that you will put it",
            "Put the pen away",
            "Ask the other hotel for ten",
            "Wait.",
            "Walk the forty steps, and take",
        ],
        "The leak",
    ),
];

/// Picks by words, in order, wherever they are open, and else the first thing open. The answers for the plain face come with it.
fn walk<'s>(story: &'s Story, seat: SeatId, words: &[&str]) -> (Session<'s>, Vec<String>) {
    let mut session = night(story, seat, 7);
    let mut left = words.iter().peekable();
    let mut answers = Vec::new();
    while session.turn().is_some() {
        let open = picks(&session);
        let said = |pick: &Pick| hallway::text::plain(&session.words(seat, *pick));
        let wanted = left.peek().and_then(|wanted| open.iter().find(|pick| said(pick).starts_with(**wanted)));
        let pick = wanted.map_or(open[0], |pick| {
            left.next();
            *pick
        });
        answers.extend(answer(&session, pick));
        let scene = session.state().scene;
        session.input(Input::Decide(scene, pick)).expect("open");
    }
    assert_eq!(left.next(), None, "{words:?}: never offered, or not in this order");
    (session, answers)
}

/// What a person types for a pick on the plain face: numbers, one a facet.
fn answer(session: &Session<'_>, pick: Pick) -> Vec<String> {
    let seat = session.turn().expect("a decision");
    let page = hallway::view::view(session, seat);
    let ask = page.ask().expect("asked");
    if pick == Pick::Standing {
        return vec!["0".to_owned()];
    }
    let open = ask.offers().filter(|offer| offer.open);
    let at = open
        .map(|offer| offer.take)
        .position(|take| match (take, pick) {
            (hallway::view::OfferAction::Pick(offered), pick) => offered == pick,
            (hallway::view::OfferAction::Compose(offered), Pick::Send { message, .. }) => offered == message,
            _ => false,
        })
        .expect("on offer");
    let mut out = vec![(at + 1).to_string()];
    if let Pick::Send { carrier, licence, .. } = pick {
        for facet in &ask.facets {
            let chosen = match facet.kind {
                hallway::view::FacetKind::Carrier => carrier,
                hallway::view::FacetKind::Licence => licence,
            };
            let at = facet.options.iter().position(|option| Some(option.id) == chosen).expect("on offer");
            out.push((at + 1).to_string());
        }
    }
    out
}

#[test]
fn the_engine_and_the_plain_face_end_alike() {
    let story = story("hold-the-line");
    for (role, words, ending) in WALKS {
        let seat = story.seat_named(role).expect("a seat");
        let (session, answers) = walk(&story, seat, words);
        let title = session.ending().map(|id| story.endings[id.index()].title.clone()).expect("an ending");
        assert_eq!(title, ending, "{role} {words:?}");
        let input = answers.iter().map(|answer| format!("{answer}\n")).collect::<String>();
        let run = Hallway::new().run(&["play", "--plain", "--role", role, "--seed", "7"], &input);
        assert_eq!(run.out.lines().last(), Some(format!("Ending: {title}").as_str()), "{role} {words:?}:\n{}", run.out);
        assert!(!run.out.contains("is not an answer here"), "{}", run.out);
    }
}
