//! Holidays and make-up days as CSV, brought in by year.

use std::collections::{BTreeMap, BTreeSet};

use accounts::{Actor, Entry, Permission, record};
use database::Write;
use jiff::Timestamp;
use jiff::civil::Date;
use network::Problem;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::sql::calendar as days;
use crate::standard_file::problem;
use crate::{Calendar, CalendarDay, DayKind, ServicesError, Text, keeper};

/// The headings.
const COLUMNS: [&str; 5] = ["from", "to", "kind", "name_zh", "name_en"];
/// Bytes of a file at most.
const MOST_BYTES: usize = 1 << 20;
/// Days of one row at most.
const MOST_DAYS: usize = 31;

/// How a file of holidays comes in.
#[derive(Clone, Debug)]
pub struct CalendarImport<'a> {
    /// The notice that it is taken from, as shown to people.
    pub source: &'a str,
    /// The revisions of the years as they were seen ([`crate::CalendarYear::revision`]); 0 for a year that is not there.
    pub seen: &'a BTreeMap<i16, i64>,
    /// Reads and checks all and stores nothing.
    pub dry_run: bool,
}

/// What an import of holidays did, or would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportedCalendar {
    /// Whether it was stored: not on a dry run, and not when there is any problem.
    pub stored: bool,
    /// The years of the file.
    pub years: Vec<i16>,
    /// Special days in it.
    pub days: usize,
    /// All that is wrong, by line.
    pub problems: Vec<Problem>,
}

/// Puts the holidays and make-up days of a file in the place of those of its years. CSV with the headings `from`, `to` (the last
/// day, empty = `from`), `kind` (`holiday`, `working-day`), `name_zh`, `name_en`. All of it or nothing. Deadlines that
/// stand already do not move.
pub async fn import_calendar(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    csv: &[u8],
    import: &CalendarImport<'_>,
) -> Result<ImportedCalendar, ServicesError> {
    actor.require(Permission::PublishItems)?;
    keeper::require(actor, Permission::PublishItems, days::keeper(write).await?.as_ref())?;
    let (found, mut problems) = match read(csv) {
        Ok(found) => (found, Vec::new()),
        Err(problems) => (Vec::new(), problems),
    };
    if !(1..=200).contains(&import.source.trim().chars().count()) {
        problems.push(problem(
            0,
            "source",
            "请注明来源文件，1 至 200 个字符",
            "name the notice, in 1 to 200 characters",
        ));
    }
    let mut by_year: BTreeMap<i16, Vec<CalendarDay>> = BTreeMap::new();
    for day in found {
        by_year.entry(day.day.year()).or_default().push(day);
    }
    let years: Vec<i16> = by_year.keys().copied().collect();
    let count = by_year.values().map(Vec::len).sum();
    let stored = problems.is_empty() && !import.dry_run;
    if stored {
        for year in &years {
            let seen = import.seen.get(year).copied().unwrap_or(0);
            if let Err(revision) = days::advance(write, (*year, seen), (import.source.trim(), now)).await? {
                return Err(ServicesError::StaleYear { year: *year, revision });
            }
        }
        days::replace(write, by_year).await?;
        let detail = json!({ "years": years, "days": count, "source": import.source.trim() });
        let (action, kind) = ("services.calendar", "calendar");
        let entry = Entry { action, kind, object: "cn", organisation: None, reason: None, detail };
        record(write, now, actor, &entry).await?;
    }
    Ok(ImportedCalendar { stored, years, days: count, problems })
}

/// Writes the special days of years as the CSV that [`import_calendar`] takes.
pub fn export_calendar(calendar: &Calendar, years: &[i16]) -> Result<Vec<u8>, ServicesError> {
    let failed =
        |error: &dyn std::fmt::Display| ServicesError::Unreadable { of: "CSV".to_owned(), reason: error.to_string() };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(|error| failed(&error))?;
    for year in years {
        for day in calendar.days(*year) {
            let cells = [&day.day.to_string(), "", day.kind.code(), &day.name.zh, &day.name.en];
            writer.write_record(cells).map_err(|error| failed(&error))?;
        }
    }
    writer.into_inner().map_err(|error| failed(&error))
}

/// Reads a file; all that is wrong with it.
pub(crate) fn read(csv: &[u8]) -> Result<Vec<CalendarDay>, Vec<Problem>> {
    if csv.len() > MOST_BYTES {
        return Err(vec![problem(0, "", "文件超过 1 MB", "the file is larger than 1 MB")]);
    }
    let csv = csv.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(csv);
    let mut reader = csv::ReaderBuilder::new().from_reader(csv);
    let unreadable = |error: &csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        problem(line, "", "该行无法读取，请检查编码、引号和列数", format!("the row cannot be read: {error}"))
    };
    let headings = reader.headers().map_err(|error| vec![unreadable(&error)])?.clone();
    if headings.iter().map(str::trim).ne(COLUMNS) {
        let en = format!("the first line must be {}", COLUMNS.join(","));
        return Err(vec![problem(1, "", format!("第一行须为 {}", COLUMNS.join(",")), en)]);
    }
    let (mut days, mut problems, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for record in reader.records() {
        match record {
            Err(error) => problems.push(unreadable(&error)),
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                match row(line, &record) {
                    Err(mut wrong) => problems.append(&mut wrong),
                    Ok(row) => {
                        if row.iter().any(|day| !seen.insert(day.day)) {
                            problems.push(problem(
                                line,
                                "from",
                                "日期与前面的行重复",
                                "a day stands in an earlier row already",
                            ));
                        }
                        days.extend(row);
                    }
                }
            }
        }
    }
    if days.is_empty() && problems.is_empty() {
        problems.push(problem(1, "", "文件中没有日期", "there are no days in the file"));
    }
    if problems.is_empty() { Ok(days) } else { Err(problems) }
}

fn row(line: u64, record: &csv::StringRecord) -> Result<Vec<CalendarDay>, Vec<Problem>> {
    let cell = |at: usize| record.get(at).unwrap_or_default().trim();
    let mut problems = Vec::new();
    let mut day = |at: usize| {
        let day = cell(at).parse::<Date>().ok().filter(|day| (1949..=2199).contains(&day.year()));
        if day.is_none() {
            problems.push(problem(line, COLUMNS[at], "须为日期，如 2026-10-01", "takes a day such as 2026-10-01"));
        }
        day
    };
    let from = day(0);
    let to = if cell(1).is_empty() { from } else { day(1) };
    let kind = cell(2)
        .parse::<DayKind>()
        .map_err(|error| problem(line, "kind", "须为 holiday(放假)或 working-day(调休上班)", error.to_string()));
    for at in [3, 4] {
        if !(1..=60).contains(&cell(at).chars().count()) {
            problems.push(problem(
                line,
                COLUMNS[at],
                "节日名称为 1 至 60 个字符",
                "names of festivals take 1 to 60 characters",
            ));
        }
    }
    let span: Vec<Date> = match (from, to) {
        (Some(from), Some(to)) => std::iter::successors(Some(from), |day| day.tomorrow().ok())
            .take_while(|day| *day <= to)
            .take(MOST_DAYS + 1)
            .collect(),
        _ => Vec::new(),
    };
    if from.is_some() && to.is_some() && !(1..=MOST_DAYS).contains(&span.len()) {
        problems.push(problem(line, "to", "一行为 1 至 31 天", "a row is of 1 to 31 days"));
    }
    let name = Text::new(cell(3), cell(4));
    let kind = match kind {
        Ok(kind) if problems.is_empty() => kind,
        Ok(_) => return Err(problems),
        Err(problem) => {
            problems.push(problem);
            return Err(problems);
        }
    };
    let weekday = |day: &Date| day.weekday().to_monday_zero_offset() < 5;
    if kind == DayKind::WorkingDay && span.iter().any(weekday) {
        return Err(vec![problem(line, "from", "调休上班日须为周六或周日", "a make-up day is a Saturday or Sunday")]);
    }
    Ok(span.into_iter().map(|day| CalendarDay { day, kind, name: name.clone() }).collect())
}

#[cfg(test)]
#[path = "calendar_file_tests.rs"]
mod tests;
