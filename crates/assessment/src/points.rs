//! Points: whole hundredths, so that sums on paper and sums in the machine are the same.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Points in hundredths. Every line of a result is rounded once, when it is made; what is added up afterwards is exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct Points(pub i64);

impl Points {
    /// None.
    pub const NONE: Self = Self(0);

    /// A number of points, rounded to hundredths, halves away from zero. What is no number is none.
    pub fn of(value: f64) -> Self {
        let hundredths = (value * 100.0).round();
        if hundredths.is_finite() { Self(hundredths.clamp(-1e15, 1e15) as i64) } else { Self::NONE }
    }

    /// The number.
    pub fn value(self) -> f64 {
        self.0 as f64 / 100.0
    }

    /// So much of these points as `part` is of `whole`, rounded to hundredths, halves away from zero; none of nothing.
    #[must_use]
    pub fn share(self, part: Self, whole: Self) -> Self {
        if whole.0 == 0 {
            return Self::NONE;
        }
        let (product, whole) = (i128::from(self.0) * i128::from(part.0), i128::from(whole.0));
        let half = whole.abs() / 2 * product.signum() * whole.signum();
        Self(((product + half) / whole) as i64)
    }
}

impl Add for Points {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Points {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::NONE, Self::add)
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let all = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", all / 100, all % 100)
    }
}

/// A number as people write it: at most four places behind the point, no zeros at the end.
pub fn number(value: f64) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
#[path = "points_tests.rs"]
mod tests;
