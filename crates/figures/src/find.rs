//! From a picture's name to its bytes.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use records::SourceRef;
use sources::beside_in_archive;

use crate::{Limits, PictureError, name};

/// Sources of a right that are looked at: a right has a handful.
const MOST_SOURCES: usize = 24;

/// Entries of a folder that are looked at when a name is not there as written.
const MOST_ENTRIES: usize = 200_000;

/// Finds the file beside one of the records and reads it.
pub(crate) fn bytes(file: &str, sources: &[SourceRef], limits: &Limits) -> Result<Vec<u8>, PictureError> {
    let names = name::read(file)?;
    let mut search = Search { names: &names, limits, listings: HashMap::new(), looked: Vec::new(), trouble: None };
    for source in sources.iter().take(MOST_SOURCES) {
        if let Some(bytes) = search.beside(&source.file) {
            return bytes;
        }
    }
    let place = sources.first().map_or("", |source| folder_of(&source.file)).to_owned();
    let name = names.join("/");
    Err(search.trouble.unwrap_or(PictureError::Missing { name, place }))
}

/// The folder of a record as people read it.
fn folder_of(source: &str) -> &str {
    source.rfind('/').map_or("", |end| &source[..end])
}

struct Search<'s> {
    names: &'s [String],
    limits: &'s Limits,
    /// Names in folders, by their lower case.
    listings: HashMap<PathBuf, HashMap<String, PathBuf>>,
    /// Folders and archives that were looked at; several records of a right lie in one.
    looked: Vec<String>,
    /// What went wrong first where something was there.
    trouble: Option<PictureError>,
}

impl Search<'_> {
    /// Looks beside one record: in its archive, else in its folder and in archives that stand for a folder of pictures.
    fn beside(&mut self, source: &str) -> Option<Result<Vec<u8>, PictureError>> {
        let outer = sources::file_on_disk(source).unwrap_or_else(|| source.split("!/").next().unwrap_or(source).into());
        let record = source.rsplit(['/', '\\']).next().unwrap_or(source);
        let places = name::places(self.names, record);
        if source.contains("!/")
            && outer != Path::new(source)
            && let Some(bytes) = self.in_archive(source, &places)
        {
            return Some(Ok(bytes));
        }
        let folder = outer.parent()?;
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        if !self.is_new(&folder.display().to_string()) {
            return None;
        }
        if let Some(path) = places.iter().find_map(|place| self.in_folder(folder, place)) {
            return Some(self.read(&path));
        }
        let stem = outer.file_stem()?.to_str()?;
        let archives = [&format!("{stem}.zip"), "images.zip", "image.zip", "img.zip"];
        let archives: Vec<PathBuf> = archives.into_iter().filter_map(|zip| self.in_folder(folder, zip)).collect();
        archives.iter().find_map(|zip| self.in_archive(&format!("{}!/{record}", zip.display()), &places)).map(Ok)
    }

    fn is_new(&mut self, place: &str) -> bool {
        let new = self.looked.iter().all(|looked| looked != place);
        if new {
            self.looked.push(place.to_owned());
        }
        new
    }

    fn in_archive(&mut self, source: &str, places: &[String]) -> Option<Vec<u8>> {
        if !self.is_new(folder_of(source)) {
            return None;
        }
        let limits = sources::Limits {
            record: self.limits.bytes as usize,
            // A picture needs no more of its archive than the archives on the way to it.
            expanded: 1 << 30,
            ..sources::Limits::default()
        };
        match beside_in_archive(source, places, &limits) {
            Ok(found) => found.map(|(_, bytes)| bytes),
            Err(sources::AgainError::Gone(_)) => None,
            Err(error) => {
                self.trouble
                    .get_or_insert(PictureError::Unreadable { name: self.names.join("/"), reason: error.to_string() });
                None
            }
        }
    }

    /// A file below a folder, whatever the case of its name, unless links lead out of the folder.
    fn in_folder(&mut self, folder: &Path, place: &str) -> Option<PathBuf> {
        let mut path = folder.to_owned();
        for name in place.split('/') {
            let exact = path.join(name);
            path = if exact.exists() { exact } else { self.listing(&path).get(&name.to_lowercase())?.clone() };
        }
        let (inner, outer) = (path.canonicalize().ok()?, folder.canonicalize().ok()?);
        (inner.starts_with(outer) && inner.is_file()).then_some(path)
    }

    fn listing(&mut self, folder: &Path) -> &HashMap<String, PathBuf> {
        self.listings.entry(folder.to_owned()).or_insert_with(|| {
            let entries = fs::read_dir(folder).into_iter().flatten().flatten().take(MOST_ENTRIES);
            // Of names that differ in case alone the first in order stands for all.
            let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
            paths.sort_unstable_by(|a, b| b.cmp(a));
            let lower = |path: &PathBuf| Some(path.file_name()?.to_str()?.to_lowercase());
            paths.into_iter().filter_map(|path| Some((lower(&path)?, path))).collect()
        })
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, PictureError> {
        let mut bytes = Vec::new();
        let read = File::open(path).and_then(|file| file.take(self.limits.bytes + 1).read_to_end(&mut bytes));
        let name = self.names.join("/");
        match read {
            Err(error) => Err(PictureError::Unreadable { name, reason: error.to_string() }),
            Ok(_) if bytes.len() as u64 > self.limits.bytes => {
                let what = format!("the file is larger than {} MiB", self.limits.bytes >> 20);
                Err(PictureError::TooLarge { name, what })
            }
            Ok(_) => Ok(bytes),
        }
    }
}

#[cfg(test)]
mod tests;
