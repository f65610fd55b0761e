//! What a session is set beside once it is over: the chronicle and the rival explanations.

use crate::story::diagnostic::Code;
use crate::story::model::{Evidence, Hypothesis, Lesson, Moment};
use crate::story::read::{Id, Text};
use crate::text::counted;

use super::Checker;
use super::clock::time_of_day;
use super::gather::Gathered;

impl<'s> Checker<'s> {
    pub(super) fn declare_chronicle(&mut self, g: &Gathered<'s>) -> Vec<Moment> {
        let mut out = Vec::new();
        for moment in &g.chronicle {
            let time = match &moment.time {
                Some(text) => time_of_day(text.value()).or_else(|| {
                    self.report(Code::BadClock, text.at, "this is not a time of day").help =
                        Some("write it like this: `\"21:00\"`".to_owned());
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

    pub(super) fn declare_lesson(&mut self, g: &Gathered<'s>) -> Lesson {
        let Some(lesson) = &g.lesson else { return Lesson::default() };
        let list = |checker: &mut Self, texts: Option<&Vec<Text<'s>>>| -> Vec<String> {
            texts.into_iter().flatten().map(|text| checker.marked(Some(text))).collect()
        };
        // What is for a teacher alone cites nothing for anybody else.
        let cited = self.cited.clone();
        let note = self.marked(lesson.note.as_ref());
        let (aims, plan) = (list(self, lesson.aims.as_ref()), list(self, lesson.plan.as_ref()));
        let standards = list(self, lesson.standards.as_ref());
        self.cited = cited;
        let mut glossary = Vec::new();
        for (term, text) in lesson.glossary.iter().flat_map(|entries| &entries.0) {
            glossary.push((crate::text::clean(term).into_owned(), self.marked(Some(text))));
        }
        let mut cards = Vec::new();
        for (role, text) in lesson.cards.iter().flat_map(|entries| &entries.0) {
            let seat = self.seat_of(Id(role));
            let text = self.marked(Some(text));
            cards.extend(seat.map(|seat| (seat, text)));
        }
        Lesson { note, aims, plan, glossary, standards, cards }
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
                let near = self.near(id.0, &self.lists.facts);
                self.unknown(Code::UnknownFact, id.0, "fact", near);
                continue;
            };
            self.cited[fact] = true;
            let versions = g.facts[fact].1.disputed.as_ref().map_or(0, Vec::len);
            // Of a dispute that lacks versions that is told where it stands.
            if g.facts[fact].1.disputed.is_some() && versions < 2 {
                continue;
            }
            if version.is_some_and(|number| number == 0 || number > versions) {
                let message = format!("`{name}` has {}, and no {}", counted(versions, "version"), version.unwrap_or(0));
                self.report(Code::UnknownFact, id.0, message).help =
                    Some(format!("versions are counted from 1, as they are written under `{name}`"));
                continue;
            }
            found.push(Evidence { fact, version: version.map(|number| number - 1) });
        }
        found
    }
}
