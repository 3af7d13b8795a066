//! A small world for the tests of this crate: a nation, two provinces, one agency, and people.

use std::collections::BTreeSet;

use accounts::{Actor, Cover, Grant, Role};
use database::Database;
use jiff::civil::date;
use network::{Kind, Network, NewOrganisation, Profile};
use notices::{Inbox, Notices};

use crate::{
    Agency, AgencyKind, Credit, CreditError, Event, NewAgency, NewEvent, Particulars, Step, Told, announce, draft,
    enter_agency, settle,
};
pub(crate) use accounts::testing::{days, id, now, organisation, person};

/// Someone with an account and no role.
pub(crate) fn client(number: u32) -> Actor {
    Actor::person(person(number), "张三", Vec::new())
}

/// An administrator at some organisations.
pub(crate) fn keeper(number: u32, at: &[u32]) -> Actor {
    let cover = Cover::At(at.iter().map(|number| organisation(*number)).collect::<BTreeSet<_>>());
    Actor::person(person(number), "王工", vec![Grant { role: Role::Administrator, cover }])
}

/// The administration of the nation.
pub(crate) fn nation() -> Actor {
    keeper(10, &[1, 2, 3])
}

/// The administration of the first province.
pub(crate) fn province() -> Actor {
    keeper(20, &[2])
}

/// A colleague there.
pub(crate) fn colleague() -> Actor {
    keeper(21, &[2])
}

/// A key that a form would make.
pub(crate) fn key(number: u32) -> String {
    format!("key-of-a-form-{number:06}")
}

pub(crate) fn particulars(name: &str) -> Particulars {
    Particulars {
        name: name.to_owned(),
        name_en: None,
        code: None,
        kind: AgencyKind::Patent,
        region: "500000".parse().unwrap(),
        address: None,
        branches: Vec::new(),
        former_names: Vec::new(),
        closed: None,
    }
}

pub(crate) fn told(rule: &str) -> Told {
    Told {
        rule: rule.to_owned(),
        happened: date(2026, 5, 1),
        facts: "经核查属实".to_owned(),
        document: "示范〔2026〕1号".to_owned(),
        ground: String::new(),
        evidence: vec!["/laws".to_owned()],
    }
}

/// The small world.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) credit: Credit,
    pub(crate) notices: Notices,
}

impl World {
    pub(crate) async fn new(database: Database) -> Self {
        accounts::migrate(&database).await.unwrap();
        Network::open(database.clone()).await.unwrap();
        let notices = Notices::open(database.clone()).await.unwrap();
        let credit = Credit::open(database.clone()).await.unwrap();
        let world = Self { database, credit, notices };
        let mut write = world.database.write().await.unwrap();
        for (number, parent, level, region) in [
            (1, None, network::Level::Nation, "000000"),
            (2, Some(1), network::Level::Province, "500000"),
            (3, Some(1), network::Level::Province, "510000"),
        ] {
            let profile =
                Profile::new(&format!("第{number}机构"), Kind::Administration, level, region.parse().unwrap());
            let parent = parent.map(organisation);
            let new = NewOrganisation { id: organisation(number), parent, from: date(2020, 1, 1), profile };
            network::create(&mut write, now(), &new).await.unwrap();
        }
        write.commit().await.unwrap();
        world
    }

    /// An agency kept by the first province.
    pub(crate) async fn agency(&self, number: u32) -> Agency {
        let mut write = self.database.write().await.unwrap();
        let (key, particulars) = (key(number), particulars(&format!("示范第{number}代理机构")));
        let new = NewAgency { key: &key, keeper: &organisation(2), particulars: &particulars };
        let agency = enter_agency(&mut write, now(), &province(), &new).await.unwrap();
        write.commit().await.unwrap();
        agency
    }

    /// A draft of the province.
    pub(crate) async fn draft(&self, agency: &Agency, (number, rule): (u32, &str)) -> Result<Event, CreditError> {
        let mut write = self.database.write().await?;
        let (key, told) = (key(number), told(rule));
        let new = NewEvent { key: &key, agency: &agency.id, told: &told };
        let event = draft(&mut write, now(), &province(), &new).await?;
        write.commit().await?;
        Ok(event)
    }

    /// An event that was announced on the first day.
    pub(crate) async fn announced(&self, agency: &Agency, what: (u32, &str)) -> Event {
        let event = self.draft(agency, what).await.unwrap();
        let mut write = self.database.write().await.unwrap();
        let step = Step { id: &event.id, version: event.version, words: "" };
        let event = announce(&mut write, now(), &province(), step).await.unwrap();
        write.commit().await.unwrap();
        event
    }

    /// An event that is in force on day 16.
    pub(crate) async fn in_force(&self, agency: &Agency, what: (u32, &str)) -> Event {
        let event = self.announced(agency, what).await;
        settle(&self.database, days(16)).await.unwrap();
        self.credit.event(&province(), &event.id).await.unwrap().0
    }

    /// Keys of the notices in an inbox, oldest first.
    pub(crate) async fn heard(&self, of: Inbox<'_>) -> Vec<String> {
        let page = self.notices.inbox(of, None, 100).await.unwrap();
        page.items.into_iter().rev().map(|item| item.template).collect()
    }
}
