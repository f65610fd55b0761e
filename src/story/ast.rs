//! What a scene file says, as it stands: every field of every record, each optional, each with its place. What is
//! required and what fits together is the business of `check`.

use super::read::{Amount, Entries, Id, Text, record};

record!(
    /// A story, or a part of one: the files of a folder have the same shape and are merged.
    File, "a story" like "(title: \"…\", scenes: { … })" {
        title "title": Text<'s>,
        by "by": Text<'s>,
        about "about": Text<'s>,
        notice "notice": Text<'s>,
        start "start": Id<'s>,
        clock "clock": Clock<'s>,
        roles "roles": Entries<'s, Role<'s>>,
        vars "vars": Entries<'s, Var<'s>>,
        carriers "carriers": Entries<'s, Manner<'s>>,
        licences "licences": Entries<'s, Manner<'s>>,
        treatments "treatments": Entries<'s, Manner<'s>>,
        handlings "handlings": Entries<'s, Manner<'s>>,
        messages "messages": Entries<'s, Message<'s>>,
        sheets "sheets": Entries<'s, Sheet<'s>>,
        endings "endings": Entries<'s, Ending<'s>>,
        facts "facts": Entries<'s, Fact<'s>>,
        sources "sources": Entries<'s, Text<'s>>,
        questions "questions": Vec<Text<'s>>,
        chronicle "chronicle": Vec<Moment<'s>>,
        hypotheses "hypotheses": Vec<Hypothesis<'s>>,
        scenes "scenes": Entries<'s, Scene<'s>>,
        walks "walks": Entries<'s, Walk<'s>>,
        style "style": Style<'s>,
        lesson "lesson": Lesson<'s>,
        freeze "freeze": Id<'s>,
        injects "injects": Entries<'s, Inject<'s>>,
    }
);

record!(
    /// What a teacher needs besides the story.
    Lesson, "a lesson" like "(note: \"…\", aims: [\"…\"])" {
        note "note": Text<'s>,
        aims "aims": Vec<Text<'s>>,
        plan "plan": Vec<Text<'s>>,
        glossary "glossary": Entries<'s, Text<'s>>,
        standards "standards": Vec<Text<'s>>,
        cards "cards": Entries<'s, Text<'s>>,
    }
);

record!(
    /// News that a teacher can bring in while a class plays.
    Inject, "an inject" like "(name: \"…\", text: \"…\")" {
        name "name": Text<'s>,
        text "text": Text<'s>,
        to "to": Vec<Id<'s>>,
    }
);

record!(
    /// What a writer wants to be told about the words.
    Style, "a style" like "(sentence: 40)" {
        sentence "sentence": i64,
        names "names": Vec<Text<'s>>,
        cast "cast": Vec<Text<'s>>,
    }
);

record!(Clock, "a clock" like "(starts: \"20:40\", ends: \"21:50\", tick: 5)" {
    starts "starts": Text<'s>,
    ends "ends": Text<'s>,
    tick "tick": i64,
    hours "hours": i64,
});

record!(Role, "a role" like "(name: \"…\")" {
    name "name": Text<'s>,
    place "place": Text<'s>,
    counts "counts": Text<'s>,
    brief "brief": Text<'s>,
    standing "standing": Choice<'s>,
});

record!(Var, "a variable" like "(min: 0, max: 3)" {
    name "name": Text<'s>,
    min "min": i64,
    max "max": i64,
    states "states": Vec<Id<'s>>,
    flag "flag": bool,
    start "start": Start<'s>,
    words "words": Vec<Text<'s>>,
    seen_by "seen_by": Vec<Id<'s>>,
    until "until": Id<'s>,
});

/// The value a variable starts with: a number, a state or a truth.
#[derive(Debug, Clone, Copy)]
pub(super) enum Start<'s> {
    Whole(i64),
    State(&'s str),
    Truth(bool),
}

impl<'s> super::read::Read<'s> for Start<'s> {
    const WANTED: &'static str = "a whole number, a state in quotes, or `true` or `false`";
    const SHAPE: super::read::Shape = super::read::Shape::Several;
    fn from_text(value: std::borrow::Cow<'s, str>, at: &'s str, reader: &mut super::read::Reader<'s>) -> Option<Self> {
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
        name "name": Text<'s>,
        note "note": Text<'s>,
        minutes "minutes": i64,
        r#does "do": Vec<Text<'s>>,
        when "when": Text<'s>,
        lean "lean": Amount<'s>,
    }
);

record!(Message, "a message" like "(from: \"…\", to: \"…\", gist: \"…\", heard: { … })" {
    from "from": Id<'s>,
    to "to": Id<'s>,
    say "say": Text<'s>,
    gist "gist": Text<'s>,
    when "when": Text<'s>,
    lean "lean": Amount<'s>,
    keep "keep": bool,
    r#does "do": Vec<Text<'s>>,
    heard "heard": Entries<'s, Reading<'s>>,
});

record!(Reading, "a reading" like "(text: \"…\")" {
    say "say": Text<'s>,
    text "text": Text<'s>,
    when "when": Text<'s>,
    lean "lean": Amount<'s>,
    r#does "do": Vec<Text<'s>>,
});

record!(Sheet, "a sheet" like "(name: \"…\", lines: { … })" {
    name "name": Text<'s>,
    lines "lines": Entries<'s, Text<'s>>,
});

record!(Ending, "an ending" like "(title: \"…\")" {
    title "title": Text<'s>,
    family "family": Text<'s>,
    because "because": Text<'s>,
    note "note": Text<'s>,
});

record!(Fact, "a fact" like "(text: \"…\", reported: [\"source\"])" {
    text "text": Text<'s>,
    reported "reported": Vec<Id<'s>>,
    disputed "disputed": Vec<Version<'s>>,
    inferred "inferred": Text<'s>,
});

record!(Version, "a version of a disputed fact" like "(text: \"…\", sources: [\"…\"])" {
    text "text": Text<'s>,
    sources "sources": Vec<Id<'s>>,
});

record!(Moment, "a moment of the chronicle" like "(time: \"21:00\", text: \"…\")" {
    time "time": Text<'s>,
    text "text": Text<'s>,
});

record!(Hypothesis, "a hypothesis" like "(text: \"…\", for: [\"fact\"])" {
    text "text": Text<'s>,
    speaks_for "for": Vec<Id<'s>>,
    against "against": Vec<Id<'s>>,
});

record!(Scene, "a scene" like "(text: \"…\", go: \"scene\")" {
    seat "seat": Id<'s>,
    part "part": Box<Text<'s>>,
    place "place": Box<Text<'s>>,
    r#does "do": Vec<Text<'s>>,
    text "text": Text<'s>,
    others "others": Entries<'s, Text<'s>>,
    choices "choices": Vec<Choice<'s>>,
    otherwise "otherwise": Id<'s>,
    pass "pass": Box<Pass<'s>>,
    relay "relay": Box<Relay<'s>>,
    receive "receive": Box<Receive<'s>>,
    mark "mark": Box<Mark<'s>>,
    route "route": Vec<Way<'s>>,
    go "go": Id<'s>,
    end "end": Id<'s>,
    standing "standing": bool,
    silence "silence": Box<Silence<'s>>,
});

record!(
    /// What stands where nobody decides before the turn's time is over.
    Silence, "a silence" like "(take: \"…\", text: \"…\")" {
        take "take": Id<'s>,
        text "text": Text<'s>,
    }
);

record!(Choice, "a choice" like "(say: \"…\", go: \"scene\")" {
    id "id": Id<'s>,
    say "say": Text<'s>,
    go "go": Id<'s>,
    r#does "do": Vec<Text<'s>>,
    when "when": Text<'s>,
    locked "locked": Box<Text<'s>>,
    keep "keep": bool,
    lean "lean": Box<Amount<'s>>,
    reply "reply": Box<Text<'s>>,
    send "send": Box<Id<'s>>,
    by "by": Box<Id<'s>>,
    licence "licence": Box<Id<'s>>,
});

record!(Way, "a way of a route" like "(when: \"…\", go: \"scene\")" {
    when "when": Text<'s>,
    odds "odds": Amount<'s>,
    r#does "do": Vec<Text<'s>>,
    go "go": Id<'s>,
});

record!(Pass, "a pass" like "(messages: [\"…\"], go: \"scene\")" {
    messages "messages": Vec<Id<'s>>,
    by "by": Vec<Id<'s>>,
    licences "licences": Vec<Id<'s>>,
    go "go": Id<'s>,
});

record!(Relay, "a relay" like "(treatments: [\"…\"], go: \"scene\")" {
    treatments "treatments": Vec<Id<'s>>,
    go "go": Id<'s>,
});

record!(Receive, "a receipt" like "(handlings: [\"…\"], go: \"scene\")" {
    handlings "handlings": Vec<Id<'s>>,
    go "go": Id<'s>,
});

record!(Walk, "a walk" like "(picks: [\"…\"], ends: \"…\")" {
    seats "seats": Vec<Id<'s>>,
    seed "seed": i64,
    picks "picks": Vec<Text<'s>>,
    lots "lots": Entries<'s, Id<'s>>,
    ends "ends": Id<'s>,
    stops "stops": Id<'s>,
    through "through": Vec<Id<'s>>,
    expect "expect": Vec<Text<'s>>,
    reads "reads": Entries<'s, Vec<Text<'s>>>,
    never "never": Entries<'s, Vec<Text<'s>>>,
    transcript "transcript": bool,
});

record!(Mark, "a marking" like "(sheet: \"…\", go: \"scene\")" {
    sheet "sheet": Id<'s>,
    most "most": i64,
    say "say": Text<'s>,
    go "go": Id<'s>,
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
