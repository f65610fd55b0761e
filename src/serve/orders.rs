//! The commands that a teacher types during a class: a word, and the group or seat that it is for.

use std::sync::Arc;

use crate::play::Command;
use crate::story::{Inject, SeatId};
use crate::teach::STEPS;
use crate::text::{counted, plain};

use super::class::Class;
use super::group::Group;
use super::member::Denied;
use super::table::Table;

/// What a teacher's line led to, to be shown to the teacher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Lines(String),
    /// A question. The teacher confirms by typing the same line again.
    Sure(String),
    /// The console shows the address of the board.
    Board,
    /// The console shows the address of the class and the room code.
    Address,
    Quit,
}

const HELP: &str = "\
groups, or Enter      show where each group is, whose turn it is, who is missing
begin, begin GROUP    begin the games; ask first if a seat is empty
pause, go             stop and restart the clocks; one group’s: pause blue
more GROUP SECONDS    lengthen each turn; one seat’s only: more blue aide 30
news, news NAME       list the news; break one; to a group: news NAME for GROUP
stop, stop GROUP      end the game where it stands
free GROUP SEAT       free a seat, so that another device can take it
story GROUP SEAT      have the story play a seat, until somebody takes it
compare               show the groups side by side
board, board compare  show on the projector who is where, or finished games
debrief 1             open a step of the debrief on every device, 1 to 4
codes, csv            print the codes; write a table of every decision
address               show the address and the room code
quit                  end the lesson; games, seats and words are kept";

impl Class {
    /// Carries out a line that the teacher typed. `sure` means that it repeats the line before, which asked for confirmation.
    ///
    /// # Errors
    /// If the line is not understood or cannot be carried out: why, in words for the teacher.
    pub fn order(&self, line: &str, sure: bool) -> Result<Said, String> {
        let line = line.trim().to_lowercase();
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((&line, ""));
        let rest = rest.trim();
        match word {
            "" | "groups" | "g" => Ok(Said::Lines(self.told())),
            "begin" => self.begin(rest, sure),
            "pause" => self.paused(rest, true),
            "go" => self.paused(rest, false),
            "more" => self.more(rest),
            "news" => self.news(rest, sure),
            "stop" => self.stop(rest, sure),
            "free" => self.free(rest, sure),
            "story" => self.story_plays(rest, sure),
            "compare" => Ok(Said::Lines(
                Some(self.compared(false)).filter(|told| !told.is_empty()).ok_or("No group has begun yet.")?,
            )),
            "debrief" => self.debrief(rest, sure),
            "board" => self.on_board(rest),
            "codes" => Ok(Said::Lines(self.told_codes())),
            "csv" => Ok(Said::Lines(match self.keep_results()? {
                Some(path) => format!("Every decision is in {}.", crate::text::shown(&path)),
                None => "No group has begun.".to_owned(),
            })),
            "address" => Ok(Said::Address),
            "help" | "?" => Ok(Said::Lines(HELP.to_owned())),
            "quit" if !sure => Ok(Said::Sure("The lesson would end, and every device be told so.".to_owned())),
            "quit" => Ok(Said::Quit),
            _ => Err(format!("“{word}” is no word of this console; `help` names them.")),
        }
    }

    /// Finds the group of this name.
    fn one(&self, typed: &str) -> Result<&Group, String> {
        let at = named(typed, self.groups.iter().map(|group| [group.name.as_str()]));
        at.map(|at| &*self.groups[at]).ok_or_else(|| {
            let names: Vec<&str> = self.groups.iter().map(|group| group.name.as_str()).collect();
            format!("Say which group: {}.", names.join(", "))
        })
    }

    /// Finds the group of this name, or returns all groups if `typed` is empty.
    fn some(&self, typed: &str) -> Result<Vec<&Group>, String> {
        if typed.is_empty() {
            Ok(self.groups.iter().map(|group| &**group).collect())
        } else {
            Ok(vec![self.one(typed)?])
        }
    }

    /// Finds a group and a seat in it: `blue aide`.
    fn seat(&self, typed: &str) -> Result<(&Group, SeatId), String> {
        let (group, seat) = typed.rsplit_once(char::is_whitespace).unwrap_or((typed, ""));
        let group = self.one(group.trim())?;
        let words = |seat: &'static crate::story::Seat| {
            [&seat.id, &seat.name, &seat.place].into_iter().flat_map(|words| words.split_whitespace())
        };
        let at = named(seat, self.story.seats.iter().map(words));
        let seats = || self.story.seats.iter().map(|own| own.name.as_str()).collect::<Vec<_>>().join(", ");
        at.map(|at| (group, SeatId::new(at))).ok_or_else(|| format!("Say which seat: {}.", seats()))
    }

    /// Does something to these groups, and tells what was done (`Stopped {}.`) and where it could not be done.
    fn each(
        &self,
        groups: &[&Group],
        told: &str,
        act: impl Fn(&mut Table) -> Result<(), String>,
    ) -> Result<Said, String> {
        let mut done: Vec<&str> = Vec::new();
        let mut not: Vec<(String, Vec<&str>)> = Vec::new();
        for group in groups {
            match group.change(&act) {
                Ok(()) => done.push(&group.name),
                Err(why) => match not.iter_mut().find(|(known, _)| *known == why) {
                    Some((_, names)) => names.push(&group.name),
                    None => not.push((why, vec![&group.name])),
                },
            }
        }
        let not = not.into_iter().map(|(why, names)| format!("{}: {why}.", self.called(&names)));
        if done.is_empty() {
            return Err(not.collect::<Vec<_>>().join("\n"));
        }
        let told = told.replace("{}", &lower(&self.called(&done)));
        Ok(Said::Lines([told].into_iter().chain(not).collect::<Vec<_>>().join("\n")))
    }

    /// Names these groups in a sentence: one by one, or as “All 5 groups”.
    fn called(&self, names: &[&str]) -> String {
        match names {
            [one] => (*one).to_owned(),
            all if all.len() == self.groups.len() => format!("All {} groups", all.len()),
            [most @ .., last] => format!("{} and {last}", most.join(", ")),
            [] => String::new(),
        }
    }

    /// Begins the games of the group that is named, or of every group that has somebody; asks first where somebody has not
    /// come, or the talk about the games has begun.
    fn begin(&self, typed: &str, sure: bool) -> Result<Said, String> {
        let mut groups = self.some(typed)?;
        if typed.is_empty() {
            // A group that plays already, or that nobody is in, keeps none of the others waiting.
            groups.retain(|group| group.look(|table| table.can_begin().is_ok()));
            if groups.is_empty() {
                return Err("No group can begin: each has begun, or nobody has a seat in it yet.".to_owned());
            }
        }
        let without = |group: &&Group| {
            let free = group.look(|table| match table.can_begin() {
                Ok(()) => table.free().into_iter().map(|seat| lower(&table.called(Some(seat)))).collect::<Vec<_>>(),
                Err(_) => Vec::new(),
            });
            (!free.is_empty()).then(|| format!("{}: nobody has come for {}.", group.name, free.join(", ")))
        };
        let mut asks: Vec<String> = groups.iter().filter_map(without).collect();
        if !asks.is_empty() {
            asks.push("The story would play these seats, until a latecomer takes one over.".to_owned());
        }
        if self.groups.iter().any(|group| group.look(|table| table.step > 0)) {
            asks.push("A step of the debrief is open; `debrief 0` closes it.".to_owned());
        }
        if !sure && !asks.is_empty() {
            return Ok(Said::Sure(asks.join("\n")));
        }
        let said = self.each(&groups, "Began play in {}.", Table::begin)?;
        let empty: Vec<&str> = self
            .groups
            .iter()
            .filter(|group| typed.is_empty() && group.look(|table| table.game().is_none()))
            .map(|group| group.name.as_str())
            .collect();
        Ok(match said {
            Said::Lines(told) if !empty.is_empty() => {
                let waits = format!("{}: nobody has a seat yet; `begin GROUP` begins it later.", self.called(&empty));
                Said::Lines(format!("{told}\n{waits}"))
            }
            said => said,
        })
    }

    fn paused(&self, typed: &str, paused: bool) -> Result<Said, String> {
        let (told, already) = if paused {
            ("Stopped the clock of {}; nobody can decide there until `go`.", "the clock stands already")
        } else {
            ("Let {} go on.", "the clock runs already")
        };
        self.each(&self.some(typed)?, told, |table| {
            table.plays()?;
            if table.paused == paused {
                return Err(already.to_owned());
            }
            table.paused = paused;
            Ok(())
        })
    }

    fn stop(&self, typed: &str, sure: bool) -> Result<Said, String> {
        let groups = self.some(typed)?;
        if !sure {
            let whom = if typed.is_empty() { "for every group" } else { &groups[0].name };
            return Ok(Said::Sure(format!("The game would end where it stands, {whom}.")));
        }
        self.each(&groups, "Stopped {}.", |table| {
            table.plays()?;
            table.command(Command::Freeze).map_err(|why| why.words().trim_end_matches('.').to_owned())
        })
    }

    fn free(&self, typed: &str, sure: bool) -> Result<Said, String> {
        let (group, seat) = self.seat(typed)?;
        let name = lower(&self.story.seats[seat.index()].name);
        let nobody = || Denied::Because(format!("Nobody has {name} in {}.", group.name));
        if group.look(|table| table.holder(seat).is_none()) {
            return Err(format!("Nobody has {name} in {}.", group.name));
        }
        if !sure {
            return Ok(Said::Sure(format!("{}, {name}: the device that has it would lose it.", group.name)));
        }
        let freed = group.change(|table| {
            let holder = table.members.iter().position(|member| table.seat_of(member) == Some(seat));
            table.leave(holder.ok_or_else(nobody)?)
        });
        match freed {
            Err(Denied::Because(why)) => Err(why),
            _ => Ok(Said::Lines(format!("Freed the seat of {name} in {}: any device can take it now.", group.name))),
        }
    }

    /// Has the story play a seat that nobody comes for, or whose holder is to stop.
    fn story_plays(&self, typed: &str, sure: bool) -> Result<Said, String> {
        let (group, seat) = self.seat(typed)?;
        let name = lower(&self.story.seats[seat.index()].name);
        let (plays, held) = group.look(|table| (table.plays(), table.holder(seat).is_some()));
        plays.map_err(|why| format!("{}: {why}.", group.name))?;
        if !sure {
            let loses = if held { " The device that has it would lose it." } else { "" };
            let until = "until somebody takes it over";
            return Ok(Said::Sure(format!("{}: the story would play {name}, {until}.{loses}", group.name)));
        }
        let told = format!("Gave the seat of {name} in {{}} to the story; whoever comes can take it over.");
        self.each(&[group], &told, |table| table.hand_back(seat))
    }

    /// Gives each turn of a group, or of one seat in it, more time; 0 takes it back. No other device shows it.
    fn more(&self, typed: &str) -> Result<Said, String> {
        if self.plan.turn == 0 {
            return Err("Turns have no end in this class; --turn gives them one.".to_owned());
        }
        let (whom, seconds) = typed.rsplit_once(char::is_whitespace).unwrap_or(("", typed));
        let seconds = seconds.parse::<u16>().ok().filter(|seconds| *seconds <= 600);
        let seconds = seconds.ok_or("Say how many seconds more for each turn, 600 at most: more blue 30.")?;
        let (group, seat) = match self.one(whom.trim()) {
            Ok(group) => (group, None),
            Err(_) => self.seat(whom.trim()).map(|(group, seat)| (group, Some(seat)))?,
        };
        let of = seat.map_or_else(String::new, |seat| format!(" of {}", lower(&self.story.seats[seat.index()].name)));
        match group.change(|table| table.give_more(seat, seconds)) {
            Err(Denied::Because(why)) => Err(why),
            _ if seconds == 0 => Ok(Said::Lines(format!("Took the extra time{of} in {} back.", group.name))),
            _ => Ok(Said::Lines(format!(
                "Gave each turn{of} in {} {} more; no other device shows it.",
                group.name,
                counted(seconds, "second")
            ))),
        }
    }

    /// Opens a step of looking back on every device whose game is over; asks first where somebody plays still.
    fn debrief(&self, typed: &str, sure: bool) -> Result<Said, String> {
        let step = typed.parse::<usize>().ok().filter(|step| *step <= STEPS.len());
        let Some(step) = step else {
            let steps: Vec<&str> = STEPS.iter().map(|(title, _)| *title).collect();
            return Err(format!(
                "Say which step: debrief 1. There are these; debrief 0 closes them:\n{}",
                steps.join("\n")
            ));
        };
        let over = |group: &&Arc<Group>| group.look(|table| table.state() == "over");
        let (ready, still): (Vec<&Arc<Group>>, Vec<&Arc<Group>>) = self.groups.iter().partition(over);
        let name = |groups: Vec<&Arc<Group>>| {
            let names: Vec<&str> = groups.into_iter().map(|group| group.name.as_str()).collect();
            self.called(&names)
        };
        let opens = self.groups.iter().all(|group| group.look(|table| table.step == 0));
        if step > 0 && opens && !still.is_empty() && !sure {
            return Ok(Said::Sure(format!("Not over yet: {}.", name(still))));
        }
        self.each(&self.some("")?, "", |table| {
            table.step = step;
            Ok(())
        })?;
        let Some((title, _)) = step.checked_sub(1).and_then(|at| STEPS.get(at)) else {
            return Ok(Said::Lines("Closed the debrief on every device.".to_owned()));
        };
        let mut told = match ready.is_empty() {
            true => format!("“{title}” opens on each device once its game is over."),
            false => format!("Opened “{title}” on the devices of {}.", lower(&name(ready))),
        };
        if !still.is_empty() {
            told.push_str(&format!("\nThese see it once their games are over: {}.", name(still)));
        }
        Ok(Said::Lines(told))
    }

    /// Says what the projector shows.
    fn on_board(&self, typed: &str) -> Result<Said, String> {
        match typed {
            "compare" => self.compare(true),
            "groups" | "" => self.compare(false),
            _ => return Err("Say what the board is to show: board groups, or board compare.".to_owned()),
        }
        Ok(Said::Board)
    }

    /// Brings in news; asks first where they have been told already.
    fn news(&self, typed: &str, sure: bool) -> Result<Said, String> {
        let news = &self.story.injects;
        if typed.is_empty() {
            // A teacher reads a piece of news before it is told.
            let told = |(at, news): (usize, &Inject)| format!("{}  {}\n   {}", at + 1, news.name, plain(&news.text));
            let names: Vec<String> = news.iter().enumerate().map(told).collect();
            return Ok(Said::Lines(if names.is_empty() {
                "This story has no news.".to_owned()
            } else {
                names.join("\n")
            }));
        }
        let one = |name: &str| {
            let number = name.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let at = number.or_else(|| named(name, news.iter().map(|news| [news.name.as_str()])));
            at.filter(|at| *at < news.len()).and_then(|at| u16::try_from(at).ok())
        };
        // The name of a piece of news may have the word “for” in it too.
        let (at, group) = match (one(typed), typed.rsplit_once(" for ")) {
            (Some(at), _) => (Some(at), ""),
            (None, Some((name, group))) => (one(name.trim()), group.trim()),
            (None, None) => (None, ""),
        };
        let at = at.ok_or("There is no such news; `news` names them.")?;
        let (name, groups) = (&news[usize::from(at)].name, self.some(group)?);
        let knows = |group: &&&Group| group.look(|table| table.plays().is_ok() && table.was_told(at));
        let know: Vec<&str> = groups.iter().filter(knows).map(|group| group.name.as_str()).collect();
        if !sure && !know.is_empty() {
            let has = if know.len() == 1 { "has" } else { "have" };
            return Ok(Said::Sure(format!("{} {has} been told “{name}” already.", self.called(&know))));
        }
        let told = format!("Told “{name}” to {{}}.");
        self.each(&groups, &told, |table| {
            table.plays()?;
            table.command(Command::Inject(at)).map_err(|why| why.words().trim_end_matches('.').to_owned())
        })
    }
}

/// A seat, or some groups, as they are called within a sentence; a name keeps its capital letter.
fn lower(words: &str) -> String {
    let article = [("All ", "all "), ("The ", "the ")].into_iter().find(|(article, _)| words.starts_with(article));
    article.map_or_else(|| words.to_owned(), |(upper, lower)| words.replacen(upper, lower, 1))
}

/// Which of these is named so: the one that has this very name, else the only one with a name that begins so. Each has its
/// names; what was typed is in small letters.
fn named<'a, N: IntoIterator<Item = &'a str>>(typed: &str, all: impl Iterator<Item = N>) -> Option<usize> {
    let names: Vec<Vec<String>> = all.map(|names| names.into_iter().map(str::to_lowercase).collect()).collect();
    let exact = names.iter().position(|names| names.iter().any(|name| name == typed));
    let begins = |names: &Vec<String>| names.iter().any(|name| name.starts_with(typed));
    let mut begin = (0..names.len()).filter(|at| !typed.is_empty() && begins(&names[*at]));
    let only = (begin.next(), begin.next());
    exact.or(only.0.filter(|_| only.1.is_none()))
}

#[cfg(test)]
mod tests {
    use super::{HELP, named};

    #[test]
    fn help_fits_a_terminal() {
        assert!(HELP.lines().all(|line| crate::text::width(line) <= 80));
    }

    #[test]
    fn a_whole_name_comes_before_one_that_begins_so_and_two_that_do_are_neither() {
        let groups = || ["Group 11", "Group 1", "Blue"].into_iter().map(|name| [name]);
        assert_eq!(named("group 1", groups()), Some(1));
        assert_eq!(named("group 11", groups()), Some(0));
        assert_eq!(named("bl", groups()), Some(2));
        for none in ["group", "", "red"] {
            assert_eq!(named(none, groups()), None, "{none}");
        }
    }
}
