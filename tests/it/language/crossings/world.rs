//! One story, in which everything that a condition or a form can look at has come to be something known.

/// A story in which all that stands in the lists of conditions and forms has come to be so before the scene `test`.
#[derive(Default)]
pub struct World {
    /// More variables.
    pub vars: String,
    /// More carriers, licences, treatments and handlings.
    pub ways: [String; 4],
    /// More messages, and more readings of `late`.
    pub messages: String,
    pub readings: String,
    /// Fields of the role that decides in `test`.
    pub sender: String,
    /// The scene `test`, and what follows it; `end` is there.
    pub scenes: String,
    /// What is decided in `test`.
    pub picks: Vec<String>,
}

impl World {
    /// The story.
    pub fn text(&self) -> String {
        let Self {
            vars, ways: [carriers, licences, treatments, handlings], messages, readings, sender, scenes, ..
        } = self;
        let picks: Vec<String> = self.picks.iter().map(|pick| format!(", {pick:?}")).collect();
        let picks = picks.concat();
        format!(
            r#"(
  clock: (starts: "20:00", ends: "21:00", tick: 5),
  roles: {{ "sender": (name: "Sender"{sender}), "aide": (name: "Aide"), "other": (name: "Other"), "fate": (name: "Fate") }},
  vars: {{ "a": (min: 0, max: 3), "b": (min: 0, max: 3), "c": (min: -2, max: 2), "wet": (flag: true), "dry": (flag: true), "line": (states: ["clear", "dead"]), {vars} }},
  carriers: {{ "card": (name: "Card", minutes: 5), "mouth": (name: "Mouth"), {carriers} }},
  licences: {{ "free": (name: "Free"), "strict": (name: "Strict"), {licences} }},
  treatments: {{ "plain": (name: "Plain"), "softened": (name: "Softened"), {treatments} }},
  handlings: {{ "nod": (name: "Nod"), "laugh": (name: "Laugh"), {handlings} }},
  sheets: {{ "slip": (name: "Slip", lines: {{ "date": "Friday.", "hour": "Nine." }}) }},
  messages: {{
    "late": (from: "sender", to: "other", keep: true, say: "Late.", gist: "late", heard: {{ "plain": (text: "late"), "softened": (text: "latish"), {readings} }}),
    "early": (from: "sender", to: "other", say: "Early.", gist: "early", heard: {{ "plain": (text: "early") }}),
    {messages}
  }},
  scenes: {{
    "s": (seat: "sender", text: "S.", pass: (messages: ["late", "early"], by: ["card"], licences: ["free"], go: "t")),
    "t": (seat: "aide", text: "T.", relay: (treatments: ["softened", "plain"], go: "u")),
    "u": (seat: "other", text: "U.", receive: (handlings: ["nod"], go: "hall")),
    "hall": (seat: "sender", do: ["a = 1", "b +2", "c -1", "wet = true", "line = dead", "strike slip.date"], text: "Hall.", choices: [(say: "On.", go: "test")]),
    {scenes}
    "end": (seat: "sender", text: "The end.", choices: [(say: "To the attic.", go: "attic"), (say: "Stop.", go: "over")]),
    "attic": (text: "Dust. {{a}} {{b}} {{c}} {{line}} {{wet}} {{dry}} {{slip}}", end: "Attic"),
    "over": (text: "Over.", end: "Over"),
  }},
  walks: {{ "there": (seats: ["sender", "aide", "other"], picks: ["late / card / free", "softened", "nod", "on"{picks}], through: ["hall"]) }},
)"#
        )
    }
}
