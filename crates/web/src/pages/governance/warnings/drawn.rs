//! The history of a figure, drawn.

use charts::{Figure, Kind, Period, Point, Series, Style, Table, Trend};
use warnings::{SignalInfo, Warning};

use crate::frame::Visit;
use crate::pages::network::words;

/// The figure over time with the limit that it passed; none where there is no history.
pub(super) fn drawn(warning: &Warning, info: Option<&SignalInfo>, visit: &Visit) -> Option<(String, Table)> {
    let history = &warning.reading.history;
    if history.len() < 2 {
        return None;
    }
    let lang = visit.lang.code();
    let name = info.map_or_else(|| warning.rule.signal.clone(), |info| info.name.text(lang).to_owned());
    let series = |name: &str, values: Vec<Option<f64>>| Series {
        name: name.to_owned(),
        href: None,
        points: values.into_iter().map(|value| Some(Point { value: value?, href: None, note: None })).collect(),
    };
    let mut all = vec![series(&name, history.iter().map(|moment| moment.value).collect())];
    if let Some(limit) = warning.why.limit {
        all.push(series(visit.t("界限", "limit"), vec![Some(limit); history.len()]));
    }
    let unit = info.map_or("", |info| info.unit.text(lang));
    let trend = Trend {
        period_head: visit.t("日期", "Day").to_owned(),
        value_head: unit.to_owned(),
        periods: history.iter().map(|moment| Period { label: moment.day.to_string(), incomplete: false }).collect(),
        series: all,
    };
    let figure =
        Figure::new("warning-history", visit.t("数值的变化", "The figure over time"), words(visit), Kind::Lines(trend))
            .described(visit.t(
                "触发预警的数值以往的变化，以及规则的界限。",
                "How the figure went before the warning, and the limit of the rule.",
            ));
    Some((figure.svg(Style::Page), figure.table()))
}
