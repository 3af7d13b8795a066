//! Workbooks out: the sheet in which units enter a period, and the table of an indicator.

use std::collections::BTreeMap;
use std::sync::Arc;

use accounts::Permission;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use indicators::{Code, Period, Reader, TableQuery, table_sheet};
use network::OrganisationId;
use serde::Deserialize;

use super::names::Names;
use super::{last_over, named, period, shown, today, unit};
use crate::App;
use crate::frame::Visit;
use crate::problem::Failure;

/// Rows of a table that is downloaded at most.
const MOST: usize = 3_000;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    unit: String,
    period: String,
}

fn workbook(name: &str, bytes: Vec<u8>) -> Response {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let disposition = format!("attachment; filename=\"{name}.xlsx\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response()
}

/// The sheet to be filled in.
pub(crate) async fn entry(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::ReportProgress)?;
    let today = today(&app);
    let unit = unit(&app, &visit, &asked.unit, Permission::ReportProgress).await?;
    visit.actor.require_at(Permission::ReportProgress, &unit)?;
    let period = period(&asked.period)?.unwrap_or_else(|| last_over(indicators::PeriodKind::Quarter, today));
    let mut names = Names::new(&app, &visit);
    names.under(&unit, &visit).await?;
    let lang = visit.lang.code();
    let bytes = app.indicators.entry_sheet(&visit.actor, &unit, period, today, &names.units, lang).await?;
    Ok(workbook(&format!("indicators-{period}"), bytes))
}

/// The table of an indicator: the unit and those below.
pub(crate) async fn table(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let code: Code = named(&code)?;
    let today = today(&app);
    let definition = app.indicators.definition(&visit.actor, &code, today).await?.definition;
    let unit = unit(&app, &visit, &asked.unit, Permission::ReadGovernance).await?;
    let kind = definition.periods.first().copied().unwrap_or(indicators::PeriodKind::Year);
    let period = period(&asked.period)?.unwrap_or_else(|| Period::of(kind, today));
    let mut units: Vec<OrganisationId> = vec![unit.clone()];
    units.extend(app.indicators.below(&code, &unit, period, today).await?.into_iter().take(MOST));
    let mut names = Names::new(&app, &visit);
    names.under(&unit, &visit).await?;
    let named: BTreeMap<OrganisationId, String> = names.units;
    let periods = period.row(shown(period.kind()));
    let query = TableQuery { code: &code, units: &units, periods: &periods, as_of: None, today };
    let table = app.indicators.table(Reader::For(&visit.actor), &query).await?;
    let bytes = table_sheet(&definition, &table, &named, visit.lang.code())?;
    Ok(workbook(&format!("{code}-{period}"), bytes))
}
