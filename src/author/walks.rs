//! Sessions that a writer has written down, walked again.

use crate::engine::{Holder, Input, Pick, Session, Stop};
use crate::story::{Form, MannerId, SceneId, SceneKind, SeatId, Story, WrittenWalk};
use crate::text;

use super::transcript::{seat_transcript, transcript};

/// What came of a written walk.
pub struct WalkResult<'s> {
    pub session: Session<'s>,
    /// What is not as it should be, each in one or more lines; empty where all is well.
    pub faults: Vec<String>,
    /// The whole session as text, where the walk is held to a transcript.
    pub transcript: Option<String>,
}

/// Walks a written walk as far as it goes, and looks at what came of it.
#[must_use]
pub fn walk<'s>(story: &'s Story, written: &WrittenWalk) -> WalkResult<'s> {
    let mut faults = Vec::new();
    let lots = lots(story, written, &mut faults);
    let holder = |seat| if written.seats.contains(&seat) { Holder::Person } else { Holder::Story };
    let mut session = Session::forced(story, written.seed, story.seat_ids().map(holder).collect(), lots.clone());
    for (number, text) in written.picks.iter().enumerate() {
        match decide(&mut session, &lots, text) {
            Ok(()) => {}
            Err(why) => {
                faults.push(format!("decision {}, “{text}”: {why}", number + 1));
                break;
            }
        }
    }
    outcome(story, written, &session, &mut faults);
    let transcript = written.transcript.then(|| transcript(&session));
    WalkResult { session, faults, transcript }
}

/// The forced lots, as ways of their scenes.
fn lots(story: &Story, written: &WrittenWalk, faults: &mut Vec<String>) -> Vec<(SceneId, u16)> {
    let mut out = Vec::new();
    for &(scene, go) in &written.lots {
        let way = match &story.scene(scene).kind {
            SceneKind::Route { ways, by_lot: true } => ways.iter().position(|way| way.go == go),
            _ => None,
        };
        match way.and_then(|way| u16::try_from(way).ok()) {
            Some(way) => out.push((scene, way)),
            None => {
                let (scene, go) = (&story.scene(scene).id, &story.scene(go).id);
                faults.push(format!("`{scene}` has no lot that falls on `{go}`"));
            }
        }
    }
    out
}

fn decide(session: &mut Session<'_>, lots: &[(SceneId, u16)], text: &str) -> Result<(), String> {
    let scene = session.state().scene;
    let id = &session.story().scene(scene).id;
    match session.stop() {
        Stop::Decision(_) => {}
        Stop::End(_) => return Err(format!("the game has already ended, in `{id}`")),
        Stop::Stuck | Stop::Lot => return Err(format!("nothing is open in `{id}`: the game cannot go on")),
    }
    let pick = find(session, text)?;
    // A forced lot is used up when it is drawn; a walk means it for every time.
    for &(scene, way) in lots {
        session.input(Input::Force(scene, way)).map_err(|refusal| refusal.to_string())?;
    }
    session.input(Input::Decide(scene, pick)).map_err(|refusal| refusal.to_string())
}

/// The pick that a writer means: by its id, else by its words, else by how these begin. The facets of a pass stand
/// behind the message, parted by ` / `.
fn find(session: &Session<'_>, text: &str) -> Result<Pick, String> {
    let story = session.story();
    let seat = session.turn().unwrap_or(SeatId::new(0));
    let mut parts = text.split(" / ");
    let wanted = key(parts.next().unwrap_or(""));
    let facets: Vec<String> = parts.map(key).collect();
    let fits = |pick: &Pick| facets.iter().all(|facet| facet_fits(story, *pick, facet));
    let picks: Vec<Pick> = session.options().picks().into_iter().filter(|pick| fits(pick)).collect();
    let names: Vec<(Pick, String, String)> =
        picks.iter().map(|&pick| (pick, id_of(session, pick), key(&words(session, seat, pick)))).collect();
    // The first way of naming that fits anything decides.
    for tier in 0..3 {
        let fits = |id: &str, words: &str| match tier {
            0 => key(id) == wanted,
            1 => words == wanted,
            _ => !wanted.is_empty() && words.starts_with(wanted.as_str()),
        };
        let found: Vec<Pick> = names.iter().filter(|(_, id, words)| fits(id, words)).map(|(pick, ..)| *pick).collect();
        match found.as_slice() {
            [] => {}
            [pick] => return Ok(*pick),
            several => {
                return Err(format!("this fits {} things on offer; {}", several.len(), offered(session, seat)));
            }
        }
    }
    Err(format!("nothing open reads so; {}", offered(session, seat)))
}

fn offered(session: &Session<'_>, seat: SeatId) -> String {
    let scene = &session.story().scene(session.state().scene).id;
    let mut lines = format!("in `{scene}` there is:");
    for pick in session.options().picks() {
        let id = id_of(session, pick);
        let id = if id.is_empty() { String::new() } else { format!(" ({id})") };
        lines.push_str(&format!("\n  - {}{id}", text::plain(&words_of(session, seat, pick))));
    }
    lines
}

/// What a pick is called in a walk: a choice's own id, or the name of what is sent, done or struck.
fn id_of(session: &Session<'_>, pick: Pick) -> String {
    let story = session.story();
    let SceneKind::Decide(decision) = &story.scene(session.state().scene).kind else { return String::new() };
    match (pick, decision.form.as_deref()) {
        (Pick::Choice(at), _) => {
            story.choices(decision).get(usize::from(at)).and_then(|choice| choice.id()).unwrap_or_default().to_owned()
        }
        (Pick::Standing, _) => "standing".to_owned(),
        (Pick::Send { message, .. }, _) => story.messages[message.index()].id.clone(),
        (Pick::Treat(id), _) => story.treatments[id.index()].id.clone(),
        (Pick::Handle(id), _) => story.handlings[id.index()].id.clone(),
        (Pick::Line(line), Some(Form::Mark { sheet, .. })) => {
            story.sheets[sheet.index()].lines.get(usize::from(line)).map(|line| line.id.clone()).unwrap_or_default()
        }
        (Pick::Done, _) => "done".to_owned(),
        (Pick::Line(_), _) => String::new(),
    }
}

/// The words a walk can name a pick by: of a message only what the sender chooses, without its facets.
fn words(session: &Session<'_>, seat: SeatId, pick: Pick) -> String {
    match pick {
        Pick::Send { message, .. } => words_of(session, seat, Pick::Send { message, carrier: None, licence: None }),
        _ => words_of(session, seat, pick),
    }
}

fn words_of(session: &Session<'_>, seat: SeatId, pick: Pick) -> String {
    session.words(seat, pick).into_owned()
}

fn facet_fits(story: &Story, pick: Pick, facet: &str) -> bool {
    let Pick::Send { carrier, licence, .. } = pick else { return false };
    let is = |id: Option<MannerId>, list: &[crate::story::Manner]| {
        id.is_some_and(|id| key(&list[id.index()].id) == facet || key(&list[id.index()].name) == facet)
    };
    is(carrier, &story.carriers) || is(licence, &story.licences)
}

/// Words without case, marks and the punctuation at their end.
fn key(words: &str) -> String {
    let words = text::plain(words).to_lowercase().replace('’', "'");
    words.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches(['.', '…', '!', '?', ':']).to_owned()
}

fn outcome(story: &Story, written: &WrittenWalk, session: &Session<'_>, faults: &mut Vec<String>) {
    let scene = &story.scene(session.state().scene).id;
    let stands = match session.stop() {
        Stop::End(ending) => format!("it ends in `{scene}`: “{}”", story.endings[ending.index()].title),
        Stop::Stuck => format!("nothing is open in `{scene}`"),
        Stop::Decision(_) | Stop::Lot => format!("it stops in `{scene}`"),
    };
    if let Some(ending) = written.ends
        && session.ending() != Some(ending)
    {
        faults.push(format!("it should end with “{}”; {stands}", story.endings[ending.index()].title));
    }
    if let Some(stop) = written.stops
        && session.state().scene != stop
    {
        faults.push(format!("it should stop in `{}`; {stands}", story.scene(stop).id));
    }
    for &(scene, go) in &written.lots {
        if session.state().visits(scene) > 0 && session.state().visits(go) == 0 {
            let (scene, go) = (&story.scene(scene).id, &story.scene(go).id);
            faults.push(format!("the lot of `{scene}` could not fall on `{go}`: that way was not open"));
        }
    }
    for &through in written.through.iter().filter(|scene| session.state().visits(**scene) == 0) {
        faults.push(format!("it should pass through `{}` and does not; {stands}", story.scene(through).id));
    }
    for (text, condition) in &written.expect {
        if !condition.holds(&session.state().values) {
            faults.push(format!("at its end this should hold: {text}"));
        }
    }
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let pages: Vec<String> = story
        .seat_ids()
        .map(|seat| {
            let asked = written.reads.iter().chain(&written.never).any(|(other, _)| *other == seat);
            if asked { flat(&seat_transcript(session, seat)) } else { String::new() }
        })
        .collect();
    for (list, should) in [(&written.reads, true), (&written.never, false)] {
        for (seat, words) in list {
            if pages[seat.index()].contains(&flat(&text::plain(words))) != should {
                let who = &story.seats[seat.index()].id;
                faults.push(if should {
                    format!("`{who}` should read “{words}” and does not")
                } else {
                    format!("`{who}` reads “{words}” and must not")
                });
            }
        }
    }
}
