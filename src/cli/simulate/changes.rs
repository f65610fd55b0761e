//! What comes of decisions, as a table.

use std::io::{self, Write};

use crate::author::{Came, Consequences};
use crate::text::{counted, width};

/// What a column counts.
type Count = fn(&Came) -> u64;

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
        counted(most, "night")
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
    for it in all.iter().filter(|it| !it.silent.is_empty()) {
        writeln!(out, "\nnothing came of these most often ({})", it.role)?;
        let counts: Vec<String> = it.silent.iter().map(|it| format!("{} of {}", it.nothing, it.changed)).collect();
        let wide = counts.iter().map(|count| width(count)).max().unwrap_or(0);
        for (it, count) in it.silent.iter().zip(&counts) {
            writeln!(out, "  {count:>wide$}  {}: {}", it.scene, it.decision)?;
        }
    }
    Ok(())
}
