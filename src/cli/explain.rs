use std::io::Write as _;

use crate::story::{Code, example, nearest};

use super::error::{CliError, Outcome};
use super::output::out;

/// What a diagnostic means; without a name, all of them in a line each.
pub(super) fn run(name: Option<&str>) -> Outcome {
    let mut out = out();
    let Some(name) = name else {
        for code in Code::ALL {
            writeln!(out, "{:<20} {}", code.name(), code.about())?;
        }
        return Ok(0);
    };
    let Some(code) = Code::ALL.iter().find(|code| code.name() == name) else {
        let near = nearest(name, Code::ALL.iter().map(|code| code.name()));
        let help =
            near.map_or_else(|| "`hallway explain` lists them".to_owned(), |near| format!("did you mean `{near}`?"));
        return Err(CliError::usage(format!("there is no diagnostic `{name}`; {help}")));
    };
    let severity = if code.severity() == crate::story::Severity::Error { "error" } else { "warning" };
    writeln!(out, "{code} ({severity})\n\n{}", code.about())?;
    if let Some((wrong, right)) = example(*code) {
        writeln!(out, "\nWrong:\n\n{}\n\nRight:\n\n{}", indented(wrong), indented(right))?;
    }
    // A warning about the story as a whole has no line to stand beside.
    let has_a_line = !matches!(code, Code::NotProved | Code::AndMore);
    if code.severity() == crate::story::Severity::Warning && has_a_line {
        writeln!(
            out,
            "\nWhere it is meant so, say why, on its line or the one above:\n\n    // allow({code}): the reason"
        )?;
    }
    Ok(0)
}

/// One thing a line where an example stands on a single one.
fn indented(example: &str) -> String {
    let broken = if example.contains('\n') {
        example.to_owned()
    } else {
        example.replace("}, ", "},\n").replace("), \"", "),\n  \"")
    };
    let shown: String = broken.lines().map(|line| format!("    {line}\n")).collect();
    crate::text::clean(shown.trim_end()).into_owned()
}
