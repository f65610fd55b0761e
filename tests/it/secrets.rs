//! What a seat has not perceived must never be in its view.

use std::collections::HashSet;
use std::time::Duration;

use hallway::engine::{By, Holder, Input};
use hallway::story::{Piece, Prose, SeatId, Sources, Story, Template, check};
use hallway::tui::{App, AppEvent, AppStart, Display, Screen, draw};
use hallway::view::{ACTIONS, Key, Page, view};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use serde_json::{Value, json};

use crate::runtime::{Answers as _, next};
use crate::support::{Dice, night, picks, story};

/// The story with every word that belongs to one seat replaced by a token that names the seat.
pub fn tokens(mut story: Story) -> Story {
    let mut number = 0;
    // Conditions and values stay out of it: only words can tell. Those that show an answer stay, so that there is one.
    let mut token = |prose: &mut Prose, seat: usize, template: &mut Template| {
        if prose.words(*template).any(|piece| matches!(piece, Piece::Answer(_))) {
            return;
        }
        number += 1;
        *template = prose.literal(&format!("secret{seat}x{number} "));
    };
    let prose = &mut story.prose;
    for reading in story.messages.iter_mut().flat_map(|message| message.heard.iter_mut().flatten()) {
        for (seat, answer) in reading.answers.iter_mut().enumerate() {
            answer.iter_mut().for_each(|answer| token(prose, seat, answer));
        }
    }
    for (at, text) in story.texts.iter_mut().enumerate() {
        if let Some(text) = text {
            token(prose, at % story.seats.len(), text);
        }
    }
    for scene in &mut story.scenes {
        let seat = scene.seat.map_or(0, SeatId::index);
        if let (hallway::story::SceneKind::Decide(decision), Some(_)) = (&mut scene.kind, scene.seat) {
            if let Some(silence) = &mut decision.silence {
                let mut words = Template::default();
                token(prose, seat, &mut words);
                silence.text = prose.words(words).every_word();
            }
            for choice in &mut story.choices[decision.choices] {
                token(prose, seat, &mut choice.say);
                let others = choice.more.iter_mut().flat_map(|more| [&mut more.reply, &mut more.locked]);
                others.flatten().for_each(|words| token(prose, seat, words));
            }
        }
    }
    for (seat, role) in story.seats.iter_mut().enumerate() {
        if let Some(standing) = &mut role.standing {
            token(prose, seat, &mut standing.say);
        }
    }
    for message in &mut story.messages {
        message.say = Some(format!("secret{}x ", message.from.index()));
    }
    for var in &mut story.vars {
        if let [seat] = var.seen_by[..] {
            var.name = format!("secret{}x", seat.index());
            var.words.iter_mut().for_each(|word| *word = format!("secret{}x", seat.index()));
        }
    }
    story
}

fn words(page: &Page) -> String {
    let mut out: Vec<String> = page.blocks().map(|block| block.text.to_owned()).collect();
    if let Some(ask) = &page.ask() {
        for offer in ask.offers().chain(ask.standing()) {
            out.extend([
                offer.words().to_string(),
                offer.note().to_string(),
                offer.why().unwrap_or_default().to_owned(),
            ]);
        }
    }
    out.extend(page.status().iter().map(|status| format!("{} {}", status.name, status.word)));
    out.extend([page.place().to_owned(), page.part().unwrap_or_default().to_owned()]);
    out.join(" ")
}

/// Three seats, two messages that go round, and their answers wherever words can be.
fn answered() -> Story {
    let readings = |id: &str| {
        let reading = |treatment: &str| {
            let answers = r#""a": "For a.", "b": "For b.", "c": "For c.""#;
            format!(r#""{treatment}": (text: "{id} {treatment}", answers: {{ {answers} }})"#)
        };
        format!("{}, {}", reading("plain"), reading("soft"))
    };
    let others = |seats: [&str; 2]| {
        let other = |seat| format!(r#""{seat}": "{{answer}} {{answer(one)}} {{answer(two)}}""#);
        format!("others: {{ {}, {} }}", other(seats[0]), other(seats[1]))
    };
    let shows = "{answer} {answer(one)} {answer(two)}";
    let text = format!(
        r#"(
          roles: {{ "a": (name: "A", standing: (say: "Back. {shows}", go: "hall")), "b": (name: "B"), "c": (name: "C") }},
          treatments: {{ "plain": (name: "Plain"), "soft": (name: "Soft") }},
          messages: {{
            "one": (from: "a", to: "b", gist: "one", keep: true, heard: {{ {one} }}),
            "two": (from: "a", to: "c", gist: "two", keep: true, heard: {{ {two} }}),
          }},
          scenes: {{
            "hall": (
              seat: "a", text: "Here. {shows}", {ac},
              pass: (messages: ["one", "two"], go: "door"),
              choices: [(say: "Ask. {shows}", reply: "So. {shows}", go: "end")],
            ),
            "door": (seat: "b", text: "There. {shows}", {ab}, relay: (treatments: ["plain", "soft"], go: "room")),
            "room": (
              seat: "c", text: "Heard. {shows}", {cb},
              choices: [(say: "Go on. {shows}", keep: true, reply: "On. {shows}", go: "hall")],
            ),
            "end": (text: "It ends. {shows}", end: "E"),
          }},
        )"#,
        one = readings("one"),
        two = readings("two"),
        ac = others(["b", "c"]),
        ab = others(["a", "c"]),
        cb = others(["a", "b"]),
    );
    let checked = check(&Sources::from_texts([("answered.ron", text.as_str())]), Vec::new());
    checked.story.unwrap_or_else(|| panic!("{:?}", checked.diagnostics))
}

#[test]
fn no_other_seats_words_in_a_thousand_random_nights() {
    whispers(&tokens(story("hold-the-line")));
}

#[test]
fn an_answer_is_read_by_the_seat_that_it_is_for_alone() {
    whispers(&tokens(answered()));
}

/// Plays a thousand random nights of a story in which every seat's words are tokens, and looks for another's.
fn whispers(story: &Story) {
    let mut dice = Dice(99);
    let mut told: HashSet<usize> = HashSet::new();
    for number in 0..1000 {
        let seat = SeatId::new(number % story.seats.len());
        let mut session = night(story, seat, number as u64);
        loop {
            let seen = words(&view(&session, seat));
            let history: String = session.full_history(seat).page(seat).map(|block| block.text).collect();
            for other in story.seat_ids().filter(|other| *other != seat) {
                let token = format!("secret{}x", other.index());
                assert!(!seen.contains(&token), "night {number}: {token} on the page of seat {}", seat.index());
                assert!(!history.contains(&token), "night {number}: {token} in the history of seat {}", seat.index());
            }
            if seen.contains(&format!("secret{}x", seat.index())) {
                told.insert(seat.index());
            }
            if session.turn().is_none() {
                break;
            }
            let open = picks(&session);
            let scene = session.state().scene;
            session.input(Input::Decide(scene, open[dice.below(open.len())])).expect("open");
        }
    }
    // The tokens do appear where they belong, so the test can see.
    assert_eq!(told.len(), story.seats.len());
}

/// Three people at one keyboard, as somebody who watches it knows: who sits there, by what was pressed and whose turn it
/// is. It asks the program for nothing that the program could be wrong about.
#[derive(Clone)]
struct Keyboard<'s> {
    app: App<'s>,
    /// Whoever sits there; nobody from when another's turn has come until that one has sat down.
    holder: Option<SeatId>,
    screen: String,
    /// What led here, to be told where something is wrong.
    messages: Vec<AppEvent>,
}

const SITS_DOWN: &str = "nobody else is looking";

impl<'s> Keyboard<'s> {
    fn new(story: &'s Story, seed: u64, size: (u16, u16)) -> Self {
        let everybody = story.seat_ids().collect();
        let start = AppStart { seed: Some(seed), title: false, together: everybody, turn: 60, ..AppStart::of(story) };
        let (app, _) = App::new(start, Display::default(), Vec::new());
        let mut keyboard = Self { app, holder: None, screen: String::new(), messages: Vec::new() };
        keyboard.update(AppEvent::Resize(size.0, size.1));
        keyboard
    }

    /// Takes a message and looks at the frame after it.
    fn update(&mut self, message: AppEvent) {
        let sits_down =
            self.screen.contains(SITS_DOWN) && matches!(message, AppEvent::Key(Key::Char('1') | Key::Enter));
        self.app.update(message.clone());
        self.messages.push(message);
        let turn = self.app.session().and_then(|session| session.turn());
        if sits_down {
            self.holder = turn;
        } else if turn.is_some_and(|turn| self.holder != Some(turn)) {
            self.holder = None;
        }
        let (columns, rows) = self.app.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a test terminal");
        terminal.draw(|frame| draw(&self.app, frame)).expect("drawn");
        self.screen = terminal.backend().buffer().content.iter().map(|cell| cell.symbol()).collect();
    }

    fn key(&mut self, key: Key) {
        self.update(AppEvent::Key(key));
    }

    fn is_over(&self) -> bool {
        self.app.session().is_some_and(|session| session.is_over())
    }

    /// Somebody has begun a night without the others.
    fn is_alone(&self) -> bool {
        let person = |holder: &&Holder| **holder == Holder::Person;
        self.app.session().is_some_and(|session| session.holders().iter().filter(person).count() == 1)
    }

    /// The seats whose words are on the screen.
    fn told(&self) -> Vec<SeatId> {
        let seen = |seat: &SeatId| self.screen.contains(&format!("secret{}x", seat.index()));
        self.app.story.seat_ids().filter(seen).collect()
    }

    /// Nothing is shown that whoever sits there may not see; once the night is over everything may be seen.
    fn keeps_secrets(&self) {
        for seat in self.told() {
            let may = self.holder == Some(seat) || self.is_over();
            let (holder, messages, rows) = (self.holder, &self.messages, self.rows());
            assert!(may, "{holder:?} sits there and reads words of {seat:?} after {messages:?}:\n{rows}");
        }
    }

    fn rows(&self) -> String {
        let cells: Vec<char> = self.screen.chars().collect();
        cells.chunks(usize::from(self.app.size.0)).map(|row| row.iter().collect::<String>() + "\n").collect()
    }
}

/// A key for every action, and for every number, and one that means nothing.
pub fn every_key() -> Vec<Key> {
    let actions = ACTIONS.iter().filter_map(|spec| spec.keys.first().copied());
    actions.chain("0123456789z".chars().map(Key::Char)).collect()
}

/// Three people at one keyboard: whatever keys are pressed, no frame shows anybody but whoever sits there.
/// A page in a browser is answered for the seat at the keyboard alone, whatever it asks, and behind the curtain for nobody. What
/// is to be kept of the game holds every decision; it goes to the disk, and no page shows it.
#[test]
fn no_answer_to_a_page_in_a_browser_tells_one_seat_of_another() {
    let story = tokens(story("hold-the-line"));
    let seats: Vec<&str> = story.seats.iter().map(|seat| seat.id.as_str()).collect();
    let mut runtime = hallway::web::Runtime::default();
    runtime.open_story("night", &story);
    for seed in 0..40 {
        let mut dice = Dice(seed + 1);
        let alone = seed as usize % (seats.len() + 1);
        let persons = seats.get(alone..=alone).unwrap_or(&seats);
        let mut request = json!({ "do": "begin", "seats": persons, "seed": seed });
        for _ in 0..200 {
            let answer = runtime.ask(&request);
            let asked =
                ["page", "history", "decisions", "debrief", "codes"].map(|what| runtime.ask(&json!({ "do": what })));
            let others = seats.iter().map(|seat| runtime.ask(&json!({ "do": "history", "seat": seat })));
            let mut all: Vec<Value> = asked.into_iter().chain(others).chain([answer.clone()]).collect();
            let page = &all[0]["page"];
            if page["turn"] == "over" {
                break;
            }
            let own = seats.iter().position(|seat| page["seat"]["id"] == *seat);
            for answer in &mut all {
                let fields = answer.as_object_mut().expect("an object");
                fields.remove("save");
                fields.remove("lines");
                let words = answer.to_string();
                for other in (0..seats.len()).filter(|other| Some(*other) != own) {
                    assert!(!words.contains(&format!("secret{other}x")), "seed {seed}, seat {own:?}: {words}");
                }
            }
            let now = if answer["error"].is_string() { &all[0] } else { &answer };
            let Some(next) = next(now, &mut dice) else { break };
            request = next;
        }
    }
}

#[test]
fn no_frame_at_a_shared_keyboard_tells_one_seat_of_another() {
    let keys = [
        "1", "2", "3", "1", "2", "enter", "0", "h", "f", "r", "s", "w", "u", "m", "?", "esc", "space", "end", "tab",
        "/", "down", "1", "t", "5", "8",
    ];
    for name in ["hold-the-line", "hold-the-line-class"] {
        let story = tokens(story(name));
        let mut dice = Dice(7);
        let (mut told, mut curtains, mut silences) = (HashSet::new(), 0, 0);
        for number in 0..40 {
            let mut keyboard = Keyboard::new(&story, number, (120, 40));
            for step in 0..400 {
                if keyboard.is_alone() {
                    break;
                }
                keyboard.keeps_secrets();
                if keyboard.is_over() {
                    break;
                }
                curtains += usize::from(keyboard.screen.contains(SITS_DOWN));
                told.extend(keyboard.told());
                keyboard.key(Key::parse(keys[dice.below(keys.len())]).expect("a key"));
                // Now and then nobody decides in time.
                if step % 4 == 0 {
                    keyboard.update(AppEvent::Tick(Duration::from_secs(dice.below(60) as u64)));
                }
            }
            let steps = keyboard.app.session().into_iter().flat_map(|night| night.steps());
            silences += steps.filter(|step| step.by == By::Silence).count();
        }
        assert!(told.len() == 3 && curtains > 100, "{told:?}, {curtains} curtains");
        assert!(silences > 20, "{silences} silences");
    }
}

/// While the curtain hangs, every key after every other, through whatever screens they lay over each other: a frame that
/// has been seen before is not looked behind again, since the keys do the same there.
#[test]
fn no_keys_lead_behind_the_curtain() {
    let keys = every_key();
    for (name, size) in [("hold-the-line", (120, 40)), ("hold-the-line-class", (60, 20))] {
        let story = tokens(story(name));
        let mut curtains = 0;
        for seed in 0..3 {
            let mut dice = Dice(seed);
            let mut keyboard = Keyboard::new(&story, seed, size);
            // To a curtain that hangs between two people of whom the first has had a night already.
            while curtains < 2 * (seed as usize + 1) && !keyboard.is_over() {
                keyboard.key(Key::Enter);
                keyboard.key(Key::Char(['1', '2', '3'][dice.below(3)]));
                if keyboard.holder.is_none() && keyboard.app.session().is_some_and(|night| night.log().len() > 1) {
                    let screens = attacked(&keyboard, &keys);
                    // A teacher has stopped the night, and it was gone on with behind the curtain.
                    let stopped = story.freeze.is_none() || screens.contains(&Screen::Game);
                    let over = [Screen::Help, Screen::Teacher, Screen::Settings].iter().all(|it| screens.contains(it));
                    assert!(over && stopped, "{screens:?} lay over the curtain");
                    curtains += 1;
                }
            }
        }
        assert_eq!(curtains, 6, "{name}");
    }
}

/// Every frame that keys lead to before somebody sits down, at most so many keys away. The screens that were come to.
fn attacked(curtain: &Keyboard<'_>, keys: &[Key]) -> HashSet<Screen> {
    const DEPTH: usize = 3;
    let mut known = HashSet::new();
    let mut screens = HashSet::new();
    let mut ends = vec![curtain.clone()];
    for _ in 0..DEPTH {
        let mut next = Vec::new();
        for (before, key) in ends.iter().flat_map(|end| keys.iter().map(move |key| (end, *key))) {
            let mut after = before.clone();
            after.key(key);
            if after.is_alone() {
                continue;
            }
            after.keeps_secrets();
            if after.holder.is_some() || !known.insert(after.screen.clone()) {
                continue;
            }
            screens.insert(after.app.screen());
            // A turn that nobody has begun does not go by.
            let mut later = after.clone();
            later.update(AppEvent::Tick(Duration::from_secs(500)));
            later.keeps_secrets();
            let log = |keyboard: &Keyboard<'_>| keyboard.app.session().map(|night| night.log().to_vec());
            assert_eq!(log(&later), log(&after), "{}", later.rows());
            next.push(after);
        }
        ends = next;
    }
    screens
}

/// Who sent a sentence knows what was meant, who was told it what was heard, and only who carried it both.
#[test]
fn a_seat_is_reminded_of_no_sentence_but_its_own() {
    let text = r#"(
      clock: (starts: "20:40", ends: "22:00", tick: 5),
      roles: { "sender": (name: "The sender"), "porter": (name: "The porter"), "host": (name: "The host") },
      treatments: { "bent": (name: "Bend it", minutes: 5) },
      messages: { "word": (from: "sender", to: "host", say: "Send.", gist: "ease", heard: { "bent": (text: "lift") }) },
      scenes: {
        "hall": (seat: "sender", text: "What?", pass: (messages: ["word"], go: "stairs")),
        "stairs": (seat: "porter", text: "You have {meant}.", relay: (treatments: ["bent"], go: "door")),
        "door": (seat: "host", text: "{heard}", choices: [(say: "Wait.", go: "door", keep: true)]),
      })"#;
    let checked = check(&Sources::from_texts([("story.ron", text)]), Vec::new());
    let story = checked.story.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let session = night(&story, SeatId::new(2), 1);
    let known = |session: &hallway::engine::Session<'_>, seat: usize| -> Vec<String> {
        let known = view(session, SeatId::new(seat)).last_sentences();
        known.into_iter().map(|known| format!("{}: {}", known.how, known.words)).collect()
    };
    assert_eq!(known(&session, 0), ["You sent, 8.40: ease"]);
    assert_eq!(known(&session, 1), ["You were given, 8.40: ease", "You said, 8.45: lift"]);
    assert_eq!(known(&session, 2), ["You heard, 8.45: lift"]);
}
