//! A writer's editor, as `VISUAL` or `EDITOR` names it.

use std::path::Path;
use std::process::Command;

/// The command that opens a file at a line. The editor may come with arguments of its own, in quotes as a shell takes
/// them.
///
/// # Errors
/// Why the editor's name cannot be read, in words.
pub(super) fn opening(editor: &str, file: &str, line: usize) -> Result<Command, String> {
    let words = shell_words::split(editor).map_err(|error| error.to_string())?;
    let (program, own) = words.split_first().ok_or("it is empty")?;
    let mut command = Command::new(program);
    command.args(own);
    let name = Path::new(program).file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    match name.as_str() {
        "vi" | "vim" | "nvim" | "gvim" | "view" | "nano" | "pico" | "emacs" | "emacsclient" | "kak" | "joe" | "jed"
        | "micro" | "mg" | "ne" | "mcedit" | "gedit" => command.arg(format!("+{line}")).arg(file),
        "hx" | "helix" | "subl" | "zed" | "zeditor" => command.arg(format!("{file}:{line}")),
        "code" | "code-insiders" | "codium" | "cursor" => command.args(["--goto", &format!("{file}:{line}")]),
        // It may take a line for the name of a file.
        _ => command.arg(file),
    };
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::opening;

    #[test]
    fn an_editor_is_told_the_line_in_its_own_way() {
        for (editor, words) in [
            ("vim", "vim|+7|a b.ron"),
            ("/usr/bin/nvim -p", "/usr/bin/nvim|-p|+7|a b.ron"),
            ("hx", "hx|a b.ron:7"),
            ("code --wait", "code|--wait|--goto|a b.ron:7"),
            ("'/opt/my editor/ed' -x \"two words\"", "/opt/my editor/ed|-x|two words|a b.ron"),
        ] {
            let command = opening(editor, "a b.ron", 7).expect("it can be read");
            let told: Vec<_> = [command.get_program()]
                .into_iter()
                .chain(command.get_args())
                .map(|word| word.to_string_lossy())
                .collect();
            assert_eq!(told.join("|"), words);
        }
        for wrong in ["", "  ", "'vim"] {
            assert!(opening(wrong, "a.ron", 7).is_err(), "{wrong:?}");
        }
    }
}
