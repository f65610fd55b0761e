//! Looking back on a session that is over: what turned it, what was one decision away, what became of each message.

use hallway::engine::{By, Holder, Input, Pick, Session};
use hallway::story::{MannerId, SeatId, Story};
use hallway::teach::{debrief, turns};
use hallway::text::{Sentence, paragraphs};

use crate::support::{Dice, Hallway, night, picks, story, story_from};

/// A sender, a porter who bends what he carries, and a wait that can be broken off. Held by the story the porter never
/// says anything word for word, and the sender never waits: who waits in a session played once more has waited before.
const WORD: &str = r#"(
  clock: (starts: "20:40", ends: "22:00", tick: 5),
  roles: { "sender": (name: "The sender"), "porter": (name: "The porter"), "host": (name: "The host") },
  vars: { "lifted": (flag: true) },
  treatments: { "plain": (name: "Word for word", lean: 0), "bent": (name: "Bend it", minutes: 5, lean: 1) },
  messages: {
    "word": (from: "sender", to: "host", say: "Send word.", gist: "that he could ease them", heard: {
      "plain": (text: "that he could ease them"),
      "bent": (text: "that he would lift them", do: ["lifted = true"]),
    }),
  },
  endings: {
    "promised": (title: "Over-promised", because: "They counted on more."),
    "reported": (title: "The reported night"),
    "left": (title: "He left"),
  },
  scenes: {
    "hall": (seat: "sender", text: "What is to be said?", pass: (messages: ["word"], go: "stairs")),
    "stairs": (seat: "porter", text: "You have {meant}.", relay: (treatments: ["plain", "bent"], go: "door")),
    "door": (seat: "sender", text: "Nobody answers.", choices: [(say: "Wait.", go: "out", lean: 0), (say: "Leave.", go: "gone", lean: 1)]),
    "out": (route: [(when: "lifted", go: "promised"), (go: "reported")]),
    "promised": (others: { "sender": "They come out at once." }, end: "promised"),
    "reported": (others: { "sender": "They stay in." }, end: "reported"),
    "gone": (others: { "sender": "Nobody sees it." }, end: "left"),
  },
)"#;

fn ended<'s>(story: &'s Story, seat: SeatId, taken: &[usize]) -> Session<'s> {
    let mut session = night(story, seat, 1);
    for at in taken {
        let pick = session.options().picks()[*at];
        session.input(Input::Decide(session.state().scene, pick)).expect("open");
    }
    assert!(session.is_over());
    session
}

#[test]
fn the_word_that_turned_a_session_is_told_with_what_it_would_have_been() {
    let story = story_from(WORD);
    let session = ended(&story, SeatId::new(0), &[0, 0]);
    let debrief = debrief(&session, SeatId::new(0));
    assert_eq!(debrief.ending.as_ref().map(|ending| ending.title.as_str()), Some("Over-promised"));
    let [word, wait] = &debrief.turns.turned[..] else { panic!("{:#?}", debrief.turns) };
    assert_eq!(word.happened, "At 8.40 you sent “that he could ease them”; it was heard as “that he would lift them”.");
    let told: Vec<&str> = word.alternatives.iter().map(|other| other.told.as_str()).collect();
    assert_eq!(
        told,
        [
            "Had the porter chosen “Word for word”, it would have been heard as “that he could ease them”, and the game would have ended: “The reported night”."
        ]
    );
    assert_eq!(wait.happened, "At 8.45 you chose “Wait”.");
    assert_eq!(wait.alternatives[0].told, "Had you chosen “Leave”, the game would have ended: “He left”.");
    let fork = wait.fork.as_ref().expect("one’s own");
    assert_eq!((fork.number, fork.decision.as_str()), (2, "at 8.45, “Leave” instead of “Wait”"));
    // The fork is where that decision is taken.
    assert_eq!(story.scene(session.rewound_to(fork.input).state().scene).id.as_ref(), "door");
    assert!(debrief.turns.endings.is_empty(), "no ending is told twice: {:#?}", debrief.turns.endings);
    let [crossing] = &debrief.trail[..] else { panic!("one message") };
    // Two words of five: the sentences stand one below the other, and the words are marked in them.
    assert_eq!(crossing.told, "");
    assert_eq!(crossing.sent, "The sender → The host; sent at 8.40, arrived at 8.45");
    assert_eq!(crossing.carried, "The porter chose “Bend it”.");
    assert_eq!(
        crossing.unchanged,
        "Had it been carried as it was meant, the game would have ended: “The reported night”."
    );
    let marked = |stretches: Vec<(String, bool)>| -> String {
        stretches.into_iter().filter(|(_, marked)| *marked).map(|(words, _)| words).collect()
    };
    assert_eq!(marked(crossing.meant_marked()), "could ease");
    assert_eq!(marked(crossing.heard_marked()), "would lift");
    assert!(!debrief.turns.bounded);
}

/// From the porter's seat the word is his own, and what he decided is a decision like others.
#[test]
fn who_carried_it_is_told_what_they_made_of_it() {
    let waits = WORD
        .replace("go: \"out\", lean: 0", "go: \"out\", lean: 1")
        .replace("go: \"gone\", lean: 1", "go: \"gone\", lean: 0");
    let story = story_from(&waits);
    let porter = SeatId::new(1);
    let mut session = night(&story, porter, 1);
    let bent = session.options().picks()[1];
    session.input(Input::Decide(session.state().scene, bent)).expect("open");
    let turns = turns(&session, porter);
    assert_eq!(
        turns.turned[0].happened,
        "At 8.40 you chose “Bend it”. “that he could ease them” was heard as “that he would lift them”."
    );
    let other = &turns.turned[0].alternatives[0];
    assert!(other.told.starts_with("Had you chosen “Word for word”, "), "{turns:#?}");
    assert_eq!(other.ending.as_deref(), Some("The reported night"));
}

/// A decision of one's own about a crossing can be played on from; one of somebody else's cannot.
#[test]
fn what_turned_it_has_a_fork_where_it_was_ones_own() {
    let story = story_from(WORD);
    let session = ended(&story, SeatId::new(0), &[0, 0]);
    assert_eq!(turns(&session, SeatId::new(0)).turned[0].fork, None);
    let waits =
        WORD.replace("lean: 0), (say: \"Leave", "lean: 1), (say: \"Leave").replace("lean: 1)]),", "lean: 0)]),");
    let story = story_from(&waits);
    let porter = SeatId::new(1);
    let mut session = night(&story, porter, 1);
    let bent = session.options().picks()[1];
    session.input(Input::Decide(session.state().scene, bent)).expect("open");
    let turns = turns(&session, porter);
    let fork = turns.turned[0].fork.clone().expect("its own");
    assert_eq!((fork.input, fork.number), (0, 1));
    assert_eq!(fork.decision, "at 8.40, “Word for word” instead of “Bend it”");
    // It leads to another ending, and is offered once.
    let offered: Vec<_> = turns.forks().map(|(fork, ending)| (fork.clone(), ending.is_some())).collect();
    assert_eq!(offered, [(fork, true)]);
}

/// What is quoted is a whole paragraph, or the first sentences of one that is too long: never half of what is said, and
/// never a sentence that was read either way.
#[test]
fn what_would_have_been_read_is_quoted_whole() {
    let story = story_from(
        r#"(
  treatments: { "plain": (name: "Word for word"), "bent": (name: "Bend it") },
  roles: { "sender": (name: "The sender"), "host": (name: "The host") },
  messages: {
    "word": (from: "sender", to: "host", say: "Send word.", gist: "that he could ease them", heard: {
      "plain": (text: "that he could ease them"),
      "bent": (text: "that all of it is to be lifted"),
    }),
  },
  scenes: {
    "hall": (seat: "sender", text: "What?", pass: (messages: ["word"], go: "stairs")),
    "stairs": (seat: "sender", text: "You carry it yourself.", relay: (treatments: ["plain", "bent"], go: "end")),
    "end": (route: [(when: "heard(word) is bent", go: "bent"), (go: "late")]),
    "bent": (text: "So.", go: "late"),
    "late": (
      others: { "sender": "
        It is late by now, and the lamp in the passage has been turned down.

        {if heard(word) is bent:
          “No,” says one. “And no.”

          Somebody in there pushes back a heavy chair. “Lifted,” says a voice, “all of it? LONG” It is very quiet.
        | They wrote nothing down, and asked for nothing, and the tray went out untouched. }
      " },
      route: [(when: "heard(word) is bent", go: "up"), (go: "down")],
    ),
    "up": (text: "Up.", end: "Up"),
    "down": (text: "Down.", end: "Down"),
  },
)"#
        .replace("LONG", &"And what do they want for it, then? ".repeat(10))
        .as_str(),
    );
    let session = ended(&story, SeatId::new(0), &[0, 0]);
    let turns = turns(&session, SeatId::new(0));
    let other = &turns.turned[0].alternatives[0];
    assert_eq!(other.read.as_deref(), Some("Somebody in there pushes back a heavy chair."));
    let told = "the game would have ended: “Up”. You would have read: “Somebody in there pushes back a heavy chair.”";
    assert!(other.told.ends_with(told), "{turns:#?}");
}

/// Where a game that is played once more comes to what nobody has decided, nothing is made up: no ending is named, even
/// where all of them would be the same. What is counted right after the decision is known.
#[test]
fn what_was_not_decided_leads_to_no_ending() {
    let story = story_from(
        r#"(roles: { "w": (name: "The walker") },
      vars: { "dry": (flag: true, start: true, name: "Feet", seen_by: ["w"], words: ["wet", "dry"]) },
      scenes: {
      "a": (seat: "w", text: "A wood.", choices: [(say: "Left.", go: "b"), (say: "Right.", do: ["dry = false"], go: "c")]),
      "b": (text: "A pond.", end: "The pond"),
      "c": (seat: "w", text: "LONG", choices: [(say: "On.", go: "d"), (say: "Back.", go: "b")]),
      "d": (text: "A hill.", end: "The hill"),
    })"#
        .replace("LONG", &"There is a gate here, and behind it another wood. ".repeat(4))
        .as_str(),
    );
    let turns = turns(&ended(&story, SeatId::new(0), &[0]), SeatId::new(0));
    let [turned] = &turns.turned[..] else { panic!("{turns:#?}") };
    assert_eq!(turned.happened, "You chose “Left”.");
    let [other] = &turned.alternatives[..] else { panic!("{turns:#?}") };
    assert_eq!(other.ending, None);
    let told = "Had you chosen “Right”, it would at once have been “Feet: wet” instead of “dry”. You would have read: “There is a gate";
    assert!(other.told.starts_with(told), "{}", other.told);
    assert!(other.told.ends_with("What comes after that you would have had to decide anew."), "{}", other.told);
    assert!(turns.endings.is_empty(), "{turns:#?}");
}

/// Strokes on one sheet are told as one, and a stroke that would only take back another is no other way.
#[test]
fn strokes_on_a_sheet_are_one_decision() {
    let story = story_from(
        &CARD
            .replace("most: 1, say: \"Hand it on.\"", "most: 2, say: \"Hand it on.\"")
            .replace("\"over\": (", "\"over\": (route: [(when: \"card.name is clerk\", go: \"rain\"), (go: \"in\")]), \"rain\": (text: \"No name.\", end: \"The rain\"), \"in\": ("),
    );
    let mut session = Session::new(&story, 1, vec![Holder::Person; 2]);
    for pick in [Pick::Line(0), Pick::Line(1), Pick::Done, Pick::Choice(0), Pick::Choice(0)] {
        session.input(Input::Decide(session.state().scene, pick)).expect("open");
    }
    let turns = turns(&session, SeatId::new(0));
    let [one] = &turns.turned[..] else { panic!("{turns:#?}") };
    assert!(!one.alternatives.is_empty(), "{turns:#?}");
    for other in &one.alternatives {
        assert!(!other.told.contains("Restore"), "{turns:#?}");
    }
}

/// The hour of a message is the hour of the page on which it was sent, whatever its sending takes.
#[test]
fn a_message_is_dated_by_the_page_it_was_sent_on() {
    let story = story_from(
        r#"(
  clock: (starts: "20:40", ends: "22:00", tick: 5),
  roles: { "sender": (name: "The sender"), "host": (name: "The host") },
  treatments: { "plain": (name: "Word for word") },
  messages: { "word": (from: "sender", to: "host", gist: "that he could ease them", heard: { "plain": (text: "that he could") }) },
  chronicle: [(time: "20:00", text: "It began.")],
  scenes: {
    "hall": (seat: "sender", text: "What?", choices: [(say: "Send word.", do: ["minutes +10"], send: "word", go: "stairs")]),
    "stairs": (seat: "host", text: "You hear {meant}.", relay: (treatments: ["plain"], go: "end")),
    "end": (text: "Over.", end: "Over"),
  },
)"#,
    );
    let debrief = debrief(&ended(&story, SeatId::new(0), &[0]), SeatId::new(0));
    assert!(debrief.trail[0].sent.ends_with("; sent at 8.40, arrived at 8.50"), "{:#?}", debrief.trail);
    assert_eq!(debrief.clock[1].time, "8.40");
}

/// What turned it, over random sessions of every story that comes along: nothing that arrived as it was meant, no piece
/// of a sentence, no more than two alternatives of one decision, no ending that was not reached.
#[test]
fn what_turned_it_is_whole_and_was_really_played() {
    let mut told = 0;
    for name in ["hold-the-line", "last-ferry", "two-doors", "hold-the-line-class"] {
        let story = story(name);
        let mut dice = Dice(14);
        // A session of the episode is played again some hundred times.
        for seed in 0..if name.starts_with("hold") { 8 } else { 50 } {
            let seat = SeatId::new(dice.below(story.seats.len()));
            let session = at_random(&story, seat, seed, &mut dice);
            let turns = turns(&session, seat);
            assert!(turns.turned.len() <= 3, "{turns:#?}");
            let trail = debrief(&session, seat).trail;
            let pages: Vec<Session<'_>> = played_again(&session, seat);
            let mut forks: Vec<(usize, usize)> = turns.endings.iter().map(|ending| (ending.fork.input, 1)).collect();
            for turned in &turns.turned {
                told += 1;
                assert!((1..=2).contains(&turned.alternatives.len()), "{turned:#?}");
                let heard = |meant: &str| turned.happened.contains(&format!("“{meant}” was heard as"));
                for crossing in trail.iter().filter(|crossing| heard(&crossing.meant)) {
                    let changed = trail.iter().any(|other| other.meant == crossing.meant && !other.is_unchanged());
                    assert!(changed, "{}", turned.happened);
                }
                for other in &turned.alternatives {
                    if let Some(read) = &other.read {
                        assert!(pages.iter().any(|page| is_whole(page, seat, read)), "{name} {seed}: {read}");
                    }
                    if let Some(title) = &other.ending {
                        assert!(pages.iter().any(|page| ending(page) == Some(title)), "{name} {seed}: {title}");
                        assert_ne!(ending(&session), Some(title.as_str()));
                    }
                }
                let text =
                    [turned.happened.clone()].into_iter().chain(turned.alternatives.iter().map(|it| it.told.clone()));
                for line in text {
                    assert!(!line.contains("…”") || line.contains("…’"), "cut short: {line}");
                    assert_eq!(line.matches('“').count(), line.matches('”').count(), "{line}");
                }
                forks.extend(turned.fork.as_ref().map(|fork| (fork.input, turned.alternatives.len())));
            }
            for input in 0..session.log().len() {
                let of_it: usize = forks.iter().filter(|(at, _)| *at == input).map(|(_, count)| count).sum();
                assert!(of_it <= 2, "{name} {seed}: {of_it} alternatives of decision {input}: {turns:#?}");
            }
            for other in turns.endings.iter().filter(|ending| !ending.fork.decision.contains("; and then, ")) {
                assert!(pages.iter().any(|page| ending(page) == Some(&other.title)), "{name} {seed}: {}", other.title);
            }
        }
    }
    assert!(told > 100, "{told}");
}

fn at_random<'s>(story: &'s Story, seat: SeatId, seed: u64, dice: &mut Dice) -> Session<'s> {
    let mut session = night(story, seat, seed);
    while session.turn().is_some() {
        let open = picks(&session);
        session.input(Input::Decide(session.state().scene, open[dice.below(open.len())])).expect("open");
    }
    session
}

/// Every session with one decision taken otherwise: the seat's own, and how others carried messages.
fn played_again<'s>(session: &Session<'s>, seat: SeatId) -> Vec<Session<'s>> {
    let story = session.story();
    let mut out = Vec::new();
    for (at, (before, step)) in session.placed_steps().enumerate() {
        let open = match step.pick {
            _ if step.seat == seat => session.rewound_to(before).options().picks(),
            Pick::Treat(_) => (0..story.treatments.len()).map(|at| Pick::Treat(MannerId::new(at))).collect(),
            _ => Vec::new(),
        };
        out.extend(open.into_iter().filter_map(|pick| session.otherwise(at, pick, seat)));
    }
    out
}

fn ending<'s>(session: &Session<'s>) -> Option<&'s str> {
    session.ending().map(|ending| session.story().endings[ending.index()].title.as_str())
}

/// Whether these are whole sentences of the page, from the beginning of a paragraph.
fn is_whole(session: &Session<'_>, seat: SeatId, quoted: &str) -> bool {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    session.page(seat).flat_map(|block| paragraphs(block.text)).any(|paragraph| {
        let words = |sentence: &Sentence<'_>| sentence.runs.iter().map(|run| run.text).collect::<String>();
        let sentences: Vec<String> = paragraph.sentences.iter().map(|it| one_line(&words(it))).collect();
        (1..=sentences.len()).any(|count| {
            let beginning =
                sentences[..count].iter().filter(|it| !it.is_empty()).cloned().collect::<Vec<_>>().join(" ");
            beginning.replace('“', "‘").replace('”', "’") == quoted
        })
    })
}

/// Where no one decision leads to an ending, two may.
#[test]
fn an_ending_that_takes_two_decisions_is_told_with_both() {
    let story = story_from(
        r#"(
  vars: { "key": (flag: true) },
  endings: { "in": (title: "Inside", because: "You had the key, and used it."), "out": (title: "Outside") },
  scenes: {
    "a": (text: "A hook.", choices: [(say: "Leave it.", go: "b"), (say: "Take the key.", do: ["key = true"], go: "b")]),
    "b": (text: "{if key: It is cold. | Nothing.}", choices: [(say: "Walk on.", go: "c"), (say: "Try the door.", go: "d")]),
    "c": (text: "A street.", end: "out"),
    "d": (route: [(when: "key", go: "e"), (go: "c")]),
    "e": (text: "A room.", end: "in"),
  },
)"#,
    );
    let session = ended(&story, SeatId::new(0), &[0, 0]);
    let turns = turns(&session, SeatId::new(0));
    let [other] = &turns.endings[..] else { panic!("{turns:#?}") };
    assert_eq!((other.title.as_str(), other.because.as_str()), ("Inside", "You had the key, and used it."));
    let both = "“Take the key” instead of “Leave it”; and then, “Try the door” instead of “Walk on”";
    assert_eq!(other.fork.decision, both);
    assert_eq!((other.fork.input, other.fork.number), (0, 1));
}

/// “Set right” is told only of a message that came to stand as it was meant.
#[test]
fn only_what_was_set_right_is_said_to_have_been() {
    for (carried, now, told) in [
        ("bent", "plain", "It was set right before the end."),
        ("plain", "bent", "Before the end it stood as “that he would lift them”."),
    ] {
        let lean = |treatment: &str| usize::from(treatment == carried);
        let story = story_from(
            &WORD
                .replace("\"Word for word\", lean: 0", &format!("\"Word for word\", lean: {}", lean("plain")))
                .replace("minutes: 5, lean: 1", &format!("minutes: 5, lean: {}", lean("bent")))
                .replace("\"Wait.\", go", &format!("\"Wait.\", do: [\"heard(word) = {now}\"], go")),
        );
        let session = ended(&story, SeatId::new(0), &[0, 0]);
        assert_eq!(debrief(&session, SeatId::new(0)).trail[0].later, told);
    }
}

/// Where the sheet itself is the message, what was done with it on its way is told once: with the messages.
#[test]
fn a_sheet_that_was_pocketed_on_its_way_is_told_of_once() {
    let story = story_from(
        &CARD
            .replace("sheets:", "treatments: { \"plain\": (name: \"Lay it down\", lean: 0), \"kept\": (name: \"Pocket it, and say it by heart\") },\n  messages: { \"card\": (from: \"clerk\", to: \"mother\", say: \"Send it.\", gist: \"the card, as it is\", heard: { \"plain\": (text: \"the card\"), \"kept\": (text: \"two lines, by heart\") }) },\n  sheets:")
            .replace("say: \"Hand it on.\", go: \"door\")),", "say: \"Hand it on.\", go: \"send\")),\n    \"send\": (seat: \"clerk\", text: \"Now.\", pass: (messages: [\"card\"], go: \"way\")),\n    \"way\": (seat: \"clerk\", text: \"You go yourself.\", relay: (treatments: [\"plain\", \"kept\"], go: \"door\")),"),
    );
    let mut session = Session::new(&story, 1, vec![Holder::Person; 2]);
    for words in ["Strike: An hour", "Hand it on", "Send it", "Pocket it", "Keep it", "Buy"] {
        let seat = session.turn().expect("not over");
        let picks = session.options().picks();
        let pick = picks.into_iter().find(|pick| session.words(seat, *pick).starts_with(words)).expect(words);
        session.input(Input::Decide(session.state().scene, pick)).expect("open");
    }
    let debrief = debrief(&session, SeatId::new(1));
    assert_eq!(debrief.trail[0].carried, "The clerk chose “Pocket it, and say it by heart”.");
    assert_eq!(
        debrief.sheets[0].hands,
        ["The clerk chose “Hand it on”.", "The mother chose “Keep it”."],
        "{:#?}",
        debrief.sheets
    );
}

#[test]
fn where_no_decision_leads_elsewhere_that_is_said() {
    let hallway = Hallway::new();
    let path = hallway.home.path().join("walk.ron");
    let walk = r#"(scenes: {
      "a": (text: "A wood.", choices: [(say: "Left.", go: "b"), (say: "Right.", go: "b")]),
      "b": (text: "A pond.", end: "The pond"),
    })"#;
    std::fs::write(&path, walk).expect("written");
    let out = hallway.run(&["play", "--plain", "--seed", "1", &path.display().to_string()], "1\ndebrief\nquit\n").out;
    assert!(out.contains("No one decision, changed by itself, would have changed the ending"), "{out}");
    assert!(out.contains("would have led to another ending, nor any two that were tried"), "{out}");
}

#[test]
fn looking_back_is_bounded_and_the_same_every_time() {
    let choices: Vec<String> = (0..6).map(|at| format!("(say: \"Step {at}.\", keep: true, do: [\"n +1\"])")).collect();
    let story = story_from(&format!(
        "(vars: {{ \"n\": (min: 0, max: 400) }}, scenes: {{ \"a\": (text: \"{{n}} {}\", choices: [{}, (say: \"Stop.\", when: \"n >= 300\", go: \"b\")]), \"b\": (text: \"B.\", end: \"B\") }})",
        "word ".repeat(20),
        choices.join(", ")
    ));
    let mut taken = vec![0; 300];
    taken.push(6);
    let session = ended(&story, SeatId::new(0), &taken);
    let first = turns(&session, SeatId::new(0));
    assert!(first.bounded);
    assert!(first.replays <= 240, "{}", first.replays);
    assert_eq!(first, turns(&session, SeatId::new(0)));
}

/// One decision taken otherwise leaves all luck and every other decision as it was, where it can still be taken.
#[test]
fn a_decision_taken_otherwise_keeps_the_luck_and_the_later_decisions() {
    let story = story("hold-the-line");
    let mut dice = Dice(5);
    for seat in story.seat_ids() {
        let mut session = night(&story, seat, 11);
        while session.turn().is_some() {
            let open = picks(&session);
            session.input(Input::Decide(session.state().scene, open[dice.below(open.len())])).expect("open");
        }
        let placed: Vec<_> = session.placed_steps().collect();
        let (mut tried, mut over) = (0, 0);
        for (at, (before, step)) in placed.iter().enumerate().filter(|(_, (_, step))| step.seat == seat) {
            let open = session.rewound_to(*before).options().picks();
            for pick in open.into_iter().filter(|pick| *pick != step.pick).take(2) {
                let other = session.otherwise(at, pick, seat).expect("it was open");
                tried += 1;
                let steps: Vec<_> = other.steps().collect();
                assert_eq!(steps[at].pick, pick);
                over += usize::from(other.is_over());
                // It ends, or it stops where there is something to choose that nobody has chosen.
                assert!(other.is_over() || (other.turn() == Some(seat) && other.options().picks().len() > 1));
                for (at, step) in other.placed_steps().skip(at + 1).filter(|(_, step)| step.by == By::Person) {
                    let decided = || placed.iter().any(|(_, was)| (was.scene, was.pick) == (step.scene, step.pick));
                    assert!(decided() || other.rewound_to(at).options().picks().len() == 1, "made up for a person");
                }
                let same = |index: usize| {
                    (steps[index].scene, steps[index].pick) == (placed[index].1.scene, placed[index].1.pick)
                };
                assert!((0..at).all(same), "something before it has changed");
                // What it makes is a session like any other: its own log makes it again.
                let again = Session::replay(&story, 11, other.holders().to_vec(), other.log()).expect("its own log");
                assert_eq!(again.state(), other.state());
            }
            assert!(session.otherwise(at, step.pick, seat).is_none(), "the same is not otherwise");
        }
        assert!(tried > 10 && over > tried / 3, "{over} of {tried}");
    }
}

const CARD: &str = r#"(
  roles: { "clerk": (name: "The clerk"), "mother": (name: "The mother") },
  sheets: { "card": (name: "The card", lines: { "name": "A name.", "hour": "An hour." }) },
  scenes: {
    "desk": (seat: "clerk", text: "A card.", mark: (sheet: "card", most: 1, say: "Hand it on.", go: "door")),
    "door": (
      seat: "mother", text: "It comes to you.",
      mark: (sheet: "card", most: 1, say: "Hand it back.", go: "end"),
      choices: [(say: "Keep it.", go: "end")],
    ),
    "end": (seat: "mother", text: "Well?", choices: [(say: "Put the card into your coat.", go: "over"), (say: "Buy a cardigan.", go: "over")]),
    "over": (text: "Over.", end: "Over"),
  },
)"#;

#[test]
fn a_sheet_is_told_as_it_ended_with_whose_hand_it_was_and_where_it_went() {
    let story = story_from(CARD);
    let mut session = Session::new(&story, 1, vec![Holder::Person; 2]);
    for pick in [Pick::Line(1), Pick::Done, Pick::Line(0), Pick::Choice(0), Pick::Choice(0)] {
        session.input(Input::Decide(session.state().scene, pick)).expect("open");
    }
    let debrief = debrief(&session, SeatId::new(1));
    let [sheet] = &debrief.sheets[..] else { panic!("{:#?}", debrief.sheets) };
    let line = |text: &str, who: &str| (text.to_owned(), Some(who.to_owned()));
    assert_eq!(sheet.lines, [line("A name.", "The mother"), line("An hour.", "The clerk")]);
    assert_eq!(
        sheet.hands,
        [
            "The clerk chose “Hand it on”.",
            "The mother chose “Keep it”.",
            "The mother chose “Put the card into your coat”."
        ]
    );
}

#[test]
fn a_sheet_that_nobody_had_in_hand_is_not_told_of() {
    let story =
        story_from(&CARD.replace("\"desk\": (seat", "\"before\": (text: \"B.\", go: \"over\"), \"desk\": (seat"));
    let session = Session::new(&story, 1, vec![Holder::Person; 2]);
    assert!(debrief(&session, SeatId::new(0)).sheets.is_empty());
}

#[test]
fn the_plain_face_tells_the_night_first_and_the_record_when_it_is_asked_for() {
    let hallway = Hallway::new();
    let answers = format!("{}more\nmore 1\nmore 3\nmore 99\nquit\n", "1\n".repeat(120));
    let out = hallway.run(&["play", "--plain", "--role", "aide", "--seed", "7"], &answers).out;
    let (night, rest) = out.split_once("\nEnding: ").expect("an ending");
    let order = [
        "How it stood at the end:",
        "- The threshold. For a yes: ",
        "What turned it:",
        "What would have led elsewhere:",
        "What was meant, what was carried",
        "as it ended:",
        "`more` tells",
    ];
    let found: Vec<Option<usize>> = order.iter().map(|words| night.find(words)).collect();
    assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{found:?}\n{night}");
    // What is known begins with what there is; the sources stand where one of these is opened.
    for words in ["Do not quote", "1. Your game, and what is reported", "Rival explanations", "`more` and a number"] {
        assert!(!night.contains(words), "{words}: {night}");
        assert!(rest.contains(words), "{words}: {rest}");
    }
    let (list, opened) = rest.split_once("`more` and a number").expect("a list");
    for words in [", reported: ", "   For: ", "There is nothing more under 99"] {
        assert!(!list.contains(words), "{words}: {list}");
        assert!(opened.contains(words), "{words}: {opened}");
    }
    assert!(!out.contains("[-") && !out.contains("[+"), "no marks of a machine");
}

#[test]
fn a_night_that_is_over_is_written_down_and_one_that_is_not_keeps_its_secrets() {
    let hallway = Hallway::new();
    let save = hallway.home.path().join("a.night").display().to_string();
    let play = ["play", "--plain", "--role", "rouhani", "--seed", "7", "--save", &save];
    hallway.run(&play, "1\n1\n");
    let early = hallway.run(&["debrief", &save], "");
    assert_eq!((early.code, early.out.as_str()), (1, ""), "{}", early.err);
    assert!(early.err.contains("this game is not over"), "{}", early.err);
    hallway.run(&["play", "--plain", "--save", &save], &"1\n".repeat(120));
    let order = [
        "# Hold the Line: The leak",
        "What turned it",
        "What was meant, what was carried, what was heard",
        "Heard: that he will plead for it at the other hotel",
        "The card, as it ended",
        "What is known, and what is not",
        "Do not quote this game as history",
        "Rival explanations",
        "Worth arguing about",
    ];
    for format in ["text", "markdown", "html"] {
        let run = hallway.run(&["debrief", &save, "--format", format], "");
        assert_eq!(run.code, 0, "{}", run.err);
        // Plain text sets its headings in capitals, and breaks its lines.
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let out = flat(&run.out);
        let at: Vec<Option<usize>> =
            order.iter().map(|words| out.find(&flat(words.trim_start_matches("# ")))).collect();
        assert!(at.iter().all(Option::is_some) && at.is_sorted(), "{format}: {at:?}\n{}", run.out);
        assert!(!run.out.contains("[-") && !run.out.contains("[+"), "no marks of a machine");
    }
}

/// A saved game is written down as its seat saw it; what another saw is told at the end alone.
#[test]
fn a_saved_game_is_written_down() {
    let hallway = Hallway::new();
    let save = hallway.home.path().join("a.night").display().to_string();
    hallway.run(&["play", "--plain", "--role", "rouhani", "--seed", "7", "--save", &save], "1\n1\n");
    let run = |more: &[&str]| hallway.run(&[["transcript", save.as_str()].as_slice(), more].concat(), "");
    let own = run(&[]);
    assert_eq!(own.code, 0, "{}", own.err);
    assert!(own.out.starts_with("Hold the Line"), "{}", own.out);
    assert_eq!(own.out.matches("\n› ").count(), 2, "{}", own.out);
    assert!(own.out.lines().all(|line| line.chars().count() <= 78), "{}", own.out);
    assert_eq!(run(&["--role", "rouhani"]).out, own.out);
    for early in [&["--role", "macron"][..], &["--all"]] {
        let refused = run(early);
        assert_eq!((refused.code, refused.out.as_str()), (1, ""), "{}", refused.err);
        assert!(refused.err.contains("this game is not over"), "{}", refused.err);
    }
    hallway.run(&["play", "--plain", "--save", &save], &"1\n".repeat(120));
    let (other, all) = (run(&["--role", "macron"]), run(&["--all"]));
    assert_eq!((other.code, all.code), (0, 0), "{}{}", other.err, all.err);
    assert!(other.out.contains("The corridor") && all.out.len() > 2 * other.out.len(), "{}", other.out);
    let [markdown, html] = ["markdown", "html"].map(|format| run(&["--format", format]).out);
    assert!(markdown.starts_with("# Hold the Line") && html.starts_with("<!DOCTYPE html>"));
    // The same words in each.
    let words = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    assert!(words(&markdown) == words(&run(&[]).out), "{markdown}");
}

/// Of two people at one keyboard neither reads the other's part before the end.
#[test]
fn a_shared_game_is_written_down_at_its_end_alone() {
    let hallway = Hallway::new();
    let story = crate::support::story("hold-the-line");
    let persons = story.seat_ids().map(|_| hallway::engine::Holder::Person).collect();
    let session = hallway::engine::Session::new(&story, 7, persons);
    let save = hallway.home.path().join("a.night");
    drop(hallway::record::begin(Some(&save), "hold-the-line", &session).expect("begun"));
    let run = hallway.run(&["transcript", &save.display().to_string()], "");
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{}", run.err);
}

#[test]
fn who_struck_a_line_is_told_also_where_there_is_only_a_reader() {
    let story = story_from(
        r#"(sheets: { "card": (name: "The card", lines: { "date": "On Friday." }) }, scenes: {
          "mark": (text: "{card}", mark: (sheet: "card", go: "read")), "read": (text: "{card}", end: "Read") })"#,
    );
    let mut session = Session::new(&story, 1, vec![Holder::Person]);
    for pick in [Pick::Line(0), Pick::Done] {
        session.input(Input::Decide(session.state().scene, pick)).expect("open");
    }
    let debrief = debrief(&session, SeatId::new(0));
    assert_eq!(debrief.sheets[0].lines, [("On Friday.".to_owned(), Some("you".to_owned()))]);
}
