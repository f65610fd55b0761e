//! The tables of the writer's guide are made from the cases.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use hallway::story::{Holds, SCHEMA};

use super::case::{FOLDER, cases};
use crate::support::repository;

const BEGINS: &str = "<!-- rows: ";
const ENDS: &str = "<!-- end of rows -->";

/// By section, its table.
fn tables() -> BTreeMap<String, String> {
    let mut out: BTreeMap<String, String> = BTreeMap::new();
    let mut orders = BTreeSet::new();
    for case in cases() {
        let table = out.entry(case.section().to_owned()).or_default();
        let Some(order) = case.order else { continue };
        assert!(orders.insert((case.section().to_owned(), order)), "{}: another row has its place", case.path);
        let (writes, means) = case.about.split_first().unwrap_or_else(|| panic!("{}: no row", case.path));
        assert!(!means.is_empty(), "{}: a row is what is written, then what it means", case.path);
        let cell = |words: &str| words.replace('|', "\\|");
        table.push_str(&format!("| {} | {} |\n", cell(writes), cell(&means.join(" "))));
    }
    out
}

/// Each field in which marks and citations are read stands in the rows of `places`, and no other does.
#[test]
fn the_guide_names_every_field_that_holds_prose() {
    let is_prose = |holds: &Holds| matches!(holds, Holds::Prose | Holds::Map(_, Holds::Prose));
    let fields = SCHEMA.iter().flat_map(|(_, fields)| fields.iter());
    let prose: BTreeSet<&str> = fields.filter(|(_, holds)| is_prose(holds)).map(|(field, _)| *field).collect();
    let cases = cases();
    let rows = cases.iter().filter(|case| case.section() == "places" && case.order.is_some_and(|order| order < 30));
    let named: BTreeSet<&str> = rows.flat_map(|case| case.about[0].split('`').skip(1).step_by(2)).collect();
    assert_eq!(named, prose);
}

#[test]
fn the_guides_tables_are_made_from_the_cases() {
    let path = repository("scenes/README.md");
    let guide = fs::read_to_string(&path).expect("the guide");
    let mut tables = tables();
    let mut out = String::new();
    let mut rest = guide.as_str();
    while let Some((before, after)) = rest.split_once(BEGINS) {
        let (section, after) = after.split_once(" -->\n").expect("a section");
        let (_, after) = after.split_once(ENDS).unwrap_or_else(|| panic!("the rows of `{section}` have no end"));
        let mut named = section.split("; ");
        let name = named.next().unwrap_or_default();
        let heads = (named.next().unwrap_or("you write"), named.next().unwrap_or("it means"));
        let rows = tables.remove(name).unwrap_or_else(|| panic!("{FOLDER}/{name} is not there"));
        out.push_str(&format!("{before}{BEGINS}{section} -->\n| {} | {} |\n|---|---|\n{rows}{ENDS}", heads.0, heads.1));
        rest = after;
    }
    out.push_str(rest);
    assert!(tables.is_empty(), "the guide has no place for the rows of {:?}", tables.keys());
    if out != guide && super::accepts() {
        fs::write(&path, out).expect("written");
        return;
    }
    let diff = similar::TextDiff::from_lines(&guide, &out);
    let diff = diff.unified_diff().header("the guide", "the cases").to_string();
    assert!(out == guide, "the guide’s tables are not those of the cases; `INSTA_UPDATE=always` writes them:\n{diff}");
}
