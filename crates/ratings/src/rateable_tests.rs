use database::testing::for_each_backend;

use super::*;
use crate::testing::{World, client, days, item, key, named, now, organisation, province, staff};
use crate::{MOST_BY_POSTER, NewRating, RatingQuery};

#[tokio::test]
async fn a_ticket_rates_one_visit_for_seven_days() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let outlet = organisation(3);
        let mut write = database.write().await.unwrap();
        let code = item();
        let how = (Channel::Device, Some(&code));
        let refused = make_visit(&mut write, now(), &staff(4), &outlet, how, [5; 10]).await.unwrap_err();
        assert!(matches!(refused, RatingsError::Denied(_)), "{refused}");
        drop(write);
        let mut write = database.write().await.unwrap();
        let visit = make_visit(&mut write, now(), &staff(3), &outlet, how, [5; 10]).await.unwrap();
        write.commit().await.unwrap();

        let mut read = database.read().await.unwrap();
        let written: VisitCode = visit.code.to_string().to_lowercase().parse().unwrap();
        let what = for_visit(&mut read, days(7), &written).await.unwrap();
        assert_eq!((what.outlet(), what.reference()), (&outlet, visit.code.to_string().as_str()));
        let late = for_visit(&mut read, days(8), &written).await.unwrap_err();
        assert!(matches!(late, RatingsError::TooLate { .. }), "{late}");
        let forged = VisitCode::make([6; 10]);
        assert!(matches!(for_visit(&mut read, now(), &forged).await, Err(RatingsError::NotFound { .. })));
        drop(read);

        let (one, two) = (key(1), key(2));
        let rated = world.rate(days(1), &Actor::visitor(), &what, &named(&one, 1)).await.unwrap();
        let again = world.rate(days(1), &Actor::visitor(), &what, &named(&two, 2)).await.unwrap_err();
        assert!(matches!(again, RatingsError::AlreadyRated { .. }), "{again}");
        assert_eq!(world.ratings.own(&what).await.unwrap(), Some(rated.clone()));
        let seen = world.ratings.rating(&staff(3), &rated.id).await.unwrap();
        assert_eq!((seen.item.as_deref(), seen.region.to_string().as_str()), (Some("B02"), "500106"));
    })
    .await;
}

#[tokio::test]
async fn a_poster_takes_so_many_ratings_a_day_and_a_retry_is_one() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let outlet = organisation(3);
        let mut write = database.write().await.unwrap();
        let poster = make_poster(&mut write, now(), &staff(3), (&outlet, 0), [8; 10]).await.unwrap();
        write.commit().await.unwrap();
        let what = for_poster(&mut database.read().await.unwrap(), now(), &poster.code).await.unwrap();
        let tries = (0..12).map(|number| {
            let (world, what) = (world.clone(), what.clone());
            tokio::spawn(async move {
                let key = key(number / 2);
                let new = NewRating { channel: Channel::Qr, anonymous: true, ..named(&key, number) };
                world.rate(now(), &Actor::visitor(), &what, &new).await.map(|rated| rated.id)
            })
        });
        let mut rated = std::collections::BTreeSet::new();
        for done in tries.collect::<Vec<_>>() {
            rated.insert(done.await.unwrap().unwrap());
        }
        assert_eq!(rated.len(), 6);

        let full = "UPDATE ratings_visits SET day = '2026-06-02'";
        let mut write = database.write().await.unwrap();
        for number in 6..MOST_BY_POSTER {
            let visit = Visit {
                id: VisitId(derived(now(), "visit", &number.to_string())),
                code: VisitCode::of_key(&format!("filling {number}")),
                outlet: outlet.clone(),
                day: office_day(now()),
                item: None,
                channel: Channel::Qr,
            };
            visits::insert(&mut write, &visit, None, true).await.unwrap();
        }
        write.commit().await.unwrap();
        let key = key(50);
        let too_many = world.rate(now(), &Actor::visitor(), &what, &named(&key, 50)).await.unwrap_err();
        assert!(matches!(too_many, RatingsError::TooMany(MOST_BY_POSTER)), "{too_many}");
        let mut write = database.write().await.unwrap();
        database::query(full).execute(&mut *write).await.unwrap();
        write.commit().await.unwrap();
        world.rate(now(), &Actor::visitor(), &what, &named(&key, 50)).await.unwrap();
        assert_eq!(world.ratings.ratings(&province(), &RatingQuery::default()).await.unwrap().rows.len(), 7);
    })
    .await;
}

#[tokio::test]
async fn a_new_poster_ends_the_one_before_and_nobody_overwrites_another() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let outlet = organisation(3);
        let mut write = database.write().await.unwrap();
        let first = make_poster(&mut write, now(), &staff(3), (&outlet, 0), [1; 10]).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(world.ratings.poster(&staff(3), &outlet).await.unwrap(), Some(first.clone()));
        let what = for_poster(&mut database.read().await.unwrap(), now(), &first.code).await.unwrap();
        let mut write = database.write().await.unwrap();
        for seen in [0, 2] {
            let stale = make_poster(&mut write, now(), &staff(3), (&outlet, seen), [2; 10]).await.unwrap_err();
            assert!(matches!(stale, RatingsError::StaleVersion { version: 1 }), "{stale}");
        }
        let denied = make_poster(&mut write, now(), &client(1), (&outlet, 1), [2; 10]).await.unwrap_err();
        assert!(matches!(denied, RatingsError::Denied(_)), "{denied}");
        make_poster(&mut write, now(), &staff(3), (&outlet, 1), [2; 10]).await.unwrap();
        end_poster(&mut write, now(), &staff(3), (&outlet, 2)).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(world.ratings.poster(&staff(3), &outlet).await.unwrap(), None);
        // Whoever had opened the page of the old code before cannot rate by it either.
        let key = key(1);
        let ended = world.rate(now(), &Actor::visitor(), &what, &named(&key, 1)).await.unwrap_err();
        assert!(matches!(ended, RatingsError::NotFound { what: What::Poster, .. }), "{ended}");
    })
    .await;
}
