//! What can be a name, and what cannot.

use crate::story::diagnostic::{Code, Diagnostic};
use crate::story::expr::name_length;

use super::Checker;
use super::declare::{ANOTHER_NAME, keys};
use super::gather::Gathered;

/// Words of the language that a variable or a sheet would hide, or be hidden by; besides those that no name can be.
const TAKEN: [&str; 17] = [
    "visited",
    "heard",
    "meant",
    "answer",
    "first",
    "one",
    "again",
    "clock",
    "strike",
    "restore",
    "standing",
    "message",
    "carrier",
    "licence",
    "treatment",
    "handling",
    "minutes",
];

/// Most letters of a name.
const LONGEST: usize = 64;

impl<'s> Checker<'s> {
    /// What a condition or a form in braces could take for something else.
    pub(super) fn free_names(&mut self, g: &Gathered<'s>) {
        let vars = keys(&g.vars).into_iter().map(|id| (id, "variable"));
        let sheets = keys(&g.sheets).into_iter().map(|id| (id, "sheet"));
        for (id, what) in vars.chain(sheets).filter(|(id, _)| TAKEN.contains(id)) {
            // Without a clock it is a name like any other; with one, the clock says so of a variable.
            if id == "minutes" && (g.clock.is_none() || what == "variable") {
                continue;
            }
            self.report(Code::BadName, id, format!("`{id}` already means something, so no {what} can be called so"))
                .help = Some(ANOTHER_NAME.to_owned());
            self.bad_name(if what == "sheet" { "sheets" } else { "vars" }, id);
        }
        for (id, _) in &g.sheets {
            let Some((var, _)) = g.vars.iter().find(|(var, _)| var == id) else { continue };
            let place = self.sources.place_of(var);
            let diagnostic = self.report(Code::Twice, id, format!("`{id}` is a sheet and a variable"));
            diagnostic.help = Some("rename one of the two: `{…}` could mean either".to_owned());
            diagnostic.also.extend(place.map(|place| (place, "the variable".to_owned())));
        }
        for (id, _) in g.roles.iter().filter(|(id, _)| *id == "standing" && !g.sheets.is_empty()) {
            self.report(Code::BadName, id, "`standing` is what a line of a sheet is that nobody has struck").help =
                Some("choose another name for this role".to_owned());
        }
    }

    /// Whether a name in this list that nothing is declared by may be the right one of an entry with the name of another.
    pub(super) fn is_of_a_copy(&mut self, holder: &str, name: &str) -> bool {
        let copy = self.copies.get_mut(holder);
        copy.is_some_and(|(_, missed)| {
            missed.insert(crate::text::clean(name).into_owned());
            true
        })
    }

    /// Says of entries with the name of another which name would be their own.
    pub(super) fn name_copies(&mut self) {
        for (place, missed) in std::mem::take(&mut self.copies).into_values() {
            let told = |it: &&mut Diagnostic| it.code == Code::Twice && it.place == place;
            let (Some(name), 1) = (missed.first(), missed.len()) else { continue };
            if let Some(diagnostic) = self.found.iter_mut().find(told) {
                let help = "is that the name of one of the two? Else delete one of them";
                diagnostic.help = Some(format!("`{name}` is named elsewhere, and not declared: {help}"));
            }
        }
    }

    /// What may be looked for by another name is not missed in the list of a name that cannot be one.
    pub(super) fn good_names(&mut self, holder: &'s str, ids: Vec<&'s str>) {
        for id in ids {
            let errors = self.errors;
            self.good_name(id);
            if self.errors > errors {
                self.bad_name(holder, id);
            }
        }
    }

    fn bad_name(&mut self, holder: &'s str, id: &'s str) {
        self.names.bad.insert(id);
        // What is said with it may be right as soon as it has another name.
        self.vague.insert(id);
        self.copies.entry(holder).or_default();
    }

    pub(super) fn good_name(&mut self, id: &'s str) {
        let first = id.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
        let rest = name_length(id) == id.len();
        let reserved = matches!(id, "and" | "or" | "not" | "is" | "if" | "else" | "true" | "false");
        let length = id.chars().count();
        if first && rest && length > LONGEST {
            let message = format!("this name has {length} letters, and {LONGEST} are allowed");
            self.report(Code::BadName, id, message).help =
                Some("write a shorter one, here and wherever it is named".to_owned());
            return;
        }
        if !first || !rest || reserved {
            let shown = crate::text::clean(crate::text::head(id, LONGEST)).into_owned();
            let message = if reserved {
                format!("`{shown}` already means something")
            } else {
                format!("`{shown}` cannot be a name")
            };
            let plain: String = shown.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '-' }).collect();
            let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
            let plain = parts.join("-");
            // A number at its beginning goes to its end.
            let letters = plain.trim_start_matches(|c: char| c.is_ascii_digit());
            let number = &plain[..plain.len() - letters.len()];
            let ordinal = |ending: &&str| !number.is_empty() && letters.starts_with(&format!("{ending}-"));
            let ordinal = ["st", "nd", "rd", "th"].into_iter().find(ordinal).map_or(0, str::len);
            let letters = letters[ordinal..].trim_matches('-');
            let plain = if number.is_empty() { letters.to_owned() } else { format!("{letters}-{number}") };
            let good = letters.chars().count() >= 2 && name_length(&plain) == plain.len();
            if good && !reserved {
                self.offered.insert(plain.clone());
            }
            self.report(Code::BadName, id, message).help = Some(if reserved {
                ANOTHER_NAME.to_owned()
            } else if !good {
                "begin a name with a letter; go on with letters, digits and `_`, and `-` before a letter or a digit; 64 at most"
                    .to_owned()
            } else {
                format!("write `{plain}`, here and wherever it is named")
            });
        }
    }
}
