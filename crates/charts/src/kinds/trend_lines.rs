//! Lines by period, and small columns for many series.

use super::{
    Drawn, legend, name,
    trend::{label, upright},
    trend_parts::{Plot, Shown, axis_name},
};
use crate::{
    Point, Trend,
    draw::{Area, Canvas, Colour, LABEL, Pattern, SMALL},
    scale::Scale,
    text::{finite, measure, number},
};

const HIGH: f64 = 220.0;
/// Strokes of the series.
const DASHES: [&str; 8] = ["", "7 3", "2 3", "8 3 2 3", "12 4", "4 4", "10 3 2 3 2 3", "1 4"];

pub(super) fn lines(trend: &Trend, canvas: &mut Canvas) -> Drawn {
    let shown = Shown::of(trend);
    if shown.is_empty() {
        return Drawn::default();
    }
    let mut top = 0.0;
    if shown.series.len() > 1 {
        let names: Vec<_> = shown.series.iter().map(|series| (series.name.as_str(), series.href.as_ref())).collect();
        top = legend(&names, canvas, |canvas, at, x, y| {
            canvas.polyline(&[(x, y), (x + 18.0, y)], Colour::Series(at), 2.0, DASHES[at % 8]);
            canvas.marker((x + 9.0, y), at, false);
        });
    }
    axis_name(&trend.value_head, top + 7.0, canvas);
    let values: Vec<f64> = shown.values().collect();
    let plot = Plot::new(top + 32.0, HIGH, canvas, values.iter().copied(), shown.periods.len());
    plot.axis(canvas);
    for which in 0..shown.series.len() {
        line(&shown, &plot, which, canvas);
    }
    for which in 0..shown.series.len() {
        for at in 0..shown.periods.len() {
            if let Some(point) = shown.point(which, at) {
                dot(&shown, &plot, which, at, point, canvas);
            }
        }
    }
    plot.periods(shown.periods, canvas);
    let drawn = Drawn { incomplete: shown.incomplete(), ..Drawn::to(plot.area.y + plot.area.h + 24.0) };
    drawn.cut(shown.periods.len(), trend.periods.len())
}

/// Runs of known values; steps into unfinished periods are thin and dotted.
fn line(shown: &Shown<'_>, plot: &Plot, which: usize, canvas: &mut Canvas) {
    let place = |at: usize| shown.point(which, at).map(|point| (plot.middle(at), plot.scale.at(point.value)));
    let mut run = Vec::new();
    for at in 0..shown.periods.len() {
        let here = place(at);
        let open = shown.periods[at].incomplete;
        if let Some(here) = here.filter(|_| !open) {
            run.push(here);
            continue;
        }
        canvas.polyline(&run, Colour::Series(which), 2.0, DASHES[which % 8]);
        run.clear();
        if let (Some(here), Some(before)) = (here, at.checked_sub(1).and_then(place)) {
            canvas.polyline(&[before, here], Colour::Series(which), 1.0, "2 2");
        }
    }
    canvas.polyline(&run, Colour::Series(which), 2.0, DASHES[which % 8]);
}

fn dot(shown: &Shown<'_>, plot: &Plot, which: usize, at: usize, point: &Point, canvas: &mut Canvas) {
    let (x, y) = (plot.middle(at), plot.scale.at(point.value));
    let label = label(&shown.periods[at].label, &shown.series[which].name, shown.series.len());
    canvas.thing(&name(&label, point.value, point.note.as_ref()), point.href.as_ref(), |canvas| {
        if shown.series.len() == 1 {
            canvas.touch(Area { x: plot.area.x + at as f64 * plot.band, y: plot.area.y, w: plot.band, h: plot.area.h });
        } else {
            canvas.touch(Area { x: x - 6.0, y: y - 6.0, w: 12.0, h: 12.0 });
        }
        canvas.marker((x, y), which, shown.periods[at].incomplete);
        let told = shown.series.len() == 1 && shown.values().all(|value| measure(&number(value), 10.5) <= plot.band);
        let text = number(point.value);
        if told {
            canvas.text((x, y - 11.0), SMALL.sized(10.5).middle().halo(), &text);
        }
    });
}

/// One panel a series, all on one scale, two to four in a row.
pub(super) fn multiples(trend: &Trend, canvas: &mut Canvas) -> Drawn {
    const PANEL: f64 = 110.0;
    let all = Trend { series: Vec::new(), ..trend.clone() };
    let shown = Shown { series: &trend.series[..trend.series.len().min(40)], ..Shown::of(&all) };
    if shown.is_empty() {
        return Drawn::default();
    }
    let across = ((canvas.width / 170.0) as usize).clamp(1, 4).min(shown.series.len());
    let gap = 18.0;
    let wide = (canvas.width - gap * (across as f64 - 1.0)) / across as f64;
    let values: Vec<f64> = shown.values().collect();
    for (which, series) in shown.series.iter().enumerate() {
        let left = (which % across) as f64 * (wide + gap);
        let top = (which / across) as f64 * PANEL;
        let scale = Scale::around(values.iter().copied(), 2, top + 82.0, top + 26.0);
        let area = Area { x: left, y: top + 26.0, w: wide, h: 56.0 };
        let plot = Plot { area, scale, band: wide / shown.periods.len() as f64 };
        canvas.thing(&series.name, series.href.as_ref(), |canvas| {
            canvas.touch(Area { x: left, y: top, w: wide, h: 22.0 });
            canvas.fitted((left, top + 10.0), LABEL, &series.name, wide);
        });
        panel(&shown, &plot, which, canvas);
    }
    let rows = shown.series.len().div_ceil(across);
    let drawn = Drawn { incomplete: shown.incomplete(), ..Drawn::to(rows as f64 * PANEL - 8.0) };
    drawn.cut(shown.series.len(), trend.series.len())
}

fn panel(shown: &Shown<'_>, plot: &Plot, which: usize, canvas: &mut Canvas) {
    let wide = (plot.band * 0.8).max(0.5);
    let most = (0..shown.periods.len())
        .filter_map(|at| shown.point(which, at))
        .map(|point| finite(point.value))
        .fold(0.0, f64::max);
    let mut told = false;
    for (at, period) in shown.periods.iter().enumerate() {
        let Some(point) = shown.point(which, at) else { continue };
        let label = format!("{}, {}", shown.series[which].name, period.label);
        canvas.thing(&name(&label, point.value, point.note.as_ref()), point.href.as_ref(), |canvas| {
            canvas.touch(Area { x: plot.middle(at) - plot.band / 2.0, y: plot.area.y, w: plot.band, h: plot.area.h });
            let area = upright(plot, plot.middle(at) - wide / 2.0, wide, 0.0, point.value);
            canvas.patterned(area, if period.incomplete { Pattern::Open(0) } else { Pattern::Series(0) });
            if !told && finite(point.value) >= most && most > 0.0 {
                let text = number(point.value);
                let half = measure(&text, 10.0) / 2.0;
                let x = plot
                    .middle(at)
                    .clamp(plot.area.x + half, (plot.area.x + plot.area.w - half).max(plot.area.x + half));
                canvas.text((x, area.y - 7.0), SMALL.sized(10.0).middle(), &text);
                told = true;
            }
        });
    }
    let base = plot.scale.at(0.0);
    canvas.line((plot.area.x, base), (plot.area.x + plot.area.w, base), Colour::Muted, 1.0, false);
    let y = plot.area.y + plot.area.h + 10.0;
    if let (Some(first), Some(last)) = (shown.periods.first(), shown.periods.last()) {
        let half = plot.area.w / 2.0 - 4.0;
        canvas.fitted((plot.area.x, y), SMALL.sized(10.0), &first.label, half);
        if shown.periods.len() > 1 {
            canvas.fitted((plot.area.x + plot.area.w, y), SMALL.sized(10.0).end(), &last.label, half);
        }
    }
}
