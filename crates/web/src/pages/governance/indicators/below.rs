//! The units below one on the page of an indicator: their numbers, a map, small charts.

use std::collections::BTreeMap;

use charts::{Figure, Kind, PROVINCES, Style, Tile, TileMap, sparkline};
use indicators::{Period, Reading, Value};
use network::{Level, OrganisationId};

use super::address;
use super::names::Names;
use super::one::Scene;
use super::parts::{Drawn, NumberView};
use crate::pages::network::words;
use crate::problem::Failure;

/// Units below that the page shows.
const MOST_BELOW: usize = 120;
/// Small charts beside each other.
const MOST_MULTIPLES: usize = 8;

/// A unit below.
pub(super) struct Below {
    pub(super) name: String,
    pub(super) address: String,
    pub(super) number: NumberView,
    pub(super) aim: String,
    pub(super) spark: String,
    pub(super) origin: String,
}

/// Rows, how many are left out, a map, small charts.
type BelowParts = (Vec<Below>, usize, Option<Drawn>, Option<Drawn>);

/// The units below with their numbers, and drawings of them.
pub(super) async fn below(
    scene: &Scene<'_>,
    origins: &BTreeMap<OrganisationId, Value>,
    names: &mut Names<'_>,
) -> Result<BelowParts, Failure> {
    let Scene { app, visit, definition, period, .. } = scene;
    let all = app.indicators.below(&definition.code, &scene.unit, *period, scene.today).await?;
    if all.is_empty() {
        return Ok((Vec::new(), 0, None, None));
    }
    let nodes = names.under(&scene.unit, visit).await?;
    let more = all.len().saturating_sub(MOST_BELOW);
    let units = &all[..all.len().min(MOST_BELOW)];
    let rows = scene.rows(units).await?;
    let at = scene.at();
    let (mut views, mut tiles) = (Vec::with_capacity(units.len()), Vec::new());
    for (unit, row) in units.iter().zip(&rows) {
        let name = names.unit(unit).await?;
        let value = origins.get(unit);
        let numbers: Vec<Option<f64>> = row.iter().map(Reading::number).collect();
        let said = format!("{name}{}", visit.t("的走势", " over time"));
        let known = numbers.iter().flatten().count() > 1;
        let node = nodes.iter().find(|node| node.id == *unit && node.kind == network::Kind::Administration);
        let reading = &row[at];
        if let Some(node) = node.filter(|node| node.level == Level::Province) {
            tiles.push(Tile {
                code: node.region.as_str()[..2].to_owned(),
                value: reading.number().map_or(f64::NAN, |number| definition.rounded(number)),
                href: Some(address(definition, unit, *period)),
                note: reading.missing().map(|why| why.text(visit.lang.code())),
            });
        }
        views.push(Below {
            address: address(definition, unit, *period),
            number: NumberView::new(definition, reading, value, visit),
            aim: scene
                .way(unit, node.map(|node| node.level))
                .and_then(|way| way.at(*period))
                .map(|aim| definition.written(aim))
                .unwrap_or_default(),
            spark: if known { sparkline(&format!("b-{unit}"), &said, &numbers, Style::Page) } else { String::new() },
            origin: value.map(|value| value.state.label(visit.lang.code()).to_owned()).unwrap_or_default(),
            name,
        });
    }
    let map = (tiles.iter().filter(|tile| !tile.value.is_nan()).count() > 2).then(|| Drawn::of(map(scene, tiles)));
    let multiples = multiples(scene, &views, &rows);
    Ok((views, more, map, multiples))
}

/// The provinces; where there is no number stands none.
fn map(scene: &Scene<'_>, mut tiles: Vec<Tile>) -> Figure {
    let visit = scene.visit;
    for place in &PROVINCES {
        if !tiles.iter().any(|tile| tile.code == place.code) {
            tiles.push(Tile { code: place.code.to_owned(), value: f64::NAN, ..Tile::default() });
        }
    }
    let map = TileMap {
        lang: visit.lang.code().to_owned(),
        label_head: visit.t("省(区、市)", "Province").to_owned(),
        value_head: scene.definition.unit.text(visit.lang.code()).to_owned(),
        tiles,
        elsewhere: Vec::new(),
    };
    Figure::new("indicator-map", visit.t("各省分布", "By province"), words(visit), Kind::TileMap(map))
}

/// The units with the largest numbers, small charts on one scale.
fn multiples(scene: &Scene<'_>, views: &[Below], rows: &[Vec<Reading>]) -> Option<Drawn> {
    let (visit, definition, at) = (scene.visit, &scene.definition, scene.at());
    let mut order: Vec<usize> = (0..rows.len()).filter(|row| rows[*row][at].number().is_some()).collect();
    order.sort_by(|one, other| {
        let of = |row: usize| rows[row][at].number().unwrap_or(f64::MIN);
        of(*other).total_cmp(&of(*one))
    });
    if order.len() < 2 {
        return None;
    }
    let point = |reading: &Reading| {
        let value = definition.rounded(reading.number()?);
        Some(charts::Point { value, href: None, note: None })
    };
    let series = order.into_iter().take(MOST_MULTIPLES).map(|row| charts::Series {
        name: views[row].name.clone(),
        href: Some(views[row].address.clone()),
        points: rows[row].iter().map(point).collect(),
    });
    let running = Period::of(scene.period.kind(), scene.today);
    let step = |period: &Period| charts::Period { label: period.to_string(), incomplete: *period >= running };
    let trend = charts::Trend {
        period_head: visit.t("统计期", "Period").to_owned(),
        value_head: definition.unit.text(visit.lang.code()).to_owned(),
        periods: scene.periods.iter().map(step).collect(),
        series: series.collect(),
    };
    let title = visit.t("数值最大的单位", "Units with the largest numbers");
    let mut words = crate::pages::network::words(visit);
    visit.t("斜纹：期间未结束", "Hatched: the period is not over").clone_into(&mut words.incomplete);
    let figure = charts::Figure::new("indicator-units", title, words, charts::Kind::Multiples(trend));
    let described = visit.t("每个单位一幅小图，同一刻度。", "One small chart a unit, all on the same scale.");
    Some(Drawn::of(figure.described(described)))
}
