//! The engine: holders, passing, luck, undo.

use hallway::engine::{BlockKind, Holder, Input, Pick, Refusal, Session, Stage, leanings};
use hallway::story::{MannerId, MessageId, SceneId, SeatId};

use crate::support::{Dice, night, picks, story, story_from};

const RELAY: &str = r#"(
  roles: { "sender": (name: "Sender"), "carrier": (name: "Carrier"), "receiver": (name: "Receiver") },
  vars: { "glad": (min: 0, max: 3) },
  carriers: { "voice": (name: "By voice"), "card": (name: "On a card", do: ["glad +1"]) },
  treatments: { "plain": (name: "Word for word"), "twisted": (name: "Twist it", lean: 0), "held": (name: "Hold it", when: "carrier is card") },
  handlings: { "aloud": (name: "Aloud"), "alone": (name: "Alone") },
  messages: {
    "rain": (from: "sender", to: "receiver", gist: "that it rains", heard: {
      "plain": (text: "that it rains"), "twisted": (text: "that it pours", do: ["glad +1"]), "held": (text: "nothing"),
    }),
  },
  scenes: {
    "a": (seat: "sender", text: "Say.", pass: (messages: ["rain"], by: ["voice", "card"], go: "b")),
    "b": (seat: "carrier", text: "{meant}", relay: (treatments: ["plain", "twisted", "held"], go: "c")),
    "c": (seat: "receiver", text: "It is said {heard}. {carrier}. {glad}", receive: (handlings: ["aloud", "alone"], go: "d")),
    "d": (route: [(when: "heard(rain) is twisted", go: "wet"), (go: "dry")]),
    "wet": (text: "Wet. {handling}", end: "Wet"),
    "dry": (text: "Dry. {handling}", end: "Dry"),
  },
)"#;

fn all_persons(story: &hallway::story::Story) -> Session<'_> {
    Session::new(story, 1, story.seats.iter().map(|_| Holder::Person).collect())
}

fn take(session: &mut Session<'_>, at: usize) {
    let pick = picks(session)[at];
    let scene = session.state().scene;
    session.input(Input::Decide(scene, pick)).expect("an open pick is taken");
}

#[test]
fn a_message_is_meant_carried_heard_and_handled() {
    let story = story_from(RELAY);
    let mut session = all_persons(&story);
    take(&mut session, 1); // on a card
    take(&mut session, 1); // twisted
    let heard: Vec<&str> = session.page(SeatId::new(2)).map(|block| block.text).collect();
    assert_eq!(heard, ["It is said that it pours. On a card. 2"]);
    take(&mut session, 1); // alone
    let passing = &session.trail().passings[0];
    assert_eq!((passing.meant.as_str(), passing.heard.as_deref()), ("that it rains", Some("that it pours")));
    assert_eq!(passing.carried_by, Some(SeatId::new(1)));
    assert_eq!(session.ending().map(|id| story.endings[id.index()].title.as_str()), Some("Wet"));
}

#[test]
fn what_is_not_open_is_refused_and_changes_nothing() {
    let story = story_from(RELAY);
    let mut session = all_persons(&story);
    let scene = session.state().scene;
    let before = session.state().clone();
    assert_eq!(session.input(Input::Decide(scene, Pick::Done)), Err(Refusal::NotOffered));
    assert_eq!(
        session.input(Input::Decide(
            SeatId::new(0).index().min(3).try_into().map(scene_id).unwrap_or(scene),
            Pick::Choice(0)
        )),
        Err(Refusal::NotOffered)
    );
    take(&mut session, 0); // by voice: `held` needs a card
    assert_eq!(picks(&session).len(), 2);
    session.undo();
    assert_eq!(session.state(), &before);
}

fn scene_id(at: u32) -> hallway::story::SceneId {
    hallway::story::SceneId::new(at as usize)
}

#[test]
fn a_lean_of_nought_never_happens() {
    let story = story_from(RELAY);
    for seed in 0..300 {
        let holders = vec![Holder::Story; 3];
        let session = Session::new(&story, seed, holders);
        assert_eq!(session.ending().map(|id| story.endings[id.index()].title.as_str()), Some("Dry"), "seed {seed}");
    }
}

#[test]
fn undoing_and_choosing_again_gives_the_same_luck() {
    let story = story("last-ferry");
    let doctor = SeatId::new(0);
    for seed in 0..50 {
        let mut session = night(&story, doctor, seed);
        let first: Vec<_> = picks(&session);
        take(&mut session, 1);
        take(&mut session, 0);
        let once = (session.state().clone(), session.steps().collect::<Vec<_>>());
        while session.undo() {}
        assert_eq!(picks(&session), first);
        take(&mut session, 1);
        take(&mut session, 0);
        assert_eq!((session.state().clone(), session.steps().collect::<Vec<_>>()), once, "seed {seed}");
    }
}

#[test]
fn the_same_night_from_another_seat_has_your_own_decisions_in_it() {
    let story = story("hold-the-line");
    let mut dice = Dice(4);
    let (corridor, suite) = (SeatId::new(0), SeatId::new(1));
    let mut first = night(&story, corridor, 11);
    while first.turn().is_some() {
        let open = picks(&first);
        let pick = open[dice.below(open.len())];
        let scene = first.state().scene;
        first.input(Input::Decide(scene, pick)).expect("open");
    }
    let mine: Vec<_> = first.steps().filter(|step| step.seat == corridor).map(|step| (step.scene, step.pick)).collect();
    let holders = vec![first.as_holder(corridor), Holder::Person, Holder::Story];
    let second = Session::new(&story, 11, holders);
    // The prologue and the knock happen before the suite decides anything that could change them.
    let played: Vec<_> =
        second.steps().filter(|step| step.seat == corridor).map(|step| (step.scene, step.pick)).collect();
    assert!(!played.is_empty() && mine.starts_with(&played), "{played:?} is not the beginning of {mine:?}");
    assert!(second.page(suite).any(|block| block.kind == BlockKind::Prose));
}

#[test]
fn a_forced_lot_falls_as_it_was_forced() {
    let story = story("last-ferry");
    let weather =
        hallway::story::SceneId::new(story.scenes.iter().position(|scene| *scene.id == *"weather").expect("there"));
    let swell = story.var_named("swell").expect("there");
    let mut fallen = [0; 2];
    for way in 0..2 {
        for seed in 0..20 {
            let mut session = night(&story, SeatId::new(1), seed);
            session.input(Input::Force(weather, way)).expect("taken");
            while session.state().visits(weather) == 0 && session.turn().is_some() {
                take(&mut session, 0);
            }
            if session.state().visits(weather) > 0 {
                assert_eq!(session.state().value(swell), way as i16, "seed {seed}");
                fallen[usize::from(way)] += 1;
            }
        }
    }
    assert!(fallen.iter().all(|nights| *nights >= 10), "the lot was drawn in {fallen:?} nights");
}

/// A scene that two seats perceive in words of their own, one of them only every other time.
const AGAIN: &str = r#"(
  roles: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
  vars: { "turns": (min: 0, max: 9) },
  scenes: {
    "hall": (seat: "a", do: ["turns +1"], text: "{first: New to a. | again: Known to a.}",
      others: { "c": "{first: New to c. | again: Known to c.}" },
      choices: [(say: "To b.", go: "side", keep: true), (say: "Stay.", go: "hall", keep: true), (say: "End.", go: "end")]),
    "side": (seat: "b", text: "{first: New to b. | again: Known to b.}",
      choices: [(say: "Back.", go: "hall", keep: true), (say: "End.", go: "end")]),
    "end": (text: "Over after {turns}.", end: "Over"),
  },
)"#;

#[test]
fn what_is_new_to_one_seat_may_be_known_to_another() {
    let story = story_from(AGAIN);
    let mut session = all_persons(&story);
    let reads = |session: &Session<'_>, seat: usize| -> String {
        session.page(SeatId::new(seat)).map(|block| block.text).collect::<Vec<_>>().join(" ")
    };
    assert_eq!([0, 1, 2].map(|seat| reads(&session, seat)), ["New to a.", "", "New to c."]);
    take(&mut session, 0);
    assert_eq!(reads(&session, 1), "New to b.");
    take(&mut session, 0);
    assert_eq!([0, 1, 2].map(|seat| reads(&session, seat)), ["Known to a.", "", "New to c. Known to c."]);
    take(&mut session, 0);
    assert_eq!(reads(&session, 1), "Known to b.");
}

#[test]
fn the_first_time_lasts_until_the_scene_comes_again() {
    let story = story_from(
        r#"(roles: { "a": (name: "A"), "b": (name: "B", standing: (say: "{first: Leave soon. | again: Leave late.}", go: "end")) }, scenes: {
            "out": (text: "{first: New. | again: Known.}", go: "hall"),
            "hall": (seat: "b", text: "{first: A chair. | again: The chair.}", others: { "a": "B stays." }, choices: [
                (say: "{first: Stay. | again: Stay longer.}", go: "out", keep: true, reply: "{first: At last. | again: Again.}"),
                (say: "Go.", when: "visited(end)", locked: "{first: Not yet. | again: Still not.}", go: "end")]),
            "end": (text: "Over.", end: "Over"),
        })"#,
    );
    let mut session = all_persons(&story);
    let b = SeatId::new(1);
    let told = |session: &Session<'_>| -> Vec<String> {
        let page = hallway::view::view(session, b);
        let ask = page.ask().expect("b decides");
        let offers = ask.offers().flat_map(|offer| [Some(offer.words().to_owned()), offer.why().map(str::to_owned)]);
        let words = page.blocks().map(|block| block.text.to_owned()).chain(offers.flatten());
        words.chain(ask.standing().map(|offer| offer.words().to_owned())).collect()
    };
    assert_eq!(told(&session), ["New.", "A chair.", "Stay.", "Go.", "Not yet.", "Leave soon."]);
    take(&mut session, 0);
    assert_eq!(
        told(&session),
        ["At last.", "Known.", "The chair.", "Stay longer.", "Go.", "Still not.", "Leave late."]
    );
    take(&mut session, 0);
    assert_eq!(told(&session), ["Again.", "Known.", "The chair.", "Stay longer.", "Go.", "Still not.", "Leave late."]);
}

#[test]
fn a_log_is_followed_decision_by_decision_even_where_a_scene_comes_again() {
    let story = story_from(AGAIN);
    let hall = scene_id(0);
    // In the hall: stay, stay, end. By itself the story would go to the side first, or not: it is not asked.
    let log = [1, 1, 2].map(|at| (hall, Pick::Choice(at))).to_vec();
    let session = Session::new(&story, 5, vec![Holder::Log(log), Holder::Person, Holder::Person]);
    assert!(session.is_over());
    let took: Vec<Pick> = session.steps().map(|step| step.pick).collect();
    assert_eq!(took, [Pick::Choice(1), Pick::Choice(1), Pick::Choice(2)]);
    assert_eq!(session.page(SeatId::new(1)).last().map(|block| block.text), Some("Over after 3."));
    // A decision for another place is left for when it comes to that.
    let log = vec![(hall, Pick::Choice(0)), (scene_id(1), Pick::Choice(1)), (hall, Pick::Choice(2))];
    let session = Session::new(&story, 5, vec![Holder::Log(log.clone()), Holder::Log(log), Holder::Person]);
    let took: Vec<Pick> = session.steps().map(|step| step.pick).collect();
    assert_eq!(took, [Pick::Choice(0), Pick::Choice(1)]);
}

#[test]
fn an_effect_strikes_a_line_and_restores_it() {
    let story = story_from(
        r#"(
  roles: { "a": (name: "A"), "b": (name: "B") },
  sheets: { "card": (name: "Card", lines: { "hour": "At nine.", "place": "In the hall." }) },
  scenes: {
    "one": (seat: "b", text: "{card}", choices: [
      (say: "The hour.", keep: true, do: ["strike card.hour"], go: "one"),
      (say: "Not the hour.", keep: true, do: ["restore card.hour"], go: "one"), (say: "End.", go: "end")]),
    "end": (text: "Over.", end: "Over"),
  },
)"#,
    );
    let mut session = all_persons(&story);
    let reads = |session: &Session<'_>| session.page(SeatId::new(1)).next().expect("a block").text.to_owned();
    let whole = reads(&session);
    assert!(whole.contains("> At nine.") && !whole.contains('~'), "{whole}");
    take(&mut session, 0);
    let struck = reads(&session);
    assert!(struck.contains("> ~At nine.~") && struck.contains("> In the hall."), "{struck}");
    take(&mut session, 0);
    assert_eq!(reads(&session), struck, "what is struck stays struck");
    take(&mut session, 1);
    assert_eq!(reads(&session), whole);
}

/// A message that is heard one way, set right later, and answered for in between.
const SET_RIGHT: &str = r#"(
  roles: { "a": (name: "A", standing: (say: "Cough.", reply: "A coughs.", go: "cough")), "b": (name: "B") },
  treatments: { "plain": (name: "plain"), "bent": (name: "bent") },
  messages: { "ask": (from: "a", to: "b", say: "Ask.", gist: "to ask",
    heard: { "plain": (text: "asked"), "bent": (text: "told") }) },
  scenes: {
    "send": (seat: "a", text: "Send.", pass: (messages: ["ask"], go: "carry")),
    "carry": (seat: "a", text: "Carry.", relay: (treatments: ["plain", "bent"], go: "after")),
    "cough": (seat: "b", part: "The cough", go: "after"),
    "after": (seat: "a", text: "After.", choices: [
      (say: "Set it right.", do: ["heard(ask) = plain"], go: "end"), (say: "Leave it.", go: "end")]),
    "end": (text: "{if heard(ask) is plain: Asked. | Told.}", end: "Over"),
  },
)"#;

#[test]
fn a_message_that_is_set_right_is_known_to_have_been_heard_wrong() {
    let story = story_from(SET_RIGHT);
    let bent = MannerId::new(1);
    for (treatment, choice, corrected) in [(1, 0, Some(MannerId::new(0))), (1, 1, None), (0, 0, None), (0, 1, None)] {
        let mut session = all_persons(&story);
        let send = session.options().picks()[0];
        assert_eq!(session.words(SeatId::new(0), send), "Ask.");
        take_pick(&mut session, send);
        take_pick(&mut session, Pick::Treat(MannerId::new(treatment)));
        take_pick(&mut session, Pick::Choice(choice));
        let passing = &session.trail().passings[0];
        assert_eq!((passing.corrected, passing.treatment == Some(bent)), (corrected, treatment == 1));
        assert_eq!(passing.heard.as_deref(), Some(if treatment == 1 { "told" } else { "asked" }));
    }
}

#[test]
fn a_standing_choice_is_answered_and_a_part_begins_where_there_is_nothing_to_read() {
    let story = story_from(SET_RIGHT);
    let mut session = all_persons(&story);
    take_pick(&mut session, Pick::Standing);
    let blocks = |seat: usize| -> Vec<(BlockKind, String)> {
        session.page(SeatId::new(seat)).map(|block| (block.kind, block.text.to_owned())).collect()
    };
    assert_eq!(blocks(0), [(BlockKind::Reply, "A coughs.".to_owned()), (BlockKind::Prose, "After.".to_owned())]);
    assert_eq!(blocks(1), [(BlockKind::Part, "The cough".to_owned())]);
}

fn take_pick(session: &mut Session<'_>, pick: Pick) {
    session.input(Input::Decide(session.state().scene, pick)).expect("open");
}

const LEANING: &str = r#"(
  clock: (starts: "20:40", ends: "21:40", tick: 5),
  roles: { "a": (name: "A"), "b": (name: "B") },
  carriers: { "voice": (name: "By voice", note: "quick", lean: 3), "card": (name: "On a card", minutes: 5) },
  licences: { "open": (name: "Open", lean: 0, note: "to all"), "shut": (name: "Shut", lean: 0) },
  messages: {
    "ask": (from: "a", to: "b", say: "Ask.", gist: "to ask", heard: { "plain": (text: "asked") }),
    "deny": (from: "a", to: "b", say: "Deny.", gist: "to deny", lean: 3, heard: { "plain": (text: "denied") }),
  },
  sheets: { "card": (name: "Card", lines: { "one": "One.", "two": "Two." }) },
  scenes: {
    "send": (seat: "a", text: "Send.", pass: (messages: ["ask", "deny"], by: ["voice", "card"], licences: ["open", "shut"], go: "mark"),
      choices: [(say: "Not now.", lean: 4, go: "mark")]),
    "mark": (seat: "b", text: "{card}", mark: (sheet: "card", most: 2, go: "end")),
    "end": (text: "{card}", end: "Over"),
  },
)"#;

#[test]
fn what_the_story_leans_to_comes_as_often_as_it_says() {
    let story = story_from(LEANING);
    let session = all_persons(&story);
    let id = MannerId::new;
    let send = |message: usize, carrier: usize, licence: usize| Pick::Send {
        message: MessageId::new(message),
        carrier: Some(id(carrier)),
        licence: Some(id(licence)),
    };
    // Weights 1 and 3 against 4; carriers 3 to 1; all terms at 0, so the first.
    let expected = [
        (send(0, 0, 0), 1.0 / 8.0 * 0.75),
        (send(0, 1, 0), 1.0 / 8.0 * 0.25),
        (send(1, 0, 0), 3.0 / 8.0 * 0.75),
        (send(1, 1, 0), 3.0 / 8.0 * 0.25),
        (Pick::Choice(0), 0.5),
    ];
    let leans: Vec<(Pick, f64)> =
        leanings(&story, session.state()).into_iter().filter(|(_, chance)| *chance > 0.0).collect();
    assert_eq!(leans.len(), expected.len());
    for ((pick, chance), (wanted, share)) in leans.iter().zip(expected) {
        assert!(*pick == wanted && (chance - share).abs() < 1e-12, "{pick:?} {chance} {share}");
    }
    // Played by the story, as often as that; and each mark is a lot of its own.
    let nights = 4_000;
    let mut counts = [0_u32; 5];
    let mut marks = [0_u32; 3];
    for seed in 0..nights {
        let night = Session::new(&story, seed, vec![Holder::Story; 2]);
        let first = night.steps().next().expect("a step").pick;
        counts[expected.iter().position(|(pick, _)| *pick == first).expect("one that is leant to")] += 1;
        marks[night.steps().filter(|step| matches!(step.pick, Pick::Line(_))).count()] += 1;
    }
    let near = |count: u32, share: f64| (f64::from(count) / nights as f64 - share).abs() < 0.03;
    for (count, (pick, share)) in counts.iter().zip(expected) {
        assert!(near(*count, share), "{pick:?}: {count} of {nights}");
    }
    // Two lines against a 2 for handing it on, then one line against it.
    assert!(near(marks[0], 1.0 / 2.0) && near(marks[1], 1.0 / 3.0) && near(marks[2], 1.0 / 6.0), "{marks:?}");
    let ask = hallway::view::view(&session, SeatId::new(0)).ask().expect("something is asked");
    let notes: Vec<Vec<&str>> =
        ask.facets.iter().map(|facet| facet.options.iter().map(|option| option.note.as_str()).collect()).collect();
    assert_eq!(notes, [["quick", "5 minutes"], ["to all", ""]]);
}

#[test]
fn a_carrier_sees_a_message_come_and_go_and_its_ends_see_theirs() {
    let story = story_from(RELAY);
    let mut session = all_persons(&story);
    let stages = |session: &Session<'_>| {
        [0, 1, 2].map(|seat| session.hops(SeatId::new(seat)).iter().map(|hop| hop.stage).collect::<Vec<_>>())
    };
    take(&mut session, 0);
    assert_eq!(stages(&session), [vec![Stage::Sent], vec![Stage::InHand], vec![]]);
    take(&mut session, 0);
    assert_eq!(stages(&session), [vec![Stage::Sent], vec![Stage::Heard], vec![Stage::Heard]]);
}

#[test]
fn a_lot_is_forced_at_its_own_scene_and_only_where_it_can_fall() {
    let story = story_from(
        r#"(vars: { "n": (min: 0, max: 9) }, scenes: {
          "a": (text: "A.", choices: [(say: "On.", go: "first")]),
          "first": (route: [(odds: 1, do: ["n +1"], go: "second"), (odds: "n", do: ["n +2"], go: "second"), (odds: 9, do: ["n +3"], go: "second")]),
          "second": (route: [(odds: 9, do: ["n +3"], go: "z"), (odds: 1, go: "z"), (odds: 1, do: ["n +6"], go: "z")]),
          "z": (text: "{n}", end: "z"),
        })"#,
    );
    let scene = |id: &str| SceneId::new(story.scenes.iter().position(|scene| *scene.id == *id).expect("there"));
    let ends = |seed: u64, forced: &[(&str, u16)]| {
        let mut session = night(&story, SeatId::new(0), seed);
        for (at, way) in forced {
            session.input(Input::Force(scene(at), *way)).expect("taken");
        }
        take(&mut session, 0);
        session.state().value(story.var_named("n").expect("there"))
    };
    for seed in 0..30 {
        assert_eq!(ends(seed, &[("first", 0), ("second", 1)]), 1);
        assert_eq!(ends(seed, &[("second", 2), ("first", 2)]), 9);
        // Its odds are 0 there, so the lot falls as it would have fallen.
        assert_eq!(ends(seed, &[("first", 1)]), ends(seed, &[]));
    }
}

#[test]
fn a_standing_choice_is_not_taken_where_a_scene_does_without_it() {
    let story = story_from(
        r#"(roles: { "a": (name: "A", standing: (say: "Leave.", go: "z")) }, scenes: {
          "with": (seat: "a", text: "With.", choices: [(say: "On.", go: "without")]),
          "without": (seat: "a", text: "Without.", standing: false, choices: [(say: "On.", go: "z")]),
          "z": (text: "Over.", end: "z"),
        })"#,
    );
    let mut session = night(&story, SeatId::new(0), 1);
    let standing = |session: &Session<'_>| {
        let mut other = session.clone();
        other.input(Input::Decide(session.state().scene, Pick::Standing))
    };
    assert_eq!(standing(&session), Ok(()));
    take(&mut session, 0);
    assert_eq!(standing(&session), Err(Refusal::NotOffered));
}

#[test]
fn a_stop_and_a_silence_leave_on_the_page_what_they_should() {
    let story = story_from(
        r#"(freeze: "stop", scenes: {
          "a": (text: "First.", choices: [(id: "yes", say: "Say yes.", go: "b"), (say: "Say no.", go: "b")], silence: (take: "yes", text: "Nobody spoke.")),
          "b": (text: "Second.", choices: [(say: "On.", go: "a")]),
          "stop": (text: "Stopped.", end: "z"),
        })"#,
    );
    let seat = SeatId::new(0);
    let page = |session: &Session<'_>| session.page(seat).map(|block| block.text.to_owned()).collect::<Vec<_>>();
    let mut session = night(&story, seat, 1);
    session.input(Input::Silence(session.state().scene)).expect("taken");
    assert_eq!(page(&session), ["Nobody spoke.", "Second."]);
    assert_eq!(page(&session.full_history(seat)), ["First.", "Nobody spoke.", "Second."]);
    session.input(Input::Freeze).expect("taken");
    assert_eq!(page(&session), ["Stopped."]);
    assert_eq!(page(&session.full_history(seat)), ["First.", "Nobody spoke.", "Second.", "Stopped."]);
}
