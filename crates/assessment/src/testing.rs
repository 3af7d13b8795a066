//! A small world for the tests of this crate: a nation, a province, four cities, outlets, people.

use accounts::{Actor, Role};
use database::Database;
use jiff::Timestamp;
use jiff::civil::date;
use network::{Kind, Network, NewOrganisation, Profile};
use notices::Notices;

use crate::{
    Assessment, AssessmentError, AssessmentId, Assessments, Datum, Entered, Given, NewAssessment, NewMark, Origin,
    Scheme, SelfEvaluation, Snapshot, State, Step, Text, UnitData, adopt_scheme, call, enter, give_marks,
    open_assessment, step,
};
pub(crate) use accounts::testing::{actor, days, now, organisation as unit, person};

/// Keeps the assessments of the province.
pub(crate) fn keeper() -> Actor {
    actor(1, Role::Administrator, &[2, 11, 12, 13, 14, 21])
}

/// Keeps city 11 and its outlet.
pub(crate) fn city(number: u32) -> Actor {
    actor(number, Role::Administrator, if number == 11 { &[11, 21] } else { &[12] })
}

/// An expert of the nation who works nowhere.
pub(crate) fn expert(number: u32) -> Actor {
    actor(100 + number, Role::Expert, &[1, 2, 11, 12, 13, 14, 21])
}

/// A scheme with one item of every rule.
pub(crate) fn scheme() -> Scheme {
    Scheme::from_toml(include_str!("testing.toml")).unwrap()
}

pub(crate) fn datum(value: f64) -> Datum {
    Datum { value, before: None, origin: Origin::Entered, note: String::new(), at: now(), evidence: Vec::new() }
}

/// A snapshot of units, each with values by item.
pub(crate) fn snapshot(units: &[(u32, &[(&str, f64)])]) -> Snapshot {
    let one = |(number, values): &(u32, &[(&str, f64)])| {
        let values = values.iter().map(|(item, value)| ((*item).to_owned(), datum(*value))).collect();
        (unit(*number), UnitData { name: Text::new(format!("第{number}市"), ""), values, ..UnitData::default() })
    };
    Snapshot { year: 2025, units: units.iter().map(one).collect() }
}

/// The small world.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) assessments: Assessments,
    pub(crate) notices: Notices,
}

impl World {
    pub(crate) async fn new(database: Database) -> Self {
        accounts::migrate(&database).await.unwrap();
        Network::open(database.clone()).await.unwrap();
        let notices = Notices::open(database.clone()).await.unwrap();
        let assessments = Assessments::open(database.clone()).await.unwrap();
        let mut write = database.write().await.unwrap();
        for (number, parent, level, region) in [
            (1, None, network::Level::Nation, "000000"),
            (2, Some(1), network::Level::Province, "330000"),
            (11, Some(2), network::Level::Prefecture, "330100"),
            (12, Some(2), network::Level::Prefecture, "330200"),
            (13, Some(2), network::Level::Prefecture, "330300"),
            (14, Some(2), network::Level::Prefecture, "330400"),
            (21, Some(11), network::Level::Outlet, "330106"),
        ] {
            let kind = if number < 20 { Kind::Administration } else { Kind::Tisc };
            let profile = Profile::new(&format!("第{number}机构"), kind, level, region.parse().unwrap());
            let new = NewOrganisation { id: unit(number), parent: parent.map(unit), from: date(2020, 1, 1), profile };
            network::create(&mut write, now(), &new).await.unwrap();
        }
        write.commit().await.unwrap();
        Self { database, assessments, notices }
    }

    /// The scheme of the tests, published under the province.
    pub(crate) async fn scheme(&self) {
        let mut write = self.database.write().await.unwrap();
        let province = unit(2);
        let drafted =
            crate::draft_scheme(&mut write, now(), &keeper(), Some(&province), (&scheme(), None)).await.unwrap();
        let seen = (drafted.scheme.code.as_str(), drafted.number, drafted.revision);
        crate::publish_scheme(&mut write, now(), &keeper(), seen).await.unwrap();
        write.commit().await.unwrap();
    }

    /// An assessment of cities 11, 12 and 13 with some indicators.
    pub(crate) async fn opened(&self) -> Assessment {
        self.scheme().await;
        let (province, units) = (unit(2), [unit(11), unit(12), unit(13)]);
        let title = Text::new("年度考核", "Yearly assessment");
        let new = NewAssessment {
            key: "key-of-an-assessment",
            keeper: &province,
            title: &title,
            scheme: ("every-rule", 1),
            year: 2025,
            units: &units,
        };
        let mut write = self.database.write().await.unwrap();
        let made = open_assessment(&mut write, now(), &keeper(), &new, &given()).await.unwrap();
        write.commit().await.unwrap();
        made
    }

    /// Takes a step as the keeper, on the newest version.
    pub(crate) async fn step(
        &self,
        at: Timestamp,
        id: &AssessmentId,
        what: Step,
    ) -> Result<Assessment, AssessmentError> {
        let (before, _) = self.assessments.assessment(&keeper(), id).await?;
        let mut write = self.database.write().await?;
        let after = step(&mut write, at, &keeper(), (id, before.version), what).await?;
        write.commit().await?;
        Ok(after)
    }

    /// Enters and hands in the figures of a city.
    pub(crate) async fn submitted(&self, id: &AssessmentId, number: u32, linear: f64) {
        let figures = [entered("linear", Some(linear)), entered("steps", Some(2.0)), entered("yes", Some(1.0))];
        let sent = SelfEvaluation { version: 1, words: "全年工作", figures: &figures, submit: true };
        let mut write = self.database.write().await.unwrap();
        enter(&mut write, now(), &keeper(), (id, &unit(number)), &sent).await.unwrap();
        write.commit().await.unwrap();
    }

    /// Calls an expert for all three cities.
    pub(crate) async fn called(&self, id: &AssessmentId, number: u32) {
        let mut write = self.database.write().await.unwrap();
        let units = [unit(11), unit(12), unit(13)];
        call(&mut write, now(), &keeper(), id, (&expert(number), &units, &[])).await.unwrap();
        write.commit().await.unwrap();
    }

    /// Gives an expert's mark for a city.
    pub(crate) async fn marked(
        &self,
        id: &AssessmentId,
        by: u32,
        city: u32,
        score: f64,
    ) -> Result<(), AssessmentError> {
        let marks = [NewMark { item: "expert".to_owned(), version: 0, score, words: "尚可".to_owned() }];
        let mut write = self.database.write().await?;
        give_marks(&mut write, now(), &expert(by), (id, &unit(city)), &marks).await?;
        write.commit().await.map_err(AssessmentError::from)
    }

    /// An assessment in the objection period, until 20 June.
    pub(crate) async fn told(&self) -> Assessment {
        let id = self.opened().await.id;
        self.called(&id, 1).await;
        self.called(&id, 2).await;
        self.step(now(), &id, Step::AskUnits(date(2026, 6, 10))).await.unwrap();
        for (number, linear) in [(11, 15.0), (12, 10.0)] {
            self.submitted(&id, number, linear).await;
        }
        self.step(now(), &id, Step::AskReviewers(date(2026, 6, 10))).await.unwrap();
        for (by, city, score) in
            [(1, 11, 80.0), (2, 11, 90.0), (1, 12, 70.0), (2, 12, 71.0), (1, 13, 60.0), (2, 13, 60.0)]
        {
            self.marked(&id, by, city, score).await.unwrap();
        }
        self.step(now(), &id, Step::MakeResult).await.unwrap();
        let told = self.step(now(), &id, Step::TellUnits(date(2026, 6, 20))).await.unwrap();
        assert_eq!(told.state, State::Objection);
        told
    }

    /// A ready scheme under the province.
    pub(crate) async fn adopted(&self, code: &str) {
        let mut write = self.database.write().await.unwrap();
        adopt_scheme(&mut write, now(), &keeper(), Some(&unit(2)), code).await.unwrap();
        write.commit().await.unwrap();
    }
}

/// A figure of a self-evaluation.
pub(crate) fn entered(item: &str, value: Option<f64>) -> Entered {
    Entered { item: item.to_owned(), value, before: None, note: "见附件".to_owned() }
}

/// Indicators of 2024 and 2025.
pub(crate) fn given() -> Vec<Given> {
    let one = |code: &str, number: u32, year: i16, value: f64| Given {
        code: code.to_owned(),
        unit: unit(number),
        year,
        value,
        note: "登记数据".to_owned(),
        at: now(),
    };
    vec![
        one("R-INV-10Y", 11, 2025, 120.0),
        one("R-INV-10Y", 12, 2025, 80.0),
        one("R-INV-10Y", 13, 2025, 100.0),
        one("C-PLEDGE", 11, 2025, 1200.0),
        one("C-PLEDGE", 11, 2024, 1000.0),
        one("C-PLEDGE", 12, 2025, 500.0),
        one("C-PLEDGE", 12, 2024, 0.0),
        one("C-PLEDGE", 13, 2025, 900.0),
    ]
}
