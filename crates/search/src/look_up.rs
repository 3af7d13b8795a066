//! Lists of numbers looked up at once.

use std::collections::HashMap;

use records::{RightId, lookup_keys};
use serde::Serialize;
use utoipa::ToSchema;

use crate::entries::{Entry, entries};
use crate::export::{book_table, csv_table};
use crate::facets::is_chinese;
use crate::{Brief, ExportFormat, SearchError, Searcher};

/// Most numbers of a list that are looked up.
pub const MOST_NUMBERS: usize = 10_000;

/// Longest number in bytes; offices write none that long.
const LONGEST: usize = 200;

/// Rights named where a number fits several.
const CANDIDATES: usize = 10;

/// What became of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct LookedUp {
    /// One for each number, in the order of the list.
    pub rows: Vec<LookUp>,
    /// Numbers found.
    pub found: usize,
    /// Numbers that fit several rights.
    pub doubtful: usize,
    /// Numbers not found.
    pub not_found: usize,
    /// Numbers beyond the first 10,000, which were not looked up.
    pub beyond: usize,
}

/// What became of one number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct LookUp {
    /// Line of the list, counted from 1.
    pub line: usize,
    /// The number as typed.
    pub typed: String,
    /// What it leads to.
    #[serde(flatten)]
    pub outcome: LookUpOutcome,
    /// What is worth knowing besides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<LookUpNote>,
}

/// What a number leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case", tag = "outcome", content = "rights")]
pub enum LookUpOutcome {
    /// One right.
    Found(Brief),
    /// Several rights; the ten that fit best.
    Doubtful(Vec<Brief>),
    /// None.
    NotFound,
}

/// What is worth knowing of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LookUpNote {
    /// The same number or another one of the same right stands in this line already.
    Repeats(usize),
    /// It has no digit, or is too long: not a number of any office.
    NoNumber,
}

impl LookUpOutcome {
    /// Its name in `zh` or, for every other language, English.
    pub const fn label(&self, lang: &str) -> &'static str {
        let (zh, en) = match self {
            Self::Found(_) => ("找到", "found"),
            Self::Doubtful(_) => ("存疑", "doubtful"),
            Self::NotFound => ("未找到", "not found"),
        };
        if is_chinese(lang) { zh } else { en }
    }

    /// The rights it leads to.
    pub fn rights(&self) -> &[Brief] {
        match self {
            Self::Found(right) => std::slice::from_ref(right),
            Self::Doubtful(rights) => rights,
            Self::NotFound => &[],
        }
    }
}

impl LookUpNote {
    /// Its words in `zh` or, for every other language, English.
    pub fn label(self, lang: &str) -> String {
        match (self, is_chinese(lang)) {
            (Self::Repeats(line), true) => format!("与第{line}行重复"),
            (Self::Repeats(line), false) => format!("the same as line {line}"),
            (Self::NoNumber, true) => "不是号码".to_owned(),
            (Self::NoNumber, false) => "not a number".to_owned(),
        }
    }
}

/// A number with what it may be.
struct Asked {
    entry: Entry,
    /// An id as typed.
    id: Option<RightId>,
    /// Look-up keys, most telling first.
    keys: Vec<String>,
}

impl Searcher {
    /// Looks up a list of numbers in any spelling, separated by lines, tabs, commas or semicolons, or rows of a
    /// spreadsheet; the first 10,000.
    pub async fn look_up(&self, list: &str) -> Result<LookedUp, SearchError> {
        let mut entries = entries(list);
        let asked: Vec<Asked> = entries.by_ref().take(MOST_NUMBERS).map(Asked::new).collect();
        let beyond = entries.count();
        let ids: Vec<Vec<RightId>> = self.ids(&asked).await?;

        let mut wanted: Vec<RightId> = ids.iter().flatten().cloned().collect();
        wanted.sort_unstable();
        wanted.dedup();
        let briefs = self.briefs(&wanted).await?;
        let briefs: HashMap<RightId, Brief> =
            wanted.into_iter().zip(briefs).filter_map(|(id, brief)| Some((id, brief?))).collect();
        let mut looked_up = LookedUp { beyond, ..LookedUp::default() };
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (asked, ids) in asked.into_iter().zip(ids) {
            let mut rights: Vec<Brief> = ids.iter().filter_map(|id| briefs.get(id).cloned()).collect();
            let identity = match rights.as_slice() {
                [one] => one.id.as_str().to_owned(),
                _ => asked.entry.typed.to_uppercase(),
            };
            let line = *seen.entry(identity).or_insert(asked.entry.line);
            let repeats = (line != asked.entry.line).then_some(LookUpNote::Repeats(line));
            let no_number = (asked.id.is_none() && asked.keys.is_empty()).then_some(LookUpNote::NoNumber);
            let (outcome, count) = match rights.len() {
                0 => (LookUpOutcome::NotFound, &mut looked_up.not_found),
                1 => (LookUpOutcome::Found(rights.remove(0)), &mut looked_up.found),
                _ => (LookUpOutcome::Doubtful(rights), &mut looked_up.doubtful),
            };
            *count += 1;
            let Entry { line, typed } = asked.entry;
            looked_up.rows.push(LookUp { line, typed, outcome, note: no_number.or(repeats) });
        }
        Ok(looked_up)
    }

    /// The rights that each number may be.
    async fn ids(&self, asked: &[Asked]) -> Result<Vec<Vec<RightId>>, SearchError> {
        let keys: Vec<String> = asked.iter().flat_map(|asked| asked.keys.iter().cloned()).collect();
        let found = self.register.find_each(&keys).await?;
        let typed: Vec<RightId> = asked.iter().filter_map(|asked| asked.id.clone()).collect();
        let standing: HashMap<RightId, RightId> = self.register.standing(&typed).await?;
        let of = |asked: &Asked| {
            if let Some(id) = asked.id.as_ref().and_then(|id| standing.get(id)) {
                return vec![id.clone()];
            }
            let mut rights: Vec<RightId> = Vec::new();
            for key in &asked.keys {
                for id in found.get(key).into_iter().flatten() {
                    if !rights.contains(id) && rights.len() < CANDIDATES {
                        rights.push(id.clone());
                    }
                }
                // The most telling reading that finds something decides when the office was typed.
                if asked.names_office() && !rights.is_empty() {
                    break;
                }
            }
            rights
        };
        Ok(asked.iter().map(of).collect())
    }
}

impl Asked {
    fn new(entry: Entry) -> Self {
        let is_number = entry.typed.len() <= LONGEST && entry.typed.chars().any(char::is_numeric);
        let keys = if is_number { lookup_keys(&entry.typed) } else { Vec::new() };
        Self { id: RightId::read(&entry.typed).filter(|_| is_number), keys, entry }
    }

    fn names_office(&self) -> bool {
        self.entry.typed.starts_with(char::is_alphabetic)
    }
}

impl LookedUp {
    /// The list as a table with headings and labels in `lang`; a number that fits several rights takes a row for each.
    /// JSON lines give the rows as they are.
    pub fn file(&self, format: ExportFormat, lang: &str) -> Result<Vec<u8>, SearchError> {
        if format == ExportFormat::JsonLines {
            let mut lines = Vec::new();
            for row in &self.rows {
                serde_json::to_writer(&mut lines, row).map_err(|error| SearchError::Write(error.into()))?;
                lines.push(b'\n');
            }
            return Ok(lines);
        }
        let zh =
            ["行", "号码", "结果", "说明", "标识", "申请号", "类型", "名称", "申请人", "申请日", "公开公告日", "状态"];
        let en = [
            "line",
            "number",
            "outcome",
            "note",
            "id",
            "application_number",
            "right",
            "title",
            "applicants",
            "filing_date",
            "publication_date",
            "status",
        ];
        let headings: Vec<String> = if is_chinese(lang) { zh } else { en }.map(str::to_owned).to_vec();
        let rows: Vec<Vec<String>> = self.rows.iter().flat_map(|row| row.cells(lang)).collect();
        match format {
            ExportFormat::Xlsx => book_table(&headings, &rows),
            ExportFormat::Csv | ExportFormat::JsonLines => csv_table(&headings, &rows),
        }
    }
}

impl LookUp {
    fn cells(&self, lang: &str) -> Vec<Vec<String>> {
        let note = self.note.map(|note| note.label(lang)).unwrap_or_default();
        let start = [self.line.to_string(), self.typed.clone(), self.outcome.label(lang).to_owned(), note];
        let date = |date: Option<records::Date>| date.map_or_else(String::new, |date| date.to_string());
        let row = |right: &Brief| {
            let of_right = [
                right.id.to_string(),
                right.number.clone(),
                right.right.label(lang).to_owned(),
                right.title(lang).to_owned(),
                right.applicants.join("; "),
                date(right.filing_date),
                date(right.publication_date),
                right.status.label(lang).to_owned(),
            ];
            start.iter().cloned().chain(of_right).collect()
        };
        match self.outcome.rights() {
            [] => vec![start.iter().cloned().chain(std::iter::repeat_n(String::new(), 8)).collect()],
            rights => rights.iter().map(row).collect(),
        }
    }
}
