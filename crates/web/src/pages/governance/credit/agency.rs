//! `/governance/credit/agencies/{id}`: an agency as everyone sees it: level, arithmetic, events, history.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use charts::{Figure, Kind, Period, Point, Series, Style, Table, Trend};
use credit::{AgencyId, Book, Counted, course, score};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Deserialize;

use super::view::{EventView, ScoreView, place};
use super::{named, today};
use crate::App;
use crate::frame::{Visit, page};
use crate::link::list;
use crate::pages::network::{day, words};
use crate::problem::Failure;

/// Months of the history that is shown.
pub(crate) const MONTHS: i64 = 36;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    on: String,
}

#[derive(Template)]
#[template(path = "governance/credit/agency.html")]
struct AgencyPage {
    visit: Visit,
    title: String,
    address: String,
    kind: &'static str,
    place: String,
    on: String,
    other_day: bool,
    score: Option<ScoreView>,
    drawn: (String, Table),
    changes: Vec<(String, i64, &'static str, &'static str)>,
    events: Vec<EventView>,
    facts: Vec<(&'static str, String)>,
    filings: Option<String>,
    closed: Option<String>,
    keeps: bool,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let id: AgencyId = named(&id)?;
    let today = today(&app);
    let on = day(&asked.on)?.unwrap_or(today);
    let agency = app.credit.agency(&id).await?;
    let (book, counted) = (app.credit.book().await?, app.credit.counted_of(&id).await?);
    let events = app.credit.events_of(&visit.actor, &id).await?;
    let lang = visit.lang.code();
    let told = &agency.particulars;
    let keeper = app.network.organisation(&agency.keeper, today).await.map_err(crate::pages::network::failed)?;
    let mut facts = vec![(visit.t("类别", "Kind"), told.kind.label(lang).to_owned())];
    facts.extend(told.code.clone().map(|code| (visit.t("代码", "Code"), code)));
    facts.extend(told.address.clone().map(|address| (visit.t("地址", "Address"), address)));
    let branches: Vec<&str> = told.branches.iter().map(|branch| branch.name.as_str()).collect();
    if !branches.is_empty() {
        facts.push((visit.t("分支机构", "Branches"), branches.join(visit.t("、", ", "))));
    }
    let former: Vec<&str> = told.former_names.iter().map(|former| former.name.as_str()).collect();
    if !former.is_empty() {
        facts.push((visit.t("曾用名", "Former names"), former.join(visit.t("、", ", "))));
    }
    facts.extend(keeper.map(|keeper| (visit.t("信用管理", "Kept by"), keeper.profile.name(lang).to_owned())));
    let from = on.checked_sub(MONTHS.months()).unwrap_or(on);
    let changes = course(&counted, &book, from, on);
    page(&AgencyPage {
        title: agency.name(lang).to_owned(),
        address: format!("/governance/credit/agencies/{id}"),
        kind: told.kind.label(lang),
        place: place(&agency, today, &visit),
        on: on.to_string(),
        other_day: on != today,
        score: score(&counted, &book, on).map(|found| ScoreView::new(&found, &book, &visit)),
        drawn: drawn(&counted, &book, on, &visit),
        changes: changes
            .iter()
            .rev()
            .map(|point| (point.day.to_string(), point.total, point.grade.label(lang), point.grade.slug()))
            .collect(),
        events: events.iter().map(|event| EventView::new(event, None, &book, &visit)).collect(),
        filings: app.credit.query_of(&agency).map(|query| list(&query)),
        closed: told.closed.map(|closed| closed.to_string()),
        keeps: visit.actor.may_at(Permission::KeepCredit, &agency.keeper),
        facts,
        visit,
    })
}

/// The score at the end of each month.
#[expect(clippy::cast_precision_loss, reason = "scores are small")]
fn drawn(counted: &[Counted], book: &Book, on: Date, visit: &Visit) -> (String, Table) {
    let months: Vec<Date> = (0..=MONTHS)
        .rev()
        .filter_map(|back| on.checked_sub(back.months()).ok())
        .map(|day| if day == on { on } else { day.last_of_month() })
        .collect();
    let lang = visit.lang.code();
    let point = |day: &Date| {
        let found = score(counted, book, *day)?;
        let note = Some(format!("{} {}", visit.t("等级", "level"), found.grade.label(lang)));
        Some(Point { value: found.total as f64, href: None, note })
    };
    let period = |day: &Date| Period { label: day.strftime("%Y-%m").to_string(), incomplete: false };
    let trend = Trend {
        period_head: visit.t("月末", "End of month").to_owned(),
        value_head: visit.t("信用分", "Score").to_owned(),
        periods: months.iter().map(period).collect(),
        series: vec![Series {
            name: visit.t("信用分", "Score").to_owned(),
            href: None,
            points: months.iter().map(point).collect(),
        }],
    };
    let title = visit.t("信用分的变化", "The score over time");
    let figure = Figure::new("credit-course", title, words(visit), Kind::Lines(trend))
        .described(visit.t("最近三年每月末的信用分。", "The score at the end of each month of the last three years."))
        .wide(440);
    (figure.svg(Style::Page), figure.table())
}
