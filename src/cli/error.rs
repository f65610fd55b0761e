use std::fmt::Display;
use std::io;

/// Why a command ended without doing what it was asked.
pub(super) enum CliError {
    /// It was asked wrongly; says how.
    Usage(String),
    /// The story or the run has a fault; says which.
    Fault(String),
    /// A fault that has been told already.
    Told,
    Io(io::Error),
}

/// How a command ended: its exit code.
pub(super) type Outcome = Result<u8, CliError>;

impl CliError {
    pub fn usage(why: impl Display) -> Self {
        Self::Usage(why.to_string())
    }

    pub fn fault(why: impl Display) -> Self {
        Self::Fault(why.to_string())
    }

    /// Says what is to be said; the exit code.
    pub fn tell(&self) -> u8 {
        let (code, why) = match self {
            // A closed pipe is the reader's choice, not a failure.
            Self::Io(error) if error.kind() == io::ErrorKind::BrokenPipe => return 0,
            Self::Told => return 1,
            Self::Io(error) => (1, error.to_string()),
            Self::Fault(why) => (1, why.clone()),
            Self::Usage(why) => (2, why.clone()),
        };
        super::output::warn(why);
        code
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
