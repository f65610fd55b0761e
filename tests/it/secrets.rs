//! What a seat has not perceived must never be in its view.

use std::collections::HashSet;
use std::time::Duration;

use hallway::engine::{By, Input};
use hallway::story::{Prose, SeatId, Story, Template};
use hallway::tui::{App, Look, Message, Start, draw};
use hallway::view::{Key, Page, view};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::support::{Dice, night, picks, story};

/// The story with every word that belongs to one seat replaced by a token that names the seat.
fn tokens(mut story: Story) -> Story {
    let mut number = 0;
    // Conditions and values stay out of it: only words can tell.
    let mut token = |prose: &mut Prose, seat: usize, template: &mut Template| {
        number += 1;
        *template = prose.literal(&format!("secret{seat}x{number} "));
    };
    let prose = &mut story.prose;
    for (at, text) in story.texts.iter_mut().enumerate() {
        if let Some(text) = text {
            token(prose, at % story.seats.len(), text);
        }
    }
    for scene in &mut story.scenes {
        let seat = scene.seat.map_or(0, SeatId::index);
        if let (hallway::story::Kind::Decide(decision), Some(_)) = (&mut scene.kind, scene.seat) {
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
    out.extend(page.status().iter().map(|status| status.word.clone()));
    out.extend([page.place().to_owned(), page.part().unwrap_or_default().to_owned()]);
    out.join(" ")
}

#[test]
fn no_other_seats_words_in_a_thousand_random_nights() {
    let story = tokens(story("hold-the-line"));
    let mut dice = Dice(99);
    let mut told: HashSet<usize> = HashSet::new();
    for number in 0..1000 {
        let seat = SeatId::new(number % story.seats.len());
        let mut session = night(&story, seat, number as u64);
        loop {
            let seen = words(&view(&session, seat));
            let history: String = session.retold(seat).page(seat).map(|block| block.text).collect();
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

/// Three people at one keyboard: whatever keys are pressed, no frame in one's turn shows another's words, and the
/// curtain shows nobody's.
#[test]
fn no_frame_at_a_shared_keyboard_tells_one_seat_of_another() {
    for name in ["hold-the-line", "hold-the-line-class"] {
        shared_keyboard(&tokens(story(name)));
    }
}

fn shared_keyboard(story: &Story) {
    let mut dice = Dice(7);
    let keys = [
        "1", "2", "3", "1", "2", "enter", "0", "h", "f", "r", "s", "w", "u", "m", "?", "esc", "space", "end", "tab",
        "/", "down", "1", "t", "5", "8",
    ];
    let (mut told, mut curtains, mut silences) = (HashSet::new(), 0, 0);
    for number in 0..24 {
        let start = Start {
            seed: Some(number),
            title: false,
            together: story.seat_ids().collect(),
            turn: 60,
            ..Start::of(story)
        };
        let (mut app, _) = App::new(start, Look::default(), Vec::new());
        app.update(Message::Resize(120, 40));
        let mut terminal = Terminal::new(TestBackend::new(120, 40)).expect("a test terminal");
        for _ in 0..400 {
            terminal.draw(|frame| draw(&app, frame)).expect("drawn");
            if app.is_over() {
                break;
            }
            let screen: String = terminal.backend().buffer().content.iter().map(|cell| cell.symbol()).collect();
            let curtain = screen.contains("nobody else is looking");
            curtains += usize::from(curtain);
            for seat in story.seat_ids() {
                let seen = screen.contains(&format!("secret{}x", seat.index()));
                assert!(
                    !seen || (seat == app.seat && !curtain),
                    "night {number}, seat {}:\n{screen}",
                    app.seat.index()
                );
                if seen {
                    told.insert(seat.index());
                }
            }
            let key = keys[dice.below(keys.len())];
            app.update(Message::Key(Key::parse(key).expect("a key")));
            // Now and then nobody decides in time.
            app.update(Message::Tick(Duration::from_secs(dice.below(15) as u64)));
        }
        let steps = app.session.iter().flat_map(|night| night.steps());
        silences += steps.filter(|step| step.by == By::Silence).count();
    }
    assert!(told.len() == 3 && curtains > 100, "{told:?}, {curtains} curtains");
    assert!(silences > 20, "{silences} silences");
}
