//! Exported pages in a real browser, where one is installed.

use std::fs;
use std::path::PathBuf;

use hallway::author::{PageOptions, export_page, export_page_files};
use hallway::story::Story;
use serde_json::{Value, json};

use crate::chromium::{Chromium, Device, Tab};
use crate::support::{Dice, story, story_from};

pub const PHONE: Device = Device { width: 360, height: 740, touch: true };
pub const TABLET: Device = Device { width: 768, height: 1024, touch: true };
pub const DESK: Device = Device { width: 1280, height: 800, touch: false };

/// Pages in a folder of their own, and a browser that opens them.
pub struct Bench {
    pub browser: Chromium,
    folder: tempfile::TempDir,
}

impl Bench {
    pub fn new() -> Option<Self> {
        Some(Self { browser: Chromium::installed()?, folder: tempfile::tempdir().expect("a folder") })
    }

    pub fn page(&self, name: &str, story: &Story, options: PageOptions<'_>) -> PathBuf {
        let path = self.folder.path().join(format!("{}.html", name.replace('/', "-")));
        fs::write(&path, export_page(name, story, options)).expect("written");
        path
    }

    pub fn opened(&mut self, device: Device, name: &str) -> Tab {
        let path = self.page(name, &story(name), PageOptions::default());
        let tab = self.browser.tab(device);
        self.browser.open(&tab, &path);
        tab
    }

    /// Nothing went wrong, nothing was asked for, and nothing stands out of the window to the right.
    pub fn sound(&mut self, tab: &Tab, told: &str) {
        assert_eq!(self.browser.faults(tab, None), Vec::<String>::new(), "{told}");
        let over = self.browser.say(tab, "document.documentElement.scrollWidth - innerWidth");
        assert!(over.as_i64().is_some_and(|over| over <= 0), "{told}: {over} pixels too wide");
    }

    fn text(&mut self, tab: &Tab) -> String {
        let words = self.browser.say(tab, "document.querySelector('#page > :last-child').innerText");
        words.as_str().expect("words").to_owned()
    }

    pub fn told(&mut self, tab: &Tab) -> String {
        self.browser.say(tab, "document.getElementById('said').textContent").as_str().expect("words").to_owned()
    }
}

/// The keys of what can be chosen now.
const KEYS: &str = "[...document.querySelectorAll('.deciding [data-key]')].map((it) => it.dataset.key).filter((key) => /^[1-9]$/.test(key))";

/// How a person decides.
type Hand = fn(&mut Chromium, &Tab, &str);

pub fn selector(key: &str) -> String {
    format!("[data-key=\"{key}\"]")
}

/// Plays a game to its end by such a hand; how many decisions it took.
fn played(bench: &mut Bench, tab: &Tab, hand: Hand, dice: &mut Dice, told: &str) -> usize {
    for decisions in 0..300 {
        bench.sound(tab, told);
        if bench.browser.say(tab, "!!document.querySelector('.ending')") == true {
            return decisions;
        }
        let keys = bench.browser.say(tab, KEYS);
        let keys: Vec<&str> = keys.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        assert!(!keys.is_empty(), "{told}: nothing can be chosen: {}", bench.text(tab));
        hand(&mut bench.browser, tab, keys[dice.below(keys.len())]);
    }
    panic!("{told}: no end");
}

#[test]
fn whole_games_are_played_by_mouse_by_keys_and_by_touch() {
    let Some(mut bench) = Bench::new() else { return };
    let press: Hand = |browser, tab, key| browser.press(tab, key);
    let click: Hand = |browser, tab, key| browser.click(tab, &selector(key));
    let tap: Hand = |browser, tab, key| browser.tap(tab, &selector(key));
    let ways = [("keys", press, DESK), ("mouse", click, DESK), ("touch", tap, TABLET), ("touch", tap, PHONE)];
    let looks = ["", "light", "dark", "contrast"];
    let mut decided = 0;
    for (at, (way, hand, device)) in ways.into_iter().enumerate() {
        for name in ["hold-the-line", "last-ferry"] {
            let story = story(name);
            for seat in 0..story.seats.len() {
                let told = format!("{name}, seat {seat}, by {way} at {}×{}", device.width, device.height);
                let tab = bench.opened(device, name);
                bench
                    .browser
                    .say(&tab, &format!("document.documentElement.dataset.theme = {}", json!(looks[(at + seat) % 4])));
                // The first time, what can be chosen first is the seat.
                hand(&mut bench.browser, &tab, &(seat + 1).to_string());
                let mut dice = Dice((at * 10 + seat) as u64 + 1);
                // A game can come to its end without a decision of this seat's.
                decided += played(&mut bench, &tab, hand, &mut dice, &told);
                hand(&mut bench.browser, &tab, "1");
                let heading = bench.browser.say(
                    &tab,
                    "document.getElementById('sheet').open && document.getElementById('sheet-title').textContent",
                );
                assert_eq!(heading, "Looking back", "{told}");
                bench.sound(&tab, &told);
                bench.browser.say(&tab, "localStorage.clear()");
            }
        }
    }
    assert!(decided > 200, "only {decided} decisions in all");
}

/// Large letters, little motion, forced colours: nothing is cut off, and everything can be hit.
#[test]
fn every_screen_bears_large_letters_and_other_colours() {
    let Some(mut bench) = Bench::new() else { return };
    for device in [PHONE, TABLET, DESK] {
        let tab = bench.opened(device, "hold-the-line");
        for (feature, value) in [
            ("prefers-color-scheme", "dark"),
            ("prefers-reduced-motion", "reduce"),
            ("forced-colors", "active"),
            ("prefers-contrast", "more"),
        ] {
            let features = json!({ "features": [{ "name": feature, "value": value }] });
            bench.browser.tell(&tab, "Emulation.setEmulatedMedia", features);
            bench.sound(&tab, feature);
        }
        bench.browser.say(&tab, "document.documentElement.style.fontSize = '200%'");
        bench.sound(&tab, "the title in large letters");
        bench.browser.press(&tab, "1");
        for _ in 0..6 {
            bench.sound(&tab, "a page in large letters");
            let low = "[...document.querySelectorAll('button')].filter((it) => it.offsetParent && it.offsetHeight < 40).map((it) => it.outerHTML)";
            assert_eq!(bench.browser.say(&tab, low), json!([]), "too low to be hit");
            bench.browser.press(&tab, "1");
        }
        for key in ["h", "f", "m", "n", "o", "?"] {
            bench.browser.press(&tab, key);
            assert_eq!(bench.browser.say(&tab, "document.getElementById('sheet').open"), true, "{key}");
            bench.sound(&tab, key);
            let over =
                "(() => { const it = document.getElementById('sheet'); return it.scrollWidth - it.clientWidth; })()";
            assert_eq!(bench.browser.say(&tab, over), 0, "{key}: the sheet is cut off");
            bench.browser.say(&tab, "document.getElementById('sheet').close()");
        }
        bench.browser.say(&tab, "localStorage.clear()");
    }
}

/// A story is written by anybody; its words are words wherever they stand.
#[test]
fn a_hostile_story_stays_text() {
    let Some(mut bench) = Bench::new() else { return };
    let hit = "<img src=x onerror='window.hit=1'><script>window.hit=1</script>{script}</title></style></script>";
    let hostile = story_from(&format!(
        r#"(title: "{hit}", by: "{hit}", about: "{hit}", notice: "{hit}",
          vars: {{ "mood": (states: ["calm", "cross"], name: "{hit}", words: ["{hit}", "{hit}"], seen_by: ["a"]) }},
          roles: {{ "a": (name: "{hit}", place: "{hit}", brief: "{hit}"), "b": (name: "B {hit}") }},
          scenes: {{
            "one": (seat: "a", part: "{hit}", place: "{hit}", text: "{hit}", choices: [
              (id: "x", say: "{hit}", reply: "{hit}", go: "two"), (id: "y", say: "{hit}.", when: "mood is cross", locked: "{hit}", go: "two"),
            ]),
            "two": (text: "{hit}", others: {{ "b": "{hit}" }}, end: "{hit}"),
          }})"#
    ).replace("{script}", "{{script}}"));
    for options in [PageOptions::default(), PageOptions { role: Some("a"), ..PageOptions::default() }] {
        let path = bench.page("</script>hostile", &hostile, options);
        let tab = bench.browser.tab(DESK);
        bench.browser.open(&tab, &path);
        for key in ["1", "h", "Escape", "1", "1", "Escape", "r"] {
            bench.browser.press(&tab, key);
            bench
                .browser
                .say(&tab, "document.getElementById('sheet').open && document.getElementById('sheet').close()");
            let made = "[window.hit ?? null, document.querySelectorAll('img').length, document.scripts.length]";
            assert_eq!(bench.browser.say(&tab, made), json!([null, 0, 3]));
            bench.sound(&tab, "hostile");
        }
        assert!(bench.text(&tab).contains("<img src=x"), "{}", bench.text(&tab));
        bench.browser.say(&tab, "localStorage.clear()");
    }
}

#[test]
fn a_game_goes_on_after_the_page_was_closed() {
    let Some(mut bench) = Bench::new() else { return };
    let tab = bench.opened(PHONE, "hold-the-line");
    for _ in 0..4 {
        bench.browser.press(&tab, "1");
    }
    let before = bench.text(&tab);
    let mut again = bench.opened(PHONE, "hold-the-line");
    // What one window has kept another one sees in the browser's own time.
    while bench.browser.say(&again, "document.body.innerText.includes('Go on')") != true {
        again = bench.opened(PHONE, "hold-the-line");
    }
    bench.browser.tap(&again, &selector("1"));
    assert_eq!(bench.text(&again), before);
    // Taken back and done again it is the same once more.
    bench.browser.press(&again, "u");
    assert_ne!(bench.text(&again), before);
    bench.browser.press(&again, "y");
    assert_eq!(bench.text(&again), before);
}

#[test]
fn two_windows_on_one_game_keep_both_and_say_so() {
    let Some(mut bench) = Bench::new() else { return };
    let one = bench.opened(DESK, "hold-the-line");
    for _ in 0..3 {
        bench.browser.press(&one, "1");
    }
    let other = bench.opened(DESK, "hold-the-line");
    let heard = "window.heard = new Promise((then) => addEventListener('storage', () => setTimeout(then)))";
    bench.browser.say(&one, &format!("{heard}; 0"));
    bench.browser.press(&other, "1");
    bench.browser.press(&other, "1");
    bench.browser.say(&one, "window.heard");
    let told = bench.told(&one);
    assert!(told.contains("open in another window too"), "{told}");
    bench.browser.press(&one, "2");
    let kept = "Object.keys(localStorage).filter((key) => key.includes('/game/')).length";
    assert_eq!(bench.browser.say(&one, kept), 2);
    bench.sound(&one, "one");
    bench.sound(&other, "other");
}

/// Where the browser keeps nothing the game goes on, and the person is told how to keep it.
#[test]
fn storage_that_is_full_or_forbidden_is_told_and_loses_nothing() {
    let Some(mut bench) = Bench::new() else { return };
    let full = "(() => { for (let room = 5e6; room >= 1; room = Math.floor(room / 2)) {
        try { for (let at = 0; ; at++) localStorage.setItem(`full${room}-${at}`, 'x'.repeat(room)); } catch { /* As full as that. */ } } })()";
    let forbidden = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } })";
    for (full, forbidden) in [(full, ""), ("", forbidden)] {
        let path = bench.page("hold-the-line", &story("hold-the-line"), PageOptions::default());
        let tab = bench.browser.tab(DESK);
        bench.browser.tell(&tab, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": forbidden }));
        bench.browser.open(&tab, &path);
        bench.browser.say(&tab, full);
        bench.browser.press(&tab, "1");
        bench.browser.press(&tab, "1");
        let told = bench.told(&tab);
        assert!(told.contains("keeps nothing") && told.contains("Save to a file"), "{told}");
        let mut dice = Dice(5);
        let press: Hand = |browser, tab, key| browser.press(tab, key);
        assert!(played(&mut bench, &tab, press, &mut dice, "without storage") > 2);
        bench.browser.say(&tab, "try { localStorage.clear() } catch { 0 }");
    }
}

/// What waits behind the curtain is in no part of the document.
#[test]
fn behind_the_curtain_there_is_nothing() {
    let Some(mut bench) = Bench::new() else { return };
    let tab = bench.opened(DESK, "hold-the-line");
    bench.browser.press(&tab, "4");
    let mut dice = Dice(9);
    let mut curtains = 0;
    while curtains < 4 {
        if bench.browser.say(&tab, "document.body.dataset.view") == "curtain" {
            curtains += 1;
            for key in ["h", "f", "n", "s", "w", "u", "r"] {
                bench.browser.press(&tab, key);
            }
            assert_eq!(bench.browser.say(&tab, "document.getElementById('sheet').open"), false);
            let words = bench
                .browser
                .say(&tab, "document.getElementById('page').innerText + document.getElementById('side').innerText");
            assert!(words.as_str().is_some_and(|words| words.len() < 250), "{words}");
            bench.browser.press(&tab, "1");
        }
        let keys = bench.browser.say(&tab, KEYS);
        let keys: Vec<&str> = keys.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        bench.browser.press(&tab, keys[dice.below(keys.len())]);
        bench.sound(&tab, "hot seat");
    }
}

#[test]
fn the_example_of_a_page_of_ones_own_plays() {
    let Some(mut bench) = Bench::new() else { return };
    for file in export_page_files("two-doors", &story("two-doors")) {
        fs::write(bench.folder.path().join(file.name), file.text).expect("written");
    }
    let tab = bench.browser.tab(PHONE);
    bench.browser.load(&tab, &bench.folder.path().join("index.html"));
    // By when this has opened the story, the page has.
    bench.browser.say(&tab, "openStory(RUNTIME, STORY).then(() => 0)");
    for _ in 0..20 {
        if bench.browser.say(&tab, "!!document.querySelector('h2')") == true {
            return;
        }
        bench.browser.tap(&tab, "button:enabled");
    }
    panic!("no end");
}
