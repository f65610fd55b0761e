//! The `hallway` program; everything is in the library.

fn main() -> std::process::ExitCode {
    hallway::cli::run()
}
