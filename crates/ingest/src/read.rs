//! Records read on all cores, handed on in the order of the files.

use std::ops::ControlFlow;
use std::path::PathBuf;

use crossbeam_channel::{Receiver, Sender, bounded};
use rayon::prelude::*;
use sources::{EntryEnd, Findings, Problem, RawRecord, Settings, Sink};

/// Bytes of raw records that travel together. A few such chunks are in memory at any time, whatever the file size.
const CHUNK: usize = 4 << 20;

/// One step of reading.
#[derive(Debug)]
pub enum Item {
    /// A file of a known format begins.
    Enter {
        /// The file.
        file: String,
        /// Its format.
        format: String,
    },
    /// A record was read.
    Record(Box<Parsed>),
    /// The file ends.
    Leave(EntryEnd),
    /// A file holds no office records.
    PassedOver {
        /// The file.
        file: String,
        /// Why.
        why: String,
    },
    /// A file cannot be opened or read to its end.
    Problem {
        /// The file.
        file: String,
        /// What is wrong.
        problem: Problem,
    },
}

/// A record with what was found in it.
#[derive(Debug)]
pub struct Parsed {
    /// File and byte offset.
    pub origin: records::Origin,
    /// Format or mapping.
    pub format: String,
    /// Length of the record in bytes.
    pub length: usize,
    /// Parts, problems, unread elements.
    pub findings: Findings,
    /// The record's bytes, kept only when it was refused.
    pub raw: Vec<u8>,
}

/// Where an interrupted load left off.
pub trait Resume: Send {
    /// Offset from which records of this file are wanted (0 = all), or `None` when it was finished.
    fn wanted(&mut self, file: &str, format: &str) -> Option<u64>;
}

/// Wants every record.
pub struct Everything;

impl Resume for Everything {
    fn wanted(&mut self, _file: &str, _format: &str) -> Option<u64> {
        Some(0)
    }
}

enum RawItem {
    Record(RawRecord),
    Other(Item),
}

/// Reads everything under `paths`. Cutting runs on one thread, reading into parts on the thread pool, and `each` gets
/// the items in order on the calling thread.
pub fn read_parsed(
    paths: &[PathBuf],
    settings: &Settings,
    resume: &mut dyn Resume,
    each: impl FnMut(Vec<Item>) -> ControlFlow<()>,
) {
    read_by(RawRecord::read, paths, settings, resume, each);
}

/// [`read_parsed`] with another reading of each record: what a benchmark compares with goes the same way.
pub fn read_by(
    read: fn(&RawRecord) -> Findings,
    paths: &[PathBuf],
    settings: &Settings,
    resume: &mut dyn Resume,
    mut each: impl FnMut(Vec<Item>) -> ControlFlow<()>,
) {
    std::thread::scope(|scope| {
        let (raw_out, raw_in) = bounded(2);
        let (parsed_out, parsed_in): (Sender<Vec<Item>>, Receiver<_>) = bounded(2);
        scope.spawn(move || {
            let mut cutter = Cutter { resume, chunk: Vec::new(), bytes: 0, out: raw_out };
            sources::read_paths(paths, settings, &mut cutter);
            let _ = cutter.send();
        });
        scope.spawn(move || {
            for chunk in raw_in {
                let parsed = <Vec<RawItem>>::into_par_iter(chunk).map(|item| parse(item, read)).collect();
                if parsed_out.send(parsed).is_err() {
                    return;
                }
            }
        });
        // Dropping the receiver on a break stops the parser, which stops the cutter.
        for items in parsed_in {
            if each(items).is_break() {
                return;
            }
        }
    });
}

fn parse(item: RawItem, read: fn(&RawRecord) -> Findings) -> Item {
    match item {
        RawItem::Other(item) => item,
        RawItem::Record(record) => {
            let findings = read(&record);
            let (format, length) = (record.format_name().to_owned(), record.bytes.len());
            let raw = if findings.is_refused() { record.bytes } else { Vec::new() };
            Item::Record(Box::new(Parsed { origin: record.origin, format, length, findings, raw }))
        }
    }
}

struct Cutter<'r> {
    resume: &'r mut dyn Resume,
    chunk: Vec<RawItem>,
    bytes: usize,
    out: Sender<Vec<RawItem>>,
}

impl Cutter<'_> {
    fn send(&mut self) -> ControlFlow<()> {
        self.bytes = 0;
        match self.out.send(std::mem::take(&mut self.chunk)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}

impl Sink for Cutter<'_> {
    fn enter(&mut self, file: &str, format: &str) -> Option<u64> {
        let wanted = self.resume.wanted(file, format)?;
        let (file, format) = (file.to_owned(), format.to_owned());
        self.chunk.push(RawItem::Other(Item::Enter { file, format }));
        Some(wanted)
    }

    fn record(&mut self, record: RawRecord) -> ControlFlow<()> {
        self.bytes += record.bytes.len();
        self.chunk.push(RawItem::Record(record));
        if self.bytes >= CHUNK || self.chunk.len() >= 4096 { self.send() } else { ControlFlow::Continue(()) }
    }

    fn leave(&mut self, end: EntryEnd) -> ControlFlow<()> {
        self.chunk.push(RawItem::Other(Item::Leave(end)));
        ControlFlow::Continue(())
    }

    fn passed_over(&mut self, file: &str, why: &str) {
        self.chunk.push(RawItem::Other(Item::PassedOver { file: file.to_owned(), why: why.to_owned() }));
    }

    fn problem(&mut self, file: &str, problem: Problem) {
        self.chunk.push(RawItem::Other(Item::Problem { file: file.to_owned(), problem }));
    }
}
