//! A case's story as one seat plays it: the others held by what they decide in it, so that every face can play it.

use hallway::author::walk;
use hallway::engine::{Holder, Input, Pick, Session};
use hallway::story::{SceneId, SeatId, Story, WrittenWalk};

use super::case::Case;
use super::reading::Reading;

/// Seeds among which one is looked for whose luck is the luck that a walk forces.
const SEEDS: u64 = 10_000;

/// What one seat plays.
pub struct Playing<'s> {
    pub story: &'s Story,
    pub name: String,
    pub seat: SeatId,
    pub seed: u64,
    pub holders: Vec<Holder>,
    /// What comes from outside, in order.
    pub inputs: Vec<Input>,
    /// What is read before each of these, and at last.
    pub pages: Vec<Reading>,
    /// Whether the last page is the seat's to go on from, or the story is over: else somebody else's turn cuts it short.
    pub complete: bool,
}

impl<'s> Playing<'s> {
    pub fn begin(&self) -> Session<'s> {
        Session::new(self.story, self.seed, self.holders.clone())
    }

    /// The story as it stands before the input with this index.
    pub fn rewound_to(&self, input: usize) -> Session<'s> {
        let mut session = self.begin();
        for input in &self.inputs[..input] {
            session.input(*input).expect("it was taken");
        }
        session
    }

    /// The pages that are compared: all, unless the last is cut short.
    pub fn whole_pages(&self) -> &[Reading] {
        &self.pages[..self.pages.len() - usize::from(!self.complete)]
    }
}

/// Every playing of a case: each walk from each seat that it names, and what its blocks play besides.
pub fn all<'s>(case: &Case, story: &'s Story) -> Vec<Playing<'s>> {
    let walks = story.walks.iter().flat_map(|written| story.seat_ids().map(move |seat| walked(story, written, seat)));
    let mut out: Vec<Playing<'s>> = walks.collect();
    for block in &case.blocks {
        if let Some((role, steps)) = block.heading.split_once(" after ") {
            out.extend(stepped(story, seat_of(story, role), steps).ok());
        }
    }
    out
}

pub fn seat_of(story: &Story, role: &str) -> SeatId {
    match story.seat_named(role) {
        Some(seat) => seat,
        None if role == "reader" && story.seats.len() == 1 => SeatId::new(0),
        None => panic!("the story has no role `{role}`"),
    }
}

/// A walk as one seat plays it.
pub fn walked<'s>(story: &'s Story, written: &WrittenWalk, seat: SeatId) -> Playing<'s> {
    let wanted = walk(story, written).session;
    let steps: Vec<(SceneId, SeatId, Pick)> = wanted.steps().map(|step| (step.scene, step.seat, step.pick)).collect();
    let persons = || Session::new(story, 0, vec![Holder::Person; story.seats.len()]);
    let play = |seed: u64| -> Option<(Session<'s>, Vec<Reading>)> {
        let mut session = Session::new(story, seed, persons().holders().to_vec());
        let mut pages = Vec::new();
        for (scene, decides, pick) in &steps {
            if session.turn() == Some(seat) && *decides == seat {
                pages.push(Reading::of(&session, seat));
            }
            session.input(Input::Decide(*scene, *pick)).ok()?;
        }
        pages.push(Reading::of(&session, seat));
        (session.state() == wanted.state()).then_some((session, pages))
    };
    let found = (written.seed..written.seed + SEEDS).find_map(|seed| play(seed).map(|played| (seed, played)));
    let (seed, (session, pages)) = found.unwrap_or_else(|| panic!("no luck makes the walk `{}`", written.id));
    let holder = |other| if other == seat { Holder::Person } else { session.as_holder(other) };
    let own = steps.iter().filter(|(_, decides, _)| *decides == seat);
    Playing {
        story,
        name: format!("{} in {}", story.seats[seat.index()].id, written.id),
        seat,
        seed,
        holders: story.seat_ids().map(holder).collect(),
        inputs: own.map(|(scene, _, pick)| Input::Decide(*scene, *pick)).collect(),
        pages,
        complete: session.is_over() || session.turn() == Some(seat),
    }
}

/// What a seat plays by steps that no walk can name: `silence`, `news NAME`, `freeze`, `wait`, or the beginning of a
/// choice's words. The story holds the other seats.
///
/// # Errors
/// The step that cannot be taken.
pub fn stepped<'s>(story: &'s Story, seat: SeatId, steps: &str) -> Result<Playing<'s>, String> {
    let holder = |other| if other == seat { Holder::Person } else { Holder::Story };
    let holders: Vec<Holder> = story.seat_ids().map(holder).collect();
    let mut session = Session::new(story, 1, holders.clone());
    let (mut inputs, mut pages) = (Vec::new(), Vec::new());
    for step in steps.split(", ") {
        let page = Reading::of(&session, seat);
        let input = input(&session, &page, step).ok_or_else(|| format!("there is no step `{step}`"))?;
        pages.push(page);
        session.input(input).map_err(|refusal| format!("`{step}`: {refusal}"))?;
        inputs.push(input);
    }
    pages.push(Reading::of(&session, seat));
    let name = format!("{} after {steps}", story.seats[seat.index()].id);
    Ok(Playing { story, name, seat, seed: 1, holders, inputs, pages, complete: true })
}

fn input(session: &Session<'_>, page: &Reading, step: &str) -> Option<Input> {
    let story = session.story();
    let scene = session.state().scene;
    if let Some(news) = step.strip_prefix("news ") {
        let at = story.injects.iter().position(|inject| inject.name == news)?;
        return u16::try_from(at).ok().map(Input::Inject);
    }
    match step {
        "silence" => Some(Input::Silence(scene)),
        "freeze" => Some(Input::Freeze),
        "wait" => {
            let clock = story.clock.as_ref()?;
            Some(Input::Set(clock.var, session.state().value(clock.var) + clock.tick))
        }
        words => {
            let words = words.to_lowercase();
            let mut open = page.open();
            open.find(|(offered, _)| offered.to_lowercase().starts_with(&words))
                .map(|(_, pick)| Input::Decide(scene, pick))
        }
    }
}
