//! The interpreter: what happens, turn by turn, in the order in which the guide tells it.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::expr::{Change, Condition, Effect, Values, value};
use super::file::{Choice, Manner, Scene, StoryFile, Way};
use super::offers::Pick;
use super::prose::{Paragraph, settled};

/// Scenes may follow each other without a decision this often.
const LONGEST_FLOW: u32 = 10_000;

/// Everything that a night has become.
#[derive(Debug, Clone)]
pub struct World<'f> {
    pub file: &'f StoryFile,
    pub scene: &'f str,
    pub values: Values,
    pub stop: Stop<'f>,
    /// What was read since [`World::told`] was last emptied: by whom, what kind of words, and their readings.
    pub told: Vec<Told>,
    /// Scenes entered since somebody last decided.
    flow: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop<'f> {
    Decision(&'f str),
    /// A lot among these ways, by index.
    Lot(Vec<usize>),
    End(&'f str),
    Stuck,
    /// Scenes follow each other without end.
    Endless,
}

#[derive(Debug, Clone)]
pub struct Told {
    pub seat: String,
    pub kind: Kind,
    pub readings: Vec<Vec<Paragraph>>,
}

impl Told {
    /// Whether this seat reads it, and there is something to read.
    pub fn is_for(&self, seat: &str) -> bool {
        self.seat == seat && self.readings.iter().any(|reading| !reading.is_empty())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Part,
    Scene,
    Reply,
    Silence,
    News,
}

impl<'f> World<'f> {
    /// The night as it begins.
    pub fn begin(file: &'f StoryFile) -> Self {
        let mut values = Values::new();
        let mut set = |name: &str, value: &str| values.insert(Rc::from(name), Rc::from(value));
        for (name, var) in &file.vars.0 {
            let first = match (&var.start, var.states.first()) {
                (Some(start), _) => start.0.clone(),
                (None, Some(state)) => state.clone(),
                (None, None) if var.flag => "false".to_owned(),
                (None, None) => if var.min <= 0 && var.max >= 0 { 0 } else { var.min }.to_string(),
            };
            set(name, &first);
        }
        if file.clock.is_some() {
            set("minutes", "0");
        }
        for name in ["message", "carrier", "licence", "treatment", "handling"] {
            set(name, "none");
        }
        for message in file.messages.names() {
            set(&format!("heard({message})"), "no");
        }
        for (sheet, declared) in &file.sheets.0 {
            set(&format!("marks({sheet})"), "0");
            declared.lines.names().for_each(|line| {
                set(&format!("{sheet}.{line}"), "standing");
            });
        }
        let first = file.start.as_deref().unwrap_or(&file.scenes.0[0].0);
        let mut world = Self { file, scene: first, values, stop: Stop::Stuck, told: Vec::new(), flow: 0 };
        world.enter(first);
        world
    }

    pub fn is(&self, name: &str) -> &str {
        value(&self.values, name)
    }

    pub fn set(&mut self, name: &str, value: impl AsRef<str>) {
        self.values.insert(Rc::from(name), Rc::from(value.as_ref()));
    }

    pub fn at(&self) -> &'f Scene {
        self.file.scenes.at(self.scene)
    }

    pub fn holds(&self, condition: &Condition) -> bool {
        condition.holds(&self.values)
    }

    /// The least and the greatest value of a counter.
    fn range(&self, counter: &str) -> (i64, i64) {
        match (self.file.vars.find(counter), &self.file.clock) {
            (Some(var), _) => (var.min, var.max),
            (None, Some(clock)) => (0, clock.minutes()),
            (None, None) => panic!("`{counter}` is no counter"),
        }
    }

    fn add(&mut self, counter: &str, by: i64) {
        let (least, most) = self.range(counter);
        let now: i64 = self.is(counter).parse().expect("a counter holds a number");
        self.set(counter, (now + by).clamp(least, most).to_string());
    }

    /// What is done, in order; `hand` is the seat that strikes.
    fn perform(&mut self, effects: &[Effect], hand: &str) {
        for effect in effects {
            if !self.holds(&effect.when) {
                continue;
            }
            match &effect.change {
                Change::Add(name, by) => self.add(name, *by),
                Change::Set(name, word) => self.set(name, word),
                Change::Strike(line) => self.set(line, hand),
                Change::Restore(line) => self.set(line, "standing"),
            }
        }
    }

    /// Entering a scene, and going on until somebody decides, a lot falls or the night is over.
    pub fn enter(&mut self, scene: &'f str) {
        let mut next = Some(scene);
        let mut known = BTreeSet::new();
        while let Some(scene) = next {
            self.flow += 1;
            // What comes again just as it was comes again for ever.
            if self.flow > LONGEST_FLOW || !known.insert((scene, self.values.clone())) {
                self.stop = Stop::Endless;
                return;
            }
            self.be_in(scene);
            next = self.way_on();
        }
    }

    fn be_in(&mut self, scene: &'f str) {
        self.scene = scene;
        self.set(&format!("visited({scene})"), "true");
        let at = self.at();
        let own = self.file.seat_of(at);
        self.perform(&at.does, own.unwrap_or("reader"));
        for (number, expected) in at.expect.iter().enumerate() {
            if !self.holds(expected) {
                self.set(&format!("met unexpected {scene} {number}"), "true");
            }
        }
        for seat in self.file.seats() {
            let words = self.file.words_for(at, seat);
            let decides = at.decides() && own == Some(seat);
            if words.is_some() || decides {
                let been = format!("been({scene}, {seat})");
                let now = if self.is(&been) == "false" { "once" } else { "again" };
                self.set(&been, now);
            }
            let here = own.is_none() || own == Some(seat) || words.is_some();
            let known = format!("part({seat})");
            if let Some(part) = at.part.as_ref().filter(|part| here && self.is(&known) != part.as_str()) {
                self.set(&known, part);
                self.tell(seat, Kind::Part, vec![settled(part)]);
            }
            if let Some(words) = words {
                self.tell(seat, Kind::Scene, self.read(seat, words));
            }
        }
    }

    /// The scene that follows at once, or none where the night stops.
    fn way_on(&mut self) -> Option<&'f str> {
        let at = self.at();
        if let Some(ending) = &at.end {
            self.stop = Stop::End(ending);
            return None;
        }
        if let Some(go) = &at.go {
            return Some(go);
        }
        if at.route.is_empty() {
            return self.settle();
        }
        let open: Vec<usize> = (0..at.route.len()).filter(|way| self.holds(&at.route[*way].when)).collect();
        if at.route.iter().all(|way| way.odds.is_none()) {
            self.stop = Stop::Stuck;
            return open.first().map(|way| self.go_way(*way));
        }
        let odds = |way: &Way| way.odds.as_ref().map_or(1, |odds| odds.of(&self.values));
        let ways: Vec<usize> = open.into_iter().filter(|way| odds(&at.route[*way]) > 0).collect();
        self.stop = if ways.is_empty() { Stop::Stuck } else { Stop::Lot(ways) };
        None
    }

    fn go_way(&mut self, way: usize) -> &'f str {
        let at = self.at();
        self.set(&format!("met way {} {way}", self.scene), "true");
        self.perform(&at.route[way].does, self.file.seat_of(at).unwrap_or("reader"));
        &at.route[way].go
    }

    /// The way on which a lot falls.
    pub fn take_way(&mut self, way: usize) {
        let go = self.go_way(way);
        self.enter(go);
    }

    /// A decision waits, or the night goes on because nothing is open. The standing choice alone is not enough: the
    /// story never takes it.
    fn settle(&mut self) -> Option<&'f str> {
        if self.offers().iter().any(|offer| offer.open && offer.pick != Pick::Standing) {
            self.flow = 0;
            self.stop = Stop::Decision(self.seat());
            return None;
        }
        self.stop = Stop::Stuck;
        self.at().otherwise.as_deref()
    }

    /// Time passes while somebody thinks.
    pub fn tick(&mut self) {
        let clock = self.file.clock.as_ref().expect("a clock");
        self.add("minutes", clock.tick);
        self.ask();
    }

    /// Looks anew whether anything is open, after something has changed while somebody decides.
    pub fn ask(&mut self) {
        if let Some(otherwise) = self.settle() {
            self.enter(otherwise);
        }
    }

    /// Whose decision it is here.
    pub fn seat(&self) -> &'f str {
        self.file.seat_of(self.at()).expect("a decision belongs to a seat")
    }

    /// Takes something that is open.
    pub fn take(&mut self, pick: &Pick) {
        let (at, seat) = (self.at(), self.seat());
        match pick {
            Pick::Choice(number) => {
                self.set(&self.use_of(*number), "true");
                self.take_choice(&at.choices[*number]);
            }
            Pick::Standing => {
                let standing = self.standing().expect("it is open");
                self.take_choice(standing);
            }
            Pick::Send { message, carrier, licence } => {
                self.send(message, carrier.as_deref(), licence.as_deref());
                self.enter(&at.pass.as_ref().expect("a pass").go);
            }
            Pick::Treat(treatment) => {
                self.set("treatment", treatment);
                self.manner(self.file.treatments.at(treatment), seat);
                let message = self.is("message").to_owned();
                self.arrive(&message, treatment);
                self.enter(&at.relay.as_ref().expect("a relay").go);
            }
            Pick::Handle(handling) => {
                // Where nothing is under way, there is nothing that could have been handled.
                if self.is("message") != "none" {
                    self.set("handling", handling);
                    self.manner(self.file.handlings.at(handling), seat);
                }
                self.enter(&at.receive.as_ref().expect("a receipt").go);
            }
            Pick::Line(line) => {
                let mark = at.mark.as_ref().expect("a marking");
                let name = format!("{}.{line}", mark.sheet);
                let hand = if self.is(&name) == "standing" { seat } else { "standing" };
                self.set(&name, hand);
                let count = format!("marks({})", mark.sheet);
                let made: i64 = self.is(&count).parse().expect("marks are counted");
                self.set(&count, (made + 1).to_string());
                self.ask();
            }
            Pick::Done => {
                let mark = at.mark.as_ref().expect("a marking");
                self.set(&format!("marks({})", mark.sheet), "0");
                self.enter(&mark.go);
            }
        }
    }

    fn take_choice(&mut self, choice: &'f Choice) {
        let seat = self.seat();
        self.perform(&choice.does, seat);
        if let Some(message) = &choice.send {
            self.send(message, choice.by.as_deref(), choice.licence.as_deref());
        }
        if let Some(reply) = &choice.reply {
            self.tell(seat, Kind::Reply, self.read(seat, reply));
        }
        self.enter(choice.go.as_deref().unwrap_or(self.scene));
    }

    fn send(&mut self, name: &str, carrier: Option<&str>, licence: Option<&str>) {
        let seat = self.seat();
        self.set("message", name);
        self.set("carrier", carrier.unwrap_or("none"));
        self.set("licence", licence.unwrap_or("none"));
        self.set("treatment", "none");
        self.set("handling", "none");
        let message = self.file.messages.at(name);
        self.set(&format!("used({name})"), "true");
        self.perform(&message.does, seat);
        carrier.iter().for_each(|carrier| self.manner(self.file.carriers.at(carrier), seat));
        licence.iter().for_each(|licence| self.manner(self.file.licences.at(licence), seat));
        if self.file.treatments.0.is_empty() {
            self.arrive(name, "plain");
        }
    }

    fn manner(&mut self, manner: &Manner, seat: &str) {
        if manner.minutes != 0 {
            self.add("minutes", manner.minutes);
        }
        self.perform(&manner.does, seat);
    }

    /// The message counts as heard so, and does what this reading does.
    fn arrive(&mut self, message: &str, treatment: &str) {
        let seat = self.seat();
        self.set(&format!("heard({message})"), treatment);
        if let Some(reading) = self.file.messages.at(message).heard.find(treatment) {
            self.perform(&reading.does, seat);
        }
    }

    /// What stands where nobody decided, if it is open.
    pub fn silence(&self) -> Option<Pick> {
        let at = self.at();
        let take = &at.silence.as_ref()?.take;
        let pick = match at.choices.iter().position(|choice| choice.id.as_ref() == Some(take)) {
            Some(number) => Pick::Choice(number),
            None if at.relay.is_some() => Pick::Treat(take.clone()),
            None => Pick::Handle(take.clone()),
        };
        self.offers().iter().any(|offer| offer.pick == pick && offer.open).then_some(pick)
    }

    /// What is taken for silence stands: the seat reads what the story says of that.
    pub fn say_silence(&mut self) {
        let words = self.at().silence.as_ref().map_or("", |silence| &silence.text);
        self.tell(self.seat(), Kind::Silence, vec![settled(words)]);
    }

    /// News for those whom they concern.
    pub fn news(&mut self, inject: &str) {
        let inject = self.file.injects.at(inject);
        for seat in self.file.seats() {
            if inject.to.as_ref().is_none_or(|to| to.iter().any(|role| role == seat)) {
                self.tell(seat, Kind::News, vec![settled(&inject.text)]);
            }
        }
    }

    fn tell(&mut self, seat: &str, kind: Kind, readings: Vec<Vec<Paragraph>>) {
        self.told.push(Told { seat: seat.to_owned(), kind, readings });
    }
}
