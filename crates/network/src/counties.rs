//! Counties from a CSV file; provinces and prefectures come with the program.

use database::Write;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::sql::county;
use crate::{NetworkError, Region, RegionCode, RegionLevel};

/// Something wrong in a file, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Line of the file in which the row begins, from 1.
    pub line: u64,
    /// Column, by its heading; empty when it is the row as such.
    pub column: String,
    /// What is wrong and what to write, Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

impl Problem {
    pub(crate) fn new(line: u64, column: &str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { line, column: column.to_owned(), zh: zh.into(), en: en.into() }
    }

    /// The message in `zh` or, for every other language, English.
    pub fn text(&self, lang: &str) -> &str {
        if lang == "zh" { &self.zh } else { &self.en }
    }
}

/// Loads counties from CSV with the headings `code` and `name` and, where known, `from` and `to` (days; `to` is the
/// first that is no longer in). Other columns and rows of provinces and prefectures are passed over. Answers how many
/// were stored, or all problems and stores nothing.
pub async fn load_counties(write: &mut Write, csv: &[u8]) -> Result<Result<u64, Vec<Problem>>, NetworkError> {
    match read(csv) {
        Ok(regions) => Ok(Ok(county::put(write, regions).await?)),
        Err(problems) => Ok(Err(problems)),
    }
}

fn read(csv: &[u8]) -> Result<Vec<Region>, Vec<Problem>> {
    let csv = csv.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(csv);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(csv);
    let headings = reader.headers().map_err(|error| vec![unreadable(&error, 1)])?.clone();
    let at = |name: &str| headings.iter().position(|heading| heading.trim() == name);
    let (Some(code), Some(name)) = (at("code"), at("name")) else {
        return Err(vec![Problem::new(
            1,
            "",
            "第一行须有 code 和 name 两列",
            "the first line must name the columns code and name",
        )]);
    };
    let (from, to) = (at("from"), at("to"));
    let (mut regions, mut problems) = (std::collections::BTreeMap::new(), Vec::new());
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                problems.push(unreadable(&error, 0));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default().trim();
        let region = match cell(Some(code)).parse::<RegionCode>() {
            Ok(region) if region.level() == RegionLevel::County => region,
            Ok(_) => continue,
            Err(error) => {
                let zh = format!("«{}» 不是六位区划代码", error.0);
                problems.push(Problem::new(line, "code", zh, error.to_string()));
                continue;
            }
        };
        let mut day = |column: &str, text: &str| match text.parse::<Date>() {
            Ok(day) => Some(day),
            Err(_) if text.is_empty() => None,
            Err(_) => {
                problems.push(Problem::new(line, column, "日期写作 2024-01-31", "write a day as 2024-01-31"));
                None
            }
        };
        let (first, last) = (day("from", cell(from)), day("to", cell(to)));
        let text = cell(Some(name));
        if text.is_empty() || text.chars().count() > 100 {
            problems.push(Problem::new(line, "name", "名称须为 1 至 100 个字符", "a name has 1 to 100 characters"));
        }
        if last.is_some() && first >= last {
            problems.push(Problem::new(line, "to", "结束日期须晚于开始日期", "the end must be after the beginning"));
        }
        let row = Region { code: region.clone(), name: text.to_owned(), from: first, to: last };
        if let Some(other) = regions.insert((region, first), row) {
            let zh = format!("代码 {} 重复", other.code);
            problems.push(Problem::new(line, "code", zh, format!("{} stands twice", other.code)));
        }
    }
    if problems.is_empty() { Ok(regions.into_values().collect()) } else { Err(problems) }
}

/// A line that is no CSV.
pub(crate) fn unreadable(error: &csv::Error, line: u64) -> Problem {
    let line = error.position().map_or(line, csv::Position::line);
    Problem::new(line, "", "该行无法读取：须为 UTF-8 编码的 CSV", format!("cannot be read as CSV in UTF-8: {error}"))
}

#[cfg(test)]
#[path = "counties_tests.rs"]
mod tests;
