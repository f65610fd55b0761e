//! What the story decides for a seat that nobody plays.

use crate::story::{Form, Kind, Manner, MannerId, Story};

use super::luck::{draw, weighted};
use super::options::options;
use super::rules::Pick;
use super::state::State;

/// The story's own decision where the state stands: by weight, with the night's luck; the standing choice never.
pub(super) fn leaning(story: &Story, state: &State, seed: u64) -> Option<Pick> {
    Leaning { story, state, seed }.pick()
}

#[derive(Clone, Copy)]
struct Leaning<'a> {
    story: &'a Story,
    state: &'a State,
    seed: u64,
}

impl Leaning<'_> {
    fn draw(self, purpose: &str, bound: u32) -> u32 {
        let scene = self.state.scene;
        draw(self.seed, &self.story.scene(scene).id, self.state.visits(scene), purpose, bound)
    }

    fn pick(self) -> Option<Pick> {
        let story = self.story;
        let values = &self.state.values;
        let options = options(story, self.state);
        let Kind::Decide(decision) = &story.scene(self.state.scene).kind else { return None };
        let mut picks: Vec<(Pick, u32)> = Vec::new();
        for &message in &options.messages {
            let pick = Pick::Send { message, carrier: None, licence: None };
            picks.push((pick, story.messages[message.index()].lean.value(values)));
        }
        for &id in &options.treatments {
            picks.push((Pick::Treat(id), self.treatment_lean(id)));
        }
        for &id in &options.handlings {
            picks.push((Pick::Handle(id), story.handlings[id.index()].lean.value(values)));
        }
        let sheet =
            if let Form::Mark { sheet, .. } = decision.form { Some(&story.sheets[sheet.index()]) } else { None };
        for &(line, open) in &options.lines {
            // A line left standing may be struck; what somebody struck is left alone.
            let standing = sheet.is_some_and(|sheet| self.state.value(sheet.lines[usize::from(line)].var) == 0);
            if open && standing {
                picks.push((Pick::Line(line), 1));
            }
        }
        if options.done {
            picks.push((Pick::Done, 2));
        }
        for &(at, open) in &options.choices {
            if open {
                picks.push((Pick::Choice(at), decision.choices[usize::from(at)].lean.value(values)));
            }
        }
        let weights: Vec<u32> = picks.iter().map(|(_, weight)| *weight).collect();
        let marks = sheet.map_or(0, |sheet| self.state.value(sheet.marks));
        // Where every weight is 0 something open is taken all the same: a night must go on.
        let at = weighted(&weights, |bound| self.draw(&format!("lean {marks}"), bound)).or(picks.first().map(|_| 0))?;
        Some(match picks[at].0 {
            Pick::Send { message, .. } => Pick::Send {
                message,
                carrier: self.manner(&options.carriers, &story.carriers, "carrier"),
                licence: self.manner(&options.licences, &story.licences, "licence"),
            },
            pick => pick,
        })
    }

    fn treatment_lean(self, id: MannerId) -> u32 {
        let values = &self.state.values;
        let message = self.story.parcel.map_or(0, |parcel| self.state.value(parcel.message));
        let message = usize::try_from(message).ok().and_then(|value| value.checked_sub(1));
        let reading = message.and_then(|at| self.story.messages[at].heard.get(id.index())?.as_ref());
        match reading.and_then(|reading| reading.lean.as_ref()) {
            Some(lean) => lean.value(values),
            None => self.story.treatments[id.index()].lean.value(values),
        }
    }

    fn manner(self, ids: &[MannerId], list: &[Manner], purpose: &str) -> Option<MannerId> {
        let weights: Vec<u32> = ids.iter().map(|id| list[id.index()].lean.value(&self.state.values)).collect();
        let at = weighted(&weights, |bound| self.draw(purpose, bound)).unwrap_or(0);
        ids.get(at).copied()
    }
}
