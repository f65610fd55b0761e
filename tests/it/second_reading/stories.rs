//! Random stories that use everything the guide tells of, in every place it may stand.

use super::tree::{Fields, Node};
use super::words::{Names, Style, Words};
use crate::support::Dice;

/// What a story has, by name; made first, so that everything can ask about everything.
pub struct Maker<'d> {
    pub words: Words<'d>,
    /// Seats that decide: the roles, or none for the only seat.
    pub seats: Vec<Option<String>>,
    pub clock: bool,
    pub scenes: Vec<String>,
    /// What can be sent, by the seat that sends it.
    pub messages: Vec<(String, String)>,
    /// How many choices there are so far.
    pub choices: usize,
    /// A few scenes in which messages are passed, treated and handled, and little besides: so few nights that all of
    /// them can be walked.
    pub only_passes: bool,
    /// The story leans to hardly anything.
    idle: bool,
}

/// A story of this seed; every third does little but pass messages.
pub fn story(seed: u64) -> Node {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    for _ in 0..4 {
        dice.below(2);
    }
    Maker::new(seed % 3 == 2, &mut dice).story()
}

pub fn some<T: Clone>(all: &[T], least: usize, dice: &mut Dice) -> Vec<T> {
    let count = least + dice.below(all.len() + 1 - least);
    let from = dice.below(all.len() + 1 - count);
    all[from..from + count].to_vec()
}

fn names(all: &[&str], least: usize, dice: &mut Dice) -> Vec<String> {
    some(all, least, dice).into_iter().map(str::to_owned).collect()
}

impl<'d> Maker<'d> {
    fn new(only_passes: bool, dice: &'d mut Dice) -> Self {
        let roles = if !only_passes && dice.below(4) == 0 { Vec::new() } else { names(&["ra", "rb", "r-c"], 1, dice) };
        let passes = only_passes || !roles.is_empty() && dice.below(4) > 0;
        let (clock, idle) = (dice.below(if only_passes { 2 } else { 3 }) == 0, dice.below(5) == 0);
        let mut counters = Vec::new();
        let all = if only_passes { &["trust"][..] } else { &["trust", "hope-2"] };
        for name in names(all, 0, dice) {
            let (min, max) = [(0, 3), (-2, 1), (1, 3), (0, 9)][dice.below(4)];
            counters.push((name, min, max));
        }
        if clock {
            counters.push(("minutes".to_owned(), 0, 20));
        }
        // Without any of them what is sent arrives at once.
        let least = if only_passes && dice.below(4) > 0 { 2 } else { 0 };
        let treatments = if passes { names(&["plain", "bent", "short"], least, dice) } else { Vec::new() };
        let messages = if passes { names(&["late", "early"], 1, dice) } else { Vec::new() };
        let from: Vec<String> = messages.iter().map(|_| roles[dice.below(roles.len())].clone()).collect();
        let or_none = |yes: bool, all: &[&str], dice: &mut Dice| if yes { names(all, 0, dice) } else { Vec::new() };
        let dash = ["", "-"][dice.below(2)];
        let names = Names {
            counters,
            states: if dice.below(if only_passes { 6 } else { 2 }) == 0 {
                vec!["calm", "cross", "half_open"]
            } else {
                Vec::new()
            },
            flag: dice.below(2) == 0,
            seats: if roles.is_empty() { vec!["reader".to_owned()] } else { roles.clone() },
            carriers: or_none(passes, &["note", "word"], dice),
            licences: or_none(passes, &["exactly", "freely"], dice),
            treatments,
            handlings: if passes { names(&["aloud", "alone"], usize::from(only_passes), dice) } else { Vec::new() },
            messages: messages.clone(),
            lines: or_none(!only_passes || dice.below(4) == 0, &["date", "hour"], dice),
            scenes: (0..3 + if only_passes { 0 } else { dice.below(5) })
                .map(|number| format!("s{dash}{number}"))
                .chain(["z".to_owned()])
                .collect(),
            fact: dice.below(4) == 0,
            clock,
        };
        Self {
            seats: if roles.is_empty() { vec![None] } else { roles.into_iter().map(Some).collect() },
            clock,
            scenes: names.scenes.clone(),
            messages: messages.into_iter().zip(from).collect(),
            choices: 0,
            only_passes,
            idle,
            words: Words { dice, names, number: 0, may_quote: true, may_vary: true, may_answer: true },
        }
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.words.dice.below(bound)
    }

    pub fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub fn one_of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.words.dice.below(all.len())].clone()
    }

    pub fn say(&mut self, style: Style) -> Node {
        Node::text(self.words.prose(style))
    }

    pub fn when(&mut self, fields: &mut Fields, share: usize) {
        if self.one_in(share) {
            fields.push(("when", Node::text(self.words.condition(2))));
        }
    }

    /// Something that is done; lines are struck only where a seat does it. `moment` are conditions that change at this
    /// very moment.
    pub fn does(&mut self, by_seat: bool, fields: &mut Fields, share: usize, moment: &[String]) {
        if self.one_in(share) {
            let effects = self.words.effects(by_seat, moment);
            fields.push(("do", Node::texts(effects)));
        }
    }

    /// What changes when something is done with a message, and might change before it or after it.
    fn passing_moment(&mut self, own: impl IntoIterator<Item = String>) -> Vec<String> {
        let mut moment: Vec<String> = own.into_iter().collect();
        if self.clock {
            moment.extend((0..4).map(|_| self.words.later()));
        }
        if let Some((message, _)) = self.messages.first() {
            moment.push(format!("heard({message})"));
        }
        moment.push(
            self.one_of(&["treatment is none", "handling is none", "carrier is none", "licence is none"]).to_owned(),
        );
        moment
    }

    pub fn weight(&mut self, field: &'static str, fields: &mut Fields, share: usize) {
        let idle = self.idle && field == "lean" && self.below(4) > 0;
        if idle || self.one_in(share) {
            let weight = match self.below(4) {
                _ if idle => Node::bare(0),
                0 => Node::bare(0),
                1 => Node::bare(1 + self.below(3)),
                _ => Node::text(self.words.weight()),
            };
            fields.push((field, weight));
        }
    }

    fn story(mut self) -> Node {
        let mut fields = Vec::new();
        if self.clock {
            let (starts, ends) = self.one_of(&[("20:40", "21:00"), ("23:50", "24:10"), ("11:45", "12:05")]);
            let mut clock = vec![("starts", Node::text(starts)), ("ends", Node::text(ends)), ("tick", Node::bare(5))];
            if self.one_in(2) {
                clock.push(("hours", Node::bare(24)));
            }
            fields.push(("clock", Node::Record(clock)));
        }
        if !self.only_passes && self.one_in(4) {
            fields.push(("start", Node::text(self.scenes[self.scenes.len().min(2) - 1].clone())));
        }
        if self.seats[0].is_some() {
            let roles = self.seats.clone().into_iter().flatten().map(|role| {
                let mut fields = vec![("name", Node::text(format!("Role {role}")))];
                if self.one_in(2) {
                    let standing = self.choice(Some(&role), true);
                    fields.push(("standing", standing));
                }
                (role, Node::Record(fields))
            });
            let roles = roles.collect();
            fields.push(("roles", Node::Names(roles)));
        }
        fields.push(("vars", self.vars()));
        let kinds = [
            ("carriers", self.words.names.carriers.clone()),
            ("licences", self.words.names.licences.clone()),
            ("treatments", self.words.names.treatments.clone()),
            ("handlings", self.words.names.handlings.clone()),
        ];
        for (kind, names) in kinds {
            if !names.is_empty() {
                let kind_of_one = kind.trim_end_matches('s');
                let manner = |name: String| {
                    let told = format!("{kind_of_one} is {name}");
                    // What is done at last takes time wherever messages are all that there is: before that the clock has
                    // not come to its end.
                    let takes_time = self.only_passes && matches!(kind, "treatments" | "handlings");
                    (name, self.manner(told, takes_time))
                };
                let manners = names.into_iter().map(manner).collect();
                fields.push((kind, Node::Names(manners)));
            }
        }
        if !self.messages.is_empty() {
            let messages = self.messages.clone().into_iter().map(|(name, from)| {
                let message = self.message(&name, &from);
                (name, message)
            });
            let messages = messages.collect();
            fields.push(("messages", Node::Names(messages)));
        }
        if !self.words.names.lines.is_empty() {
            let lines = self.words.names.lines.clone().into_iter();
            let lines = lines.map(|line| (line, Node::text(self.words.fresh()))).collect();
            let sheet = vec![("name", Node::text("The card")), ("lines", Node::Names(lines))];
            fields.push(("sheets", Node::Names(vec![("card".to_owned(), Node::Record(sheet))])));
        }
        if self.words.names.fact {
            let fact = vec![("text", Node::text("A fact.")), ("reported", Node::texts(["paper"]))];
            fields.push(("sources", Node::Names(vec![("paper".to_owned(), Node::text("A paper"))])));
            fields.push(("facts", Node::Names(vec![("known".to_owned(), Node::Record(fact))])));
        }
        let scenes = (0..self.scenes.len()).map(|number| (self.scenes[number].clone(), self.scene(number))).collect();
        fields.push(("scenes", Node::Names(scenes)));
        if self.one_in(3) {
            fields.push(("freeze", Node::text("z")));
        }
        if self.one_in(3) {
            let mut inject = vec![("name", Node::text("News")), ("text", Node::text(self.words.fresh()))];
            if let Some(role) = self.seats[0].clone().filter(|_| self.one_in(2)) {
                inject.push(("to", Node::texts([role])));
            }
            fields.push(("injects", Node::Names(vec![("news".to_owned(), Node::Record(inject))])));
        }
        Node::Record(fields)
    }

    fn vars(&mut self) -> Node {
        let mut out = Vec::new();
        for (name, min, max) in self.words.names.counters.clone() {
            if name == "minutes" {
                continue;
            }
            let mut fields = vec![("min", Node::bare(min)), ("max", Node::bare(max))];
            if self.one_in(2) {
                fields.push(("start", Node::bare(min + self.below((max - min) as usize) as i64)));
            }
            if self.one_in(3) {
                let words: Vec<String> = (min..=max).map(|_| self.words.fresh()).collect();
                fields.push(("words", Node::texts(words)));
            }
            out.push((name, fields));
        }
        if !self.words.names.states.is_empty() {
            let mut fields = vec![("states", Node::texts(self.words.names.states.clone()))];
            if self.one_in(2) {
                fields.push(("start", Node::text(self.one_of(&["cross", "half_open"]))));
            }
            out.push(("mood".to_owned(), fields));
        }
        if self.words.names.flag {
            let mut fields = vec![("flag", Node::bare(true))];
            if self.one_in(4) {
                fields.push(("start", Node::bare(true)));
            }
            out.push(("told".to_owned(), fields));
        }
        for (_, fields) in &mut out {
            if self.words.dice.below(5) == 0 {
                let at = self.words.dice.below(self.scenes.len());
                fields.push(("until", Node::text(self.scenes[at].clone())));
            }
            if self.words.dice.below(5) == 0 {
                fields.push(("seen_by", Node::texts(self.seats[0].clone())));
            }
        }
        Node::Names(out.into_iter().map(|(name, fields)| (name, Node::Record(fields))).collect())
    }

    /// A way of passing, of which this holds once it is taken.
    fn manner(&mut self, told: String, takes_time: bool) -> Node {
        let mut fields = vec![("name", Node::text(self.words.fresh()))];
        let takes_time = self.clock && (takes_time || self.one_in(2));
        if takes_time {
            fields.push(("minutes", Node::bare(5)));
        }
        let moment = self.passing_moment([told]);
        self.does(false, &mut fields, if takes_time { 1 } else { 2 }, &moment);
        self.when(&mut fields, 4);
        self.weight("lean", &mut fields, 3);
        Node::Record(fields)
    }

    fn message(&mut self, name: &str, from: &str) -> Node {
        let to = self.one_of(&self.seats.clone()).expect("roles");
        self.words.may_answer = false;
        let mut fields = vec![("from", Node::text(from)), ("to", Node::text(to)), ("gist", self.say(Style::Clause))];
        if self.one_in(2) {
            fields.push(("say", Node::text(self.words.fresh())));
        }
        if self.one_in(2) {
            fields.push(("keep", Node::bare(true)));
        }
        self.when(&mut fields, if self.only_passes { 8 } else { 4 });
        let moment = self.passing_moment([format!("message is {name}")]);
        self.does(true, &mut fields, 2, &moment);
        self.weight("lean", &mut fields, 4);
        let mut treatments = self.words.names.treatments.clone();
        if treatments.is_empty() {
            treatments.push("plain".to_owned());
        } else if treatments.len() > 1 && self.one_in(3) {
            let left_out = self.below(treatments.len());
            treatments.remove(left_out);
        }
        let readings = treatments.into_iter().map(|treatment| {
            let mut fields = vec![("text", self.say(Style::Clause))];
            if self.one_in(3) {
                fields.push(("say", Node::text(self.words.fresh())));
            }
            self.when(&mut fields, 5);
            let moment = self.passing_moment([format!("heard({name}) is {treatment}")]);
            self.does(false, &mut fields, 2, &moment);
            self.weight("lean", &mut fields, 2);
            if self.one_in(2) {
                let seats: Vec<String> = self.seats.iter().flatten().cloned().collect();
                let seats = some(&seats, 1, self.words.dice);
                let answers = seats.into_iter().map(|seat| (seat, self.say(Style::Text))).collect();
                fields.push(("answers", Node::Names(answers)));
            }
            (treatment, Node::Record(fields))
        });
        let readings = readings.collect();
        self.words.may_answer = true;
        fields.push(("heard", Node::Names(readings)));
        Node::Record(fields)
    }
}
