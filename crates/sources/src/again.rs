//! One record or member of a file that was read before: the original record, and what lies beside it in its archive.
//!
//! Files are named as records tell where they came from: the path, with `!/` before each name inside an archive. Only
//! the members on the way are opened. The calls block and may read a large file from its beginning up to the place.

use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;

use crate::archive::{MemberReader, Visitor, Walk};
use crate::cut::size;
use crate::stream::read_members;
use crate::{EntryEnd, Limits, Problem, RawRecord, Settings, Sink};

/// Why a file that was read before cannot be read again.
#[derive(Debug, Error)]
pub enum AgainError {
    /// The file, its archive or the member is not there.
    #[error("{0}: the file is no longer where it was when it was loaded; put it back, or load it from its new place")]
    Gone(String),
    /// Another record, or none, lies at the place.
    #[error("{file}: no record begins at {position}; the file has changed since it was loaded, so load it again")]
    Changed {
        /// The file.
        file: String,
        /// Byte offset, or row of a worksheet.
        position: u64,
    },
    /// It is there and cannot be read.
    #[error("{file}: {reason}")]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        reason: String,
    },
}

/// Reads the one record again that a [`records::SourceRef`] names, of at most 64 MiB.
///
/// A table that was read with a mapping of one's own is not recognised without it, and `Unreadable` says so.
///
/// # Errors
/// When the file is gone or cannot be read, or no record begins at `position`.
pub fn raw_record(file: &str, position: u64) -> Result<RawRecord, AgainError> {
    let path = file_on_disk(file).ok_or_else(|| AgainError::Gone(file.to_owned()))?;
    let mut sink = One { file, position, found: None, entered: false, reason: None };
    let wanted = |member: &str| leads_to(member, file);
    read_members(&[path], &Settings::default(), Some(&wanted), &mut sink);
    match (sink.found, sink.reason) {
        (Some(record), _) => match &record.fault {
            Some(fault) => Err(AgainError::Unreadable {
                file: file.to_owned(),
                reason: format!("at {position}: {}", fault.message),
            }),
            None => Ok(record),
        },
        (None, Some(reason)) => Err(AgainError::Unreadable { file: file.to_owned(), reason }),
        (None, None) if sink.entered => Err(AgainError::Changed { file: file.to_owned(), position }),
        (None, None) => Err(AgainError::Gone(file.to_owned())),
    }
}

/// Waits for one record.
struct One<'f> {
    file: &'f str,
    position: u64,
    found: Option<RawRecord>,
    entered: bool,
    reason: Option<String>,
}

impl Sink for One<'_> {
    fn enter(&mut self, file: &str, _format: &str) -> Option<u64> {
        let entered = file == self.file;
        self.entered |= entered;
        entered.then_some(self.position)
    }

    fn record(&mut self, record: RawRecord) -> ControlFlow<()> {
        // What comes after the place is another record.
        self.found = (record.origin.position == self.position).then_some(record);
        ControlFlow::Break(())
    }

    fn leave(&mut self, _end: EntryEnd) -> ControlFlow<()> {
        ControlFlow::Break(())
    }

    fn passed_over(&mut self, file: &str, why: &str) {
        self.problem(file, Problem::refused("passed-over", format!("read as no records of a known format: {why}")));
    }

    fn problem(&mut self, _file: &str, problem: Problem) {
        self.reason.get_or_insert(problem.message);
    }
}

/// The first of these names that lies in the same folder of the same archive as `file`, and its bytes. Names are
/// relative to that folder, apart by `/`, and compared without case; `None` when `file` is in no archive or none of
/// the names is there. At most `limits.record` bytes are read.
///
/// # Errors
/// When the archive is gone or cannot be read.
pub fn beside_in_archive(
    file: &str,
    names: &[String],
    limits: &Limits,
) -> Result<Option<(String, Vec<u8>)>, AgainError> {
    let Some((archive, member)) = file.rsplit_once("!/") else { return Ok(None) };
    let path = file_on_disk(archive).ok_or_else(|| AgainError::Gone(archive.to_owned()))?;
    let folder = member.rfind(['/', '\\']).map_or("", |end| &member[..=end]);
    let places: Vec<String> = names.iter().map(|name| folded(&format!("{archive}!/{folder}{name}"))).collect();
    let wanted = |member: &str| {
        let member = folded(member);
        places.iter().any(|place| leads_to(&member, place))
    };
    let mut visitor = First { places: &places, limit: limits.record, found: None, reason: None };
    let walk = Walk { limits, progress: Arc::default(), wanted: Some(&wanted), visitor: &mut visitor };
    let _: ControlFlow<()> = { walk }.path(&path);
    match (visitor.found, visitor.reason) {
        (Some((_, name, bytes)), _) => Ok(Some((name, bytes))),
        (None, Some(reason)) => Err(AgainError::Unreadable { file: archive.to_owned(), reason }),
        (None, None) => Ok(None),
    }
}

/// Waits for the member whose name stands first in a list.
struct First<'p> {
    places: &'p [String],
    limit: usize,
    found: Option<(usize, String, Vec<u8>)>,
    reason: Option<String>,
}

impl Visitor for First<'_> {
    fn member(&mut self, member: MemberReader<'_>) -> ControlFlow<()> {
        let name = folded(&member.name);
        let Some(rank) = self.places.iter().position(|place| *place == name) else { return ControlFlow::Continue(()) };
        if self.found.as_ref().is_some_and(|(found, ..)| *found <= rank) {
            return ControlFlow::Continue(());
        }
        let mut bytes = Vec::new();
        match member.reader.take(self.limit as u64 + 1).read_to_end(&mut bytes) {
            Err(error) => self.reason = Some(format!("{}: {error}", member.name)),
            Ok(_) if bytes.len() > self.limit => {
                self.reason = Some(format!("{} is larger than {}", member.name, size(self.limit as u64)));
            }
            Ok(_) => self.found = Some((rank, member.name, bytes)),
        }
        if matches!(self.found, Some((0, ..))) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn workbook(&mut self, _name: &str, _file: File) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn problem(&mut self, _name: &str, problem: Problem) {
        self.reason.get_or_insert(problem.message);
    }
}

/// The file on disk that a name with `!/` in it leads to, if it is there: gzip loses its ending when it is opened, and
/// folders may be called `a!`.
pub fn file_on_disk(file: &str) -> Option<PathBuf> {
    let ends = file.match_indices("!/").map(|(at, _)| at).chain([file.len()]);
    let paths = ends.flat_map(|end| [file[..end].to_owned(), format!("{}.gz", &file[..end])]);
    paths.map(PathBuf::from).find(|path| Path::is_file(path))
}

/// Whether a member is the file, or an archive on the way to it.
fn leads_to(member: &str, file: &str) -> bool {
    let above = |name: &str| file.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with("!/"));
    above(member) || member.strip_suffix(".gz").is_some_and(above)
}

fn folded(name: &str) -> String {
    name.replace('\\', "/").to_lowercase()
}

#[cfg(test)]
mod tests;
