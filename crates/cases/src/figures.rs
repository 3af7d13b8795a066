//! Figures that fall out of the work: what came, what was done, how long it took, what came of it.

use accounts::Cover;
use jiff::civil::Date;
use network::OrganisationId;
use serde::{Deserialize, Serialize};
use services::ItemCode;
use utoipa::ToSchema;

use crate::inbox::within;
use crate::sql::statistics;
use crate::{By, Cases, CasesError, Outcome};

/// A public figure over fewer cases than this is not told: it might point to someone.
const FEWEST: u64 = 5;

/// Which figures. Empty parts ask for nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FiguresQuery {
    /// From this day.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Up to and with this day.
    #[schema(value_type = String, format = Date)]
    pub to: Date,
    /// Of one outlet, or of all under an administration.
    #[serde(default)]
    pub outlet: Option<OrganisationId>,
    /// Of one item.
    #[serde(default)]
    pub item: Option<ItemCode>,
}

/// The figures of one item at one outlet in a span of days. Each counts cases by the day of what it names, so that each
/// opens its own list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ItemFigures {
    /// The outlet that has the cases now.
    pub outlet: OrganisationId,
    /// The item.
    pub item: ItemCode,
    /// Cases received.
    pub received: u64,
    /// Cases accepted.
    pub accepted: u64,
    /// Cases delivered (last delivery).
    pub delivered: u64,
    /// Of those with a deadline, delivered in time.
    pub on_time: u64,
    /// Of those with a deadline, delivered late.
    pub late: u64,
    /// Working days that the delivered took, together.
    pub working_days: u64,
    /// Cases closed.
    pub closed: u64,
    /// What came of those.
    pub outcomes: Vec<OutcomeCount>,
    /// Of those, trainings and the like that were held: cases that say how many people came.
    pub held: u64,
    /// People who came, together.
    pub attended: u64,
}

impl ItemFigures {
    /// Of an item at an outlet at which nothing happened.
    pub fn none(outlet: OrganisationId, item: ItemCode) -> Self {
        Self {
            outlet,
            item,
            received: 0,
            accepted: 0,
            delivered: 0,
            on_time: 0,
            late: 0,
            working_days: 0,
            closed: 0,
            outcomes: Vec::new(),
            held: 0,
            attended: 0,
        }
    }

    /// Working days a delivered case took on average.
    pub fn mean_working_days(&self) -> Option<f64> {
        (self.delivered > 0).then(|| self.working_days as f64 / self.delivered as f64)
    }

    /// Part of the deliveries with a deadline that were in time, 0 to 1.
    pub fn on_time_rate(&self) -> Option<f64> {
        let all = self.on_time + self.late;
        (all > 0).then(|| self.on_time as f64 / all as f64)
    }
}

/// How many cases ended so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OutcomeCount {
    /// How.
    pub outcome: Outcome,
    /// How many.
    pub count: u64,
}

/// Figures by outlet and item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Figures {
    /// By outlet, then item.
    pub rows: Vec<ItemFigures>,
}

/// An item in figures that everyone may see.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PublicFigures {
    /// The item.
    pub item: ItemCode,
    /// Cases received.
    pub received: u64,
    /// Cases delivered; none where they are too few to tell.
    pub delivered: Option<u64>,
    /// Part of the deliveries with a deadline that were in time, 0 to 1; none where they are too few to tell.
    pub on_time_rate: Option<f64>,
    /// Working days a delivered case took on average; none where they are too few to tell.
    pub mean_working_days: Option<f64>,
}

impl Cases {
    /// Figures by outlet and item, cut to where whoever asks may read cases.
    pub async fn figures(&self, by: By<'_>, query: &FiguresQuery) -> Result<Figures, CasesError> {
        let mut read = self.database.read().await?;
        let cover = within(&mut read, by, query.outlet.as_ref(), query.to).await?;
        let rows = statistics::figures(&mut read, &cover, query).await?;
        read.close().await?;
        Ok(Figures { rows })
    }

    /// Figures of each item that everyone may see, most asked for first; of one outlet or all. Items with fewer than five
    /// requests are left out.
    pub async fn public_figures(&self, query: &FiguresQuery) -> Result<Vec<PublicFigures>, CasesError> {
        let cover = query.outlet.clone().map_or(Cover::Everywhere, |outlet| Cover::At([outlet].into()));
        let mut read = self.database.read().await?;
        let rows = statistics::figures(&mut read, &cover, query).await?;
        read.close().await?;
        let mut by_item: Vec<ItemFigures> = Vec::new();
        for row in rows {
            match by_item.iter_mut().find(|sum| sum.item == row.item) {
                Some(sum) => {
                    sum.received += row.received;
                    sum.delivered += row.delivered;
                    sum.on_time += row.on_time;
                    sum.late += row.late;
                    sum.working_days += row.working_days;
                }
                None => by_item.push(row),
            }
        }
        by_item.retain(|sum| sum.received >= FEWEST);
        by_item.sort_by(|one, other| other.received.cmp(&one.received).then_with(|| one.item.cmp(&other.item)));
        let told = |sum: ItemFigures| PublicFigures {
            received: sum.received,
            delivered: Some(sum.delivered).filter(|delivered| *delivered >= FEWEST),
            on_time_rate: sum.on_time_rate().filter(|_| sum.on_time + sum.late >= FEWEST),
            mean_working_days: sum.mean_working_days().filter(|_| sum.delivered >= FEWEST),
            item: sum.item,
        };
        Ok(by_item.into_iter().map(told).collect())
    }
}
