//! What each field of the format is for, in a sentence: for completion in an editor, held against the format by a test.

use crate::story::RECORDS;

/// The fields of the record that stands in this field or map; of a file, in `""`.
#[must_use]
pub fn fields_of(record: &str) -> &'static [&'static str] {
    RECORDS.iter().find(|(name, _)| *name == record).map_or(&[], |(_, fields)| fields)
}

/// What a field of a record is for.
#[must_use]
pub fn documentation(record: &str, field: &str) -> Option<&'static str> {
    Some(match (record, field) {
        ("", "title") => "The story’s title.",
        ("endings", "title") => "The ending’s title, shown when the game ends so.",
        ("", "by") => "A line under the title.",
        ("", "about") => "A paragraph for the title screen.",
        ("", "notice") => "What the first screen says plainly, before a seat is taken.",
        ("", "accent") => "The colour of headings and buttons on the story’s page in a browser, as \"#7a1f1f\".",
        ("", "language") => "The language it is written in, as \"en\" or \"pt-BR\": for voices that read it aloud.",
        ("", "start") => "The first scene; without it, the first in the file.",
        ("vars", "start") => "The first value: a number, a state in quotes, or true or false.",
        ("", "clock") => "`(starts: \"20:40\", ends: \"21:50\", tick: 5)`; declares the counter `minutes`.",
        ("", "roles") => "Who can be played: a name each, with `name`, `place`, `counts`, `brief`, `standing`.",
        ("", "vars") => "What is remembered: counters, states and flags, each by its name.",
        ("", "carriers") => "By what a message can be sent.",
        ("", "licences") => "On what terms a message can be sent.",
        ("", "treatments") => "What the one who carries a message can do to it.",
        ("", "handlings") => "What the one who gets a message can do with it.",
        ("", "messages") => "What is passed from a seat to another.",
        ("", "sheets") => "Papers whose lines can be struck out.",
        ("", "endings") => "The endings, with their notes for the debrief.",
        ("", "facts") => "The record: what is reported, disputed or inferred.",
        ("", "sources") => "Who says so: a name each, with a description.",
        ("facts", "sources") | ("disputed", "sources") => "The sources that tell it so.",
        ("", "questions") => "Questions worth arguing about, for the debrief.",
        ("", "chronicle") => "What is reported to have happened, by the clock, for the debrief.",
        ("", "hypotheses") => "Rival explanations, with the facts for and against each.",
        ("", "scenes") => "The story itself, scene by scene.",
        ("", "walks") => "Games written down, for `hallway test`.",
        ("", "style") => "What you want to be told about the words: `sentence`, `names`, `cast`.",
        ("", "lesson") => "What a teacher needs besides the story, for `hallway class handout`.",
        ("", "freeze") => "The scene a game goes to when a teacher stops it; from there it ends without a decision.",
        ("", "injects") => "News that a teacher can bring in while a class plays; words only.",
        ("injects", "name") => "As the teacher reads it.",
        ("injects", "text") => "What the seats read.",
        ("injects", "to") => "The roles that read it; without it, all.",
        ("scenes", "silence") => "What stands where nobody decides in time: `(take: \"…\", text: \"…\")`.",
        ("silence", "take") => "The choice that silence is taken for, by its `id`; or a treatment or handling.",
        ("silence", "text") => "What the silent seat reads of it.",
        ("lesson", "note") => "What a teacher should know before using it with a class.",
        ("lesson", "aims") => "What pupils should be able to do afterwards.",
        ("lesson", "plan") => "The lesson, a step each: “0–4: …”.",
        ("lesson", "glossary") => "Words and what they mean: `{ \"envoy\": \"…\" }`.",
        ("lesson", "standards") => "Standards it serves; only codes that are certain.",
        ("lesson", "cards") => "By role: what its advanced card says besides its briefing.",
        ("style", "sentence") => "The most words a sentence should have.",
        ("style", "names") => "Names as they are to be spelt.",
        ("style", "cast") => "Who may speak, as the words say it: “the adviser”.",
        ("clock", "starts") => "The story’s time when it begins, as \"20:40\".",
        ("clock", "ends") => "The time past which the clock does not go.",
        ("clock", "hours") => "How the time is written: 12 as “8.40”, 24 as “20:40”; 12 if left out.",
        ("clock", "tick") => "Minutes of one step; every change is a multiple of it.",
        ("roles" | "vars" | "sheets", "name") => "As a reader sees it.",
        ("carriers" | "licences" | "treatments" | "handlings", "name") => "As the one who chooses it reads it.",
        ("roles", "place") => "Where this seat is: “The corridor”.",
        ("scenes", "place") => "Where this scene is, if not where its seat always is.",
        ("roles", "counts") => "What this seat counts: “minutes”.",
        ("roles", "brief") => "What somebody reads before taking this seat.",
        ("roles", "standing") => "A choice that is offered in every scene of this seat, on the key 0.",
        ("scenes", "standing") => "`false` where the seat’s standing choice is not offered.",
        ("vars", "min") => "The least value of a counter.",
        ("vars", "max") => "The greatest value of a counter.",
        ("vars", "states") => "The states it can be in, by name.",
        ("vars", "flag") => "`true`: it is true or false, and false at first.",
        ("vars", "words") => "A word for each value, from the least.",
        ("vars", "seen_by") => "The roles in whose status line it stands.",
        ("vars", "until") => "The scene after which it no longer matters.",
        (_, "note") if record == "endings" => "For the debrief: what would have had to be true.",
        (_, "note") => "A few words under it while the cursor is on it.",
        (_, "minutes") => "How many minutes it takes.",
        (_, "do") => "What happens: `[\"trust +1\", \"line = gone\"]`.",
        (_, "when") => "The condition under which it is open: `\"trust >= 2 and not leaked\"`.",
        (_, "lean") => "How likely the story is to choose it by itself: a weight, 1 if left out, 0 for never.",
        (_, "odds") => "How likely the lot is to fall on it.",
        ("messages", "from") => "The role that sends it.",
        ("messages", "to") => "The role it is for, or that hears it.",
        ("messages", "for") => "Whom it is for, where that is somebody without a role; for the debrief.",
        ("mark", "say") => "The words by which the sheet is handed on.",
        (_, "say") => "The words by which it is chosen.",
        ("messages", "gist") => "What is meant, in indirect speech: “that it rains”.",
        (_, "keep") => "`true`: it can be taken again and again.",
        ("messages", "heard") => "What arrives after each treatment.",
        ("heard", "answers") => {
            "What it brings about, as each role reads it where `{answer}` stands: `{ \"role\": \"…\" }`."
        }
        ("heard", "text") => "What is heard, written like the gist.",
        ("scenes", "text") => "What the seat that decides here reads; in a scene without a seat, what everybody reads.",
        ("facts" | "disputed" | "chronicle" | "hypotheses", "text") => "In a sentence.",
        ("sheets", "lines") => "Its lines, by name.",
        ("endings", "family") => "Endings of one kind share a family.",
        ("endings", "because") => "The condition, in one plain sentence.",
        ("facts", "reported") => "The sources that report it.",
        ("facts", "disputed") => "The versions it is told in: `[(text: \"…\", sources: [\"…\"])]`.",
        ("facts", "inferred") => "The reason why it follows.",
        ("chronicle", "time") => "The time, as \"21:00\".",
        ("hypotheses", "for") => "The facts that speak for it; a version of a disputed one as \"fact.2\".",
        ("hypotheses", "against") => "The facts that speak against it.",
        ("scenes", "seat") => "The role that decides here.",
        ("scenes", "part") => "The part of the story that begins here.",
        ("scenes", "others") => "What other seats perceive of this scene: `{ \"role\": \"…\" }`.",
        ("scenes", "debrief") => {
            "What the debrief tells of it among the messages; nobody reads it before: a sentence that somebody changed outside of a relay, and who it was."
        }
        ("scenes", "choices") => "A decision.",
        ("scenes", "otherwise") => "Where it goes when nothing is open.",
        ("scenes", "pass") => {
            "What to send, by what, on what terms: `(messages: […], by: […], licences: […], go: \"…\")`."
        }
        ("scenes", "relay") => "What the carrier does to the message under way: `(treatments: […], go: \"…\")`.",
        ("scenes", "receive") => "What the receiver does with it: `(handlings: […], go: \"…\")`.",
        ("scenes", "mark") => "Lines to strike or restore: `(sheet: \"…\", most: 2, say: \"…\", go: \"…\")`.",
        ("scenes", "route") => "The first way that is open; with `odds`, one of them by lot.",
        ("scenes", "expect") => "Conditions that hold whenever a game comes here; `check` proves them.",
        ("endings", "expect") => "Conditions that hold in every game that ends so; `check` proves them.",
        ("scenes", "go") => "The scene that follows by itself.",
        ("scenes", "end") => "The ending.",
        (_, "go") => "The scene it leads to; a choice without it comes back here.",
        ("choices", "id") => "A stable name, used by saves and walks.",
        ("choices" | "standing", "locked") => "Why it is not open, shown instead of hiding it.",
        ("choices" | "standing", "reply") => "What comes of it at once.",
        ("choices" | "standing", "send") => "The message it sends.",
        ("choices" | "standing", "by") => "The carrier of the message it sends.",
        ("choices" | "standing", "licence") => "The terms of the message it sends.",
        ("pass", "messages") => "The messages that can be sent here.",
        ("pass", "by") => "The carriers to choose from.",
        ("pass", "licences") => "The terms to choose from.",
        ("relay", "treatments") => "The treatments to choose from.",
        ("receive", "handlings") => "The handlings to choose from.",
        ("mark", "sheet") => "The sheet.",
        ("mark", "most") => "How many lines may be marked.",
        ("walks", "seats") => "The roles whose decisions are written down; without it, all.",
        ("walks", "seed") => "The luck of everything that is not forced.",
        ("walks", "picks") => "The decisions in order, by id, by words, or by how these begin.",
        ("walks", "lots") => "Where a lot falls: `{ \"luck\": \"left\" }`.",
        ("walks", "ends") => "The ending that must come.",
        ("walks", "stops") => "The scene in which the walk must stop.",
        ("walks", "through") => "Scenes it must have been in.",
        ("walks", "expect") => "Conditions that must hold at its end.",
        ("walks", "reads") => "Words that a role must have read.",
        ("walks", "never") => "Words that a role must not have read.",
        ("walks", "transcript") => "`true`: the whole text is held to a blessed file.",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{documentation, fields_of};
    use crate::story::RECORDS;

    #[test]
    fn every_field_of_the_format_is_documented() {
        for (record, fields) in RECORDS {
            for field in *fields {
                assert!(documentation(record, field).is_some(), "`{field}` of `{record}` has no words");
            }
        }
        assert!(fields_of("scenes").contains(&"relay") && fields_of("nothing").is_empty());
    }
}
