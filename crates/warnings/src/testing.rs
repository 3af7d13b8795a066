//! A small world for the tests of this crate: a nation, a province, two outlets, figures that a test sets, and people.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use accounts::{Actor, Role};
use database::Database;
use jiff::Timestamp;
use jiff::civil::date;
use network::{Kind, Network, NewOrganisation, Profile, Text};
use notices::{Inbox, Notices};

use crate::{
    Act, Checked, Evidence, Moment, Outcome, Reading, SignalInfo, Signals, SignalsAnswer, Step, Subject, Warning,
    WarningQuery, Warnings, WarningsError, check, step,
};
pub(crate) use accounts::testing::{actor, days, now, organisation, person};

/// The administration of the nation.
pub(crate) fn nation() -> Actor {
    actor(1, Role::Administrator, &[1, 2, 3, 4])
}

/// The administration of the province.
pub(crate) fn province() -> Actor {
    actor(2, Role::Administrator, &[2, 3, 4])
}

/// Whoever leads an outlet.
pub(crate) fn lead(outlet: u32) -> Actor {
    actor(100 + outlet, Role::OutletLead, &[outlet])
}

/// Figures of full-time staff by outlet; the signal is broken when there are none at all.
#[derive(Clone, Debug, Default)]
pub(crate) struct Staff(pub(crate) Arc<Mutex<BTreeMap<u32, Option<f64>>>>);

impl Staff {
    pub(crate) fn of(figures: &[(u32, Option<f64>)]) -> Self {
        Self(Arc::new(Mutex::new(figures.iter().copied().collect())))
    }

    pub(crate) fn set(&self, outlet: u32, value: Option<f64>) {
        self.0.lock().unwrap().insert(outlet, value);
    }
}

pub(crate) fn reading(outlet: u32, value: Option<f64>) -> Reading {
    let name = Text::new(format!("第{outlet}机构"), format!("Organisation {outlet}"));
    let link = format!("/network/{}", organisation(outlet));
    Reading {
        subject: Subject { key: format!("outlet/{outlet}"), name: name.clone(), link: link.clone() },
        unit: organisation(outlet),
        value,
        reference: Some(2.0),
        history: vec![Moment { day: date(2026, 5, 1), value: Some(3.0) }],
        evidence: vec![Evidence { name, value, link }],
    }
}

impl Signals for Staff {
    fn known(&self) -> Vec<SignalInfo> {
        let words = Text::new("专职人员", "full-time staff");
        let unit = Text::new("人", "people");
        let info = SignalInfo { code: "outlet-staff".to_owned(), name: words, unit, reference: None };
        vec![info]
    }

    fn read<'a>(&'a self, signal: &'a str, _: Timestamp) -> SignalsAnswer<'a, Vec<Reading>> {
        Box::pin(async move {
            let figures = self.0.lock().unwrap().clone();
            match signal {
                "outlet-staff" if figures.is_empty() => {
                    Err(WarningsError::Signal { signal: signal.to_owned(), reason: "it is broken".to_owned() })
                }
                "outlet-staff" => Ok(figures.iter().map(|(outlet, value)| reading(*outlet, *value)).collect()),
                _ => Ok(Vec::new()),
            }
        })
    }
}

/// The small world.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) warnings: Warnings,
    pub(crate) notices: Notices,
}

impl World {
    pub(crate) async fn new(database: Database) -> Self {
        accounts::migrate(&database).await.unwrap();
        Network::open(database.clone()).await.unwrap();
        let notices = Notices::open(database.clone()).await.unwrap();
        let warnings = Warnings::open(database.clone()).await.unwrap();
        let world = Self { database, warnings, notices };
        let mut write = world.database.write().await.unwrap();
        for (number, parent, level, region) in [
            (1, None, network::Level::Nation, "000000"),
            (2, Some(1), network::Level::Province, "500000"),
            (3, Some(2), network::Level::Outlet, "500106"),
            (4, Some(2), network::Level::Outlet, "500105"),
        ] {
            let kind = if number < 3 { Kind::Administration } else { Kind::Tisc };
            let profile = Profile::new(&format!("第{number}机构"), kind, level, region.parse().unwrap());
            let parent = parent.map(organisation);
            let new = NewOrganisation { id: organisation(number), parent, from: date(2020, 1, 1), profile };
            network::create(&mut write, now(), &new).await.unwrap();
        }
        write.commit().await.unwrap();
        world
    }

    pub(crate) async fn check(&self, staff: &Staff, at: Timestamp) -> Checked {
        check(&self.database, staff, at).await.unwrap()
    }

    /// All open warnings.
    pub(crate) async fn open(&self) -> Vec<Warning> {
        let asked = WarningQuery { open: true, ..WarningQuery::default() };
        self.warnings.warnings(&nation(), &asked).await.unwrap().rows
    }

    /// Takes a step with some words, in a transaction of its own.
    pub(crate) async fn step(
        &self,
        at: Timestamp,
        by: &Actor,
        (of, act): (&Warning, Act),
    ) -> Result<Warning, WarningsError> {
        let mut write = self.database.write().await?;
        let assignee = person(103);
        let taken = Step {
            id: &of.id,
            version: of.version,
            act,
            words: "说明情况",
            assignee: Some(&assignee),
            outcome: Some(Outcome::Tolerated),
        };
        let after = step(&mut write, at, by, &taken).await?;
        write.commit().await?;
        Ok(after)
    }

    /// Keys of the notices in an inbox, oldest first.
    pub(crate) async fn heard(&self, of: Inbox<'_>) -> Vec<String> {
        let page = self.notices.inbox(of, None, 100).await.unwrap();
        page.items.into_iter().rev().map(|item| item.template).collect()
    }
}
