//! What comes of decisions, as a table.

use std::io::{self, Write};

use crate::author::{Consequences, DecisionEffects, SceneEffects};
use crate::text::{counted, head, width};

/// So often a scene's decisions must have been changed before something is said of them, and so many scenes are named.
const ENOUGH: u64 = 5;
const LEAST: usize = 5;
/// So many sentences that are told twice are named, by so many letters at most.
const TWICE: usize = 5;
const LONG: usize = 70;

/// What a column counts.
type Count = fn(&DecisionEffects) -> u64;

/// The columns after the role.
const COLUMNS: [(&str, Count); 4] = [
    ("at once", |came| came.answered),
    ("later", |came| came.felt),
    ("another end", |came| came.ending),
    ("nothing", |came| came.nothing),
];

/// A table of all roles, then for each role the decisions that change nothing.
pub(super) fn write(out: &mut impl Write, all: &[Consequences]) -> io::Result<()> {
    let any = |it: &&Consequences| it.passing.changed + it.other.changed > 0;
    let all: Vec<&Consequences> = all.iter().filter(any).collect();
    let Some(most) = all.iter().map(|it| it.nights).max() else { return Ok(()) };
    writeln!(
        out,
        "\nwhat comes of a decision: one taken otherwise, all luck and the later ones kept ({})",
        counted(most, "game")
    )?;
    let wide = all.iter().map(|it| width(&it.role)).max().unwrap_or(0);
    write!(out, "  {:wide$}  {:8}{:>8}{:>9}", "", "", "share", "changed")?;
    COLUMNS.iter().try_for_each(|(title, _)| write!(out, "{title:>13}"))?;
    writeln!(out)?;
    for it in &all {
        let share = it.passing_share;
        for (role, kind, share, came) in
            [(it.role.as_str(), "passing", share, &it.passing), ("", "other", 1.0 - share, &it.other)]
        {
            // Padded by cells, which a name may have fewer or more of than letters.
            let pad = " ".repeat(wide - width(role));
            write!(out, "  {role}{pad}  {kind:8}{:>6.0} %{:>9}", 100.0 * share, came.changed)?;
            for (_, count) in COLUMNS {
                match came.changed {
                    0 => write!(out, "{:>13}", "–")?,
                    changed => write!(out, "{:>11.0} %", 100.0 * count(came) as f64 / changed as f64)?,
                }
            }
            writeln!(out)?;
        }
    }
    least_felt(out, &all)?;
    for it in all.iter().filter(|it| !it.silent.is_empty()) {
        writeln!(out, "\nnothing came of these most often ({})", it.role)?;
        let counts: Vec<String> = it.silent.iter().map(|it| format!("{} of {}", it.nothing, it.changed)).collect();
        let wide = counts.iter().map(|count| width(count)).max().unwrap_or(0);
        for (it, count) in it.silent.iter().zip(&counts) {
            writeln!(out, "  {count:>wide$}  {}: {}", it.scene, it.decision)?;
        }
    }
    for it in all.iter().filter(|it| !it.twice.is_empty()) {
        writeln!(out, "\ntold twice in a game, before two different decisions ({})", it.role)?;
        for twice in it.twice.iter().take(TWICE) {
            let [first, second] = &twice.before;
            let nights = counted(twice.nights, "game");
            writeln!(out, "  {first}, {second}: “{}” ({nights}; seed {})", cut(&twice.sentence), twice.seed)?;
        }
    }
    Ok(())
}

/// A sentence, or its beginning.
fn cut(sentence: &str) -> String {
    if sentence.len() <= LONG { sentence.to_owned() } else { format!("{}…", head(sentence, LONG).trim_end()) }
}

/// A line for each role: the scenes whose decisions are least often felt on later pages.
fn least_felt(out: &mut impl Write, all: &[&Consequences]) -> io::Result<()> {
    let share = |it: &SceneEffects| it.came.felt as f64 / it.came.changed.max(1) as f64;
    let mut begun = false;
    for it in all {
        let mut scenes: Vec<&SceneEffects> = it.scenes.iter().filter(|it| it.came.changed >= ENOUGH).collect();
        scenes.sort_by(|a, b| share(a).total_cmp(&share(b)).then(b.came.changed.cmp(&a.came.changed)));
        // Where half of them are felt there is nothing to be told.
        scenes.retain(|it| share(it) < 0.5);
        if scenes.is_empty() {
            continue;
        }
        if !std::mem::replace(&mut begun, true) {
            writeln!(out, "\nfelt least on later pages, by scene")?;
        }
        let told = |it: &&SceneEffects| format!("{} {} of {}", it.scene, it.came.felt, it.came.changed);
        writeln!(out, "  {}: {}", it.role, scenes.iter().take(LEAST).map(told).collect::<Vec<_>>().join(" · "))?;
    }
    Ok(())
}
