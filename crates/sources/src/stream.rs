//! From paths to records: recognise, cut, hand on.

use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use records::Origin;

use crate::archive::{HEAD, MemberReader, Visitor, Walk};
use crate::cut::{Piece, cut};
use crate::encoding::{Utf8Reader, announced};
use crate::format::recognise;
use crate::table::{self, Recognised, Table};
use crate::{Findings, Format, Head, Limits, Problem, Severity, Tree, xml};

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Bounds on archives and records.
    pub limits: Limits,
    /// Mappings of tables that are tried before the ready ones.
    pub mappings: Vec<Arc<table::Mapping>>,
    /// Counts bytes read from disk, for a progress bar.
    pub progress: Arc<AtomicU64>,
}

/// What all records of a file share.
#[derive(Debug)]
pub struct Context {
    /// The file's beginning: root attributes and headers that records lean on.
    pub head: Head,
    /// Columns and mapping, for a table.
    pub table: Option<Arc<Table>>,
}

/// One record as bytes, with all that is needed to read it on any thread.
#[derive(Clone, Debug)]
pub struct RawRecord {
    /// File and byte offset.
    pub origin: Origin,
    /// The format.
    pub format: &'static Format,
    /// The bytes as they stand in the file; for a row of a table, its cells as a JSON array.
    pub bytes: Vec<u8>,
    /// What the file's records share.
    pub context: Arc<Context>,
    pub(crate) fault: Option<Problem>,
}

impl RawRecord {
    /// A record by itself, for tests and for reading one stored record again.
    pub fn new(origin: Origin, format: &'static Format, bytes: Vec<u8>, context: Arc<Context>) -> Self {
        Self { origin, format, bytes, context, fault: None }
    }

    /// The format's name, or for a table its mapping's.
    pub fn format_name(&self) -> &str {
        self.context.table.as_ref().map_or(self.format.name, |table| table.mapping_name())
    }

    /// Reads it into parts and problems.
    pub fn read(&self) -> Findings {
        let mut findings = Findings::default();
        match &self.fault {
            Some(fault) => {
                findings.problems.push(fault.clone());
                if fault.severity == Severity::Warning {
                    findings.passed_over = Some("a note on the file");
                }
            }
            None => (self.format.read)(self, &mut findings),
        }
        if findings.is_refused() {
            findings.parts.clear();
        } else if findings.parts.is_empty() && findings.passed_over.is_none() {
            findings.refuse("nothing", "the record holds nothing that could be read");
        }
        findings
    }

    /// The record as text, or a refusal in `findings` that names the first wrong byte.
    pub(crate) fn text(&self, findings: &mut Findings) -> Option<&str> {
        if let Some(encoding) = self.context.head.encoding
            && let Some(at) = memchr::memmem::find(&self.bytes, "\u{fffd}".as_bytes())
        {
            let message = format!("bytes that are not {encoding} stand as \u{fffd}, the first at {at} of the record");
            findings.problems.push(Problem::warning("encoding", message).at(at as u64));
        }
        std::str::from_utf8(&self.bytes)
            .map_err(|error| {
                let at = error.valid_up_to() as u64;
                let message = format!(
                    "byte 0x{:02x} at {at} of the record is not UTF-8; the file must declare its encoding",
                    self.bytes.get(at as usize).copied().unwrap_or_default()
                );
                findings.problems.push(Problem::refused("encoding", message).at(at));
            })
            .ok()
    }

    /// Parses the record as XML and lets `read` look at it; a record that is not well-formed is refused with the
    /// place, except for bare ampersands, which are mended and noted. What `read` did not touch is counted.
    pub(crate) fn with_xml(&self, findings: &mut Findings, read: impl FnOnce(xml::Element<'_>, &mut Findings)) {
        let Some(text) = self.text(findings) else { return };
        let mended;
        let tree = match Tree::parse(text) {
            Ok(tree) => tree,
            Err(error) => {
                let (text, count) = xml::mend_ampersands(text);
                mended = text;
                match Tree::parse(&mended) {
                    Ok(tree) if count > 0 => {
                        findings.warn("ampersand", format!("{count} bare & read as the character &"));
                        tree
                    }
                    _ => {
                        findings.problems.push(Problem::refused("xml", error.to_string()).at(error.offset));
                        return;
                    }
                }
            }
        };
        read(tree.root(), findings);
        if let Some(first) = tree.unknown_entities.first() {
            let count = tree.unknown_entities.len();
            findings.warn("entity", format!("{count} unknown entities kept as written, the first is {first}"));
        }
        if tree.bad_attributes() > 0 {
            findings.warn("attributes", format!("{} start tags have unreadable attributes", tree.bad_attributes()));
        }
        findings.unread = tree.unread();
    }
}

/// What one file (or archive member) came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryEnd {
    /// The file.
    pub file: String,
    /// Records handed on.
    pub records: u64,
}

/// Receives records in the order of paths, names and positions.
pub trait Sink {
    /// A file of a known format begins. Returns the byte offset from which its records are wanted (0 = all),
    /// or `None` to pass it over.
    fn enter(&mut self, file: &str, format: &str) -> Option<u64>;
    /// A record.
    fn record(&mut self, record: RawRecord) -> ControlFlow<()>;
    /// The file ends.
    fn leave(&mut self, end: EntryEnd) -> ControlFlow<()>;
    /// A file that holds no office records (pictures, lists, web pages), or a table whose columns match no mapping:
    /// `why` names them.
    fn passed_over(&mut self, file: &str, why: &str);
    /// A file that cannot be opened or read to its end.
    fn problem(&mut self, file: &str, problem: Problem);
}

/// Reads every file under these paths and hands their records to `sink`, until all are read or it breaks off.
pub fn read_paths(paths: &[PathBuf], settings: &Settings, sink: &mut dyn Sink) {
    read_members(paths, settings, None, sink);
}

/// The same; of archives only the members that are wanted.
pub(crate) fn read_members(
    paths: &[PathBuf],
    settings: &Settings,
    wanted: Option<&dyn Fn(&str) -> bool>,
    sink: &mut dyn Sink,
) {
    let mut stream = Stream { settings, sink };
    let progress = Arc::clone(&settings.progress);
    let mut walk = Walk { limits: &settings.limits, progress, wanted, visitor: &mut stream };
    for path in paths {
        if walk.path(path).is_break() {
            return;
        }
    }
}

struct Stream<'s> {
    settings: &'s Settings,
    sink: &'s mut dyn Sink,
}

impl Visitor for Stream<'_> {
    fn member(&mut self, member: MemberReader<'_>) -> ControlFlow<()> {
        let MemberReader { name, head, reader } = member;
        match announced(&head) {
            Some(encoding) => {
                let mut decoded = Vec::new();
                let _ = Utf8Reader::new(head.as_slice(), encoding).read_to_end(&mut decoded);
                let head = Head { encoding: Some(encoding.name()), ..Head::new(last_name(&name), &decoded) };
                self.text(&name, head, &mut Utf8Reader::new(reader, encoding))
            }
            None => self.text(&name, Head::new(last_name(&name), &head), &mut { reader }),
        }
    }

    fn workbook(&mut self, name: &str, file: File) -> ControlFlow<()> {
        let (sheets, others) = match table::recognise_workbook(name, file, self.settings) {
            Ok(found) => found,
            Err(problem) => {
                self.sink.problem(name, problem);
                return ControlFlow::Continue(());
            }
        };
        if sheets.is_empty() {
            let why = others.first().map(|columns| table::unknown_columns(columns));
            self.sink.passed_over(name, why.as_deref().unwrap_or("a spreadsheet without a table"));
        }
        let several = sheets.len() > 1;
        for sheet in sheets {
            let name = if several { format!("{name}!/{}", sheet.name) } else { name.to_owned() };
            let context = Context { head: Head::new(last_name(&name), &[]), table: Some(Arc::clone(&sheet.table)) };
            self.cut(&name, &table::FORMAT, context, |_, hand_on| {
                sheet.rows(hand_on);
                Ok(())
            })?;
        }
        ControlFlow::Continue(())
    }

    fn problem(&mut self, name: &str, problem: Problem) {
        self.sink.problem(name, problem);
    }
}

impl Stream<'_> {
    fn text(&mut self, name: &str, head: Head, reader: &mut dyn Read) -> ControlFlow<()> {
        if head.bytes.trim_ascii().is_empty() {
            let how = if head.bytes.len() < HEAD { "the file is empty" } else { "the file begins with blanks alone" };
            self.sink.problem(name, Problem::refused("empty", format!("{name}: {how}")));
        } else if let Some(format) = recognise(&head) {
            let context = Context { head, table: None };
            return self.cut(name, format, context, |limit, hand_on| cut(reader, format.cut, limit, hand_on));
        } else if head.root.is_some() && !head.root_is("html") {
            let root = head.root.unwrap_or_default();
            let message = format!("{name}: XML with the root <{root}> is of no known format");
            self.sink.problem(name, Problem::refused("unknown-format", message));
        } else {
            return self.table(name, head, reader);
        }
        ControlFlow::Continue(())
    }

    fn table(&mut self, name: &str, head: Head, reader: &mut dyn Read) -> ControlFlow<()> {
        match table::recognise(&head, self.settings) {
            Recognised::Table(table) => {
                let context = Context { head, table: Some(Arc::clone(&table)) };
                return self.cut(name, &table::FORMAT, context, |limit, hand_on| table.rows(reader, limit, hand_on));
            }
            Recognised::Unknown(columns) => self.sink.passed_over(name, &table::unknown_columns(&columns)),
            Recognised::Nothing => self.sink.passed_over(name, "not an office file"),
        }
        ControlFlow::Continue(())
    }

    /// Cuts a file and hands on the records that the sink wants.
    fn cut(
        &mut self,
        name: &str,
        format: &'static Format,
        context: Context,
        run: impl FnOnce(usize, &mut dyn FnMut(Piece) -> ControlFlow<()>) -> std::io::Result<()>,
    ) -> ControlFlow<()> {
        let context = Arc::new(context);
        let format_name = context.table.as_ref().map_or(format.name, |table| table.mapping_name());
        let Some(wanted) = self.sink.enter(name, format_name) else { return ControlFlow::Continue(()) };
        let (mut pieces, mut records, mut flow) = (0_u64, 0, ControlFlow::Continue(()));
        let ended = run(self.settings.limits.record, &mut |piece: Piece| {
            pieces += 1;
            if piece.position < wanted {
                return ControlFlow::Continue(());
            }
            records += 1;
            let origin = Origin { file: name.to_owned(), position: piece.position };
            let Piece { bytes, fault, .. } = piece;
            flow = self.sink.record(RawRecord { origin, format, bytes, context: Arc::clone(&context), fault });
            flow
        });
        if ended.is_ok() && pieces == 0 {
            self.sink.passed_over(name, &format!("begins like {format_name} but holds no record"));
        }
        if let Err(error) = ended {
            let message = format!("{name}: reading stops after {records} records: {error}");
            self.sink.problem(name, Problem::refused("truncated", message));
        }
        flow?;
        self.sink.leave(EntryEnd { file: name.to_owned(), records })
    }
}

fn last_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}
