use database::testing::for_each_backend;
use jiff::civil::date;
use notices::Inbox;

use super::*;
use crate::testing::{World, client, days, now, organisation, person, province, staff};
use crate::{FollowUpQuery, Level, remind};

#[tokio::test]
async fn a_bad_rating_is_verified_mended_answered_and_called_back() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let opened = world.bad(1, false).await;
        assert_eq!((opened.state, opened.version), (State::Verify, 1));
        assert_eq!((opened.contact_due, opened.due), (date(2026, 6, 2), date(2026, 6, 8)), "working days");
        assert_eq!(world.told(Inbox::Organisation(&organisation(3))).await, ["rating.bad"]);
        let steps = [
            (Action::Assign, State::Verify, 0),
            (Action::Confirm, State::Mend, 1),
            (Action::Note, State::Mend, 2),
            (Action::Mended, State::Answer, 3),
            (Action::Answer, State::CallBack, 4),
            (Action::NotContent, State::Mend, 7),
            (Action::Mended, State::Answer, 8),
            (Action::Answer, State::CallBack, 9),
            (Action::Content, State::Closed, 9),
        ];
        let mut at = opened.clone();
        for (action, state, day) in steps {
            at = world.step(days(day), &staff(3), (&opened.id, at.version), action).await.unwrap();
            assert_eq!(at.state, state, "{action}");
        }
        assert_eq!((at.result, at.closed_on), (Some(Ending::Mended), Some(date(2026, 6, 10))));
        assert_eq!((at.assignee.clone(), at.was_in_time()), (Some(person(103)), Some(true)));
        let (found, events) = world.ratings.follow_up(&staff(3), &opened.id).await.unwrap();
        assert_eq!(found, at);
        assert_eq!(events.iter().map(|event| event.number).collect::<Vec<_>>(), (1..=10).collect::<Vec<_>>());
        assert_eq!(world.told(Inbox::Person(&person(103).0)).await, ["follow-up.assigned"]);
        assert_eq!(world.told(Inbox::Person(&person(1).0)).await, ["rating.answered", "rating.answered"]);
        let own = world.ratings.own(&crate::testing::matter(1, 3)).await.unwrap().unwrap();
        assert_eq!(own.answer.as_deref(), Some("说明情况"));
    })
    .await;
}

#[tokio::test]
async fn what_is_only_to_be_explained_is_not_mended() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let mut at = world.bad(1, true).await;
        for action in [Action::Explain, Action::Answer, Action::Unreached] {
            at = world.step(days(1), &staff(3), (&at.id, at.version), action).await.unwrap();
        }
        assert_eq!((at.state, at.result), (State::Closed, Some(Ending::Explained)));
        assert!(world.told(Inbox::Person(&person(1).0)).await.is_empty(), "the rater gave no name");
        let closed = world.step(days(1), &staff(3), (&at.id, at.version), Action::Note).await.unwrap_err();
        assert!(matches!(closed, RatingsError::Step { state: State::Closed, .. }), "{closed}");
    })
    .await;
}

#[tokio::test]
async fn a_step_is_taken_by_the_staff_of_the_outlet_in_its_turn() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let at = world.bad(1, false).await;
        for stranger in [staff(4), province(), client(1), accounts::Actor::visitor()] {
            let refused = world.step(now(), &stranger, (&at.id, 1), Action::Confirm).await.unwrap_err();
            assert!(matches!(refused, RatingsError::NotFound { .. }), "{refused}");
        }
        for action in [Action::Mended, Action::Answer, Action::Content, Action::Exclude, Action::Open] {
            let refused = world.step(now(), &staff(3), (&at.id, 1), action).await.unwrap_err();
            assert!(matches!(refused, RatingsError::Step { .. }), "{action}: {refused}");
            assert!(refused.text("zh").contains("待核实"), "{}", refused.text("zh"));
        }
        let mut write = database.write().await.unwrap();
        let silent = Act { id: &at.id, version: 1, action: Action::Confirm, words: " ", assignee: None };
        assert!(matches!(act(&mut write, now(), &staff(3), &silent).await, Err(RatingsError::Invalid(_))));
        let to_nobody = Act { action: Action::Assign, ..silent };
        assert!(matches!(act(&mut write, now(), &staff(3), &to_nobody).await, Err(RatingsError::Invalid(_))));
    })
    .await;
}

#[tokio::test]
async fn of_two_who_take_a_step_at_once_one_is_told_what_the_other_did() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let opened = world.bad(1, false).await;
        let tries = [Action::Confirm, Action::Explain, Action::Note, Action::Assign].map(|action| {
            let (world, id) = (world.clone(), opened.id.clone());
            tokio::spawn(async move { world.step(now(), &staff(3), (&id, 1), action).await })
        });
        let (mut won, mut told) = (Vec::new(), Vec::new());
        for outcome in tries {
            match outcome.await.unwrap() {
                Ok(after) => won.push(after),
                Err(RatingsError::Stale { now }) => told.push(*now),
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!((won.len(), told.len()), (1, 3));
        assert!(told.iter().all(|now| *now == won[0]));
        let (_, events) = world.ratings.follow_up(&staff(3), &opened.id).await.unwrap();
        assert_eq!(events.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn late_ones_are_shown_and_reminded_of_once() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let (first, second) = (world.bad(1, false).await, world.bad(2, false).await);
        world.step(now(), &staff(3), (&second.id, 1), Action::Confirm).await.unwrap();
        let late = async |day: i64| {
            let late_on = Some(services::office_day(days(day)));
            let asked = FollowUpQuery { late_on, open: true, ..FollowUpQuery::default() };
            let page = world.ratings.follow_ups(&province(), &asked).await.unwrap();
            let today = services::office_day(days(day));
            assert!(page.rows.iter().all(|found| found.is_late(today)));
            page.rows.into_iter().map(|found| found.id).collect::<Vec<_>>()
        };
        assert_eq!(late(1).await, []);
        assert_eq!(late(2).await, std::slice::from_ref(&first.id), "not verified in time");
        assert_eq!(late(7).await.len(), 1);
        assert_eq!(late(8).await.len(), 2, "nor the other mended");

        for day in [0, 0, 2, 2, 3] {
            remind(&database, days(day)).await.unwrap();
        }
        let outlet = organisation(3);
        let told = world.told(Inbox::Organisation(&outlet)).await;
        let count = |key: &str| told.iter().filter(|told| *told == key).count();
        assert_eq!((count("follow-up.due-soon"), count("follow-up.late")), (1, 1), "{told:?}");
        assert_eq!(second.opened_on, date(2026, 6, 1));
    })
    .await;
}

#[test]
fn a_level_that_is_not_bad_opens_nothing() {
    assert!(Level::ALL.iter().filter(|level| level.is_bad()).count() == 2);
}
