//! The guides: every block of RON in them is a story that checks, or part of one.

use std::fs;

use hallway::author::format_text;
use hallway::proof::{Budget, Status, prove};
use hallway::story::{Sources, check};

use crate::support::{blocks, repository};

/// A whole story stands as it is. A part (fields of a story without the outer brackets) is put into one.
fn as_story(block: &str) -> String {
    let text: String = block.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    if text.trim_start().starts_with('(') { block.to_owned() } else { format!("(\n{block}\n)") }
}

#[test]
fn every_block_of_the_writers_guide_is_sound() {
    let guide = fs::read_to_string(repository("scenes/README.md")).expect("the guide");
    let found = blocks(&guide, "ron");
    assert!(found.len() >= 8, "only {} blocks", found.len());
    let mut wrong = Vec::new();
    for (number, block) in found.iter().enumerate() {
        let text = as_story(block);
        let sources = Sources::from_texts([("guide.ron", text.as_str())]);
        let checked = check(&sources, Vec::new());
        let said: Vec<String> = checked.diagnostics.iter().map(|d| d.render(&sources, false)).collect();
        let story =
            checked.story.unwrap_or_else(|| panic!("block {} of the guide:\n{block}\n{}", number + 1, said.join("\n")));
        let proof = prove(&story, Budget { nodes: Budget::NODES, stop: &|| false }, &mut |_| {});
        if proof.status != Status::Proved {
            let found: Vec<&str> = proof.findings.iter().map(|finding| finding.message.as_str()).collect();
            wrong.push(format!("block {}: {}", number + 1, found.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the guide shows is what `hallway fmt` makes of it: nobody's copy of a recipe is changed by tidying.
#[test]
fn every_block_of_the_writers_guide_is_tidy() {
    let guide = fs::read_to_string(repository("scenes/README.md")).expect("the guide");
    for block in blocks(&guide, "ron") {
        assert_eq!(format_text(&block).as_deref(), Some(block.as_str()));
    }
}

/// The README's keys and words are those of the program.
#[test]
fn the_readme_has_the_table_of_actions() {
    let readme = fs::read_to_string(repository("README.md")).expect("the README");
    for spec in hallway::view::ACTIONS.iter().filter(|spec| !spec.keys.is_empty()) {
        let keys: Vec<String> = spec.keys.iter().map(|key| format!("`{}`", key.name())).collect();
        let word = spec.word.map(|_| format!("`{}`", spec.name)).unwrap_or_default();
        let row = format!("| {} | {word} | {} |", keys.join(", "), spec.help);
        assert!(readme.contains(&row), "the README lacks the row\n{row}");
    }
}
