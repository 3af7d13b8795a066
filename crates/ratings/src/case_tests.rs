//! Ratings of real cases.

use accounts::Actor;
use cases::{Act, By, CaseId, Receipt};
use database::testing::for_each_backend;
use notices::Inbox;

use crate::testing::{World, client, id, key, named, now, opinion, person, staff};
use crate::{Action, Channel, Level, NewRating, RatingsError, Subject, for_case, for_case_told};

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
        let new = NewRating { channel: Channel::Telephone, ..named(&key, 10) };
        let rated = world.rate(now(), &staff(3), &what, &new).await.unwrap();
        let seen = world.ratings.rating(&staff(3), &rated.id).await.unwrap();
        assert_eq!((seen.rater, seen.entered_by), (None, Some(person(103))));
    })
    .await;
}
