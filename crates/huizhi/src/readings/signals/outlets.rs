//! Outlets: when they were confirmed, how many work there.

use anyhow::Result;
use jiff::civil::Date;
use network::{Kind, Level, Organisation, Status, Text};
use warnings::{Evidence, Reading, Subject};

use super::Rooms;

/// Outlets that work on a day.
async fn working(rooms: &Rooms, day: Date) -> Result<Vec<Organisation>> {
    let mut read = rooms.network.database().read().await?;
    let mut all = network::everything(&mut read, day).await?;
    read.close().await?;
    all.retain(|one| {
        let serves = one.profile.kind != Kind::Administration && one.profile.level == Level::Outlet;
        serves && one.status == Status::Active
    });
    Ok(all)
}

fn reading(outlet: &Organisation, value: Option<f64>, (zh, en): (&str, &str)) -> Reading {
    let link = format!("/network/{}", outlet.id);
    let name = Text::new(outlet.profile.name("zh"), outlet.profile.name("en"));
    Reading {
        subject: Subject { key: format!("outlet/{}", outlet.id), name, link: link.clone() },
        unit: outlet.id.clone(),
        value,
        reference: None,
        history: Vec::new(),
        evidence: vec![Evidence { name: Text::new(zh, en), value, link }],
    }
}

/// Days since each was confirmed, or since it was opened.
pub(super) async fn unconfirmed(rooms: &Rooms, today: Date) -> Result<Vec<Reading>> {
    let days = |outlet: &Organisation| {
        let day = outlet.confirmed.as_ref().map_or(outlet.opened, |confirmed| warnings::office_day(confirmed.at));
        day.until(today).map_or(0, |span| span.get_days()).max(0)
    };
    let told = ("网点页面：最近核实", "page of the outlet: last confirmed");
    Ok(working(rooms, today).await?.iter().map(|one| reading(one, Some(f64::from(days(one))), told)).collect())
}

/// Full-time staff of each; none where it is not told.
pub(super) async fn staff(rooms: &Rooms, today: Date) -> Result<Vec<Reading>> {
    let told = ("网点页面：人员", "page of the outlet: staff");
    let all = working(rooms, today).await?;
    Ok(all.iter().map(|one| reading(one, one.profile.full_time.map(f64::from), told)).collect())
}
