//! `/api/v1/agencies`: agencies with their credit level, and one with the arithmetic, published events and history: what its
//! public page shows.

use std::sync::Arc;

use accounts::Actor;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use credit::{Agency, AgencyId, AgencyKind, AgencyQuery, Book, Event, EventId, EventState, Grade, Point, Score};
use jiff::ToSpan as _;
use jiff::civil::Date;
use network::{RegionCode, Text};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::{Asked, within};
use super::network::{OnADay, answer};
use crate::App;
use crate::pages::governance::credit::MONTHS;
use crate::pages::today;
use crate::problem::Failure;

/// Pages of a list at most.
const MOST_PAGES: usize = 100_000;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Listing {
    /// Words, all of which stand in a name, former name, branch or code.
    q: String,
    /// Region code of GB/T 2260: in it or below it.
    #[param(value_type = Option<String>, example = "500000")]
    region: Option<RegionCode>,
    /// What they do.
    kind: Option<AgencyKind>,
    /// Of which level: `a-plus`, `a`, `b`, `c`, `d`.
    #[param(value_type = Option<String>)]
    level: Option<String>,
    /// Number of the page, from 1.
    #[param(value_type = Option<u32>)]
    page: Option<usize>,
    /// Agencies on a page, 1 to 200; 50 unless asked otherwise.
    #[param(value_type = Option<u32>)]
    limit: Option<usize>,
}

/// A page of agencies.
#[derive(Serialize, ToSchema)]
pub(crate) struct AgenciesAnswer {
    /// How many match in all.
    total: u64,
    /// On which day the levels hold.
    #[schema(value_type = String, format = Date)]
    day: Date,
    /// How many of each level match, whatever level was asked for.
    levels: Vec<LevelCount>,
    /// By level, then score, then name.
    agencies: Vec<AgencyRow>,
    /// Number of the next page; none on the last.
    next: Option<u64>,
}

/// How many agencies have a level.
#[derive(Serialize, ToSchema)]
pub(crate) struct LevelCount {
    /// Which level.
    level: Grade,
    /// How many.
    count: u64,
}

/// An agency of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct AgencyRow {
    /// Who it is.
    #[serde(flatten)]
    agency: Agency,
    /// Its level.
    level: Grade,
    /// Its score.
    score: i64,
    /// Whether an event, and not the score, makes the level D.
    put_to_d: bool,
    /// Events that are announced and do not count yet.
    announced: u64,
}

/// The published credit of an agency.
#[derive(Serialize, ToSchema)]
pub(crate) struct AgencyAnswer {
    /// Who it is.
    agency: Agency,
    /// Its level and score on the day, with a line for each event.
    score: Option<Score>,
    /// Published events, newest first.
    events: Vec<PublicEvent>,
    /// How the score went in the three years before the day: the first day, and each on which it changed.
    history: Vec<Point>,
}

/// A credit event as everyone sees it.
#[derive(Serialize, ToSchema)]
pub(crate) struct PublicEvent {
    /// Its id.
    id: EventId,
    /// Where it stands.
    state: EventState,
    /// Code of its rule.
    rule: String,
    /// What the rule is about.
    name: Text,
    /// Points of the rule.
    points: i64,
    /// What happened.
    facts: String,
    /// Number of the decision behind it; may be empty.
    document: String,
    /// The legal ground that the rule names.
    ground: Text,
    /// The article, where one was added; may be empty.
    article: String,
    /// The day on which it happened.
    #[schema(value_type = String, format = Date)]
    happened: Date,
    /// When it was announced.
    #[schema(value_type = Option<String>, format = Date)]
    announced_on: Option<Date>,
    /// The last day for objections.
    #[schema(value_type = Option<String>, format = Date)]
    objections_until: Option<Date>,
    /// The first day on which it counts.
    #[schema(value_type = Option<String>, format = Date)]
    counts_from: Option<Date>,
    /// The day from which it counts no more.
    #[schema(value_type = Option<String>, format = Date)]
    ended: Option<Date>,
}

impl PublicEvent {
    fn new(event: Event, book: &Book) -> Self {
        let rule = book.rule(event.edition, &event.told.rule);
        Self {
            name: rule.map_or_else(Text::default, |rule| rule.name.clone()),
            ground: rule.map_or_else(Text::default, |rule| rule.ground.clone()),
            id: event.id,
            state: event.state,
            rule: event.told.rule,
            points: event.points,
            facts: event.told.facts,
            document: event.told.document,
            article: event.told.ground,
            happened: event.told.happened,
            announced_on: event.announced_on,
            objections_until: event.objections_until,
            counts_from: event.counts_from,
            ended: event.ended,
        }
    }
}

/// Agencies with their credit level.
#[utoipa::path(get, operation_id = "agencies", path = "/agencies", tag = "agencies", params(Listing), responses(
    (status = 200, description = "A page of agencies with level and score of today, and how many have each level.", body = AgenciesAnswer),
))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Asked(asked): Asked<Listing>,
) -> Result<Response, Failure> {
    let day = today(&app);
    let number = within("page", asked.page.unwrap_or(1), 1, MOST_PAGES)?;
    let limit = within("limit", asked.limit.unwrap_or(50), 1, credit::MOST_ON_A_PAGE)?;
    let level =
        |slug: String| Grade::from_slug(&slug).ok_or_else(|| Failure::parameter("level", &slug, "a-plus, a, b, c, d"));
    let query = AgencyQuery {
        words: asked.q,
        region: asked.region,
        kind: asked.kind,
        grade: asked.level.map(level).transpose()?,
        open: false,
        skip: (number - 1) * limit,
        limit,
    };
    let found = app.credit.agencies(day, &query).await?;
    let row = |listed: credit::Listed| AgencyRow {
        level: listed.score.grade,
        score: listed.score.total,
        put_to_d: listed.score.put_to_d,
        announced: listed.announced,
        agency: listed.agency,
    };
    let next = ((number * limit) as u64) < found.total;
    answer(
        &headers,
        &AgenciesAnswer {
            total: found.total,
            day,
            levels: found.grades.into_iter().map(|(level, count)| LevelCount { level, count }).collect(),
            agencies: found.rows.into_iter().map(row).collect(),
            next: next.then_some(number as u64 + 1),
        },
    )
}

/// The published credit of an agency.
#[utoipa::path(get, operation_id = "agency", path = "/agencies/{id}", tag = "agencies",
    params(("id" = String, Path, description = "Its id.", example = "01JZ8K2V9T3N5Q7R9S1W3X5Y7Z"), OnADay), responses(
    (status = 200, description = "The agency, its score on that day line by line, published events, and how the score went.", body = AgencyAnswer),
    (status = 404, description = "No agency has this id.", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn one(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(id): Path<String>,
    Asked(asked): Asked<OnADay>,
) -> Result<Response, Failure> {
    let id: AgencyId = id.parse().map_err(|_| Failure::NotFound)?;
    let on = asked.date().unwrap_or_else(|| today(&app));
    let agency = app.credit.agency(&id).await?;
    let (book, counted) = (app.credit.book().await?, app.credit.counted_of(&id).await?);
    let events = app.credit.events_of(&Actor::visitor(), &id).await?;
    let from = on.checked_sub(MONTHS.months()).unwrap_or(on);
    answer(
        &headers,
        &AgencyAnswer {
            agency,
            score: credit::score(&counted, &book, on),
            events: events.into_iter().map(|event| PublicEvent::new(event, &book)).collect(),
            history: credit::course(&counted, &book, from, on),
        },
    )
}
