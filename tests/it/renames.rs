//! Renaming in an editor: every kind of name that the format has, at every place where one can stand.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use hallway::author::{SymbolRef, names, resolve_kinds, transcript, walk};
use hallway::engine::{Holder, Input, Session};
use hallway::story::{Holds, Keys, SCHEMA, SceneId, SceneKind, Sources, Story, SymbolKind, TokenKind, check, lex};
use serde_json::{Value, json};

use crate::lsp::{Client, uri};
use crate::support::{Dice, Hallway, picks, repository};

fn every_name() -> String {
    std::fs::read_to_string(repository("tests/data/names.ron")).expect("the story is there")
}

fn symbols(text: &str) -> Vec<SymbolRef> {
    let mut found = names(text);
    assert!(found.whole);
    resolve_kinds(found.symbols.iter_mut());
    found.symbols
}

/// The story of a text that nothing is to be said of, and whose walks come out.
fn sound(text: &str, what: &str) -> Story {
    let sources = Sources::from_texts([("story.ron", text)]);
    let checked = check(&sources, Vec::new());
    let faults: Vec<String> = checked.diagnostics.iter().map(|fault| fault.render(&sources, false)).collect();
    assert!(faults.is_empty(), "{what}:\n{}", faults.join("\n"));
    let story = checked.story.expect("without faults");
    for written in &story.walks {
        assert_eq!(walk(&story, written).faults, Vec::<String>::new(), "{what}");
    }
    story
}

/// A game in which every decision is taken at random, as all roles read it. Its lots are forced: where they fall hangs on
/// the names of the scenes.
fn night(story: &Story, seed: u64) -> String {
    let by_lot = |scene: &SceneId| matches!(story.scene(*scene).kind, SceneKind::Route { by_lot: true, .. });
    let lots = story.scene_ids().filter(by_lot).map(|scene| (scene, (seed % 2) as u16)).collect();
    let mut session = Session::forced(story, seed, story.seat_ids().map(|_| Holder::Person).collect(), lots);
    let mut dice = Dice(seed);
    for _ in 0..60 {
        let open = picks(&session);
        if session.turn().is_none() || open.is_empty() {
            break;
        }
        let input = Input::Decide(session.state().scene, open[dice.below(open.len())]);
        session.input(input).expect("open");
    }
    transcript(&session)
}

/// The text with a name at a place of it renamed, or why the server refuses.
fn rename(client: &mut Client, uri: &str, text: &str, at: usize, new: &str) -> Result<String, String> {
    let line = text[..at].matches('\n').count();
    let column = text[..at].rsplit('\n').next().unwrap_or("").encode_utf16().count();
    let answer = client.request(
        "textDocument/rename",
        json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": column }, "newName": new }),
    );
    if let Some(error) = answer.get("error") {
        return Err(error["message"].as_str().expect("words").to_owned());
    }
    Ok(edited(text, answer["result"]["changes"][uri].as_array().map_or(&[], Vec::as_slice)))
}

/// A text with an editor's edits, which stand in their order.
fn edited(text: &str, edits: &[Value]) -> String {
    let place = |place: &Value| {
        let (line, column) = (place["line"].as_u64().expect("a line"), place["character"].as_u64().expect("a column"));
        let line_start: usize = text.split_inclusive('\n').take(line as usize).map(str::len).sum();
        let mut units = 0;
        let before = text[line_start..].chars().take_while(|c| {
            units += c.len_utf16();
            units <= column as usize
        });
        line_start + before.map(char::len_utf8).sum::<usize>()
    };
    let mut out = text.to_owned();
    for edit in edits.iter().rev() {
        let range = place(&edit["range"]["start"])..place(&edit["range"]["end"]);
        out.replace_range(range, edit["newText"].as_str().expect("a name"));
    }
    out
}

#[test]
fn every_kind_of_name_is_renamed_wherever_it_stands() {
    let text = every_name();
    let story = sound(&text, "as it is");
    let nights: Vec<String> = (0..20).map(|seed| night(&story, seed)).collect();
    let all = symbols(&text);
    let hallway = Hallway::new();
    let path = hallway.home.path().join("story.ron");
    std::fs::write(&path, &text).expect("written");
    let uri = uri(&path);
    let mut client = Client::start(&hallway);
    client.open(&uri, &text);
    for kind in SymbolKind::ALL {
        let declared: Vec<&SymbolRef> = all.iter().filter(|it| it.declares && it.kind == kind).collect();
        assert!(!declared.is_empty(), "the story has no {}", kind.word());
        for name in declared {
            let what = format!("{} `{}` of {:?}", kind.word(), name.name, name.owner);
            let same: Vec<&SymbolRef> = all.iter().filter(|other| name.is_same(other)).collect();
            assert!(same.len() > 1, "{what} is never meant");
            // Letters of any script make a name.
            let new = "кафé-2";
            let renamed =
                rename(&mut client, &uri, &text, name.start, new).unwrap_or_else(|why| panic!("{what}: {why}"));
            let last = same.last().expect("one at least");
            assert_eq!(rename(&mut client, &uri, &text, last.end, new).as_ref(), Ok(&renamed), "{what}");
            // Nothing else is touched, and the way back leads back.
            assert_eq!(renamed.matches(new).count(), same.len(), "{what}");
            let known = symbols(&renamed).iter().filter(|it| it.name == new).count();
            assert_eq!(known, same.len(), "{what}, by its new name");
            let other = sound(&renamed, &what);
            for (seed, before) in (0..).zip(&nights) {
                assert_eq!(&night(&other, seed), before, "{what}, seed {seed}");
            }
        }
    }
    client.leave();
}

/// Where a field stands in a story, with its value, each time it does.
fn values(text: &str, record: &str, field: &str) -> Vec<Range<usize>> {
    let tokens: Vec<_> = lex(text).0.into_iter().filter(|token| token.kind != TokenKind::Comment).collect();
    let words = |at: usize| &text[tokens[at].start..tokens[at].end];
    let mut open: Vec<&str> = Vec::new();
    let mut name = "";
    let mut out = Vec::new();
    for at in 0..tokens.len() {
        match tokens[at].kind {
            TokenKind::Open(_) => open.push(name),
            TokenKind::Close(_) => name = open.pop().unwrap_or_default(),
            TokenKind::Word if tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Colon) => {
                if open.last().copied().unwrap_or_default() == record && words(at) == field {
                    let mut depth = 0;
                    let end = tokens[at + 2..].iter().find(|token| {
                        depth += i32::from(matches!(token.kind, TokenKind::Open(_)));
                        depth -= i32::from(matches!(token.kind, TokenKind::Close(_)));
                        depth == 0
                    });
                    out.push(tokens[at].start..end.expect("a whole story").end);
                }
                name = words(at);
            }
            _ => {}
        }
    }
    out
}

/// The story above has every kind of name at every place where the format has one: what the schema gains, it must too.
#[test]
fn the_story_of_names_has_a_name_wherever_the_format_has_one() {
    let text = every_name();
    let all = symbols(&text);
    let mut lacking = Vec::new();
    for (record, fields) in SCHEMA {
        for (field, holds) in *fields {
            // What a standing choice does not have.
            if *record == "standing" && matches!(*field, "id" | "keep" | "lean") {
                continue;
            }
            let places = values(&text, record, field);
            let here = |wanted: &dyn Fn(&SymbolRef) -> bool| {
                all.iter().any(|it| wanted(it) && places.iter().any(|place| place.contains(&it.start)))
            };
            let mut lacks = |what: &str| lacking.push(format!("`{field}` of `{record}` has no {what}"));
            let mut strings = |holds: &Holds| match holds {
                Holds::Names(kinds) => {
                    for kind in kinds.iter().filter(|kind| !here(&|it| it.kind == **kind && !it.declares)) {
                        lacks(kind.word());
                    }
                }
                Holds::Declares(kind) if !here(&|it| it.kind == *kind && it.declares) => lacks(kind.word()),
                Holds::Expression | Holds::Prose if !here(&|it| !it.declares) => lacks("name within its text"),
                Holds::Pick => {
                    for kind in [
                        SymbolKind::Choice,
                        SymbolKind::Message,
                        SymbolKind::Carrier,
                        SymbolKind::Licence,
                        SymbolKind::Treatment,
                        SymbolKind::Handling,
                        SymbolKind::Line,
                    ] {
                        if !here(&|it| it.kind == kind) {
                            lacks(kind.word());
                        }
                    }
                }
                _ => {}
            };
            strings(holds);
            if let Holds::Map(keys, values) = holds {
                strings(values);
                match keys {
                    Keys::Declare(kind) if !here(&|it| it.kind == *kind && it.declares) => lacks(kind.word()),
                    Keys::Mean(kind) if !here(&|it| it.kind == *kind && !it.declares) => lacks(kind.word()),
                    _ => {}
                }
            }
        }
    }
    assert!(lacking.is_empty(), "{}", lacking.join("\n"));
    // What an expression can ask and do, and what prose can hold in its braces.
    for piece in [
        "visited(",
        "heard(late)",
        "heard(late) is soft",
        "heard(late) is not plain",
        "sky is clear",
        "mood is not dull",
        "message is",
        "carrier is",
        "carrier is not",
        "licence is",
        "treatment is",
        "handling is",
        "slip.name is host",
        "slip.hour is guest",
        "list.name is standing",
        "strike list.name",
        "restore list.name",
        "heard(late) = plain",
        "sky = stormy",
        "hope +1",
        "hope + hope",
        "{meant(late)}",
        "{heard(late)}",
        "{answer(late)}",
        "{mood}",
        "{slip}",
        "{if ",
        "else if",
        "[^came]",
    ] {
        assert!(text.contains(piece), "{piece}");
    }
    let kinds: BTreeSet<&str> = SymbolKind::ALL.iter().map(|kind| kind.word()).collect();
    assert_eq!(kinds.len(), SymbolKind::ALL.len());
}

/// A new name that would make another story of it is refused, with the reason.
#[test]
fn a_rename_that_would_change_the_story_is_refused() {
    let text = r#"(
  vars: { "sky": (states: ["clear", "grey"]), "hope": (min: 0, max: 2), "wet": (flag: true) },
  roles: { "host": (name: "The host"), "guest": (name: "The guest") },
  // allow(unanswered): what is heard is all that this is about
  messages: { "late": (from: "host", to: "guest", gist: "that it is late", heard: { "soft": (text: "that it is late"), "plain": (text: "that it is late") }) },
  sheets: { "card": (name: "The card", lines: { "date": "On Friday." }) },
  treatments: { "plain": (name: "Plainly"), "soft": (name: "Gently") },
  walks: { "in": (picks: ["hand", "soft"], ends: "Out") },
  scenes: {
    "hall": (seat: "host", text: "Hm. {card}", choices: [
      (id: "nod", say: "Nod to him.", when: "sky is clear and hope < 2", do: ["hope +1", "sky = grey"], go: "out"),
      (id: "note", say: "Note it.", do: ["wet = true"], go: "out"),
      (id: "soft", say: "Say nothing.", go: "out"),
      (say: "Hand it over.", send: "late", go: "way"),
    ]),
    "way": (seat: "guest", text: "Hm.", relay: (treatments: ["plain", "soft"], go: "out")),
    "out": (text: "{if wet: Out. | Hm.}", end: "Out"),
  },
)
"#;
    sound(text, "as it is");
    let hallway = Hallway::new();
    let path = hallway.home.path().join("story.ron");
    std::fs::write(&path, text).expect("written");
    let uri = uri(&path);
    let mut client = Client::start(&hallway);
    client.open(&uri, text);
    let at = |piece: &str| text.find(piece).expect("there") + 1;
    for (piece, new, why) in [
        ("\"sky\"", "two words", "a name begins with a letter"),
        ("\"sky\"", "", "a name begins with a letter"),
        ("\"sky\"", "hope", "declared already"),
        ("\"hall\"", "out", "declared already"),
        ("\"clear\"", "grey", "declared already"),
        // A word of the language; a name that a sheet has.
        ("\"wet\"", "visited", "could not be played"),
        ("\"wet\"", "and", "could not be played"),
        ("\"wet\"", "card", "could not be played"),
        ("\"nod\"", "note", "declared already"),
        // Words in a walk would become the name of this choice.
        ("\"nod\"", "hand", "taken for something else"),
        // In a walk it can be this or that.
        ("\"soft\"", "faint", "the walk `in`"),
        ("\"Out\"", " ", "a title is words"),
    ] {
        let answer = rename(&mut client, &uri, text, at(piece), new);
        assert!(answer.as_ref().is_err_and(|told| told.contains(why)), "{piece} to {new:?}: {answer:?}");
    }
    // The reading of a story without treatments is nobody's to name, nor is its reader.
    let bare = r#"(scenes: { "a": (text: "A.", end: "E") }, walks: { "w": (picks: [], ends: "E", reads: { "reader": ["A."] }) })"#;
    client.change(&uri, bare);
    let reader = bare.find("reader").expect("there");
    let answer = rename(&mut client, &uri, bare, reader, "me");
    assert!(answer.as_ref().is_err_and(|told| told.contains("declared nowhere")), "{answer:?}");
    client.change(&uri, text);
    // Where no endings are declared, what an ending is called is a title: any words.
    let titled = rename(&mut client, &uri, text, at("\"Out\""), "Out, at last").expect("a title");
    assert_eq!(titled.matches("\"Out, at last\"").count(), 2);
    sound(&titled, "another title");
    client.leave();
}

/// A story of several files, one of them in a folder within, is renamed in all of them; one that is half-written in none.
#[test]
fn a_name_is_renamed_in_every_file_of_its_story() {
    let hallway = Hallway::new();
    let folder = hallway.home.path().join("mine");
    let part = folder.join("parts/SECOND.RON");
    std::fs::create_dir_all(part.parent().expect("a folder")).expect("made");
    let (first, second) = (
        "(vars: { \"trust\": (min: 0, max: 2) }, scenes: { \"hall\": (text: \"A.\", do: [\"trust +1\"], go: \"stairs\") })",
        "(scenes: { \"stairs\": (text: \"{if trust >= 1: Up. | Down.}\", end: \"Up\") })",
    );
    let put = |path: &Path, text: &str| std::fs::write(path, text).expect("written");
    put(&folder.join("story.ron"), first);
    put(&part, second);
    let mut client = Client::start(&hallway);
    let (story_uri, part_uri) = (uri(&folder.join("story.ron")), uri(&part));
    client.open(&part_uri, second);
    let ask = |client: &mut Client| {
        let column = second.find("trust").expect("there");
        client.request(
            "textDocument/rename",
            json!({ "textDocument": { "uri": part_uri }, "position": { "line": 0, "character": column }, "newName": "faith" }),
        )
    };
    let changes = ask(&mut client)["result"]["changes"].clone();
    let edits = |uri: &str| changes[uri].as_array().cloned().unwrap_or_default();
    assert_eq!(edited(first, &edits(&story_uri)), first.replace("trust", "faith"));
    assert_eq!(edited(second, &edits(&part_uri)), second.replace("trust", "faith"));
    put(&folder.join("story.ron"), &first.replace("\"A.\"", "\"A."));
    client.change(&part_uri, second);
    let refused = ask(&mut client);
    assert!(refused["error"]["message"].as_str().is_some_and(|why| why.contains("not closed")), "{refused}");
    client.leave();
}
