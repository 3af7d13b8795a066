use accounts::Actor;
use database::testing::for_each_backend;
use jiff::civil::date;
use notices::Inbox;

use super::*;
use crate::testing::{
    World, client, days, id, key, matter, named, now, opinion, organisation, person, province, staff,
};
use crate::{Action, Level, RatingQuery, State, correct};

#[tokio::test]
async fn a_matter_is_rated_once_and_the_first_rating_is_shown_to_who_tries_again() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let (first, second) = (key(1), key(2));
        let rated = world.rate(now(), &client(1), &matter(1, 3), &named(&first, 1)).await.unwrap();
        let repeated = world.rate(days(1), &client(1), &matter(1, 3), &named(&first, 2)).await.unwrap();
        assert_eq!(repeated, rated, "a retried request answers the first rating");
        let again = NewRating { opinion: opinion(Level::Dissatisfied), ..named(&second, 3) };
        let refused = world.rate(days(1), &client(1), &matter(1, 3), &again).await.unwrap_err();
        assert!(matches!(&refused, RatingsError::AlreadyRated { first } if **first == rated), "{refused}");
        let taken = world.rate(days(1), &client(2), &matter(2, 3), &named(&first, 4)).await.unwrap_err();
        assert!(matches!(taken, RatingsError::KeyTaken), "{taken}");
        assert_eq!(world.ratings.own(&matter(1, 3)).await.unwrap(), Some(rated));
        assert_eq!(world.ratings.own(&matter(2, 3)).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn of_many_ratings_of_one_matter_at_once_one_wins() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        for round in 0..4 {
            let tries = (0..8).map(|number| {
                let world = world.clone();
                tokio::spawn(async move {
                    let key = key(100 * round + number);
                    let level = if number % 2 == 0 { Level::VeryDissatisfied } else { Level::Satisfied };
                    let new = NewRating { opinion: opinion(level), ..named(&key, 100 * round + number) };
                    world.rate(now(), &client(1), &matter(round, 3), &new).await
                })
            });
            let (mut won, mut told) = (Vec::new(), Vec::new());
            for outcome in tries.collect::<Vec<_>>() {
                match outcome.await.unwrap() {
                    Ok(rated) => won.push(rated),
                    Err(RatingsError::AlreadyRated { first }) => told.push(*first),
                    Err(other) => panic!("{other}"),
                }
            }
            assert_eq!((won.len(), told.len()), (1, 7));
            assert!(told.iter().all(|first| *first == won[0]));
            let follow_up = world.ratings.follow_up_of(&staff(3), &won[0].id).await.unwrap();
            assert_eq!(follow_up.is_some(), won[0].opinion.level.is_bad());
        }
        let all = world.ratings.ratings(&staff(3), &RatingQuery::default()).await.unwrap();
        assert_eq!(all.rows.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn wrong_words_tags_and_keys_are_named_together() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let said = Opinion { level: Level::Satisfied, tags: vec!["slow".into()], words: "长".repeat(501) };
        let new = NewRating { opinion: said, ..named("short", 1) };
        let refused = world.rate(now(), &client(1), &matter(1, 3), &new).await.unwrap_err();
        let RatingsError::Invalid(faults) = refused else { panic!("{refused}") };
        assert_eq!(faults.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["words", "tags", "key"]);
        assert_eq!(world.ratings.own(&matter(1, 3)).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_rating_is_corrected_within_seven_days_and_what_it_said_is_kept() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let (key, what) = (key(1), matter(1, 3));
        world.rate(now(), &client(1), &what, &named(&key, 1)).await.unwrap();
        let correct = async |at, version, level| {
            let mut write = database.write().await.unwrap();
            let outcome = correct(&mut write, at, &client(1), (&what, version), &opinion(level)).await;
            if outcome.is_ok() {
                write.commit().await.unwrap();
            }
            outcome
        };
        let corrected = correct(days(2), 1, Level::Dissatisfied).await.unwrap();
        assert_eq!((corrected.version, corrected.opinion.level), (2, Level::Dissatisfied));
        let stale = correct(days(2), 1, Level::Satisfied).await.unwrap_err();
        assert!(matches!(&stale, RatingsError::StaleRating { now } if **now == corrected), "{stale}");
        let follow_up = world.ratings.follow_up_of(&staff(3), &corrected.id).await.unwrap().unwrap();
        assert_eq!(follow_up.opened_on, date(2026, 6, 3), "it turned bad on that day");

        let better = correct(days(7), 2, Level::Fairly).await.unwrap();
        assert_eq!((better.version, better.at), (3, now()));
        let (after, events) = world.ratings.follow_up(&staff(3), &follow_up.id).await.unwrap();
        assert_eq!((after.state, events.last().unwrap().action), (State::Verify, Action::Corrected));
        let too_late = correct(days(7) + SignedDuration::from_secs(1), 3, Level::Satisfied).await.unwrap_err();
        assert!(matches!(too_late, RatingsError::TooLate { until } if until == date(2026, 6, 8)), "{too_late}");
        let kept = "SELECT COUNT(*) FROM ratings_corrections";
        let row = database::query(kept).fetch_one(&mut *database.read().await.unwrap()).await.unwrap();
        assert_eq!(sqlx::Row::get::<i64, _>(&row, 0), 2);
    })
    .await;
}

#[tokio::test]
async fn nobody_learns_who_rated_anonymously() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let follow_up = world.bad(1, true).await;
        let (rater, reference) = (person(1).to_string(), "HZ-2026-000001-0");
        for reader in [staff(3), province(), Actor::system("test")] {
            let rating = world.ratings.rating(&reader, &follow_up.rating).await.unwrap();
            assert_eq!((rating.subject, rating.reference, rating.rater, rating.at), (None, None, None, None));
            let all = world.ratings.ratings(&reader, &RatingQuery::default()).await.unwrap();
            let (_, events) = world.ratings.follow_up(&reader, &follow_up.id).await.unwrap();
            let told = serde_json::to_string(&(all.rows, &follow_up, events)).unwrap();
            let case = id(5_001).to_string();
            for secret in [rater.as_str(), reference, &case, "02:00:00Z"] {
                assert!(!told.contains(secret), "{secret}: {told}");
            }
        }
        let told = world.notices.inbox(Inbox::Organisation(&organisation(3)), None, 9).await.unwrap().items;
        assert!(told.iter().all(|item| !item.text("zh").body.contains(reference)));
        assert!(told[0].text("zh").subject.contains("匿名"));
        // Not even the database says who: neither the rating nor the trail.
        for statement in [
            "SELECT COUNT(*) FROM ratings_ratings WHERE rater IS NOT NULL",
            "SELECT COUNT(*) FROM ratings_visits WHERE made_by IS NOT NULL",
            "SELECT COUNT(*) FROM accounts_audit WHERE kind = 'rating' AND person <> ''",
        ] {
            let row = database::query(statement).fetch_one(&mut *database.read().await.unwrap()).await.unwrap();
            assert_eq!(sqlx::Row::get::<i64, _>(&row, 0), 0, "{statement}");
        }
        // The rater still finds it, by the matter.
        assert_eq!(world.ratings.own(&matter(1, 3)).await.unwrap().unwrap().id, follow_up.rating);
    })
    .await;
}

#[tokio::test]
async fn a_failed_rating_leaves_nothing() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let key = key(1);
        let mut write = database.write().await.unwrap();
        let new = NewRating { opinion: opinion(Level::VeryDissatisfied), ..named(&key, 1) };
        rate(&mut write, now(), &client(1), &matter(1, 3), &new).await.unwrap();
        drop(write);
        assert_eq!(world.ratings.own(&matter(1, 3)).await.unwrap(), None);
        assert!(world.told(Inbox::Organisation(&organisation(3))).await.is_empty());
    })
    .await;
}
