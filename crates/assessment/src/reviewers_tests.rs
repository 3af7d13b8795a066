use accounts::{Actor, Grant, Role};
use database::testing::for_each_backend;
use jiff::civil::date;

use crate::testing::{World, actor, city, days, expert, keeper, now, person, unit};
use crate::{AssessmentError, AssessmentId, NewMark, Step, call, declare_conflict, give_marks, uncall};

async fn in_review(world: &World) -> AssessmentId {
    let id = world.opened().await.id;
    world.called(&id, 1).await;
    world.called(&id, 2).await;
    world.step(now(), &id, Step::AskUnits(date(2026, 6, 10))).await.unwrap();
    world.step(now(), &id, Step::AskReviewers(date(2026, 6, 10))).await.unwrap();
    id
}

fn mark(version: i64, score: f64) -> [NewMark; 1] {
    [NewMark { item: "expert".to_owned(), version, score, words: String::new() }]
}

/// An expert who also works somewhere.
fn bound(number: u32, role: Role, at: &[u32]) -> Actor {
    let more = actor(number, role, at).grants()[0].clone();
    let own: Vec<Grant> = expert(number).grants().iter().cloned().chain([more]).collect();
    Actor::person(person(100 + number), "李工", own)
}

#[tokio::test]
async fn who_works_at_a_unit_above_it_or_under_it_does_not_score_it() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = world.opened().await.id;
        let mut write = world.database.write().await.unwrap();
        let at_unit = bound(3, Role::OutletLead, &[11]);
        let above = bound(4, Role::Administrator, &[2, 11, 12, 13, 14, 21]);
        let under = bound(5, Role::OutletStaff, &[21]);
        for reviewer in [&at_unit, &above, &under] {
            let refused = call(&mut write, now(), &keeper(), &id, (reviewer, &[unit(11)], &[])).await;
            assert!(matches!(refused, Err(AssessmentError::Conflict)), "{refused:?}");
        }
        assert_eq!(
            call(&mut write, now(), &keeper(), &id, (&under, &[unit(12)], &[])).await.unwrap(),
            1,
            "free elsewhere"
        );
        let refused = call(&mut write, now(), &keeper(), &id, (&city(12), &[unit(11)], &[])).await;
        assert!(matches!(refused, Err(AssessmentError::NoExpert)));
        write.commit().await.unwrap();
        // A role that came after the call binds as well.
        world.called(&id, 1).await;
        world.step(now(), &id, Step::AskUnits(date(2026, 6, 10))).await.unwrap();
        world.step(now(), &id, Step::AskReviewers(date(2026, 6, 10))).await.unwrap();
        let since = bound(1, Role::OutletStaff, &[21]);
        let mut write = world.database.write().await.unwrap();
        let refused = give_marks(&mut write, now(), &since, (&id, &unit(11)), &mark(0, 100.0)).await;
        assert!(matches!(refused, Err(AssessmentError::Conflict)));
    })
    .await;
}

#[tokio::test]
async fn reviewers_score_and_see_only_what_they_are_called_for() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = in_review(&world).await;
        world.marked(&id, 1, 11, 80.0).await.unwrap();
        assert!(matches!(world.marked(&id, 3, 11, 80.0).await, Err(AssessmentError::NotCalled)));
        assert!(matches!(world.marked(&id, 1, 14, 80.0).await, Err(AssessmentError::NotCalled)));
        assert!(matches!(world.marked(&id, 1, 12, 100.5).await, Err(AssessmentError::Invalid(_))));
        let mut write = world.database.write().await.unwrap();
        let other = [NewMark { item: "linear".to_owned(), version: 0, score: 1.0, words: String::new() }];
        let refused = give_marks(&mut write, now(), &expert(1), (&id, &unit(11)), &other).await;
        assert!(matches!(refused, Err(AssessmentError::NotCalled)), "an item that no one reviews");
        let late = give_marks(&mut write, days(10), &expert(1), (&id, &unit(12)), &mark(0, 1.0)).await;
        assert!(matches!(late, Err(AssessmentError::TooLate { .. })));
        for stranger in [city(11), keeper(), Actor::visitor()] {
            let refused = give_marks(&mut write, now(), &stranger, (&id, &unit(11)), &mark(0, 1.0)).await;
            assert!(matches!(refused, Err(AssessmentError::Denied(_))), "{}", stranger.name());
        }
        drop(write);
        let (calls, marks) = world.assessments.own_review(&expert(2), &id).await.unwrap();
        assert_eq!((calls.len(), marks.len()), (3, 0), "nobody sees the marks of others");
        assert!(world.assessments.reviewers(&expert(2), &id).await.is_err());
        assert!(
            world.assessments.unit(&expert(2), &id, &unit(12)).await.is_ok(),
            "what the unit said is for its reviewers"
        );
        assert!(world.assessments.own_review(&expert(3), &id).await.is_err());
        assert!(world.assessments.result(&expert(2), &id, None).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn two_windows_of_one_reviewer_do_not_overwrite_each_other() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = in_review(&world).await;
        let send = |version, score| {
            let (world, id) = (world.clone(), id.clone());
            async move {
                let mut write = world.database.write().await?;
                let done = give_marks(&mut write, now(), &expert(1), (&id, &unit(11)), &mark(version, score)).await?;
                write.commit().await?;
                Ok::<_, AssessmentError>(done)
            }
        };
        let (one, two) = tokio::join!(send(0, 10.0), send(0, 20.0));
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        let given = one.or(two).unwrap();
        assert_eq!(send(0, given[0].score).await.unwrap()[0].version, 1, "sent again, nothing new");
        assert_eq!(send(1, 30.0).await.unwrap()[0].version, 2);
        // Two reviewers at once are two marks.
        let (one, two) = tokio::join!(world.marked(&id, 1, 12, 50.0), world.marked(&id, 2, 12, 60.0));
        assert!(one.is_ok() && two.is_ok());
        let (_, marks) = world.assessments.reviewers(&keeper(), &id).await.unwrap();
        assert_eq!(marks.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_declared_conflict_takes_the_marks_out() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = in_review(&world).await;
        for by in [1, 2] {
            world.marked(&id, by, 11, 80.0).await.unwrap();
        }
        let mut write = world.database.write().await.unwrap();
        let (at, by) = ((&id, &unit(11)), expert(1));
        assert!(declare_conflict(&mut write, now(), &by, at, " ").await.is_err());
        declare_conflict(&mut write, now(), &by, at, "曾任该市顾问").await.unwrap();
        let refused = give_marks(&mut write, now(), &by, at, &mark(1, 90.0)).await;
        assert!(matches!(refused, Err(AssessmentError::Conflict)));
        uncall(&mut write, now(), &keeper(), &id, (&person(102), &unit(12))).await.unwrap();
        write.commit().await.unwrap();
        world.step(now(), &id, Step::MakeResult).await.unwrap();
        let found = world.assessments.result(&keeper(), &id, None).await.unwrap();
        assert_eq!(found.snapshot.units[&unit(11)].marks["expert"].len(), 1);
        assert_eq!(found.scores.of(&unit(11)).unwrap().awaits, ["expert"], "one mark is too few");
    })
    .await;
}
