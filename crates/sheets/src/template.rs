//! What people fill in.

use jiff::civil::Date;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format, FormatBorder, Note, Workbook,
    Worksheet, XlsxError,
};

/// Longest list of words that a spreadsheet program offers in a cell, in characters.
const LONGEST_CHOICE: usize = 255;
/// Rows below what is known for which cells are prepared.
const SPARE_ROWS: u32 = 200;

/// What a cell of a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A number.
    Number,
    /// A day.
    Date,
    /// One of these words.
    Choice(Vec<String>),
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// By which the asker knows it; not in the workbook.
    pub key: String,
    /// Words at its head, by which it is found again. Unique within a table.
    pub heading: String,
    /// What its cells hold.
    pub kind: Kind,
    /// Whether a row without it is at fault.
    pub required: bool,
    /// Whether it is there to be read only; the spreadsheet program guards it, and its text comes back as it stands.
    pub locked: bool,
    /// What to write there, shown at the heading.
    pub note: Option<String>,
    /// In characters of western script.
    pub width: u16,
}

impl Column {
    /// A column that may be left empty.
    pub fn new(key: &str, heading: &str, kind: Kind) -> Self {
        Self {
            key: key.to_owned(),
            heading: heading.to_owned(),
            kind,
            required: false,
            locked: false,
            note: None,
            width: 18,
        }
    }

    /// One that every row needs.
    #[must_use]
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// One that is there to be read.
    #[must_use]
    pub fn locked(self) -> Self {
        Self { locked: true, ..self }
    }

    /// With a word at its heading.
    #[must_use]
    pub fn noted(self, note: &str) -> Self {
        Self { note: Some(note.to_owned()), ..self }
    }

    /// So many characters wide.
    #[must_use]
    pub fn wide(self, width: u16) -> Self {
        Self { width, ..self }
    }
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text, without spaces around it.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Date(Date),
}

impl Cell {
    /// Text, or nothing.
    pub fn text(text: &str) -> Self {
        if text.trim().is_empty() { Self::Empty } else { Self::Text(text.trim().to_owned()) }
    }

    /// The text of a text cell.
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The number of a number cell.
    pub fn as_number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    /// The day of a date cell.
    pub fn as_date(&self) -> Option<Date> {
        if let Self::Date(day) = self { Some(*day) } else { None }
    }

    /// Whether nothing is there.
    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }
}

/// A table to be filled in, or filled.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Title of the workbook.
    pub title: String,
    /// Name of its first sheet; spreadsheet programs allow 31 characters and none of `[]:*?/\`.
    pub sheet: String,
    /// Columns, left to right.
    pub columns: Vec<Column>,
    /// What is known; cells as the columns.
    pub rows: Vec<Vec<Cell>>,
    /// How to fill it in, a line a paragraph, on a second sheet; may be empty.
    pub guide: Vec<String>,
}

impl Template {
    /// The workbook.
    pub fn write(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        book.set_properties(&rust_xlsxwriter::DocProperties::new().set_title(&self.title));
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(&self.sheet))?;
        self.heads(sheet)?;
        for (at, row) in (1..).zip(&self.rows) {
            for ((number, column), cell) in (0..).zip(&self.columns).zip(row) {
                put(sheet, (at, number), cell, &format_of(column))?;
            }
        }
        self.guard(sheet)?;
        if !self.guide.is_empty() {
            let wrapped = Format::new().set_text_wrap();
            let guide = book.add_worksheet();
            guide.set_name("说明 Guide")?;
            guide.set_column_width(0, 100)?;
            for (at, line) in (0..).zip(&self.guide) {
                guide.write_with_format(at, 0, line, &wrapped)?;
            }
        }
        book.save_to_buffer()
    }

    fn heads(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let head = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_background_color(0x00E8_EEF4)
            .set_border_bottom(FormatBorder::Thin);
        for (number, column) in (0..).zip(&self.columns) {
            sheet.write_with_format(0, number, &column.heading, &head)?;
            sheet.set_column_width(number, f64::from(column.width))?;
            if let Some(note) = &column.note {
                sheet.insert_note(0, number, &Note::new(note).add_author_prefix(false))?;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        Ok(())
    }

    /// Lets spreadsheet programs offer the words of choices, refuse text for numbers, and guard what is to be read only.
    fn guard(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let last = self.rows.len() as u32 + SPARE_ROWS;
        for (number, column) in (0..).zip(&self.columns) {
            let rule = match &column.kind {
                Kind::Number => Some(
                    DataValidation::new()
                        .allow_decimal_number(DataValidationRule::GreaterThan(f64::from(i32::MIN) * 1e6)),
                ),
                Kind::Choice(words)
                    if words.iter().map(|word| word.chars().count() + 1).sum::<usize>() <= LONGEST_CHOICE =>
                {
                    Some(DataValidation::new().allow_list_strings(words)?)
                }
                _ => None,
            };
            if let Some(rule) = rule.filter(|_| !column.locked) {
                sheet.add_data_validation(
                    1,
                    number,
                    last,
                    number,
                    &rule.set_error_style(DataValidationErrorStyle::Stop),
                )?;
            }
        }
        if self.columns.iter().any(|column| column.locked) {
            let first_spare = self.rows.len() as u32 + 1;
            for (number, column) in (0..).zip(&self.columns) {
                // A cell that holds nothing has no format of its own: it takes that of its column.
                sheet.set_column_format(number, &format_of(column))?;
                for row in first_spare..=last {
                    sheet.write_blank(row, number, &format_of(&Column { locked: false, ..column.clone() }))?;
                }
            }
            sheet.protect();
        }
        Ok(())
    }
}

/// How a cell of the column looks, and whether it is guarded.
fn format_of(column: &Column) -> Format {
    let format = match column.kind {
        Kind::Date => Format::new().set_num_format("yyyy-mm-dd"),
        Kind::Text | Kind::Choice(_) => Format::new().set_num_format("@"),
        Kind::Number => Format::new(),
    };
    if column.locked { format.set_font_color(0x0060_6060) } else { format.set_unlocked() }
}

fn put(sheet: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, format: &Format) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => sheet.write_blank(row, column, format)?,
        Cell::Text(text) => sheet.write_string_with_format(row, column, text, format)?,
        Cell::Number(number) => sheet.write_number_with_format(row, column, *number, format)?,
        Cell::Date(day) => {
            let day = ExcelDateTime::from_ymd(day.year() as u16, day.month() as u8, day.day() as u8)?;
            sheet.write_datetime_with_format(row, column, &day, format)?
        }
    };
    Ok(())
}

/// What spreadsheet programs take as the name of a sheet.
fn sheet_name(name: &str) -> String {
    let name: String = name.chars().map(|c| if "[]:*?/\\".contains(c) { ' ' } else { c }).take(31).collect();
    let name = name.trim().trim_matches('\'').to_owned();
    if name.is_empty() { "表 Table".to_owned() } else { name }
}
