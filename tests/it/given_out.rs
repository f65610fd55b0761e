//! What has been given out once must stay as it is: saves lie on disks, and codes stand on blackboards. Whoever changes
//! one of these lines breaks every night that was kept, and every class that wrote a code down.

use std::path::Path;

use hallway::engine::{Input, Pick, Session};
use hallway::record::{ClassCode, Journal, replay_result, result_code};
use hallway::story::{MannerId, MessageId, SceneId, SeatId, Story};

use crate::support::story_from;

/// A story with one of everything that decides.
pub const STORY: &str = r#"(
  title: "Given out",
  clock: (starts: "17:30", ends: "18:30", tick: 5),
  roles: {
    "captain": (name: "The captain", standing: (say: "Wait.", go: "sea")),
    "doctor": (name: "The doctor"),
  },
  vars: {
    "trust": (min: -2, max: 12, start: 3, seen_by: ["captain"]),
    "door": (states: ["shut", "half_open", "open"]),
    "told": (flag: true),
  },
  carriers: { "note": (name: "a note"), "voice": (name: "by voice") },
  treatments: { "faithful": (name: "word for word"), "softened": (name: "softened") },
  messages: {
    "hold": (from: "doctor", to: "captain", say: "Hold the ship.", gist: "hold the ship", heard: {
      "faithful": (text: "Hold the ship.", do: ["told = true"]),
      "softened": (text: "Could the ship be held?", do: ["trust -1"]),
    }),
  },
  sheets: { "card": (name: "Card", lines: { "hour": "At nine.", "place": "In the hall." }) },
  freeze: "end",
  injects: { "gull": (name: "A gull", text: "A gull comes."), "rain": (name: "Rain", text: "It rains.") },
  scenes: {
    "dock": (seat: "doctor", text: "A dock.", pass: (messages: ["hold"], by: ["note", "voice"], go: "bridge")),
    "bridge": (seat: "doctor", text: "A bridge.", relay: (treatments: ["faithful", "softened"], go: "card")),
    "card": (seat: "captain", text: "{card}", mark: (sheet: "card", most: 2, say: "Enough.", go: "hall")),
    "hall": (seat: "captain", text: "A hall.", choices: [
      (id: "open", say: "Open the door.", when: "told", do: ["door = open", "trust +2"], go: "end"),
      (say: "Leave it.", go: "end"),
    ]),
    "sea": (seat: "captain", text: "The sea.", go: "hall"),
    "end": (text: "{if door is open and trust > 3: Open. | Shut.}", end: "Over"),
  },
)"#;

/// A night on disk, line by line.
const KEPT: &str = r#"(hallway:1,story:"given-out.ron",title:"Given out",fingerprint:"9236aeb6d068f9f8",seed:9,seats:{"captain":"person","doctor":"person"})
(at:"dock",send:"hold",by:"note",check:229377806)
(inject:"rain")
(at:"bridge",treat:"faithful",check:1185615804)
(at:"card",line:"place",check:2098177449)
(at:"card",done:true,check:3173613153)
(at:"hall",standing:true,check:555266458)
(at:"hall",silence:true,check:555266458)
"#;

/// Class codes by seed and persons, the codes of two nights, and a class code with turns of 45 seconds.
const GIVEN: [&str; 7] = [
    "RW3MZ-3JX22-2B52",
    "233MZ-3JX22-2222",
    "983MZ-3JX22-2332",
    "DA3MZ-3JXYJ-KZ42",
    "YKHSE-295TH-DF",
    "F4MSE-23B",
    "5C3MZ-3JX22-2B54",
];

/// The codes of the same two nights as they were first given out, without a letter for their length.
const GIVEN_FIRST: [&str; 2] = ["DAGSE-295TH-D", "47LSE-23"];

fn class(story: &Story, seed: u64, persons: &[usize]) -> ClassCode {
    let persons: Vec<SeatId> = persons.iter().map(|at| SeatId::new(*at)).collect();
    ClassCode::new(story, seed, &persons).expect("a small seed")
}

/// A night with one input of every kind, kept and told as a code.
fn night<'s>(story: &'s Story, class: &ClassCode, path: &Path, inputs: &[fn(SceneId) -> Input]) -> Session<'s> {
    let mut session = Session::new(story, u64::from(class.seed), class.holders(story));
    let mut journal = Journal::create(path, "given-out.ron", &session).expect("made");
    for input in inputs {
        let input = input(session.state().scene);
        journal.input(&session, input).expect("written");
        session.input(input).expect("taken");
    }
    session
}

fn first() -> MannerId {
    MannerId::new(0)
}

fn send() -> Pick {
    Pick::Send { message: MessageId::new(0), carrier: Some(first()), licence: None }
}

#[test]
fn saves_and_codes_are_what_they_were() {
    let story = story_from(STORY);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.night");
    let all = class(&story, 9, &[0, 1]).with_turns_of(45);
    let played = night(
        &story,
        &all,
        &path,
        &[
            |at| Input::Decide(at, send()),
            |_| Input::Inject(1),
            |at| Input::Decide(at, Pick::Treat(first())),
            |at| Input::Decide(at, Pick::Line(1)),
            |at| Input::Decide(at, Pick::Done),
            |at| Input::Decide(at, Pick::Standing),
            |at| Input::Silence(at),
        ],
    );
    assert_eq!(std::fs::read_to_string(&path).expect("read"), KEPT);
    let stopped = folder.path().join("b.night");
    let stopped = night(&story, &all, &stopped, &[|at| Input::Decide(at, send()), |_| Input::Freeze]);
    let codes = [(9, &[0, 1][..]), (0, &[]), (1, &[0]), (999_999, &[1])];
    let mut given: Vec<String> = codes.iter().map(|(seed, persons)| class(&story, *seed, persons).letters()).collect();
    given.extend([&played, &stopped].map(|night| result_code(night).expect("nothing was set by hand")));
    given.push(all.letters());
    assert_eq!(given, GIVEN);
    for (code, night) in GIVEN_FIRST.into_iter().chain([GIVEN[4], GIVEN[5]]).zip([&played, &stopped].repeat(2)) {
        let again = replay_result(code, &all, &story).expect("it was given out");
        assert_eq!((again.log(), again.state()), (night.log(), night.state()), "{code}");
    }
}
