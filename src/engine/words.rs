use crate::story::{Choice, Form, Kind, Manner, MannerId, SeatId, Story};

use super::render::{Reader, render};
use super::rules::Pick;
use super::state::State;

/// The words a pick is offered in, as `seat` reads them. The state is the one in which it is offered.
#[must_use]
pub fn pick_words(story: &Story, state: &State, seed: u64, seat: SeatId, pick: Pick) -> String {
    let reader = Reader { seat, scene: state.scene, seed };
    let Kind::Decide(decision) = &story.scene(state.scene).kind else { return String::new() };
    let of = |choice: Option<&Choice>| {
        let mut out = String::with_capacity(choice.map_or(0, |choice| choice.say.room()));
        if let Some(choice) = choice {
            render(story, state, &choice.say, reader, &mut out);
        }
        out
    };
    let mut out = String::new();
    match pick {
        Pick::Choice(at) => return of(decision.choices.get(usize::from(at))),
        Pick::Standing => return of(story.seats[seat.index()].standing.as_ref()),
        Pick::Send { message, carrier, licence } => {
            out.push_str(&story.messages[message.index()].say);
            let named = |id: Option<MannerId>, list: &[Manner]| id.map(|id| list[id.index()].name.clone());
            let manner: Vec<String> =
                [named(carrier, &story.carriers), named(licence, &story.licences)].into_iter().flatten().collect();
            if !manner.is_empty() {
                out.push_str(" — ");
                out.push_str(&manner.join(", "));
            }
        }
        Pick::Treat(id) => out.push_str(&treatment_words(story, state, id)),
        Pick::Handle(id) => out.push_str(&story.handlings[id.index()].name),
        Pick::Line(line) => {
            if let Form::Mark { sheet, .. } = decision.form
                && let Some(line) = story.sheets[sheet.index()].lines.get(usize::from(line))
            {
                out.push_str(if state.value(line.var) == 0 { "Strike: " } else { "Restore: " });
                out.push_str(&line.text);
            }
        }
        Pick::Done => {
            if let Form::Mark { say, .. } = &decision.form {
                out.push_str(say);
            }
        }
    }
    out
}

/// What a treatment is called for the message under way: the reading's own words, else the treatment's name.
fn treatment_words(story: &Story, state: &State, id: MannerId) -> String {
    let message = story.parcel.and_then(|parcel| usize::try_from(state.value(parcel.message)).ok()?.checked_sub(1));
    let reading = message.and_then(|at| story.messages[at].heard.get(id.index())?.as_ref());
    match reading.and_then(|reading| reading.say.as_ref()) {
        Some(say) => say.clone(),
        None => story.treatments[id.index()].name.clone(),
    }
}
