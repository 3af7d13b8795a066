use database::testing::for_each_backend;
use jiff::civil::date;
use notices::Inbox;

use crate::testing::{World, city, days, expert, keeper, now, person, unit};
use crate::{AssessmentError, Shown, State, Step, step};

const SHOWN: Shown = Shown { public: true, ranks: true, arithmetic: true };

#[tokio::test]
async fn an_assessment_goes_its_way_and_tells_those_whose_turn_it_is() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = world.told().await.id;
        let told = async |of: Inbox<'_>| -> Vec<String> {
            let page = world.notices.inbox(of, None, 100).await.unwrap();
            page.items.into_iter().rev().map(|item| item.template).collect()
        };
        let (reviewer, city) = (person(101), unit(11));
        assert_eq!(told(Inbox::Person(&reviewer.0)).await, ["assessment.called"]);
        let staff = Inbox::Organisation(&city);
        assert_eq!(told(staff).await, ["assessment.self-evaluation", "assessment.result"]);
        let early = world.step(days(10), &id, Step::Publish(SHOWN)).await;
        assert!(matches!(early, Err(AssessmentError::TooEarly { .. })), "{early:?}");
        let published = world.step(days(20), &id, Step::Publish(SHOWN)).await.unwrap();
        assert_eq!((published.state, published.shown), (State::Published, SHOWN));
        assert_eq!(told(Inbox::Organisation(&city)).await.last().unwrap(), "assessment.published");
        assert_eq!(world.step(days(30), &id, Step::Archive).await.unwrap().state, State::Archived);
        let over = world.step(days(30), &id, Step::Archive).await;
        assert!(matches!(over, Err(AssessmentError::State(State::Archived))));
    })
    .await;
}

#[tokio::test]
async fn steps_are_taken_in_their_order_and_by_the_keeper() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = world.opened().await.id;
        for early in [Step::MakeResult, Step::Archive, Step::Publish(SHOWN), Step::TellUnits(date(2026, 6, 20))] {
            let refused = world.step(now(), &id, early).await;
            assert!(matches!(refused, Err(AssessmentError::State(State::Prepared))), "{early:?}");
        }
        let past = world.step(now(), &id, Step::AskUnits(date(2026, 5, 30))).await;
        assert!(matches!(past, Err(AssessmentError::Invalid(_))));
        world.step(now(), &id, Step::AskUnits(date(2026, 6, 10))).await.unwrap();
        let early = world.step(now(), &id, Step::MakeResult).await;
        assert!(matches!(early, Err(AssessmentError::Unfinished { .. })), "reviewers come first");
        let extended = world.step(now(), &id, Step::Extend(date(2026, 7, 1))).await.unwrap();
        assert_eq!((extended.state, extended.until), (State::SelfEvaluation, Some(date(2026, 7, 1))));
        let mut write = world.database.write().await.unwrap();
        for actor in [city(11), expert(1), accounts::Actor::visitor()] {
            let refused =
                step(&mut write, now(), &actor, (&id, extended.version), Step::AskReviewers(date(2026, 7, 1))).await;
            assert!(matches!(refused, Err(AssessmentError::NotFound { .. } | AssessmentError::Denied(_))));
        }
    })
    .await;
}

#[tokio::test]
async fn of_two_keepers_one_is_told_that_the_other_was_first() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let made = world.opened().await;
        let go = || async {
            let mut write = world.database.write().await?;
            let after = step(&mut write, now(), &keeper(), (&made.id, 1), Step::AskUnits(date(2026, 6, 10))).await?;
            write.commit().await?;
            Ok::<_, AssessmentError>(after)
        };
        let (one, two) = tokio::join!(go(), go());
        let stale = |it: &Result<_, AssessmentError>| matches!(it, Err(AssessmentError::Stale { version: 2 }));
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        assert!(stale(&one) || stale(&two));
    })
    .await;
}

#[tokio::test]
async fn going_back_keeps_the_snapshot_and_the_next_result_is_another() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = world.opened().await.id;
        world.called(&id, 1).await;
        world.called(&id, 2).await;
        world.step(now(), &id, Step::AskUnits(date(2026, 6, 10))).await.unwrap();
        world.submitted(&id, 11, 15.0).await;
        world.step(now(), &id, Step::AskReviewers(date(2026, 6, 10))).await.unwrap();
        world.marked(&id, 1, 11, 80.0).await.unwrap();
        world.step(now(), &id, Step::MakeResult).await.unwrap();
        let held = world.assessments.result(&keeper(), &id, None).await.unwrap();
        assert_eq!(held.scores.of(&unit(11)).unwrap().total, None, "one mark of two");
        world.step(now(), &id, Step::BackToReview).await.unwrap();
        world.marked(&id, 2, 11, 90.0).await.unwrap();
        let after = world.step(now(), &id, Step::MakeResult).await.unwrap();
        assert_eq!(after.snapshots, 2);
        let found = world.assessments.result(&keeper(), &id, None).await.unwrap();
        assert_eq!(found.scores.of(&unit(11)).unwrap().total.unwrap().to_string(), "80.00");
        let first = world.assessments.result(&keeper(), &id, Some(1)).await.unwrap();
        assert_eq!(first.scores, held.scores);
    })
    .await;
}
