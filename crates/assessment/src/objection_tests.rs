use database::testing::for_each_backend;

use crate::testing::{World, city, days, expert, keeper, now, unit};
use crate::{
    AssessmentError, AssessmentId, Decision, NewObjection, Objection, Origin, Ruling, Shown, State, Step, decide,
    object,
};

async fn objected(world: &World, id: &AssessmentId, item: &str) -> Result<Objection, AssessmentError> {
    let (city, unit) = (city(11), unit(11));
    let key = format!("key-of-an-objection-{item}");
    let new = NewObjection { key: &key, unit: &unit, item, reasons: "漏计两家", wanted: Some(17.0) };
    let mut write = world.database.write().await?;
    let made = object(&mut write, now(), &city, id, &new).await?;
    write.commit().await?;
    Ok(made)
}

async fn ruled(
    world: &World,
    by: &accounts::Actor,
    objection: &Objection,
    (decision, value): (Decision, Option<f64>),
) -> Result<Objection, AssessmentError> {
    let mut write = world.database.write().await?;
    let ruling =
        Ruling { objection: &objection.id, version: 1, decision, value, before: None, reason: "核对认证证书" };
    let after = decide(&mut write, now(), by, &ruling).await?;
    write.commit().await?;
    Ok(after)
}

#[tokio::test]
async fn an_objection_that_is_upheld_makes_a_new_snapshot_and_keeps_the_old() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = world.told().await.id;
        let before = world.assessments.result(&keeper(), &id, None).await.unwrap();
        assert_eq!(before.scores.of(&unit(11)).unwrap().total.unwrap().to_string(), "80.00");
        let made = objected(&world, &id, "linear").await.unwrap();
        assert_eq!(objected(&world, &id, "linear").await.unwrap(), made, "sent twice, made once");
        let published = world.step(days(20), &id, Step::Publish(Shown::default())).await;
        assert!(matches!(published, Err(AssessmentError::Unfinished { .. })), "it waits for the decision");
        let after = ruled(&world, &keeper(), &made, (Decision::Upheld, Some(17.0))).await.unwrap();
        assert_eq!((after.after_snapshot, after.value), (Some(2), Some(17.0)));
        let found = world.assessments.result(&keeper(), &id, None).await.unwrap();
        assert_eq!((found.taken.number, found.reproduced), (2, true));
        assert_eq!(found.scores.of(&unit(11)).unwrap().total.unwrap().to_string(), "82.00");
        assert_eq!(found.snapshot.units[&unit(11)].values["linear"].origin, Origin::Decision);
        let first = world.assessments.result(&keeper(), &id, Some(1)).await.unwrap();
        assert_eq!((first.scores, first.taken.hash), (before.scores, before.taken.hash));
        let again = objected(&world, &id, "linear").await.unwrap();
        assert_eq!(again.decision, Some(Decision::Upheld));
        world.step(days(20), &id, Step::Publish(Shown::default())).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_objection_that_is_dismissed_changes_nothing() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = world.told().await.id;
        let made = objected(&world, &id, "expert").await.unwrap();
        let wrong = ruled(&world, &keeper(), &made, (Decision::Upheld, Some(101.0))).await;
        assert!(matches!(wrong, Err(AssessmentError::Invalid(_))), "a score of reviewers is 100 at most");
        assert!(ruled(&world, &keeper(), &made, (Decision::Upheld, None)).await.is_err());
        let after = ruled(&world, &keeper(), &made, (Decision::Dismissed, None)).await.unwrap();
        assert_eq!((after.after_snapshot, after.decision), (None, Some(Decision::Dismissed)));
        assert_eq!(world.assessments.snapshots(&keeper(), &id).await.unwrap().len(), 1);
        let again = ruled(&world, &keeper(), &made, (Decision::Upheld, Some(90.0))).await;
        assert!(matches!(again, Err(AssessmentError::Stale { version: 2 })));
    })
    .await;
}

#[tokio::test]
async fn of_two_deciders_one_decides_and_two_objections_make_two_snapshots() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = world.told().await.id;
        let (first, second) =
            (objected(&world, &id, "linear").await.unwrap(), objected(&world, &id, "steps").await.unwrap());
        let keeper = keeper();
        let (one, two) = tokio::join!(
            ruled(&world, &keeper, &first, (Decision::Upheld, Some(17.0))),
            ruled(&world, &keeper, &first, (Decision::Dismissed, None))
        );
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        let third = objected(&world, &id, "yes").await.unwrap();
        let (one, two) = tokio::join!(
            ruled(&world, &keeper, &second, (Decision::Upheld, Some(3.0))),
            ruled(&world, &keeper, &third, (Decision::Upheld, Some(0.0)))
        );
        let mut numbers = [one.unwrap().after_snapshot, two.unwrap().after_snapshot];
        numbers.sort_unstable();
        assert_eq!(numbers[1].unwrap() - numbers[0].unwrap(), 1);
        let found = world.assessments.result(&keeper, &id, None).await.unwrap();
        let values = &found.snapshot.units[&unit(11)].values;
        assert_eq!((values["steps"].origin, values["yes"].origin), (Origin::Decision, Origin::Decision), "both hold");
        for taken in world.assessments.snapshots(&keeper, &id).await.unwrap() {
            assert!(world.assessments.result(&keeper, &id, Some(taken.number)).await.unwrap().reproduced);
        }
    })
    .await;
}

#[tokio::test]
async fn units_object_to_their_own_result_while_it_is_time() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = world.told().await.id;
        let unit = unit(11);
        let new =
            NewObjection { key: "key-of-an-objection-1", unit: &unit, item: "linear", reasons: "漏计", wanted: None };
        let mut write = world.database.write().await.unwrap();
        for stranger in [city(12), expert(1), accounts::Actor::visitor()] {
            assert!(object(&mut write, now(), &stranger, &id, &new).await.is_err());
        }
        let late = object(&mut write, days(20), &city(11), &id, &new).await;
        assert!(matches!(late, Err(AssessmentError::TooLate { .. })));
        let empty = object(&mut write, now(), &city(11), &id, &NewObjection { reasons: " ", ..new.clone() }).await;
        assert!(matches!(empty, Err(AssessmentError::Invalid(_))));
        object(&mut write, now(), &city(11), &id, &new).await.unwrap();
        let twice =
            object(&mut write, now(), &city(11), &id, &NewObjection { key: "key-of-an-objection-2", ..new.clone() })
                .await;
        assert!(matches!(twice, Err(AssessmentError::AlreadyObjected)));
        write.commit().await.unwrap();
        let made = &world.assessments.objections(&city(11), &id).await.unwrap()[0];
        assert!(world.assessments.objections(&city(12), &id).await.unwrap().is_empty());
        let own = ruled(&world, &city(11), made, (Decision::Upheld, Some(20.0))).await;
        assert!(own.is_err(), "a unit does not decide");
        assert_eq!(world.assessments.assessment(&keeper(), &id).await.unwrap().0.state, State::Objection);
    })
    .await;
}
