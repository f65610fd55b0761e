//! One night twice: in the engine, and as the interpreter reads it.

use std::collections::BTreeMap;

use hallway::engine::{Holder, Input, Pick as Taken, Session, Step};
use hallway::story::{SceneId, Story};

use super::file::StoryFile;
use super::offers::{Offer, Pick};
use super::same::{Engine, equal};
use super::world::{Stop, Told, World};
use crate::support::Dice;

/// A game in which more lots than this fall in a row is played no further.
const MOST_LOTS: usize = 200;

/// A game in which the story decides more often than this in a row is followed no further.
const MOST_ALONE: usize = 100;

/// A night that is played in both.
pub struct Night<'f> {
    story: &'f Story,
    file: &'f StoryFile,
    session: Session<'f>,
    world: World<'f>,
    before: Vec<Before<'f>>,
    /// Everything that each seat has read.
    read: Vec<Told>,
    /// Whether lots are forced; else they fall as the engine lets them, and are found out.
    forced: bool,
    /// The lots that fell before anybody decided.
    ahead: Vec<(SceneId, u16)>,
    given_up: bool,
    /// What was put in, for whoever has to find a fault.
    pub inputs: Vec<String>,
    /// What happened, and how often.
    pub met: BTreeMap<&'static str, usize>,
}

/// A night before an input, to be met again when that is taken back.
struct Before<'f> {
    world: World<'f>,
    log: usize,
    read: usize,
    /// Decisions, silences and stops are taken back, with all that came after them.
    decisive: bool,
}

impl<'f> Night<'f> {
    /// Plays a night of random decisions, and compares all of it. `note` sees the night whatever comes of it.
    pub fn play(
        story: &'f Story,
        file: &'f StoryFile,
        seed: u64,
        note: &mut dyn FnMut(&Self),
    ) -> Result<Session<'f>, String> {
        let mut dice = Dice(seed);
        // In every third night the story holds some seats. The engine keeps pages for persons, so there is one.
        let mut held: Vec<bool> = (0..story.seats.len()).map(|_| seed % 3 == 2 && dice.below(2) == 0).collect();
        let person = dice.below(held.len());
        held[person] = false;
        let mut night = Self::begin(story, file, seed, &held, &mut dice);
        let mut result = night.follow(0);
        for _ in 0..25 {
            if result.is_err() || night.given_up || !matches!(night.world.stop, Stop::Decision(_)) {
                break;
            }
            result = night.go_on(&mut dice);
        }
        night.count(match night.world.stop {
            Stop::End(_) => "ends",
            Stop::Stuck => "is stuck",
            Stop::Endless => "runs on for ever",
            Stop::Decision(_) | Stop::Lot(_) => "is left",
        });
        let result = result.and_then(|()| night.again());
        note(&night);
        result.map(|()| night.session)
    }

    /// Begins a night. Lots are forced in one and fall by themselves in the next: then they must fall where they can.
    fn begin(story: &'f Story, file: &'f StoryFile, seed: u64, held: &[bool], dice: &mut Dice) -> Self {
        let holder = |by_story: &bool| if *by_story { Holder::Story } else { Holder::Person };
        let forced = seed.is_multiple_of(3);
        let mut world = World::begin(file);
        let ahead = if forced { roll(&mut world, story, dice) } else { Vec::new() };
        Self {
            story,
            file,
            session: Session::forced(story, seed, held.iter().map(holder).collect(), ahead.clone()),
            given_up: forced && matches!(world.stop, Stop::Lot(_)),
            world,
            before: Vec::new(),
            read: Vec::new(),
            forced,
            ahead,
            inputs: vec![format!("seed {seed}, held by the story: {held:?}")],
            met: BTreeMap::new(),
        }
    }

    fn engine(&self) -> Engine<'_, 'f> {
        Engine { session: &self.session, file: self.file }
    }

    fn count(&mut self, what: &'static str) {
        *self.met.entry(what).or_default() += 1;
    }

    /// Plays on by one random input; sometimes several are taken back.
    fn go_on(&mut self, dice: &mut Dice) -> Result<(), String> {
        let steps = self.session.steps().count();
        let scene = self.session.state().scene;
        let before = self.world.clone();
        let input = match dice.below(24) {
            0 if self.file.freeze.is_some() => {
                self.count("is stopped");
                self.world.enter(self.file.freeze.as_deref().expect("there"));
                Input::Freeze
            }
            1 if !self.file.injects.0.is_empty() => {
                self.count("has news");
                let number = dice.below(self.file.injects.0.len());
                self.world.news(&self.file.injects.0[number].0);
                Input::Inject(number as u16)
            }
            2 | 3 | 6 | 7 if self.file.clock.is_some() => {
                self.count("waits");
                let clock = self.file.clock.as_ref().expect("there");
                let var = self.story.clock.as_ref().expect("declared").var;
                let now = i64::from(self.session.state().value(var));
                self.world.tick();
                Input::Set(var, (now + clock.tick).min(clock.minutes()) as i16)
            }
            4 => {
                self.count("is silent");
                self.be_silent(scene, steps)?;
                Input::Silence(scene)
            }
            5 if !self.before.is_empty() => {
                self.count("goes back");
                return self.undo(1 + dice.below(3));
            }
            _ => {
                self.count("is decided");
                let offers = self.world.offers();
                let open: Vec<&Offer> = offers.iter().filter(|offer| offer.open).collect();
                let offer = open[dice.below(open.len())];
                self.world.take(&offer.pick);
                Input::Decide(scene, self.engine().taken(&before, &offer.pick))
            }
        };
        self.inputs.push(format!("{input:?}"));
        let decisive = matches!(input, Input::Decide(..) | Input::Silence(_) | Input::Freeze);
        let (log, read) = (self.session.log().len(), self.read.len());
        self.before.push(Before { world: before, log, read, decisive });
        if self.forced {
            for (scene, way) in roll(&mut self.world, self.story, dice) {
                self.count("is forced");
                self.session.input(Input::Force(scene, way)).map_err(|why| format!("a lot is not forced: {why}"))?;
            }
            self.given_up = matches!(self.world.stop, Stop::Lot(_));
            if self.given_up {
                return Ok(());
            }
        }
        self.session.input(input).map_err(|why| format!("{input:?} is refused: {why}"))?;
        // What was decided by this input is a step too.
        let own = matches!(input, Input::Decide(..) | Input::Silence(_));
        self.follow(steps + usize::from(own))
    }

    /// Nobody decides: what the story says is taken for that, or what it leans to.
    fn be_silent(&mut self, scene: SceneId, steps: usize) -> Result<(), String> {
        if let Some(pick) = self.world.silence() {
            self.world.say_silence();
            self.world.take(&pick);
            return Ok(());
        }
        // Which of them it leans to is told by the step.
        let mut tried = self.session.clone();
        tried.input(Input::Silence(scene)).map_err(|why| format!("silence is refused: {why}"))?;
        let taken = tried.steps().nth(steps).ok_or("silence has taken nothing")?;
        let pick = self.leant(&self.world, taken.pick)?;
        self.world.take(&pick);
        Ok(())
    }

    /// The pick that is this in the engine; it must be open, and something that the story may take by itself.
    fn leant(&self, world: &World<'f>, taken: Taken) -> Result<Pick, String> {
        let mut open = world.offers().into_iter().filter(|offer| offer.open).map(|offer| offer.pick);
        let pick = open.find(|pick| self.engine().taken(world, pick) == taken);
        let pick = pick.ok_or_else(|| format!("not offered: {taken:?}"))?;
        if world.leans_to(&pick) { Ok(pick) } else { Err(format!("the story does not lean to {pick:?}")) }
    }

    /// Takes back the last decisions: everything is as it was.
    fn undo(&mut self, count: usize) -> Result<(), String> {
        for _ in 0..count {
            let Some(at) = self.before.iter().rposition(|before| before.decisive) else { break };
            let before = self.before.drain(at..).next().expect("there is one");
            self.inputs.push("undo".to_owned());
            if self.forced {
                // Lots that were forced for what is taken back go with it.
                self.session = self.session.rewound_to(before.log);
            } else if !self.session.undo() {
                return Err("nothing is taken back".to_owned());
            }
            equal("the log's length", &self.session.log().len(), &before.log)?;
            self.world = before.world;
            self.read.truncate(before.read);
        }
        self.engine().same(&self.world, &self.read)
    }

    /// Follows the engine until a person decides: lots fall as they can, the story's seats decide as the steps say.
    fn follow(&mut self, known: usize) -> Result<(), String> {
        let steps: Vec<Step> = self.session.steps().skip(known).collect();
        self.given_up |= steps.len() > MOST_ALONE;
        let mut why = String::new();
        let mut waiting = vec![(self.world.clone(), steps.as_slice())];
        let mut lots = 0;
        while let Some((mut world, steps)) = waiting.pop() {
            lots += usize::from(matches!(world.stop, Stop::Lot(_)));
            self.given_up |= lots > MOST_LOTS;
            if self.given_up {
                return Ok(());
            }
            match (world.stop.clone(), steps.split_first()) {
                (Stop::Lot(ways), _) => {
                    for way in ways.into_iter().rev() {
                        let mut world = world.clone();
                        world.take_way(way);
                        waiting.push((world, steps));
                    }
                }
                (Stop::Decision(_), Some((step, rest))) => match self.story_takes(&mut world, *step) {
                    Ok(()) => waiting.push((world, rest)),
                    Err(not) => why = not,
                },
                (stop, Some(step)) => why = format!("the night halts ({stop:?}) and goes on ({step:?})"),
                (_, None) => match self.engine().same(&world, &self.read) {
                    Ok(()) => {
                        self.world = world;
                        self.read.append(&mut self.world.told);
                        return Ok(());
                    }
                    Err(not) => why = not,
                },
            }
        }
        Err(why)
    }

    fn story_takes(&mut self, world: &mut World<'f>, step: Step) -> Result<(), String> {
        self.count("is decided by the story");
        let (scene, seat) = (&*self.story.scene(step.scene).id, self.file.seats()[step.seat.index()]);
        equal("where the story decides", &(scene, seat), &(world.scene, world.seat()))?;
        let pick = self.leant(world, step.pick)?;
        world.take(&pick);
        Ok(())
    }

    /// The whole night once more: from its log, and for each seat from the beginning.
    fn again(&self) -> Result<(), String> {
        if self.given_up || self.world.stop == Stop::Endless {
            return Ok(());
        }
        let session = &self.session;
        let mut again = Session::forced(self.story, session.seed(), session.holders().to_vec(), self.ahead.clone());
        for input in session.log() {
            again.input(*input).map_err(|why| format!("the log does not fit: {why}"))?;
        }
        if again.state() != session.state() || !again.steps().eq(session.steps()) || again.trail() != session.trail() {
            return Err("the log makes another night".to_owned());
        }
        for (seat, _) in self.engine().persons() {
            if !again.page(seat).eq(session.page(seat)) {
                return Err("the log makes other pages".to_owned());
            }
            self.engine().same_history(seat, &self.read)?;
        }
        Ok(())
    }
}

/// Lots that fall at random until somebody decides or the night is over.
fn roll(world: &mut World<'_>, story: &Story, dice: &mut Dice) -> Vec<(SceneId, u16)> {
    let mut out = Vec::new();
    while let Stop::Lot(ways) = &world.stop {
        if out.len() > MOST_LOTS {
            break;
        }
        let way = ways[dice.below(ways.len())];
        let scene = story.scene_ids().find(|id| *story.scene(*id).id == *world.scene).expect("a scene");
        out.push((scene, way as u16));
        world.take_way(way);
    }
    out
}
