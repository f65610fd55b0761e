use std::fs::{File, Metadata};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Writes a file whole or not at all, whatever happens meanwhile, and on the disk before this returns. What was there
/// is replaced, with its rights and its owner kept; where the path is a link, what it leads to.
///
/// # Errors
/// If it is not permitted, or the disk fails; what was there is unchanged.
pub fn write_whole(path: &Path, text: impl AsRef<[u8]>) -> io::Result<()> {
    replace(prepare(path, text)?, path).map(|_| ())
}

/// Writes a new file whole or not at all, and on the disk before this returns.
///
/// # Errors
/// If it exists, even if it was made meanwhile; if the disk fails.
pub fn write_new(path: &Path, text: impl AsRef<[u8]>) -> io::Result<()> {
    place(prepare(path, text)?, path).map(|_| ())
}

/// Writes this text to a file beside `path`, to take its place later; it can be appended to. Missing folders are made.
pub(super) fn prepare(path: &Path, text: impl AsRef<[u8]>) -> io::Result<NamedTempFile> {
    let path = led_to(path)?;
    let folder = folder_of(&path);
    std::fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".hallway-").append(true);
    // As any program makes a new file; a temporary one would be its owner's alone.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_ref())?;
    Ok(file)
}

/// Moves a prepared file to `path`, replacing what is there.
pub(super) fn replace(file: NamedTempFile, path: &Path) -> io::Result<File> {
    let path = led_to(path)?;
    match path.metadata() {
        Ok(was) => keep_rights(file.as_file(), &was)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    file.as_file().sync_all()?;
    let file = file.persist(&path).map_err(|error| error.error)?;
    sync_folder(&path);
    Ok(file)
}

/// Moves a prepared file to `path`, where nothing may be yet.
pub(super) fn place(file: NamedTempFile, path: &Path) -> io::Result<File> {
    file.as_file().sync_all()?;
    let file = file.persist_noclobber(path).map_err(|error| error.error)?;
    sync_folder(path);
    Ok(file)
}

/// Follows a link; any other path is returned as it is.
fn led_to(path: &Path) -> io::Result<PathBuf> {
    match path.symlink_metadata() {
        Ok(data) if data.is_symlink() => path.canonicalize(),
        _ => Ok(path.to_owned()),
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Gives a new file the permissions and the owner of the one it replaces.
fn keep_rights(file: &File, was: &Metadata) -> io::Result<()> {
    let refuse = |why| Err(io::Error::new(io::ErrorKind::PermissionDenied, why));
    if !was.is_file() {
        return refuse("it is not an ordinary file");
    }
    if was.permissions().readonly() {
        return refuse("it is read-only");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, fchown};
        let now = file.metadata()?;
        let other = (now.uid(), now.gid()) != (was.uid(), was.gid());
        if other && fchown(file, Some(was.uid()), Some(was.gid())).is_err() {
            return refuse("it is somebody else's, and would no longer be");
        }
    }
    file.set_permissions(was.permissions())
}

/// A name in a folder outlives a loss of power once the folder is on the disk too; where that cannot be asked for, the
/// file itself is there all the same.
fn sync_folder(path: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder_of(path)).and_then(|folder| folder.sync_all());
    }
}
