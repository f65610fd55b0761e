//! What a scene file says, as it stands: every field of every record, each optional, each with its place. What is
//! required and what fits together is the business of `check`.

use super::read::{Amount, Entries, Id, Text, record};
use super::schema::Holds::{self, Declares, Expression, Map, Names, Nothing, Pick, Prose, Words};
use super::schema::{
    CARRIER, ENDING, FACT, Field, HANDLING, Keys, LABELS, LICENCE, MESSAGE, ROLE, SCENE, SHEET, SOURCE, SymbolKind,
    TREATMENT, declares, means,
};

record!(
    /// A story, or a part of one: the files of a folder have the same shape and are merged.
    File, "a story" like "(title: \"…\", scenes: { … })" {
        title "title": Text<'s> => Words,
        by "by": Text<'s> => Words,
        about "about": Text<'s> => Prose,
        notice "notice": Text<'s> => Prose,
        accent "accent": Text<'s> => Nothing,
        language "language": Text<'s> => Nothing,
        start "start": Id<'s> => SCENE,
        clock "clock": Clock<'s> => Nothing,
        roles "roles": Entries<'s, Role<'s>> => declares(SymbolKind::Role),
        vars "vars": Entries<'s, Var<'s>> => declares(SymbolKind::Variable),
        carriers "carriers": Entries<'s, Manner<'s>> => declares(SymbolKind::Carrier),
        licences "licences": Entries<'s, Manner<'s>> => declares(SymbolKind::Licence),
        treatments "treatments": Entries<'s, Manner<'s>> => declares(SymbolKind::Treatment),
        handlings "handlings": Entries<'s, Manner<'s>> => declares(SymbolKind::Handling),
        messages "messages": Entries<'s, Message<'s>> => declares(SymbolKind::Message),
        sheets "sheets": Entries<'s, Sheet<'s>> => declares(SymbolKind::Sheet),
        endings "endings": Entries<'s, Ending<'s>> => declares(SymbolKind::Ending),
        facts "facts": Entries<'s, Fact<'s>> => declares(SymbolKind::Fact),
        sources "sources": Entries<'s, Text<'s>> => Map(Keys::Declare(SymbolKind::Source), &Words),
        questions "questions": Vec<Text<'s>> => Words,
        chronicle "chronicle": Vec<Moment<'s>> => Nothing,
        hypotheses "hypotheses": Vec<Hypothesis<'s>> => Nothing,
        scenes "scenes": Entries<'s, Scene<'s>> => declares(SymbolKind::Scene),
        walks "walks": Entries<'s, Walk<'s>> => LABELS,
        style "style": Style<'s> => Nothing,
        lesson "lesson": Lesson<'s> => Nothing,
        freeze "freeze": Id<'s> => SCENE,
        injects "injects": Entries<'s, Inject<'s>> => LABELS,
    }
);

record!(
    /// What a teacher needs besides the story.
    Lesson, "a lesson" like "(note: \"…\", aims: [\"…\"])" {
        note "note": Text<'s> => Prose,
        aims "aims": Vec<Text<'s>> => Words,
        plan "plan": Vec<Text<'s>> => Words,
        glossary "glossary": Entries<'s, Text<'s>> => Map(Keys::Label, &Prose),
        standards "standards": Vec<Text<'s>> => Words,
        cards "cards": Entries<'s, Text<'s>> => Map(Keys::Mean(SymbolKind::Role), &Prose),
    }
);

record!(
    /// News that a teacher can bring in while a class plays.
    Inject, "an inject" like "(name: \"…\", text: \"…\")" {
        name "name": Text<'s> => Words,
        text "text": Text<'s> => Prose,
        to "to": Vec<Id<'s>> => ROLE,
    }
);

record!(
    /// What a writer wants to be told about the words.
    Style, "a style" like "(sentence: 40)" {
        sentence "sentence": i64 => Nothing,
        names "names": Vec<Text<'s>> => Words,
        cast "cast": Vec<Text<'s>> => Words,
    }
);

record!(Clock, "a clock" like "(starts: \"20:40\", ends: \"21:50\", tick: 5)" {
    starts "starts": Text<'s> => Words,
    ends "ends": Text<'s> => Words,
    tick "tick": i64 => Nothing,
    hours "hours": i64 => Nothing,
});

record!(Role, "a role" like "(name: \"…\")" {
    name "name": Text<'s> => Words,
    place "place": Text<'s> => Words,
    counts "counts": Text<'s> => Words,
    brief "brief": Text<'s> => Prose,
    standing "standing": Choice<'s> => Nothing,
});

record!(Var, "a variable" like "(min: 0, max: 3)" {
    name "name": Text<'s> => Words,
    min "min": i64 => Nothing,
    max "max": i64 => Nothing,
    states "states": Vec<Id<'s>> => Declares(SymbolKind::State),
    flag "flag": bool => Nothing,
    start "start": StartValue<'s> => Names(&[SymbolKind::State]),
    words "words": Vec<Text<'s>> => Words,
    seen_by "seen_by": Vec<Id<'s>> => ROLE,
    until "until": Id<'s> => SCENE,
});

/// The value a variable starts with: a number, a state or a truth.
#[derive(Debug, Clone, Copy)]
pub(super) enum StartValue<'s> {
    Whole(i64),
    State(&'s str),
    Truth(bool),
}

impl<'s> super::read::Read<'s> for StartValue<'s> {
    const WANTED: &'static str = "a whole number, a state in quotes, or `true` or `false`";
    const SHAPE: super::read::Shape = super::read::Shape::Several;
    fn from_text(
        value: std::borrow::Cow<'s, str>,
        at: &'s str,
        reader: &mut super::read::RonReader<'s>,
    ) -> Option<Self> {
        Id::from_text(value, at, reader).map(|id| Self::State(id.0))
    }
    fn from_whole(number: i64) -> Option<Self> {
        Some(Self::Whole(number))
    }
    fn from_truth(truth: bool) -> Option<Self> {
        Some(Self::Truth(truth))
    }
    fn guess(written: &'s str) -> Option<(Self, String)> {
        let truth = bool::guess(written).map(|(truth, right)| (Self::Truth(truth), right));
        truth.or_else(|| Id::guess(written).map(|(id, right)| (Self::State(id.0), right)))
    }
    fn example() -> String {
        "0".to_owned()
    }
}

record!(
    /// A way of carrying, licensing, treating or handling a message.
    Manner, "a way of passing" like "(name: \"…\")" {
        name "name": Text<'s> => Words,
        note "note": Text<'s> => Words,
        minutes "minutes": i64 => Nothing,
        r#does "do": Vec<Text<'s>> => Expression,
        when "when": Text<'s> => Expression,
        lean "lean": Amount<'s> => Expression,
    }
);

record!(Message, "a message" like "(from: \"…\", to: \"…\", gist: \"…\", heard: { … })" {
    from "from": Id<'s> => ROLE,
    to "to": Id<'s> => ROLE,
    addressee "for": Text<'s> => Words,
    say "say": Text<'s> => Words,
    gist "gist": Text<'s> => Prose,
    when "when": Text<'s> => Expression,
    lean "lean": Amount<'s> => Expression,
    keep "keep": bool => Nothing,
    r#does "do": Vec<Text<'s>> => Expression,
    heard "heard": Entries<'s, Reading<'s>> => means(SymbolKind::Treatment),
});

record!(Reading, "a reading" like "(text: \"…\")" {
    say "say": Text<'s> => Words,
    text "text": Text<'s> => Prose,
    answers "answers": Entries<'s, Text<'s>> => Map(Keys::Mean(SymbolKind::Role), &Prose),
    when "when": Text<'s> => Expression,
    lean "lean": Amount<'s> => Expression,
    r#does "do": Vec<Text<'s>> => Expression,
});

record!(Sheet, "a sheet" like "(name: \"…\", lines: { … })" {
    name "name": Text<'s> => Words,
    lines "lines": Entries<'s, Text<'s>> => Map(Keys::Declare(SymbolKind::Line), &Words),
});

record!(Ending, "an ending" like "(title: \"…\")" {
    title "title": Text<'s> => Words,
    family "family": Text<'s> => Words,
    because "because": Text<'s> => Prose,
    note "note": Text<'s> => Prose,
    expect "expect": Vec<Text<'s>> => Expression,
});

record!(Fact, "a fact" like "(text: \"…\", reported: [\"source\"])" {
    text "text": Text<'s> => Words,
    reported "reported": Vec<Id<'s>> => SOURCE,
    disputed "disputed": Vec<Version<'s>> => Nothing,
    inferred "inferred": Text<'s> => Words,
});

record!(Version, "a version of a disputed fact" like "(text: \"…\", sources: [\"…\"])" {
    text "text": Text<'s> => Words,
    sources "sources": Vec<Id<'s>> => SOURCE,
});

record!(Moment, "a moment of the chronicle" like "(time: \"21:00\", text: \"…\")" {
    time "time": Text<'s> => Words,
    text "text": Text<'s> => Prose,
});

record!(Hypothesis, "a hypothesis" like "(text: \"…\", for: [\"fact\"])" {
    text "text": Text<'s> => Prose,
    speaks_for "for": Vec<Id<'s>> => FACT,
    against "against": Vec<Id<'s>> => FACT,
});

record!(Scene, "a scene" like "(text: \"…\", go: \"scene\")" {
    seat "seat": Id<'s> => ROLE,
    part "part": Box<Text<'s>> => Words,
    place "place": Box<Text<'s>> => Words,
    r#does "do": Vec<Text<'s>> => Expression,
    text "text": Text<'s> => Prose,
    others "others": Entries<'s, Text<'s>> => Map(Keys::Mean(SymbolKind::Role), &Prose),
    debrief "debrief": Box<Text<'s>> => Prose,
    choices "choices": Vec<Choice<'s>> => Nothing,
    otherwise "otherwise": Id<'s> => SCENE,
    pass "pass": Box<Pass<'s>> => Nothing,
    relay "relay": Box<Relay<'s>> => Nothing,
    receive "receive": Box<Receive<'s>> => Nothing,
    mark "mark": Box<Mark<'s>> => Nothing,
    route "route": Vec<Way<'s>> => Nothing,
    go "go": Id<'s> => SCENE,
    end "end": Id<'s> => ENDING,
    expect "expect": Vec<Text<'s>> => Expression,
    standing "standing": bool => Nothing,
    silence "silence": Box<Silence<'s>> => Nothing,
});

record!(
    /// What stands where nobody decides before the turn's time is over.
    Silence, "a silence" like "(take: \"…\", text: \"…\")" {
        take "take": Id<'s> => Names(&[SymbolKind::Choice, SymbolKind::Treatment, SymbolKind::Handling]),
        text "text": Text<'s> => Prose,
    }
);

record!(Choice, "a choice" like "(say: \"…\", go: \"scene\")" {
    id "id": Id<'s> => Declares(SymbolKind::Choice),
    say "say": Text<'s> => Prose,
    go "go": Id<'s> => SCENE,
    r#does "do": Vec<Text<'s>> => Expression,
    when "when": Text<'s> => Expression,
    locked "locked": Box<Text<'s>> => Prose,
    keep "keep": bool => Nothing,
    lean "lean": Box<Amount<'s>> => Expression,
    reply "reply": Box<Text<'s>> => Prose,
    send "send": Box<Id<'s>> => MESSAGE,
    by "by": Box<Id<'s>> => CARRIER,
    licence "licence": Box<Id<'s>> => LICENCE,
});

record!(Way, "a way of a route" like "(when: \"…\", go: \"scene\")" {
    when "when": Text<'s> => Expression,
    odds "odds": Amount<'s> => Expression,
    r#does "do": Vec<Text<'s>> => Expression,
    go "go": Id<'s> => SCENE,
});

record!(Pass, "a pass" like "(messages: [\"…\"], go: \"scene\")" {
    messages "messages": Vec<Id<'s>> => MESSAGE,
    by "by": Vec<Id<'s>> => CARRIER,
    licences "licences": Vec<Id<'s>> => LICENCE,
    go "go": Id<'s> => SCENE,
});

record!(Relay, "a relay" like "(treatments: [\"…\"], go: \"scene\")" {
    treatments "treatments": Vec<Id<'s>> => TREATMENT,
    go "go": Id<'s> => SCENE,
});

record!(Receive, "a receipt" like "(handlings: [\"…\"], go: \"scene\")" {
    handlings "handlings": Vec<Id<'s>> => HANDLING,
    go "go": Id<'s> => SCENE,
});

record!(Walk, "a walk" like "(picks: [\"…\"], ends: \"…\")" {
    seats "seats": Vec<Id<'s>> => ROLE,
    seed "seed": i64 => Nothing,
    picks "picks": Vec<Text<'s>> => Pick,
    lots "lots": Entries<'s, Id<'s>> => Map(Keys::Mean(SymbolKind::Scene), &SCENE),
    ends "ends": Id<'s> => ENDING,
    stops "stops": Id<'s> => SCENE,
    through "through": Vec<Id<'s>> => SCENE,
    expect "expect": Vec<Text<'s>> => Expression,
    reads "reads": Entries<'s, Vec<Text<'s>>> => Map(Keys::Mean(SymbolKind::Role), &Words),
    never "never": Entries<'s, Vec<Text<'s>>> => Map(Keys::Mean(SymbolKind::Role), &Words),
    transcript "transcript": bool => Nothing,
});

record!(Mark, "a marking" like "(sheet: \"…\", go: \"scene\")" {
    sheet "sheet": Id<'s> => SHEET,
    most "most": i64 => Nothing,
    say "say": Text<'s> => Words,
    go "go": Id<'s> => SCENE,
});

/// Every record of the format with its fields, by the field or map it stands in; of the file itself under `""`.
pub const RECORDS: &[(&str, &[&str])] = &[
    ("", File::FIELDS),
    ("style", Style::FIELDS),
    ("lesson", Lesson::FIELDS),
    ("injects", Inject::FIELDS),
    ("clock", Clock::FIELDS),
    ("roles", Role::FIELDS),
    ("standing", &["say", "go", "do", "when", "locked", "reply", "send", "by", "licence"]),
    ("vars", Var::FIELDS),
    ("carriers", Manner::FIELDS),
    ("licences", Manner::FIELDS),
    ("treatments", Manner::FIELDS),
    ("handlings", Manner::FIELDS),
    ("messages", Message::FIELDS),
    ("heard", Reading::FIELDS),
    ("sheets", Sheet::FIELDS),
    ("endings", Ending::FIELDS),
    ("facts", Fact::FIELDS),
    ("disputed", Version::FIELDS),
    ("chronicle", Moment::FIELDS),
    ("hypotheses", Hypothesis::FIELDS),
    ("scenes", Scene::FIELDS),
    ("choices", Choice::FIELDS),
    ("silence", Silence::FIELDS),
    ("pass", Pass::FIELDS),
    ("relay", Relay::FIELDS),
    ("receive", Receive::FIELDS),
    ("mark", Mark::FIELDS),
    ("route", Way::FIELDS),
    ("walks", Walk::FIELDS),
];

/// What the strings in a field hold, where a record with it stands in this field or map.
pub const SCHEMA: &[(&str, &[Field])] = &[
    ("standing", Choice::SCHEMA),
    ("", File::SCHEMA),
    ("style", Style::SCHEMA),
    ("lesson", Lesson::SCHEMA),
    ("injects", Inject::SCHEMA),
    ("clock", Clock::SCHEMA),
    ("roles", Role::SCHEMA),
    ("vars", Var::SCHEMA),
    ("carriers", Manner::SCHEMA),
    ("licences", Manner::SCHEMA),
    ("treatments", Manner::SCHEMA),
    ("handlings", Manner::SCHEMA),
    ("messages", Message::SCHEMA),
    ("heard", Reading::SCHEMA),
    ("sheets", Sheet::SCHEMA),
    ("endings", Ending::SCHEMA),
    ("facts", Fact::SCHEMA),
    ("disputed", Version::SCHEMA),
    ("chronicle", Moment::SCHEMA),
    ("hypotheses", Hypothesis::SCHEMA),
    ("scenes", Scene::SCHEMA),
    ("choices", Choice::SCHEMA),
    ("silence", Silence::SCHEMA),
    ("pass", Pass::SCHEMA),
    ("relay", Relay::SCHEMA),
    ("receive", Receive::SCHEMA),
    ("mark", Mark::SCHEMA),
    ("route", Way::SCHEMA),
    ("walks", Walk::SCHEMA),
];

/// What the strings in a field hold, of the record that stands in this field or map; of a file, in `""`.
#[must_use]
pub fn holds(record: &str, field: &str) -> Holds {
    let (_, fields) = SCHEMA.iter().find(|(name, _)| *name == record).unwrap_or(&("", &[]));
    fields.iter().find(|(name, _)| *name == field).map_or(Holds::Nothing, |(_, holds)| *holds)
}
