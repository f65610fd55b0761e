//! What happens where no person decides: it ends, or stops as the story's fault, and it is bounded.

use hallway::author::simulate;
use hallway::engine::{BlockKind, By, Holder, Input, LONGEST_RUN, LONGEST_STRETCH, Pick, Session, Stop};
use hallway::story::{SceneId, SeatId, Story};
use hallway::tui::{AppEffect, AppEvent};

use crate::support::story_from;

fn held(story: &Story, seed: u64) -> Session<'_> {
    Session::new(story, seed, vec![Holder::Story; story.seats.len()])
}

fn scene(story: &Story, id: &str) -> SceneId {
    story.scene_ids().find(|at| &*story.scene(*at).id == id).expect("a scene")
}

fn entered(session: &Session<'_>) -> u32 {
    session.story().scene_ids().map(|scene| session.state().visits(scene)).sum()
}

/// A row of scenes without a decision, so many times one after the other.
fn row(steps: usize) -> String {
    let scenes: Vec<String> =
        (0..steps).map(|at| format!("\"s{at}\": (text: \"On.\", go: \"s{}\"),", at + 1)).collect();
    format!("(scenes: {{ {} \"s{steps}\": (text: \"Z.\", end: \"Z\") }})", scenes.join("\n"))
}

#[test]
fn as_many_scenes_follow_each_other_as_may_and_no_more() {
    for (steps, ends) in [(100, true), (LONGEST_RUN, true), (LONGEST_RUN + 1, false)] {
        let story = story_from(&row(steps));
        let session = Session::new(&story, 1, vec![Holder::Person]);
        assert_eq!(session.ending().is_some(), ends, "{steps}");
        assert_eq!(session.stop() == Stop::Stuck, !ends, "{steps}");
    }
}

#[test]
fn a_circle_that_counts_up_by_itself_is_left() {
    let story = story_from(include_str!("../data/proof/hundred-scenes-in-a-row.ron"));
    let mut session = Session::new(&story, 1, vec![Holder::Person]);
    session.input(Input::Decide(scene(&story, "one"), Pick::Choice(0))).expect("open");
    assert!(session.ending().is_some());
}

/// A seat that leans to going back and seldom on, through a hub with `steps` steps.
fn ladder(steps: u32, up: &str, out: &str) -> Story {
    story_from(&format!(
        r#"(roles: {{ "a": (name: "A"), "b": (name: "B") }}, vars: {{ "n": (min: 0, max: {steps}) }}, scenes: {{
          "one": (seat: "a", text: "One.", choices: [(say: "Go on.", go: "two")]),
          "two": (seat: "b", text: "Two.", choices: [
            (say: "Up.", when: "n < {steps}", keep: true, do: ["n +1"], lean: {up}),
            (say: "Down.", keep: true, do: ["n = 0"], lean: 10000),
            (say: "Out.", when: "n = {steps}", go: "three", lean: {out}),
          ]),
          "three": (seat: "a", text: "Three.", choices: [(say: "End.", go: "z")]),
          "z": (text: "Z.", end: "z") }})"#
    ))
}

#[test]
fn a_seat_that_hardly_leans_to_its_way_out_takes_it_in_the_end() {
    for steps in [1, 20, 200] {
        let story = ladder(steps, "1", "1");
        let holders = vec![Holder::Person, Holder::Story];
        let mut session = Session::new(&story, 5, holders.clone());
        let first = Input::Decide(scene(&story, "one"), Pick::Choice(0));
        session.input(first).expect("open");
        // It stands before a person again, by the shortest way once it had gone round for long.
        assert_eq!(session.turn(), Some(SeatId::new(0)), "{steps}");
        let alone = session.steps().filter(|step| step.by == By::Story).count();
        let most = 1_000 + steps as usize + 1;
        assert!((steps as usize + 1..=most).contains(&alone), "{alone} of {most}");
        // The same night comes of the same decisions.
        let again = Session::replay(&story, 5, holders, &[first]).expect("taken");
        assert_eq!(again.steps().collect::<Vec<_>>(), session.steps().collect::<Vec<_>>());
    }
}

#[test]
fn a_lot_that_hardly_ever_falls_falls_in_the_end() {
    let story = story_from(
        r#"(scenes: { "lot": (route: [(odds: 1, go: "z"), (odds: 10000, go: "lot")]), "z": (text: "Z.", end: "z") })"#,
    );
    let session = Session::new(&story, 3, vec![Holder::Person]);
    assert!(session.ending().is_some());
    assert!(entered(&session) <= 1_003, "{}", entered(&session));
}

#[test]
fn a_lean_of_nought_is_never_taken_so_that_the_night_stops() {
    for story in [ladder(3, "1", "0"), ladder(3, "0", "1")] {
        let session = held(&story, 1);
        assert_eq!(session.stop(), Stop::Stuck);
        // It has looked for a way, and there is none.
        assert!(entered(&session) < 1_003, "{}", entered(&session));
    }
}

#[test]
fn a_night_that_cannot_find_its_way_stops_after_so_many_scenes() {
    let story = story_from(
        r#"(roles: { "a": (name: "A"), "b": (name: "B") }, vars: { "n": (min: 0, max: 999), "m": (min: 0, max: 999) }, scenes: {
          "a": (seat: "a", text: "A.", choices: [
            (say: "Out.", when: "n = 999 and m = 999", go: "z"),
            (say: "Up.", keep: true, do: ["n +1", "m -1"], lean: 5000),
            (say: "Along.", keep: true, do: ["m +1", "n -1"], lean: 5000),
            (say: "Both.", keep: true, do: ["m +1", "n +1"])]),
          "z": (text: "Z.", end: "z") })"#,
    );
    let session = held(&story, 1);
    assert_eq!(session.stop(), Stop::Stuck);
    // Each of its decisions enters one scene.
    let decided = session.steps().count();
    assert!((LONGEST_STRETCH - 2..LONGEST_STRETCH + 2).contains(&decided), "{decided}");
}

#[test]
fn circles_are_left_one_after_the_other() {
    // Each has a way out that is hardly leant to; the last leads to a person, whom nobody passes by.
    let count = 40;
    let hubs: Vec<String> = (0..count)
        .map(|at| {
            format!(
                r#""h{at}": (seat: "b", text: "H.", choices: [(say: "Stay.", keep: true, lean: 10000), (say: "On.", keep: true, go: "h{}")]),"#,
                at + 1
            )
        })
        .collect();
    let story = story_from(&format!(
        r#"(roles: {{ "a": (name: "A"), "b": (name: "B") }}, scenes: {{ {}
          "h{count}": (seat: "a", text: "A.", choices: [(say: "End.", go: "z")]), "z": (text: "Z.", end: "z") }})"#,
        hubs.join("\n")
    ));
    let session = Session::new(&story, 1, vec![Holder::Person, Holder::Story]);
    assert_eq!(session.turn(), Some(SeatId::new(0)));
    assert!(session.steps().count() <= 1_000 + count, "{}", session.steps().count());
    assert!(held(&story, 1).ending().is_some());
}

#[test]
fn what_is_perceived_of_a_night_that_runs_by_itself_has_a_bound_and_says_so() {
    let words = "Somebody says something again. ".repeat(2_000);
    let story = story_from(&format!(
        r#"(roles: {{ "a": (name: "A"), "b": (name: "B") }}, vars: {{ "n": (min: 0, max: 1) }}, scenes: {{
          "one": (seat: "a", text: "One.", choices: [(say: "Go on.", go: "two", keep: true)]),
          "two": (seat: "b", text: "Two.", others: {{ "a": "{words} {{n}}" }}, choices: [
            (say: "Stay.", keep: true, lean: 10000), (say: "Back.", keep: true, go: "one")]) }})"#
    ));
    let seat = SeatId::new(0);
    let mut session = Session::new(&story, 1, vec![Holder::Person, Holder::Story]);
    for _ in 0..20 {
        session.input(Input::Decide(scene(&story, "one"), Pick::Choice(0))).expect("open");
        let size: usize = session.page(seat).map(|block| block.text.len()).sum();
        let notices = session.page(seat).filter(|block| block.kind == BlockKind::Notice).count();
        assert!((1_000_000..1_100_000).contains(&size), "{size}");
        assert_eq!(notices, 1);
    }
    let whole = session.full_history(seat);
    let size: usize = whole.page(seat).map(|block| block.text.len()).sum();
    assert!((10_000_000..17_000_000).contains(&size), "{size}");
}

const COUNTDOWN: &str = include_str!("../data/proof/guides-countdown.ron");

#[test]
fn when_time_closes_the_last_choice_the_night_goes_on_otherwise() {
    let story = story_from(COUNTDOWN);
    let minutes = story.clock.as_ref().expect("a clock").var;
    let mut session = Session::new(&story, 1, vec![Holder::Person]);
    for minute in [5, 10, 15] {
        session.input(Input::Set(minutes, minute)).expect("taken");
        assert_eq!(session.state().scene, scene(&story, "wait"));
    }
    session.input(Input::Set(minutes, 20)).expect("taken");
    assert_eq!(session.state().scene, scene(&story, "late"));
    assert!(session.ending().is_some());
    assert!(session.page(SeatId::new(0)).any(|block| block.text == "The bell."));
    // Taken back, it is before the first decision again, and set once more it goes the same way.
    let again = Session::replay(&story, 1, vec![Holder::Person], session.log()).expect("taken");
    assert_eq!(again.state(), session.state());
}

#[test]
fn patience_moves_a_night_on_when_time_closes_its_last_choice() {
    use hallway::record::{Settings, Waiting};
    let settings = Settings { waiting: Waiting::Strict, ..Settings::default() };
    let look = hallway::tui::Display { settings, ..Default::default() };
    let story = story_from(COUNTDOWN);
    let start =
        hallway::tui::AppStart { seat: Some(SeatId::new(0)), title: false, ..hallway::tui::AppStart::of(&story) };
    let (mut app, _) = hallway::tui::App::new(start, look, Vec::new());
    app.update(AppEvent::Resize(80, 24));
    let mut written = Vec::new();
    for _ in 0..6 {
        // A page that appears line by line is whole first.
        app.update(AppEvent::Tick(std::time::Duration::from_secs(1)));
        let effects = app.update(AppEvent::Tick(std::time::Duration::from_secs(60)));
        written.extend(effects.into_iter().filter_map(|effect| match effect {
            AppEffect::Write(line) => Some(if line.ended.is_some() { "ended" } else { "waited" }),
            _ => None,
        }));
    }
    assert_eq!(written, ["waited", "waited", "waited", "waited", "ended"]);
    assert!(app.session().is_some_and(|session| session.ending().is_some()));
}

/// A story can say far more than it is long, by quoting; what a reader waits for ends, and says that there was more.
#[test]
fn a_passage_that_quotes_without_measure_is_cut_and_says_so() {
    let long = "Somebody says something. ".repeat(10_000);
    let quotes = "{heard(m)} ".repeat(100);
    let story = story_from(&format!(
        r#"(roles: {{ "a": (name: "A") }}, messages: {{ "m": (from: "a", to: "a", say: "M.", gist: "m", heard: {{ "plain": (text: "{long}") }}) }},
          scenes: {{ "one": (seat: "a", text: "One.", choices: [(say: "Send.", send: "m", go: "two")]),
          "two": (seat: "a", text: "{quotes}", choices: [(say: "On.", go: "z")]), "z": (text: "Z.", end: "z") }})"#
    ));
    let mut session = Session::new(&story, 1, vec![Holder::Person]);
    session.input(Input::Decide(scene(&story, "one"), Pick::Choice(0))).expect("open");
    let text = session.page(SeatId::new(0)).map(|block| block.text.to_owned()).collect::<String>();
    assert!((1_000_000..1_500_000).contains(&text.len()), "{} bytes", text.len());
    assert!(text.contains("something. …") && text.ends_with("left out."), "{:?}", &text[text.len() - 80..]);
}

/// Nights of a person without a plan, in stories that nobody comes out of.
#[test]
fn random_nights_that_never_end_are_followed_only_so_far() {
    let long = "Somebody says something. ".repeat(1_000);
    let cycle = r#""one": (seat: "a", text: "One.", choices: [(say: "On.", keep: true, go: "two"), (say: "Stay.", keep: true)]),
      "two": (seat: "b", text: "Two.", others: { "a": "WORDS" }, choices: [(say: "Back.", keep: true, go: "one")])"#;
    let story = |scenes: &str| {
        story_from(&format!(
            r#"(roles: {{ "a": (name: "A"), "b": (name: "B") }}, scenes: {{ {scenes}, "z": (text: "Z.", end: "z") }})"#
        ))
    };
    let a = Some(SeatId::new(0));
    let nights = simulate(&story(&cycle.replace("WORDS", "Two.")), 40, 1, a, &mut |_| true);
    assert_eq!((nights.stuck, nights.given_up), (40, 40));
    assert_eq!((nights.decisions.max, nights.decisions.median), (10_000, 500));
    // Long words count as well: each time some four thousand.
    let nights = simulate(&story(&cycle.replace("WORDS", &long)), 20, 1, a, &mut |_| true);
    assert_eq!(nights.given_up, 20);
    assert!(nights.words.max < 500_000 && nights.words.median < 30_000, "{:?}", nights.words);
    // Nights that end show how far it is worth following.
    let out = cycle.replace("WORDS", "Two.").replace(r#"go: "two"), "#, r#"go: "two"), (say: "Out.", go: "z"), "#);
    let nights = simulate(&story(&out), 100, 1, a, &mut |_| true);
    assert_eq!((nights.stuck, nights.given_up), (0, 0));
}
