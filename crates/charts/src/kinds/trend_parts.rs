//! What column and line charts share: the plot, its axes and labels.

use crate::{
    Period, Point, Series, Trend,
    draw::{Area, Canvas, Colour, SMALL},
    scale::Scale,
    text::{fit, measure, number},
};

const PERIODS: usize = 80;
pub(super) const SERIES: usize = 8;

/// The part of a trend that is drawn.
pub(super) struct Shown<'a> {
    pub(super) periods: &'a [Period],
    pub(super) series: &'a [Series],
    /// How many periods before these are left out.
    pub(super) before: usize,
}

impl<'a> Shown<'a> {
    pub(super) fn of(trend: &'a Trend) -> Self {
        let before = trend.periods.len().saturating_sub(PERIODS);
        Self { periods: &trend.periods[before..], series: &trend.series[..trend.series.len().min(SERIES)], before }
    }

    pub(super) fn point(&self, series: usize, period: usize) -> Option<&'a Point> {
        self.series.get(series)?.points.get(self.before + period)?.as_ref()
    }

    /// No period, or no value in any.
    pub(super) fn is_empty(&self) -> bool {
        (0..self.series.len()).all(|series| (0..self.periods.len()).all(|period| self.point(series, period).is_none()))
    }

    pub(super) fn incomplete(&self) -> bool {
        self.periods.iter().any(|period| period.incomplete)
    }

    pub(super) fn values(&self) -> impl Iterator<Item = f64> {
        (0..self.series.len())
            .flat_map(move |series| (0..self.periods.len()).filter_map(move |period| self.point(series, period)))
            .map(|point| point.value)
    }
}

/// The plot: its frame, the vertical scale and the width of a period.
pub(super) struct Plot {
    pub(super) area: Area,
    pub(super) scale: Scale,
    pub(super) band: f64,
}

impl Plot {
    /// Room for a plot under `top`: the axis on the left takes what its numbers need.
    pub(super) fn new(
        top: f64,
        height: f64,
        canvas: &Canvas,
        values: impl Iterator<Item = f64> + Clone,
        periods: usize,
    ) -> Self {
        let scale = Scale::around(values, 5, top + height, top);
        let axis = scale.ticks.iter().map(|tick| measure(&number(*tick), SMALL.size)).fold(0.0, f64::max) + 8.0;
        let area = Area { x: axis, y: top, w: canvas.width - axis - 4.0, h: height };
        let band = area.w / periods.max(1) as f64;
        Self { area, scale, band }
    }

    pub(super) fn middle(&self, period: usize) -> f64 {
        self.area.x + (period as f64 + 0.5) * self.band
    }

    /// Grid lines with their numbers.
    pub(super) fn axis(&self, canvas: &mut Canvas) {
        for tick in &self.scale.ticks {
            let y = self.scale.at(*tick);
            let colour = if *tick == 0.0 { Colour::Muted } else { Colour::Line };
            canvas.line((self.area.x, y), (self.area.x + self.area.w, y), colour, 1.0, false);
            canvas.text((self.area.x - 6.0, y), SMALL.end(), &number(*tick));
        }
    }

    /// Names of the periods under the plot: all, or every second, fifth … so that they do not touch; the last is shown.
    pub(super) fn periods(&self, periods: &[Period], canvas: &mut Canvas) {
        let widest = periods.iter().map(|period| measure(&period.label, SMALL.size)).fold(0.0, f64::max);
        let need = (widest + 6.0).min(96.0);
        let every =
            [1, 2, 3, 4, 5, 10, 20, 40].into_iter().find(|every| *every as f64 * self.band >= need).unwrap_or(80);
        let y = self.area.y + self.area.h + 13.0;
        let mut free = canvas.width;
        for (at, period) in periods.iter().enumerate().rev().step_by(every) {
            let label = fit(&period.label, (every as f64 * self.band).max(need) - 4.0, SMALL.size);
            let half = measure(&label, SMALL.size) / 2.0;
            let x = self.middle(at).clamp(half, (canvas.width - half).max(half));
            if x + half <= free {
                canvas.text((x, y), SMALL.middle(), &label);
                free = x - half - 4.0;
            }
        }
    }
}

/// The name of what is counted, above the axis.
pub(super) fn axis_name(head: &str, y: f64, canvas: &mut Canvas) {
    let width = canvas.width;
    canvas.fitted((0.0, y), SMALL, head, width);
}
