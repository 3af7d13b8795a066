//! Files that are no office records but tables to read records by: classification schemes and code lists.
//!
//! They are small (the largest, the IPC scheme in XML, has about 60 MB), so they are read whole, within a bound.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use calamine::Reader as _;
use records::Cpc;
use records::class::{Row, Scheme, SymbolLevel};
use thiserror::Error;

use crate::{Element, Tree};

/// Largest file of this kind, in bytes.
const LIMIT: u64 = 256 << 20;

/// Why such a file cannot be read.
#[derive(Debug, Error)]
pub enum ReferenceError {
    /// It cannot be opened.
    #[error("{path}: {reason}")]
    Open {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// It is of no known form.
    #[error("{path}: {reason}")]
    Form {
        /// The file.
        path: String,
        /// What was expected.
        reason: String,
    },
}

/// A place of a scheme with its depth (0 at the top).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Symbol in normal form.
    pub symbol: String,
    /// Depth; a place belongs to the last one before it that is less deep.
    pub depth: u32,
    /// Chinese title.
    pub title_zh: Option<String>,
    /// English title.
    pub title_en: Option<String>,
}

/// One edition of a scheme.
#[derive(Clone, Debug, Default)]
pub struct SchemeFile {
    /// `ipc`, `cpc` or `vienna`, where the file tells.
    pub scheme: String,
    /// Edition, where the file tells.
    pub edition: Option<String>,
    /// Places in scheme order.
    pub places: Vec<Place>,
    /// Lines that were left out, and why.
    pub problems: Vec<String>,
}

/// Reads files of one scheme together: sections and languages may lie in files of their own.
///
/// Known forms: tab-separated lists of IPC or CPC (see [`Scheme::read_line`]), the IPC scheme in XML (`IPCScheme`),
/// the Vienna classification in XML (`index/category`).
pub fn read_scheme(paths: &[PathBuf]) -> Result<SchemeFile, ReferenceError> {
    let mut file = SchemeFile::default();
    let mut scheme = Scheme::default();
    let mut vienna = Vec::new();
    for path in paths {
        let text = read_text(path)?;
        let body = text.trim_start_matches('\u{feff}').trim_start();
        if body.starts_with('<') {
            let tree = Tree::parse(body).map_err(|error| form(path, error.to_string()))?;
            let root = tree.root();
            match root.name() {
                "IPCScheme" | "staticIpc" => {
                    file.edition = file.edition.or_else(|| root.attr("edition").map(str::to_owned));
                    let lang = root.attr("lang").unwrap_or("en").to_ascii_lowercase();
                    let mut rows = Vec::new();
                    ipc_entries(root, &mut rows);
                    scheme.add(&lang, rows);
                }
                "index" => vienna.extend(vienna_places(root)),
                other => {
                    return Err(form(path, format!("<{other}> is no scheme; expected IPCScheme or the Vienna index")));
                }
            }
        } else {
            add_list(path, body, &mut scheme, &mut file.problems)?;
        }
    }
    let ipc = scheme.symbols().all(|symbol| symbol.to_ipc().is_some());
    let (name, places) = match (vienna.is_empty(), ipc) {
        (false, _) => ("vienna", vienna),
        (true, true) => ("ipc", scheme_places(&scheme)),
        (true, false) => ("cpc", scheme_places(&scheme)),
    };
    name.clone_into(&mut file.scheme);
    file.places = places;
    Ok(file)
}

fn read_text(path: &Path) -> Result<String, ReferenceError> {
    let open = |reason: String| ReferenceError::Open { path: path.display().to_string(), reason };
    let length = fs::metadata(path).map_err(|error| open(error.to_string()))?.len();
    if length > LIMIT {
        return Err(open(format!("larger than {} MiB", LIMIT >> 20)));
    }
    let bytes = fs::read(path).map_err(|error| open(error.to_string()))?;
    String::from_utf8(bytes).map_err(|_| form(path, "not UTF-8 text".to_owned()))
}

fn form(path: &Path, reason: String) -> ReferenceError {
    ReferenceError::Form { path: path.display().to_string(), reason }
}

fn add_list(path: &Path, text: &str, scheme: &mut Scheme, problems: &mut Vec<String>) -> Result<(), ReferenceError> {
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let lang = if text.chars().take(20_000).any(is_chinese) { "zh" } else { "en" };
    let mut rows = Vec::new();
    for (at, line) in text.lines().enumerate() {
        match Scheme::read_line(at + 1, line) {
            Ok(row) => rows.extend(row),
            Err(problem) => problems.push(problem.to_string()),
        }
    }
    if rows.is_empty() {
        return Err(form(path, "no line is a class symbol with a title; expected tab-separated lines".to_owned()));
    }
    scheme.add(lang, rows);
    Ok(())
}

/// Entries that are places: sections, classes, subclasses, main groups, and subgroups with their dots.
fn ipc_entries(element: Element<'_>, rows: &mut Vec<Row>) {
    for entry in element.children("ipcEntry") {
        let kind = entry.attr("kind").unwrap_or_default();
        let dots = match kind {
            "s" | "c" | "u" | "m" => Some(0),
            // 1 to 9, then A for ten and so on.
            _ if kind.len() == 1 => kind.chars().next().and_then(|c| c.to_digit(36)).filter(|d| *d < 20 && *d > 0),
            _ => None,
        };
        if let (Some(dots), Some(symbol)) = (dots, entry.attr("symbol").and_then(Cpc::read)) {
            let title = entry.strings("textBody/title/titlePart/text").join("; ");
            let dots = (symbol.level() >= SymbolLevel::MainGroup).then_some(dots as u8);
            rows.push(Row { symbol, dots, title });
        }
        ipc_entries(entry, rows);
    }
}

fn scheme_places(scheme: &Scheme) -> Vec<Place> {
    let place = |symbol: &Cpc| Place {
        symbol: symbol.to_string(),
        depth: scheme.depth(symbol),
        title_zh: scheme.title_in(symbol, "zh").map(str::to_owned),
        title_en: scheme.title_in(symbol, "en").map(str::to_owned),
    };
    scheme.symbols().map(place).collect()
}

fn vienna_places(root: Element<'_>) -> Vec<Place> {
    let mut places = BTreeMap::new();
    let number = |element: Element<'_>| element.attr("id").and_then(|id| id.parse::<u32>().ok());
    let mut add = |symbol: String, depth, title: String| {
        let title_en = Some(title).filter(|title| !title.is_empty());
        places.entry(symbol.clone()).or_insert(Place { symbol, depth, title_zh: None, title_en });
    };
    for category in root.children("category") {
        let Some(at) = number(category) else { continue };
        add(format!("{at:02}"), 0, category.attr("text").unwrap_or_default().to_owned());
        for division in category.children("division") {
            let Some(below) = number(division) else { continue };
            add(format!("{at:02}.{below:02}"), 1, division.attr("text").unwrap_or_default().to_owned());
            let sections = division.all("section").into_iter().chain(division.all("auxiliaries/auxiliary"));
            for section in sections {
                if let Some(last) = number(section) {
                    add(format!("{at:02}.{below:02}.{last:02}"), 2, section.own_text());
                }
            }
        }
    }
    places.into_values().collect()
}

/// Rows of the first sheet of a spreadsheet, or of a CSV file, as text: for code lists.
pub fn read_rows(path: &Path) -> Result<Vec<Vec<String>>, ReferenceError> {
    let open = |reason: String| ReferenceError::Open { path: path.display().to_string(), reason };
    let head = fs::read(path).map_err(|error| open(error.to_string()))?;
    if !head.starts_with(b"PK") && !head.starts_with(&[0xd0, 0xcf]) {
        let mut csv = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(head.as_slice());
        let rows = csv.records().map(|row| row.map(|row| row.iter().map(str::to_owned).collect()));
        return rows.collect::<Result<_, _>>().map_err(|error| form(path, error.to_string()));
    }
    let mut book = calamine::open_workbook_auto_from_rs(std::io::Cursor::new(head))
        .map_err(|error| form(path, error.to_string()))?;
    let sheet = book.worksheet_range_at(0).ok_or_else(|| form(path, "the workbook has no sheet".to_owned()))?;
    let sheet = sheet.map_err(|error| form(path, error.to_string()))?;
    Ok(sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect())
}
