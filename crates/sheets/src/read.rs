//! The filled sheet.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read as _};

use calamine::{DataRef, Reader as _, Xlsx, XlsxError};
use jiff::civil::Date;
use thiserror::Error;
use zip::ZipArchive;

use crate::{Cell, Column, Kind};

/// Largest workbook that is read, in bytes, packed and unpacked.
pub const LARGEST: usize = 32 << 20;
/// Most rows of a sheet.
pub const MOST_ROWS: usize = 100_000;
/// Most columns that a sheet may have.
const MOST_COLUMNS: u32 = 500;
/// Problems that are told; more help nobody.
const MOST_PROBLEMS: usize = 200;

/// A row of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its number in the sheet, from 1; the heads are row 1.
    pub number: u32,
    /// Cells as the columns that were asked for.
    pub cells: Vec<Cell>,
}

/// What is wrong at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Number of the row in the sheet, from 1.
    pub row: u32,
    /// Letters of the column; none for a whole row.
    pub column: Option<String>,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Problem {
    /// The message in `zh` or, for every other language, English.
    pub fn text(&self, lang: &str) -> &str {
        if lang == "zh" { &self.zh } else { &self.en }
    }
}

/// Why nothing was read.
#[derive(Debug, Error)]
pub enum SheetError {
    /// It is no workbook.
    #[error("this is no XLSX workbook ({0}); fill in the template and save it as XLSX")]
    NoWorkbook(String),
    /// It is too large.
    #[error("the workbook is larger than {} MiB unpacked, or has more than {MOST_ROWS} rows; send it in pieces", LARGEST >> 20)]
    TooLarge,
    /// Places of it are wrong; at most 200 are named.
    #[error("{} places of the sheet are wrong; the first: row {}: {}", .0.len(), .0.first().map_or(0, |first| first.row), .0.first().map_or("", |first| &first.en))]
    Problems(Vec<Problem>),
}

impl SheetError {
    /// The message in `zh` or, for every other language, English.
    pub fn text(&self, lang: &str) -> String {
        match self {
            _ if lang != "zh" => self.to_string(),
            Self::NoWorkbook(_) => "不是 XLSX 工作簿；请填写模板并另存为 XLSX".to_owned(),
            Self::TooLarge => format!("工作簿解压后超过 {} MiB，或超过 {MOST_ROWS} 行；请分批导入", LARGEST >> 20),
            Self::Problems(problems) => {
                let first =
                    problems.first().map_or(String::new(), |first| format!("第 {} 行：{}", first.row, first.zh));
                format!("表中有 {} 处错误；首处在{first}", problems.len())
            }
        }
    }

    /// What is wrong place by place; empty when the file as a whole is.
    pub fn problems(&self) -> &[Problem] {
        if let Self::Problems(problems) = self { problems } else { &[] }
    }
}

/// A cell as it stands in the file.
struct Found {
    value: Value,
    formula: bool,
}

/// What a cell holds.
enum Value {
    Cell(Cell),
    /// Something that no column takes: an error, a truth value, as it is shown.
    Strange(String),
}

/// The rows of the first sheet. Columns are found by their headings, in any order; rows that are empty throughout are left out.
pub fn read(bytes: &[u8], columns: &[Column]) -> Result<Vec<Row>, SheetError> {
    let mut book = open(bytes)?;
    let name = book.sheet_names().first().cloned().ok_or_else(|| SheetError::NoWorkbook("no sheet".to_owned()))?;
    let mut problems = merged(&mut book, &name)?;
    let mut rows = cells(&mut book, &name)?;
    let places = heads(rows.remove(&0).unwrap_or_default(), columns, &mut problems);
    let mut read = Vec::new();
    for (at, mut found) in rows {
        let mut row = Row { number: at + 1, cells: Vec::with_capacity(columns.len()) };
        for (column, place) in columns.iter().zip(&places) {
            let cell = place.and_then(|place| found.remove(&place));
            row.cells.push(taken(column, cell, (at, *place), &mut problems));
        }
        if row.cells.iter().all(Cell::is_empty) {
            continue;
        }
        for ((column, place), cell) in columns.iter().zip(&places).zip(&row.cells) {
            let told = problems.iter().any(|problem| problem.row == row.number && problem.column == place.map(letters));
            if column.required && cell.is_empty() && place.is_some() && !told {
                problems.push(problem(
                    at,
                    *place,
                    format!("“{}”未填", column.heading),
                    format!("«{}» is missing", column.heading),
                ));
            }
        }
        read.push(row);
    }
    if problems.is_empty() {
        return Ok(read);
    }
    problems.sort_by_key(|problem| problem.row);
    problems.truncate(MOST_PROBLEMS);
    Err(SheetError::Problems(problems))
}

fn open(bytes: &[u8]) -> Result<Xlsx<Cursor<&[u8]>>, SheetError> {
    if bytes.len() > LARGEST || unpacked(bytes)? > LARGEST as u64 {
        return Err(SheetError::TooLarge);
    }
    Xlsx::new(Cursor::new(bytes)).map_err(no_workbook)
}

/// Bytes of all members, or one more than is allowed. They are counted, not believed: what the archive says may be a lie.
fn unpacked(bytes: &[u8]) -> Result<u64, SheetError> {
    let unreadable = |error: &dyn std::fmt::Display| SheetError::NoWorkbook(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
    let mut total = 0;
    for number in 0..archive.len() {
        let member = archive.by_index(number).map_err(|error| unreadable(&error))?;
        let left = (LARGEST as u64 + 1).saturating_sub(total);
        total += io::copy(&mut member.take(left), &mut io::sink()).map_err(|error| unreadable(&error))?;
    }
    Ok(total)
}

fn no_workbook(error: XlsxError) -> SheetError {
    SheetError::NoWorkbook(error.to_string())
}

/// A merged cell holds one value for many places: nobody knows for which of them.
fn merged(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Vec<Problem>, SheetError> {
    let merged = book.merge_cells_by_sheet_name(sheet).map_err(no_workbook)?;
    let told = merged.into_iter().map(|place| {
        let (zh, en) = ("合并的单元格，请取消合并，逐格填写", "merged cells: split them and fill in each");
        problem(place.start.0, Some(place.start.1), zh.to_owned(), en.to_owned())
    });
    Ok(told.collect())
}

/// Cells by row and column, from 0, without the empty ones.
fn cells(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<BTreeMap<u32, BTreeMap<u32, Found>>, SheetError> {
    let mut reader = book.worksheet_cells_reader(sheet).map_err(no_workbook)?;
    let mut rows: BTreeMap<u32, BTreeMap<u32, Found>> = BTreeMap::new();
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(no_workbook)? {
        let (value, formula) = (value(&cell.value), cell.formula.is_some());
        if !formula && matches!(value, Value::Cell(Cell::Empty)) {
            continue;
        }
        let (row, column) = cell.pos;
        if column >= MOST_COLUMNS || rows.len() > MOST_ROWS {
            return Err(SheetError::TooLarge);
        }
        rows.entry(row).or_default().insert(column, Found { value, formula });
    }
    Ok(rows)
}

fn value(data: &DataRef<'_>) -> Value {
    Value::Cell(match data {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) => Cell::text(text),
        DataRef::SharedString(text) => Cell::text(text),
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            match Date::new(year as i16, month as i8, day as i8) {
                Ok(day) => Cell::Date(day),
                Err(_) => return Value::Strange(moment.as_f64().to_string()),
            }
        }
        DataRef::DateTimeIso(text) => match text.get(..10).unwrap_or_default().parse() {
            Ok(day) => Cell::Date(day),
            Err(_) => return Value::Strange(text.clone()),
        },
        other => return Value::Strange(calamine::Data::from(other.clone()).to_string()),
    })
}

/// The place of each column, by its heading. A strange, a double or a missing heading is a problem.
fn heads(heads: BTreeMap<u32, Found>, columns: &[Column], problems: &mut Vec<Problem>) -> Vec<Option<u32>> {
    let mut places = vec![None; columns.len()];
    for (at, found) in heads {
        let heading = match &found.value {
            Value::Cell(Cell::Text(text)) | Value::Strange(text) => text.clone(),
            Value::Cell(Cell::Number(number)) => number.to_string(),
            Value::Cell(Cell::Date(day)) => day.to_string(),
            Value::Cell(Cell::Empty) => continue,
        };
        match columns.iter().position(|column| same(&column.heading, &heading)) {
            None => problems.push(problem(
                0,
                Some(at),
                format!("没有“{heading}”这一列；请用模板的列"),
                format!("there is no column «{heading}»; use those of the template"),
            )),
            Some(column) if places[column].is_some() => problems.push(problem(
                0,
                Some(at),
                format!("“{heading}”出现两次"),
                format!("«{heading}» is there twice"),
            )),
            Some(column) => places[column] = Some(at),
        }
    }
    for (column, place) in columns.iter().zip(&places) {
        if place.is_none() {
            problems.push(problem(
                0,
                None,
                format!("缺少“{}”列", column.heading),
                format!("the column «{}» is missing", column.heading),
            ));
        }
    }
    places
}

/// Whether two headings are the same to a reader.
fn same(a: &str, b: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    bare(a) == bare(b)
}

/// The cell as its column takes it; what it does not take is a problem and comes as nothing.
fn taken(column: &Column, found: Option<Found>, (row, place): (u32, Option<u32>), problems: &mut Vec<Problem>) -> Cell {
    let Some(found) = found else { return Cell::Empty };
    let mut wrong = |zh: String, en: String| {
        problems.push(problem(row, place, zh, en));
        Cell::Empty
    };
    if found.formula {
        let zh = "公式，请改为数值（复制后“选择性粘贴—数值”）".to_owned();
        return wrong(zh, "a formula: paste its value instead".to_owned());
    }
    let cell = match found.value {
        Value::Cell(cell) => cell,
        Value::Strange(text) => return wrong(format!("“{text}”无法读取"), format!("«{text}» cannot be read")),
    };
    match (&column.kind, cell) {
        (_, Cell::Empty) => Cell::Empty,
        (Kind::Number, Cell::Number(number)) if number.is_finite() => Cell::Number(number),
        (Kind::Number, other) => {
            let text = shown(&other);
            wrong(
                format!("“{text}”不是数值；只填数字，不写单位和说明"),
                format!("«{text}» is no number: figures alone, without unit or words"),
            )
        }
        (Kind::Date, Cell::Date(day)) => Cell::Date(day),
        (Kind::Date, Cell::Text(text)) => match text.parse() {
            Ok(day) => Cell::Date(day),
            Err(_) => {
                wrong(format!("“{text}”不是日期；请写 2026-11-30"), format!("«{text}» is no date: write 2026-11-30"))
            }
        },
        (Kind::Date, other) => {
            let text = shown(&other);
            wrong(format!("“{text}”不是日期；请写 2026-11-30"), format!("«{text}» is no date: write 2026-11-30"))
        }
        (Kind::Choice(words), other) => {
            let text = shown(&other);
            match words.iter().find(|word| same(word, &text)) {
                Some(word) => Cell::Text(word.clone()),
                None => wrong(
                    format!("“{text}”不在选项中；可填：{}", words.join("、")),
                    format!("«{text}» is not among: {}", words.join(", ")),
                ),
            }
        }
        (Kind::Text, other) => Cell::Text(shown(&other)),
    }
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Date(day) => day.to_string(),
    }
}

fn problem(row: u32, place: Option<u32>, zh: String, en: String) -> Problem {
    Problem { row: row + 1, column: place.map(letters), zh, en }
}

/// The letters of a column, from 0: `A`, `Z`, `AA`.
fn letters(mut place: u32) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + (place % 26) as u8));
        if place < 26 {
            break;
        }
        place = place / 26 - 1;
    }
    letters.iter().rev().collect()
}
