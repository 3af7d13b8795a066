//! Exports: every hit of a query as a table or as JSON lines, page by page, without a row limit.

use std::io::Write;

use records::{Party, Right, RightKind, Text};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use crate::{Options, SearchError, Searcher};

/// Rights fetched at a time.
const PAGE: usize = 500;

/// Rows of an XLSX sheet below its heading; a longer export goes on in a further sheet.
const SHEET: u32 = 1_048_575;

/// Form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// Comma-separated, UTF-8 with byte-order mark so that spreadsheets read the Chinese.
    Csv,
    /// Excel workbook.
    Xlsx,
    /// One right in JSON a line.
    JsonLines,
}

/// A column of a table of rights.
pub struct Column {
    /// Name for `--fields` and headings in English.
    pub name: &'static str,
    /// Heading in Chinese.
    pub chinese: &'static str,
    /// Its text for a right; labels and the choice among titles follow the language, `zh` or `en`.
    pub value: fn(&Right, &str) -> String,
}

impl Column {
    /// Heading in this language: `zh`, else English.
    pub fn heading(&self, lang: &str) -> &'static str {
        if lang == "zh" { self.chinese } else { self.name }
    }
}

/// Every column, in the order of exports.
pub const COLUMNS: &[Column] = &[
    Column { name: "id", chinese: "标识", value: |r, _| r.id.to_string() },
    Column { name: "right", chinese: "类型", value: |r, lang| r.right.label(lang).to_owned() },
    Column { name: "office", chinese: "受理局", value: |r, _| r.office.to_string() },
    Column { name: "number", chinese: "申请号", value: number },
    Column { name: "publications", chinese: "公开公告号", value: publications },
    Column {
        name: "registration_number",
        chinese: "注册号",
        value: |r, _| r.registration_number.clone().unwrap_or_default(),
    },
    Column { name: "title", chinese: "名称", value: title },
    Column { name: "abstract", chinese: "摘要", value: |r, _| texts(&r.abstracts) },
    Column { name: "applicants", chinese: "申请人", value: |r, _| names(&r.applicants) },
    Column { name: "owners", chinese: "权利人", value: |r, _| names(&r.owners) },
    Column { name: "inventors", chinese: "发明人/设计人", value: |r, _| names(&r.inventors) },
    Column { name: "agents", chinese: "代理", value: |r, _| names(&r.agents) },
    Column { name: "filing_date", chinese: "申请日", value: |r, _| date(r.filing_date) },
    Column { name: "publication_date", chinese: "公开公告日", value: |r, _| date(r.publication_date) },
    Column { name: "grant_date", chinese: "授权/注册日", value: |r, _| date(r.grant_date) },
    Column { name: "expiry_date", chinese: "届满日", value: |r, _| date(r.expiry_date) },
    Column { name: "ipc", chinese: "IPC", value: |r, _| joined(&r.ipc) },
    Column { name: "cpc", chinese: "CPC", value: |r, _| joined(&r.cpc) },
    Column { name: "locarno", chinese: "洛迦诺分类", value: |r, _| joined(&r.locarno) },
    Column { name: "nice", chinese: "尼斯分类", value: nice },
    Column { name: "vienna", chinese: "图形要素", value: |r, _| joined(&r.vienna) },
    Column { name: "family_id", chinese: "同族", value: |r, _| r.family_id.clone().unwrap_or_default() },
    Column { name: "status", chinese: "状态", value: |r, lang| r.status.label(lang).to_owned() },
    Column { name: "status_text", chinese: "状态说明", value: |r, _| r.status_text.clone().unwrap_or_default() },
    Column { name: "claims", chinese: "权利要求数", value: |r, _| r.claims.len().to_string() },
];

fn number(right: &Right, _lang: &str) -> String {
    let publication = || right.publications.first().map(|p| p.number.to_string());
    right.application_number.clone().or_else(publication).unwrap_or_default()
}

fn publications(right: &Right, _lang: &str) -> String {
    let numbers = right.publications.iter().map(|p| {
        let kind = p.kind.as_ref().map_or("", |kind| kind.as_str());
        format!("{}{kind}", p.number)
    });
    numbers.collect::<Vec<_>>().join("; ")
}

/// The title in the language, else the Chinese or the English one, else any; a mark without words says so.
fn title(right: &Right, lang: &str) -> String {
    let own = right.titles.iter().find(|t| t.lang.as_deref() == Some(lang)).map(|t| t.text.as_str());
    match own.or_else(|| right.title(if lang == "zh" { "en" } else { "zh" })) {
        Some(title) => title.to_owned(),
        None if right.right == RightKind::Trademark && lang == "zh" => "（图形）".to_owned(),
        None if right.right == RightKind::Trademark => "(figure)".to_owned(),
        None => String::new(),
    }
}

fn texts(texts: &[Text]) -> String {
    texts.iter().map(|t| t.text.as_str()).collect::<Vec<_>>().join("\n")
}

fn names(parties: &[Party]) -> String {
    parties.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join("; ")
}

fn date(date: Option<records::Date>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}

fn joined<T: std::fmt::Display>(list: &[T]) -> String {
    list.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn nice(right: &Right, _lang: &str) -> String {
    let mut classes: Vec<u8> = right.nice.iter().map(|n| n.class).collect();
    classes.sort_unstable();
    classes.dedup();
    joined(&classes)
}

impl Searcher {
    /// Writes every right that matches, in the order of ids, and returns their number. Headings and labels are in
    /// `lang`, `zh` or `en`. `progress` is told the number written and the total after each page.
    pub async fn export(
        &self,
        text: &str,
        format: ExportFormat,
        lang: &str,
        out: &mut (dyn Write + Send),
        mut progress: impl FnMut(u64, u64),
    ) -> Result<u64, SearchError> {
        let sort = index::Sort { key: index::SortKey::Id, ascending: true };
        let mut options = Options { sort, limit: PAGE, facets: Vec::new(), ..Options::default() };
        let mut table = Table::new(format, lang)?;
        let mut written = 0;
        loop {
            let found = self.search(text, options.clone()).await?;
            for hit in &found.hits {
                table.row(&hit.right, lang, out)?;
            }
            written += found.hits.len() as u64;
            progress(written, found.total);
            match found.next {
                Some(next) => options.after = Some(next),
                None => break,
            }
        }
        table.finish(lang, out)?;
        Ok(written)
    }
}

/// An export being written.
enum Table {
    Csv { started: bool },
    Xlsx { book: Box<Workbook>, row: u32 },
    JsonLines,
}

impl Table {
    fn new(format: ExportFormat, lang: &str) -> Result<Self, SearchError> {
        match format {
            ExportFormat::Csv => Ok(Self::Csv { started: false }),
            ExportFormat::JsonLines => Ok(Self::JsonLines),
            ExportFormat::Xlsx => {
                let mut book = Box::new(Workbook::new());
                sheet(&mut book, lang).map_err(write_error)?;
                Ok(Self::Xlsx { book, row: 0 })
            }
        }
    }

    fn row(&mut self, right: &Right, lang: &str, out: &mut (dyn Write + Send)) -> Result<(), SearchError> {
        match self {
            Self::JsonLines => {
                serde_json::to_writer(&mut *out, right).map_err(write_error)?;
                out.write_all(b"\n").map_err(write_error)
            }
            Self::Csv { started } => {
                let mut csv = csv::Writer::from_writer(out);
                if !std::mem::replace(started, true) {
                    heading(&mut csv, lang)?;
                }
                csv.write_record(COLUMNS.iter().map(|c| guarded((c.value)(right, lang)))).map_err(write_error)?;
                csv.flush().map_err(write_error)
            }
            Self::Xlsx { book, row } => {
                if *row == SHEET {
                    sheet(book, lang).map_err(write_error)?;
                    *row = 0;
                }
                *row += 1;
                xlsx_row(book, *row, right, lang).map_err(write_error)
            }
        }
    }

    fn finish(self, lang: &str, out: &mut (dyn Write + Send)) -> Result<(), SearchError> {
        match self {
            Self::Csv { started: false } => heading(&mut csv::Writer::from_writer(&mut *out), lang)?,
            Self::Xlsx { mut book, .. } => {
                out.write_all(&book.save_to_buffer().map_err(write_error)?).map_err(write_error)?;
            }
            _ => {}
        }
        out.flush().map_err(write_error)
    }
}

fn heading<W: Write>(csv: &mut csv::Writer<W>, lang: &str) -> Result<(), SearchError> {
    // The byte-order mark sits inside the first heading, where every reader of CSV expects it.
    let first = format!("\u{feff}{}", COLUMNS[0].heading(lang));
    let rest = COLUMNS[1..].iter().map(|c| c.heading(lang).to_owned());
    csv.write_record(std::iter::once(first).chain(rest)).map_err(write_error)
}

/// A cell that begins like a formula is kept from being run by the spreadsheet that opens it.
fn guarded(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

/// A new sheet with its heading, in constant memory: rows go to a temporary file as they are written.
fn sheet(book: &mut Workbook, lang: &str) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet_with_constant_memory()?;
    for (at, column) in (0..).zip(COLUMNS) {
        sheet.write_string_with_format(0, at, column.heading(lang), &bold)?;
    }
    Ok(())
}

fn xlsx_row(book: &mut Workbook, row: u32, right: &Right, lang: &str) -> Result<(), XlsxError> {
    let last = book.worksheets().len() - 1;
    let sheet = book.worksheet_from_index(last)?;
    for (at, column) in (0..).zip(COLUMNS) {
        // A cell holds at most 32,767 characters.
        let text: String = (column.value)(right, lang).chars().take(32_767).collect();
        sheet.write_string(row, at, text)?;
    }
    Ok(())
}

fn write_error(error: impl std::fmt::Display) -> SearchError {
    SearchError::Write(error.to_string())
}
