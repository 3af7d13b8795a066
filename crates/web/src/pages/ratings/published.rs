//! `/ratings`: what is published: how satisfied people are, by outlet and by item; what is asked for most, late, rated badly.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use cases::{FiguresQuery, PublicFigures};
use charts::{Bars, Figure as Drawn, Kind as Drawing, Mark, Style, Table};
use jiff::civil::{Date, date};
use ratings::{ENOUGH, Figure, Level, Of, Published};
use serde::Deserialize;

use super::block::{FigureView, last_year, list, months};
use super::names::Names;
use super::{tenths, today};
use crate::App;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::pages::network::words;
use crate::problem::Failure;
use crate::words::grouped;

/// Rows of the ranking on the page.
const MOST_RANKED: usize = 100;
/// Rows of a short list.
const FEW: usize = 5;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    /// A year, or empty for the last twelve months.
    period: String,
}

#[derive(Template)]
#[template(path = "ratings/published.html")]
struct PublishedPage {
    visit: Visit,
    title: String,
    periods: Vec<(String, String, bool)>,
    period: String,
    enough: u64,
    all: Option<FigureView>,
    all_list: Option<String>,
    drawn: Option<(String, Table)>,
    outlets: Vec<Ranked>,
    more_outlets: usize,
    few_outlets: usize,
    items: Vec<ItemRow>,
    asked_most: Vec<(String, String, String)>,
    late: Vec<(String, String, String)>,
    bad: Vec<(String, String, String)>,
}

/// An outlet of the ranking.
struct Ranked {
    rank: usize,
    name: String,
    address: String,
    satisfaction: String,
    stars: String,
    count: String,
    list: Option<String>,
}

/// An item with what is published of its ratings and its cases.
struct ItemRow {
    name: String,
    address: String,
    satisfaction: Option<String>,
    stars: String,
    count: String,
    list: Option<String>,
    received: String,
    on_time: String,
    days: String,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let today = today(&app);
    let days = span(&asked.period, today)?;
    let lang = visit.lang.code();
    let all = match app.ratings.published(Of::All, days.0, days.1).await? {
        Published::Figure(figure) => Some(figure),
        Published::TooFew => None,
    };
    let mut names = Names::new(&app, &visit);
    let (outlets, more_outlets, few_outlets) = ranking(&app, &visit, &mut names, days).await?;
    let query = FiguresQuery { from: days.0, to: days.1.min(today), outlet: None, item: None };
    let cases = app.cases.public_figures(&query).await?;
    let rated = rated_items(&app, days).await?;
    let drawn = all.as_ref().map(|figure| {
        let drawn = levels(figure, &visit);
        (drawn.svg(Style::Page), drawn.table())
    });
    page(&PublishedPage {
        title: visit.t("服务评价", "How services are rated").to_owned(),
        periods: periods(&asked.period, today, &visit),
        period: months(days),
        enough: ENOUGH,
        all_list: list(&visit, None, "", days),
        all: all.as_ref().map(|figure| FigureView::new(figure, lang)),
        drawn,
        outlets,
        more_outlets,
        few_outlets,
        items: items(&visit, &mut names, (&rated, &cases), days).await?,
        asked_most: asked_most(&mut names, &cases).await?,
        late: late(&mut names, &cases, &visit).await?,
        bad: bad(&mut names, &rated).await?,
        visit,
    })
}

/// The days of a period, whole months.
fn span(period: &str, today: Date) -> Result<(Date, Date), Failure> {
    if period.is_empty() {
        return Ok(last_year(today));
    }
    let year = period.parse::<i16>().ok().filter(|year| (2000..=today.year()).contains(year));
    let year = year.ok_or_else(|| Failure::parameter("period", period, &format!("2000–{}", today.year())))?;
    Ok((date(year, 1, 1), date(year, 12, 31)))
}

/// The periods to choose from: address, name, whether it is this one.
fn periods(chosen: &str, today: Date, visit: &Visit) -> Vec<(String, String, bool)> {
    let recent = (String::new(), visit.t("最近 12 个月", "Last 12 months").to_owned());
    let years = (0..4).map(|back| (today.year() - back).to_string()).map(|year| (year.clone(), year));
    let entry =
        |(code, name): (String, String)| (Link::to("/ratings").with("period", &code).address(), name, code == chosen);
    std::iter::once(recent).chain(years).map(entry).collect()
}

fn levels(figure: &Figure, visit: &Visit) -> Drawn {
    let lang = visit.lang.code();
    let mark = |level: &Level| Mark::count(level.label(lang), figure.levels.of(*level));
    let bars = Bars {
        label_head: visit.t("满意度", "Level").to_owned(),
        value_head: visit.t("条数", "Ratings").to_owned(),
        marks: Level::ALL.iter().map(mark).collect(),
    };
    let title = visit.t("各等级的评价", "Ratings by level");
    Drawn::new("rating-levels", title, words(visit), Drawing::Bars(bars))
        .described(visit.t("五个等级各有多少条评价。", "How many ratings each of the five levels has."))
        .wide(440)
}

/// The outlets with enough ratings, best first; how many more there are; how many have too few.
async fn ranking(
    app: &App,
    visit: &Visit,
    names: &mut Names<'_>,
    days: (Date, Date),
) -> Result<(Vec<Ranked>, usize, usize), Failure> {
    let all = app.ratings.published_by_outlet(days.0, days.1).await?;
    let rated = all.len();
    let mut told: Vec<_> = all
        .into_iter()
        .filter_map(|one| match one.published {
            Published::Figure(figure) => Some((one.outlet, figure)),
            Published::TooFew => None,
        })
        .collect();
    let order = |figure: &Figure| (Reverse(thousandths(figure.satisfaction)), Reverse(thousandths(figure.stars)));
    told.sort_by_key(|(outlet, figure)| (order(figure), Reverse(figure.count), outlet.clone()));
    let few = rated - told.len();
    let mut rows: Vec<Ranked> = Vec::new();
    let mut before = None;
    for (n, (outlet, figure)) in told.iter().enumerate().take(MOST_RANKED) {
        // Equal figures share a rank.
        let same = before == Some(order(figure));
        let rank = rows.last().filter(|_| same).map_or(n + 1, |last| last.rank);
        before = Some(order(figure));
        rows.push(Ranked {
            rank,
            name: names.outlet(outlet).await?,
            address: format!("/network/{outlet}"),
            satisfaction: tenths(figure.satisfaction),
            stars: format!("{:.2}", figure.stars),
            count: grouped(figure.count),
            list: list(visit, Some(outlet), "", days),
        });
    }
    Ok((rows, told.len().saturating_sub(MOST_RANKED), few))
}

/// A number that can be put in order.
#[expect(clippy::cast_possible_truncation, reason = "percentages and stars are small")]
fn thousandths(number: f64) -> i64 {
    (number * 1000.0).round() as i64
}

/// What is published of the ratings of each item.
async fn rated_items(app: &App, days: (Date, Date)) -> Result<BTreeMap<String, Figure>, Failure> {
    let all = app.ratings.published_by_item(days.0, days.1).await?;
    let told = all.into_iter().filter_map(|one| match one.published {
        Published::Figure(figure) => Some((one.item, figure)),
        Published::TooFew => None,
    });
    Ok(told.collect())
}

/// Every item of which ratings or cases are published, by code.
async fn items(
    visit: &Visit,
    names: &mut Names<'_>,
    (rated, cases): (&BTreeMap<String, Figure>, &[PublicFigures]),
    days: (Date, Date),
) -> Result<Vec<ItemRow>, Failure> {
    let asked: BTreeMap<String, &PublicFigures> = cases.iter().map(|one| (one.item.to_string(), one)).collect();
    let mut codes: Vec<&String> = rated.keys().chain(asked.keys()).collect();
    codes.sort();
    codes.dedup();
    let mut rows = Vec::with_capacity(codes.len());
    for code in codes {
        let (figure, work) = (rated.get(code), asked.get(code));
        let told = |number: Option<String>| number.unwrap_or_else(|| "—".to_owned());
        rows.push(ItemRow {
            name: names.item(code).await?,
            address: format!("/services/{code}"),
            satisfaction: figure.map(|figure| format!("{}%", tenths(figure.satisfaction))),
            stars: told(figure.map(|figure| format!("{:.2}", figure.stars))),
            count: told(figure.map(|figure| grouped(figure.count))),
            list: figure.and_then(|_| list(visit, None, code, days)),
            received: told(work.map(|work| grouped(work.received))),
            on_time: told(work.and_then(|work| work.on_time_rate).map(|rate| format!("{}%", tenths(rate * 100.0)))),
            days: told(work.and_then(|work| work.mean_working_days).map(tenths)),
        });
    }
    Ok(rows)
}

/// Items with a number each: address, name, number.
type Short = Vec<(String, String, String)>;

async fn short(names: &mut Names<'_>, rows: Vec<(String, String)>) -> Result<Short, Failure> {
    let mut told = Vec::with_capacity(rows.len());
    for (code, number) in rows {
        told.push((format!("/services/{code}"), names.item(&code).await?, number));
    }
    Ok(told)
}

async fn asked_most(names: &mut Names<'_>, cases: &[PublicFigures]) -> Result<Short, Failure> {
    let first = cases.iter().take(FEW);
    short(names, first.map(|one| (one.item.to_string(), grouped(one.received))).collect()).await
}

async fn late(names: &mut Names<'_>, cases: &[PublicFigures], visit: &Visit) -> Result<Short, Failure> {
    let late = |one: &PublicFigures| Some((one.item.to_string(), 1.0 - one.on_time_rate?));
    let mut all: Vec<(String, f64)> = cases.iter().filter_map(late).filter(|(_, rate)| *rate > 0.0).collect();
    all.sort_by_key(|(code, rate)| (Reverse(thousandths(*rate)), code.clone()));
    let told = |(code, rate): (String, f64)| {
        let percent = tenths(rate * 100.0);
        (
            code,
            match visit.lang.code() {
                "zh" => format!("超期 {percent}%"),
                _ => format!("{percent}% late"),
            },
        )
    };
    short(names, all.into_iter().take(FEW).map(told).collect()).await
}

async fn bad(names: &mut Names<'_>, rated: &BTreeMap<String, Figure>) -> Result<Short, Failure> {
    let mut all: Vec<(&String, &Figure)> = rated.iter().filter(|(_, figure)| figure.satisfaction < 100.0).collect();
    all.sort_by_key(|(code, figure)| (thousandths(figure.satisfaction), (*code).clone()));
    let told = |(code, figure): (&String, &Figure)| (code.clone(), format!("{}%", tenths(figure.satisfaction)));
    short(names, all.into_iter().take(FEW).map(told).collect()).await
}
