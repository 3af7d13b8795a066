use accounts::{Actor, Role};
use database::testing::for_each_backend;
use jiff::civil::date;

use crate::testing::{World, actor, city, days, expert, keeper, now, unit};
use crate::{AssessmentError, NewAssessment, Shown, Step, Text, Verdict, open_assessment, score};

#[tokio::test]
async fn a_unit_sees_only_its_own_before_publication() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = world.told().await.id;
        let own = world.assessments.result(&city(11), &id, None).await.unwrap();
        assert_eq!(own.scores.units.iter().map(|it| it.unit.clone()).collect::<Vec<_>>(), [unit(11)]);
        assert_eq!(own.snapshot.units.keys().cloned().collect::<Vec<_>>(), [unit(11)]);
        assert_eq!(own.scores.units[0].rank, None, "a place tells of others");
        assert!(own.reproduced);
        assert!(world.assessments.unit(&city(11), &id, &unit(12)).await.is_err());
        assert_eq!(world.assessments.progress(&city(11), &id).await.unwrap().len(), 1);
        let stranger = actor(50, Role::Administrator, &[14]);
        assert!(matches!(world.assessments.assessment(&stranger, &id).await, Err(AssessmentError::NotFound { .. })));
        assert!(matches!(world.assessments.assessment(&Actor::visitor(), &id).await, Err(AssessmentError::Denied(_))));
        assert!(world.assessments.list(&Actor::visitor()).await.unwrap().is_empty());
        assert!(world.assessments.result(&expert(1), &id, None).await.is_err());
        assert_eq!(world.assessments.list(&expert(1)).await.unwrap().len(), 1);
        assert!(world.assessments.snapshots(&city(11), &id).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_provisional_result_is_for_the_keeper_alone() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = world.opened().await.id;
        world.step(now(), &id, Step::AskUnits(date(2026, 6, 10))).await.unwrap();
        world.step(now(), &id, Step::AskReviewers(date(2026, 6, 10))).await.unwrap();
        assert!(world.assessments.result(&keeper(), &id, None).await.is_err(), "there is none yet");
        world.step(now(), &id, Step::MakeResult).await.unwrap();
        assert!(world.assessments.result(&keeper(), &id, None).await.is_ok());
        assert!(world.assessments.result(&city(11), &id, None).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn the_public_sees_what_was_chosen() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = world.told().await.id;
        let visitor = Actor::visitor();
        world
            .step(days(20), &id, Step::Publish(Shown { public: true, ranks: false, arithmetic: false }))
            .await
            .unwrap();
        let found = world.assessments.result(&visitor, &id, None).await.unwrap();
        assert_eq!(found.scores.units.len(), 3);
        assert!(found.scores.units.iter().all(|unit| unit.rank.is_none() && unit.dimensions.is_empty()));
        assert!(found.snapshot.units.is_empty());
        assert!(world.assessments.unit(&visitor, &id, &unit(11)).await.is_err());
        let own = world.assessments.result(&city(11), &id, None).await.unwrap();
        let with_lines: Vec<_> =
            own.scores.units.iter().filter(|it| !it.dimensions.is_empty()).map(|it| it.unit.clone()).collect();
        assert_eq!(with_lines, [unit(11)]);
        assert!(own.scores.of(&unit(12)).unwrap().rank.is_some(), "units see the places when the result stands");
        assert_eq!(world.assessments.list(&visitor).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn published_without_the_public_it_stays_inside() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = world.told().await.id;
        world.step(days(20), &id, Step::Publish(Shown { public: false, ranks: true, arithmetic: true })).await.unwrap();
        assert!(world.assessments.result(&Actor::visitor(), &id, None).await.is_err());
        assert!(world.assessments.list(&Actor::visitor()).await.unwrap().is_empty());
        assert_eq!(world.assessments.result(&city(12), &id, None).await.unwrap().scores.units.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn with_arithmetic_every_line_is_public() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = world.told().await.id;
        world.step(days(20), &id, Step::Publish(Shown { public: true, ranks: true, arithmetic: true })).await.unwrap();
        let found = world.assessments.result(&Actor::visitor(), &id, None).await.unwrap();
        assert!(found.scores.units.iter().all(|unit| unit.lines().count() == 9 && unit.rank.is_some()));
        // Anyone can compute it again from what is shown.
        let version = &world.assessments.versions(&Actor::visitor(), "every-rule").await.unwrap()[0];
        let again = score(&version.scheme, &found.snapshot);
        assert_eq!((again.hash(), again.snapshot), (found.taken.scores_hash, found.taken.hash));
    })
    .await;
}

#[tokio::test]
async fn what_is_missing_is_counted_by_unit() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = world.told().await.id;
        let progress = world.assessments.progress(&keeper(), &id).await.unwrap();
        let told: Vec<_> =
            progress.iter().map(|it| (it.entered, it.copied, it.marks, it.unit.submitted_at.is_some())).collect();
        assert_eq!(
            told,
            [((3, 6), (2, 2), (2, 2), true), ((3, 6), (2, 2), (2, 2), true), ((0, 6), (1, 2), (2, 2), false),]
        );
    })
    .await;
}

#[tokio::test]
async fn three_years_are_joined_once_they_are_published() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let first = world.told().await;
        world
            .step(days(20), &first.id, Step::Publish(Shown { public: true, ranks: true, arithmetic: false }))
            .await
            .unwrap();
        let joined = world.assessments.joined(&keeper(), "every-rule", 2026).await.unwrap();
        assert_eq!(
            joined.years.iter().map(|(year, there)| (*year, there.is_some())).collect::<Vec<_>>(),
            [(2024, false), (2025, true), (2026, false),]
        );
        assert!(joined.units.iter().all(|unit| unit.verdict == Verdict::Incomplete && unit.mean.is_none()));
        assert!(world.assessments.joined(&Actor::visitor(), "every-rule", 2026).await.is_ok());
        assert!(world.assessments.joined(&Actor::visitor(), "every-rule", 2020).await.is_err());
        assert!(world.assessments.joined(&keeper(), "nothing", 2026).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn an_outlet_can_be_assessed_by_its_city() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        world.adopted("outlet").await;
        let (city_id, title) = (unit(11), Text::new("网点评价", "Outlets"));
        let units = [unit(21)];
        let new = NewAssessment {
            key: "key-of-outlets-000001",
            keeper: &city_id,
            title: &title,
            scheme: ("outlet", 1),
            year: 2025,
            units: &units,
        };
        let mut write = world.database.write().await.unwrap();
        let made = open_assessment(&mut write, now(), &city(11), &new, &[]).await.unwrap();
        write.commit().await.unwrap();
        assert!(world.assessments.assessment(&city(11), &made.id).await.unwrap().1.keeps);
        assert!(world.assessments.assessment(&city(12), &made.id).await.is_err());
    })
    .await;
}
