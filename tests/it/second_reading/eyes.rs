//! A seat's eyes: what it reads of prose where the night stands.

use super::expr::Condition;
use super::file::Clock;
use super::prose::{NOTHING, Paragraph, Prose, Reader};
use super::world::World;

/// One seat reading where the night stands.
struct Eyes<'w, 'f> {
    world: &'w World<'f>,
    seat: &'w str,
    /// How many messages are being quoted within each other.
    depth: usize,
}

impl World<'_> {
    /// What a seat reads of these words where the night stands.
    pub fn read(&self, seat: &str, words: &Prose) -> Vec<Vec<Paragraph>> {
        words.read(&Eyes { world: self, seat, depth: 0 })
    }
}

impl Clock {
    fn starts(&self) -> i64 {
        of_day(&self.starts)
    }

    /// How long it runs.
    pub fn minutes(&self) -> i64 {
        of_day(&self.ends) - self.starts()
    }

    fn shown(&self, since: i64) -> String {
        let now = self.starts() + since;
        let (hour, minute) = (now / 60 % 24, now % 60);
        match self.hours {
            24 => format!("{hour:02}:{minute:02}"),
            _ => format!("{}.{minute:02}", (hour + 11) % 12 + 1),
        }
    }
}

/// Minutes after midnight.
fn of_day(time: &str) -> i64 {
    let (hours, minutes) = time.split_once(':').expect("hours and minutes");
    let number = |digits: &str| digits.parse::<i64>().expect("a number");
    number(hours) * 60 + number(minutes)
}

impl Reader for Eyes<'_, '_> {
    fn holds(&self, condition: &Condition) -> bool {
        self.world.holds(condition)
    }

    fn first(&self) -> bool {
        self.world.is(&format!("been({}, {})", self.world.scene, self.seat)) != "again"
    }

    fn named(&self, name: &str) -> Vec<String> {
        let (world, file) = (self.world, self.world.file);
        let nothing = || vec![NOTHING.to_string()];
        let quoted = |form: &str| name.strip_prefix(form)?.strip_prefix('(')?.strip_suffix(')').map(str::trim);
        if name == "clock" {
            let minutes = world.is("minutes").parse().expect("the clock counts minutes");
            return vec![file.clock.as_ref().expect("a clock").shown(minutes)];
        }
        // A message that quotes itself comes to an end.
        let quotes = ["meant", "heard", "answer"].iter().any(|form| name == *form || quoted(form).is_some());
        if quotes && self.depth > 3 {
            return nothing();
        }
        let deeper = Eyes { depth: self.depth + 1, ..*self };
        if name == "meant" || name.starts_with("meant(") {
            let message = file.messages.find(quoted("meant").unwrap_or_else(|| world.is("message")));
            return message.map_or_else(nothing, |message| message.gist.filled(&deeper));
        }
        let answers = name == "answer" || name.starts_with("answer(");
        if answers || name == "heard" || name.starts_with("heard(") {
            let of = quoted("heard").or_else(|| quoted("answer")).unwrap_or_else(|| world.is("message"));
            let treated = name.ends_with(')') || file.treatments.0.is_empty() || world.is("treatment") != "none";
            let message = file.messages.find(of).filter(|_| treated);
            let heard = format!("heard({of})");
            let Some(message) = message.filter(|_| world.is(&heard) != "no") else { return nothing() };
            let reading = message.heard.find(world.is(&heard));
            if answers {
                let answer = reading.and_then(|reading| reading.answers.find(self.seat));
                return answer.map_or_else(nothing, |answer| answer.filled(&deeper));
            }
            // Without a reading of its own it is heard as it was meant.
            return reading.map_or(&message.gist, |reading| &reading.text).filled(&deeper);
        }
        if let Some(sheet) = file.sheets.find(name) {
            let line = |(line, text): &(String, String)| match world.is(&format!("{name}.{line}")) {
                "standing" => format!("> {text}\n"),
                _ => format!("> ~{text}~\n"),
            };
            let lines: String = sheet.lines.0.iter().map(line).collect();
            return vec![format!("\n\n{lines}\n")];
        }
        vec![world.word(name)]
    }
}

impl World<'_> {
    /// The word of a variable, as a reader sees it.
    fn word(&self, name: &str) -> String {
        let now = self.is(name);
        let manners = match name {
            "carrier" => Some(&self.file.carriers),
            "licence" => Some(&self.file.licences),
            "treatment" => Some(&self.file.treatments),
            "handling" => Some(&self.file.handlings),
            _ => None,
        };
        if let Some(manners) = manners {
            return manners.find(now).map_or_else(String::new, |manner| manner.name.clone());
        }
        let Some(var) = self.file.vars.find(name) else { return now.to_owned() };
        let step = match var.states.iter().position(|state| state == now) {
            Some(at) => at,
            None if var.flag => usize::from(now == "true"),
            None => usize::try_from(now.parse::<i64>().expect("a number") - var.min).expect("in its range"),
        };
        match var.words.get(step) {
            Some(word) => word.clone(),
            None if var.flag => if now == "true" { "yes" } else { "no" }.to_owned(),
            None => now.replace('_', " "),
        }
    }
}
