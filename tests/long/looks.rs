//! How an exported page looks and behaves in a real browser: what stands where, what is shown to whom, what is told when.

use std::io::Write as _;

use hallway::author::PageOptions;
use hallway::story::Story;
use serde_json::{Value, json};

use crate::browser::{Bench, DESK, PHONE, TABLET, selector};
use crate::chromium::{Device, Tab};
use crate::support::{story, story_from};

const SMALL: Device = Device { width: 320, height: 640, touch: true };

/// A story for its own sake: nothing in it is on record, two persons, a counter, something that is not open, and nothing to
/// tell beside the page for whoever does not see the counter.
fn fiction() -> Story {
    story_from(
        r#"(title: "The night kitchen", about: "A kitchen, and an attic above it.", notice: "It tells of an illness.",
          roles: {"cook": (name: "Marta", place: "The kitchen", brief: "You cook."), "guest": (name: "The guest", brief: "You wait.")},
          vars: {"warmth": (name: "The soup", min: 0, max: 3, start: 1, seen_by: ["cook"], words: ["cold", "warm", "hot", "boiling"])},
          scenes: {
            "one": (seat: "cook", part: "The first plate", place: "The kitchen", text: "The soup is ready.", choices: [
              (say: "Wait.", do: ["warmth +1"], go: "two"), (say: "Serve it.", do: ["warmth -1"], go: "two"), (say: "Pour it away.", when: "warmth is 0", locked: "It is too good.", go: "two")]),
            "two": (seat: "cook", text: "The rope moves.", choices: [(say: "Pull.", go: "three"), (say: "Let go.", go: "three")]),
            "three": (seat: "cook", text: "A plate comes down.", choices: [(say: "Look.", go: "four"), (say: "Look away.", go: "four")]),
            "four": (seat: "guest", text: "Somebody looks up.", others: {"cook": "Steps."}, choices: [(say: "Wave.", go: "five")]),
            "five": (text: "Morning.", others: {"cook": "Morning.", "guest": "Morning."}, end: "The plate comes back"),
          })"#,
    )
}

impl Bench {
    fn fiction(&mut self, device: Device) -> Tab {
        let path = self.page("fiction", &fiction(), PageOptions::default());
        let tab = self.browser.tab(device);
        self.browser.open(&tab, &path);
        tab
    }

    fn keys(&mut self, tab: &Tab, keys: &[&str]) {
        keys.iter().for_each(|key| self.browser.press(tab, key));
    }

    fn asked(&mut self, tab: &Tab, script: &str) -> Value {
        self.browser.say(tab, script)
    }
}

const READ: &str = "document.body.innerText";

#[test]
fn no_word_of_the_bar_is_broken_and_the_counters_stay_in_sight() {
    let Some(mut bench) = Bench::new() else { return };
    for device in [SMALL, PHONE, TABLET, DESK] {
        for size in ["", "large", "huge"] {
            let told = format!("letters {size:?} at {}", device.width);
            let tab = bench.opened(device, "hold-the-line");
            bench.browser.say(&tab, &format!("document.documentElement.dataset.size = {}", json!(size)));
            for _ in 0..4 {
                bench.keys(&tab, &["1"]);
                bench.sound(&tab, &told);
                // A word in two lines has two boxes; one that is cut off is wider than its button.
                let broken = "[...document.querySelectorAll('nav button')].filter((it) => { const range = document.createRange(); range.selectNodeContents(it);
                    return it.scrollWidth > it.clientWidth || [...range.getClientRects()].some((box) => box.height > 2 * parseFloat(getComputedStyle(it).fontSize) && box.width > 2); }).map((it) => it.innerText)";
                assert_eq!(bench.asked(&tab, broken), json!([]), "{told}");
                let named = "[...document.querySelectorAll('nav button')].every((it) => it.textContent.trim())";
                assert_eq!(bench.asked(&tab, named), true, "{told}: a button without a word");
                let seen = "(() => { const it = document.querySelector('#side dl').getBoundingClientRect(), bar = document.getElementById('bar').getBoundingClientRect();
                    return it.height > 0 && it.top >= bar.bottom - 1 && it.bottom <= innerHeight; })()";
                assert_eq!(bench.asked(&tab, seen), true, "{told}: the counters have left the screen");
            }
            bench.browser.say(&tab, "localStorage.clear()");
        }
    }
}

#[test]
fn what_is_for_a_class_is_in_no_story_for_its_own_sake() {
    let Some(mut bench) = Bench::new() else { return };
    let tab = bench.fiction(DESK);
    let words = |bench: &mut Bench, tab: &Tab| bench.asked(tab, READ).as_str().expect("words").to_lowercase();
    let mut read = words(&mut bench, &tab);
    // Together at one device, so that the curtain hangs.
    bench.keys(&tab, &["3"]);
    read += &words(&mut bench, &tab);
    bench.keys(&tab, &["1", "r"]);
    read += &words(&mut bench, &tab);
    bench.asked(&tab, "menu()");
    read += &words(&mut bench, &tab);
    bench.asked(&tab, "codes()");
    read += &words(&mut bench, &tab);
    for word in ["class", "record", "writes down", "invented"] {
        assert!(!read.contains(word), "{word}: {read}");
    }
    // A code can still be given on, and taken.
    let code = bench.asked(&tab, "document.querySelector('#sheet-body .code').textContent");
    bench.asked(&tab, "byCode()");
    bench.asked(&tab, &format!("document.querySelector('#sheet input').value = {code}; document.querySelector('#sheet form button').click()"));
    assert_eq!(bench.asked(&tab, "document.getElementById('sheet').open"), false);
    bench.sound(&tab, "by a code");

    let tab = bench.opened(DESK, "hold-the-line");
    let read = words(&mut bench, &tab);
    assert!(read.contains("play by a code"), "{read}");
    bench.keys(&tab, &["1", "r"]);
    let read = words(&mut bench, &tab);
    assert!(read.contains("record"), "{read}");
}

#[test]
fn undo_and_redo_can_be_pressed_where_they_do_something() {
    let Some(mut bench) = Bench::new() else { return };
    let tab = bench.fiction(DESK);
    let can = "['undo', 'redo'].map((act) => !document.querySelector(`[data-act=${act}]`).disabled)";
    for (key, expected) in [
        ("1", [false, false]),
        ("1", [true, false]),
        ("2", [true, false]),
        ("u", [true, true]),
        ("u", [false, true]),
        ("y", [true, true]),
        ("1", [true, false]),
    ] {
        bench.keys(&tab, &[key]);
        assert_eq!(bench.asked(&tab, can), json!(expected), "after {key}");
    }
}

#[test]
fn a_game_is_there_again_after_a_reload_with_the_page_before() {
    let Some(mut bench) = Bench::new() else { return };
    let tab = bench.fiction(DESK);
    bench.keys(&tab, &["1", "1", "2", "n", "Escape"]);
    let path = bench.page("fiction", &fiction(), PageOptions::default());
    bench.browser.open(&tab, &path);
    let read = bench.asked(&tab, "document.getElementById('page').innerText");
    let read = read.as_str().expect("words");
    for words in ["The rope moves.", "Let go.", "A plate comes down.", "What came before this"] {
        assert!(read.contains(words), "{words}: {read}");
    }
    assert!(!read.contains("The soup is ready."), "{read}");
    // What was taken back can still be taken again, and again after that.
    bench.keys(&tab, &["u"]);
    for _ in 0..2 {
        bench.browser.open(&tab, &path);
        assert_eq!(bench.asked(&tab, "document.querySelector('[data-act=redo]').disabled"), false);
    }
    bench.keys(&tab, &["y"]);
    let again = bench.asked(&tab, "document.getElementById('page').innerText");
    assert!(again.as_str().is_some_and(|again| again.contains("A plate comes down.")), "{again}");
    // Leaving is leaving.
    bench.keys(&tab, &["q"]);
    bench.browser.open(&tab, &path);
    assert_eq!(bench.asked(&tab, "document.body.dataset.view"), "title");
    bench.asked(&tab, "games()");
    let kept = bench.asked(&tab, "document.querySelector('#sheet .list button').innerText");
    assert!(kept.as_str().is_some_and(|kept| kept.contains("Marta") && kept.contains("The first plate")), "{kept}");
}

#[test]
fn what_is_wrong_with_a_save_is_said_beside_it() {
    let Some(mut bench) = Bench::new() else { return };
    let tab = bench.fiction(PHONE);
    bench.asked(&tab, "load()");
    bench.asked(&tab, "document.querySelector('#sheet textarea').value = 'nothing'; [...document.querySelectorAll('#sheet button')].at(-1).click()");
    let said = bench.asked(&tab, "document.querySelector('#sheet [role=alert]').innerText");
    assert_eq!(said, "This is not a hallway save.");
    // Whatever else is told while a sheet is open is told above it, and nothing is left of it on the page.
    bench.asked(&tab, "tell('A word.')");
    assert_eq!(bench.asked(&tab, "document.getElementById('sheet').contains(document.getElementById('said'))"), true);
    bench.asked(&tab, "new Promise((then) => { $('sheet').addEventListener('close', () => setTimeout(then)); close(); }).then(() => 0)");
    assert_eq!(bench.asked(&tab, "document.getElementById('said').parentElement === document.body"), true);
}

#[test]
fn what_is_told_covers_no_choice_and_goes_with_the_next_decision() {
    let Some(mut bench) = Bench::new() else { return };
    for device in [PHONE, DESK] {
        let tab = bench.fiction(device);
        bench.keys(&tab, &["1", "1", "u"]);
        assert_eq!(bench.told(&tab), "Undone.");
        let over = "(() => { const said = $('said').getBoundingClientRect(); return [...document.querySelectorAll('#bar, #side dl, .choices button')].some((it) => { const at = it.getBoundingClientRect(); return at.top < said.bottom && at.bottom > said.top && at.left < said.right && at.right > said.left; }); })()";
        assert_eq!(bench.asked(&tab, over), false);
        bench.keys(&tab, &["1"]);
        assert_eq!(bench.told(&tab), "");
        bench.asked(&tab, "localStorage.clear()");
    }
}

#[test]
fn the_title_warns_before_it_lets_one_begin_and_shows_keys_to_those_who_have_them() {
    let Some(mut bench) = Bench::new() else { return };
    let numbers = "[...document.querySelectorAll('.numbered .key, .typed')].filter((it) => it.offsetParent).length";
    for device in [SMALL, PHONE, TABLET] {
        let tab = bench.fiction(device);
        let before = "document.querySelector('.notice').getBoundingClientRect().bottom <= document.querySelector('.begin').getBoundingClientRect().top";
        assert_eq!(bench.asked(&tab, before), true, "{}", device.width);
        assert_eq!(bench.asked(&tab, numbers), 0, "{}", device.width);
    }
    let tab = bench.fiction(DESK);
    assert!(bench.asked(&tab, numbers).as_u64().is_some_and(|shown| shown > 3));
    // Whoever listens is warned before as well.
    let order = "document.querySelector('.notice').compareDocumentPosition(document.querySelector('.begin')) & Node.DOCUMENT_POSITION_FOLLOWING";
    assert_eq!(bench.asked(&tab, order), 4);
}

#[test]
fn what_is_not_open_says_so_and_why_and_the_arrows_pass_it_over() {
    let Some(mut bench) = Bench::new() else { return };
    let tab = bench.fiction(DESK);
    bench.keys(&tab, &["1"]);
    let locked = bench.asked(&tab, "document.querySelector('.locked').textContent");
    assert_eq!(locked, "Not open: Pour it away.It is too good.");
    let on = "document.activeElement.dataset.key ?? ''";
    for (key, at) in [("ArrowDown", "1"), ("j", "2"), ("ArrowDown", "2"), ("k", "1"), ("ArrowUp", "1")] {
        bench.keys(&tab, &[key]);
        assert_eq!(bench.asked(&tab, on), at, "after {key}");
    }
    // Whoever does not see the counter has no empty strip for it.
    let tab = bench.fiction(PHONE);
    bench.browser.tap(&tab, &selector("3"));
    assert_eq!(bench.asked(&tab, "document.getElementById('side').offsetHeight"), 0);
}

#[test]
fn after_the_end_everybody_is_called_what_they_were_called_before() {
    let Some(mut bench) = Bench::new() else { return };
    let tab = bench.fiction(DESK);
    bench.keys(&tab, &["1", "1", "1", "1"]);
    let offered = "[...document.querySelectorAll('.deciding button')].find((it) => it.textContent.includes('How it was')).childNodes[1].textContent";
    let offered = bench.asked(&tab, offered);
    assert_eq!(offered, "How it was for the guest");
    bench.keys(&tab, &["2"]);
    assert_eq!(bench.asked(&tab, "document.getElementById('sheet-title').textContent"), offered);
    bench.asked(&tab, "forks()");
    let forks = bench.asked(&tab, "document.getElementById('sheet').innerText");
    assert!(forks.as_str().is_some_and(|forks| forks.contains("one other way") && !forks.contains('0')), "{forks}");
}

#[test]
fn paper_is_white_and_has_the_title_and_no_buttons() {
    let Some(mut bench) = Bench::new() else { return };
    for theme in ["light", "dark", "contrast"] {
        for device_is_dark in ["light", "dark"] {
            let tab = bench.fiction(DESK);
            bench.asked(&tab, &format!("document.documentElement.dataset.theme = {}", json!(theme)));
            bench.keys(&tab, &["1", "1"]);
            let media =
                json!({ "media": "print", "features": [{ "name": "prefers-color-scheme", "value": device_is_dark }] });
            bench.browser.tell(&tab, "Emulation.setEmulatedMedia", media);
            let pale = "[...document.querySelectorAll('#page p')].filter((it) => it.offsetParent && getComputedStyle(it).color.match(/\\d+/g).some((part) => part > 70)).length";
            assert_eq!(bench.asked(&tab, pale), 0, "{theme}: pale on paper");
            assert_eq!(bench.asked(&tab, "getComputedStyle(document.body).backgroundColor"), "rgb(255, 255, 255)");
            for sheet in ["", "history()"] {
                bench.asked(&tab, &format!("{sheet}; 0"));
                assert_eq!(
                    bench
                        .asked(&tab, "[...document.querySelectorAll('button')].filter((it) => it.offsetParent).length"),
                    0
                );
                let read = bench.asked(&tab, READ);
                assert!(read.as_str().is_some_and(|read| read.contains("The night kitchen")), "{read}");
            }
            bench.asked(&tab, "localStorage.clear()");
        }
    }
}

/// Prints how long a reader waits, past what a test run withholds; a clock is no verdict.
#[test]
fn what_a_reader_waits_for_is_told() {
    let Some(mut bench) = Bench::new() else { return };
    for name in ["two-doors", "hold-the-line"] {
        let path = bench.page(name, &story(name), PageOptions::default());
        let tab = bench.browser.tab(DESK);
        let watch = "new MutationObserver(() => { if (document.documentElement?.dataset.ready) window.readyAt ??= performance.now(); }).observe(document, { attributes: true, subtree: true })";
        bench.browser.tell(&tab, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": watch }));
        bench.browser.open(&tab, &path);
        let opened = bench.asked(&tab, "window.readyAt");
        let decided = "(() => { const took = []; document.querySelector('[data-key=\"1\"]').click();
            for (let at = 0; at < 20 && !document.querySelector('.ending'); at++) { const from = performance.now(); document.querySelector('.deciding [data-key=\"1\"]').click(); document.body.offsetHeight; took.push(performance.now() - from); }
            return took.sort((one, other) => one - other); })()";
        let took = bench.asked(&tab, decided);
        let took: Vec<f64> = took.as_array().expect("a list").iter().filter_map(Value::as_f64).collect();
        let (median, most) = (took[took.len() / 2], took[took.len() - 1]);
        let told = format!(
            "{name}: first words after {:.0} ms; a decision to its page {median:.1} ms, at most {most:.1} ms",
            opened.as_f64().expect("a number")
        );
        writeln!(std::io::stderr(), "{told}").expect("standard error is open");
        assert!(!took.is_empty());
    }
}

/// Where nothing is to be said of how things stand, nothing of it is there, to be heard or to take room.
#[test]
fn what_has_nothing_to_say_is_not_there() {
    let Some(mut bench) = Bench::new() else { return };
    let tab = bench.opened(DESK, "two-doors");
    bench.keys(&tab, &["1"]);
    let there = "['side', 'clock'].map((id) => $(id).checkVisibility()).concat($('frame').classList.contains('sided'))";
    assert_eq!(bench.asked(&tab, there), json!([false, false, false]));
}

/// A story in a language that is read from right to left lies so: its words, its choices, what stands beside it; the page's
/// own words are English still.
#[test]
fn a_story_from_right_to_left_lies_so() {
    let Some(mut bench) = Bench::new() else { return };
    let story = story_from(
        r#"(title: "שתי דלתות", language: "he",
          roles: { "a": (name: "השולחת", place: "האולם"), "b": (name: "השוער", place: "המדרגות") },
          vars: { "patience": (min: 0, max: 3, start: 2, name: "סבלנות", seen_by: ["a"]) },
          scenes: {
            "hall": (seat: "a", text: "מה יש לומר?", choices: [(say: "לחכות.", go: "door"), (say: "לצעוק.", when: "patience = 0", locked: "אין כוח.", go: "door")]),
            "door": (text: "הדלת נפתחת.", end: "נאמר"),
          })"#,
    );
    for device in [PHONE, DESK] {
        let path = bench.page("he", &story, PageOptions::default());
        let tab = bench.browser.tab(device);
        bench.browser.open(&tab, &path);
        bench.sound(&tab, "the title");
        bench.keys(&tab, &["1"]);
        let lies = "(() => { const at = (what) => document.querySelector(what).getBoundingClientRect(); const style = (what) => getComputedStyle(document.querySelector(what));
            return [style('.choices button').direction, style('.choices button').textAlign, style('#sheet').direction, at('#where').left > at('nav').left, at('.locked .icon').left > innerWidth / 2]; })()";
        assert_eq!(bench.asked(&tab, lies), json!(["rtl", "start", "ltr", true, true]));
        bench.sound(&tab, "a page");
        bench.keys(&tab, &["1"]);
        let words =
            "[...document.querySelectorAll('.deciding button')].map((it) => it.querySelector('[lang=en]')?.dir)";
        assert!(
            bench.asked(&tab, words).as_array().is_some_and(|all| all.len() > 3 && all.iter().all(|dir| dir == "ltr"))
        );
        bench.asked(&tab, "history()");
        assert_eq!(bench.asked(&tab, "getComputedStyle(document.querySelector('#sheet-body p')).direction"), "rtl");
        bench.sound(&tab, "what was read");
        bench.asked(&tab, "localStorage.clear()");
    }
}
