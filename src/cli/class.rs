use std::fs::OpenOptions;
use std::io::{self, IsTerminal, Write as _};
use std::path::Path;

use crate::engine::Session;
use crate::record::{ClassCode, Journal, replay_result, result_code, story_bits};
use crate::story::{BUILT_IN, MessageId, SeatId, Story};
use crate::teach::{CSV_HEADER, board, csv_rows, group, handout, lacking};

use super::play::fresh_seed;
use super::stories::Opened;
use super::{Class, ClassCommand};

/// What a teacher's commands do.
pub(super) fn run(arguments: &Class) -> io::Result<u8> {
    match &arguments.command {
        ClassCommand::Code { story, seed, players } => code(story.as_deref(), *seed, *players),
        ClassCommand::Result { save } => result(save),
        ClassCommand::Compare { code, results, story, message } => {
            compare(code, results, story.as_deref(), message.as_deref())
        }
        ClassCommand::Export { code, results, story } => export(code, results, story.as_deref()),
        ClassCommand::Handout { story, out } => pack(story.as_deref(), out),
    }
}

/// The story that is meant: the one named, else the built-in one that the code is for.
pub(super) fn story_of_code(name: Option<&str>, class: Option<&ClassCode>) -> Result<(String, Story), String> {
    let names: Vec<String> = match name {
        Some(name) => vec![name.to_owned()],
        None => BUILT_IN.iter().map(|story| story.name.to_owned()).collect(),
    };
    for name in &names {
        let Some(story) = Opened::new(name).check().story else {
            if names.len() == 1 {
                return Err(format!("{name} has faults; `hallway check` tells which"));
            }
            continue;
        };
        if class.is_none_or(|class| class.story == story_bits(&story)) {
            return Ok((name.clone(), story));
        }
    }
    Err("this code is for none of the stories here; name the story it was made for".to_owned())
}

fn fault(message: &dyn std::fmt::Display) -> io::Result<u8> {
    eprintln!("hallway: {message}");
    Ok(1)
}

fn code(name: Option<&str>, seed: Option<u64>, players: Option<usize>) -> io::Result<u8> {
    let (_, story) = match story_of_code(Some(name.unwrap_or(BUILT_IN[0].name)), None) {
        Ok(found) => found,
        Err(why) => return fault(&why),
    };
    let all: Vec<SeatId> = story.seat_ids().collect();
    let persons = match players {
        None => all,
        Some(1) => all.into_iter().take(1).collect(),
        // Two people take the rooms; whoever carries is the story's.
        Some(2) if all.len() == 3 => crate::tui::rooms(&story).unwrap_or_else(|| all.into_iter().take(2).collect()),
        Some(count) if count <= all.len() && count > 0 => all.into_iter().take(count).collect(),
        Some(count) => return fault(&format!("this story has {} seats, not {count}", all.len())),
    };
    let class = ClassCode::new(&story, seed.unwrap_or_else(fresh_seed), &persons);
    println!("{}", class.letters());
    Ok(0)
}

fn result(save: &Path) -> io::Result<u8> {
    let name = match crate::record::story_of(save) {
        Ok(name) => name,
        Err(trouble) => return fault(&trouble),
    };
    let (_, story) = match story_of_code(Some(&name), None) {
        Ok(found) => found,
        Err(why) => return fault(&why),
    };
    match Journal::resume(save, &story) {
        Ok(resumed) => match result_code(&resumed.session) {
            Some(code) => {
                println!("{code}");
                Ok(0)
            }
            None => {
                fault(&"this night was set by hand somewhere, so it has no result code; its save is the record of it")
            }
        },
        Err(trouble) => fault(&trouble),
    }
}

/// The nights of the results, each under its group's name.
fn nights<'s>(class: &ClassCode, results: &[String], story: &'s Story) -> Result<Vec<(String, Session<'s>)>, String> {
    let night = |(number, code): (usize, &String)| {
        let name = group(number);
        // A save does as well as a code.
        if Path::new(code).is_file() {
            let resumed = Journal::resume(Path::new(code), story).map_err(|trouble| trouble.to_string())?;
            let same =
                resumed.session.seed() == u64::from(class.seed) && *resumed.session.holders() == class.holders(story);
            return if same {
                Ok((name, resumed.session))
            } else {
                Err(format!("{name}, {code}: this night belongs to another class code"))
            };
        }
        replay_result(code, class, story)
            .map(|night| (name.clone(), night))
            .map_err(|why| format!("{name}, {code}: {why}"))
    };
    results.iter().enumerate().map(night).collect()
}

fn compare(code: &str, results: &[String], name: Option<&str>, message: Option<&str>) -> io::Result<u8> {
    let opened = ClassCode::read(code).map_err(|why| why.to_string());
    let opened = opened.and_then(|class| story_of_code(name, Some(&class)).map(|(_, story)| (class, story)));
    let (class, story) = match opened {
        Ok(opened) => opened,
        Err(why) => return fault(&why),
    };
    let follow = match message {
        None => None,
        Some(id) => match story.messages.iter().position(|message| message.id == id) {
            Some(at) => Some(MessageId::new(at)),
            None => {
                let ids: Vec<&str> = story.messages.iter().map(|message| message.id.as_str()).collect();
                return fault(&format!("there is no message `{id}`; there are: {}", ids.join(", ")));
            }
        },
    };
    match nights(&class, results, &story) {
        Err(why) => fault(&why),
        Ok(nights) => {
            let text = board(&nights, follow);
            if io::stdout().is_terminal() && io::stdin().is_terminal() {
                return crate::tui::read(&story, text);
            }
            io::stdout().lock().write_all(text.as_bytes()).map(|()| 0)
        }
    }
}

fn export(code: &str, results: &[String], name: Option<&str>) -> io::Result<u8> {
    let opened = ClassCode::read(code).map_err(|why| why.to_string());
    let opened = opened.and_then(|class| story_of_code(name, Some(&class)).map(|(_, story)| (class, story)));
    let (class, story) = match opened {
        Ok(opened) => opened,
        Err(why) => return fault(&why),
    };
    match nights(&class, results, &story) {
        Err(why) => fault(&why),
        Ok(nights) => {
            let rows: String = nights.iter().map(|(name, night)| csv_rows(name, night)).collect();
            io::stdout().lock().write_all(format!("{CSV_HEADER}{rows}").as_bytes()).map(|()| 0)
        }
    }
}

fn pack(name: Option<&str>, out: &Path) -> io::Result<u8> {
    let (_, story) = match story_of_code(Some(name.unwrap_or(BUILT_IN[0].name)), None) {
        Ok(found) => found,
        Err(why) => return fault(&why),
    };
    std::fs::create_dir_all(out)?;
    for file in handout(&story) {
        let path = out.join(&file.name);
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut sheet) => sheet.write_all(file.text.as_bytes())?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return fault(&format!(
                    "{} is there already, and is not written over; name an empty folder",
                    path.display()
                ));
            }
            Err(error) => return fault(&format!("{}: {error}", path.display())),
        }
        println!("{}", path.display());
    }
    for lack in lacking(&story) {
        eprintln!("hallway: the pack would be better with {lack}");
    }
    Ok(0)
}
