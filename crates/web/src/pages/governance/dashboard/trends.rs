//! Where the figures of a unit are going: a small chart for each of the indicators that people ask for first.

use charts::{Figure, Kind, Period as Label, Point, Series, Style, Trend, Words};
use indicators::{Code, Definition, Period, PeriodKind, Reader, Reading, TableQuery};

use super::Scene;
use crate::problem::Failure;

/// Indicators that are drawn where the installation has them, in this order, each by the finest periods that tell
/// something: filings come to light within eighteen months, so that their last months are always empty.
const SHOWN: [(&str, PeriodKind); 8] = [
    ("C-RECEIVED", PeriodKind::Month),
    ("C-ONTIME-RATE", PeriodKind::Month),
    ("S-RATE", PeriodKind::Month),
    ("R-FILED", PeriodKind::Year),
    ("R-INV-10Y", PeriodKind::Month),
    ("R-PLEDGED", PeriodKind::Month),
    ("T-SESSIONS", PeriodKind::Month),
    ("X-SERVICE", PeriodKind::Month),
];
/// Kinds of periods from the finest on.
const KINDS: [PeriodKind; 4] = [PeriodKind::Month, PeriodKind::Quarter, PeriodKind::Half, PeriodKind::Year];
/// Periods of a chart.
const PERIODS: usize = 12;
/// Width of a chart.
const WIDTH: u32 = 360;

/// A small chart.
pub(super) struct Drawn {
    pub(super) title: String,
    pub(super) address: String,
    pub(super) latest: String,
    pub(super) svg: String,
}

pub(super) async fn trends(scene: &Scene<'_>) -> Result<Vec<Drawn>, Failure> {
    let book = scene.app.indicators.book().await?;
    let mut drawn = Vec::new();
    for (code, finest) in SHOWN {
        let Ok(code) = code.parse::<Code>() else { continue };
        let version = book.on(&code, scene.today);
        if let Some(definition) = version.map(|version| &version.definition).filter(|one| one.is_for(scene.unit.level))
        {
            drawn.extend(draw(scene, definition, finest).await?);
        }
    }
    Ok(drawn)
}

/// The chart; none when no period has a number.
async fn draw(scene: &Scene<'_>, definition: &Definition, finest: PeriodKind) -> Result<Option<Drawn>, Failure> {
    let mut coarser = KINDS.into_iter().skip_while(|kind| *kind != finest);
    let Some(kind) = coarser.find(|kind| definition.keeps(*kind)) else { return Ok(None) };
    let this = Period::of(kind, scene.today);
    let periods = this.row(PERIODS);
    let units = [scene.unit.id.clone()];
    let asked =
        TableQuery { code: &definition.code, units: &units, periods: &periods, as_of: None, today: scene.today };
    let table = scene.app.indicators.table(Reader::For(&scene.reader), &asked).await?;
    let numbers: Vec<Option<f64>> = table.readings.iter().map(Reading::number).collect();
    let Some(latest) = numbers.iter().rposition(Option::is_some) else { return Ok(None) };
    let lang = scene.visit.lang.code();
    let address = format!("/governance/indicators/{}?unit={}", definition.code, scene.unit.id);
    let point = |number: &Option<f64>| {
        number.map(|value| Point { value, href: Some(address.clone()), note: Some(definition.written(value)) })
    };
    let label = |period: &Period| Label { label: period.to_string(), incomplete: *period == this };
    let trend = Trend {
        period_head: kind.label(lang).to_owned(),
        value_head: definition.unit.text(lang).to_owned(),
        periods: periods.iter().map(label).collect(),
        series: vec![Series {
            name: definition.name.text(lang).to_owned(),
            href: None,
            points: numbers.iter().map(point).collect(),
        }],
    };
    let written = numbers[latest].map_or_else(String::new, |value| definition.written(value));
    let title = definition.name.text(lang).to_owned();
    let figure = Figure {
        id: format!("trend-{}", definition.code).to_lowercase(),
        title: title.clone(),
        description: format!("{}: {written} {}", periods[latest].label(lang), definition.unit.text(lang)),
        width: WIDTH,
        notes: Vec::new(),
        words: Words { empty: String::new(), incomplete: String::new(), cut: String::new() },
        kind: Kind::Columns(trend),
    };
    Ok(Some(Drawn {
        title,
        address,
        latest: format!("{written} {} · {}", definition.unit.text(lang), periods[latest].label(lang)),
        svg: figure.svg(Style::Page),
    }))
}
