use accounts::{Cover, Grant, PersonId, Role};
use database::testing::for_each_backend;
use notices::Inbox;

use super::*;
use crate::testing::{World, actor, client, days, id, key, now, organisation, province, staff};
use crate::{
    Action, Counts, Ending, Ground, NewAppeal, RatingId, RatingQuery, Standing, State, appeal, correct, testing,
};

async fn appealed(world: &World, rating: &RatingId, number: u32) -> Result<Appeal, RatingsError> {
    let mut write = world.database.write().await?;
    let (key, evidence) = (key(number), ["/cases/1".to_owned()]);
    let new =
        NewAppeal { key: &key, rating, ground: Ground::Mistaken, words: "本站未办理此事", evidence: &evidence };
    let made = appeal(&mut write, now(), &staff(3), &new).await?;
    write.commit().await?;
    Ok(made)
}

async fn decided(world: &World, by: &Actor, appeal: &Appeal, decision: Decision) -> Result<Appeal, RatingsError> {
    let mut write = world.database.write().await?;
    let review = Review { appeal: &appeal.id, version: appeal.version, decision, reason: "经查属实" };
    let after = decide(&mut write, days(1), by, &review).await?;
    write.commit().await?;
    Ok(after)
}

#[tokio::test]
async fn an_excluded_rating_stays_on_record_and_does_not_count() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let follow_up = world.bad(1, false).await;
        let made = appealed(&world, &follow_up.rating, 1).await.unwrap();
        assert_eq!(world.told(Inbox::Organisation(&organisation(2))).await, ["appeal.made"]);
        let after = decided(&world, &province(), &made, Decision::Malicious).await.unwrap();
        assert_eq!((after.version, after.decision), (2, Some(Decision::Malicious)));
        let rating = world.ratings.rating(&staff(3), &follow_up.rating).await.unwrap();
        assert_eq!(rating.standing, Standing::Malicious);
        let counted = RatingQuery { standing: Some(Standing::Counted), ..RatingQuery::default() };
        assert_eq!(world.ratings.counts(&staff(3), &counted).await.unwrap(), Counts::default());
        let (closed, events) = world.ratings.follow_up(&staff(3), &follow_up.id).await.unwrap();
        assert_eq!((closed.state, closed.result), (State::Closed, Some(Ending::Malicious)));
        assert_eq!(events.last().unwrap().action, Action::Exclude);
        assert!(world.told(Inbox::Organisation(&organisation(3))).await.contains(&"appeal.decided".to_owned()));
        let mut write = database.write().await.unwrap();
        let what = testing::matter(1, 3);
        let better = testing::opinion(crate::Level::Satisfied);
        let refused = correct(&mut write, days(2), &client(1), (&what, 2), &better).await.unwrap_err();
        assert!(matches!(refused, RatingsError::Excluded), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn what_stands_goes_on_and_is_not_appealed_against_twice() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let follow_up = world.bad(1, false).await;
        let made = appealed(&world, &follow_up.rating, 1).await.unwrap();
        assert_eq!(appealed(&world, &follow_up.rating, 1).await.unwrap(), made, "a retried request");
        let twice = appealed(&world, &follow_up.rating, 2).await.unwrap_err();
        assert!(matches!(twice, RatingsError::AlreadyAppealed), "{twice}");
        decided(&world, &province(), &made, Decision::Stands).await.unwrap();
        let rating = world.ratings.rating(&staff(3), &follow_up.rating).await.unwrap();
        assert_eq!(rating.standing, Standing::Counted);
        let (open, _) = world.ratings.follow_up(&staff(3), &follow_up.id).await.unwrap();
        assert_eq!(open.state, State::Verify);
        let again = decided(&world, &province(), &made, Decision::Mistaken).await.unwrap_err();
        assert!(matches!(again, RatingsError::StaleVersion { version: 2 }), "{again}");
    })
    .await;
}

#[tokio::test]
async fn only_who_stands_above_decides() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let follow_up = world.bad(1, false).await;
        let made = appealed(&world, &follow_up.rating, 1).await.unwrap();
        let elsewhere = actor(300, Role::Administrator, &[4]);
        for stranger in [staff(3), actor(301, Role::OutletLead, &[3]), elsewhere, client(1), Actor::visitor()] {
            let refused = decided(&world, &stranger, &made, Decision::Mistaken).await.unwrap_err();
            assert!(matches!(refused, RatingsError::Denied(_)), "{refused}");
        }
        let of_the_outlet = actor(302, Role::Administrator, &[3]);
        let both = vec![
            Grant { role: Role::Administrator, cover: Cover::Everywhere },
            Grant { role: Role::OutletStaff, cover: Cover::At([organisation(3)].into()) },
        ];
        let in_both = Actor::person(PersonId(id(303)), "两职", both);
        for own in [of_the_outlet, in_both] {
            let refused = decided(&world, &own, &made, Decision::Mistaken).await.unwrap_err();
            assert!(matches!(refused, RatingsError::OwnOutlet), "{refused}");
        }
        let nation = actor(304, Role::Administrator, &[1, 2, 3, 4]);
        decided(&world, &nation, &made, Decision::Mistaken).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_appeal_says_why_in_time_and_by_the_outlet_itself() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let follow_up = world.bad(1, false).await;
        let mut write = database.write().await.unwrap();
        let (key, outside) = (key(1), ["https://example.org/".to_owned()]);
        let sound =
            NewAppeal {
                key: &key, rating: &follow_up.rating, ground: Ground::Malicious, words: "理由", evidence: &[]
            };
        let empty = NewAppeal { words: "  ", evidence: &outside, ..sound.clone() };
        let refused = appeal(&mut write, now(), &staff(3), &empty).await.unwrap_err();
        let RatingsError::Invalid(faults) = refused else { panic!("{refused}") };
        assert_eq!(faults.len(), 2);
        let late = appeal(&mut write, days(31), &staff(3), &sound).await.unwrap_err();
        assert!(matches!(late, RatingsError::TooLate { .. }), "{late}");
        let other = appeal(&mut write, now(), &staff(4), &sound).await.unwrap_err();
        assert!(matches!(other, RatingsError::NotFound { .. }), "{other}");
        appeal(&mut write, days(30), &staff(3), &sound).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_review_and_a_step_at_the_same_moment_leave_one_story() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        for number in 0..5 {
            let follow_up = world.bad(number, false).await;
            let made = appealed(&world, &follow_up.rating, number).await.unwrap();
            let (reviewing, stepping) = (world.clone(), world.clone());
            let id = follow_up.id.clone();
            let review = tokio::spawn(async move { decided(&reviewing, &province(), &made, Decision::Mistaken).await });
            let step = tokio::spawn(async move { stepping.step(now(), &staff(3), (&id, 1), Action::Confirm).await });
            let (review, step) = (review.await.unwrap(), step.await.unwrap());
            let (at, events) = world.ratings.follow_up(&staff(3), &follow_up.id).await.unwrap();
            assert_eq!(events.len() as i64, at.version, "every version is one event");
            assert!(review.is_ok() || step.is_ok());
            assert_eq!(review.is_ok(), at.state == State::Closed, "{review:?} {step:?}");
            let standing = world.ratings.rating(&staff(3), &follow_up.rating).await.unwrap().standing;
            assert_eq!(review.is_ok(), standing == Standing::Mistaken);
        }
    })
    .await;
}
