//! CSV and TSV: the header found, rows as a stream.

use std::cell::Cell;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

use csv::{ByteRecord, ReaderBuilder};
use encoding_rs::Encoding;

use super::mapping::Mapping;
use crate::Problem;
use crate::cut::Piece;

/// Rows above the header that are looked at: titles, notes, dates of export.
pub(super) const ROWS_TO_HEADER: usize = 20;

/// Column separators that are tried.
pub(super) const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// How the rows of a file lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Delimited {
    /// Column separator.
    pub(super) delimiter: u8,
    /// Row of the header, from 0.
    pub(super) header_row: usize,
    /// Encoding of the file, where its beginning shows that it is not UTF-8.
    pub(super) encoding: Option<&'static Encoding>,
}

/// Whether a file that begins like this may be UTF-8; its last character may be cut off.
pub(super) fn is_utf8(head: &[u8]) -> bool {
    std::str::from_utf8(head).err().is_none_or(|error| error.error_len().is_none())
}

/// First rows of a text read with a separator, decoded.
pub(super) fn first_rows(head: &[u8], delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = reader(head, delimiter);
    let mut record = ByteRecord::new();
    let mut rows = Vec::new();
    while rows.len() < ROWS_TO_HEADER && matches!(reader.read_byte_record(&mut record), Ok(true)) {
        rows.push(cells(&record, None, encoding_rs::GB18030).0);
    }
    rows
}

fn reader<R: Read>(source: R, delimiter: u8) -> csv::Reader<R> {
    // The default terminator ends rows at CR, LF or both.
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(source)
}

/// Texts of a row, and the encoding in which it could not be read, if so. A row of a file that began as UTF-8 and is
/// not is read in the `fallback`: separators and quotation marks are the same bytes in all encodings of tables.
fn cells(
    record: &ByteRecord,
    encoding: Option<&'static Encoding>,
    fallback: &'static Encoding,
) -> (Vec<String>, Option<&'static str>) {
    let utf8: Result<Vec<&str>, _> = record.iter().map(std::str::from_utf8).collect();
    if let (None, Ok(cells)) = (encoding, utf8) {
        return (cells.into_iter().map(str::to_owned).collect(), None);
    }
    let encoding = encoding.unwrap_or(fallback);
    let mut wrong = false;
    let decode = |cell: &[u8]| {
        let (text, errors) = encoding.decode_without_bom_handling(cell);
        wrong |= errors;
        text.into_owned()
    };
    let cells = record.iter().map(decode).collect();
    (cells, wrong.then_some(encoding.name()))
}

/// Hands on every row below the header as a JSON array of its cells. A row's position is its first byte, or the line
/// feed of the CRLF before it. Rows without content are left out and counted
/// in one note at the end.
pub(super) fn rows(
    source: &mut dyn Read,
    how: Delimited,
    mapping: &Mapping,
    limit: usize,
    hand_on: &mut dyn FnMut(Piece) -> ControlFlow<()>,
) -> io::Result<()> {
    let allowed = Rc::new(Cell::new(0));
    let bounded = Bounded { inner: source, read: 0, allowed: Rc::clone(&allowed) };
    let mut reader = reader(bounded, how.delimiter);
    let (mut record, mut row, mut empty) = (ByteRecord::new(), 0, 0_u64);
    loop {
        allowed.set(reader.position().byte() + limit as u64 + BUFFER);
        if !reader.read_byte_record(&mut record).map_err(io::Error::from)? {
            break;
        }
        row += 1;
        if row <= how.header_row + 1 {
            continue;
        }
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            empty += 1;
            continue;
        }
        let position = record.position().map_or(0, csv::Position::byte);
        let (cells, unreadable) = cells(&record, how.encoding, mapping.fallback());
        let fault = unreadable.map(|name| {
            let message = format!("row {row} cannot be read in {name}; name the right encoding in a mapping");
            Problem::refused("encoding", message)
        });
        if hand_on(Piece { position, bytes: json(&cells), fault }).is_break() {
            return Ok(());
        }
    }
    note_empty(empty, reader.position().byte(), hand_on);
    Ok(())
}

/// Bytes that the CSV reader may hold ahead of its position.
const BUFFER: u64 = 1 << 20;

/// One note for all rows without content.
pub(super) fn note_empty(empty: u64, position: u64, hand_on: &mut dyn FnMut(Piece) -> ControlFlow<()>) {
    if empty > 0 {
        let fault = Some(Problem::warning("empty-rows", format!("{empty} empty rows were left out")));
        let _ = hand_on(Piece { position, bytes: b"[]".to_vec(), fault });
    }
}

/// Cells as a JSON array.
pub(super) fn json(cells: &[String]) -> Vec<u8> {
    serde_json::to_vec(cells).unwrap_or_default()
}

/// Stops a row that never ends (a quotation mark without its twin) before it fills the memory.
struct Bounded<'r> {
    inner: &'r mut dyn Read,
    read: u64,
    allowed: Rc<Cell<u64>>,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read > self.allowed.get() {
            return Err(io::Error::other("a row has no end; a quotation mark may be missing"));
        }
        let count = self.inner.read(buffer)?;
        self.read += count as u64;
        Ok(count)
    }
}
