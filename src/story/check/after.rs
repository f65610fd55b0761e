//! What a night is set beside once it is over: the chronicle and the rival explanations.

use crate::story::diagnostic::Code;
use crate::story::model::{Evidence, Hypothesis, Moment};
use crate::story::read::Id;

use super::Checker;
use super::declare::time_of_day;
use super::gather::Gathered;

impl<'s> Checker<'s> {
    pub(super) fn declare_chronicle(&mut self, g: &Gathered<'s>) -> Vec<Moment> {
        let mut out = Vec::new();
        for moment in &g.chronicle {
            let time = match &moment.time {
                Some(text) => time_of_day(&text.value).or_else(|| {
                    self.report(Code::BadClock, text.at, "this is not a time of day").help =
                        Some("write it as \"21:00\"".to_owned());
                    None
                }),
                None => {
                    self.missing(moment.at, "a moment of the chronicle", "time");
                    None
                }
            };
            if moment.text.is_none() {
                self.missing(moment.at, "a moment of the chronicle", "text");
            }
            let text = self.marked(moment.text.as_ref());
            out.extend(time.map(|time| Moment { time, text }));
        }
        out.sort_by_key(|moment| moment.time);
        out
    }

    pub(super) fn declare_hypotheses(&mut self, g: &Gathered<'s>) -> Vec<Hypothesis> {
        let mut out = Vec::new();
        for hypothesis in &g.hypotheses {
            if hypothesis.text.is_none() {
                self.missing(hypothesis.at, "a hypothesis", "text");
            }
            let text = self.marked(hypothesis.text.as_ref());
            let speaks_for = self.evidence(g, hypothesis.speaks_for.as_ref());
            let against = self.evidence(g, hypothesis.against.as_ref());
            out.push(Hypothesis { text, speaks_for, against });
        }
        out
    }

    /// Facts by id; of a disputed one a version can be named by its number: `why.2`.
    fn evidence(&mut self, g: &Gathered<'s>, ids: Option<&Vec<Id<'s>>>) -> Vec<Evidence> {
        let mut found = Vec::new();
        for id in ids.into_iter().flatten() {
            let numbered = id.0.rsplit_once('.').and_then(|(id, number)| Some((id, number.parse::<usize>().ok()?)));
            let (name, version) = numbered.map_or((id.0, None), |(name, number)| (name, Some(number)));
            let Some(&fact) = self.lists.facts.get(name) else {
                let known: Vec<&str> = self.lists.facts.keys().copied().collect();
                self.unknown(Code::UnknownFact, id.0, "fact", known);
                continue;
            };
            self.cited[fact] = true;
            let versions = g.facts[fact].1.disputed.as_ref().map_or(0, Vec::len);
            if version.is_some_and(|number| number == 0 || number > versions) {
                let message = format!("`{name}` has {versions} versions, and no {}", version.unwrap_or(0));
                self.report(Code::UnknownFact, id.0, message).help =
                    Some(format!("versions are counted from 1, as they are written under `{name}`"));
                continue;
            }
            found.push(Evidence { fact, version: version.map(|number| number - 1) });
        }
        found
    }
}
