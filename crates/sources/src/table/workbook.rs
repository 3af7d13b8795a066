//! Spreadsheets (XLS, XLSX). A worksheet is held in memory; files that would unpack to more than a bound are refused.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::sync::Arc;

use calamine::{Cell, Data, Range, Reader, Sheets, Xls, Xlsx, XlsxError};
use zip::ZipArchive;

use super::delimited::{ROWS_TO_HEADER, json, note_empty};
use super::{Mapping, Table};
use crate::Problem;
use crate::cut::Piece;

/// A spreadsheet may unpack to this many bytes; larger tables come as CSV.
const LARGEST: u64 = 512 << 20;

/// A worksheet may span this many places, empty ones included.
const MOST_PLACES: u64 = 16 << 20;

/// A worksheet whose columns match a mapping.
pub(crate) struct Sheet {
    /// Its name.
    pub(crate) name: String,
    /// Columns and mapping.
    pub(crate) table: Arc<Table>,
    cells: Range<Data>,
    header_row: usize,
}

/// Worksheets of a file that match a mapping, and for each of the others the columns that were found.
pub(super) fn open(
    name: &str,
    mut file: File,
    mappings: &[Arc<Mapping>],
) -> Result<(Vec<Sheet>, Vec<Vec<String>>), Problem> {
    let wrong = |message: String| Problem::refused("spreadsheet", format!("{name}: {message}"));
    if unpacked_size(&mut file).map_err(|error| wrong(error.to_string()))? > LARGEST {
        return Err(wrong(format!("it unpacks to more than {} MiB; save it as CSV", LARGEST >> 20)));
    }
    let mut workbook = sheets_of(file).map_err(|error| wrong(format!("not a readable spreadsheet: {error}")))?;
    let (mut sheets, mut others) = (Vec::new(), Vec::new());
    for sheet in workbook.sheet_names() {
        let cells = cells_of(&mut workbook, &sheet).map_err(|error| wrong(format!("sheet {sheet}: {error}")))?;
        let rows: Vec<Vec<String>> = cells.rows().take(ROWS_TO_HEADER).map(texts).collect();
        match Table::find(&rows, mappings) {
            Some((table, header_row)) => {
                sheets.push(Sheet { name: sheet, table: Arc::new(table), cells, header_row });
            }
            None => others.extend(super::likely_header(&rows)),
        }
    }
    Ok((sheets, others))
}

/// XLS by its compound file, else XLSX.
fn sheets_of(mut file: File) -> Result<Sheets<BufReader<File>>, calamine::Error> {
    let mut mark = [0; 4];
    let is_compound = file.read_exact(&mut mark).is_ok() && mark == *b"\xd0\xcf\x11\xe0";
    file.seek(SeekFrom::Start(0))?;
    let reader = BufReader::new(file);
    Ok(if is_compound { Sheets::Xls(Xls::new(reader)?) } else { Sheets::Xlsx(Xlsx::new(reader)?) })
}

/// The cells of a worksheet. A range has a place for every cell between the outermost ones, so two cells in far
/// corners would fill the memory.
pub(super) fn cells_of<R: Read + Seek>(workbook: &mut Sheets<R>, sheet: &str) -> Result<Range<Data>, String> {
    let Sheets::Xlsx(workbook) = workbook else {
        return workbook.worksheet_range(sheet).map_err(|error| error.to_string());
    };
    let mut reader = match workbook.worksheet_cells_reader(sheet) {
        Ok(reader) => reader,
        // A chart has no cells.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(Range::default()),
        Err(error) => return Err(error.to_string()),
    };
    let (mut cells, mut first, mut last) = (Vec::new(), (u32::MAX, u32::MAX), (0, 0));
    while let Some(cell) = reader.next_cell().map_err(|error| error.to_string())? {
        let (row, column) = cell.get_position();
        let value = Data::from(cell.get_value().clone());
        if value != Data::Empty {
            first = (first.0.min(row), first.1.min(column));
            last = (last.0.max(row), last.1.max(column));
            cells.push(Cell::new((row, column), value));
        }
    }
    let places = u64::from(last.0.saturating_sub(first.0)) * u64::from(last.1.saturating_sub(first.1));
    if places > MOST_PLACES {
        return Err(format!("cells lie as far apart as row {} and column {}; save it as CSV", last.0 + 1, last.1 + 1));
    }
    Ok(Range::from_sparse(cells))
}

/// Bytes of the file, or of all members of a zip; their sizes are bounds that the unpacker holds to.
fn unpacked_size(file: &mut File) -> std::io::Result<u64> {
    let size = file.metadata()?.len();
    let members = ZipArchive::new(&mut *file).ok().and_then(|archive| archive.decompressed_size());
    file.seek(SeekFrom::Start(0))?;
    Ok(members.map_or(size, |bytes| u64::try_from(bytes).unwrap_or(u64::MAX)))
}

impl Sheet {
    /// Hands on every row below the header; its position is the row's number in the sheet.
    pub(crate) fn rows(&self, hand_on: &mut dyn FnMut(Piece) -> ControlFlow<()>) {
        let first = u64::from(self.cells.start().map_or(0, |(row, _)| row)) + 1;
        let mut empty = 0;
        for (index, row) in self.cells.rows().enumerate().skip(self.header_row + 1) {
            let cells = texts(row);
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                empty += 1;
            } else if hand_on(Piece { position: first + index as u64, bytes: json(&cells), fault: None }).is_break() {
                return;
            }
        }
        note_empty(empty, first + self.cells.height() as u64, hand_on);
    }
}

fn texts(row: &[Data]) -> Vec<String> {
    row.iter().map(text).collect()
}

/// A cell as text: whole numbers without a point, dates as `YYYY-MM-DD`, errors as nothing.
pub(super) fn text(cell: &Data) -> String {
    match cell {
        Data::DateTime(date) if date.is_datetime() => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::Error(_) | Data::Empty => String::new(),
        other => other.to_string(),
    }
}
