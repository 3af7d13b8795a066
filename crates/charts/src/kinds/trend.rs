//! Columns by period.

use super::{
    Drawn, legend, name,
    trend_parts::{Plot, Shown, axis_name},
};
use crate::{
    Trend,
    draw::{Area, Canvas, Colour, Pattern, SMALL},
    text::{finite, measure, number},
};

const HIGH: f64 = 220.0;

/// Series side by side; three are read well, more are drawn as they come.
pub(super) fn columns(trend: &Trend, canvas: &mut Canvas) -> Drawn {
    let shown = Shown::of(trend);
    if shown.is_empty() {
        return Drawn::default();
    }
    let plot = plot(trend, &shown, canvas, shown.values().collect());
    let wide = (plot.band * 0.76).min(56.0 * shown.series.len() as f64);
    let column = wide / shown.series.len() as f64;
    // All numbers or none: some alone would look like the important ones.
    let room = if shown.series.len() == 1 { plot.band } else { column };
    let told = shown.values().all(|value| measure(&number(value), 10.5) <= room + 1.0);
    for (at, period) in shown.periods.iter().enumerate() {
        for (which, series) in shown.series.iter().enumerate() {
            let Some(point) = shown.point(which, at) else { continue };
            let label = label(&period.label, &series.name, shown.series.len());
            let x = plot.middle(at) - wide / 2.0 + which as f64 * column;
            canvas.thing(&name(&label, point.value, point.note.as_ref()), point.href.as_ref(), |canvas| {
                let reach = if shown.series.len() == 1 { plot.band } else { column };
                canvas.touch(Area { x: x + (column - reach) / 2.0, y: plot.area.y, w: reach, h: plot.area.h });
                let area = upright(&plot, x, column - if shown.series.len() > 1 { 1.0 } else { 0.0 }, 0.0, point.value);
                canvas.patterned(area, if period.incomplete { Pattern::Open(which) } else { Pattern::Series(which) });
                let text = number(point.value);
                if told {
                    let y = if point.value < 0.0 { area.y + area.h + 8.0 } else { area.y - 8.0 };
                    canvas.text((x + column / 2.0, y), SMALL.sized(10.5).middle(), &text);
                }
            });
        }
    }
    done(&shown, &plot, trend, canvas)
}

/// Series on top of each other; values below zero count as zero.
pub(super) fn stacked(trend: &Trend, canvas: &mut Canvas) -> Drawn {
    let shown = Shown::of(trend);
    if shown.is_empty() {
        return Drawn::default();
    }
    let value = |which: usize, at: usize| shown.point(which, at).map_or(0.0, |point| finite(point.value).max(0.0));
    let totals: Vec<f64> =
        (0..shown.periods.len()).map(|at| (0..shown.series.len()).map(|which| value(which, at)).sum()).collect();
    let plot = plot(trend, &shown, canvas, totals.clone());
    let wide = (plot.band * 0.76).min(56.0);
    let told = totals.iter().all(|total| measure(&number(*total), 10.5) <= plot.band + 1.0);
    for (at, period) in shown.periods.iter().enumerate() {
        let mut base = 0.0;
        let x = plot.middle(at) - wide / 2.0;
        for (which, series) in shown.series.iter().enumerate() {
            let Some(point) = shown.point(which, at) else { continue };
            let label = label(&period.label, &series.name, shown.series.len());
            canvas.thing(&name(&label, point.value, point.note.as_ref()), point.href.as_ref(), |canvas| {
                let area = upright(&plot, x, wide, base, base + value(which, at));
                canvas.patterned(area, if period.incomplete { Pattern::Open(which) } else { Pattern::Series(which) });
                canvas.line((x, area.y), (x + wide, area.y), Colour::Paper, 1.0, false);
            });
            base += value(which, at);
        }
        let text = number(base);
        if told {
            canvas.text((x + wide / 2.0, plot.scale.at(base) - 8.0), SMALL.sized(10.5).middle(), &text);
        }
    }
    done(&shown, &plot, trend, canvas)
}

fn plot(trend: &Trend, shown: &Shown<'_>, canvas: &mut Canvas, values: Vec<f64>) -> Plot {
    let mut top = 0.0;
    if shown.series.len() > 1 {
        let names: Vec<_> = shown.series.iter().map(|series| (series.name.as_str(), series.href.as_ref())).collect();
        top = legend(&names, canvas, |canvas, at, x, y| {
            canvas.patterned(Area { x, y: y - 6.0, w: 18.0, h: 12.0 }, Pattern::Series(at));
        });
    }
    axis_name(&trend.value_head, top + 7.0, canvas);
    let plot = Plot::new(top + 32.0, HIGH, canvas, values.iter().copied(), shown.periods.len());
    plot.axis(canvas);
    plot
}

fn done(shown: &Shown<'_>, plot: &Plot, trend: &Trend, canvas: &mut Canvas) -> Drawn {
    plot.periods(shown.periods, canvas);
    let drawn = Drawn { incomplete: shown.incomplete(), ..Drawn::to(plot.area.y + plot.area.h + 24.0) };
    drawn.cut(shown.periods.len(), trend.periods.len())
}

/// `2021`, or `2021, Patents` where there are several series.
pub(super) fn label(period: &str, series: &str, of: usize) -> String {
    if of > 1 { format!("{period}, {series}") } else { period.to_owned() }
}

/// A column from one value to another; zero is a thin line, not nothing.
pub(super) fn upright(plot: &Plot, x: f64, w: f64, from: f64, to: f64) -> Area {
    let (base, end) = (plot.scale.at(from), plot.scale.at(to));
    let (y, h) = (base.min(end), (base - end).abs());
    if h < 1.0 { Area { x, y: base - 1.0, w, h: 1.0 } } else { Area { x, y, w, h } }
}
