//! What each fuzz target does with its bytes. The ordinary tests do the same with the inputs that are kept in
//! `tests/data/fuzz`, so that what was found once stays found.

#![allow(dead_code, reason = "each target uses one of them")]

use std::io::Write as _;

use hallway::author::format_text;
use hallway::engine::{Holder, Input, Session};
use hallway::record::{ClassCode, Journal, Settings, replay_result, story_of};
use hallway::story::{SeatId, Sources, Story, check};
use hallway::view::{Key, Keymap, view};
use lsp_server::{Connection, Message, Notification, Request};
use serde_json::{Value, json};

fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}

/// A scene file: judged; what is a story is played a little, by its first and its last choices.
pub fn story(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let checked = check(&Sources::from_texts([("fuzz.ron", text)]), Vec::new());
    if let Some(story) = &checked.story {
        play(story);
    }
}

fn play(story: &Story) {
    for last in [false, true] {
        let mut session = Session::new(story, 7, vec![Holder::Person; story.seats.len()]);
        for _ in 0..30 {
            let Some(seat) = session.turn() else { break };
            let page = view(&session, seat);
            let words: usize = page.blocks().map(|block| block.text.len()).sum();
            assert!(words < 1 << 24, "{words} bytes on a page");
            let picks = session.options().picks();
            let pick = if last { picks.last() } else { picks.first() };
            let scene = session.state().scene;
            session.input(Input::Decide(scene, *pick.expect("somebody decides"))).expect("it is open");
        }
    }
}

/// Prose, a condition, an effect and a weight, at their places in a story.
pub fn words(data: &[u8]) {
    let Some(text) = text(data).filter(|text| !text.contains(['"', '\\'])) else { return };
    let mut parts = text.splitn(4, '\n');
    let mut part = || parts.next().unwrap_or("");
    let (prose, when, does, lean) = (part(), part(), part(), part());
    let whole = format!(
        r#"(roles: {{ "a": (name: "A"), "b": (name: "B") }}, clock: (starts: "20:40", ends: "21:40", tick: 5),
        vars: {{ "trust": (min: 0, max: 3), "line": (states: ["there", "gone"]), "told": (flag: true) }},
        treatments: {{ "plain": (name: "Plain"), "soft": (name: "Soft") }}, sheets: {{ "card": (name: "Card", lines: {{ "hour": "At nine." }}) }},
        sources: {{ "s": "S" }}, facts: {{ "f": (text: "F.", reported: ["s"]) }},
        messages: {{ "m": (from: "a", to: "b", say: "Say.", gist: "{prose}", heard: {{ "plain": (text: "{prose}"), "soft": (text: "soft") }}) }},
        scenes: {{
          "one": (seat: "a", text: "{prose}", choices: [(say: "Send.", send: "m", go: "two", when: "{when}", do: ["{does}"], lean: "{lean}"), (say: "No.", go: "end")]),
          "two": (seat: "b", text: "{prose}", relay: (treatments: ["plain", "soft"], go: "three")),
          "three": (seat: "b", text: "{{heard}}", choices: [(say: "{prose}", go: "end"), (say: "Again.", keep: true, go: "one")]),
          "end": (text: "{prose}", end: "e") }})"#
    );
    story(whole.as_bytes());
}

/// A save of a built-in story.
pub fn save(data: &[u8]) {
    let Ok(mut file) = tempfile::NamedTempFile::new() else { return };
    if file.write_all(data).is_err() {
        return;
    }
    let Ok(name) = story_of(file.path()) else { return };
    let built_in = hallway::story::built_in(&name).or_else(|| hallway::story::built_in("last-ferry"));
    let story = built_in.and_then(|story| check(&story.sources(), Vec::new()).story).expect("it is sound");
    if let Ok(told) = Journal::look(file.path(), &story, &name) {
        let again = Session::replay(&story, told.session.seed(), told.session.holders().to_vec(), told.session.log());
        assert!(again.is_ok_and(|again| again.state() == told.session.state()));
    }
}

/// A class code or a result code.
pub fn code(data: &[u8]) {
    let Some(text) = text(data) else { return };
    if let Ok(class) = ClassCode::read(text) {
        assert_eq!(ClassCode::read(&class.letters()), Ok(class));
    }
    let built_in = hallway::story::built_in("last-ferry").expect("built in");
    let story = check(&built_in.sources(), Vec::new()).story.expect("it is sound");
    let class = ClassCode::new(&story, 1, &[SeatId::new(0)]).expect("a small seed");
    let _ = replay_result(text, &class, &story);
}

/// Settings, and the names of keys in them.
pub fn settings(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let _ = Key::parse(text);
    if let Ok(settings) = Settings::parse(text) {
        assert_eq!(Settings::parse(&settings.text()).as_ref(), Ok(&settings), "{text}");
        let _ = Keymap::patched(settings.keys.iter().map(|(action, keys)| (action.as_str(), keys.as_slice())));
    }
}

/// What an editor asks of the language server: the first byte says how much, three more for each what and where, and
/// the rest is the file. Each question is answered, by a server that goes on.
pub fn editor(data: &[u8]) {
    const ASKED: [&str; 9] = [
        "textDocument/definition",
        "textDocument/references",
        "textDocument/prepareRename",
        "textDocument/rename",
        "textDocument/hover",
        "textDocument/completion",
        "textDocument/formatting",
        "workspace/symbol",
        "textDocument/didChange",
    ];
    let Some((&count, rest)) = data.split_first() else { return };
    let count = usize::from(count % 8);
    let (Some(asks), Some(text)) = (rest.get(..3 * count), rest.get(3 * count..).and_then(text)) else { return };
    let document = json!({ "uri": "file:///not/there/fuzz.ron", "text": text });
    let (editor, server) = Connection::memory();
    let note = |method: &str, params| Message::Notification(Notification::new(method.to_owned(), params));
    let mut sent = vec![note("textDocument/didOpen", json!({ "textDocument": document }))];
    for (at, ask) in asks.chunks(3).enumerate() {
        let id = i32::try_from(at).expect("few").into();
        let position = json!({ "line": ask[1], "character": ask[2] });
        let params = match ask[0] {
            250.. => json!({ "textDocument": { "uri": "file://%zz" }, "position": "here" }),
            _ => json!({ "textDocument": document, "position": position, "newName": text.get(..8).unwrap_or("new") }),
        };
        let method = ASKED[usize::from(ask[0]) % ASKED.len()];
        sent.push(Message::Request(Request::new(id, method.to_owned(), params)));
    }
    let shutdown = Request::new((-1).into(), "shutdown".to_owned(), Value::Null);
    sent.extend([Message::Request(shutdown), note("exit", Value::Null)]);
    sent.into_iter().for_each(|message| editor.sender.send(message).expect("nobody hangs up"));
    hallway::cli::serve_editor(server);
    let answers = editor.receiver.try_iter().filter(|message| matches!(message, Message::Response(_))).count();
    assert_eq!(answers, count + 1);
}

/// A file that is tidied: it says what it said, and is tidy then.
pub fn tidy_file(data: &[u8]) {
    let Some(text) = text(data) else { return };
    if let Some(once) = format_text(text) {
        assert_eq!(format_text(&once).as_deref(), Some(once.as_str()), "{text}");
    }
}
