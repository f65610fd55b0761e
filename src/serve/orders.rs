//! What a teacher says to the class, in lines: a word, and which group or seat it is for.

use crate::play::{Command, Game};
use crate::teach::board;
use crate::text::counted;

use super::class::Class;
use super::group::Group;
use super::table::Table;

/// What came of a teacher's line, for the teacher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Lines(String),
    /// It is done only if the same line is said once more.
    Sure(String),
    Quit,
}

const HELP: &str = "\
groups                who is where, who decides
pause, go             let the clocks stand, or go on; with a group, only there: pause blue
begin GROUP           begin with those who are there; the story plays the other seats
news, news NAME       which news there are; bring one in, for all or: news NAME for GROUP
stop, stop GROUP      end the game from wherever it stands
free GROUP SEAT       give a seat back, for another device
compare               the groups side by side
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
            "" => Ok(Said::Lines(String::new())),
            "groups" | "g" => Ok(Said::Lines(self.told())),
            "pause" => self.paused(rest, true),
            "go" => self.paused(rest, false),
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
                let free = |table: &mut Table| {
                    let holder = table.members.iter().position(|member| table.seat_of(member) == id);
                    holder.map(|at| table.leave(at))
                };
                match group.change(free) {
                    None => Err(format!("Nobody has {seat} in {}.", group.name)),
                    Some(Err(super::table::Denied::Because(why))) => Err(why),
                    Some(_) => Ok(Said::Lines(String::new())),
                }
            }
            "compare" => {
                let night =
                    |group: &Group| group.look(|table| Some((group.name.clone(), table.game()?.session().clone())));
                Ok(Said::Lines(board(&self.groups.iter().filter_map(night).collect::<Vec<_>>(), None)))
            }
            "help" | "?" => Ok(Said::Lines(HELP.to_owned())),
            "quit" if !sure => Ok(Said::Sure("The lesson would end, and every device lose its seat.".to_owned())),
            "quit" => Ok(Said::Quit),
            _ => Err(format!("“{word}” is no word of this console; `help` names them.")),
        }
    }

    /// The group of this name, as far as it was typed.
    fn one(&self, typed: &str) -> Result<&Group, String> {
        let mut named = self.groups.iter().filter(|group| group.name.to_lowercase().starts_with(typed));
        match (named.next(), named.next()) {
            (Some(group), None) if !typed.is_empty() => Ok(group),
            _ => {
                let names: Vec<&str> = self.groups.iter().map(|group| group.name.as_str()).collect();
                Err(format!("Say which group: {}.", names.join(", ")))
            }
        }
    }

    /// A group and the name of a seat: `blue aide`.
    fn seat(&self, typed: &str) -> Result<(&Group, &str), String> {
        let (group, seat) = typed.rsplit_once(char::is_whitespace).unwrap_or((typed, ""));
        let group = self.one(group.trim())?;
        let named = self.story.seats.iter().find(|own| {
            let words = [&own.id, &own.name, &own.place].map(|words| words.to_lowercase());
            !seat.is_empty() && words.iter().any(|words| words.split_whitespace().any(|word| word.starts_with(seat)))
        });
        let seats = || self.story.seats.iter().map(|own| own.name.as_str()).collect::<Vec<_>>().join(", ");
        named.map(|own| (group, own.name.as_str())).ok_or_else(|| format!("Say which seat: {}.", seats()))
    }

    /// Does something to the group that is named, or to every group; tells where it could not be done.
    fn each(&self, typed: &str, act: impl Fn(&mut Table) -> Result<(), String>) -> Result<Said, String> {
        let groups: Vec<&Group> = if typed.is_empty() { self.groups.iter().collect() } else { vec![self.one(typed)?] };
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

    fn begin(&self, group: &Group) -> Result<Said, String> {
        group.change(Table::begin);
        Ok(Said::Lines(String::new()))
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
        let (name, group) = typed.split_once(" for ").unwrap_or((typed, ""));
        let by_number = name.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let at = by_number.or_else(|| news.iter().position(|news| news.name.to_lowercase().starts_with(name.trim())));
        let at = at.filter(|at| *at < news.len()).and_then(|at| u16::try_from(at).ok());
        let at = at.ok_or("There is no such news; `news` names them.")?;
        self.each(group.trim(), |table| table.command(Command::Inject(at)).map_err(|why| why.words()))
    }

    /// Every group on a line: who is there, how far it is, who decides.
    #[must_use]
    pub fn told(&self) -> String {
        let lines = self.groups.iter().map(|group| {
            let words = group.look(|table| {
                let missing: Vec<String> = table.free().into_iter().map(|seat| table.called(Some(seat))).collect();
                let missing =
                    if missing.is_empty() { String::new() } else { format!("; free: {}", missing.join(", ")) };
                let state = match table.game().map(Game::session) {
                    None => "has not begun".to_owned(),
                    Some(session) => match (session.ending(), session.turn()) {
                        (Some(ending), _) => format!("over: “{}”", self.story.endings[ending.index()].title),
                        (None, Some(seat)) => {
                            let decides = table.called(Some(seat));
                            format!("{decides} decides, after {}", counted(table.moves(), "decision"))
                        }
                        (None, None) => "stands".to_owned(),
                    },
                };
                let paused = if table.paused { "; paused" } else { "" };
                format!("{state}{paused}{missing}")
            });
            format!("{}: {words}", group.name)
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}
