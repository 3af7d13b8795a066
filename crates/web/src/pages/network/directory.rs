//! `/network`: who is where, by words, place, kind and state.

use std::collections::BTreeMap;
use std::sync::Arc;

use accounts::keeping;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use charts::{Style, Table};
use jiff::civil::DateTime;
use network::{DirectoryQuery, Kind, Level, Page, RegionCode, RegionLevel, Status, provinces};

use super::asked::{Asked, Parameters};
use super::card::Card;
use super::places;
use super::{failed, moment, service};
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::words::grouped;

#[derive(Template)]
#[template(path = "network/directory.html")]
struct DirectoryPage {
    visit: Visit,
    title: String,
    asked: Asked,
    day: String,
    regions: Vec<(String, Vec<Choice>)>,
    kinds: Vec<Choice>,
    levels: Vec<Choice>,
    statuses: Vec<Choice>,
    services: Vec<Choice>,
    chips: Vec<(String, String)>,
    total: String,
    by_kind: Vec<KindView>,
    map: String,
    table: Table,
    cards: Vec<Card>,
    /// Address of the next page.
    next: Option<String>,
    /// Whether the network has anyone at all on that day.
    is_empty: bool,
    may_enter: bool,
    coverage: String,
    csv: String,
    hsds: String,
}

/// A kind with its number.
struct KindView {
    name: &'static str,
    count: String,
    share: u64,
    address: String,
    active: bool,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let asked = Asked::read(&parameters)?;
    let moment = moment(&app);
    let query = asked.query(moment);
    let found = app.network.directory(&query).await.map_err(failed)?;
    let bare = DirectoryQuery { limit: 1, ..DirectoryQuery::on(query.as_of) };
    let is_empty = found.total == 0 && app.network.directory(&bare).await.map_err(failed)?.total == 0;
    let regions = regions(&app, &asked, query.as_of, &visit).await?;
    let titles = service::titles(&app, query.as_of, &visit).await?;
    let figure = map(&found, &asked, &visit);
    let on = asked.on.map_or_else(String::new, |day| day.to_string());
    let with_day = |path: &str| crate::link::Link::to(path).with("on", &on).address();
    page(&DirectoryPage {
        title: visit.t("服务网点", "Service outlets").to_owned(),
        day: query.as_of.to_string(),
        regions,
        kinds: choices(Kind::ALL, asked.kind, Kind::code, |kind| kind.label(visit.lang.code())),
        levels: choices(Level::ALL, asked.level, Level::code, |level| level.label(visit.lang.code())),
        statuses: choices(Status::ALL, asked.status, Status::code, |status| status.label(visit.lang.code())),
        services: services(&titles, &asked.service),
        chips: chips(&asked, &titles, &visit, moment),
        total: grouped(found.total),
        by_kind: by_kind(&found, &asked, &visit),
        map: figure.svg(Style::Page),
        table: figure.table(),
        cards: found.organisations.iter().map(|one| Card::new(one, asked.on, moment, &visit)).collect(),
        next: found.next.as_deref().map(|mark| asked.page(mark)),
        is_empty,
        may_enter: keeping::may_enter(&visit.actor),
        coverage: with_day("/network/coverage"),
        csv: with_day("/network.csv"),
        hsds: with_day("/network/hsds.json"),
        asked,
        visit,
    })
}

/// A list to choose from.
pub(crate) fn choices<T: Copy + PartialEq>(
    all: &[T],
    chosen: Option<T>,
    code: fn(T) -> &'static str,
    name: impl Fn(T) -> &'static str,
) -> Vec<Choice> {
    let choice = |value: &T| Choice {
        value: code(*value).to_owned(),
        name: name(*value).to_owned(),
        chosen: chosen == Some(*value),
    };
    all.iter().map(choice).collect()
}

/// Provinces; and the prefectures of the one that is chosen.
async fn regions(
    app: &App,
    asked: &Asked,
    day: jiff::civil::Date,
    visit: &Visit,
) -> Result<Vec<(String, Vec<Choice>)>, Failure> {
    let choice = |code: &RegionCode| Choice {
        value: code.to_string(),
        name: places::short(code, day, visit.lang),
        chosen: asked.region.as_ref() == Some(code),
    };
    let mut groups =
        vec![(visit.t("省(区、市)", "Provinces").to_owned(), provinces(day).map(|one| choice(&one.code)).collect())];
    if let Some(province) = asked.region.as_ref().and_then(RegionCode::province) {
        let mut inside = app.network.regions(&province, day).await.map_err(failed)?;
        inside.retain(|region| {
            region.code.level() == RegionLevel::Prefecture || Some(&region.code) == asked.region.as_ref()
        });
        let named = |region: &network::Region| places::named(&region.code, &region.name, visit.lang);
        let mut inside: Vec<Choice> =
            inside.iter().map(|region| Choice { name: named(region), ..choice(&region.code) }).collect();
        let known =
            groups.iter().flat_map(|(_, group): &(String, Vec<Choice>)| group).chain(&inside).any(|one| one.chosen);
        if let Some(region) = asked.region.as_ref().filter(|_| !known) {
            inside.push(choice(region));
        }
        if !inside.is_empty() {
            groups.insert(0, (places::short(&province, day, visit.lang), inside));
        }
    }
    Ok(groups)
}

/// The items to choose from; a code that is none stays chosen.
fn services(titles: &BTreeMap<String, String>, chosen: &str) -> Vec<Choice> {
    let choice = |(code, title): (&String, &String)| Choice {
        value: code.clone(),
        name: format!("{code} {title}"),
        chosen: code == chosen,
    };
    let mut choices: Vec<Choice> = titles.iter().map(choice).collect();
    if !chosen.is_empty() && !titles.contains_key(chosen) {
        choices.push(Choice { value: chosen.to_owned(), name: chosen.to_owned(), chosen: true });
    }
    choices
}

/// What is asked for, each with the address without it.
fn chips(asked: &Asked, titles: &BTreeMap<String, String>, visit: &Visit, moment: DateTime) -> Vec<(String, String)> {
    let lang = visit.lang.code();
    let day = asked.on.unwrap_or(moment.date());
    let all = [
        (Some(asked.q.clone()).filter(|q| !q.is_empty()), Asked { q: String::new(), ..asked.clone() }),
        (
            asked.region.as_ref().map(|region| places::full(region, day, visit.lang)),
            Asked { region: None, ..asked.clone() },
        ),
        (asked.kind.map(|kind| kind.label(lang).to_owned()), Asked { kind: None, ..asked.clone() }),
        (asked.level.map(|level| level.label(lang).to_owned()), Asked { level: None, ..asked.clone() }),
        (asked.status.map(|status| status.label(lang).to_owned()), Asked { status: None, ..asked.clone() }),
        (
            Some(format!("{} {}", visit.t("提供", "offers"), titles.get(&asked.service).unwrap_or(&asked.service)))
                .filter(|_| !asked.service.is_empty()),
            Asked { service: String::new(), ..asked.clone() },
        ),
        (asked.open.then(|| visit.t("现在开放", "open now").to_owned()), Asked { open: false, ..asked.clone() }),
        (asked.on.map(|day| format!("{} {day}", visit.t("截至", "as of"))), Asked { on: None, ..asked.clone() }),
    ];
    let told =
        |(name, without): (Option<String>, Asked)| Some((name?, Asked { after: String::new(), ..without }.address()));
    all.into_iter().filter_map(told).collect()
}

fn by_kind(found: &Page, asked: &Asked, visit: &Visit) -> Vec<KindView> {
    let most = found.by_kind.iter().map(|kind| kind.count).max().unwrap_or(1).max(1);
    let view = |counted: &network::KindCount| {
        let active = asked.kind == Some(counted.kind);
        let kind = if active { None } else { Some(counted.kind) };
        KindView {
            name: counted.kind.label(visit.lang.code()),
            count: grouped(counted.count),
            share: counted.count * 100 / most,
            address: Asked { kind, ..asked.clone() }.address(),
            active,
        }
    };
    found.by_kind.iter().map(view).collect()
}

fn map(found: &Page, asked: &Asked, visit: &Visit) -> charts::Figure {
    let number = |counted: &network::ProvinceCount| {
        let address = Asked { region: Some(counted.region.clone()), ..asked.clone() }.address();
        (counted.region.clone(), counted.count as f64, address, None)
    };
    let numbers = found.by_province.iter().map(number).collect();
    let title = visit.t("各省(区、市)的机构数", "Organisations by province");
    places::map("network-map", (title, visit.t("机构数", "Organisations")), numbers, visit)
        .described(visit.t("每一格通向该地的清单。", "Every tile opens the list of its place."))
        .wide(360)
}
