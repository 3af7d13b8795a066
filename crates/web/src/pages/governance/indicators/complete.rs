//! `/governance/indicators/completeness`: who has reported what for a period, and who has not.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use indicators::{ClosingState, IndicatorsError, Period, PeriodKind, Progress};
use network::{Fault, OrganisationId};
use serde::Deserialize;

use super::names::Names;
use super::{START, last_over, named, period, tabs, today, unit};
use crate::App;
use crate::form::{Choice, FaultLine};
use crate::frame::{Visit, page};
use crate::pages::governance::units;
use crate::problem::Failure;
use crate::sent::Sent;

/// Codes named of those that are not written.
const MOST_CODES: usize = 8;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    unit: String,
    period: String,
    kind: String,
    show: String,
}

#[derive(Template)]
#[template(path = "governance/indicators/completeness.html")]
struct CompletePage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    unit: String,
    unit_name: String,
    units: Vec<Choice>,
    period: String,
    period_name: String,
    periods: Vec<Choice>,
    kinds: Vec<(&'static str, String, bool)>,
    shows: Vec<(&'static str, String, bool)>,
    rows: Vec<Row>,
    all: usize,
    complete: usize,
    closed: usize,
    share: String,
    faults: Vec<FaultLine>,
    accepts: bool,
}

/// A unit.
struct Row {
    id: String,
    name: String,
    address: String,
    due: u32,
    accepted: u32,
    submitted: u32,
    returned: u32,
    drafts: u32,
    none: usize,
    codes: String,
    state: &'static str,
    class: &'static str,
    reason: String,
    open: bool,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::ReadGovernance)?;
    let unit = unit(&app, &visit, &asked.unit, Permission::ReadGovernance).await?;
    let kind: Option<PeriodKind> = crate::pages::network::value("kind", &asked.kind, "year, quarter, month")?;
    let period = period(&asked.period)?;
    let period = period.unwrap_or_else(|| last_over(kind.unwrap_or(PeriodKind::Quarter), today(&app)));
    whole(&visit, &app, (&unit, period), &asked.show, &[]).await
}

/// Declares a unit's period missing or opens it again.
pub(crate) async fn send(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    let (unit, of): (OrganisationId, OrganisationId) = (named(sent.get("unit"))?, named(sent.get("of"))?);
    let period = period(sent.get("period"))?.ok_or(Failure::NotFound)?;
    let (now, why) = ((app.clock.now)(), sent.get("reason"));
    let done = match sent.get("act") {
        "reopen" => app.indicators.reopen_period(now, &visit.actor, &of, period, why).await,
        _ => app.indicators.declare_missing(now, &visit.actor, &of, period, why).await,
    };
    match done {
        Ok(_) => {
            let to = format!("{START}/completeness?unit={unit}&period={period}#u-{of}");
            Ok(Redirect::to(&to).into_response())
        }
        Err(IndicatorsError::Invalid(faults)) => whole(&visit, &app, (&unit, period), "", &faults).await,
        Err(error) => Err(error.into()),
    }
}

async fn whole(
    visit: &Visit,
    app: &App,
    (unit, period): (&OrganisationId, Period),
    show: &str,
    faults: &[Fault],
) -> Result<Response, Failure> {
    let today = today(app);
    let all = app.indicators.completeness(&visit.actor, unit, period, today).await?;
    let mut names = Names::new(app, visit);
    names.under(unit, visit).await?;
    let complete = all.iter().filter(|progress| progress.is_complete()).count();
    let closed = all.iter().filter(|progress| progress.state == ClosingState::Closed).count();
    let lacking = show == "lacking";
    let mut rows = Vec::new();
    for progress in all.iter().filter(|progress| !lacking || !progress.is_complete()) {
        rows.push(row(progress, names.unit(&progress.unit).await?, period, visit));
    }
    let seen = units::under(app, visit, Permission::ReadGovernance, today).await?;
    let link = |pair: &str| format!("{START}/completeness?unit={unit}&{pair}");
    let kinds = PeriodKind::ALL
        .iter()
        .map(|kind| (kind.label(visit.lang.code()), link(&format!("kind={}", kind.code())), *kind == period.kind()));
    let choice =
        |one: &Period| Choice { value: one.to_string(), name: one.label(visit.lang.code()), chosen: *one == period };
    let mut periods = Period::of(period.kind(), today).row(super::shown(period.kind()));
    if !periods.contains(&period) {
        periods.insert(0, period);
    }
    let html = page(&CompletePage {
        visit,
        title: visit.t("报送进度", "Completeness").to_owned(),
        tabs: tabs(visit),
        unit_name: names.unit(unit).await?,
        units: units::choices(&seen, Some(unit), visit),
        period_name: period.label(visit.lang.code()),
        periods: periods.iter().rev().map(choice).collect(),
        kinds: kinds.collect(),
        shows: vec![
            (visit.t("全部", "All"), link(&format!("period={period}")), !lacking),
            (visit.t("未报齐", "Not complete"), link(&format!("period={period}&show=lacking")), lacking),
        ],
        all: all.len(),
        complete,
        closed,
        share: if all.is_empty() {
            String::new()
        } else {
            format!("{:.0}%", complete as f64 * 100.0 / all.len() as f64)
        },
        faults: faults
            .iter()
            .map(|fault| FaultLine { field: None, text: fault.text(visit.lang.code()).to_owned() })
            .collect(),
        accepts: visit.actor.may(Permission::AcceptReports),
        rows,
        unit: unit.to_string(),
        period: period.to_string(),
    })?;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html).into_response())
}

fn row(progress: &Progress, name: String, period: Period, visit: &Visit) -> Row {
    let codes: Vec<&str> = progress.none.iter().take(MOST_CODES).map(indicators::Code::as_str).collect();
    let more = if progress.none.len() > MOST_CODES { " …" } else { "" };
    let (state, class) = match (progress.state, progress.is_complete()) {
        (ClosingState::Open, true) => (visit.t("已报齐", "complete"), "value-submitted"),
        (ClosingState::Open, false) if progress.accepted + progress.submitted == 0 => {
            (visit.t("未报", "nothing yet"), "value-none")
        }
        (ClosingState::Open, false) => (visit.t("未报齐", "not complete"), "value-draft"),
        (ClosingState::Closed, _) => (visit.t("已结账", "closed"), "value-settled"),
        (ClosingState::Missing, _) => (visit.t("已说明缺报", "declared missing"), "value-returned"),
    };
    Row {
        address: format!("{START}/mine?unit={}&period={period}", progress.unit),
        id: progress.unit.to_string(),
        name,
        due: progress.due,
        accepted: progress.accepted,
        submitted: progress.submitted,
        returned: progress.returned,
        drafts: progress.drafts,
        none: progress.none.len(),
        codes: format!("{}{more}", codes.join(" ")),
        state,
        class,
        reason: progress.reason.clone(),
        open: progress.state == ClosingState::Open,
    }
}
