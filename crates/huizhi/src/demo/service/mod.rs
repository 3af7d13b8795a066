//! The service network of the demonstration: outlets in real regions, people of every role, a year of cases. All of it is
//! made up and made by the same domain functions that serve the site, at moments of the past year.

mod answers;
mod follow;
mod opinions;
mod outlets;
mod people;
mod stories;
mod words;

use accounts::{Accounts, Actor, Hashing, Settings as AccountSettings};
use anyhow::{Context, Result};
use cases::{By, Cases, InboxQuery};
use database::Database;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use network::{Id, Network};
use ratings::Ratings;
use services::Services;
use web::Persona;

use super::governance::units;

/// From this day on the network of the demonstration exists.
pub(super) const OPENED: Date = date(2021, 1, 1);
/// From this day on its service items are in force.
const IN_FORCE: Date = date(2024, 1, 1);

pub(super) use outlets::{administration, nation, organisation};

/// The rooms that the demonstration fills.
struct Rooms {
    database: Database,
    accounts: Accounts,
    services: Services,
    cases: Cases,
    ratings: Ratings,
}

/// The id with this number, the same in every run.
fn id(number: u32) -> Id {
    let mut random = [0; 10];
    random[6..].copy_from_slice(&number.to_be_bytes());
    Id::make(Timestamp::UNIX_EPOCH, random)
}

/// The program as it makes the demonstration.
pub(super) fn system() -> Actor {
    Actor::system("demonstration")
}

/// Brings outlets, people, service items and so many cases of the year before `now`. What is there already stays.
pub(crate) async fn bring(database: &Database, secret: accounts::Secret, count: u32, now: Timestamp) -> Result<()> {
    Network::open(database.clone()).await?;
    // Nobody signs in by these passwords: they need not cost much.
    let settings = AccountSettings { hashing: Hashing::MADE_UP, ..AccountSettings::default() };
    let accounts = Accounts::open(database.clone(), secret.clone(), settings).await?;
    notices::Notices::open(database.clone()).await?;
    let services = Services::open(database.clone()).await?;
    let cases = Cases::open(database.clone(), secret).await?;
    let ratings = Ratings::open(database.clone()).await?;
    let rooms = Rooms { database: database.clone(), accounts, services, cases, ratings };
    let counts = rooms.cases.inbox_counts(now, By::from(&system()), &InboxQuery::all()).await?;
    if counts.total >= u64::from(count) {
        return Ok(());
    }
    outlets::enter(&rooms, now).await.context("outlets")?;
    units::enter(database, now).await.context("administrations")?;
    install(&rooms, now).await.context("service items")?;
    let people = people::enter(&rooms, now).await.context("people")?;
    stories::tell(&rooms, &people, count, now).await.context("cases")?;
    opinions::gather(&rooms, &people, now).await.context("ratings and questionnaires")
}

async fn install(rooms: &Rooms, now: Timestamp) -> Result<()> {
    let mut write = rooms.database.write().await?;
    services::install(&mut write, now, &system(), Some(&outlets::nation()), IN_FORCE).await?;
    Ok(write.commit().await?)
}

/// The people whom anybody may be with one click.
pub(crate) async fn personas(accounts: &Accounts, now: Timestamp) -> Result<Vec<Persona>> {
    people::personas(accounts, now).await
}
