//! Asking clients for a rating when their case has ended.

use accounts::Cover;
use cases::{By, Matter, State};
use database::{Database, Write};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use network::derived;
use notices::{Notice, Recipient};
use services::office_day;

use crate::rateable::beginning;
use crate::sql::ratings;
use crate::{RatingsError, Subject};

/// Days after the end of a case in which its client is asked. Later nobody is: an installation that was down for long
/// does not write to everyone.
const ASKED_DAYS: i64 = 3;

/// Asks every client with an account whose case was archived in the last days and not rated, once a case. To be called
/// every hour or so, by any number of processes. Answers how many such cases there were.
pub async fn ask(database: &Database, now: Timestamp) -> Result<usize, RatingsError> {
    let today = office_day(now);
    let from = office_day(now - SignedDuration::from_hours(24 * ASKED_DAYS));
    let mut read = database.read().await?;
    let archived = cases::archived_with_client(&mut read, &Cover::Everywhere, (from, today), None).await?;
    let mut open = Vec::new();
    for (case, client) in archived {
        if ratings::of_subject(&mut read, &Subject::Case(case.clone())).await?.is_none() {
            open.push((case, client));
        }
    }
    read.close().await?;
    let program = accounts::Actor::system("ratings");
    for (case, client) in &open {
        let mut write = database.write().await?;
        let matter = cases::matter(&mut write, By::from(&program), case).await?;
        tell(&mut write, now, &matter, client).await?;
        write.commit().await?;
    }
    Ok(open.len())
}

async fn tell(
    write: &mut Write,
    now: Timestamp,
    matter: &Matter,
    client: &accounts::PersonId,
) -> Result<(), RatingsError> {
    let case = &matter.case;
    if case.state != State::Archived {
        return Ok(());
    }
    let reference = case.reference.to_string();
    let values = [
        ("reference", reference.as_str()),
        ("item.zh", case.item_title.zh.as_str()),
        ("item.en", case.item_title.en.as_str()),
    ];
    // A case that was reopened and archived again is asked about again.
    let ended: Date = case.closed_at.map_or_else(|| office_day(now), office_day);
    let id = derived(beginning(ended), "rating.asked", &format!("{}/{ended}", case.id));
    let link = format!("/rate/cases/{}", case.id);
    let to = Recipient::Person(&client.0);
    Ok(notices::put(write, now, &Notice { id, template: "rating.asked", values: &values, to, link: &link }).await?)
}
