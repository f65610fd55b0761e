use crate::engine::Holder;
use crate::play::{Command, Done, Game};
use crate::record::{ClassCode, LoadedSave, result_code, text};
use crate::story::{SeatId, Story, unpack_story};

use super::answer::{Answer, CodesValue, DecisionValue, StoryValue};
use super::debrief::DebriefValue;
use super::decide::pick;
use super::page::{BlockValue, PageValue, SeatValue};
use super::request::Request;

/// A story and the game that is played of it, for a page that asks in JSON.
#[derive(Debug, Default)]
pub struct Runtime {
    /// Once opened it stays until the page is closed.
    story: Option<&'static Story>,
    name: String,
    game: Option<Game<'static>>,
}

impl Runtime {
    /// Answers a request as it was written.
    #[must_use]
    pub fn call(&mut self, request: &str) -> String {
        let answer = match serde_json::from_str(request) {
            Ok(request) => self.answer(request).unwrap_or_else(Answer::error),
            Err(why) => Answer::error(format!("This is no request: {why}.")),
        };
        written(&answer)
    }

    /// Opens the story in these bytes, as `export` writes them (see [`pack_story`](crate::story::pack_story)); first of all.
    #[must_use]
    pub fn open(&mut self, bytes: &[u8]) -> String {
        let (name, story) = match unpack_story(bytes) {
            Ok(opened) => opened,
            Err(why) => return written(&Answer::error(why)),
        };
        // A page opens one story, and its games refer to it for as long as the page is open.
        let story: &'static Story = Box::leak(Box::new(story));
        let value = StoryValue::of(&name, story);
        (self.story, self.name, self.game) = (Some(story), name, None);
        written(&Answer { story: Some(value), ..Answer::default() })
    }

    /// Answers a request.
    ///
    /// # Errors
    /// Why nothing was done, for the person.
    pub fn answer(&mut self, request: Request) -> Result<Answer, String> {
        match request {
            Request::Begin { seats, seed, code } => {
                let story = self.story()?;
                let (seed, persons) = match code {
                    Some(code) => of_code(story, &code)?,
                    None => (seed, seats.iter().map(|id| seat(story, id)).collect::<Result<_, _>>()?),
                };
                if persons.is_empty() {
                    return Err("Somebody has to take a seat.".to_owned());
                }
                Ok(self.begun(Game::new(story, seed, &persons, Vec::new())))
            }
            Request::Resume { save } => {
                let told = LoadedSave::of(self.story()?, save.as_bytes()).map_err(|why| format!("{why}."))?;
                let (notices, save) = (told.notices.clone(), text(&self.name, &told.session, Some(&told)));
                Ok(Answer { notices, ..self.gone_on(Game::loaded(told), save) })
            }
            Request::Choose { .. } | Request::Standing => {
                let page = self.game()?.page().ok_or(SIT_DOWN_FIRST)?;
                self.command(Command::Decide(pick(page, &request)?))
            }
            Request::Undo => self.command(Command::Undo),
            Request::Redo => self.command(Command::Redo),
            Request::Silence => self.command(Command::Silence),
            Request::Wait => self.command(Command::Wait),
            Request::Stop => self.command(Command::Freeze),
            Request::News { at } => self.command(Command::Inject(at)),
            Request::Name { words } => self.command(Command::Name(words)),
            Request::Sit => {
                self.game_mut()?.sit_down();
                self.shown()
            }
            Request::Fork { at } => {
                let game = self.game()?;
                let known = game.decisions().iter().any(|decision| decision.at == at);
                let fork = known.then(|| game.fork(at)).ok_or("There is no such decision.")?;
                Ok(self.begun(fork))
            }
            Request::Same { seat: id } => {
                let game = self.game()?;
                game.finished().ok_or(AFTER_THE_END)?;
                let again = game.from_seat(seat(self.story()?, &id)?);
                Ok(self.begun(again))
            }
            Request::Page => self.shown(),
            Request::History { seat: id } => self.history(id),
            Request::Decisions => {
                let game = self.game()?;
                let decisions = game.decisions().into_iter().map(|decision| DecisionValue {
                    at: decision.at,
                    words: decision.words,
                    part: decision.part,
                    others: decision.others.len(),
                });
                Ok(Answer { decisions: Some(decisions.collect()), undone: Some(game.undone()), ..Answer::default() })
            }
            Request::Debrief => {
                let game = self.game()?;
                let session = game.finished().ok_or(AFTER_THE_END)?;
                let debrief = DebriefValue::of(session, game.seat());
                Ok(Answer { debrief: Some(debrief), ..Answer::default() })
            }
            Request::Save => {
                let save = text(&self.name, self.game()?.session(), None);
                Ok(Answer { save: Some(save), ..Answer::default() })
            }
            Request::Codes => {
                let game = self.game()?;
                let person = |seat: &SeatId| game.session().was_persons(*seat);
                let persons: Vec<SeatId> = game.story().seat_ids().filter(person).collect();
                let class = ClassCode::new(game.story(), game.session().seed(), &persons)
                    .ok_or("A game with so large a seed has no codes.")?;
                Ok(Answer {
                    codes: Some(CodesValue { class: class.letters(), result: result_code(game.session()) }),
                    ..Answer::default()
                })
            }
        }
    }

    fn story(&self) -> Result<&'static Story, String> {
        self.story.ok_or_else(|| "No story has been opened.".to_owned())
    }

    fn game(&self) -> Result<&Game<'static>, String> {
        self.game.as_ref().ok_or_else(|| "No game has been begun.".to_owned())
    }

    fn game_mut(&mut self) -> Result<&mut Game<'static>, String> {
        self.game.as_mut().ok_or_else(|| "No game has been begun.".to_owned())
    }

    /// Another game from here on.
    fn begun(&mut self, game: Game<'static>) -> Answer {
        let save = text(&self.name, game.session(), None);
        self.gone_on(game, save)
    }

    /// A game, and the save that it goes on in.
    fn gone_on(&mut self, game: Game<'static>, save: String) -> Answer {
        self.game = Some(game);
        Answer { begun: true, save: Some(save), ..self.shown().unwrap_or_default() }
    }

    fn command(&mut self, command: Command) -> Result<Answer, String> {
        let Done { lines, .. } = self.game_mut()?.take(command).map_err(|why| why.words())?;
        Ok(Answer { lines: lines.iter().map(|line| line.written()).collect(), ..self.shown()? })
    }

    /// What whoever sits there sees.
    fn shown(&self) -> Result<Answer, String> {
        self.story()?;
        let game = self.game()?;
        Ok(match game.seen() {
            Some((session, seat)) => Answer { page: Some(PageValue::of(session, seat)), ..Answer::default() },
            None => Answer { curtain: Some(SeatValue::of(game.story(), game.seat())), ..Answer::default() },
        })
    }

    fn history(&self, id: Option<String>) -> Result<Answer, String> {
        let (story, game) = (self.story()?, self.game()?);
        let own = game.seen().ok_or(SIT_DOWN_FIRST)?.1;
        let seat = id.map(|id| seat(story, &id)).transpose()?.unwrap_or(own);
        if seat != own && !game.is_over() {
            return Err(AFTER_THE_END.to_owned());
        }
        Ok(Answer { history: Some(BlockValue::history(game.session(), seat)), ..Answer::default() })
    }
}

fn written(answer: &Answer) -> String {
    serde_json::to_string(answer).unwrap_or_else(|why| format!(r#"{{"error":"No answer can be written: {why}."}}"#))
}

const AFTER_THE_END: &str = "This can be read after the end.";
const SIT_DOWN_FIRST: &str = "Whoever plays next has to sit down first.";

fn seat(story: &Story, id: &str) -> Result<SeatId, String> {
    story.seat_named(id).ok_or_else(|| format!("This story has no seat “{id}”."))
}

/// The seed and the persons of a class code.
fn of_code(story: &Story, code: &str) -> Result<(u64, Vec<SeatId>), String> {
    let class = ClassCode::read(code).map_err(|why| format!("{why}."))?;
    if class.story != crate::record::story_bits(story) {
        return Err("This code is of another story, or of another edition of this one.".to_owned());
    }
    let persons = class.holders(story).into_iter().zip(story.seat_ids());
    let persons = persons.filter(|(holder, _)| *holder == Holder::Person).map(|(_, seat)| seat).collect();
    Ok((u64::from(class.seed), persons))
}
