//! What a teacher says to the class, in lines: a word, and which group or seat it is for.

use std::sync::Arc;

use crate::play::Command;
use crate::teach::STEPS;

use super::class::Class;
use super::group::Group;
use super::member::Denied;
use super::table::Table;

/// What came of a teacher's line, for the teacher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Lines(String),
    /// It is done only if the same line is said once more.
    Sure(String),
    /// The console tells where the board is.
    Board,
    /// The console tells where the class is.
    Address,
    Quit,
}

const HELP: &str = "\
groups, or nothing    where each group is, whose turn it is, who is missing
pause, go             let the clocks stand, or go on; only there: pause blue
more GROUP SECONDS    more time for each turn; of one seat: more blue aide 30
begin GROUP           begin with those who are there; the story plays the rest
news, news NAME       which there are; bring one in, or: news NAME for GROUP
stop, stop GROUP      end the game from wherever it stands
free GROUP SEAT       give a seat back, for another device
compare               the groups side by side
board, board compare  the projector’s page: who is where; finished games
debrief 1             open a step of looking back on every device, 1 to 4
codes, csv            class and result codes; a table of every decision
address               where to go, and the code
quit                  end the lesson; games and words are kept";

impl Class {
    /// Does what a teacher's line says. `sure` where the same line was said just before, and was asked about.
    ///
    /// # Errors
    /// Why it is not done, for the teacher.
    pub fn order(&self, line: &str, sure: bool) -> Result<Said, String> {
        let line = line.trim().to_lowercase();
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((&line, ""));
        let rest = rest.trim();
        match word {
            "" | "groups" | "g" => Ok(Said::Lines(self.told())),
            "pause" => self.paused(rest, true),
            "go" => self.paused(rest, false),
            "more" => self.more(rest),
            "begin" => self.begin(self.one(rest)?),
            "news" => self.news(rest),
            "stop" if !sure => {
                let whom = if rest.is_empty() { "for every group" } else { &self.one(rest)?.name };
                Ok(Said::Sure(format!("The game would end where it stands, {whom}.")))
            }
            "stop" => self.each(rest, |table| table.command(Command::Freeze).map_err(|why| why.words())),
            "free" if !sure => {
                let (group, seat) = self.seat(rest)?;
                Ok(Said::Sure(format!("{}, {seat}: the device that has it would lose it.", group.name)))
            }
            "free" => {
                let (group, seat) = self.seat(rest)?;
                let id = self.story.seats.iter().position(|own| own.name == seat).map(crate::story::SeatId::new);
                let nobody = || Denied::Because(format!("Nobody has {seat} in {}.", group.name));
                let freed = group.change(|table| {
                    let holder = table.members.iter().position(|member| table.seat_of(member) == id);
                    table.leave(holder.ok_or_else(nobody)?)
                });
                match freed {
                    Err(Denied::Because(why)) => Err(why),
                    _ => Ok(Said::Lines(String::new())),
                }
            }
            "compare" => Ok(Said::Lines(self.compared(false))),
            "debrief" => self.debrief(rest),
            "board" => self.on_board(rest),
            "codes" => Ok(Said::Lines(self.told_codes())),
            "csv" => Ok(Said::Lines(match self.keep_results()? {
                Some(path) => format!("Every decision is in {}.", crate::text::shown(&path)),
                None => "No group has begun.".to_owned(),
            })),
            "address" => Ok(Said::Address),
            "help" | "?" => Ok(Said::Lines(HELP.to_owned())),
            "quit" if !sure => Ok(Said::Sure("The lesson would end, and every device lose its seat.".to_owned())),
            "quit" => Ok(Said::Quit),
            _ => Err(format!("“{word}” is no word of this console; `help` names them.")),
        }
    }

    /// The group of this name.
    fn one(&self, typed: &str) -> Result<&Group, String> {
        let at = named(typed, self.groups.iter().map(|group| [group.name.as_str()]));
        at.map(|at| &*self.groups[at]).ok_or_else(|| {
            let names: Vec<&str> = self.groups.iter().map(|group| group.name.as_str()).collect();
            format!("Say which group: {}.", names.join(", "))
        })
    }

    /// A group and the name of a seat: `blue aide`.
    fn seat(&self, typed: &str) -> Result<(&Group, &str), String> {
        let (group, seat) = typed.rsplit_once(char::is_whitespace).unwrap_or((typed, ""));
        let group = self.one(group.trim())?;
        let words = |seat: &'static crate::story::Seat| {
            [&seat.id, &seat.name, &seat.place].into_iter().flat_map(|words| words.split_whitespace())
        };
        let at = named(seat, self.story.seats.iter().map(words));
        let seats = || self.story.seats.iter().map(|own| own.name.as_str()).collect::<Vec<_>>().join(", ");
        at.map(|at| (group, self.story.seats[at].name.as_str())).ok_or_else(|| format!("Say which seat: {}.", seats()))
    }

    /// Does something to the group that is named, or to every group; tells where it could not be done.
    fn each(&self, typed: &str, act: impl Fn(&mut Table) -> Result<(), String>) -> Result<Said, String> {
        let all = self.groups.iter().map(|group| &**group);
        let groups: Vec<&Group> = if typed.is_empty() { all.collect() } else { vec![self.one(typed)?] };
        let told = groups.into_iter().filter_map(|group| {
            let done = group.change(&act);
            done.err().map(|why| format!("{}: {why}", group.name))
        });
        Ok(Said::Lines(told.collect::<Vec<_>>().join("\n")))
    }

    fn paused(&self, typed: &str, paused: bool) -> Result<Said, String> {
        self.each(typed, |table| {
            table.paused = paused;
            Ok(())
        })
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
            Err(_) => {
                let (group, name) = self.seat(whom.trim())?;
                (group, self.story.seats.iter().position(|own| own.name == name).map(crate::story::SeatId::new))
            }
        };
        match group.change(|table| table.give_more(seat, seconds)) {
            Err(Denied::Because(why)) => Err(why),
            _ => Ok(Said::Lines(String::new())),
        }
    }

    /// Opens a step of looking back on every device whose game is over.
    fn debrief(&self, typed: &str) -> Result<Said, String> {
        let step = typed.parse::<usize>().ok().filter(|step| *step <= STEPS.len());
        let Some(step) = step else {
            let steps: Vec<&str> = STEPS.iter().map(|(title, _)| *title).collect();
            return Err(format!(
                "Say which step: debrief 1. There are these; debrief 0 closes them:\n{}",
                steps.join("\n")
            ));
        };
        self.each("", |table| {
            table.step = step;
            Ok(())
        })?;
        let plays = |group: &&Arc<Group>| group.look(|table| table.state() != "over");
        let still: Vec<&str> = self.groups.iter().filter(plays).map(|group| group.name.as_str()).collect();
        Ok(Said::Lines(if still.is_empty() || step == 0 {
            String::new()
        } else {
            format!("These see it once their games are over: {}.", still.join(", "))
        }))
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

    fn begin(&self, group: &Group) -> Result<Said, String> {
        let begun = group.change(Table::begin);
        begun.map(|()| Said::Lines(String::new())).map_err(|why| format!("{}: {why}", group.name))
    }

    fn news(&self, typed: &str) -> Result<Said, String> {
        let news = &self.story.injects;
        if typed.is_empty() {
            let names: Vec<String> =
                news.iter().enumerate().map(|(at, news)| format!("{}  {}", at + 1, news.name)).collect();
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
        self.each(group, |table| table.command(Command::Inject(at)).map_err(|why| why.words()))
    }
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
