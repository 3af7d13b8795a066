//! The parts of a document.

/// A document in one language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Shown large at the start and small on top of every page.
    pub title: String,
    /// `zh` or `en`: proofing language and fonts; also decides the words of the contents heading and page number.
    pub language: String,
    /// Who made it: shown under the title and in the file's properties.
    pub author: String,
    /// `YYYY-MM-DD`: shown under the title and in the file's properties.
    pub date: String,
    /// A contents list of the headings after the title.
    pub contents: bool,
    /// What follows.
    pub blocks: Vec<Block>,
}

/// A piece of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading of level 1 to 4 (others are brought to the nearest).
    Heading(u8, String),
    /// Running text.
    Paragraph(Vec<Run>),
    /// Short points.
    List(Vec<Vec<Run>>),
    /// Names and their values.
    Fields(Vec<Field>),
    /// Rows and columns.
    Table(Table),
    /// A drawing.
    Picture(Picture),
    /// What follows begins a new page.
    PageBreak,
}

/// Text in one form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The text; line breaks are kept.
    pub text: String,
    /// Heavier.
    pub bold: bool,
    /// Absolute address that the text opens (`https://…`).
    pub href: Option<String>,
}

/// A name and its value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// The name.
    pub label: String,
    /// The value.
    pub value: Vec<Run>,
}

/// A table with a heading row that repeats on every page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Written above the table; empty for none.
    pub caption: String,
    /// Names of the columns.
    pub headings: Vec<String>,
    /// Alignment of the columns; left where it is too short.
    pub align: Vec<Align>,
    /// The rows; those that are too short are filled with empty cells.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What stands in it.
    pub text: String,
    /// Absolute address that it opens.
    pub href: Option<String>,
}

/// Where text stands in a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Words.
    #[default]
    Left,
    /// Marks.
    Centre,
    /// Numbers.
    Right,
}

/// A drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// SVG that stands alone (colours and fonts in attributes).
    pub svg: String,
    /// Written under the picture; empty for none.
    pub caption: String,
    /// What there is to see, for those who do not see it.
    pub alt: String,
    /// Width on the page in centimetres (16 is the width of the text); height follows.
    pub width_cm: f64,
}

impl Table {
    /// The table beside a figure: numbers to the right, no more rows than `most`, and the caption says how many there
    /// are. `base` is the address of the site without a slash at its end; without it (empty) nothing is linked.
    pub fn of(table: &charts::Table, most: usize, zh: bool, base: &str) -> Self {
        let rows = table.rows.len();
        let caption = match (rows <= most, zh) {
            (true, _) => table.caption.clone(),
            (false, true) => format!("{}（共 {rows} 行，列出前 {most} 行）", table.caption),
            (false, false) => format!("{} (the first {most} of {rows} rows)", table.caption),
        };
        let cell = |cell: &charts::TableCell| Cell {
            text: cell.text.clone(),
            href: cell.href.as_ref().filter(|_| !base.is_empty()).map(|path| format!("{base}{path}")),
        };
        Self {
            caption,
            headings: table.headings.clone(),
            align: (0..table.headings.len())
                .map(|column| if table.is_number(column) { Align::Right } else { Align::Left })
                .collect(),
            rows: table.rows.iter().take(most).map(|row| row.iter().map(cell).collect()).collect(),
        }
    }
}

impl Run {
    /// Text as it is.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), bold: false, href: None }
    }

    /// Heavier text.
    pub fn bold(text: impl Into<String>) -> Self {
        Self { text: text.into(), bold: true, href: None }
    }

    /// Text that opens an address.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), bold: false, href: Some(href.into()) }
    }
}

impl Cell {
    /// A cell of text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), href: None }
    }

    /// A cell that opens an address.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: Some(href.into()) }
    }
}

impl Block {
    /// A paragraph of plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Paragraph(vec![Run::plain(text)])
    }
}
