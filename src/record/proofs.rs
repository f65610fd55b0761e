use std::fs::DirEntry;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use etcetera::BaseStrategy as _;
use serde::{Deserialize, Serialize};

use crate::proof::{Cost, Proof, Status};
use crate::story::{Sources, read_file};

use super::atomic::write_whole;

/// Most proofs that are kept; the oldest make room for new ones.
const MOST: usize = 100;

/// What is kept of one is far smaller.
const LARGEST: u64 = 64 * 1024;

/// A proof that found nothing, as it lies on the disk: in one line, which is followed by one with its hash.
#[derive(Serialize, Deserialize)]
struct KeptProof {
    /// What it is a proof of, and by which program.
    of: String,
    states: f64,
    costs: Vec<Cost>,
}

/// Proofs of earlier runs, so that a story that has not changed need not be proved again.
///
/// Of a story in which the proof found nothing it is kept that it did, how many states there are and what they cost. It
/// holds for the very same text of all its files and the very same program; anything else is proved anew, and so is
/// every story in which something was found.
pub struct Proofs {
    folder: PathBuf,
    /// The program that proves.
    program: String,
}

impl Proofs {
    /// In this folder, as this program proves.
    #[must_use]
    pub fn new(folder: PathBuf, program: String) -> Self {
        Self { folder, program }
    }

    /// Where this platform keeps what can be made again; `None` where there is no home, or the program cannot tell
    /// which one it is.
    #[must_use]
    pub fn here() -> Option<Self> {
        let base = etcetera::choose_base_strategy().ok()?;
        let cache = base.cache_dir();
        let folder = cache.is_absolute().then(|| cache.join("hallway").join("proofs"))?;
        // Two builds of one version may prove differently.
        let own = std::env::current_exe().and_then(std::fs::metadata).ok()?;
        let built = own.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        let program = format!("{} {} {}", env!("CARGO_PKG_VERSION"), own.len(), built.as_nanos());
        Some(Self::new(folder, program))
    }

    /// The proof of this story, if it is kept and whole.
    #[must_use]
    pub fn find(&self, story: &Sources) -> Option<Proof> {
        let of = self.key(story);
        let text = String::from_utf8(read_file(&self.file(&of), LARGEST).ok()?).ok()?;
        let (line, hash) = text.split_once('\n')?;
        let kept: KeptProof = serde_json::from_str(line).ok()?;
        let is_it = kept.of == of && hash == hash_of(line);
        is_it.then_some(Proof { status: Status::Proved, states: kept.states, findings: Vec::new(), costs: kept.costs })
    }

    /// Keeps a proof of this story, if nothing was found. Where the disk refuses it is not kept, and nothing is lost
    /// but time.
    pub fn keep(&self, story: &Sources, proof: &Proof) {
        if proof.status != Status::Proved || !proof.findings.is_empty() {
            return;
        }
        let kept = KeptProof { of: self.key(story), states: proof.states, costs: proof.costs.clone() };
        let Ok(line) = serde_json::to_string(&kept) else { return };
        let file = self.file(&kept.of);
        if write_whole(&file, format!("{line}\n{}", hash_of(&line))).is_ok() {
            self.make_room_beside(&file);
        }
    }

    /// What a proof rests on: the program, and every byte of every file in its order.
    fn key(&self, story: &Sources) -> String {
        // Two hashes that begin differently, so that no two stories have both alike.
        let half = |begin: u8| {
            let mut hash = DefaultHasher::new();
            (begin, &self.program).hash(&mut hash);
            story.files().iter().for_each(|file| (&file.name, &file.text).hash(&mut hash));
            hash.finish()
        };
        format!("{:016x}{:016x}", half(1), half(2))
    }

    fn file(&self, key: &str) -> PathBuf {
        self.folder.join(format!("{key}.proof"))
    }

    fn make_room_beside(&self, newest: &Path) {
        let Ok(entries) = std::fs::read_dir(&self.folder) else { return };
        let written = |entry: DirEntry| Some((entry.metadata().ok()?.modified().ok()?, entry.path()));
        let mut all: Vec<(SystemTime, PathBuf)> = entries.filter_map(Result::ok).filter_map(written).collect();
        all.retain(|(_, path)| path.extension().is_some_and(|extension| extension == "proof") && path != newest);
        all.sort();
        for (_, path) in all.iter().take((all.len() + 1).saturating_sub(MOST)) {
            // Somebody else may have been quicker.
            let _ = std::fs::remove_file(path);
        }
    }
}

fn hash_of(line: &str) -> String {
    let mut hash = DefaultHasher::new();
    line.hash(&mut hash);
    format!("{:016x}", hash.finish())
}

#[cfg(test)]
mod tests {
    use super::{MOST, Proofs};
    use crate::proof::{Proof, Status};
    use crate::story::Sources;

    fn story(text: &str) -> Sources {
        Sources::from_texts([("a.ron", text)])
    }

    fn proof(states: f64) -> Proof {
        Proof { status: Status::Proved, states, findings: Vec::new(), costs: Vec::new() }
    }

    #[test]
    fn a_proof_holds_for_the_same_text_and_the_same_program_alone() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let by = |program: &str| Proofs::new(folder.path().join("proofs"), program.to_owned());
        by("one").keep(&story("a"), &proof(7.0));
        let found = by("one").find(&story("a")).expect("it is kept");
        assert_eq!((found.status, found.states), (Status::Proved, 7.0));
        assert!(by("one").find(&story("b")).is_none());
        assert!(by("two").find(&story("a")).is_none());
        let parted = Sources::from_texts([("a.ron", ""), ("a.ron", "a")]);
        assert!(by("one").find(&parted).is_none());
    }

    #[test]
    fn what_is_not_proved_is_not_kept() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let proofs = Proofs::new(folder.path().to_owned(), String::new());
        for status in [Status::Failed, Status::Bounded] {
            proofs.keep(&story("a"), &Proof { status, ..proof(1.0) });
            assert!(proofs.find(&story("a")).is_none());
        }
    }

    #[test]
    fn a_damaged_proof_is_no_proof() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let proofs = Proofs::new(folder.path().to_owned(), String::new());
        proofs.keep(&story("a"), &proof(7.0));
        let file = std::fs::read_dir(folder.path()).expect("it is there").next().expect("one").expect("one").path();
        let whole = std::fs::read_to_string(&file).expect("it is text");
        for damaged in [whole.replace("7.0", "8.0"), whole[..whole.len() / 2].to_owned(), String::new()] {
            assert_ne!(damaged, whole);
            std::fs::write(&file, damaged).expect("it can be written");
            assert!(proofs.find(&story("a")).is_none());
        }
        std::fs::write(&file, whole).expect("it can be written");
        assert!(proofs.find(&story("a")).is_some());
    }

    #[test]
    fn old_proofs_make_room() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let proofs = Proofs::new(folder.path().to_owned(), String::new());
        (0..MOST + 5).for_each(|at| proofs.keep(&story(&at.to_string()), &proof(1.0)));
        assert_eq!(std::fs::read_dir(folder.path()).expect("it is there").count(), MOST);
        assert!(proofs.find(&story(&(MOST + 4).to_string())).is_some());
    }
}
