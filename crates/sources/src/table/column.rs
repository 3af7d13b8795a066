//! The first column of a small workbook, for lists that people upload.

use std::io::Cursor;

use calamine::{Data, Reader as _, Sheets, Xls, Xlsx};
use zip::ZipArchive;

use super::workbook::{cells_of, text};

/// A list may unpack to this many bytes.
const LARGEST: u64 = 32 << 20;

/// Whether bytes are a workbook (XLSX or XLS) by how they begin.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK") || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

/// The texts of the first column that holds anything on the first worksheet, one a row, empty ones for empty cells; the
/// reason when it is no readable workbook or unpacks to more than 32 MiB.
pub fn first_column(bytes: &[u8]) -> Result<Vec<String>, String> {
    let mut workbook = open(bytes)?;
    let Some(sheet) = workbook.sheet_names().first().cloned() else { return Ok(Vec::new()) };
    let cells = cells_of(&mut workbook, &sheet)?;
    // The range begins at the first column that holds anything.
    Ok(cells.rows().map(|row| row.first().map_or_else(String::new, |cell: &Data| text(cell))).collect())
}

fn open(bytes: &[u8]) -> Result<Sheets<Cursor<&[u8]>>, String> {
    let reader = Cursor::new(bytes);
    if !bytes.starts_with(b"PK") {
        return Xls::new(reader).map(Sheets::Xls).map_err(|error| error.to_string());
    }
    let members = ZipArchive::new(reader.clone()).map_err(|error| error.to_string())?.decompressed_size();
    if members.is_none_or(|size| size > u128::from(LARGEST)) {
        return Err(format!("it unpacks to more than {} MiB", LARGEST >> 20));
    }
    Xlsx::new(reader).map(Sheets::Xlsx).map_err(|error| error.to_string())
}

#[cfg(test)]
#[path = "column_tests.rs"]
mod tests;
