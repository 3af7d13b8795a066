//! The figures that rules look at, as another room reads them.

use std::future::Future;
use std::pin::Pin;

use jiff::Timestamp;
use jiff::civil::Date;
use network::{OrganisationId, Text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::WarningsError;

/// The answer of [`Signals`].
pub type SignalsAnswer<'a, T> = Pin<Box<dyn Future<Output = Result<T, WarningsError>> + Send + 'a>>;

/// Reads signals from the other rooms.
pub trait Signals: Send + Sync + std::fmt::Debug {
    /// Every signal that there is, for the form of rules.
    fn known(&self) -> Vec<SignalInfo>;

    /// All subjects of a signal as they stand now. A subject that is not among them any more has cleared.
    fn read<'a>(&'a self, signal: &'a str, now: Timestamp) -> SignalsAnswer<'a, Vec<Reading>>;
}

/// What a signal is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SignalInfo {
    /// Its code: `tasks-late`.
    pub code: String,
    /// What its figure is.
    pub name: Text,
    /// In what it is counted: `天`, `%`.
    pub unit: Text,
    /// What the figure is compared with, where it is: the trajectory, the period before.
    pub reference: Option<Text>,
}

/// What a warning is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = WarningSubject)]
pub struct Subject {
    /// The same as long as it is the same thing: `outlet/01J…`, `task/01J…`.
    pub key: String,
    /// What it is called.
    pub name: Text,
    /// Path of its page.
    pub link: String,
}

/// A list or page behind a figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = WarningEvidence)]
pub struct Evidence {
    /// What it shows.
    pub name: Text,
    /// How many, or how much.
    pub value: Option<f64>,
    /// Path of the page or list.
    pub link: String,
}

/// A figure of a day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = WarningMoment)]
pub struct Moment {
    /// Which day.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// The figure; none where it is missing.
    pub value: Option<f64>,
}

/// One subject of a signal as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = WarningReading)]
pub struct Reading {
    /// What it is about.
    pub subject: Subject,
    /// The unit whose matter it is; those who work warnings there see it.
    pub unit: OrganisationId,
    /// The figure; none where it is missing.
    pub value: Option<f64>,
    /// What it is compared with.
    pub reference: Option<f64>,
    /// The figure before, as far as it is known.
    #[serde(default)]
    pub history: Vec<Moment>,
    /// What it counts.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}
