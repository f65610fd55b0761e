//! What is put before whoever decides, in its order.

use super::file::{Choice, Entries, Manner, Pass};
use super::prose::{Paragraph, settled};
use super::world::World;

/// Something that can be decided.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pick {
    Send { message: String, carrier: Option<String>, licence: Option<String> },
    Treat(String),
    Handle(String),
    Line(String),
    Done,
    Choice(usize),
    Standing,
}

/// Something that is put before whoever decides.
#[derive(Debug, Clone)]
pub struct Offer {
    pub pick: Pick,
    pub open: bool,
    pub words: Vec<Vec<Paragraph>>,
    /// Why it is locked.
    pub why: Option<Vec<Vec<Paragraph>>>,
    pub weight: Weights,
}

/// How much the story leans to it: of a message that is sent, the message's own weight, its carrier's and its licence's.
type Weights = [i64; 3];

impl Pick {
    /// The message that is sent.
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Send { message, .. } => Some(message),
            _ => None,
        }
    }

    /// What is chosen first, by what it is sent, and on what terms.
    pub fn part(&self, part: usize) -> Option<String> {
        match (self, part) {
            (Self::Send { message, .. }, 0) => Some(message.clone()),
            (Self::Send { carrier, .. }, 1) => carrier.clone(),
            (Self::Send { licence, .. }, 2) => licence.clone(),
            (_, 0) => Some(format!("{self:?}")),
            _ => None,
        }
    }
}

impl<'f> World<'f> {
    /// What is offered, in its order; what is hidden is not there.
    pub fn offers(&self) -> Vec<Offer> {
        let at = self.at();
        let mut out = Vec::new();
        if let Some(pass) = &at.pass {
            self.offer_messages(pass, &mut out);
        }
        if let Some(relay) = &at.relay {
            self.offer_treatments(&relay.treatments, &mut out);
        }
        if let Some(receive) = &at.receive {
            for (name, handling) in open_of(&receive.handlings, &self.file.handlings, self) {
                out.push(Offer::open(Pick::Handle(name.to_owned()), &handling.name, handling.lean.of(&self.values)));
            }
        }
        if let Some(mark) = &at.mark {
            let made: i64 = self.is(&format!("marks({})", mark.sheet)).parse().expect("marks are counted");
            let lines = &self.file.sheets.at(&mark.sheet).lines.0;
            for (line, text) in lines {
                let open = made < mark.most;
                // The story restores no line.
                let lean = i64::from(self.is(&format!("{}.{line}", mark.sheet)) == "standing");
                out.push(Offer { open, ..Offer::open(Pick::Line(line.clone()), text, lean) });
            }
            out.push(Offer::open(Pick::Done, mark.say.as_deref().unwrap_or("Hand it on."), 2));
        }
        for (number, choice) in at.choices.iter().enumerate() {
            let used = !choice.keep && self.is(&self.use_of(number)) == "true";
            self.offer_choice(Pick::Choice(number), choice, used, &mut out);
        }
        if let Some(standing) = self.standing() {
            self.offer_choice(Pick::Standing, standing, false, &mut out);
        }
        out
    }

    pub fn standing(&self) -> Option<&'f Choice> {
        self.file.roles.find(self.seat())?.standing.as_ref().filter(|_| self.at().standing)
    }

    pub fn use_of(&self, choice: usize) -> String {
        format!("used({} {choice})", self.scene)
    }

    fn offer_choice(&self, pick: Pick, choice: &Choice, used: bool, out: &mut Vec<Offer>) {
        let open = self.holds(&choice.when);
        if used || !open && choice.locked.is_none() {
            return;
        }
        out.push(Offer {
            pick,
            open,
            words: self.read(self.seat(), &choice.say),
            why: choice.locked.as_ref().filter(|_| !open).map(|why| self.read(self.seat(), why)),
            weight: [choice.lean.of(&self.values), 1, 1],
        });
    }

    fn offer_messages(&self, pass: &Pass, out: &mut Vec<Offer>) {
        let manners = |names: &[String], list: &'f Entries<Manner>| -> Vec<(Option<String>, i64)> {
            match names.is_empty() {
                true => vec![(None, 1)],
                false => open_of(names, list, self)
                    .into_iter()
                    .map(|(name, manner)| (Some(name.to_owned()), manner.lean.of(&self.values)))
                    .collect(),
            }
        };
        let carriers = manners(&pass.by, &self.file.carriers);
        let licences = manners(&pass.licences, &self.file.licences);
        for name in &pass.messages {
            let message = self.file.messages.at(name);
            let used = !message.keep && self.is(&format!("used({name})")) == "true";
            if used || !self.holds(&message.when) {
                continue;
            }
            for (carrier, by) in &carriers {
                for (licence, on) in &licences {
                    let (message, carrier, licence) = (name.clone(), carrier.clone(), licence.clone());
                    let words = self.message_words(name);
                    let weight = [self.file.messages.at(name).lean.of(&self.values), *by, *on];
                    let pick = Pick::Send { message, carrier, licence };
                    out.push(Offer { pick, open: true, words, why: None, weight });
                }
            }
        }
    }

    /// Whether the story may take this by itself: never the standing choice, and nothing of weight 0, unless all that is
    /// open has 0: then the first. A message, its carrier and its licence are leant to one after the other.
    pub fn leans_to(&self, pick: &Pick) -> bool {
        let offers = self.offers();
        let open: Vec<&Offer> = offers.iter().filter(|offer| offer.open && offer.pick != Pick::Standing).collect();
        let Some(taken) = open.iter().find(|offer| offer.pick == *pick) else { return false };
        (0..3).all(|part| {
            let beside: Vec<&&Offer> =
                open.iter().filter(|offer| part == 0 || offer.pick.message() == pick.message()).collect();
            let none = beside.iter().all(|offer| offer.weight[part] == 0);
            taken.weight[part] > 0 || none && beside[0].pick.part(part) == pick.part(part)
        })
    }

    /// What a sender chooses a message by.
    fn message_words(&self, name: &str) -> Vec<Vec<Paragraph>> {
        let message = self.file.messages.at(name);
        match &message.say {
            Some(say) => vec![settled(say)],
            None => self.read(self.seat(), &message.gist),
        }
    }

    fn offer_treatments(&self, names: &[String], out: &mut Vec<Offer>) {
        let Some(message) = self.file.messages.find(self.is("message")) else { return };
        for (name, treatment) in open_of(names, &self.file.treatments, self) {
            let Some(reading) = message.heard.find(name).filter(|reading| self.holds(&reading.when)) else { continue };
            let words = reading.say.as_deref().unwrap_or(&treatment.name);
            let lean = reading.lean.as_ref().unwrap_or(&treatment.lean);
            out.push(Offer::open(Pick::Treat(name.to_owned()), words, lean.of(&self.values)));
        }
    }
}

impl Offer {
    fn open(pick: Pick, words: &str, lean: i64) -> Self {
        Self { pick, open: true, words: vec![settled(words)], why: None, weight: [lean, 1, 1] }
    }
}

/// The manners of this list whose condition holds.
fn open_of<'n, 'f>(names: &'n [String], list: &'f Entries<Manner>, world: &World<'_>) -> Vec<(&'n str, &'f Manner)> {
    let known = names.iter().map(|name| (name.as_str(), list.at(name)));
    known.filter(|(_, manner)| world.holds(&manner.when)).collect()
}
