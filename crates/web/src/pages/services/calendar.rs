//! `/services/calendar`: the working days of a year, and holidays from a file.

use std::collections::BTreeMap;
use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Multipart, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Deserialize;
use services::{Calendar, CalendarImport, CalendarYear, DayKind, ImportedCalendar, ServicesError};

use super::today;
use super::upload::Upload;
use crate::App;
use crate::frame::{Visit, page};
use crate::problem::Failure;

/// Largest file of holidays, in bytes, with what stands round it in the form.
pub(crate) const LARGEST: usize = 2 << 20;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    year: String,
}

#[derive(Template)]
#[template(path = "services/calendar.html")]
struct CalendarPage {
    visit: Visit,
    title: String,
    /// Year, address where it may be opened, whether it is this one.
    years: Vec<(i16, String, bool)>,
    /// Working days of the year.
    working: usize,
    /// Where the holidays come from; none when they are not known.
    source: Option<String>,
    weekdays: [&'static str; 7],
    months: Vec<MonthView>,
    festivals: Vec<Festival>,
    loads: bool,
}

struct MonthView {
    name: String,
    /// Weeks from Monday to Sunday; days of other months are absent.
    weeks: Vec<Vec<Option<DayView>>>,
    working: usize,
}

struct DayView {
    day: i8,
    class: &'static str,
    /// What is to know about it, for all who cannot see the colour.
    said: Option<String>,
    /// A sign beside the number.
    sign: &'static str,
}

/// Days of one name.
struct Festival {
    name: String,
    kind: &'static str,
    holiday: bool,
    days: String,
    number: usize,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let today = today(&app);
    let year = match parameters.year.trim() {
        "" => today.year(),
        text => {
            let year = text.parse().ok().filter(|year| (1949..=2199).contains(year));
            year.ok_or_else(|| Failure::parameter("year", text, "1949…2199"))?
        }
    };
    let calendar = app.services.calendar().await?;
    let known = app.services.calendar_years().await?;
    let mut years: Vec<i16> = known.iter().map(|known| known.year).chain([year, today.year()]).collect();
    years.sort_unstable();
    years.dedup();
    let months: Vec<MonthView> =
        (1..=12).map(|month| MonthView::new(&calendar, (year, month), today, &visit)).collect();
    page(&CalendarPage {
        title: match visit.lang.code() {
            "zh" => format!("{year} 年工作日历"),
            _ => format!("Working days of {year}"),
        },
        years: years.into_iter().map(|one| (one, format!("/services/calendar?year={one}"), one == year)).collect(),
        working: months.iter().map(|month| month.working).sum(),
        source: known.iter().find(|known| known.year == year).map(|known| known.source.clone()),
        weekdays: match visit.lang.code() {
            "zh" => ["一", "二", "三", "四", "五", "六", "日"],
            _ => ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
        },
        festivals: festivals(&calendar, year, &visit),
        loads: visit.actor.may(Permission::PublishItems),
        months,
        visit,
    })
}

impl MonthView {
    fn new(calendar: &Calendar, (year, month): (i16, i8), today: Date, visit: &Visit) -> Self {
        let mut weeks: Vec<Vec<Option<DayView>>> = Vec::new();
        let mut working = 0;
        let first = Date::new(year, month, 1).unwrap_or(today);
        for day in 1..=first.days_in_month() {
            let date = Date::new(year, month, day).unwrap_or(today);
            let column = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
            if weeks.is_empty() || column == 0 {
                weeks.push((0..7).map(|_| None).collect());
            }
            working += usize::from(calendar.is_working(date));
            if let Some(cell) = weeks.last_mut().and_then(|week| week.get_mut(column)) {
                *cell = Some(DayView::new(calendar, date, today, visit));
            }
        }
        let name = match visit.lang.code() {
            "zh" => format!("{month} 月"),
            _ => MONTHS[usize::from(month.unsigned_abs() - 1) % 12].to_owned(),
        };
        Self { name, weeks, working }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl DayView {
    fn new(calendar: &Calendar, date: Date, today: Date, visit: &Visit) -> Self {
        let lang = visit.lang.code();
        let (class, sign, said) = match calendar.special(date) {
            Some(day) => {
                let said = format!("{} · {}", day.kind.label(lang), day.name.text(lang));
                match day.kind {
                    DayKind::Holiday => ("holiday", visit.lang.t("休", "h"), Some(said)),
                    DayKind::WorkingDay => ("make-up", visit.lang.t("班", "w"), Some(said)),
                }
            }
            None if calendar.is_working(date) => ("", "", None),
            None => ("weekend", "", None),
        };
        let said = if date == today {
            let today = visit.t("今天", "today").to_owned();
            Some(said.map_or(today.clone(), |said| format!("{today} · {said}")))
        } else {
            said
        };
        let class = match (class, date == today) {
            (class, false) => class,
            ("", true) => "today",
            ("holiday", true) => "holiday today",
            ("make-up", true) => "make-up today",
            (_, true) => "weekend today",
        };
        Self { day: date.day(), class, said, sign }
    }
}

/// The special days of a year by name and kind, in the order of their first day.
fn festivals(calendar: &Calendar, year: i16, visit: &Visit) -> Vec<Festival> {
    let lang = visit.lang.code();
    let mut all: Vec<(String, DayKind, Vec<Date>)> = Vec::new();
    for day in calendar.days(year) {
        let name = day.name.text(lang);
        match all.iter_mut().find(|(known, kind, _)| known == name && *kind == day.kind) {
            Some((.., days)) => days.push(day.day),
            None => all.push((name.to_owned(), day.kind, vec![day.day])),
        }
    }
    let festival = |(name, kind, days): (String, DayKind, Vec<Date>)| Festival {
        name,
        kind: kind.label(lang),
        holiday: kind == DayKind::Holiday,
        number: days.len(),
        days: spans(&days),
    };
    all.into_iter().map(festival).collect()
}

/// Days as spans: `01-01 – 01-03, 01-10`.
fn spans(days: &[Date]) -> String {
    let short = |day: &Date| format!("{:02}-{:02}", day.month(), day.day());
    let mut spans: Vec<(Date, Date)> = Vec::new();
    for day in days {
        match spans.last_mut() {
            Some((_, last)) if last.tomorrow().is_ok_and(|next| next == *day) => *last = *day,
            _ => spans.push((*day, *day)),
        }
    }
    let said =
        |(from, to): &(Date, Date)| if from == to { short(from) } else { format!("{} – {}", short(from), short(to)) };
    spans.iter().map(said).collect::<Vec<_>>().join(", ")
}

#[derive(Template)]
#[template(path = "services/calendar_import.html")]
struct ImportPage<'a> {
    visit: &'a Visit,
    title: String,
    source: String,
    /// Name of the hidden field and revision of every year that is known.
    seen: Vec<(String, i64)>,
    wrong: Option<String>,
    stale: Option<String>,
    outcome: Option<OutcomeView>,
}

struct OutcomeView {
    stored: bool,
    years: Vec<(i16, String)>,
    days: usize,
    problems: Vec<(u64, String, String)>,
}

pub(crate) async fn ask(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    visit.actor.require(Permission::PublishItems)?;
    let years = app.services.calendar_years().await?;
    answer(&visit, &Upload::default(), &years, Told::default())
}

/// What the page says besides the form.
#[derive(Default)]
struct Told {
    wrong: Option<String>,
    stale: Option<String>,
    outcome: Option<OutcomeView>,
}

pub(crate) async fn bring(visit: Visit, State(app): State<Arc<App>>, form: Multipart) -> Result<Response, Failure> {
    visit.actor.require(Permission::PublishItems)?;
    let years = app.services.calendar_years().await?;
    let wrong = |text: &str| Told { wrong: Some(text.to_owned()), ..Told::default() };
    let sent = match Upload::read(form).await {
        Ok(sent) => sent,
        Err(status) => {
            let told = wrong(visit.t(
                "没有收到完整的文件（最大 1 MB），请重试。",
                "The file did not arrive whole (1 MB at most); send it again.",
            ));
            return Ok((status, answer(&visit, &Upload::default(), &years, told)?).into_response());
        }
    };
    if sent.file.is_empty() {
        let told = wrong(visit.t("请选择一个文件。", "Choose a file."));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer(&visit, &sent, &years, told)?).into_response());
    }
    let revision = |(name, text): (&str, &str)| Some((name.strip_prefix("seen-")?.parse().ok()?, text.parse().ok()?));
    let seen: BTreeMap<i16, i64> = sent.texts().filter_map(revision).collect();
    let import = CalendarImport { source: sent.get("source"), seen: &seen, dry_run: sent.get("store") != "1" };
    let mut write = app.services.database().write().await?;
    match services::import_calendar(&mut write, (app.clock.now)(), &visit.actor, &sent.file, &import).await {
        Ok(imported) => {
            if imported.stored {
                write.commit().await?;
            } else {
                drop(write);
            }
            let status = if imported.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            let years = app.services.calendar_years().await?;
            let told = Told { outcome: Some(OutcomeView::new(&imported, &visit)), ..Told::default() };
            Ok((status, answer(&visit, &sent, &years, told)?).into_response())
        }
        Err(error @ ServicesError::StaleYear { .. }) => {
            drop(write);
            let years = app.services.calendar_years().await?;
            let told = Told { stale: Some(error.text(visit.lang.code())), ..Told::default() };
            Ok((StatusCode::CONFLICT, answer(&visit, &sent, &years, told)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn answer(visit: &Visit, sent: &Upload, years: &[CalendarYear], told: Told) -> Result<Response, Failure> {
    page(&ImportPage {
        visit,
        title: visit.t("导入工作日历", "Import working days").to_owned(),
        source: sent.get("source").to_owned(),
        seen: years.iter().map(|year| (format!("seen-{}", year.year), year.revision)).collect(),
        wrong: told.wrong,
        stale: told.stale,
        outcome: told.outcome,
    })
}

impl OutcomeView {
    fn new(imported: &ImportedCalendar, visit: &Visit) -> Self {
        let year = |year: &i16| (*year, format!("/services/calendar?year={year}"));
        Self {
            stored: imported.stored,
            years: imported.years.iter().map(year).collect(),
            days: imported.days,
            problems: imported
                .problems
                .iter()
                .map(|one| (one.line, one.column.clone(), one.text(visit.lang.code()).to_owned()))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    #[test]
    fn days_in_a_row_are_one_span() {
        let days = [date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3), date(2026, 2, 14)];
        assert_eq!(super::spans(&days), "01-01 – 01-03, 02-14");
    }
}
