//! Files, folders, zip in zip and gzip: every member as a stream.
//!
//! Names inside archives are only ever shown, never used as paths, so they cannot lead out of anywhere. Members
//! that need random access (an archive inside an archive) go to an unnamed temporary file. Every expansion is bounded.

use std::cell::Cell;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use crate::Problem;
use crate::cut::size;

/// First bytes looked at to recognise a file.
pub(crate) const HEAD: usize = 64 * 1024;

/// Bounds on what archives may expand to.
#[derive(Clone, Debug)]
pub struct Limits {
    /// A member, and all members of a file together, may expand to this many bytes whatever their compressed size.
    pub expanded: u64,
    /// Beyond that, to this many times the compressed size of the member or the file.
    pub ratio: u64,
    /// Archives may nest this deep.
    pub depth: u32,
    /// Largest record, in bytes.
    pub record: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { expanded: 4 << 30, ratio: 200, depth: 6, record: 64 << 20 }
    }
}

/// One member, opened.
pub struct MemberReader<'r> {
    /// Path of the file, with `!/` before each name inside an archive.
    pub name: String,
    /// The first bytes (at most 64 KiB).
    pub head: Vec<u8>,
    /// The whole stream, the first bytes included.
    pub reader: Box<dyn Read + 'r>,
}

/// Receives what the walk finds.
pub(crate) trait Visitor {
    /// A member to read.
    fn member(&mut self, member: MemberReader<'_>) -> ControlFlow<()>;
    /// A spreadsheet, which needs random access.
    fn workbook(&mut self, name: &str, file: File) -> ControlFlow<()>;
    /// Something that cannot be opened or read.
    fn problem(&mut self, name: &str, problem: Problem);
}

pub(crate) struct Walk<'v> {
    pub(crate) limits: &'v Limits,
    /// Bytes read so far of the files on disk, for a progress bar.
    pub(crate) progress: Arc<AtomicU64>,
    /// Which members of archives to open, by their names: those looked for and the archives on the way. `None` is all.
    pub(crate) wanted: Option<&'v dyn Fn(&str) -> bool>,
    pub(crate) visitor: &'v mut dyn Visitor,
}

impl Walk<'_> {
    /// Visits a file, or a folder with all that is in it in the order of names.
    pub(crate) fn path(&mut self, path: &Path) -> ControlFlow<()> {
        let name = path.display().to_string();
        match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => self.folder(path, &name),
            Ok(_) => match File::open(path) {
                Ok(file) => self.file(&name, file),
                Err(error) => self.fails(&name, &error),
            },
            Err(error) => self.fails(&name, &error),
        }
    }

    fn folder(&mut self, path: &Path, name: &str) -> ControlFlow<()> {
        let entries = match fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
            Ok(entries) => entries,
            Err(error) => return self.fails(name, &error),
        };
        let mut paths: Vec<_> = entries.iter().map(fs::DirEntry::path).collect();
        paths.sort();
        for path in paths {
            // A link to a folder may lead back up: only real folders are entered.
            if path.is_symlink() && path.is_dir() {
                continue;
            }
            // Opening a pipe would wait for someone to write.
            if fs::metadata(&path).is_ok_and(|meta| !meta.is_dir() && !meta.is_file()) {
                let name = path.display().to_string();
                let message = format!("{name}: neither a file nor a folder (a pipe, socket or device)");
                self.visitor.problem(&name, Problem::refused("cannot-open", message));
                continue;
            }
            self.path(&path)?;
        }
        ControlFlow::Continue(())
    }

    fn fails(&mut self, name: &str, error: &io::Error) -> ControlFlow<()> {
        let message = match error.kind() {
            io::ErrorKind::PermissionDenied => format!("{name}: no permission to read it"),
            io::ErrorKind::NotFound => format!("{name}: there is no such file or folder"),
            _ => format!("{name}: {error}"),
        };
        self.visitor.problem(name, Problem::refused("cannot-open", message));
        ControlFlow::Continue(())
    }

    fn file(&mut self, name: &str, file: File) -> ControlFlow<()> {
        let size = file.metadata().map_or(0, |meta| meta.len());
        let counted = Counted { inner: file, progress: Arc::clone(&self.progress), position: 0, furthest: 0 };
        let mut head = Vec::new();
        let mut counted = io::BufReader::with_capacity(HEAD, counted);
        let source = Source { compressed: size, depth: 1, budget: Budget::new(self.limits, size) };
        if let Err(error) = (&mut counted).take(HEAD as u64).read_to_end(&mut head) {
            return self.fails(name, &error);
        }
        if is_zip(&head) || is_ole(&head) {
            if let Err(error) = counted.seek(SeekFrom::Start(0)) {
                return self.fails(name, &error);
            }
            return self.random_access(name, counted.into_inner(), is_ole(&head), &source);
        }
        self.stream(name, head, Box::new(counted), &source)
    }

    /// A member that is read from front to back; gzip is opened on the way.
    fn stream(&mut self, name: &str, head: Vec<u8>, reader: Box<dyn Read + '_>, source: &Source) -> ControlFlow<()> {
        if head.starts_with(&[0x1f, 0x8b, 8]) && source.depth <= self.limits.depth {
            let name = name.strip_suffix(".gz").unwrap_or(name).to_owned();
            let whole = MultiGzDecoder::new(io::BufReader::new(io::Cursor::new(head).chain(reader)));
            return self.expanded(&name, Box::new(whole), source);
        }
        let reader = Box::new(io::Cursor::new(head.clone()).chain(reader));
        self.visitor.member(MemberReader { name: name.to_owned(), head, reader })
    }

    /// A stream that comes out of a decoder: bounded, and possibly an archive again.
    fn expanded(&mut self, name: &str, reader: Box<dyn Read + '_>, source: &Source) -> ControlFlow<()> {
        if source.depth >= self.limits.depth {
            let message = format!("{name}: archives nest deeper than {}", self.limits.depth);
            self.visitor.problem(name, Problem::refused("archive-depth", message));
            return ControlFlow::Continue(());
        }
        let allowed = self.limits.allowed(source.compressed);
        let mut reader = Bounded { inner: reader, left: allowed, allowed, budget: source.budget.clone() };
        let mut head = Vec::new();
        let mut failed = None;
        if let Err(error) = (&mut reader).take(HEAD as u64).read_to_end(&mut head) {
            if head.is_empty() {
                self.visitor.problem(name, Problem::refused("archive", format!("{name}: {error}")));
                return ControlFlow::Continue(());
            }
            failed = Some(error);
        }
        let inside = Source { depth: source.depth + 1, ..source.clone() };
        if !is_zip(&head) && !is_ole(&head) {
            // What came before the failure is read like any other file.
            let rest: Box<dyn Read + '_> = match failed {
                Some(error) => Box::new(Failed(Some(error))),
                None => Box::new(reader),
            };
            return self.stream(name, head, rest, &inside);
        }
        match failed.map_or_else(|| spool(&head, &mut reader), Err) {
            Ok(file) => self.random_access(name, file, is_ole(&head), &inside),
            Err(error) => {
                self.visitor.problem(name, Problem::refused("archive", format!("{name}: {error}")));
                ControlFlow::Continue(())
            }
        }
    }

    fn random_access(
        &mut self,
        name: &str,
        file: impl Read + Seek + IntoFile,
        ole: bool,
        source: &Source,
    ) -> ControlFlow<()> {
        if ole {
            return self.visitor.workbook(name, file.into_file());
        }
        let mut archive = match ZipArchive::new(file) {
            Ok(archive) => archive,
            Err(error) => {
                let message =
                    format!("{name}: not a complete zip archive ({error}); fetch it again, or join its parts");
                self.visitor.problem(name, Problem::refused("archive", message));
                return ControlFlow::Continue(());
            }
        };
        if archive.index_for_name("xl/workbook.xml").is_some() {
            return self.visitor.workbook(name, archive.into_inner().into_file());
        }
        for at in 0..archive.len() {
            if let Some(wanted) = self.wanted
                && !archive
                    .name_for_index(at)
                    .and_then(Result::ok)
                    .is_some_and(|member| wanted(&member_name(name, &member)))
            {
                continue;
            }
            let (member_name, compressed, found) = match archive.by_index(at) {
                Ok(member) if member.is_dir() => continue,
                Ok(member) => {
                    let shown = member_name(name, &member.name().unwrap_or_default());
                    (shown, member.compressed_size(), Ok(member))
                }
                Err(error) => (format!("{name}!/#{at}"), 0, Err(error)),
            };
            match found {
                Ok(member) => {
                    self.expanded(&member_name, Box::new(member), &Source { compressed, ..source.clone() })?;
                }
                Err(error) => {
                    let message = format!("{member_name}: {error}");
                    self.visitor.problem(&member_name, Problem::refused("archive", message));
                }
            }
        }
        ControlFlow::Continue(())
    }
}

/// How a member of an archive is named.
fn member_name(archive: &str, member: &str) -> String {
    let shown: String = member.chars().filter(|c| !c.is_control()).collect();
    format!("{archive}!/{shown}")
}

fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// The container of old Office files (XLS).
fn is_ole(head: &[u8]) -> bool {
    head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
}

fn spool(head: &[u8], rest: &mut dyn Read) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    file.write_all(head)?;
    io::copy(rest, &mut file)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(file)
}

/// Something that has a file underneath.
trait IntoFile {
    fn into_file(self) -> File;
}

impl IntoFile for File {
    fn into_file(self) -> File {
        self
    }
}

impl IntoFile for Counted {
    fn into_file(self) -> File {
        self.inner
    }
}

/// A file that tells how far it was read.
struct Counted {
    inner: File,
    progress: Arc<AtomicU64>,
    position: u64,
    furthest: u64,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.position += count as u64;
        if self.position > self.furthest {
            self.progress.fetch_add(self.position - self.furthest, Ordering::Relaxed);
            self.furthest = self.position;
        }
        Ok(count)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.position = self.inner.seek(to)?;
        // Archives are opened from their end; that is not progress.
        if matches!(to, SeekFrom::Start(_)) && self.furthest == 0 {
            self.furthest = 0;
        }
        Ok(self.position)
    }
}

/// Where a member comes from.
#[derive(Clone)]
struct Source {
    /// Its size before it expands.
    compressed: u64,
    /// Archives around it.
    depth: u32,
    /// What all members of the file on disk may still expand to.
    budget: Budget,
}

/// Bytes that all members of a file may expand to together: members of a made-up archive may share their bytes.
#[derive(Clone)]
struct Budget {
    left: Rc<Cell<u64>>,
    allowed: u64,
}

impl Budget {
    fn new(limits: &Limits, size: u64) -> Self {
        let allowed = limits.allowed(size);
        Self { left: Rc::new(Cell::new(allowed)), allowed }
    }
}

impl Limits {
    fn allowed(&self, compressed: u64) -> u64 {
        self.expanded.max(compressed.saturating_mul(self.ratio))
    }
}

/// A reader that stops a bomb.
struct Bounded<R> {
    inner: R,
    left: u64,
    allowed: u64,
    budget: Budget,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)? as u64;
        let (left, total) = (self.left.checked_sub(count), self.budget.left.get().checked_sub(count));
        self.left = left.unwrap_or_default();
        self.budget.left.set(total.unwrap_or_default());
        match (left, total) {
            (Some(_), Some(_)) => Ok(count as usize),
            (None, _) => Err(too_much("expands", self.allowed)),
            (_, None) => Err(too_much("the members of this archive together expand", self.budget.allowed)),
        }
    }
}

fn too_much(what: &str, allowed: u64) -> io::Error {
    let message = format!("{what} to more than {}: not read further", size(allowed));
    io::Error::new(io::ErrorKind::InvalidData, message)
}

/// A stream that has failed.
struct Failed(Option<io::Error>);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

#[cfg(test)]
mod tests;
