//! What can be picked is what is offered: every pick there could be is tried at every decision of random nights.

use hallway::engine::{Holder, Input, Pick, Refusal, Session, leanings};
use hallway::story::{Form, Manner, MannerId, MessageId, SceneKind, SeatId, Story};
use hallway::view::{OfferAction, view};

use crate::support::{Dice, night, picks, story, story_from};

/// Every pick that a story has names for, at any scene, and some that it has none for.
fn every_pick(story: &Story, session: &Session<'_>) -> Vec<Pick> {
    let all = |list: &[Manner]| (0..list.len()).map(MannerId::new).collect::<Vec<_>>();
    let or_none = |list: &[Manner]| {
        std::iter::once(None).chain(all(list).into_iter().map(Some)).collect::<Vec<Option<MannerId>>>()
    };
    let mut out = vec![Pick::Standing, Pick::Done];
    out.extend((0..=70).map(Pick::Choice));
    out.extend((0..=20).map(Pick::Line));
    out.extend(all(&story.treatments).into_iter().map(Pick::Treat));
    out.extend(all(&story.handlings).into_iter().map(Pick::Handle));
    for message in (0..story.messages.len()).map(MessageId::new) {
        for carrier in or_none(&story.carriers) {
            out.extend(or_none(&story.licences).into_iter().map(|licence| Pick::Send { message, carrier, licence }));
        }
    }
    let SceneKind::Decide(decision) = &story.scene(session.state().scene).kind else { return out };
    assert!(decision.choices.len() < 70);
    out
}

#[test]
fn what_is_offered_is_taken_and_nothing_else_is() {
    let (mut tried, mut used, mut locked, mut marked_out) = (0_usize, 0, 0, 0);
    for (name, nights) in [("hold-the-line", 90), ("last-ferry", 60)] {
        let story = story(name);
        for seed in 0..nights {
            let mut dice = Dice(seed);
            let seats: Vec<_> = story.seat_ids().collect();
            let mut session = night(&story, seats[seed as usize % seats.len()], seed);
            while session.turn().is_some() {
                let open = picks(&session);
                for pick in every_pick(&story, &session) {
                    let mut copy = session.clone();
                    let answer = copy.input(Input::Decide(session.state().scene, pick));
                    assert_eq!(answer.is_ok(), open.contains(&pick), "{pick:?}: {answer:?}");
                    tried += 1;
                    match answer {
                        Err(Refusal::Used) => used += 1,
                        Err(Refusal::Locked) => locked += 1,
                        Err(Refusal::NoMoreMarks) => marked_out += 1,
                        _ => {}
                    }
                    if answer.is_err() {
                        assert_eq!((copy.state(), copy.log()), (session.state(), session.log()), "nothing has changed");
                    }
                }
                asks_for_what_is_offered(&story, &session, &open);
                let scene = session.state().scene;
                session.input(Input::Decide(scene, open[dice.below(open.len())])).expect("it is offered");
            }
        }
    }
    assert!(tried > 50_000 && used > 0 && locked > 0 && marked_out > 0, "{tried} {used} {locked} {marked_out}");
}

/// The page puts the same before a reader, and what the story leans to is among it.
fn asks_for_what_is_offered(story: &Story, session: &Session<'_>, open: &[Pick]) {
    let seat = session.turn().expect("somebody decides");
    let ask = view(session, seat).ask().expect("something is asked");
    let mut asked: Vec<Pick> = Vec::new();
    for offer in ask.offers().chain(ask.standing()).filter(|offer| offer.open) {
        assert!(!offer.words().is_empty());
        match offer.take {
            OfferAction::Pick(pick) => asked.push(pick),
            OfferAction::Compose(message) => {
                let mut answers = vec![vec![]];
                for facet in &ask.facets {
                    let more = |before: &Vec<usize>| {
                        let before = before.clone();
                        (0..facet.options.len()).map(move |at| [before.clone(), vec![at]].concat())
                    };
                    answers = answers.iter().flat_map(more).collect();
                }
                asked.extend(answers.iter().map(|answers| ask.composed(message, answers).expect("all is answered")));
                assert_eq!(ask.composed(message, &vec![99; ask.facets.len() + 1]), None);
            }
        }
    }
    assert_eq!(asked.len(), open.len());
    assert!(open.iter().all(|pick| asked.contains(pick)), "{open:?} {asked:?}");
    let shut = ask.offers().filter(|offer| !offer.open);
    let reasons: Vec<String> = ask.locked();
    assert_eq!(reasons.len(), shut.clone().count());
    for (offer, reason) in shut.zip(&reasons) {
        let why = offer.why().expect("what is shut says why");
        assert!(reason.starts_with('“') && reason.ends_with(&hallway::text::plain(why)), "{reason}");
    }
    let leans = leanings(story, session.state());
    let sum: f64 = leans.iter().map(|(_, chance)| chance).sum();
    assert!((sum - 1.0).abs() < 1e-9, "chances that come to {sum}");
    for (pick, chance) in leans {
        assert!((0.0..=1.0).contains(&chance) && open.contains(&pick), "{pick:?} with a chance of {chance}");
    }
    let SceneKind::Decide(decision) = &story.scene(session.state().scene).kind else {
        unreachable!("somebody decides")
    };
    let form = &session.options().form;
    let counted = match decision.form.as_deref() {
        None => 0,
        Some(Form::Pass { messages, .. }) => {
            let all = messages.iter().filter(|message| {
                open.iter().any(|pick| matches!(pick, Pick::Send { message: sent, .. } if sent == *message))
            });
            all.count()
        }
        Some(Form::Relay { .. }) => open.iter().filter(|pick| matches!(pick, Pick::Treat(_))).count(),
        Some(Form::Receive { .. }) => open.iter().filter(|pick| matches!(pick, Pick::Handle(_))).count(),
        Some(Form::Mark { sheet, .. }) => story.sheets[sheet.index()].lines.len() + 1,
    };
    assert_eq!(form.count(), counted);
}

#[test]
fn what_has_no_words_where_the_night_stands_takes_no_place_on_a_page() {
    let story = story_from(
        r#"(vars: { "rain": (flag: true) }, scenes: {
          "one": (text: "Out?", choices: [
            (say: "In the rain.", do: ["rain = true"], reply: "{if not rain: Dry.}", go: "two"), (say: "Dry.", reply: "{if rain: Wet.}", go: "two")]),
          "two": (text: "{if rain: It rains.}", go: "three"), "three": (text: "Home.", end: "home") })"#,
    );
    for (at, read) in [(0, &["It rains.", "Home."][..]), (1, &["Home."])] {
        let mut session = Session::new(&story, 1, vec![Holder::Person]);
        session.input(Input::Decide(story.start, Pick::Choice(at))).expect("open");
        let page: Vec<&str> = session.page(SeatId::new(0)).map(|block| block.text).collect();
        assert_eq!(page, read);
    }
}

#[test]
fn what_is_offered_is_worded_alike_whether_alone_or_among_others() {
    let story = story_from(
        r#"(vars: { "rain": (flag: true) }, scenes: {
          "one": (text: "Out?", choices: [(say: "{if rain: Wet} now {if rain: wet}", do: ["rain = true"], go: "end"),
            (say: "{if rain: Dry} then {if rain: dry}", go: "end")]),
          "end": (text: "Home.", end: "home") })"#,
    );
    let session = Session::new(&story, 1, vec![Holder::Person]);
    let ask = session.ask().expect("asked");
    assert_eq!(ask.offers().len(), 2);
    for offer in ask.offers() {
        let OfferAction::Pick(pick) = offer.take else { panic!("a choice") };
        assert_eq!(offer.words(), session.words(SeatId::new(0), pick));
    }
}
