//! Ratings of real cases.

use accounts::Actor;
use cases::{Act, By, CaseId, Receipt};
use database::testing::for_each_backend;
use notices::Inbox;

use crate::testing::{World, client, days, id, key, matter, named, now, opinion, person, staff};
use crate::{
    Action, Channel, Level, NewRating, RatingsError, State, Subject, ask, for_case, for_case_told, for_own,
    standard_json,
};

impl World {
    async fn refused(&self, receipt: &Receipt) {
        self.done(&staff(3), &receipt.case, &Act::Refuse { reason: "不属于本站".to_owned() }).await;
    }

    async fn rateable(&self, by: By<'_>, case: &CaseId) -> Result<crate::Rateable, RatingsError> {
        for_case(&mut *self.database.read().await?, by, case).await
    }
}

#[tokio::test]
async fn a_case_is_rated_by_its_client_once_there_is_a_result() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let receipt = world.submitted(1).await;
        let case = &receipt.case.id;
        let early = world.rateable(By::from(&client(1)), case).await.unwrap_err();
        assert!(matches!(early, RatingsError::NotYet), "{early}");
        world.refused(&receipt).await;
        for stranger in [client(2), staff(3), staff(4), Actor::visitor(), Actor::system("test")] {
            let refused = world.rateable(By::from(&stranger), case).await.unwrap_err();
            assert!(matches!(refused, RatingsError::NotFound { .. }), "{refused}");
        }
        assert!(world.rateable(By::from(&client(1)), &CaseId(id(77))).await.is_err());
        let visitor = Actor::visitor();
        let by_code = By { actor: &visitor, tracking: Some(&receipt.tracking) };
        let what = world.rateable(by_code, case).await.unwrap();
        assert_eq!(what.reference(), receipt.case.reference.to_string());

        let (first, second) = (key(10), key(11));
        let rated = world.rate(now(), &visitor, &what, &named(&first, 10)).await.unwrap();
        let own = world.rateable(By::from(&client(1)), case).await.unwrap();
        let again = world.rate(now(), &client(1), &own, &named(&second, 11)).await.unwrap_err();
        assert!(matches!(again, RatingsError::AlreadyRated { .. }), "code and account are one voice: {again}");
        let seen = world.ratings.rating(&staff(3), &rated.id).await.unwrap();
        assert_eq!(seen.subject, Some(Subject::Case(case.clone())));
    })
    .await;
}

#[tokio::test]
async fn who_rates_a_case_anonymously_is_answered_without_being_named() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let receipt = world.submitted(1).await;
        world.refused(&receipt).await;
        let what = world.rateable(By::from(&client(1)), &receipt.case.id).await.unwrap();
        let key = key(10);
        let new = NewRating { opinion: opinion(Level::VeryDissatisfied), anonymous: true, ..named(&key, 10) };
        let rated = world.rate(now(), &client(1), &what, &new).await.unwrap();
        let follow_up = world.ratings.follow_up_of(&staff(3), &rated.id).await.unwrap().unwrap();
        let after = world.step(now(), &staff(3), (&follow_up.id, 1), Action::Explain).await.unwrap();
        let answered = world.step(now(), &staff(3), (&follow_up.id, after.version), Action::Answer).await.unwrap();
        assert!(world.told(Inbox::Person(&person(1).0)).await.contains(&"rating.answered".to_owned()));
        assert_eq!(world.ratings.own(&what).await.unwrap().unwrap().answer, answered.answer);
        assert_eq!(world.ratings.rating(&staff(3), &rated.id).await.unwrap().subject, None);
    })
    .await;
}

#[tokio::test]
async fn what_is_told_to_staff_shows_who_wrote_it_down() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let receipt = world.submitted(1).await;
        world.refused(&receipt).await;
        let case = &receipt.case.id;
        let told = async |by: &Actor| for_case_told(&mut database.read().await.unwrap(), by, case).await;
        for stranger in [staff(4), client(1), Actor::visitor()] {
            assert!(told(&stranger).await.is_err());
        }
        let what = told(&staff(3)).await.unwrap();
        let key = key(10);
        let wrong = world.rate(now(), &staff(3), &what, &named(&key, 10)).await.unwrap_err();
        assert!(matches!(&wrong, RatingsError::Invalid(faults) if faults[0].field == "channel"), "{wrong}");
        let new = NewRating { channel: Channel::Telephone, ..named(&key, 10) };
        let rated = world.rate(now(), &staff(3), &what, &new).await.unwrap();
        let seen = world.ratings.rating(&staff(3), &rated.id).await.unwrap();
        assert_eq!((seen.rater, seen.entered_by), (None, Some(person(103))));
    })
    .await;
}

#[tokio::test]
async fn a_client_is_asked_once_and_not_after_rating() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        world.archived(1).await;
        world.archived(2).await;
        let day = jiff::civil::date(2026, 6, 1);
        let mut read = database.read().await.unwrap();
        let everywhere = accounts::Cover::Everywhere;
        let cases = cases::archived_with_client(&mut read, &everywhere, (day, day), None).await.unwrap();
        drop(read);
        assert_eq!(cases.len(), 2);
        let (case, rater) = cases.into_iter().find(|(_, client)| *client == person(1)).unwrap();
        let what = world.rateable(By::from(&Actor::person(rater, "张三", Vec::new())), &case).await.unwrap();
        let key = key(10);
        world.rate(now(), &client(1), &what, &named(&key, 10)).await.unwrap();
        for hour in [0, 1, 30] {
            ask(&database, now() + jiff::SignedDuration::from_hours(hour)).await.unwrap();
        }
        let asked = async |number| {
            let told = world.told(Inbox::Person(&person(number).0)).await;
            told.into_iter().filter(|told| told == "rating.asked").count()
        };
        assert_eq!((asked(1).await, asked(2).await), (0, 1));
        assert_eq!(ask(&database, days(10)).await.unwrap(), 0, "nobody is asked long after");
    })
    .await;
}

#[tokio::test]
async fn the_standard_form_counts_from_the_best_and_names_nobody_who_is_anonymous() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let (one, two) = (key(10), key(11));
        world.rate(now(), &client(1), &matter(1, 3), &named(&one, 10)).await.unwrap();
        let hidden = NewRating { anonymous: true, opinion: opinion(Level::Fairly), ..named(&two, 11) };
        world.rate(days(1), &client(2), &matter(2, 3), &hidden).await.unwrap();
        let rows = world.ratings.ratings(&staff(3), &crate::RatingQuery::default()).await.unwrap().rows;
        let written = standard_json(&rows);
        assert_eq!((&written[0]["满意度"], &written[1]["满意度"]), (&"3".into(), &"1".into()));
        assert_eq!((&written[0]["办件编号"], &written[0]["评价人"]), (&"".into(), &"".into()));
        assert_eq!(
            (&written[0]["评价时间"], &written[1]["办件编号"]),
            (&"2026-06-02".into(), &"HZ-2026-000001-0".into())
        );
        assert_eq!(written[1]["行政区划"], "500106");
    })
    .await;
}

#[tokio::test]
async fn whoever_rated_finds_the_rating_by_its_name_and_sees_how_it_goes_on() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let receipt = world.submitted(1).await;
        world.refused(&receipt).await;
        let what = world.rateable(By::from(&client(1)), &receipt.case.id).await.unwrap();
        let key = key(10);
        let new = NewRating { opinion: opinion(Level::Dissatisfied), anonymous: true, ..named(&key, 10) };
        let rated = world.rate(now(), &client(1), &what, &new).await.unwrap();
        let progress = rated.progress.clone().unwrap();
        assert_eq!((progress.state, progress.contact_due.to_string()), (State::Verify, "2026-06-02".to_owned()));
        let visitor = Actor::visitor();
        let by_code = By { actor: &visitor, tracking: Some(&receipt.tracking) };
        for by in [By::from(&client(1)), by_code] {
            let mut read = world.database.read().await.unwrap();
            let found = for_own(&mut read, by, &rated.id).await.unwrap();
            read.close().await.unwrap();
            assert_eq!(world.ratings.own(&found).await.unwrap().as_ref(), Some(&rated));
        }
        for stranger in [client(2), staff(3), visitor.clone()] {
            let mut read = world.database.read().await.unwrap();
            let refused = for_own(&mut read, By::from(&stranger), &rated.id).await.unwrap_err();
            assert!(matches!(refused, RatingsError::NotFound { .. }), "{refused}");
        }
    })
    .await;
}
