//! `/network/coverage`: how well the country is served on a day; every figure opens its list.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use charts::{Bars, Figure, Kind as Drawing, Mark, Style, Table};
use jiff::civil::{Date, date};
use network::{Coverage, DirectoryQuery, Kind, Level, ProvinceCoverage, Reach};
use serde::Deserialize;

use super::asked::{self, Asked};
use super::{failed, moment, places};
use crate::App;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::problem::Failure;
use crate::words::grouped;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    on: String,
}

#[derive(Template)]
#[template(path = "network/coverage.html")]
struct CoveragePage {
    visit: Visit,
    title: String,
    on: String,
    day: String,
    /// Other days to look at: address, name, whether it is this one.
    days: Vec<(String, String, bool)>,
    is_empty: bool,
    figures: Vec<FigureView>,
    provinces: ReachView,
    prefectures: ReachView,
    rows: Vec<Row>,
    drawings: Vec<Drawn>,
}

/// A number with its list.
struct FigureView {
    number: String,
    name: &'static str,
    address: String,
}

/// How many regions are covered, and which are not.
struct ReachView {
    covered: String,
    of: String,
    percent: String,
    bodies: FigureView,
    /// Those without, by what holds them.
    missing: Vec<(String, Vec<String>)>,
    missing_count: String,
}

/// A province.
struct Row {
    name: String,
    body: Option<String>,
    covered: String,
    prefectures: String,
    percent: Option<String>,
    bodies: Option<String>,
    organisations: String,
    list: Option<String>,
}

/// A figure with its table.
struct Drawn {
    id: String,
    title: String,
    /// Drawn for a desk and for a telephone.
    wide: String,
    narrow: String,
    table: Table,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let today = moment(&app).date();
    let on = asked::day(&parameters.on)?;
    let day = on.unwrap_or(today);
    let coverage = app.network.coverage(day).await.map_err(failed)?;
    let pages = Pages { visit: &visit, today, day };
    let figures = vec![
        pages.figure(&coverage.organisations, visit.t("个机构在运行", "organisations at work")),
        pages.figure(&coverage.national, visit.t("个国家级机构", "of the national level")),
        pages.figure(&coverage.provinces.bodies, visit.t("个省级公共服务机构", "provincial public-service bodies")),
        pages.figure(
            &coverage.prefectures.bodies,
            visit.t("个地市级公共服务机构", "public-service bodies of prefectures"),
        ),
    ];
    let drawings = [pages.prefecture_map(&coverage), pages.kinds(&coverage)].map(|figure| Drawn {
        wide: figure.svg(Style::Page),
        narrow: narrow(&figure).svg(Style::Page),
        table: figure.table(),
        id: figure.id,
        title: figure.title,
    });
    page(&CoveragePage {
        title: visit.t("服务网络覆盖情况", "Coverage of the network").to_owned(),
        on: on.map_or_else(String::new, |day| day.to_string()),
        day: day.to_string(),
        days: pages.days(),
        is_empty: coverage.organisations.count == 0,
        figures,
        provinces: pages.reach(&coverage.provinces),
        prefectures: pages.reach(&coverage.prefectures),
        rows: coverage.by_province.iter().map(|row| pages.row(row)).collect(),
        drawings: drawings.into(),
        visit,
    })
}

/// The same for a telephone.
fn narrow(figure: &Figure) -> Figure {
    Figure { id: format!("{}-narrow", figure.id), ..figure.clone() }.wide(340)
}

/// What parts of the page share.
struct Pages<'v> {
    visit: &'v Visit,
    today: Date,
    day: Date,
}

impl Pages<'_> {
    fn list(&self, list: &DirectoryQuery) -> String {
        Asked::of(list, self.today).address()
    }

    fn figure(&self, figure: &network::Figure, name: &'static str) -> FigureView {
        FigureView { number: grouped(figure.count), name, address: self.list(&figure.list) }
    }

    /// Today, and the ends of the five years before.
    fn days(&self) -> Vec<(String, String, bool)> {
        let ends = (1..=5).map(|back| date(self.today.year() - back, 12, 31));
        let entry = |day: Date| {
            let now = day == self.today;
            let on = if now { String::new() } else { day.to_string() };
            let name = if now { self.visit.t("今天", "Today").to_owned() } else { day.to_string() };
            (Link::to("/network/coverage").with("on", on).address(), name, day == self.day)
        };
        std::iter::once(self.today).chain(ends).map(entry).collect()
    }

    fn reach(&self, reach: &Reach) -> ReachView {
        let mut missing: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for region in &reach.missing {
            let above = region.code.province().filter(|province| *province != region.code);
            let code = above.map_or_else(String::new, |province| province.to_string());
            missing.entry(code).or_default().push(places::short(&region.code, self.day, self.visit.lang));
        }
        let name = |code: String| {
            code.parse().map_or_else(|_| String::new(), |code| places::short(&code, self.day, self.visit.lang))
        };
        ReachView {
            covered: grouped(reach.covered),
            of: grouped(reach.of),
            percent: format!("{:.1}%", reach.percent),
            bodies: self.figure(&reach.bodies, ""),
            missing_count: grouped(reach.missing.len() as u64),
            missing: missing.into_iter().map(|(code, names)| (name(code), names)).collect(),
        }
    }

    /// Public-service bodies of a level in a province.
    fn bodies(&self, row: &ProvinceCoverage, level: Level) -> String {
        self.list(&DirectoryQuery {
            kind: Some(Kind::PublicServiceBody),
            level: Some(level),
            ..row.organisations.list.clone()
        })
    }

    fn row(&self, row: &ProvinceCoverage) -> Row {
        let percent = share(row).map(|percent| format!("{percent:.1}%"));
        Row {
            name: places::short(&row.region, self.day, self.visit.lang),
            body: row.covered.then(|| self.bodies(row, Level::Province)),
            covered: grouped(row.prefectures_covered),
            prefectures: grouped(row.prefectures),
            percent,
            bodies: (row.prefectures_covered > 0).then(|| self.bodies(row, Level::Prefecture)),
            organisations: grouped(row.organisations.count),
            list: (row.organisations.count > 0).then(|| self.list(&row.organisations.list)),
        }
    }

    fn prefecture_map(&self, coverage: &Coverage) -> Figure {
        let with = coverage.by_province.iter().filter_map(|row| Some((row, share(row)?)));
        let number = |(row, share): (&ProvinceCoverage, f64)| {
            let note = format!("{}/{}", row.prefectures_covered, row.prefectures);
            (row.region.clone(), share, self.bodies(row, Level::Prefecture), Some(note))
        };
        let numbers = with.map(number).collect();
        let title = self.visit.t("地市覆盖率（%）", "Prefectures covered (%)");
        places::map("coverage-map", (title, "%"), numbers, self.visit)
            .described(self.visit.t(
                "各省(区)有公共服务机构的地市所占比例；直辖市没有地市。",
                "Share of the prefectures of each province that have a public-service body; municipalities have no prefectures.",
            ))
            .noted(self.visit.t(
                "直辖市没有地市，港澳台不在规划之内，均显示为 0。",
                "Municipalities have no prefectures, and Hong Kong, Macao and Taiwan are not in the plans: they show 0.",
            ))
            .wide(560)
    }

    fn kinds(&self, coverage: &Coverage) -> Figure {
        let lang = self.visit.lang.code();
        let mark = |kind: &network::KindFigure| {
            Mark::count(kind.kind.label(lang), kind.figure.count).link(self.list(&kind.figure.list))
        };
        let bars = Bars {
            label_head: self.visit.t("类别", "Kind").to_owned(),
            value_head: self.visit.t("机构数", "Organisations").to_owned(),
            marks: coverage.by_kind.iter().map(mark).collect(),
        };
        let title = self.visit.t("各类机构", "By kind");
        Figure::new("coverage-kinds", title, places::words(self.visit), Drawing::Bars(bars))
            .described(self.visit.t("在运行的各类机构数。", "Organisations at work of each kind."))
            .wide(560)
    }
}

/// The share of prefectures in percent; none where there are no prefectures.
fn share(row: &ProvinceCoverage) -> Option<f64> {
    let share = (row.prefectures_covered as f64 * 1000.0 / row.prefectures as f64).round() / 10.0;
    (row.prefectures > 0).then_some(share)
}
