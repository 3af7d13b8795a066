//! `/api/v1/indicators`: what is measured and public, and the settled numbers of a unit with the reason where there is none.

use std::sync::Arc;

use accounts::Actor;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use indicators::{Code, Definition, Group, Period, PeriodKind, Reader, Reading, TableQuery, Trajectory};
use network::OrganisationId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::{Asked, within};
use super::network::answer;
use crate::App;
use crate::pages::network::failed;
use crate::pages::today;
use crate::problem::Failure;

/// Periods of an answer at most.
const MOST_PERIODS: usize = 120;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Listing {
    /// Under which heading they stand.
    group: Option<Group>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Parameters {
    /// Of which organisation; the top of the tree unless asked otherwise.
    #[param(value_type = Option<String>)]
    unit: Option<OrganisationId>,
    /// In periods of this kind; the first for which it is kept unless asked otherwise.
    period: Option<PeriodKind>,
    /// How many periods, 1 to 120, the last of them this one; 12 unless asked otherwise.
    #[param(value_type = Option<u32>)]
    last: Option<usize>,
}

/// What is measured.
#[derive(Serialize, ToSchema)]
pub(crate) struct IndicatorsAnswer {
    /// How many there are.
    total: usize,
    /// Public definitions in force today, by code.
    indicators: Vec<Definition>,
}

/// The numbers of a unit.
#[derive(Serialize, ToSchema)]
pub(crate) struct IndicatorAnswer {
    /// What is measured, and how.
    definition: Definition,
    /// Of which organisation.
    unit: OrganisationId,
    /// Baseline and target of the unit, where it has a target of its own.
    trajectory: Option<Trajectory>,
    /// Oldest first.
    readings: Vec<PeriodReading>,
}

/// What an indicator says in a period: settled values alone, and never zero for what is missing.
#[derive(Serialize, ToSchema)]
pub(crate) struct PeriodReading {
    /// `2026`, `2026-H1`, `2026-Q3`, `2026-09`.
    period: Period,
    /// A number, or why there is none.
    reading: Reading,
    /// Where the way to the unit's target is at the end of the period.
    expected: Option<f64>,
}

/// Public indicators.
#[utoipa::path(get, operation_id = "indicators", path = "/indicators", tag = "indicators", params(Listing), responses(
    (status = 200, description = "Definitions of the public indicators that are in force today.", body = IndicatorsAnswer),
))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Asked(asked): Asked<Listing>,
) -> Result<Response, Failure> {
    let mut indicators = app.indicators.list(&Actor::visitor(), today(&app)).await?;
    indicators.retain(|definition| asked.group.is_none_or(|group| definition.group == group));
    answer(&headers, &IndicatorsAnswer { total: indicators.len(), indicators })
}

/// One public indicator of a unit.
#[utoipa::path(get, operation_id = "indicator", path = "/indicators/{code}", tag = "indicators",
    params(("code" = String, Path, description = "Its code, such as `R-INV-10Y`."), Parameters), responses(
    (status = 200, description = "Definition and settled numbers of a unit in the last periods.", body = IndicatorAnswer),
    (status = 404, description = "No such public indicator, or no unit.", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn one(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(code): Path<String>,
    Asked(asked): Asked<Parameters>,
) -> Result<Response, Failure> {
    let visitor = Actor::visitor();
    let day = today(&app);
    let code: Code = code.parse().map_err(|_| Failure::NotFound)?;
    let known = app.indicators.list(&visitor, day).await?;
    let definition = known.into_iter().find(|definition| definition.code == code).ok_or(Failure::NotFound)?;
    let unit = if let Some(unit) = asked.unit {
        unit
    } else {
        let tops = app.network.children(None, day).await.map_err(failed)?;
        tops.into_iter().next().map(|node| node.id).ok_or(Failure::NotFound)?
    };
    let kind = asked.period.or_else(|| definition.periods.first().copied()).unwrap_or(PeriodKind::Year);
    let count = within("last", asked.last.unwrap_or(12), 1, MOST_PERIODS)?;
    let periods = Period::of(kind, day).row(count);
    let units = [unit.clone()];
    let query = TableQuery { code: &code, units: &units, periods: &periods, as_of: None, today: day };
    let table = app.indicators.table(Reader::For(&visitor), &query).await?;
    let targets = app.indicators.targets(&code).await?;
    let own = targets.iter().find(|target| target.unit == unit).and_then(indicators::Target::trajectory);
    let reading = |(period, reading): (Period, Reading)| PeriodReading {
        period,
        reading,
        expected: own.and_then(|way| way.at(period)),
    };
    let readings = periods.into_iter().zip(table.readings).map(reading).collect();
    answer(&headers, &IndicatorAnswer { definition, unit, trajectory: own, readings })
}
