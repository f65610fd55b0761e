//! What axe-core finds fault with on exported pages. It is not fetched here: `AXE_CORE` names its file, as `.ci/run` does, or it
//! lies in `node_modules`.

use std::io::Write as _;
use std::path::PathBuf;

use hallway::author::PageOptions;
use serde_json::{Value, json};

use crate::browser::{Bench, DESK, PHONE, TABLET};
use crate::chromium::Tab;
use crate::support::{repository, story_from};

/// The text of axe-core, where it is to be had.
fn axe_core() -> Option<String> {
    let named = std::env::var_os("AXE_CORE").map(PathBuf::from);
    let path = named.unwrap_or_else(|| repository("node_modules/axe-core/axe.min.js"));
    let found = std::fs::read_to_string(&path).ok();
    if found.is_none() {
        let said =
            writeln!(std::io::stderr(), "SKIPPED: there is no axe-core at {}; AXE_CORE says where", path.display());
        said.expect("standard error is open");
    }
    found
}

const FAULTS: &str = "axe.run(document, { resultTypes: ['violations'] }).then((found) => found.violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.html).join(' ')}`))";

/// What it finds fault with on the screen as it is now.
fn faults(bench: &mut Bench, tab: &Tab, axe: &str) -> Value {
    // What fades in is judged once it is there.
    bench.browser.say(tab, "Promise.all(document.getAnimations().map((it) => it.finished)).then(() => 0)");
    bench.browser.say(tab, &format!("{axe};0"));
    bench.browser.say(tab, FAULTS)
}

#[test]
fn axe_finds_no_fault_with_any_screen() {
    let (Some(axe), Some(mut bench)) = (axe_core(), Bench::new()) else { return };
    for (device, theme) in [(PHONE, "light"), (TABLET, "dark"), (DESK, "contrast")] {
        let tab = bench.opened(device, "hold-the-line");
        bench.browser.say(&tab, &format!("document.documentElement.dataset.theme = {}", json!(theme)));
        bench.browser.say(&tab, "document.documentElement.dataset.motion = 'off'");
        let told = |screen: &str| format!("{screen} in {theme} at {}", device.width);
        assert_eq!(faults(&mut bench, &tab, &axe), json!([]), "{}", told("the title"));
        for decisions in 0..5 {
            bench.browser.press(&tab, "1");
            assert_eq!(faults(&mut bench, &tab, &axe), json!([]), "{}", told(&format!("page {decisions}")));
        }
        for sheet in [
            "history()",
            "forks()",
            "games()",
            "rename()",
            "laySettings()",
            "help()",
            "save()",
            "load()",
            "codes()",
            "byCode()",
            "menu()",
            "marks()",
        ] {
            bench.browser.say(&tab, &format!("close(); {sheet}; 0"));
            assert_eq!(faults(&mut bench, &tab, &axe), json!([]), "{}", told(sheet));
        }
        bench.browser.say(&tab, "close()");
        while bench.browser.say(&tab, "!!document.querySelector('.ending')") != true {
            bench.browser.press(&tab, "1");
        }
        assert_eq!(faults(&mut bench, &tab, &axe), json!([]), "{}", told("the ending"));
        for sheet in ["debrief()", "otherSide(story.seats.at(-1))"] {
            bench.browser.say(&tab, &format!("close(); {sheet}; 0"));
            assert_eq!(faults(&mut bench, &tab, &axe), json!([]), "{}", told(sheet));
        }
        bench.browser.say(&tab, "localStorage.clear()");
    }
}

/// The lightest colour that a story may have is read everywhere; and a page that is at fault is found to be.
#[test]
fn axe_reads_a_storys_own_colour() {
    let (Some(axe), Some(mut bench)) = (axe_core(), Bench::new()) else { return };
    for accent in ["#816f31", "#000080", "#7a1f1f"] {
        let kiln = story_from(&format!(
            r#"(title: "The kiln", by: "By night", accent: "{accent}", scenes: {{
              "a": (part: "The fire", text: "It glows.", choices: [(say: "Look.", go: "b"), (say: "Look away.", go: "b")]),
              "b": (text: "Ash.", end: "Morning") }})"#
        ));
        let path = bench.page("kiln", &kiln, PageOptions::default());
        for theme in ["light", "dark"] {
            let tab = bench.browser.tab(DESK);
            bench.browser.open(&tab, &path);
            bench.browser.say(&tab, &format!("document.documentElement.dataset.theme = {}", json!(theme)));
            for key in ["1", "1", "1"] {
                assert_eq!(faults(&mut bench, &tab, &axe), json!([]), "{accent} in {theme}");
                bench.browser.press(&tab, key);
            }
            bench.browser.say(&tab, "localStorage.clear(); save(); 0");
            assert_eq!(faults(&mut bench, &tab, &axe), json!([]), "{accent} in {theme}, a button");
            bench.browser.say(&tab, "document.getElementById('sheet-title').style.color = 'var(--line)'");
            let found = faults(&mut bench, &tab, &axe);
            assert!(found[0].as_str().is_some_and(|found| found.starts_with("color-contrast")), "{found}");
        }
    }
}
