//! Reminders of follow-ups that are due soon or late.

use database::Database;
use jiff::Timestamp;
use network::derived;
use notices::{Notice, Recipient};
use services::office_day;

use crate::rateable::beginning;
use crate::sql::{follow_ups, ratings};
use crate::{FollowUp, RatingsError};

/// Tells of every follow-up that is due within one working day, and once more when it is late: the one who works it,
/// else the outlet; of late ones the outlet too. To be called every hour or so, by any number of processes: each
/// reminder has one id and is put once. Answers how many follow-ups there were.
pub async fn remind(database: &Database, now: Timestamp) -> Result<usize, RatingsError> {
    let today = office_day(now);
    let mut read = database.read().await?;
    let soon = services::calendar(&mut read).await?.add_working_days(today, 1);
    let due = follow_ups::due_by(&mut read, soon).await?;
    read.close().await?;
    for follow_up in &due {
        let mut write = database.write().await?;
        tell(&mut write, now, follow_up, follow_up.is_late(today)).await?;
        write.commit().await?;
    }
    Ok(due.len())
}

async fn tell(write: &mut database::Write, now: Timestamp, about: &FollowUp, late: bool) -> Result<(), RatingsError> {
    let Some(due) = about.next_due() else { return Ok(()) };
    let Some(rating) = ratings::get(write, &about.rating).await? else { return Ok(()) };
    let title = crate::rateable::title(write, rating.rating.item.as_deref(), rating.rating.day).await?;
    let (zh, en) = rating.matter(&title);
    let due_text = due.to_string();
    let values = [("matter.zh", zh.as_str()), ("matter.en", en.as_str()), ("due", due_text.as_str())];
    let template = if late { "follow-up.late" } else { "follow-up.due-soon" };
    let link = format!("/desk/follow-ups/{}", about.id);
    let mut to = Vec::new();
    if let Some(assignee) = &about.assignee {
        to.push((Recipient::Person(&assignee.0), "person"));
    }
    if late || to.is_empty() {
        to.push((Recipient::Organisation(&about.outlet), "outlet"));
    }
    for (to, whom) in to {
        let id = derived(beginning(due), template, &format!("{}/{due}/{whom}", about.id));
        let notice = Notice { id, template, values: &values, to, link: &link };
        notices::put(write, now, &notice).await?;
    }
    Ok(())
}
