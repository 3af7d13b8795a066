//! Filings: nearly identical ones at one address, leads of agencies.

use std::collections::BTreeMap;
use std::sync::PoisonError;

use accounts::Actor;
use anyhow::{Result, anyhow};
use credit::{Conditions, LeadQuery, LeadState};
use jiff::ToSpan as _;
use jiff::civil::Date;
use network::Text;
use warnings::{Evidence, Moment, Reading, Subject};

use super::{Rooms, list, provinces, with};
use crate::readings::filings::{self, text_of};

/// Filings published in the last two years that are looked at.
const MOST: usize = 50_000;
/// Fewer filings than this in a year are no group.
const FEW: usize = 3;

/// A group of filings that are nearly alike.
#[derive(Clone, Debug)]
pub(super) struct Group {
    address: String,
    title: String,
    province: Option<u8>,
    /// In the last year and in the one before.
    counts: (usize, usize),
    history: Vec<Moment>,
}

/// Near-identical filings at one address that were published in the last year, beside those of the year before. A day of
/// filing would not do: filings become known many months after it.
pub(super) async fn alike(rooms: &Rooms, today: Date) -> Result<Vec<Reading>> {
    let groups = groups(rooms, today).await?;
    let (nation, provinces) = provinces(rooms, today).await?;
    let year = (today.checked_sub(1.year())?.tomorrow()?, today);
    let mut readings = Vec::new();
    for group in groups {
        let unit = group.province.and_then(|code| provinces.get(&code)).or(nation.as_ref());
        let Some(unit) = unit else { continue };
        let of = |(from, to): (Date, Date)| {
            let (address, title) = (Some(group.address.as_str()), Some(group.title.as_str()));
            let same = text_of(&Conditions { address, title, ..Conditions::default() });
            list(&format!("{same} AND pd=[{from} TO {to}]"))
        };
        let before = (year.0.checked_sub(1.year())?, year.0.yesterday()?);
        let evidence = |zh: &str, en: &str, count: usize, link: String| Evidence {
            name: Text::new(zh, en),
            value: Some(number(count)),
            link,
        };
        let link = of(year);
        readings.push(Reading {
            subject: Subject {
                key: format!("alike/{}/{}", group.address, group.title),
                name: Text::new(
                    format!("{}：{}…", group.address, group.title),
                    format!("{}: {}…", group.address, group.title),
                ),
                link: link.clone(),
            },
            unit: unit.clone(),
            value: Some(number(group.counts.0)),
            reference: Some(number(group.counts.1)),
            history: group.history.clone(),
            evidence: vec![
                evidence("近一年公开的申请", "filings published in the last year", group.counts.0, link),
                evidence("前一年公开的申请", "filings published in the year before", group.counts.1, of(before)),
            ],
        });
    }
    Ok(readings)
}

#[expect(clippy::cast_precision_loss, reason = "counts of filings are far below 2^52")]
fn number(count: usize) -> f64 {
    count as f64
}

/// The groups; read again when the index has moved or the day is another.
async fn groups(rooms: &Rooms, today: Date) -> Result<Vec<Group>> {
    let position = rooms.register.position()?;
    let kept = rooms.alike.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some((_, _, groups)) = kept.filter(|(at, day, _)| *at == position && *day == today) {
        return Ok(groups);
    }
    let from = today.checked_sub(2.years())?.tomorrow()?;
    let found =
        rooms.register.found(&format!("pd=[{from} TO {today}]"), MOST).await.map_err(|reason| anyhow!(reason))?;
    let middle = today.checked_sub(1.year())?;
    let mut groups = Vec::new();
    for group in filings::alike(&found) {
        let late = group.days.iter().filter(|day| **day > middle).count();
        if late < FEW {
            continue;
        }
        // The same figure at the end of each of the months before.
        let mut history = Vec::new();
        for back in (0..=12).rev() {
            let end = if back == 0 { today } else { today.checked_sub(back.months())?.last_of_month() };
            let begin = end.checked_sub(1.year())?;
            let count = group.days.iter().filter(|day| **day > begin && **day <= end).count();
            history.push(Moment { day: end, value: Some(number(count)) });
        }
        groups.push(Group {
            address: group.address,
            title: group.title.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned(),
            province: group.province,
            counts: (late, group.days.len() - late),
            history,
        });
    }
    *rooms.alike.lock().unwrap_or_else(PoisonError::into_inner) = Some((position, today, groups.clone()));
    Ok(groups)
}

/// Leads of each agency that nobody has looked into.
pub(super) async fn leads(rooms: &Rooms) -> Result<Vec<Reading>> {
    let program = Actor::system("warnings");
    let mut query = LeadQuery { state: Some(LeadState::Open), limit: credit::MOST_ON_A_PAGE, ..LeadQuery::default() };
    let mut counts: BTreeMap<credit::AgencyId, usize> = BTreeMap::new();
    loop {
        let page = rooms.credit.leads(&program, &query).await?;
        for lead in &page.rows {
            *counts.entry(lead.agency.clone()).or_default() += 1;
        }
        match page.next {
            Some(next) => query.after = Some(next),
            None => break,
        }
    }
    let mut readings = Vec::with_capacity(counts.len());
    for (id, count) in counts {
        let agency = rooms.credit.agency(&id).await?;
        let link = with("/governance/credit/leads", "agency", id.as_str());
        let name = Text::new("待核查的线索", "leads to be looked into");
        readings.push(Reading {
            subject: Subject {
                key: format!("agency/{id}"),
                name: Text::new(agency.name("zh"), agency.name("en")),
                link: format!("/governance/credit/agencies/{id}/quality"),
            },
            unit: agency.keeper.clone(),
            value: Some(number(count)),
            reference: None,
            history: Vec::new(),
            evidence: vec![Evidence { name, value: Some(number(count)), link }],
        });
    }
    Ok(readings)
}
