//! `/governance/yearly`: the yearly report of a unit, to read, to print and as a Word file.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use charts::{Style, Table};
use jiff::civil::Date;
use network::OrganisationId;
use serde::Deserialize;
use services::office_day;
use yearly::{Rooms, Yearly, YearlyError};

use super::units;
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::pages::network::{failed, value};
use crate::problem::Failure;
use crate::words::moment;

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// Years to choose from.
const YEARS: i16 = 6;

/// Whose report of which year.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    unit: String,
    year: String,
}

#[derive(Template)]
#[template(path = "governance/yearly.html")]
struct YearlyPage {
    visit: Visit,
    title: String,
    units: Vec<Choice>,
    years: Vec<Choice>,
    report: Option<ReportView>,
}

/// A report on the page.
struct ReportView {
    made: String,
    as_of: String,
    /// Whether the year is not over.
    unfinished: bool,
    word: String,
    chapters: Vec<ChapterView>,
}

struct ChapterView {
    key: &'static str,
    title: String,
    text: Vec<String>,
    /// Title and drawing.
    drawings: Vec<(String, String)>,
    tables: Vec<Table>,
    source: String,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::ReadGovernance)?;
    let today = office_day((app.clock.now)());
    let nodes = units::under(&app, &visit, Permission::ReadGovernance, today).await?;
    let unit = unit(&asked, &nodes)?;
    let year = year(&asked, today)?;
    let report = match &unit {
        Some(unit) => Some(gathered(&app, &visit, unit, year).await?),
        None => None,
    };
    let title = report.as_ref().map_or_else(|| visit.t("年度报告", "Yearly report").to_owned(), Yearly::title);
    page(&YearlyPage {
        units: units::choices(&nodes, unit.as_ref(), &visit),
        years: years(today, year),
        report: report.map(view),
        title,
        visit,
    })
}

/// `/governance/yearly/report`: the same as a Word file, drawn on a thread that may work for a while.
pub(crate) async fn report(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::ReadGovernance)?;
    let today = office_day((app.clock.now)());
    let nodes = units::under(&app, &visit, Permission::ReadGovernance, today).await?;
    let unit = unit(&asked, &nodes)?.ok_or(Failure::NotFound)?;
    let year = year(&asked, today)?;
    let report = gathered(&app, &visit, &unit, year).await?;
    let (site, base) = (visit.site().to_owned(), app.settings.public_url.clone().unwrap_or_default());
    let made = tokio::task::spawn_blocking(move || yearly::document(&report, &site, &base).docx()).await;
    let bytes = made.map_err(|error| Failure::Broken(error.into()))?.map_err(|error| Failure::Broken(error.into()))?;
    let name = format!("attachment; filename=\"huizhi-{year}-{unit}.docx\"");
    Ok(([(header::CONTENT_TYPE, DOCX.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

/// The unit that was asked for, else the first of one's own.
fn unit(asked: &Parameters, nodes: &[network::Node]) -> Result<Option<OrganisationId>, Failure> {
    let asked: Option<OrganisationId> = value("unit", &asked.unit, "01J…")?;
    Ok(asked.or_else(|| nodes.first().map(|node| node.id.clone())))
}

/// The year that was asked for; else this one, and in its first months the last.
fn year(asked: &Parameters, today: Date) -> Result<i16, Failure> {
    let usual = if today.month() <= 3 { today.year() - 1 } else { today.year() };
    Ok(value("year", &asked.year, "2026")?.unwrap_or(usual))
}

fn years(today: Date, chosen: i16) -> Vec<Choice> {
    let all = (today.year() - YEARS + 1..=today.year()).rev();
    all.map(|year| Choice { value: year.to_string(), name: year.to_string(), chosen: year == chosen }).collect()
}

async fn gathered(app: &App, visit: &Visit, unit: &OrganisationId, year: i16) -> Result<Yearly, Failure> {
    let rooms = Rooms {
        network: &app.network,
        services: &app.services,
        cases: &app.cases,
        ratings: &app.ratings,
        plans: &app.plans,
        indicators: &app.indicators,
    };
    Ok(yearly::gather(rooms, &visit.actor, unit, year, (app.clock.now)(), visit.lang.code()).await?)
}

fn view(report: Yearly) -> ReportView {
    let (unit, year) = (report.unit.to_string(), report.year.to_string());
    let word = Link::to("/governance/yearly/report").with("unit", &unit).with("year", &year);
    let chapters = report.chapters.into_iter().map(|chapter| ChapterView {
        key: chapter.key,
        title: chapter.title,
        text: chapter.text,
        drawings: chapter.figures.iter().map(|figure| (figure.title.clone(), figure.svg(Style::Page))).collect(),
        tables: chapter.tables,
        source: chapter.source,
    });
    ReportView {
        made: moment(report.made_at),
        as_of: report.as_of.to_string(),
        unfinished: (report.as_of.month(), report.as_of.day()) != (12, 31),
        word: word.address(),
        chapters: chapters.collect(),
    }
}

impl From<YearlyError> for Failure {
    fn from(error: YearlyError) -> Self {
        let (zh, en) = (error.text("zh"), error.text("en"));
        match error {
            YearlyError::Denied(denied) => Self::Denied(denied),
            YearlyError::NoUnit(_) | YearlyError::NoYear(_) => Self::Missing(zh, en),
            YearlyError::Network(error) => failed(error),
            YearlyError::Cases(error) => error.into(),
            YearlyError::Ratings(error) => error.into(),
            YearlyError::Services(error) => error.into(),
            YearlyError::Database(error) => error.into(),
            YearlyError::Plans(error) => error.into(),
            YearlyError::Indicators(error) => error.into(),
        }
    }
}
