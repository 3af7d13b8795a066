//! `/api/v1/services`: service items on any day, one with all that its guide tells; `/api/v1/calendar`: working days.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use services::{
    CalendarDay, CalendarYear, Group, ItemCode, ItemQuery, Limit, ServiceObject, ServicesError, Text, Theme, Version,
    VersionState,
};
use utoipa::{IntoParams, ToSchema};

use super::asked::Asked;
use super::network::{Day, OnADay, answer};
use crate::App;
use crate::pages::today;
use crate::problem::Failure;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Parameters {
    /// Words, all of which stand in code, title or summary.
    q: String,
    /// The list of the catalogue.
    group: Option<Group>,
    /// What they are about.
    theme: Option<Theme>,
    /// Whom they are for.
    object: Option<ServiceObject>,
    /// The day; today in China unless asked otherwise.
    #[param(value_type = Option<String>, example = "2026-07-01")]
    on: Option<Day>,
}

/// Service items in force on a day.
#[derive(Serialize, ToSchema)]
pub(crate) struct ServicesAnswer {
    /// The day.
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// How many there are.
    total: usize,
    /// By list and code.
    items: Vec<ItemBrief>,
    /// Numbers of each list, with the other conditions as they are.
    groups: Vec<GroupNumber>,
    /// Numbers of each theme.
    themes: Vec<ThemeNumber>,
    /// Numbers for each kind of client.
    objects: Vec<ObjectNumber>,
}

/// A service item at a glance.
#[derive(Serialize, ToSchema)]
pub(crate) struct ItemBrief {
    /// Its code.
    code: ItemCode,
    /// Number of the version.
    number: i64,
    /// The list.
    group: Group,
    /// What it is about.
    theme: Theme,
    /// Whom it is for.
    objects: Vec<ServiceObject>,
    /// Its title.
    title: Text,
    /// What it does.
    summary: Text,
    /// By law within.
    statutory_limit: Option<Limit>,
    /// Promised within.
    promised_limit: Option<Limit>,
    /// Nothing is paid.
    free: bool,
    /// The whole of it can be done on the web.
    online: bool,
}

/// How many items a list has.
#[derive(Serialize, ToSchema)]
pub(crate) struct GroupNumber {
    /// The list.
    group: Group,
    /// Items.
    count: usize,
}

/// How many items a theme has.
#[derive(Serialize, ToSchema)]
pub(crate) struct ThemeNumber {
    /// The theme.
    theme: Theme,
    /// Items.
    count: usize,
}

/// How many items are for a kind of client.
#[derive(Serialize, ToSchema)]
pub(crate) struct ObjectNumber {
    /// The kind of client.
    object: ServiceObject,
    /// Items.
    count: usize,
}

/// One service item.
#[derive(Serialize, ToSchema)]
pub(crate) struct ServiceAnswer {
    /// The version in force on the day, with its guide and its form.
    #[serde(flatten)]
    version: Version,
    /// All public versions.
    versions: Vec<VersionSpan>,
}

/// When a version is in force.
#[derive(Serialize, ToSchema)]
pub(crate) struct VersionSpan {
    /// Its number.
    number: i64,
    /// Where it stands.
    state: VersionState,
    /// First day.
    #[schema(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// First day on which it is no longer in force.
    #[schema(value_type = Option<String>, format = Date)]
    to: Option<Date>,
}

impl ItemBrief {
    fn new(version: Version) -> Self {
        let item = version.item;
        Self {
            code: version.code,
            number: version.number,
            group: item.group,
            theme: item.theme,
            objects: item.objects,
            title: item.title,
            summary: item.summary,
            statutory_limit: item.statutory_limit,
            promised_limit: item.promised_limit,
            free: item.fees.is_empty(),
            online: item.online,
        }
    }
}

/// Service items.
#[utoipa::path(get, operation_id = "services", path = "/services", tag = "services", params(Parameters), responses(
    (status = 200, description = "The items in force on the day, with the numbers behind each condition.", body = ServicesAnswer),
))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Asked(asked): Asked<Parameters>,
) -> Result<Response, Failure> {
    let on = asked.on.map_or(today(&app), Day::date);
    let text = Some(asked.q.trim().to_owned()).filter(|text| !text.is_empty());
    let query = ItemQuery { text, group: asked.group, theme: asked.theme, object: asked.object };
    let found = app.services.list(on, &query).await?;
    let body = ServicesAnswer {
        on,
        total: found.items.len(),
        items: found.items.into_iter().map(ItemBrief::new).collect(),
        groups: found.groups.into_iter().map(|(group, count)| GroupNumber { group, count }).collect(),
        themes: found.themes.into_iter().map(|(theme, count)| ThemeNumber { theme, count }).collect(),
        objects: found.objects.into_iter().map(|(object, count)| ObjectNumber { object, count }).collect(),
    };
    answer(&headers, &body)
}

/// One service item.
#[utoipa::path(get, operation_id = "service", path = "/services/{code}", tag = "services",
    params(("code" = String, Path, description = "Its code.", example = "B02"), OnADay),
    responses(
        (status = 200, description = "The version in force on the day: guide, form, validity, and the other versions.", body = ServiceAnswer),
        (status = 404, description = "No item has this code, or it was not in force on that day."),
    ))]
pub(crate) async fn one(
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    headers: HeaderMap,
    Asked(asked): Asked<OnADay>,
) -> Result<Response, Failure> {
    let code: ItemCode = code.parse().map_err(|_| Failure::NotFound)?;
    let on = asked.date().unwrap_or(today(&app));
    let version = app.services.version_on(&code, on).await?.ok_or(ServicesError::NoItem(code.clone()))?;
    let all = app.services.versions(&accounts::Actor::visitor(), &code).await?;
    let span = |one: Version| VersionSpan { number: one.number, state: one.state, from: one.from, to: one.to };
    answer(&headers, &ServiceAnswer { version, versions: all.into_iter().map(span).collect() })
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct OfAYear {
    /// The year, 1949 to 2199; this one unless asked otherwise.
    year: Option<i16>,
}

/// The working days of a year.
#[derive(Serialize, ToSchema)]
pub(crate) struct CalendarAnswer {
    /// Which year.
    year: i16,
    /// Whether its holidays are known; where not, weekends alone are left out.
    known: bool,
    /// Where they are taken from.
    source: Option<CalendarYear>,
    /// Working days in it.
    working_days: usize,
    /// Holidays and make-up working days; every other day is what its weekday says.
    days: Vec<CalendarDay>,
}

/// Working days.
#[utoipa::path(get, operation_id = "calendar", path = "/calendar", tag = "services", params(OfAYear), responses(
    (status = 200, description = "Holidays, make-up days and the number of working days of a year.", body = CalendarAnswer),
))]
pub(crate) async fn calendar(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Asked(asked): Asked<OfAYear>,
) -> Result<Response, Failure> {
    let year = asked.year.unwrap_or(today(&app).year());
    if !(1949..=2199).contains(&year) {
        return Err(Failure::parameter("year", &year.to_string(), "1949…2199"));
    }
    let calendar = app.services.calendar().await?;
    let source = app.services.calendar_years().await?.into_iter().find(|known| known.year == year);
    let first = Date::new(year, 1, 1).map_err(|error| Failure::Broken(error.into()))?;
    let working = first.series(jiff::ToSpan::days(1)).take_while(|day| day.year() == year);
    let working_days = working.filter(|day| calendar.is_working(*day)).count();
    let days = calendar.days(year).cloned().collect();
    answer(&headers, &CalendarAnswer { year, known: calendar.knows(year), source, working_days, days })
}
