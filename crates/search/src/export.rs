//! Exports: every hit of a query as a table or as JSON lines, piece by piece, without a row limit.

use std::fs::File;
use std::io::{self, Read as _, Seek as _};

use index::{Seek, Sort, SortKey};
use records::Right;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use crate::{COLUMNS, Column, Options, SearchError, Searcher};

/// Rights fetched at a time.
const PAGE: usize = 200;

/// Bytes of a workbook handed on at a time.
const CHUNK: usize = 256 * 1024;

/// Rows of an XLSX sheet below its heading; a longer export goes on in a further sheet.
const SHEET: u32 = 1_048_575;

/// Form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// Comma-separated, UTF-8 with byte-order mark so that spreadsheets read the Chinese.
    Csv,
    /// Excel workbook.
    Xlsx,
    /// One right in JSON a line; columns do not apply.
    JsonLines,
}

/// An export under way: the pieces of a file, one after the other.
pub struct Exporting {
    searcher: Searcher,
    text: String,
    after: Option<Seek>,
    state: State,
    sheet: Sheet,
    written: u64,
    total: u64,
}

/// How far it is.
enum State {
    /// Rights are to be fetched.
    Rows,
    /// The workbook is whole and handed on in pieces.
    Book(File),
    /// Everything was handed on.
    Done,
}

impl Searcher {
    /// Begins to export every right that matches, in the order of ids. Headings and labels are in `lang`, `zh` or `en`;
    /// no columns stand for all. A mistake in the query shows here already.
    pub fn exporting(
        &self,
        text: &str,
        format: ExportFormat,
        lang: &str,
        columns: &[&'static Column],
    ) -> Result<Exporting, SearchError> {
        query::parse(text)?;
        Ok(Exporting {
            searcher: self.clone(),
            text: text.to_owned(),
            after: None,
            state: State::Rows,
            sheet: Sheet::new(format, lang, columns)?,
            written: 0,
            total: 0,
        })
    }
}

impl Exporting {
    /// The next piece of the file; `None` after the last. A piece may be empty while a workbook is being filled.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, SearchError> {
        match &mut self.state {
            State::Rows => self.rows().await.map(Some),
            State::Book(file) => {
                let mut piece = Vec::new();
                file.take(CHUNK as u64).read_to_end(&mut piece).map_err(SearchError::Write)?;
                Ok(Some(piece).filter(|piece| !piece.is_empty()))
            }
            State::Done => Ok(None),
        }
    }

    /// Rights written so far.
    pub const fn written(&self) -> u64 {
        self.written
    }

    /// Rights that match; 0 before the first piece.
    pub const fn total(&self) -> u64 {
        self.total
    }

    async fn rows(&mut self) -> Result<Vec<u8>, SearchError> {
        let options = Options {
            sort: Sort { key: SortKey::Id, ascending: true },
            limit: PAGE,
            after: self.after.take(),
            facets: Vec::new(),
            snippets: false,
            ..Options::default()
        };
        let found = self.searcher.search(&self.text, options).await?;
        let mut piece = Vec::new();
        if self.written == 0 {
            self.sheet.begin(&mut piece)?;
        }
        for hit in &found.hits {
            self.sheet.right(&hit.right, &mut piece)?;
        }
        self.written += found.hits.len() as u64;
        self.total = found.total;
        self.after = found.next;
        if self.after.is_none() {
            self.state = match self.sheet.finish().await? {
                Some(file) => State::Book(file),
                None => State::Done,
            };
        }
        Ok(piece)
    }
}

/// The file being written.
struct Sheet {
    lang: String,
    columns: Vec<&'static Column>,
    form: Form,
}

enum Form {
    Csv,
    JsonLines,
    Xlsx { book: Box<Workbook>, row: u32 },
}

impl Sheet {
    fn new(format: ExportFormat, lang: &str, columns: &[&'static Column]) -> Result<Self, SearchError> {
        let columns = if columns.is_empty() { COLUMNS.iter().collect() } else { columns.to_vec() };
        let form = match format {
            ExportFormat::Csv => Form::Csv,
            ExportFormat::JsonLines => Form::JsonLines,
            ExportFormat::Xlsx => {
                let mut book = Box::new(Workbook::new());
                add_sheet(&mut book, &headings(&columns, lang)).map_err(book_error)?;
                Form::Xlsx { book, row: 0 }
            }
        };
        Ok(Self { lang: lang.to_owned(), columns, form })
    }

    /// What stands before the first right.
    fn begin(&self, out: &mut Vec<u8>) -> Result<(), SearchError> {
        if matches!(self.form, Form::Csv) {
            csv_line(out, &headings(&self.columns, &self.lang), true)?;
        }
        Ok(())
    }

    fn right(&mut self, right: &Right, out: &mut Vec<u8>) -> Result<(), SearchError> {
        let cells = |columns: &[&'static Column], lang: &str| -> Vec<String> {
            columns.iter().map(|column| (column.value)(right, lang)).collect()
        };
        match &mut self.form {
            Form::JsonLines => {
                serde_json::to_writer(&mut *out, right).map_err(write_error)?;
                out.push(b'\n');
                Ok(())
            }
            Form::Csv => csv_line(out, &cells(&self.columns, &self.lang), false),
            Form::Xlsx { book, row } => {
                if *row == SHEET {
                    add_sheet(book, &headings(&self.columns, &self.lang)).map_err(book_error)?;
                    *row = 0;
                }
                *row += 1;
                book_line(book, *row, &cells(&self.columns, &self.lang)).map_err(book_error)
            }
        }
    }

    /// The workbook, packed on a thread that may block and lying in a file that is gone when it is closed.
    async fn finish(&mut self) -> Result<Option<File>, SearchError> {
        let Form::Xlsx { book, .. } = &mut self.form else { return Ok(None) };
        let mut book = std::mem::take(&mut **book);
        let packed = tokio::task::spawn_blocking(move || {
            let mut file = tempfile::tempfile().map_err(SearchError::Write)?;
            book.save_to_writer(io::BufWriter::new(&mut file)).map_err(book_error)?;
            file.rewind().map_err(SearchError::Write)?;
            Ok(file)
        });
        packed.await.map_err(|error| SearchError::Broken(error.to_string()))?.map(Some)
    }
}

fn headings(columns: &[&'static Column], lang: &str) -> Vec<String> {
    columns.iter().map(|column| column.heading(lang).to_owned()).collect()
}

/// A table of texts as a CSV file with byte-order mark.
pub(crate) fn csv_table(headings: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, SearchError> {
    let mut out = Vec::new();
    csv_line(&mut out, headings, true)?;
    rows.iter().try_for_each(|row| csv_line(&mut out, row, false))?;
    Ok(out)
}

/// A table of texts as a workbook.
pub(crate) fn book_table(headings: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, SearchError> {
    let mut book = Workbook::new();
    add_sheet(&mut book, headings).map_err(book_error)?;
    for (row, cells) in (1..).zip(rows) {
        book_line(&mut book, row, cells).map_err(book_error)?;
    }
    book.save_to_buffer().map_err(book_error)
}

fn csv_line(out: &mut Vec<u8>, cells: &[String], first: bool) -> Result<(), SearchError> {
    let mut csv = csv::Writer::from_writer(&mut *out);
    // The byte-order mark sits inside the first heading, where every reader of CSV expects it.
    let mark = if first { "\u{feff}" } else { "" };
    let cells = cells.iter().enumerate();
    csv.write_record(cells.map(|(at, cell)| if at == 0 { format!("{mark}{}", guarded(cell)) } else { guarded(cell) }))
        .map_err(write_error)?;
    csv.flush().map_err(write_error)
}

/// A cell that begins like a formula is kept from being run by the spreadsheet that opens it.
fn guarded(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

/// A new sheet with its heading, in constant memory: rows go to a temporary file as they are written.
fn add_sheet(book: &mut Workbook, headings: &[String]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet_with_constant_memory()?;
    for (at, heading) in (0..).zip(headings) {
        sheet.write_string_with_format(0, at, heading, &bold)?;
    }
    Ok(())
}

fn book_line(book: &mut Workbook, row: u32, cells: &[String]) -> Result<(), XlsxError> {
    let last = book.worksheets().len() - 1;
    let sheet = book.worksheet_from_index(last)?;
    for (at, cell) in (0..).zip(cells) {
        // A cell holds at most 32,767 characters.
        let text: String = cell.chars().take(32_767).collect();
        sheet.write_string(row, at, text)?;
    }
    Ok(())
}

fn write_error(error: impl Into<io::Error>) -> SearchError {
    SearchError::Write(error.into())
}

fn book_error(error: XlsxError) -> SearchError {
    SearchError::Write(match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    })
}
