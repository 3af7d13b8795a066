use database::testing::for_each_backend;
use notices::Inbox;

use super::*;
use crate::rule::{Scope, change_rule};
use crate::testing::{Staff, World, days, lead, nation, now, organisation, province};
use crate::{NewRule, Outcome, Severity, WarningQuery, Warnings};

#[tokio::test]
async fn a_warning_fires_once_and_tells_why() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let staff = Staff::of(&[(3, Some(1.0)), (4, Some(2.0))]);
        let first = world.check(&staff, now()).await;
        assert_eq!((first.fired, first.rules, first.failed.len()), (1, 11, 0));
        assert_eq!(world.check(&staff, days(1)).await.fired, 0);
        let open = world.open().await;
        assert_eq!(open.len(), 1);
        let warning = &open[0];
        assert_eq!(
            (warning.unit.clone(), warning.why.value, warning.why.limit),
            (organisation(3), Some(1.0), Some(2.0))
        );
        assert_eq!(
            (warning.state, warning.severity, warning.age(office_day(days(3)))),
            (State::New, Severity::Attention, 3)
        );
        assert_eq!(warning.reading.evidence.len(), 1);
        for of in [2, 3] {
            assert_eq!(world.heard(Inbox::Organisation(&organisation(of))).await, ["warning.fired"]);
        }
        staff.set(3, Some(0.0));
        world.check(&staff, days(2)).await;
        assert_eq!(world.warnings.latest(warning).await.unwrap(), Some(Some(0.0)));
        let (counts, list) = world.warnings.open_for(&province(), office_day(days(20)), 5).await.unwrap();
        assert_eq!((counts.open, counts.new, counts.week, counts.month, list.len()), (1, 1, 0, 1, 1));
        assert_eq!(counts.by_severity[0], (Severity::Serious, 0));
    })
    .await;
}

#[tokio::test]
async fn it_fires_again_only_after_it_cleared() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let staff = Staff::of(&[(3, Some(1.0)), (4, Some(2.0))]);
        world.check(&staff, now()).await;
        let open = world.open().await.remove(0);
        world.step(days(1), &lead(3), (&open, Act::Close)).await.unwrap();
        assert_eq!(world.check(&staff, days(100)).await.fired, 0, "tolerated, and still so");
        staff.set(3, Some(2.0));
        assert_eq!(world.check(&staff, days(101)).await.cleared, 0, "no warning is open to be marked");
        staff.set(3, Some(1.0));
        assert_eq!(world.check(&staff, days(102)).await.fired, 1);
        staff.set(3, None);
        let cleared = world.check(&staff, days(103)).await;
        assert_eq!((cleared.cleared, cleared.fired), (1, 1), "missing is another rule's matter, and no zero");
        staff.set(3, Some(1.0));
        let again = world.check(&staff, days(104)).await;
        assert_eq!((again.again, again.fired, again.cleared), (1, 0, 1));
        let rule = "W-OUTLET-STAFF".parse().unwrap();
        let asked = WarningQuery { rule: Some(rule), ..WarningQuery::default() };
        let all = world.warnings.warnings(&nation(), &asked).await.unwrap().rows;
        assert_eq!(all.len(), 2);
        assert_eq!((all[0].again, all[0].cleared_at, all[1].state), (1, None, State::Closed));
        assert_eq!(world.warnings.earlier(&nation(), &all[0]).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn after_closing_there_is_quiet_for_some_days() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let staff = Staff::of(&[(3, Some(1.0))]);
        world.check(&staff, now()).await;
        let open = world.open().await.remove(0);
        world.step(days(1), &lead(3), (&open, Act::Close)).await.unwrap();
        staff.set(3, Some(3.0));
        world.check(&staff, days(2)).await;
        staff.set(3, Some(1.0));
        assert_eq!(world.check(&staff, days(60)).await.fired, 0, "sixty days of quiet");
        assert_eq!(world.check(&staff, days(62)).await.fired, 1);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_clears_nothing_and_who_is_gone_has_cleared() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let staff = Staff::of(&[(3, Some(1.0)), (4, Some(1.0))]);
        world.check(&staff, now()).await;
        let broken = world.check(&Staff::default(), days(1)).await;
        assert_eq!((broken.cleared, broken.failed.len()), (0, 2));
        let without = world.check(&Staff::of(&[(4, Some(1.0))]), days(2)).await;
        assert_eq!(without.cleared, 1);
        let cleared: Vec<_> = world.open().await.into_iter().filter(|open| open.cleared_at.is_some()).collect();
        assert_eq!(cleared.len(), 1, "it stays open until a person closes it");
    })
    .await;
}

#[tokio::test]
async fn of_many_checkers_at_once_one_makes_the_warning() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let staff = Staff::of(&[(3, Some(1.0)), (4, Some(0.0))]);
        let checkers: Vec<_> = (0..6)
            .map(|n| {
                let (database, staff) = (database.clone(), staff.clone());
                tokio::spawn(
                    async move { check(&database, &staff, days(0) + jiff::SignedDuration::from_millis(n)).await },
                )
            })
            .collect();
        let mut fired = 0;
        for checker in checkers {
            fired += checker.await.unwrap().unwrap().fired;
        }
        assert_eq!((fired, world.open().await.len()), (2, 2));
        assert_eq!(world.heard(Inbox::Organisation(&organisation(3))).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_rule_holds_for_its_scope_and_under_its_keeper() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let staff = Staff::of(&[(3, Some(1.0)), (4, Some(1.0))]);
        let known = crate::Signals::known(&staff);
        let code = "W-OUTLET-STAFF".parse().unwrap();
        let rule = world.warnings.rule(&nation(), &code).await.unwrap();
        let scope = Scope { regions: vec!["500106".parse().unwrap()], ..Scope::default() };
        let changed = crate::Rule { scope, ..rule };
        let mut write = database.write().await.unwrap();
        change_rule(&mut write, now(), &nation(), &NewRule { rule: &changed, known: &known }).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(world.check(&staff, now()).await.fired, 1);
        assert_eq!(world.open().await[0].unit, organisation(3));
    })
    .await;
}

#[tokio::test]
async fn people_see_the_warnings_of_their_units_alone() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        world.check(&Staff::of(&[(3, Some(1.0)), (4, Some(1.0))]), now()).await;
        let seen = async |warnings: &Warnings, actor: &Actor| {
            warnings.warnings(actor, &WarningQuery::default()).await.map(|page| page.rows.len()).ok()
        };
        assert_eq!(seen(&world.warnings, &lead(3)).await, Some(1));
        assert_eq!(seen(&world.warnings, &province()).await, Some(2));
        assert_eq!(seen(&world.warnings, &Actor::visitor()).await, None);
        let others = world.open().await.into_iter().find(|open| open.unit == organisation(4)).unwrap();
        assert!(world.warnings.warning(&lead(3), &others.id).await.is_err());
        let closed = world.step(days(1), &province(), (&others, Act::Close)).await.unwrap();
        assert_eq!(closed.outcome, Some(Outcome::Tolerated));
        let (counts, _) = world.warnings.open_for(&province(), office_day(days(1)), 5).await.unwrap();
        assert_eq!(counts.open, 1);
    })
    .await;
}
