//! A small country for the tests of this crate: a nation, two provinces, three cities, an outlet, and people.

use std::collections::BTreeSet;

use accounts::{Actor, Cover, Grant, PersonId, Role};
use database::Database;
use jiff::civil::date;
use network::{Kind, Level, Network, NewOrganisation, Profile};
use notices::{Inbox, Notices};

use crate::{
    Assignment, Bound, Contents, Duty, Group, List, Member, NewPlan, NewReport, Plan, Plans, PlansError, Progress,
    Report, Rule, Said, Seen, Target, Task, Text,
};
pub(crate) use accounts::testing::{days, id, now, organisation as unit};

pub(crate) const UNITS: [(u32, Option<u32>, Level, &str); 7] = [
    (1, None, Level::Nation, "000000"),
    (2, Some(1), Level::Province, "320000"),
    (3, Some(1), Level::Province, "330000"),
    (4, Some(2), Level::Prefecture, "320500"),
    (5, Some(2), Level::Prefecture, "320100"),
    (6, Some(3), Level::Prefecture, "330100"),
    (7, Some(4), Level::Outlet, "320500"),
];

/// An administrator of a unit and of all under it, as the tests need them.
pub(crate) fn keeper(number: u32) -> Actor {
    keeper_named(number, number)
}

/// A second person with the same role.
pub(crate) fn colleague(number: u32) -> Actor {
    keeper_named(number, 100 + number)
}

fn keeper_named(number: u32, person: u32) -> Actor {
    let mut at = BTreeSet::from([unit(number)]);
    for _ in 0..3 {
        let below = UNITS.iter().filter(|(_, parent, ..)| parent.is_some_and(|parent| at.contains(&unit(parent))));
        let below: Vec<_> = below.map(|(number, ..)| unit(*number)).collect();
        at.extend(below);
    }
    let cover = Cover::At(at);
    Actor::person(PersonId(id(1_000 + person)), "王工", vec![Grant { role: Role::Administrator, cover }])
}

pub(crate) fn system() -> Actor {
    Actor::system("test")
}

pub(crate) fn text(zh: &str) -> Text {
    Text::new(zh, format!("{zh} in English"))
}

pub(crate) fn assigned(duty: Duty, rule: Rule, list: &str) -> Assignment {
    Assignment { duty, rule, list: list.to_owned(), batch: None, units: Vec::new() }
}

pub(crate) fn task(key: &str, assignments: Vec<Assignment>) -> Task {
    Task { key: key.to_owned(), title: text(&format!("任务{key}")), assignments, ..Task::default() }
}

/// Task 1 for all from the nation down to the cities of the list (with parts 1-1 for provinces and 1-2), 2 optional for
/// provinces with a figure, 3 required of province 320000's cities, due in the middle of the year.
pub(crate) fn contents() -> Contents {
    let mut contents = Contents::new(Text::new("测试计划 2026", "A plan for 2026"), 2026);
    let member = |region: &str, batch| Member { region: region.parse().unwrap(), batch: Some(batch) };
    contents.lists = vec![
        List {
            key: "cities".to_owned(),
            name: text("名单"),
            members: vec![member("320500", 1), member("330100", 2)],
            ..List::default()
        },
        List { key: "east".to_owned(), name: text("省份"), members: vec![member("320000", 1)], ..List::default() },
    ];
    let mut first = task(
        "1",
        vec![
            assigned(Duty::Required, Rule::Nation, ""),
            assigned(Duty::Required, Rule::Provinces, ""),
            assigned(Duty::Required, Rule::CitiesOf, "cities"),
        ],
    );
    first.tasks = vec![task("1-1", vec![assigned(Duty::Required, Rule::Provinces, "")])];
    let mut second = task("2", vec![assigned(Duty::Optional, Rule::Provinces, "")]);
    second.targets = vec![Target {
        key: "growth".to_owned(),
        name: text("增长"),
        indicator: "R-INV-10Y".to_owned(),
        bound: Bound::AtLeast,
        figure: Some(10.0),
        baseline: None,
        unit: Text::new("%", "%"),
        period: "2026".to_owned(),
        reported: true,
    }];
    let mut third = task("3", vec![assigned(Duty::Required, Rule::CitiesIn, "east")]);
    third.due = Some(date(2026, 6, 30));
    contents.choices = vec![crate::Choice { at_least: 1, tasks: vec!["2".to_owned()] }];
    contents.groups = vec![
        Group { key: "a".to_owned(), title: text("甲"), tasks: vec![first] },
        Group { key: "b".to_owned(), title: text("乙"), tasks: vec![second, third] },
    ];
    contents
}

/// A key that a form would make.
pub(crate) fn key(number: u32) -> String {
    format!("key-of-a-form-{number:06}")
}

pub(crate) fn said(progress: Progress, words: &str) -> Said {
    Said { progress, percent: 40, words: words.to_owned(), ..Said::default() }
}

/// The small country.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) plans: Plans,
    pub(crate) notices: Notices,
}

/// Does something in a transaction of its own: `act!(world, accept(days(1), &actor, seen, ""))`.
macro_rules! act {
    ($world:expr, $name:ident($($argument:expr),*)) => {{
        let mut write = $world.database.write().await.unwrap();
        match $world.plans.$name(&mut write, $($argument),*).await {
            Ok(done) => {
                write.commit().await.unwrap();
                Ok(done)
            }
            Err(error) => Err(error),
        }
    }};
}
pub(crate) use act;

impl World {
    pub(crate) async fn new(database: Database) -> Self {
        accounts::migrate(&database).await.unwrap();
        Network::open(database.clone()).await.unwrap();
        let notices = Notices::open(database.clone()).await.unwrap();
        let plans = Plans::open(database.clone()).await.unwrap();
        let mut write = database.write().await.unwrap();
        for (number, parent, level, region) in UNITS {
            let kind = if level == Level::Outlet { Kind::Tisc } else { Kind::Administration };
            let mut profile = Profile::new(&format!("第{number}单位"), kind, level, region.parse().unwrap());
            profile.name_en = Some(format!("Unit {number}"));
            let parent = parent.map(unit);
            let new = NewOrganisation { id: unit(number), parent, from: date(2020, 1, 1), profile };
            network::create(&mut write, now(), &new).await.unwrap();
        }
        write.commit().await.unwrap();
        Self { database, plans, notices }
    }

    /// A plan in force.
    pub(crate) async fn issued(&self, contents: &Contents) -> Plan {
        let key = key(1);
        let new = NewPlan { key: &key, issuer: &unit(1), contents, copied_from: None };
        let plan = act!(self, make(now(), &keeper(1), &new)).unwrap();
        act!(self, issue(now(), &keeper(1), Seen::new(&plan.id, plan.version), "")).unwrap()
    }

    /// A draft of a unit on a task.
    pub(crate) async fn begun(
        &self,
        plan: &Plan,
        (number, of, task): (u32, u32, &str),
        said: &Said,
    ) -> Result<Report, PlansError> {
        let (key, unit) = (key(number), unit(of));
        let new = NewReport { key: &key, plan: &plan.id, task, unit: &unit, said, public: false };
        act!(self, begin(now(), &keeper(of), &new))
    }

    /// A report of a unit on a task that waits for the unit above.
    pub(crate) async fn submitted(&self, plan: &Plan, place: (u32, u32, &str), said: &Said) -> Report {
        let report = self.begun(plan, place, said).await.unwrap();
        act!(self, submit(now(), &keeper(place.1), Seen::new(&report.id, report.version))).unwrap()
    }

    /// A report that was accepted by the nation.
    pub(crate) async fn accepted(&self, plan: &Plan, place: (u32, u32, &str), said: &Said) -> Report {
        let report = self.submitted(plan, place, said).await;
        act!(self, accept(now(), &colleague(1), Seen::new(&report.id, report.version), "")).unwrap()
    }

    /// Keys of the notices in an inbox, oldest first.
    pub(crate) async fn told(&self, of: Inbox<'_>) -> Vec<String> {
        let page = self.notices.inbox(of, None, 100).await.unwrap();
        page.items.into_iter().rev().map(|item| item.template).collect()
    }
}
