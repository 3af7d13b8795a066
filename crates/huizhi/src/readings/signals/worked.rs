//! What is worked: tasks, cases, ratings.

use std::collections::BTreeMap;

use accounts::{Actor, Cover};
use anyhow::Result;
use cases::{By, InboxQuery, Level};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use network::{OrganisationId, Text};
use ratings::{Level as Satisfaction, Published};
use warnings::{Evidence, Moment, Reading, Subject};

use super::Rooms;

/// Months of ratings that are counted.
const MONTHS: i64 = 6;

/// Days that each late task of a unit is late.
pub(super) async fn tasks(rooms: &Rooms, today: Date) -> Result<Vec<Reading>> {
    let late = rooms.plans.late(&Cover::Everywhere, today).await?;
    let reading = |late: plans::Late| {
        let link = late.link();
        let value = days(late.days);
        let name = |lang: &str| {
            let joint = if lang == "zh" { "：" } else { ": " };
            format!("{}{joint}{}", late.name.text(lang), late.title.text(lang))
        };
        let due =
            Text::new(format!("应于 {} 完成，查看填报", late.due), format!("due by {}, see its reports", late.due));
        Reading {
            subject: Subject {
                key: format!("task/{}/{}/{}", late.plan.id, late.task, late.unit),
                name: Text::new(name("zh"), name("en")),
                link: link.clone(),
            },
            unit: late.unit.clone(),
            value: Some(value),
            reference: None,
            history: Vec::new(),
            evidence: vec![Evidence { name: due, value: Some(value), link }],
        }
    };
    Ok(late.into_iter().map(reading).collect())
}

#[expect(clippy::cast_precision_loss, reason = "numbers of days are small")]
fn days(days: i64) -> f64 {
    days as f64
}

/// Open cases past their deadline at each outlet that has any.
pub(super) async fn cases(rooms: &Rooms, now: Timestamp) -> Result<Vec<Reading>> {
    let program = Actor::system("warnings");
    let mut late: BTreeMap<OrganisationId, u32> = BTreeMap::new();
    let mut query = InboxQuery { level: Some(Level::Late), limit: cases::MOST_ON_A_PAGE, ..InboxQuery::open() };
    loop {
        let page = rooms.cases.inbox(now, By::from(&program), &query).await?;
        for listed in &page.cases {
            *late.entry(listed.case.outlet.clone()).or_default() += 1;
        }
        match page.next {
            Some(next) => query.after = Some(next),
            None => break,
        }
    }
    let today = warnings::office_day(now);
    let mut readings = Vec::with_capacity(late.len());
    for (outlet, count) in late {
        let value = Some(f64::from(count));
        let link = format!("/desk?level=late&outlet={outlet}");
        let evidence =
            Evidence {
                name: Text::new("超过期限的办件", "cases past their deadline"), value, link: link.clone()
            };
        readings.push(Reading {
            subject: Subject { key: format!("outlet/{outlet}"), name: name(rooms, &outlet, today).await?, link },
            unit: outlet,
            value,
            reference: None,
            history: Vec::new(),
            evidence: vec![evidence],
        });
    }
    Ok(readings)
}

async fn name(rooms: &Rooms, id: &OrganisationId, day: Date) -> Result<Text> {
    let found = rooms.network.organisation(id, day).await?;
    Ok(found.map_or_else(
        || Text::new(id.to_string(), id.to_string()),
        |found| Text::new(found.profile.name("zh"), found.profile.name("en")),
    ))
}

/// Share of bad ratings of each outlet with enough of them, in percent, over the last six whole months.
pub(super) async fn ratings(rooms: &Rooms, today: Date) -> Result<Vec<Reading>> {
    let last = today.first_of_month().yesterday()?;
    let mut history: BTreeMap<OrganisationId, Vec<Moment>> = BTreeMap::new();
    let mut present: Vec<(OrganisationId, f64, u64)> = Vec::new();
    for back in (0..4).rev() {
        let to = last.checked_sub((back * MONTHS).months())?;
        let from = to.checked_sub((MONTHS - 1).months())?;
        for one in rooms.ratings.published_by_outlet(from, to).await? {
            let Published::Figure(figure) = one.published else { continue };
            let bad = figure.levels.of(Satisfaction::Dissatisfied) + figure.levels.of(Satisfaction::VeryDissatisfied);
            let share = percent(bad, figure.count);
            history.entry(one.outlet.clone()).or_default().push(Moment { day: to, value: Some(share) });
            if back == 0 {
                present.push((one.outlet, share, bad));
            }
        }
    }
    let mut readings = Vec::with_capacity(present.len());
    for (outlet, share, bad) in present {
        let from = last.checked_sub((MONTHS - 1).months())?.first_of_month();
        let link = format!("/desk/ratings?outlet={outlet}&bad=1&from={from}&to={last}");
        let evidence =
            Evidence { name: Text::new("差评", "bad ratings"), value: Some(count(bad)), link: link.clone() };
        readings.push(Reading {
            subject: Subject {
                key: format!("outlet/{outlet}"),
                name: name(rooms, &outlet, today).await?,
                link: format!("/network/{outlet}"),
            },
            history: history.remove(&outlet).unwrap_or_default(),
            unit: outlet,
            value: Some(share),
            reference: None,
            evidence: vec![evidence],
        });
    }
    Ok(readings)
}

#[expect(clippy::cast_precision_loss, reason = "counts of ratings are far below 2^52")]
fn count(number: u64) -> f64 {
    number as f64
}

fn percent(part: u64, of: u64) -> f64 {
    if of == 0 { 0.0 } else { (count(part) / count(of) * 1000.0).round() / 10.0 }
}
