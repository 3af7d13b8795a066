//! Signals for warning rules, read from the other rooms.

mod filed;
mod measured;
mod outlets;
mod worked;

use std::collections::HashMap;
use std::sync::Mutex;

use cases::Cases;
use credit::Credit;
use indicators::Indicators;
use jiff::Timestamp;
use jiff::civil::Date;
use network::{Network, Node, OrganisationId, Text};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use plans::Plans;
use ratings::Ratings;
use search::Searcher;
use warnings::{Reading, SignalInfo, SignalsAnswer, WarningsError};

use super::filings::Register;

/// The rooms that are read.
pub(crate) struct Rooms {
    pub(crate) network: Network,
    pub(crate) cases: Cases,
    pub(crate) ratings: Ratings,
    pub(crate) indicators: Indicators,
    pub(crate) plans: Plans,
    pub(crate) credit: Credit,
    register: Register,
    /// Groups of filings that are alike, as they were at a position of the feed and a day.
    alike: Mutex<Option<(i64, Date, Vec<filed::Group>)>>,
}

impl Rooms {
    pub(crate) fn new(
        searcher: Searcher,
        network: &Network,
        (cases, ratings): (&Cases, &Ratings),
        (indicators, plans, credit): (&Indicators, &Plans, &Credit),
    ) -> Self {
        Self {
            network: network.clone(),
            cases: cases.clone(),
            ratings: ratings.clone(),
            indicators: indicators.clone(),
            plans: plans.clone(),
            credit: credit.clone(),
            register: Register::new(searcher),
            alike: Mutex::new(None),
        }
    }
}

impl std::fmt::Debug for Rooms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rooms")
    }
}

/// Code, name, unit, reference; each in both languages.
type Told =
    (&'static str, (&'static str, &'static str), (&'static str, &'static str), Option<(&'static str, &'static str)>);

const SIGNALS: [Told; 9] = [
    (
        "indicator-trajectory",
        ("指标完成目标轨迹的百分比", "indicator as a percentage of its trajectory"),
        ("%", "%"),
        Some(("目标轨迹", "trajectory")),
    ),
    (
        "indicator-missing",
        ("指标数据逾期未报的天数", "days since an indicator period ended unreported"),
        ("天", "days"),
        None,
    ),
    ("tasks-late", ("任务逾期天数", "days that a task is late"), ("天", "days"), None),
    ("cases-late", ("超过期限的办件数", "cases past their deadline"), ("件", "cases"), None),
    ("bad-ratings-share", ("近六个月差评占比", "share of bad ratings in six months"), ("%", "%"), None),
    ("outlet-unconfirmed", ("网点信息未核实的天数", "days since an outlet was confirmed"), ("天", "days"), None),
    ("outlet-staff", ("网点专职人员数", "full-time staff of an outlet"), ("人", "people"), None),
    (
        "alike-filings",
        ("近一年公开的同一地址雷同申请数", "nearly identical filings at one address, published in a year"),
        ("件", "filings"),
        Some(("前一年", "the year before")),
    ),
    (
        "agency-leads",
        ("代理机构待核查的质量线索数", "quality leads of an agency to be looked into"),
        ("条", "leads"),
        None,
    ),
];

impl warnings::Signals for Rooms {
    fn known(&self) -> Vec<SignalInfo> {
        let words = |(zh, en): (&str, &str)| Text::new(zh, en);
        let info = |(code, name, unit, reference): &Told| SignalInfo {
            code: (*code).to_owned(),
            name: words(*name),
            unit: words(*unit),
            reference: reference.map(words),
        };
        SIGNALS.iter().map(info).collect()
    }

    fn read<'a>(&'a self, signal: &'a str, now: Timestamp) -> SignalsAnswer<'a, Vec<Reading>> {
        Box::pin(async move {
            let today = warnings::office_day(now);
            let read = match signal {
                "indicator-trajectory" => measured::trajectory(self, today).await,
                "indicator-missing" => measured::missing(self, today).await,
                "tasks-late" => worked::tasks(self, today).await,
                "cases-late" => worked::cases(self, now).await,
                "bad-ratings-share" => worked::ratings(self, today).await,
                "outlet-unconfirmed" => outlets::unconfirmed(self, today).await,
                "outlet-staff" => outlets::staff(self, today).await,
                "alike-filings" => filed::alike(self, today).await,
                "agency-leads" => filed::leads(self).await,
                other => Err(anyhow::anyhow!("there is no signal «{other}»")),
            };
            read.map_err(|error| WarningsError::Signal { signal: signal.to_owned(), reason: format!("{error:#}") })
        })
    }
}

/// The administrations of provinces, by the first two digits of their region.
async fn provinces(rooms: &Rooms, day: Date) -> anyhow::Result<(Option<OrganisationId>, HashMap<u8, OrganisationId>)> {
    let tree = rooms.network.tree(day).await?;
    let of = |level| move |node: &&Node| node.kind == network::Kind::Administration && node.level == level;
    let nation = tree.iter().find(of(network::Level::Nation)).map(|node| node.id.clone());
    let mut found = HashMap::new();
    for node in tree.iter().filter(of(network::Level::Province)) {
        if let Ok(code) = node.region.as_str()[..2].parse::<u8>() {
            found.entry(code).or_insert_with(|| node.id.clone());
        }
    }
    Ok((nation, found))
}

/// An address with a value in it.
fn with(path: &str, name: &str, value: &str) -> String {
    format!("{path}?{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC))
}

/// The list of rights of a query.
fn list(query: &str) -> String {
    with("/search", "q", query)
}
