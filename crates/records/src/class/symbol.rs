//! IPC and CPC symbols: reading, parts, order.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How deep a symbol goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SymbolLevel {
    /// `H`.
    Section,
    /// `H01`.
    Class,
    /// `H01M`.
    Subclass,
    /// `H01M10/00`.
    MainGroup,
    /// `H01M10/0525`.
    Subgroup,
}

/// Upper case without full-width forms; odd spaces become spaces.
pub(super) fn plain(text: &str) -> String {
    let folded = text.chars().map(|c| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' | '\t' | '\n' | '\r' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2044}' | '\u{2215}' => '/',
        _ => c.to_ascii_uppercase(),
    });
    folded.collect::<String>().trim().to_owned()
}

/// Cuts what offices print before a symbol: `Int. Cl.7`, `Int.Cl.⁷:`, `IPC8:`, `(51)`, `CPC`.
fn without_heading(text: &str) -> &str {
    let mut text = text.strip_prefix("(51)").unwrap_or(text).trim_start();
    for heading in ["INT.CL.", "INT. CL.", "INT.CL", "INT CL", "IPC", "CPC"] {
        if let Some(rest) = text.strip_prefix(heading) {
            // The edition (`7`, `⁷`, `(2006.01)`) stands before the symbol, which begins with a letter.
            text = rest.trim_start_matches(|c: char| !c.is_ascii_uppercase());
            break;
        }
    }
    // EP texts of before 2006 have the edition right before the section: `7B 22D  29/00   A`.
    match text.strip_prefix(|c: char| c.is_ascii_digit()) {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_uppercase()) => rest,
        _ => text,
    }
}

/// Reads a symbol whose section lies in `sections`, in normal form.
fn read(text: &str, sections: &str) -> Option<String> {
    let text = plain(text);
    let text = without_heading(&text);
    let mut chars = text.char_indices().filter(|(_, c)| *c != ' ');
    let section = chars.next().map(|(_, c)| c).filter(|c| sections.contains(*c))?;
    let mut symbol = String::from(section);
    let Some((_, tens)) = chars.next() else { return Some(symbol) };
    let ones = chars.next().map(|(_, c)| c)?;
    if !tens.is_ascii_digit() || !ones.is_ascii_digit() || (tens, ones) == ('0', '0') {
        return None;
    }
    symbol.extend([tens, ones]);
    let Some((at, subclass)) = chars.next() else { return Some(symbol) };
    if subclass == '(' {
        return Some(symbol);
    }
    if !subclass.is_ascii_uppercase() {
        return None;
    }
    symbol.push(subclass);
    let (main, sub) = match groups(&text[at + 1..])? {
        Groups::None => return Some(symbol),
        Groups::Some(main, sub) => (main, sub),
    };
    let main = main.trim_start_matches('0');
    if main.is_empty() || main.len() > 4 {
        return None;
    }
    let sub = subgroup(&sub)?;
    Some(format!("{symbol}{main}/{sub}"))
}

/// Main group and subgroup as written.
enum Groups {
    None,
    Some(String, String),
}

/// The digits behind a subclass: with a stroke, in fourteen characters, or in the columns of the old US text files.
fn groups(text: &str) -> Option<Groups> {
    let text = text.split(['(', ';', ',', '[']).next().unwrap_or(text);
    if text.trim().is_empty() {
        return Some(Groups::None);
    }
    // Indexing codes were printed with a colon.
    if let Some((main, sub)) = text.split_once(['/', ':']) {
        let main: String = main.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        let sub = sub.trim_start();
        // The subgroup ends with its digits: behind them stand version and level of the 50-column form.
        let end = sub.find(|c: char| !c.is_ascii_digit()).unwrap_or(sub.len());
        let sub = &sub[..end];
        // 50-column forms without the four blanks would run into the version date.
        let fits = digits(&main) && digits(sub) && sub.len() <= 6;
        return fits.then(|| Groups::Some(main, sub.to_owned()));
    }
    let flush = text.trim_end();
    let compact: String = flush.chars().filter(|c| *c != ' ').collect();
    if !digits(&compact) {
        return None;
    }
    let spaced = compact.len() < flush.len();
    match compact.len() {
        10 if !spaced => Some(Groups::Some(compact[..4].to_owned(), compact[4..].to_owned())),
        // Some exports fill the main group to four: `A61P000100`.
        6 if !spaced && compact.starts_with("000") => {
            Some(Groups::Some(compact[..4].to_owned(), compact[4..].to_owned()))
        }
        // Main group in three columns, then the subgroup: `A01B 1500`, `C07D40112`, `G06F  728`.
        _ if flush.len() >= 5 && flush.len() <= 8 && compact.len() >= 3 && digits(flush[3..].trim()) => {
            let main = flush[..3].replace(' ', "");
            digits(&main).then(|| Groups::Some(main, flush[3..].trim().to_owned()))
        }
        1..=3 => Some(Groups::Some(compact, "00".to_owned())),
        4 if !spaced => Some(Groups::Some(compact, "00".to_owned())),
        _ => None,
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Subgroup digits read as a decimal fraction: zeros behind the second digit mean nothing.
fn subgroup(sub: &str) -> Option<String> {
    match sub.len() {
        1 if sub == "0" => Some("00".to_owned()),
        2..=6 => {
            let end = sub.trim_end_matches('0').len().max(2);
            Some(sub[..end].to_owned())
        }
        _ => None,
    }
}

/// Main group and subgroup of a symbol in normal form.
fn split_groups(symbol: &str) -> Option<(u32, &str)> {
    let (main, sub) = symbol.get(4..)?.split_once('/')?;
    Some((main.parse().ok()?, sub))
}

fn level(symbol: &str) -> SymbolLevel {
    match symbol.len() {
        ..=1 => SymbolLevel::Section,
        2..=3 => SymbolLevel::Class,
        4 => SymbolLevel::Subclass,
        _ if symbol.ends_with("/00") => SymbolLevel::MainGroup,
        _ => SymbolLevel::Subgroup,
    }
}

/// Order of the scheme: a place before everything below it, main groups by number, subgroups as decimal fractions.
fn compare(a: &str, b: &str) -> Ordering {
    let head = |s: &str| s.get(..4).map_or_else(|| s.to_owned(), str::to_owned);
    head(a).cmp(&head(b)).then_with(|| split_groups(a).cmp(&split_groups(b))).then_with(|| a.cmp(b))
}

/// Whether `symbol` is `above` or lies below it by text alone.
fn is_at_or_below(symbol: &str, above: &str) -> bool {
    match level(above) {
        SymbolLevel::MainGroup => symbol.strip_prefix(above.trim_end_matches("00")).is_some(),
        SymbolLevel::Subgroup => symbol == above,
        _ => symbol.starts_with(above),
    }
}

/// The next place up by text alone: subgroup to main group, main group to subclass, and so on.
fn parent(symbol: &str) -> Option<&str> {
    match level(symbol) {
        SymbolLevel::Section => None,
        SymbolLevel::Class => symbol.get(..1),
        SymbolLevel::Subclass => symbol.get(..3),
        SymbolLevel::MainGroup | SymbolLevel::Subgroup => symbol.get(..4),
    }
}

macro_rules! symbol {
    ($(#[$doc:meta])* $name:ident, $sections:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(transparent)]
        #[schema(value_type = String)]
        pub struct $name(String);

        impl $name {
            /// Reads a symbol in any spelling: `H01M 10/0525`, `H01M10/0525 (2010.01)`, the 14-character form
            /// `H01M0010052500`, the 50 columns of DOCDB, `H01M 010/052`, `Int.Cl.⁷ H01M 10/40`, the columns of old
            /// US files (`A01B 1500`, `C07D40112`), or a level above (`H01M`, `H01`, `H`).
            pub fn read(text: &str) -> Option<Self> {
                read(text, $sections).map(Self)
            }

            /// Puts a symbol together from the fields of an office file; empty main group gives the subclass.
            pub fn from_parts(section: &str, class: &str, subclass: &str, main: &str, sub: &str) -> Option<Self> {
                let (main, sub) = (main.trim(), sub.trim());
                let groups = match (main.is_empty(), sub.is_empty()) {
                    (true, _) => String::new(),
                    (false, true) => format!("{main}/00"),
                    (false, false) => format!("{main}/{sub}"),
                };
                let class = class.trim();
                Self::read(&format!("{}{class:0>2}{}{groups}", section.trim(), subclass.trim()))
            }

            /// The symbol in normal form.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// How deep it goes.
            pub fn level(&self) -> SymbolLevel {
                level(&self.0)
            }

            /// Section `H`.
            pub fn section(&self) -> &str {
                self.0.get(..1).unwrap_or_default()
            }

            /// Class `H01`.
            pub fn class(&self) -> Option<&str> {
                self.0.get(..3)
            }

            /// Subclass `H01M`.
            pub fn subclass(&self) -> Option<&str> {
                self.0.get(..4)
            }

            /// Number of the main group: 10 of `H01M10/0525`.
            pub fn main_group_number(&self) -> Option<u32> {
                split_groups(&self.0).map(|(main, _)| main)
            }

            /// The main group `H01M10/00`.
            pub fn main_group(&self) -> Option<Self> {
                let (main, _) = split_groups(&self.0)?;
                Some(Self(format!("{}{main}/00", self.0.get(..4)?)))
            }

            /// Digits behind the stroke: `0525`, `00` for a main group.
            pub fn subgroup(&self) -> Option<&str> {
                split_groups(&self.0).map(|(_, sub)| sub)
            }

            /// The next place up by text: subgroup, main group, subclass, class, section.
            pub fn parent(&self) -> Option<Self> {
                match self.level() {
                    SymbolLevel::Subgroup => self.main_group(),
                    _ => parent(&self.0).map(|p| Self(p.to_owned())),
                }
            }

            /// Every place above by text, the section first: `H`, `H01`, `H01M`, `H01M10/00`.
            pub fn ancestors(&self) -> Vec<Self> {
                let mut above: Vec<Self> = std::iter::successors(self.parent(), Self::parent).collect();
                above.reverse();
                above
            }

            /// Whether this is `above` or lies below it, by text: section, class, subclass, main group. Below a
            /// subgroup only the scheme knows; here it is at most the place itself.
            pub fn is_at_or_below(&self, above: &Self) -> bool {
                is_at_or_below(&self.0, &above.0)
            }

            /// The form of ST.8 with fixed places: `H01M0010052500`; levels above stay as they are.
            pub fn fixed(&self) -> String {
                match (self.0.get(..4), split_groups(&self.0)) {
                    (Some(subclass), Some((main, sub))) => format!("{subclass}{main:04}{sub:0<6}"),
                    _ => self.0.clone(),
                }
            }

            /// As printed, with a space: `H01M 10/0525`.
            pub fn display(&self) -> String {
                match self.0.get(..4) {
                    Some(subclass) if self.0.len() > 4 => format!("{subclass} {}", &self.0[4..]),
                    _ => self.0.clone(),
                }
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                compare(&self.0, &other.0)
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

symbol!(
    /// An IPC symbol at any depth: `H`, `H01`, `H01M`, `H01M10/00`, `H01M10/0525`. Ordered as in the scheme.
    Ipc,
    "ABCDEFGH"
);
symbol!(
    /// A CPC symbol; like IPC, with section Y and 2000-series groups. Ordered as in the scheme.
    Cpc,
    "ABCDEFGHY"
);

impl Cpc {
    /// The same place as an IPC symbol, where its section is one of IPC's. The IPC need not know the group.
    pub fn to_ipc(&self) -> Option<Ipc> {
        Ipc::read(&self.0)
    }
}
