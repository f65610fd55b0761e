//! The same made story in three engines: opened from its source, and played through the calls that a face uses.

use std::fmt::Write as _;

use bladeink::story::Story as Ink;
use bubbles::{DialogueEvent, HashMapStorage, Runner};
use hallway::engine::{Holder, Input, Session};
use hallway::story::{SeatId, Sources, Story, check};
use hallway::view::{OfferAction, Turn, view};

use crate::made::{self, COUNTERS, Choice, Luck, Scene};

/// An engine that plays a made story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Hallway,
    Bubbles,
    Bladeink,
}

impl Engine {
    pub const ALL: [Self; 3] = [Self::Hallway, Self::Bubbles, Self::Bladeink];

    pub fn name(self) -> &'static str {
        match self {
            Self::Hallway => "hallway",
            Self::Bubbles => "bubbles",
            Self::Bladeink => "bladeink",
        }
    }

    /// The story in this engine's language.
    pub fn source(self, scenes: &[Scene]) -> String {
        match self {
            Self::Hallway => made::ron(scenes),
            Self::Bubbles => bub(scenes),
            Self::Bladeink => made::ink(scenes),
        }
    }

    /// From source to playable; what can be played is thrown away. The text is copied for no engine but ours, whose faults point into it.
    pub fn load(self, source: &str) {
        match self {
            Self::Hallway => drop(hallway(source)),
            Self::Bubbles => drop(bubbles(source)),
            Self::Bladeink => drop(ink(source)),
        }
    }

    /// Opens the story and hands `play` a closure that takes a number of decisions. All words of each page are made,
    /// and `read` takes them; the closure returns the sum of what it says.
    pub fn with_player<T>(
        self,
        source: String,
        read: fn(&str) -> usize,
        play: impl FnOnce(&mut dyn FnMut(usize) -> usize) -> T,
    ) -> T {
        let mut luck = Luck(1);
        match self {
            Self::Hallway => {
                let story = hallway(source);
                let mut session = Session::new(&story, 1, vec![Holder::Person]);
                play(&mut |decisions| (0..decisions).map(|_| hallway_turn(&mut session, &mut luck, read)).sum())
            }
            Self::Bubbles => {
                let mut runner = bubbles(&source);
                drop(source);
                play(&mut |decisions| (0..decisions).map(|_| bubbles_turn(&mut runner, &mut luck, read)).sum())
            }
            Self::Bladeink => {
                let mut story = ink(&source);
                drop(source);
                play(&mut |decisions| (0..decisions).map(|_| ink_turn(&mut story, &mut luck, read)).sum())
            }
        }
    }
}

pub fn hallway(source: impl Into<String>) -> Story {
    let checked = check(&Sources::from_texts([("made.ron", source)]), Vec::new());
    checked.story.expect("a made story has no fault")
}

fn bubbles(source: &str) -> Runner<HashMapStorage> {
    let program = bubbles::compile(source).expect("a made story compiles");
    let mut runner = Runner::new(program, HashMapStorage::new());
    runner.start("s0").expect("it begins");
    runner
}

fn ink(source: &str) -> Ink {
    let json = bladeink_compiler::Compiler::new().compile(source).expect("a made story compiles");
    Ink::new(&json).expect("it is read")
}

/// Letters that are no spaces: engines part lines differently.
pub fn letters(text: &str) -> usize {
    text.bytes().filter(|byte| !byte.is_ascii_whitespace()).count()
}

/// What the full screen and the plain face do for a turn: the page with all its words, then the input.
fn hallway_turn(session: &mut Session<'_>, luck: &mut Luck, read: fn(&str) -> usize) -> usize {
    let page = view(session, SeatId::new(0));
    assert_eq!(page.turn(), Turn::Yours);
    let ask = page.ask().expect("something is asked");
    let words = page.blocks().map(|block| read(block.text)).sum::<usize>()
        + ask.offers().map(|offer| read(offer.words())).sum::<usize>();
    let offer = ask.offers().nth(luck.below(ask.offers().len())).expect("one of them");
    let OfferAction::Pick(pick) = offer.take else { panic!("a plain choice") };
    session.input(Input::Decide(ask.scene, pick)).expect("it is open");
    words
}

fn bubbles_turn(runner: &mut Runner<HashMapStorage>, luck: &mut Luck, read: fn(&str) -> usize) -> usize {
    let mut words = 0;
    loop {
        match runner.next_event().expect("it runs").expect("it goes on") {
            DialogueEvent::Line { text, .. } => words += read(&text),
            DialogueEvent::Options(options) => {
                let open: Vec<usize> = (0..options.len()).filter(|at| options[*at].available).collect();
                words += open.iter().map(|at| read(&options[*at].text)).sum::<usize>();
                runner.select_option(open[luck.below(open.len())]).expect("it is open");
                return words;
            }
            _ => {}
        }
    }
}

fn ink_turn(story: &mut Ink, luck: &mut Luck, read: fn(&str) -> usize) -> usize {
    let mut words = 0;
    while story.can_continue() {
        words += read(&story.cont().expect("it runs"));
    }
    let choices = story.get_current_choices();
    words += choices.iter().map(|choice| read(&choice.text)).sum::<usize>();
    story.choose_choice_index(luck.below(choices.len())).expect("it is open");
    words
}

/// In the language of bubbles, which has no choices that can be taken only once.
fn bub(scenes: &[Scene]) -> String {
    let mut out = String::new();
    for (at, scene) in scenes.iter().enumerate() {
        let Scene { before, value, after, when, then, otherwise, choices } = scene;
        let (var, least) = when;
        let _ = writeln!(out, "title: s{at}\n---");
        if at == 0 {
            for at in 0..COUNTERS {
                let _ = writeln!(out, "<<declare $v{at} = 0>>");
            }
        }
        let _ = writeln!(
            out,
            "{before} It is {{$v{value}}} now. {after}\n<<if $v{var} >= {least}>>\n    {then}\n<<else>>\n    {otherwise}\n<<endif>>"
        );
        for Choice { words, wants, adds: (var, by), go, .. } in choices {
            let wants = wants.map(|(var, least)| format!(" <<if $v{var} >= {least}>>")).unwrap_or_default();
            let _ = writeln!(
                out,
                "-> {words}{wants}\n    <<set $v{var} = max(0, min(3, $v{var} + {by}))>>\n    <<jump s{go}>>"
            );
        }
        out.push_str("===\n");
    }
    out
}
