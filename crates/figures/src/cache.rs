//! Pictures that were made, kept on disk by the hash of their original.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// A folder of files with hashes for names, of so many bytes at most.
#[derive(Debug)]
pub(crate) struct Cache {
    folder: PathBuf,
    most: u64,
    /// Bytes in the folder, once they were counted.
    held: Mutex<Option<u64>>,
}

impl Cache {
    pub(crate) fn new(folder: PathBuf, most: u64) -> Self {
        Self { folder, most, held: Mutex::new(None) }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name.get(..2).unwrap_or("_")).join(name)
    }

    /// The file of this name, unless it is not there or empty (as a power cut may leave it).
    pub(crate) fn get(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.path(name)).ok().filter(|bytes| !bytes.is_empty())
    }

    /// Keeps a file; readers see it whole or not at all. When the folder grows too large, the oldest files go.
    pub(crate) fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(name);
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(bytes)?;
        file.persist(&path).map_err(|error| error.error)?;
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let before =
            held.map_or_else(|| self.files().iter().map(|file| file.1).sum(), |held| held + bytes.len() as u64);
        *held = Some(if before > self.most { self.shrink() } else { before });
        Ok(())
    }

    /// Removes the oldest files until three quarters of the bound are left; returns the bytes left.
    fn shrink(&self) -> u64 {
        let mut files = self.files();
        files.sort_unstable();
        let mut held: u64 = files.iter().map(|file| file.1).sum();
        for (_, size, path) in files {
            if held <= self.most / 4 * 3 {
                break;
            }
            if fs::remove_file(&path).is_ok() {
                held = held.saturating_sub(size);
            }
        }
        held
    }

    /// All files with time of writing and size; those that are being written have names with a dot before.
    fn files(&self) -> Vec<(SystemTime, u64, PathBuf)> {
        let entries = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten();
        let files = entries(&self.folder).flat_map(|folder| entries(&folder.path()).collect::<Vec<_>>());
        let facts = |file: fs::DirEntry| {
            let meta = file.metadata().ok().filter(fs::Metadata::is_file)?;
            Some((meta.modified().unwrap_or(SystemTime::UNIX_EPOCH), meta.len(), file.path()))
        };
        let whole = |file: &fs::DirEntry| !file.file_name().as_encoded_bytes().starts_with(b".");
        files.filter(whole).filter_map(facts).collect()
    }
}

#[cfg(test)]
mod tests;
