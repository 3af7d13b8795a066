//! Plans, indicators, assessments of the demonstration: two years for all provinces and forty cities, made up and made by
//! the same domain functions that serve the site.

mod agencies;
mod assessments;
mod indicators;
mod planning;
pub(crate) mod units;
mod watched;

use std::sync::Arc;

use ::indicators::Indicators;
use accounts::Accounts;
use anyhow::{Context, Result};
use assessment::Assessments;
use credit::Credit;
use database::Database;
use jiff::Timestamp;
use plans::Plans;
use warnings::Warnings;

use crate::readings::filings::Register;
use crate::readings::signals;

pub(crate) use units::Units;

/// The rooms that are filled.
#[expect(dead_code, reason = "filled room by room")]
pub(crate) struct Rooms {
    pub(crate) database: Database,
    pub(crate) accounts: Accounts,
    pub(crate) indicators: Indicators,
    pub(crate) plans: Plans,
    pub(crate) assessments: Assessments,
    pub(crate) credit: Credit,
    pub(crate) warnings: Warnings,
}

/// Brings units and two years of their reports. What is there already stays.
pub(crate) async fn bring(
    database: &Database,
    secret: accounts::Secret,
    indicators: Indicators,
    searcher: search::Searcher,
    now: Timestamp,
) -> Result<()> {
    let plans = Plans::open(database.clone()).await?;
    let credit = Credit::open(database.clone()).await?.reading(Arc::new(Register::new(searcher.clone())));
    let network = network::Network::open(database.clone()).await?;
    let cases = cases::Cases::open(database.clone(), secret.clone()).await?;
    let ratings = ratings::Ratings::open(database.clone()).await?;
    let signals = signals::Rooms::new(searcher, &network, (&cases, &ratings), (&indicators, &plans, &credit));
    let rooms = Rooms {
        database: database.clone(),
        accounts: Accounts::open(database.clone(), secret, accounts::Settings::default()).await?,
        indicators,
        plans,
        assessments: Assessments::open(database.clone()).await?,
        credit,
        warnings: Warnings::open(database.clone()).await?.reading(Arc::new(signals)),
    };
    let units: Units = units::enter(&rooms.database, now).await.context("units")?;
    indicators::fill(&rooms, &units, now).await.context("indicators")?;
    indicators::measure(&rooms.indicators, now).await.context("figures")?;
    planning::fill(&rooms, &units, now).await.context("plans")?;
    assessments::fill(&rooms, &units, now).await.context("assessments")?;
    agencies::fill(&rooms, &units, now).await.context("agencies")?;
    watched::fill(&rooms, now).await.context("warnings")?;
    Ok(())
}
