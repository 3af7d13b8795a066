use database::testing::for_each_backend;

use crate::testing::{World, city, expert, keeper, now, scheme, unit};
use crate::{AssessmentError, SchemeState, adopt_scheme, discard_scheme, draft_scheme, publish_scheme};

#[tokio::test]
async fn versions_of_a_scheme_follow_each_other() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let (keeper, province) = (keeper(), unit(2));
        let mut write = world.database.write().await.unwrap();
        let first = draft_scheme(&mut write, now(), &keeper, Some(&province), (&scheme(), None)).await.unwrap();
        assert_eq!((first.number, first.revision, first.state), (1, 1, SchemeState::Draft));
        let same = draft_scheme(&mut write, now(), &keeper, Some(&province), (&scheme(), None)).await.unwrap();
        assert_eq!(same, first, "the same words change nothing");
        let mut other = scheme();
        other.dimensions[0].weight = 50.0;
        let second = draft_scheme(&mut write, now(), &keeper, Some(&province), (&other, Some(1))).await.unwrap();
        assert_eq!((second.number, second.revision), (1, 2));
        let stale = publish_scheme(&mut write, now(), &keeper, ("every-rule", 1, 1)).await;
        assert!(matches!(stale, Err(AssessmentError::Stale { version: 2 })), "{stale:?}");
        let published = publish_scheme(&mut write, now(), &keeper, ("every-rule", 1, 2)).await.unwrap();
        assert_eq!(published.state, SchemeState::Published);
        let again = publish_scheme(&mut write, now(), &keeper, ("every-rule", 1, 2)).await.unwrap();
        assert_eq!(again.revision, published.revision, "sent twice, published once");
        let next = draft_scheme(&mut write, now(), &keeper, Some(&province), (&scheme(), None)).await.unwrap();
        assert_eq!((next.number, next.revision), (2, 1));
        discard_scheme(&mut write, now(), &keeper, ("every-rule", 2, 1)).await.unwrap();
        assert!(discard_scheme(&mut write, now(), &keeper, ("every-rule", 1, 3)).await.is_err(), "published stays");
        write.commit().await.unwrap();
        let shown = world.assessments.versions(&accounts::Actor::visitor(), "every-rule").await.unwrap();
        assert_eq!(shown.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_scheme_with_faults_is_kept_as_a_draft_and_not_published() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let mut wrong = scheme();
        wrong.dimensions[0].items[0].weight = 0.0;
        let mut write = world.database.write().await.unwrap();
        let drafted = draft_scheme(&mut write, now(), &keeper(), Some(&unit(2)), (&wrong, None)).await.unwrap();
        let refused = publish_scheme(&mut write, now(), &keeper(), ("every-rule", 1, drafted.revision)).await;
        assert!(matches!(refused, Err(AssessmentError::Invalid(_))));
        wrong.code = "Every Rule".to_owned();
        let refused = draft_scheme(&mut write, now(), &keeper(), Some(&unit(2)), (&wrong, None)).await;
        assert!(matches!(refused, Err(AssessmentError::Invalid(_))));
        write.commit().await.unwrap();
        let visitor = accounts::Actor::visitor();
        assert!(world.assessments.schemes(&visitor).await.unwrap().is_empty(), "drafts are not public");
        assert_eq!(world.assessments.schemes(&keeper()).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn schemes_are_written_by_those_who_keep_assessments_there() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let mut write = world.database.write().await.unwrap();
        for actor in [city(11), expert(1), accounts::Actor::visitor()] {
            let refused = draft_scheme(&mut write, now(), &actor, Some(&unit(2)), (&scheme(), None)).await;
            assert!(matches!(refused, Err(AssessmentError::Denied(_))), "{}", actor.name());
        }
        let refused = adopt_scheme(&mut write, now(), &keeper(), None, "outlet").await;
        assert!(matches!(refused, Err(AssessmentError::Denied(_))), "the platform's own need a role everywhere");
        let system = accounts::Actor::system("test");
        let mine = adopt_scheme(&mut write, now(), &system, None, "outlet").await.unwrap();
        assert_eq!((mine.number, mine.state, mine.keeper), (1, SchemeState::Published, None));
        let there = adopt_scheme(&mut write, now(), &keeper(), Some(&unit(2)), "outlet").await.unwrap();
        assert_eq!(there.keeper, None, "what is there stays as it is");
        // A city may write its own, and nobody beside it changes that.
        let mut own = scheme();
        own.code = "city-own".to_owned();
        draft_scheme(&mut write, now(), &city(11), Some(&unit(11)), (&own, None)).await.unwrap();
        own.full = 200;
        let refused = draft_scheme(&mut write, now(), &city(12), Some(&unit(12)), (&own, Some(1))).await;
        assert!(matches!(refused, Err(AssessmentError::Denied(_))));
        draft_scheme(&mut write, now(), &keeper(), Some(&unit(2)), (&own, Some(1))).await.unwrap();
    })
    .await;
}
