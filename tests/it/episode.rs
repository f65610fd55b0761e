//! The episode: its numbers, and the rules that protect people, as far as a test can see.

use std::collections::{HashMap, HashSet};
use std::fs;

use hallway::engine::{FormOptions, Holder, Input, Pick, Session, leanings};
use hallway::story::{FactStatus, Piece, SceneKind, SeatId, Story, Template};

use crate::support::{repository, story};

/// All the words of a template, branches included.
fn words(story: &Story, template: Template) -> String {
    let mut out = String::new();
    story.words(template).each(&mut |piece| {
        if let Piece::Text(text) = piece {
            out.push_str(text);
            out.push(' ');
        }
    });
    out
}

#[test]
fn the_whole_night_has_its_size() {
    let stats = hallway::author::stats(&story("hold-the-line"));
    assert!(stats.words >= 42_000, "{} words", stats.words);
    assert!(stats.endings >= 18, "{} endings", stats.endings);
    assert!(stats.uncited.is_empty(), "never cited: {:?}", stats.uncited);
    assert!(stats.facts >= 70 && stats.standings.iter().all(|count| *count > 0), "{:?}", stats.standings);
    // Nothing is written twice but on purpose.
    assert!(stats.alike.is_empty(), "{:?}", stats.alike);
}

/// The numbers of a seat's night, of which other tools for such stories are the measure.
#[test]
fn a_night_in_each_seat_is_long_enough_and_unlike_the_next() {
    let story = story("hold-the-line");
    for seat in story.seat_ids() {
        let nights = hallway::author::simulate(&story, 1_000, 1, Some(seat), &mut |_| true);
        let id = &story.seats[seat.index()].id;
        assert!((3_400..=4_600).contains(&nights.words.median), "{id}: {:?} words", nights.words);
        assert!((32..=42).contains(&nights.decisions.median), "{id}: {:?} decisions", nights.decisions);
        assert!(nights.options_per_decision >= 2.6, "{id}: {} options", nights.options_per_decision);
        assert!(nights.pair_overlap < 0.42, "{id}: {} shared", nights.pair_overlap);
        let reach = nights.reach.expect("the night has parts");
        assert!(reach.share() >= 0.6, "{id}: {reach:?}");
        assert_eq!(nights.stuck, 0);
    }
}

/// Shares of the endings over nights in which the aide treats every message alike: the first of `wanted` that is open.
fn with_treatments(story: &Story, wanted: &[&str]) -> HashMap<String, f64> {
    let aide = story.seat_named("aide").expect("a seat");
    let nights = 4_000;
    let mut dice = crate::support::Dice(3);
    let mut counts: HashMap<String, f64> = HashMap::new();
    for seed in 0..nights {
        let holder = |seat| if seat == aide { Holder::Person } else { Holder::Story };
        let mut session = Session::new(story, seed, story.seat_ids().map(holder).collect());
        while session.turn().is_some() {
            let open = session.options();
            let treated = wanted.iter().find_map(|name| {
                let FormOptions::Relay(treatments) = &open.form else { return None };
                treatments.iter().find(|id| story.treatments[id.index()].id == *name).map(|id| Pick::Treat(*id))
            });
            let pick = treated.unwrap_or_else(|| {
                // Everything else the aide does as the story would.
                let leanings = leanings(story, session.state());
                let mut rest = dice.below(1_000_000) as f64 / 1e6;
                let fallen = leanings.iter().find(|(_, chance)| {
                    rest -= chance;
                    rest < 0.0
                });
                fallen.unwrap_or(&leanings[0]).0
            });
            session.input(Input::Decide(session.state().scene, pick)).expect("open");
        }
        let ending = session.ending().expect("a sound night ends");
        *counts.entry(story.endings[ending.index()].id.clone()).or_default() += 1.0 / nights as f64;
    }
    counts
}

/// The two gates that keep the piece honest: wording is not everything, and it is not nothing.
#[test]
fn faithful_carrying_does_not_bring_him_out_and_bad_carrying_does_not_keep_him_in() {
    let story = story("hold-the-line");
    let share = |shares: &HashMap<String, f64>, ids: &[&str]| -> f64 {
        ids.iter().map(|id| shares.get(*id).copied().unwrap_or(0.0)).sum()
    };
    let faithful = with_treatments(&story, &["both", "plain", "first_half"]);
    let likeliest = share(&faithful, &["reported", "understood"]);
    assert!(likeliest >= 0.30, "{faithful:?}");
    let others = faithful.iter().filter(|(id, _)| !matches!(id.as_str(), "reported" | "understood"));
    assert!(others.clone().all(|(_, other)| *other < likeliest), "{faithful:?}");
    assert!(share(&faithful, &["call", "word"]) < 0.15, "{faithful:?}");
    let worst = with_treatments(&story, &["second_half", "sharpened", "shortened", "softened"]);
    assert!(share(&worst, &["call", "word"]) > 0.0, "{worst:?}");
}

/// Rows of the record that the night or its memories rest on, and the contradictions that must stay open.
#[test]
fn the_record_is_whole() {
    let story = story("hold-the-line");
    for id in [
        "first-meeting",
        "second-meeting",
        "e3-statement",
        "e3-raised",
        "abqaiq",
        "khamenei-ban",
        "cbi-sanctions",
        "le-drian",
        "zarif-amanpour",
        "no-mediator",
        "khan-asked",
        "small-changes",
        "trump-speech",
        "merkel-hotel",
        "pool-exchange",
        "impeachment",
        "press-19h",
        "pizzeria",
        "the-walk",
        "secure-line",
        "speaker-room",
        "unannounced",
        "small-team",
        "no-show",
        "macron-takes-call",
        "leaves-ny",
        "un-speech",
        "visa-ban",
        "kayhan-mixed",
        "home-27",
        "leak-30",
        "french-confirm",
        "rouhani-2oct",
        "trump-4oct",
        "khamenei-macron",
        "swap",
        "brink",
        "rouhani-book",
        "pompeo-book",
        "obama-call-2013",
        "mandela-2013",
        "handshake-2015",
        "photo-2015",
        "ask-2017",
        "jcpoa-exit",
        "singapore-2018",
        "iran-steps",
        "paul-offer",
        "biarritz-zarif",
        "rouhani-turn",
        "credit-15bn",
        "bolton-out",
        "phone-11sept",
        "visas-late",
        "cousins-joke",
    ] {
        let fact = story.fact_named(id).unwrap_or_else(|| panic!("no fact {id}"));
        assert!(!matches!(fact.status, FactStatus::Disputed(_)), "{id}");
    }
    for id in [
        "c-time",
        "c-where-waited",
        "c-surprise",
        "c-technicians",
        "c-left-hanging",
        "c-where-trump",
        "c-earlier",
        "c-pool-place",
        "c-plan",
        "c-accepted",
        "c-why",
        "c-order",
        "c-khamenei",
        "c-2000",
        "biarritz-push",
    ] {
        let fact = story.fact_named(id).unwrap_or_else(|| panic!("no fact {id}"));
        assert!(matches!(&fact.status, FactStatus::Disputed(versions) if versions.len() >= 2), "{id}");
    }
    // Each seat meets the conflict of sources in play.
    for seat in story.seat_ids() {
        let mut met = HashSet::new();
        for scene in story.scene_ids().filter(|scene| !matches!(story.scene(*scene).kind, SceneKind::End(_))) {
            if let Some(text) = story.texts(scene)[seat.index()] {
                let text = words(&story, text);
                let ids = text.split("[^").skip(1).filter_map(|part| part.split(']').next().map(str::to_owned));
                met.extend(ids.filter(|id| id.starts_with("c-")));
            }
        }
        assert!(met.len() >= 4, "{}: {met:?}", story.seats[seat.index()].id);
    }
    assert!(story.hypotheses.len() >= 5 && story.chronicle.len() >= 5 && story.questions.len() == 5);
    assert!(story.hypotheses.iter().all(|it| !it.speaks_for.is_empty() && !it.against.is_empty()));
}

#[test]
fn simulated_nights_add_up_and_repeat() {
    let story = story("hold-the-line");
    let simulate = |seat| hallway::author::simulate(&story, 300, 5, seat, &mut |_| true);
    for seat in [None, story.seat_named("aide")] {
        let nights = simulate(seat);
        assert_eq!(nights, simulate(seat));
        assert_eq!(nights.runs, 300);
        assert_eq!(nights.endings.iter().map(|ending| ending.count).sum::<u64>() + nights.stuck, 300);
        assert_eq!(nights.stuck, 0);
        assert!(nights.endings.iter().all(|ending| ending.low <= ending.share && ending.share <= ending.high));
        assert!(nights.words.min > 300 && nights.words.min <= nights.words.median);
        assert_eq!(seat.is_some(), nights.decisions.median > 0);
    }
    // What is asked to stop stops, and keeps what it has counted.
    let few = hallway::author::simulate(&story, 300, 5, None, &mut |done| done < 7);
    assert_eq!(few.runs, 7);
}

#[test]
fn no_president_speaks_in_quotation_marks_or_in_the_first_person() {
    let story = story("hold-the-line");
    let mut choices = 0;
    for scene in &story.scenes {
        let SceneKind::Decide(decision) = &scene.kind else { continue };
        let aide = scene.seat == story.seat_named("aide");
        for choice in story.choices(decision) {
            let say = words(&story, choice.say);
            assert!(!say.contains('“'), "{}: a choice is a deed, not a speech: {say}", scene.id);
            let first_person =
                say.split(|c: char| !c.is_alphabetic()).any(|word| matches!(word, "I" | "me" | "my" | "mine"));
            assert!(aide || !first_person, "{}: {say}", scene.id);
            choices += 1;
        }
    }
    assert!(choices > 300, "{choices} choices");
    // Nobody is called by name right before or after quotation marks.
    for (name, text) in hallway::story::BUILT_IN[0].files {
        if name.ends_with("record.ron") {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            for president in ["Macron", "Rouhani", "Trump", "Johnson", "Khamenei"] {
                for shape in [
                    format!("” says {president}"),
                    format!("{president} says, “"),
                    format!("{president}: “"),
                    format!(",” {president}"),
                ] {
                    assert!(!line.contains(&shape), "{name}:{}: {line}", number + 1);
                }
            }
        }
    }
}

#[test]
fn the_opening_notice_says_what_is_invented() {
    let story = story("hold-the-line");
    let notice = hallway::text::plain(&story.notice);
    assert!(
        notice.contains("No message of that night is known by its words") && notice.contains("invented"),
        "{notice}"
    );
    assert!(story.seats.iter().all(|seat| !seat.brief.is_empty()));
    let aide = story.seat_named("aide").unwrap_or(SeatId::new(0));
    assert_eq!(story.seats[aide.index()].name, "The aide", "no name, no title");
}

#[test]
fn british_spelling_and_words_that_do_not_belong() {
    for (name, _) in hallway::story::BUILT_IN[0].files {
        let text = fs::read_to_string(repository(name)).expect("a file");
        for word in ["regime", "color ", "favor ", "center ", "honor ", "gray ", "realize", "the Gulf"] {
            assert!(!text.contains(word), "{name} says {word:?}");
        }
    }
}
