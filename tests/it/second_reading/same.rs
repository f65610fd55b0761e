//! Whether the engine stands where the interpreter stands: in what is so, in what is offered, in what has been read.

use std::collections::BTreeMap;
use std::fmt::Debug;

use hallway::engine::{Block, BlockKind, Holder, Pick as Taken, Session, Stop as Halt};
use hallway::story::{MannerId, MessageId, SceneId, SeatId};
use hallway::text;
use hallway::view::{OfferAction, view};

use super::file::{Entries, StoryFile};
use super::offers::{Offer, Pick};
use super::prose::{Paragraph, Run};
use super::world::{Kind, Stop, Told, World};

/// The engine's night, beside the story as the interpreter reads it.
#[derive(Clone, Copy)]
pub struct Engine<'n, 'f> {
    pub session: &'n Session<'f>,
    pub file: &'f StoryFile,
}

impl<'f> Engine<'_, 'f> {
    /// Compares everything. `read` is what the seats had read before; what is new stands in the world.
    pub fn same(self, world: &World<'f>, read: &[Told]) -> Result<(), String> {
        if (self.session.stop(), &world.stop) == (Halt::Stuck, &Stop::Endless) {
            return Ok(());
        }
        let story = self.session.story();
        equal("the scene", &*story.scene(self.session.state().scene).id, world.scene)?;
        let halt = match self.session.stop() {
            Halt::Decision(seat) => Stop::Decision(self.seat(seat)),
            Halt::Lot => Stop::Lot(Vec::new()),
            Halt::End(ending) => Stop::End(&story.endings[ending.index()].id),
            Halt::Stuck => Stop::Stuck,
        };
        equal("the stop", &halt, &world.stop)?;
        for (name, value) in self.values() {
            equal(&format!("`{name}`"), value.as_str(), world.is(&name))?;
        }
        for (seat, _) in self.persons() {
            self.same_page(world, seat, read)?;
        }
        self.same_offers(world)
    }

    fn seat(self, seat: SeatId) -> &'f str {
        self.file.seats()[seat.index()]
    }

    /// The seats whose pages the engine keeps.
    pub fn persons(self) -> impl Iterator<Item = (SeatId, &'f str)> {
        let held = self.session.holders().iter().enumerate().filter(|(_, holder)| **holder == Holder::Person);
        held.map(move |(number, _)| (SeatId::new(number), self.seat(SeatId::new(number))))
    }

    /// The engine's pick that this is.
    pub fn taken(self, world: &World<'f>, pick: &Pick) -> Taken {
        let file = self.file;
        let manner = |list: &Entries<super::file::Manner>, name: &str| MannerId::new(list.place(name));
        match pick {
            Pick::Choice(number) => Taken::Choice(*number as u16),
            Pick::Standing => Taken::Standing,
            Pick::Done => Taken::Done,
            Pick::Line(line) => {
                let mark = world.at().mark.as_ref().expect("lines are offered by a marking");
                Taken::Line(file.sheets.at(&mark.sheet).lines.place(line) as u8)
            }
            Pick::Treat(name) => Taken::Treat(manner(&file.treatments, name)),
            Pick::Handle(name) => Taken::Handle(manner(&file.handlings, name)),
            Pick::Send { message, carrier, licence } => Taken::Send {
                message: MessageId::new(file.messages.place(message)),
                carrier: carrier.as_ref().map(|name| manner(&file.carriers, name)),
                licence: licence.as_ref().map(|name| manner(&file.licences, name)),
            },
        }
    }

    /// Everything that the engine holds to be so, by name.
    fn values(self) -> BTreeMap<String, String> {
        let (story, state, file) = (self.session.story(), self.session.state(), self.file);
        let mut out = BTreeMap::new();
        for (number, var) in story.vars.iter().enumerate().filter(|(_, var)| var.declared) {
            out.insert(var.id.clone(), var.domain.word(state.values[number]));
        }
        if let Some(clock) = &story.clock {
            out.insert("minutes".to_owned(), state.value(clock.var).to_string());
        }
        let named = |value: i16, none: &str, names: &[&str]| match value {
            0 => none.to_owned(),
            more => names[more as usize - 1].to_owned(),
        };
        if let Some(in_transit) = story.in_transit {
            for (name, var, names) in [
                ("message", in_transit.message, file.messages.names().collect::<Vec<_>>()),
                ("carrier", in_transit.carrier, file.carriers.names().collect()),
                ("licence", in_transit.licence, file.licences.names().collect()),
                ("treatment", in_transit.treatment, file.treatments.names().collect()),
                ("handling", in_transit.handling, file.handlings.names().collect()),
            ] {
                out.insert(name.to_owned(), named(state.value(var), "none", &names));
            }
        }
        let treatments: Vec<&str> = file.treatments.names().collect();
        let treatments = if treatments.is_empty() { vec!["plain"] } else { treatments };
        for message in &story.messages {
            out.insert(format!("heard({})", message.id), named(state.value(message.heard_var), "no", &treatments));
            if message.once.is_some() {
                out.insert(format!("used({})", message.id), state.is_used(message.once).to_string());
            }
        }
        for sheet in &story.sheets {
            out.insert(format!("marks({})", sheet.id), state.value(sheet.marks).to_string());
            for line in &sheet.lines {
                let hand = named(state.value(line.var), "standing", &file.seats());
                out.insert(format!("{}.{}", sheet.id, line.id), hand);
            }
        }
        for (number, scene) in story.scenes.iter().enumerate() {
            let visited = state.visits(SceneId::new(number)) > 0;
            out.insert(format!("visited({})", scene.id), visited.to_string());
        }
        out
    }

    /// What a seat has read since it last decided is the end of everything that it has read.
    fn same_page(self, world: &World<'f>, seat: SeatId, read: &[Told]) -> Result<(), String> {
        let name = self.seat(seat);
        let page: Vec<Block<'_>> = self.session.page(seat).filter(is_the_storys).collect();
        let told: Vec<&Told> = read.iter().chain(&world.told).filter(|told| told.is_for(name)).collect();
        let new = world.told.iter().filter(|told| told.is_for(name)).count();
        if page.len() < new || page.len() > told.len() {
            let texts: Vec<&str> = page.iter().map(|block| block.text).collect();
            return Err(format!("`{name}` has {texts:?} on its page, of {told:?}, of which {new} are new"));
        }
        same_blocks(name, &page, &told[told.len() - page.len()..])
    }

    /// All that a seat has read, from the beginning.
    pub fn same_history(self, seat: SeatId, read: &[Told]) -> Result<(), String> {
        let name = self.seat(seat);
        let whole = self.session.full_history(seat);
        let page: Vec<Block<'_>> = whole.page(seat).filter(is_the_storys).collect();
        let told: Vec<&Told> = read.iter().filter(|told| told.is_for(name)).collect();
        equal(&format!("how much `{name}` has read"), &page.len(), &told.len())?;
        same_blocks(name, &page, &told)
    }

    fn same_offers(self, world: &World<'f>) -> Result<(), String> {
        let Stop::Decision(_) = world.stop else { return Ok(()) };
        let seat = self.session.turn().ok_or("nobody decides")?;
        let page = view(self.session, seat);
        let ask = page.ask().ok_or("nothing is asked")?;
        let offers = world.offers();
        let open = offers.iter().filter(|offer| offer.open).map(|offer| self.taken(world, &offer.pick));
        equal("what is open", &self.session.options().picks(), &open.collect())?;
        let (standing, shown): (Vec<&Offer>, Vec<&Offer>) =
            offers.iter().partition(|offer| offer.open && offer.pick == Pick::Standing);
        // A message is offered once; then the manners of sending it are asked.
        let mut messages = Vec::new();
        let shown = shown.into_iter().filter(|offer| {
            let known = offer.pick.message().is_some_and(|message| messages.contains(&message));
            messages.extend(offer.pick.message());
            !known
        });
        let shown: Vec<&Offer> = shown.collect();
        equal("how much is offered", &ask.offers().len(), &shown.len())?;
        equal("the standing choice", &ask.standing().is_some(), &!standing.is_empty())?;
        for (theirs, own) in ask.offers().chain(ask.standing()).zip(shown.into_iter().chain(standing)) {
            let taken = self.taken(world, &own.pick);
            let fits = match (theirs.take, taken) {
                (OfferAction::Compose(message), Taken::Send { message: own, .. }) => message == own,
                (take, taken) => take == OfferAction::Pick(taken),
            };
            if !fits {
                return Err(format!("{:?} is offered where {:?} should be", theirs.take, own.pick));
            }
            equal(&format!("{:?} open", own.pick), &theirs.open, &own.open)?;
            let words = match &own.pick {
                // The program says what becomes of a line.
                Pick::Line(_) => theirs.words().split_once(": ").map_or("", |(_, line)| line),
                _ => theirs.words(),
            };
            said(&format!("the offer {:?}", own.pick), words, &own.words)?;
            match (theirs.why(), &own.why) {
                // The program says why no more lines may be struck.
                (Some(_), None) if matches!(own.pick, Pick::Line(_)) => {}
                (Some(why), Some(own)) => said("a reason", why, own)?,
                (None, None) => {}
                (theirs, own) => return Err(format!("the reason {theirs:?} is {own:?}")),
            }
        }
        Ok(())
    }
}

/// The story's words, not the program's.
fn is_the_storys(block: &Block<'_>) -> bool {
    !matches!(block.kind, BlockKind::Chosen | BlockKind::Notice) && !block.text.is_empty()
}

fn same_blocks(who: &str, page: &[Block<'_>], told: &[&Told]) -> Result<(), String> {
    for (block, told) in page.iter().zip(told) {
        let kind = match told.kind {
            Kind::Part => BlockKind::Part,
            Kind::Scene => BlockKind::Prose,
            Kind::Reply => BlockKind::Reply,
            Kind::Silence => BlockKind::Silence,
            Kind::News => block.kind,
        };
        equal(&format!("what `{who}` reads, “{}”,", block.text), &block.kind, &kind)?;
        said(&format!("`{who}`"), block.text, &told.readings)?;
    }
    Ok(())
}

pub fn equal<T: PartialEq + Debug + ?Sized>(what: &str, engine: &T, own: &T) -> Result<(), String> {
    if engine == own { Ok(()) } else { Err(format!("{what} is {engine:?} in the engine, and should be {own:?}")) }
}

/// Whether these words are one of the readings.
fn said(who: &str, words: &str, readings: &[Vec<Paragraph>]) -> Result<(), String> {
    let read = paragraphs(words);
    if readings.contains(&read) {
        return Ok(());
    }
    Err(format!("{who} reads “{words}”, which is\n  {read:?} and should be\n  {readings:?}"))
}

/// The engine's words as a face draws them.
fn paragraphs(words: &str) -> Vec<Paragraph> {
    let whole = text::paragraphs(words).into_iter().map(|paragraph| {
        let mut runs: Vec<Run> = Vec::new();
        for run in paragraph.sentences.iter().flat_map(|sentence| &sentence.runs) {
            let (emphasis, struck) = (run.style.emphasis, run.style.struck);
            match runs.last_mut() {
                Some(last) if (last.emphasis, last.struck) == (emphasis, struck) => last.text.push_str(run.text),
                _ => runs.push(Run { text: run.text.to_owned(), emphasis, struck }),
            }
        }
        Paragraph { written: paragraph.kind == text::ParagraphKind::Note, runs }
    });
    whole.collect()
}
