//! The story's clock, and times of day.

use crate::story::diagnostic::Code;
use crate::story::model::{Clock, Domain, Var, VarId};
use crate::story::read::Text;

use super::Checker;
use super::gather::Gathered;

/// A clock before its variable is known.
pub(super) struct ClockTimes {
    starts: u16,
    ends: u16,
    tick: i16,
    whole_day: bool,
}

impl<'s> Checker<'s> {
    pub(super) fn declare_clock(&mut self, g: &Gathered<'s>) -> Option<ClockTimes> {
        let clock = g.clock.as_ref()?;
        self.has_clock = true;
        let errors = self.errors;
        let mut time = |text: Option<&Text<'s>>, field: &str| -> u16 {
            let Some(text) = text else {
                self.missing(clock.at, "a clock", field);
                return 0;
            };
            match time_of_day(text.value()) {
                Some(minutes) => minutes,
                None => {
                    let meant = time_meant(text.value());
                    self.report(Code::BadClock, text.at, "this is not a time of day").help = Some(meant.map_or_else(
                        || "write hours and minutes, for instance `\"20:40\"`".to_owned(),
                        |(hours, minutes)| format!("write `\"{hours:02}:{minutes:02}\"`"),
                    ));
                    0
                }
            }
        };
        let starts = time(clock.starts.as_ref(), "starts");
        let ends = time(clock.ends.as_ref(), "ends");
        self.names.starts = Some(starts);
        let tick = clock.tick.unwrap_or(5);
        if !(1..=60).contains(&tick) {
            self.report(Code::BadClock, clock.at, "a tick lasts 1 to 60 minutes").help =
                Some("write a number from 1 to 60, or leave `tick` out: it is 5 then".to_owned());
        }
        let hours = clock.hours.unwrap_or(12);
        if !matches!(hours, 12 | 24) {
            self.report(Code::BadClock, clock.at, format!("a day has 12 or 24 `hours` on a clock, not {hours}"));
        }
        if ends <= starts && self.errors == errors {
            let at = clock.ends.as_ref().map_or(clock.at, |ends| ends.at);
            let past = ends + 24 * 60;
            self.report(Code::BadClock, at, "the clock ends before it starts").help =
                Some(format!("count on past midnight: write `ends: \"{:02}:{:02}\"`", past / 60, past % 60));
        }
        self.fingerprint.feed(&format!("{}/{tick}", ends.saturating_sub(starts)));
        let tick = i16::try_from(tick).unwrap_or(5);
        Some(ClockTimes { starts, ends: ends.max(starts), tick, whole_day: hours == 24 })
    }

    pub(super) fn finish_clock(&mut self, times: ClockTimes, vars: &mut [Var]) -> Clock {
        let last = i16::try_from(times.ends - times.starts).unwrap_or(i16::MAX);
        let var = match self.names.vars.get("minutes") {
            Some(&var) => {
                if vars[var.index()].declared {
                    let at = self.names.vars.get_key_value("minutes").map_or("", |(key, _)| *key);
                    self.report(Code::BadClock, at, "`minutes` is the clock's own variable").help =
                        Some("leave it out of `vars`; the clock declares it".to_owned());
                }
                var
            }
            None => VarId::new(0),
        };
        vars[var.index()].domain = Domain::Counter(0, last);
        // Where the clock itself is at fault, nothing is said of what is compared with it.
        if last > 0 {
            self.names.domains[var.index()] = Domain::Counter(0, last);
        }
        let ClockTimes { starts, ends, tick, whole_day } = times;
        Clock { starts, ends, tick, whole_day, var }
    }
}

/// What was meant by a time of day as others write it: `20.40`, `8 pm`, `2040`.
fn time_meant(text: &str) -> Option<(u16, u16)> {
    let lower = text.to_lowercase();
    let numbers: Vec<&str> = lower.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let (hours, minutes) = match numbers.as_slice() {
        [both] if both.len() == 4 => both.split_at(2),
        [hours] if hours.len() <= 2 => (*hours, "0"),
        [hours, minutes, ..] => (*hours, *minutes),
        _ => return None,
    };
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let after_noon = (lower.contains("pm") || lower.contains("p.m")) && hours < 12;
    (hours < 48 && minutes < 60).then_some((hours + if after_noon { 12 } else { 0 }, minutes))
}

/// `"20:40"` as minutes after midnight.
pub(super) fn time_of_day(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let hours: u16 = hours.parse().ok().filter(|&h| h < 48)?;
    let minutes: u16 = minutes.parse().ok().filter(|&m| m < 60)?;
    Some(hours * 60 + minutes)
}
