//! A class on its own devices in a real browser, where one is installed: three pages that share nothing play a night together.

use std::net::SocketAddr;

use serde_json::{Value, json};

use crate::chromium::{Chromium, Device, Tab};
use crate::classes::{Lesson, Served, for_a_class};
use crate::support::{Dice, Hallway, story_from};

const PHONE: Device = Device { width: 360, height: 740, touch: true };
const TABLET: Device = Device { width: 768, height: 1024, touch: true };
const DESK: Device = Device { width: 1280, height: 800, touch: false };

/// Devices of one group, each on a seat.
struct Room {
    browser: Chromium,
    /// The address of the class.
    at: String,
    tabs: Vec<Tab>,
}

/// What comes after a script's condition holds.
fn once(condition: &str) -> String {
    format!("new Promise((then) => {{ const look = () => ({condition}) ? then(0) : setTimeout(look, 5); look(); }})")
}

impl Room {
    /// Comes in by hand: the group, a seat, and, once the teacher `begins`, what its holder is told once.
    fn new(at: SocketAddr, code: &str, devices: [Device; 3], begins: impl FnOnce()) -> Option<Self> {
        let mut room = Self { browser: Chromium::installed()?, at: format!("http://{at}"), tabs: Vec::new() };
        for (seat, device) in devices.into_iter().enumerate() {
            let tab = room.browser.tab_apart(device);
            room.browser.open_at(&tab, &format!("{}/#{}", room.at, code.to_lowercase()));
            room.say(&tab, &once("document.querySelectorAll('.choices button').length"));
            room.browser.press(&tab, "1");
            room.browser.press(&tab, &(seat + 1).to_string());
            room.say(&tab, &once("seen"));
            // A device that is none of the class's yet is told so when it asks.
            let own = room.at.clone();
            let faults = room.browser.faults(&tab, Some(&own));
            assert!(faults.len() == 1 && faults[0].contains("401"), "{faults:?}");
            room.tabs.push(tab);
        }
        begins();
        for tab in room.tabs.clone() {
            room.say(&tab, &once("document.getElementById('sheet').open"));
            room.browser.press(&tab, "Escape");
            room.say(&tab, "document.getElementById('sheet').close()");
        }
        Some(room)
    }

    fn say(&mut self, tab: &Tab, script: &str) -> Value {
        self.browser.say(tab, script)
    }

    /// Waits until every page has gone on so many times.
    fn all_at(&mut self, moves: u64) {
        for tab in self.tabs.clone() {
            self.say(&tab, &once(&format!("seen?.moves >= {moves}")));
        }
    }

    /// Whose turn it is, and how many times the game has gone on.
    fn turn(&mut self) -> (Option<Tab>, u64) {
        let mut at = (None, 0);
        for tab in self.tabs.clone() {
            let seen = self.say(&tab, "[seen.moves, seen.page.turn]");
            at.1 = seen[0].as_u64().expect("a number");
            if seen[1] == "yours" {
                at.0 = Some(tab);
            }
        }
        at
    }

    /// Decides once, by keys, at random.
    fn decide(&mut self, tab: &Tab, moves: u64, dice: &mut Dice) {
        let keys = "[...document.querySelectorAll('.deciding [data-key]')].map((it) => it.dataset.key).filter((key) => /^[0-9]$/.test(key))";
        // Choices rest until the page has found the class again.
        self.say(tab, &once("!isHeld()"));
        loop {
            let keys = self.say(tab, keys);
            let keys: Vec<&str> = keys.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
            assert!(!keys.is_empty(), "nothing can be chosen");
            self.browser.press(tab, keys[dice.below(keys.len())]);
            if self.say(tab, "view.composing === null || view.sent !== null") == true {
                break;
            }
        }
        self.all_at(moves + 1);
    }

    fn sound(&mut self, told: &str) {
        let own = self.at.clone();
        for tab in self.tabs.clone() {
            assert_eq!(self.browser.faults(&tab, Some(&own)), Vec::<String>::new(), "{told}");
            let over = self.say(&tab, "document.documentElement.scrollWidth - innerWidth");
            assert!(over.as_i64().is_some_and(|over| over <= 0), "{told}: {over} pixels too wide");
        }
    }
}

#[test]
fn three_pages_play_a_class_night_one_is_reloaded_and_the_program_killed() {
    let (hallway, folder) = (Hallway::new(), tempfile::tempdir().expect("a folder"));
    let mut served = Served::new(&hallway, folder.path(), &["--groups", "1", "--turn", "300"]);
    let (at, code) = (served.at, served.code.clone());
    let begins = || served.says("begin", "Began play in Blue.");
    let Some(mut room) = Room::new(at, &code, [PHONE, TABLET, DESK], begins) else { return };
    let mut dice = Dice(4);
    for decided in 0..200 {
        let (tab, moves) = room.turn();
        let Some(tab) = tab else { break };
        if decided == 3 {
            let waits = room.tabs[1].clone();
            let before = room.say(&waits, "document.getElementById('page').innerText");
            let at = room.at.clone();
            room.browser.open_at(&waits, &at);
            room.say(&waits, &once("seen?.page"));
            let after = room.say(&waits, "document.querySelector('#page > :last-child').innerText");
            let (before, after) = (before.as_str().expect("words"), after.as_str().expect("words"));
            assert!(before.contains(after), "{before}\n---\n{after}");
        }
        if decided == 5 {
            served.kill();
            served = Served::on(served.at.port(), &hallway, folder.path(), &[]);
        }
        room.decide(&tab, moves, &mut dice);
        if decided == 5 {
            // Nobody touches the pages: they find the class again by themselves. That it was away they may tell.
            for tab in room.tabs.clone() {
                room.say(&tab, &once("stream.readyState === EventSource.OPEN && spoke"));
                let own = room.at.clone();
                let faults = room.browser.faults(&tab, Some(&own));
                assert!(faults.iter().all(|fault| fault.contains("net::ERR_")), "{faults:?}");
            }
        }
        room.sound("in the night");
    }
    for tab in room.tabs.clone() {
        assert_eq!(room.say(&tab, "[seen.state, !!document.querySelector('.ending')]"), json!(["over", true]));
    }
}

/// A tap while the clock stands changes nothing, and why is told in one place; a laptop that is gone, or a lesson that is over,
/// empties no page, and each is back by itself.
#[test]
fn what_stops_a_page_is_told_once_and_empties_none() {
    let (hallway, folder) = (Hallway::new(), tempfile::tempdir().expect("a folder"));
    let mut served = Served::new(&hallway, folder.path(), &["--groups", "1"]);
    let (at, code) = (served.at, served.code.clone());
    let begins = || served.says("begin", "Began play in Blue.");
    let Some(mut room) = Room::new(at, &code, [PHONE, PHONE, DESK], begins) else { return };
    let (tab, moves) = room.turn();
    let tab = tab.expect("the first seat begins");
    let page = "document.getElementById('page').innerText";
    let told = "[document.getElementById('said').textContent, document.getElementById('state').textContent]";
    let before = room.say(&tab, page);

    served.says("pause", "Stopped the clock of Blue");
    room.say(&tab, &once("seen.state === 'paused'"));
    room.browser.press(&tab, "1");
    let paused = "The teacher has stopped the clock. You can decide when it goes on.";
    assert_eq!(room.say(&tab, told), json!(["", paused]));
    assert_eq!(room.say(&tab, "[seen.moves, view.sent]"), json!([moves, null]));
    // What cannot be chosen does not look as if it could.
    let rests = "document.querySelector('.deciding .choices button').getAttribute('aria-disabled')";
    assert_eq!(room.say(&tab, rests), "true");
    served.says("go", "Let Blue go on.");
    room.say(&tab, &once("seen.state === 'playing'"));
    assert_eq!(room.say(&tab, rests), Value::Null);

    served.says("quit", "type the same line once more");
    served.says("quit", "The lesson is over.");
    for tab in room.tabs.clone() {
        room.say(
            &tab,
            &once("document.getElementById('state').textContent.startsWith('The teacher has ended the lesson.')"),
        );
    }
    served.kill();
    let mut served = Served::on(at.port(), &hallway, folder.path(), &[]);
    room.say(&tab, &once("!document.getElementById('state').textContent"));
    served.kill();
    room.say(&tab, &once("document.getElementById('state').textContent.includes('Keep this page open')"));
    assert_eq!((room.say(&tab, page), room.say(&tab, rests)), (before.clone(), json!("true")));
    let _served = Served::on(at.port(), &hallway, folder.path(), &[]);
    for tab in room.tabs.clone() {
        room.say(&tab, &once("!document.getElementById('state').textContent && spoke"));
    }
    assert_eq!((room.say(&tab, page), room.say(&tab, rests)), (before, Value::Null));
    room.decide(&tab, moves, &mut Dice(2));
}

/// What somebody was reading when their time was over can still be read.
#[test]
fn what_was_read_stays_where_nobody_decided_in_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 1, folder.path());
    let Some(mut room) = Room::new(lesson.at, lesson.code(), [PHONE, DESK, DESK], || lesson.begin(0)) else { return };
    let tab = room.turn().0.expect("the first seat begins");
    let read = room.say(&tab, "plain(seen.page.blocks.find((it) => it.kind === 'prose').prose)");
    // What the class would send once the time is over.
    let silence = "{ kind: 'silence', prose: [] }";
    let over =
        format!("moves: seen.moves + 1, page: {{ ...seen.page, turn: 'another', ask: null, blocks: [{silence}] }}");
    room.say(&tab, &format!("shown({{ ...seen, {over} }})"));
    let page = room.say(&tab, "document.getElementById('page').innerText");
    let (page, read) = (page.as_str().expect("words"), read.as_str().expect("words"));
    assert!(page.contains(&read[..20]) && page.contains("Your time was over"), "{page}");
    room.sound("after a silence");
}

/// Where the class that a device was in is no more, and another is served at the same address, its holder is told so, keeps
/// what they have read, and is shown the way in.
#[test]
fn a_device_of_an_earlier_class_is_shown_the_way_into_the_next() {
    let (hallway, folder) = (Hallway::new(), tempfile::tempdir().expect("a folder"));
    let mut served = Served::new(&hallway, &folder.path().join("one"), &["--groups", "1"]);
    let (at, code) = (served.at, served.code.clone());
    let begins = || served.says("begin", "Began play in Blue.");
    let Some(mut room) = Room::new(at, &code, [PHONE, PHONE, DESK], begins) else { return };
    let (tab, page) = (room.tabs[1].clone(), "document.getElementById('page').innerText");
    let before = room.say(&tab, page);
    served.kill();
    let next = Served::on(at.port(), &hallway, &folder.path().join("two"), &["--groups", "1"]);
    room.say(&tab, &once("document.querySelector('#state button')"));
    let told = room.say(&tab, "document.getElementById('state').innerText");
    assert_eq!(told, "This class has ended. Another one is open here now. Come into the new class");
    assert_eq!(room.say(&tab, page), before);
    room.say(&tab, "document.querySelector('#state button').click()");
    room.say(&tab, &once("document.querySelector('input.code')"));
    let code = &next.code;
    room.say(
        &tab,
        &format!(
            "document.querySelector('input.code').value = '{code}'; document.querySelector('form').requestSubmit()"
        ),
    );
    room.say(&tab, &once("document.getElementById('page').innerText.includes('Which group are you in?')"));
}

/// Something comes from outside while a message is put together: what was chosen stays, and is what is sent.
#[test]
fn news_take_nothing_out_of_a_readers_hands() {
    let folder = tempfile::tempdir().expect("a folder");
    let story = story_from(
        r#"(
        title: "Rain",
        roles: { "a": (name: "Ann"), "b": (name: "Ben"), "c": (name: "Cid") },
        carriers: { "spoken": (name: "By word of mouth"), "card": (name: "On a card") },
        licences: { "exact": (name: "Word for word"), "free": (name: "In your own words") },
        injects: { "sun": (name: "The sun", text: "The sun comes out.") },
        messages: { "rain": (from: "a", to: "b", gist: "that it rains", heard: { "plain": (text: "that it rained") }) },
        scenes: {
          "desk": (seat: "a", text: "Desk.", pass: (messages: ["rain"], by: ["spoken", "card"], licences: ["exact", "free"], go: "door")),
          "door": (seat: "b", text: "They hear {heard}.", choices: [(say: "Go.", go: "z")]),
          "z": (text: "Out.", end: "E"),
        },
        )"#,
    );
    let lesson = Lesson::new(Box::leak(Box::new(story)), 1, folder.path());
    let Some(mut room) = Room::new(lesson.at, lesson.code(), [PHONE, DESK, DESK], || lesson.begin(0)) else { return };
    let mut dice = Dice(6);
    let (tab, moves) = room.turn();
    let tab = tab.expect("the first seat begins");
    room.browser.press(&tab, "1");
    room.browser.press(&tab, "2");
    let half_made = "[JSON.stringify(view.composing), document.querySelector('.deciding').innerText, document.activeElement.innerText]";
    let before = room.say(&tab, half_made);
    assert!(before[0].is_string() && before[2] != "", "{before}");
    for line in ["news 1", "pause", "go"] {
        let text = room.say(&tab, "document.getElementById('page').innerText + seen.state");
        lesson.class.order(line, false).expect("done");
        let changed = format!("document.getElementById('page').innerText + seen.state !== {text}");
        room.say(&tab, &once(&changed));
        assert_eq!(room.say(&tab, half_made), before, "after {line}");
    }
    room.decide(&tab, moves, &mut dice);
    room.sound("after news");
}

/// Whoever waits writes; what happens meanwhile takes nothing away, and in the end it stands beside what was heard.
#[test]
fn notes_of_a_waiting_seat_are_kept_and_held_against_the_trail() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 1, folder.path());
    let Some(mut room) = Room::new(lesson.at, lesson.code(), [DESK, DESK, PHONE], || lesson.begin(0)) else { return };
    let (waits, mut dice) = (room.tabs[2].clone(), Dice(8));
    let value = "document.querySelectorAll('#notes textarea')[2].value";
    assert_eq!(room.say(&waits, "[notes.part, document.getElementById('notes').open]"), json!(["", true]));
    room.say(&waits, "document.querySelectorAll('#notes textarea')[2].focus()");
    room.browser.tell(&waits, "Input.insertText", json!({ "text": "half a " }));
    let (tab, moves) = room.turn();
    room.decide(&tab.expect("the first seat begins"), moves, &mut dice);
    room.browser.tell(&waits, "Input.insertText", json!({ "text": "sentence 123" }));
    assert_eq!(room.say(&waits, value), "half a sentence 123");
    room.say(&waits, "document.querySelectorAll('#notes input')[3].click(); document.activeElement.blur()");
    // What others wrote is on this device in no way.
    let others = room.tabs[0].clone();
    assert_eq!(room.say(&others, "JSON.stringify(localStorage).includes('sentence')"), false);
    while let (Some(tab), moves) = room.turn() {
        room.decide(&tab, moves, &mut dice);
    }
    let at = room.at.clone();
    room.browser.open_at(&waits, &at);
    for tab in room.tabs.clone() {
        room.say(&tab, &once("seen?.state === 'over'"));
    }
    lesson.class.order("debrief 2", false).expect("done");
    for tab in room.tabs.clone() {
        room.say(&tab, &once("document.getElementById('sheet-title').textContent.startsWith('2.')"));
    }
    let sheet = room.say(&waits, "document.getElementById('sheet').innerText");
    let sheet = sheet.as_str().expect("words");
    for words in ["half a sentence 123", "4 of 5", "What was meant, what was carried, what was heard", "Meant:"] {
        assert!(sheet.contains(words), "{words}: {sheet}");
    }
    room.sound("looking back");
    // Whoever has the device next finds nothing.
    let next = "new Notes('other'); Object.keys(localStorage).filter((key) => key.startsWith(NOTED)).length";
    assert_eq!(room.say(&waits, next), 0);
}

/// A page that is up to date stays so: an answer that was long on its way does not take it back, and while the stream speaks
/// nothing is asked for.
#[test]
fn an_old_answer_changes_no_newer_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 1, folder.path());
    let Some(mut room) = Room::new(lesson.at, lesson.code(), [DESK, DESK, DESK], || lesson.begin(0)) else { return };
    let (tab, moves) = room.turn();
    let (tab, waits) = (tab.expect("the first seat begins"), room.tabs[2].clone());
    room.say(&waits, "window.real = fetch; window.fetch = (...asked) => real(...asked).then((answer) => new Promise((then) => { window.release = () => then(answer); })); 0");
    room.say(&waits, "window.looked = look(); 0");
    room.say(&waits, &once("window.release"));
    room.decide(&tab, moves, &mut Dice(1));
    let page = room.say(&waits, "[seen.moves, document.getElementById('page').innerText]");
    room.say(&waits, "release(); looked.then(() => 0)");
    assert_eq!(room.say(&waits, "[seen.moves, document.getElementById('page').innerText]"), page);
    // That the stream is still there counts as heard.
    assert_eq!(room.say(&waits, "[spoke, deaf(heard + 20000), deaf(heard + 30000)]"), json!([true, false, true]));
    let said = "heard = 0; stream.dispatchEvent(new MessageEvent('here', { data: 'null' })); heard > 0";
    assert_eq!(room.say(&waits, said), true);
    room.sound("after all");
}
