//! `/api/v1/network`: the directory, one organisation, coverage, as of any day.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use network::{
    Coverage, DirectoryQuery, History, Kind, Level, MOST_ON_A_PAGE, Node, Organisation, Page, RegionCode, Status,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::{Asked, within};
use super::fresh;
use crate::App;
use crate::pages::network::{failed, moment};
use crate::problem::Failure;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Parameters {
    /// Words, all of which stand in name, address, telephone or credit code.
    q: String,
    /// Region code of GB/T 2260: the region served, or one that holds it; `000000` for those that serve the whole country.
    #[param(value_type = Option<String>, example = "500000")]
    region: Option<RegionCode>,
    /// What they are.
    kind: Option<Kind>,
    /// Where they stand.
    level: Option<Level>,
    /// Whether they work; all but the closed unless asked otherwise.
    status: Option<Status>,
    /// Code of a service they offer.
    service: String,
    /// `true`: open now by their weekly hours (on another day: at this time of that day).
    open: bool,
    /// The day; today in China unless asked otherwise.
    #[param(value_type = Option<String>, example = "2026-07-01")]
    on: Option<Day>,
    /// Mark of the page: `next` of the page before.
    after: String,
    /// Organisations on a page, 1 to 500; 50 unless asked otherwise.
    #[param(value_type = Option<u32>)]
    limit: Option<usize>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct OnADay {
    /// The day; today in China unless asked otherwise.
    #[param(value_type = Option<String>, example = "2026-07-01")]
    on: Option<Day>,
}

/// A day that can be asked for.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Day(Date);

impl Day {
    pub(super) fn date(self) -> Date {
        self.0
    }
}

impl OnADay {
    /// The day that was asked for.
    pub(super) fn date(&self) -> Option<Date> {
        self.on.map(Day::date)
    }
}

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let day = text.parse().ok().filter(|day: &Date| (1900..=9998).contains(&day.year()));
        day.map(Self).ok_or_else(|| format!("«{text}» is no day: expected YYYY-MM-DD"))
    }
}

/// One organisation with what is round it.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrganisationAnswer {
    /// As it is on the day.
    organisation: Organisation,
    /// From the top of the tree down to itself; of its last day when it is closed.
    path: Vec<Node>,
    /// Those directly under it.
    units: Vec<Node>,
    /// All that happened to it.
    history: History,
}

/// The directory.
#[utoipa::path(get, operation_id = "network", path = "/network", tag = "network", params(Parameters), responses(
    (status = 200, description = "A page of organisations, with the number in each province and of each kind.", body = Page),
))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Asked(asked): Asked<Parameters>,
) -> Result<Response, Failure> {
    let moment = moment(&app);
    let as_of = asked.on.map_or(moment.date(), |day| day.0);
    let text = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let query = DirectoryQuery {
        text: text(asked.q),
        region: asked.region,
        kind: asked.kind,
        level: asked.level,
        service: text(asked.service),
        status: asked.status,
        open_at: asked.open.then(|| as_of.to_datetime(moment.time())),
        after: text(asked.after),
        limit: within("limit", asked.limit.unwrap_or(50), 1, MOST_ON_A_PAGE)?,
        ..DirectoryQuery::on(as_of)
    };
    answer(&headers, &app.network.directory(&query).await.map_err(failed)?)
}

/// How well the country is served.
#[utoipa::path(get, operation_id = "networkCoverage", path = "/network/coverage", tag = "network", params(OnADay), responses(
    (status = 200, description = "Provinces and prefectures with a public-service body, numbers by kind and province; each with the query that lists them.", body = Coverage),
))]
pub(crate) async fn coverage(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Asked(asked): Asked<OnADay>,
) -> Result<Response, Failure> {
    let day = asked.on.map_or(moment(&app).date(), |day| day.0);
    answer(&headers, &app.network.coverage(day).await.map_err(failed)?)
}

/// One organisation.
#[utoipa::path(get, operation_id = "organisation", path = "/network/{id}", tag = "network",
    params(("id" = String, Path, description = "Its id.", example = "01JZ8K2V9T3N5Q7R9S1W3X5Y7Z"), OnADay),
    responses(
        (status = 200, description = "The organisation on that day, what stands above and below it, and its history.", body = OrganisationAnswer),
        (status = 404, description = "No organisation has this id, or it was not there on that day."),
    ))]
pub(crate) async fn one(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Asked(asked): Asked<OnADay>,
) -> Result<Response, Failure> {
    let missing = || {
        Failure::Missing(
            format!("服务网络里没有标识为「{id}」的机构"),
            format!("The network has no organisation with the id «{id}»"),
        )
    };
    let id = id.parse().map_err(|_| missing())?;
    let day = asked.on.map(|day| day.0);
    let history = app.network.history(&id).await.map_err(failed)?.ok_or_else(missing)?;
    let (organisation, day) = crate::pages::network::found(&app, &id, &history, day, moment(&app).date()).await?;
    let path = app.network.last_path(&id, day).await.map_err(failed)?;
    let units = app.network.children(Some(&id), day).await.map_err(failed)?;
    answer(&headers, &OrganisationAnswer { organisation, path, units, history })
}

/// JSON with a tag of its content: the network and the services change without the register, whose state is the ordinary tag.
pub(super) fn answer(headers: &HeaderMap, body: &impl Serialize) -> Result<Response, Failure> {
    let json = serde_json::to_vec(body).map_err(|error| Failure::Broken(error.into()))?;
    let tag = fresh::weak(&[&json]);
    if fresh::known(headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    Ok(([(header::ETAG, tag), (header::CONTENT_TYPE, "application/json".to_owned())], json).into_response())
}
