//! Axes: from values to places.

use crate::text::finite;

/// A straight scale from `from..to` (values) to `low..high` (places).
#[derive(Clone, Debug)]
pub(crate) struct Scale {
    from: f64,
    to: f64,
    low: f64,
    high: f64,
    /// Round values inside the scale, ascending, first and last included.
    pub(crate) ticks: Vec<f64>,
}

impl Scale {
    /// A scale that holds zero and all the values, ending on round numbers. Steps are whole when all values are.
    pub(crate) fn around(values: impl Iterator<Item = f64>, steps: usize, low: f64, high: f64) -> Self {
        let (mut least, mut most, mut whole) = (0.0_f64, 0.0_f64, true);
        for value in values.map(finite) {
            least = least.min(value);
            most = most.max(value);
            whole &= value.fract() == 0.0;
        }
        if least >= most {
            most = 1.0;
        }
        let step = step((most - least) / steps.max(1) as f64, whole);
        let first = (least / step).floor() as i64;
        let last = (most / step).ceil() as i64;
        let ticks: Vec<f64> = (first..=last).map(|tick| tick as f64 * step).collect();
        Self { from: first as f64 * step, to: last as f64 * step, low, high, ticks }
    }

    /// The place of a value.
    pub(crate) fn at(&self, value: f64) -> f64 {
        let part = (finite(value) - self.from) / (self.to - self.from);
        self.low + part.clamp(0.0, 1.0) * (self.high - self.low)
    }
}

/// The next larger of 1, 2, 5 times a power of ten.
fn step(raw: f64, whole: bool) -> f64 {
    let power = 10_f64.powf(raw.log10().floor());
    let times = raw / power;
    let round = if times <= 1.0 {
        1.0
    } else if times <= 2.0 {
        2.0
    } else if times <= 5.0 {
        5.0
    } else {
        10.0
    };
    let step = round * power;
    if whole { step.max(1.0) } else { step }
}
