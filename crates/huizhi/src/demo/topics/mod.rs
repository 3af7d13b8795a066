//! The technology of the demonstration: fields with their classes, their growth, and words to write about them.

mod chemistry;
mod electrical;
mod instruments;
mod mechanical;

use std::sync::LazyLock;

/// How filings of a field go over the years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trend {
    /// Young: few filings before 2015, then many.
    Rising,
    /// Growth, then a plateau.
    Growing,
    /// Its best years are over.
    Falling,
}

/// A field of technology.
pub(super) struct Topic {
    /// Share of filings, against the weights of the others.
    pub(super) weight: u32,
    pub(super) trend: Trend,
    /// IPC symbols, the most usual first.
    pub(super) ipc: &'static [&'static str],
    /// Locarno subclass of its products; empty when it makes none.
    pub(super) locarno: &'static str,
    /// (Chinese, English) names of the thing.
    pub(super) things: &'static [(&'static str, &'static str)],
    /// (Chinese, English) parts of it.
    pub(super) parts: &'static [(&'static str, &'static str)],
    /// (Chinese, English) what is gained.
    pub(super) gains: &'static [(&'static str, &'static str)],
}

/// All topics: batteries first.
pub(super) static TOPICS: LazyLock<Vec<&'static Topic>> = LazyLock::new(|| {
    [electrical::TOPICS, instruments::TOPICS, chemistry::TOPICS, mechanical::TOPICS].into_iter().flatten().collect()
});

/// Numbers of the topics that make products with a design.
pub(super) static PRODUCTS: LazyLock<Vec<usize>> =
    LazyLock::new(|| (0..TOPICS.len()).filter(|at| !TOPICS[*at].locarno.is_empty()).collect());
