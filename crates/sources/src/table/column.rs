//! The first column of a small workbook, for lists that people upload.

use std::io::{self, Cursor, Read as _};

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
    unpacks_within(LARGEST, reader.clone())?;
    Xlsx::new(reader).map(Sheets::Xlsx).map_err(|error| error.to_string())
}

/// Unpacks every member once, as far as the bound: the sizes that an archive states need not be true.
fn unpacks_within(most: u64, reader: Cursor<&[u8]>) -> Result<(), String> {
    let mut archive = ZipArchive::new(reader).map_err(|error| error.to_string())?;
    let mut left = most;
    for at in 0..archive.len() {
        let member = archive.by_index(at).map_err(|error| error.to_string())?;
        let unpacked = io::copy(&mut member.take(left + 1), &mut io::sink()).map_err(|error| error.to_string())?;
        let over = || format!("it unpacks to more than {} MiB", most >> 20);
        left = left.checked_sub(unpacked).ok_or_else(over)?;
    }
    Ok(())
}

#[cfg(test)]
#[path = "column_tests.rs"]
mod tests;
