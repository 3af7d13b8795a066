//! Files, folders, zip in zip and gzip: every member as a stream.
//!
//! Names inside archives are only ever shown, never used as paths, so they cannot lead out of anywhere. Members
//! that need random access (an archive inside an archive) go to an unnamed temporary file. Every expansion is bounded.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use crate::Problem;

/// First bytes looked at to recognise a file.
const HEAD: usize = 64 * 1024;

/// Bounds on what archives may expand to.
#[derive(Clone, Debug)]
pub struct Limits {
    /// A member may expand to this many bytes whatever its compressed size.
    pub expanded: u64,
    /// Beyond that, to this many times its compressed size.
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
            if !(path.is_symlink() && path.is_dir()) {
                self.path(&path)?;
            }
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
        if let Err(error) = (&mut counted).take(HEAD as u64).read_to_end(&mut head) {
            return self.fails(name, &error);
        }
        if is_zip(&head) || is_ole(&head) {
            if let Err(error) = counted.seek(SeekFrom::Start(0)) {
                return self.fails(name, &error);
            }
            return self.random_access(name, counted.into_inner(), is_ole(&head), 1);
        }
        self.stream(name, head, Box::new(counted), size, 1)
    }

    /// A member that is read from front to back; gzip is opened on the way.
    fn stream(
        &mut self,
        name: &str,
        head: Vec<u8>,
        reader: Box<dyn Read + '_>,
        size: u64,
        depth: u32,
    ) -> ControlFlow<()> {
        if head.starts_with(&[0x1f, 0x8b, 8]) && depth <= self.limits.depth {
            let name = name.strip_suffix(".gz").unwrap_or(name).to_owned();
            let whole = MultiGzDecoder::new(io::BufReader::new(io::Cursor::new(head).chain(reader)));
            return self.expanded(&name, Box::new(whole), size, depth);
        }
        let reader = Box::new(io::Cursor::new(head.clone()).chain(reader));
        self.visitor.member(MemberReader { name: name.to_owned(), head, reader })
    }

    /// A stream that comes out of a decoder: bounded, and possibly an archive again.
    fn expanded(&mut self, name: &str, reader: Box<dyn Read + '_>, compressed: u64, depth: u32) -> ControlFlow<()> {
        if depth >= self.limits.depth {
            let message = format!("{name}: archives nest deeper than {}", self.limits.depth);
            self.visitor.problem(name, Problem::refused("archive-depth", message));
            return ControlFlow::Continue(());
        }
        let allowed = self.limits.expanded.max(compressed.saturating_mul(self.limits.ratio));
        let mut reader = Bounded { inner: reader, left: allowed, allowed };
        let mut head = Vec::new();
        if let Err(error) = (&mut reader).take(HEAD as u64).read_to_end(&mut head) {
            self.visitor.problem(name, Problem::refused("archive", format!("{name}: {error}")));
            return ControlFlow::Continue(());
        }
        if !is_zip(&head) && !is_ole(&head) {
            return self.stream(name, head, Box::new(reader), compressed, depth + 1);
        }
        match spool(&head, &mut reader) {
            Ok(file) => self.random_access(name, file, is_ole(&head), depth + 1),
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
        depth: u32,
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
            let (member_name, compressed, found) = match archive.by_index(at) {
                Ok(member) if member.is_dir() => continue,
                Ok(member) => {
                    let shown: String = member.name().unwrap_or_default().chars().filter(|c| !c.is_control()).collect();
                    (format!("{name}!/{shown}"), member.compressed_size(), Ok(member))
                }
                Err(error) => (format!("{name}!/#{at}"), 0, Err(error)),
            };
            match found {
                Ok(member) => self.expanded(&member_name, Box::new(member), compressed, depth)?,
                Err(error) => {
                    let message = format!("{member_name}: {error}");
                    self.visitor.problem(&member_name, Problem::refused("archive", message));
                }
            }
        }
        ControlFlow::Continue(())
    }
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

/// A reader that stops a bomb.
struct Bounded<R> {
    inner: R,
    left: u64,
    allowed: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| {
            let message = format!("expands to more than {} MiB: not read further", self.allowed / (1 << 20));
            io::Error::new(io::ErrorKind::InvalidData, message)
        })?;
        Ok(count)
    }
}
