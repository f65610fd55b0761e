//! The episode: its numbers, and the rules that protect people, as far as a test can see.

use std::collections::HashSet;
use std::fs;

use hallway::engine::{Holder, Session};
use hallway::story::{Kind, Piece, SeatId, Standing, Template};

use crate::support::{repository, story};

/// All the words of a template, branches included.
fn words(template: &Template) -> String {
    let mut out = String::new();
    template.each(&mut |piece| {
        if let Piece::Text(text) = piece {
            out.push_str(text);
            out.push(' ');
        }
    });
    out
}

#[test]
fn the_first_telling_has_its_size() {
    let story = story("hold-the-line");
    assert!(story.scenes.len() >= 40, "{} scenes", story.scenes.len());
    assert!(story.endings.len() >= 6, "{} endings", story.endings.len());
    let mut count = 0;
    let mut cited = HashSet::new();
    let mut templates: Vec<&Template> = Vec::new();
    for scene in &story.scenes {
        templates.extend(scene.texts.iter().flatten());
        if let Kind::Decide(decision) = &scene.kind {
            for choice in &decision.choices {
                templates.push(&choice.say);
                templates.extend(choice.reply.iter().chain(&choice.locked));
            }
        }
    }
    for message in &story.messages {
        templates.push(&message.gist);
        templates.extend(message.heard.iter().flatten().map(|reading| &reading.text));
        count += message.say.split_whitespace().count();
    }
    let told =
        story.seats.iter().map(|seat| &seat.brief).chain(story.endings.iter().flat_map(|e| [&e.because, &e.note]));
    for text in told {
        count += hallway::text::plain(text).split_whitespace().count();
        cited.extend(text.split("[^").skip(1).filter_map(|part| part.split(']').next().map(str::to_owned)));
    }
    for template in templates {
        let text = words(template);
        count += hallway::text::plain(&text).split_whitespace().count();
        cited.extend(text.split("[^").skip(1).filter_map(|part| part.split(']').next().map(str::to_owned)));
    }
    assert!(count >= 8000, "{count} words");
    assert!(cited.len() >= 25, "{} facts cited", cited.len());
    let kinds = |standing: &Standing| match standing {
        Standing::Reported(_) => 0,
        Standing::Disputed(_) => 1,
        Standing::Inferred(_) => 2,
    };
    let seen: HashSet<_> =
        cited.iter().filter_map(|id| story.fact_named(id)).map(|fact| kinds(&fact.standing)).collect();
    assert_eq!(seen.len(), 3, "reported, disputed and inferred are all cited");
}

#[test]
fn every_ending_occurs_and_each_seat_decides_often() {
    let story = story("hold-the-line");
    // With the standing choices in play, random persons in all three seats find every ending.
    let mut found = HashSet::new();
    let mut dice = crate::support::Dice(5);
    for seed in 0..4000 {
        let mut session = Session::new(&story, seed, vec![Holder::Person; 3]);
        while session.turn().is_some() {
            let open = crate::support::picks(&session);
            let scene = session.state().scene;
            let pick = open[dice.below(open.len())];
            session.input(hallway::engine::Input::Decide(scene, pick)).expect("open");
        }
        found.insert(session.ending().map(|id| story.endings[id.index()].id.clone()));
    }
    assert_eq!(found.len(), story.endings.len(), "{found:?}");
    for seat in story.seat_ids() {
        let session = Session::new(&story, 3, vec![Holder::Story; 3]);
        let decisions = session.steps().iter().filter(|step| step.seat == seat).count();
        assert!(decisions >= 7, "seat {} decides {decisions} times", seat.index());
    }
}

#[test]
fn the_reported_night_and_understood_are_likeliest_when_the_story_holds_all_seats() {
    let story = story("hold-the-line");
    let nights = 4000;
    let mut counts = std::collections::HashMap::new();
    for seed in 0..nights {
        let session = Session::new(&story, seed, vec![Holder::Story; 3]);
        let ending = session.ending().expect("a sound night ends");
        *counts.entry(story.endings[ending.index()].id.as_str()).or_insert(0_u32) += 1;
    }
    let share = |id: &str| f64::from(counts.get(id).copied().unwrap_or(0)) / nights as f64;
    assert!(share("reported") + share("understood") >= 0.30, "{counts:?}");
    assert!(share("call") < 0.15, "{counts:?}");
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
    for scene in &story.scenes {
        let Kind::Decide(decision) = &scene.kind else { continue };
        let aide = scene.seat == story.seat_named("aide");
        for choice in &decision.choices {
            let say = words(&choice.say);
            assert!(!say.contains('“'), "{}: a choice is a deed, not a speech: {say}", scene.id);
            let first_person =
                say.split(|c: char| !c.is_alphabetic()).any(|word| matches!(word, "I" | "me" | "my" | "mine"));
            assert!(aide || !first_person, "{}: {say}", scene.id);
        }
    }
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
    assert!(notice.contains("No message of that night is") && notice.contains("invented"), "{notice}");
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
