//! A classification scheme in memory: what lies below a symbol, and what it is called.
//!
//! Inside a main group the hierarchy is given by dots, never by digits. Files that carry dots (CPC title lists, the
//! IPC scheme turned into rows) give the whole tree. Lists of titles alone (IPC title lists of WIPO, the Chinese
//! table) do not; then a subgroup hangs under its main group and nothing is made up below it.

use std::collections::BTreeMap;

use thiserror::Error;

use super::{Cpc, SymbolLevel};

/// One row of a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The place. CPC spells every IPC symbol.
    pub symbol: Cpc,
    /// Dots before the title of a group: 0 for a main group, absent when the file does not tell.
    pub dots: Option<u8>,
    /// The title; may be empty.
    pub title: String,
}

/// Why a line is not a row.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SchemeError {
    /// No symbol in the first column.
    #[error("line {line}: «{text}» is not a class symbol; expected one like H01M10/0525 or H01M0010052500")]
    Symbol {
        /// Line, counted from 1.
        line: usize,
        /// The first column.
        text: String,
    },
    /// A symbol without anything behind it.
    #[error("line {line}: no tab behind the symbol; expected symbol, maybe level, title")]
    Columns {
        /// Line, counted from 1.
        line: usize,
    },
}

/// Puts the last digit of a subgroup back that the Chinese table of 2026 has in the title's column: 71 rows such as
/// `E01D15/13 ⇥ subgroup ⇥ 3` for E01D15/133 (their titles are lost), checked against the English list.
fn rejoined<'t>(symbol: &str, level: &str, title: &'t str) -> (String, &'t str) {
    let (digit, rest) = title.split_once(' ').unwrap_or((title, ""));
    let torn = level == "subgroup" && digit.len() == 1 && digit.bytes().all(|b| b.is_ascii_digit());
    if torn { (format!("{symbol}{digit}"), rest.trim()) } else { (symbol.to_owned(), title) }
}

/// A place of the scheme.
#[derive(Clone, Debug, Default)]
struct Place {
    dots: Option<u8>,
    /// (language, title)
    titles: Vec<(String, String)>,
}

/// An IPC or CPC hierarchy.
#[derive(Clone, Debug, Default)]
pub struct Scheme {
    places: BTreeMap<Cpc, Place>,
}

impl Scheme {
    /// A scheme of rows whose titles are in `lang` (ISO 639-1). Of two rows for one symbol the later holds.
    pub fn from_rows(lang: &str, rows: impl IntoIterator<Item = Row>) -> Self {
        let mut scheme = Self::default();
        scheme.add(lang, rows);
        scheme
    }

    /// Adds rows: another language, or a file for another section. Dots once known stay known.
    pub fn add(&mut self, lang: &str, rows: impl IntoIterator<Item = Row>) {
        for row in rows {
            let place = self.places.entry(row.symbol).or_default();
            place.dots = row.dots.or(place.dots);
            if row.title.is_empty() {
                continue;
            }
            match place.titles.iter_mut().find(|(l, _)| l == lang) {
                Some((_, title)) => *title = row.title,
                None => place.titles.push((lang.to_owned(), row.title)),
            }
        }
    }

    /// Reads a text of tab-separated lines (see [`Self::read_line`]); lines that are no rows come back as problems.
    pub fn from_tsv(lang: &str, text: &str) -> (Self, Vec<SchemeError>) {
        let mut problems = Vec::new();
        let rows = text.lines().enumerate().filter_map(|(at, line)| match Self::read_line(at + 1, line) {
            Ok(row) => row,
            Err(problem) => {
                problems.push(problem);
                None
            }
        });
        let scheme = Self::from_rows(lang, rows);
        (scheme, problems)
    }

    /// Reads one line, number `line` of its file. Forms: `symbol ⇥ title` (IPC title lists, 14-character symbols),
    /// `symbol ⇥ level ⇥ title` with the level in words (`maingroup`) or in dots as CPC title lists have it
    /// (`H01M10/0525 ⇥ 3 ⇥ …`). Empty lines, comments (`#`) and a heading line (`code`, `symbol`) give no row.
    pub fn read_line(line: usize, text: &str) -> Result<Option<Row>, SchemeError> {
        let text = text.trim_start_matches('\u{FEFF}').trim_end_matches(['\r', '\n']);
        if text.trim().is_empty() || text.starts_with('#') {
            return Ok(None);
        }
        let columns: Vec<&str> = text.split('\t').map(str::trim).collect();
        let first = columns.first().copied().unwrap_or_default();
        if line == 1 && ["code", "symbol"].contains(&first.to_ascii_lowercase().as_str()) {
            return Ok(None);
        }
        let (level, title) = match columns.as_slice() {
            [_, title] => ("", *title),
            [_, level, title, ..] => (*level, *title),
            _ if Cpc::read(first).is_some() => return Err(SchemeError::Columns { line }),
            _ => ("", ""),
        };
        let (written, title) = rejoined(first, level, title);
        let symbol = Cpc::read(&written).ok_or_else(|| SchemeError::Symbol { line, text: first.to_owned() })?;
        let dots = match symbol.level() {
            SymbolLevel::MainGroup => Some(0),
            SymbolLevel::Subgroup => level.parse().ok().filter(|dots| *dots > 0),
            _ => None,
        };
        Ok(Some(Row { symbol, dots, title: title.to_owned() }))
    }

    /// Number of places.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Whether the scheme knows this place.
    pub fn contains(&self, symbol: &Cpc) -> bool {
        self.places.contains_key(symbol)
    }

    /// Whether the depth of a subgroup is known, so that what lies below it is.
    pub fn has_dots(&self) -> bool {
        self.places.iter().any(|(symbol, place)| symbol.level() == SymbolLevel::Subgroup && place.dots.is_some())
    }

    /// Every place in the order of the scheme.
    pub fn symbols(&self) -> impl Iterator<Item = &Cpc> {
        self.places.keys()
    }

    /// The title in `lang`, else in any language.
    pub fn title(&self, symbol: &Cpc, lang: &str) -> Option<&str> {
        let titles = &self.places.get(symbol)?.titles;
        let found = titles.iter().find(|(l, _)| l == lang).or(titles.first());
        found.map(|(_, title)| title.as_str())
    }

    /// The title in `lang` and no other.
    pub fn title_in(&self, symbol: &Cpc, lang: &str) -> Option<&str> {
        let titles = &self.places.get(symbol)?.titles;
        titles.iter().find(|(l, _)| l == lang).map(|(_, title)| title.as_str())
    }

    /// Depth in the hierarchy: section 0, class 1, subclass 2, main group 3, then one more a dot; a subgroup whose dots
    /// are unknown stands directly below its main group.
    pub fn depth(&self, symbol: &Cpc) -> u32 {
        let dots = || self.places.get(symbol).and_then(|place| place.dots).unwrap_or(1);
        match symbol.level() {
            SymbolLevel::Section => 0,
            SymbolLevel::Class => 1,
            SymbolLevel::Subclass => 2,
            SymbolLevel::MainGroup => 3,
            SymbolLevel::Subgroup => 3 + u32::from(dots()),
        }
    }

    /// The place above, which the scheme knows: for a subgroup with dots the nearest one before it with fewer.
    pub fn parent(&self, symbol: &Cpc) -> Option<Cpc> {
        if symbol.level() == SymbolLevel::Subgroup {
            let main = symbol.main_group()?;
            let dots = self.places.get(symbol).and_then(|place| place.dots);
            let above = dots.and_then(|dots| {
                let before = self.places.range(main.clone()..symbol.clone()).rev();
                before.into_iter().find(|(_, place)| place.dots.is_some_and(|d| d < dots)).map(|(s, _)| s.clone())
            });
            if let Some(above) = above {
                return Some(above);
            }
        }
        // Upwards by text to the first place that is there.
        std::iter::successors(symbol.parent(), Cpc::parent).find(|above| self.contains(above))
    }

    /// Every place above, the section first.
    pub fn ancestors(&self, symbol: &Cpc) -> Vec<Cpc> {
        let mut above: Vec<Cpc> = std::iter::successors(self.parent(symbol), |s| self.parent(s)).collect();
        above.reverse();
        above
    }

    /// Every place below `symbol`, in order, without itself. Below a subgroup whose dots are unknown there is none.
    pub fn descendants(&self, symbol: &Cpc) -> Vec<Cpc> {
        let after = self.places.range(symbol.clone()..).filter(|(s, _)| *s != symbol);
        if symbol.level() != SymbolLevel::Subgroup {
            return after.take_while(|(s, _)| s.is_at_or_below(symbol)).map(|(s, _)| s.clone()).collect();
        }
        let (Some(main), Some(dots)) = (symbol.main_group(), self.places.get(symbol).and_then(|p| p.dots)) else {
            return Vec::new();
        };
        let deeper = |(s, place): &(&Cpc, &Place)| s.is_at_or_below(&main) && place.dots.is_some_and(|d| d > dots);
        after.take_while(deeper).map(|(s, _)| s.clone()).collect()
    }

    /// The places directly below `symbol`; sections when it is absent.
    pub fn children(&self, symbol: Option<&Cpc>) -> Vec<Cpc> {
        match symbol {
            None => self.places.keys().filter(|s| s.level() == SymbolLevel::Section).cloned().collect(),
            Some(symbol) => {
                let below = self.descendants(symbol);
                below.into_iter().filter(|s| self.parent(s).as_ref() == Some(symbol)).collect()
            }
        }
    }
}
