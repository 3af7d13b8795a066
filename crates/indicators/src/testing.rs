//! A small country for the tests of this crate: a nation, two provinces, three cities, and people.

use std::collections::BTreeSet;

use accounts::{Actor, Cover, Grant, PersonId, Role};
use database::Database;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use network::{Kind, Level, Network, NewOrganisation, Profile};
use notices::Notices;

use crate::{Code, Definition, Entry, Indicators, Period, Value, from_toml};
pub(crate) use accounts::testing::{id, organisation as unit};

/// Ten in the morning of 10 March 2026, where the offices are.
pub(crate) fn now() -> Timestamp {
    "2026-03-10T02:00:00Z".parse().unwrap()
}

pub(crate) fn today() -> Date {
    date(2026, 3, 10)
}

/// An administrator of these units.
pub(crate) fn administrator(number: u32, at: &[u32]) -> Actor {
    let cover = Cover::At(at.iter().map(|number| unit(*number)).collect::<BTreeSet<_>>());
    let grants = vec![Grant { role: Role::Administrator, cover }];
    Actor::person(PersonId(id(1_000 + number)), "王工", grants)
}

pub(crate) fn nation() -> Actor {
    administrator(1, &[1, 2, 3, 4, 5, 6])
}

pub(crate) fn province() -> Actor {
    administrator(2, &[2, 4, 5])
}

pub(crate) fn city() -> Actor {
    administrator(4, &[4])
}

pub(crate) fn code(text: &str) -> Code {
    text.parse().unwrap()
}

pub(crate) fn period(text: &str) -> Period {
    text.parse().unwrap()
}

/// Definitions over which the tests go.
pub(crate) const DEFINITIONS: &str = r#"
[[indicator]]
code = "A"
name = ["甲", "A"]
group = "service"
unit = ["件", "pieces"]
decimals = 1
direction = "more"
formula = { kind = "entered" }
periods = ["year", "month"]
levels = ["prefecture"]
rules = [{ rule = "min", value = 0.0 }, { rule = "note-when", change = 50.0 }]
public = true

[[indicator]]
code = "B"
name = ["乙", "B"]
group = "service"
unit = ["件", "pieces"]
direction = "more"
formula = { kind = "entered" }
periods = ["year"]
levels = ["prefecture"]

[[indicator]]
code = "A-SUM"
name = ["甲合计", "A, summed"]
group = "service"
unit = ["件", "pieces"]
decimals = 1
direction = "more"
formula = { kind = "summed", of = "A" }
periods = ["year", "month"]
levels = ["province", "nation"]
public = true

[[indicator]]
code = "A-PER-B"
name = ["甲比乙", "A to B"]
group = "service"
unit = ["%", "%"]
decimals = 1
direction = "more"
formula = { kind = "ratio", of = "A", per = "B", factor = 100.0 }
periods = ["year"]
levels = ["prefecture"]
public = true

[[indicator]]
code = "A-UP"
name = ["甲增长", "Growth of A"]
group = "service"
unit = ["%", "%"]
decimals = 1
direction = "more"
formula = { kind = "growth", of = "A" }
periods = ["year", "month"]
levels = ["prefecture"]
public = true

[[indicator]]
code = "A-X"
name = ["指数", "Index"]
group = "service"
unit = ["分", "points"]
decimals = 1
direction = "more"
formula = { kind = "index", parts = [{ of = "A", weight = 3.0, zero = 0.0, full = 100.0 }, { of = "B", weight = 1.0, zero = 100.0, full = 0.0 }] }
periods = ["year"]
levels = ["prefecture"]
public = true
"#;

pub(crate) fn definitions() -> Vec<Definition> {
    from_toml(DEFINITIONS).unwrap()
}

/// The small country.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) indicators: Indicators,
    pub(crate) notices: Notices,
}

impl World {
    pub(crate) async fn new(database: Database) -> Self {
        accounts::migrate(&database).await.unwrap();
        Network::open(database.clone()).await.unwrap();
        let notices = Notices::open(database.clone()).await.unwrap();
        let indicators = Indicators::open(database.clone()).await.unwrap();
        let mut write = database.write().await.unwrap();
        for (number, parent, level, region) in [
            (1, None, Level::Nation, "000000"),
            (2, Some(1), Level::Province, "500000"),
            (3, Some(1), Level::Province, "440000"),
            (4, Some(2), Level::Prefecture, "440100"),
            (5, Some(2), Level::Prefecture, "440300"),
            (6, Some(3), Level::Prefecture, "440400"),
        ] {
            let profile =
                Profile::new(&format!("第{number}单位"), Kind::Administration, level, region.parse().unwrap());
            let parent = parent.map(unit);
            let new = NewOrganisation { id: unit(number), parent, from: date(2020, 1, 1), profile };
            network::create(&mut write, now(), &new).await.unwrap();
        }
        write.commit().await.unwrap();
        let world = Self { database, indicators, notices };
        for definition in definitions() {
            let from = (date(2020, 1, 1), None);
            world.indicators.define(now(), &Actor::system("test"), &definition, from, 0).await.unwrap();
        }
        world
    }

    /// A draft of a city.
    pub(crate) async fn draft(&self, by: &Actor, of: u32, what: &str, when: &str, number: f64) -> Value {
        let there = self.indicators.entered(by, &unit(of), &code(what), period(when)).await.unwrap();
        let entry = entry(of, what, when, Some(number));
        self.indicators.save(now(), by, &entry, there.map_or(0, |there| there.version)).await.unwrap()
    }

    /// A value of a city, accepted by its province.
    pub(crate) async fn accepted(&self, of: u32, what: &str, when: &str, number: f64) -> Value {
        let (by, above) = (administrator(of, &[of]), nation());
        let draft = self.draft(&by, of, what, when, number).await;
        let sent = self.indicators.submit(now(), &by, &[draft.seen()]).await.unwrap();
        let accepted = self.indicators.review(now(), &above, &[sent[0].seen()], crate::Verdict::Accept).await.unwrap();
        accepted.into_iter().next().unwrap()
    }

    /// What a number of 2025 is made of, for someone.
    pub(crate) async fn explained(&self, by: &Actor, of: u32, what: &str) -> crate::Explanation {
        let (of, what) = (unit(of), code(what));
        let asked = (&of, &what, period("2025"));
        self.indicators.explain(crate::Reader::For(by), asked, today()).await.unwrap()
    }

    /// What other rooms read.
    pub(crate) async fn value(&self, of: u32, what: &str, when: &str) -> crate::Reading {
        self.indicators.value(&unit(of), &code(what), period(when), today()).await.unwrap()
    }
}

/// An entry without a note.
pub(crate) fn entry(of: u32, what: &str, when: &str, number: Option<f64>) -> Entry {
    Entry { unit: unit(of), code: code(what), period: period(when), number, note: "说明".to_owned() }
}
