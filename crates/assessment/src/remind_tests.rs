use database::testing::for_each_backend;
use jiff::civil::date;
use notices::Inbox;

use crate::testing::{World, city, days, keeper, now, person, unit};
use crate::{Decision, NewObjection, Ruling, Step, decide, object, remind};

impl World {
    /// Templates of reminders that someone has, oldest first.
    async fn reminded(&self, of: Inbox<'_>) -> Vec<String> {
        let page = self.notices.inbox(of, None, 100).await.unwrap();
        let reminders = ["assessment.self-due", "assessment.review-due", "assessment.objections-waiting"];
        let told = page.items.into_iter().rev().map(|item| item.template);
        told.filter(|template| reminders.contains(&template.as_str())).collect()
    }
}

#[tokio::test]
async fn units_are_reminded_a_week_and_a_day_before_until_they_hand_in() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = world.opened().await.id;
        world.step(now(), &id, Step::AskUnits(date(2026, 6, 20))).await.unwrap();
        assert_eq!(remind(&world.assessments, days(11)).await.unwrap(), 0);
        world.submitted(&id, 12, 10.0).await;
        assert_eq!(remind(&world.assessments, days(12)).await.unwrap(), 2, "who has handed in is not reminded");
        remind(&world.assessments, days(14)).await.unwrap();
        let (first, second) = (unit(11), unit(12));
        assert_eq!(world.reminded(Inbox::Organisation(&first)).await, ["assessment.self-due"], "once a rule");
        remind(&world.assessments, days(18)).await.unwrap();
        remind(&world.assessments, days(19)).await.unwrap();
        assert_eq!(world.reminded(Inbox::Organisation(&first)).await.len(), 2);
        assert_eq!(remind(&world.assessments, days(20)).await.unwrap(), 0, "the last day is over");
        world.step(days(20), &id, Step::Extend(date(2026, 6, 23))).await.unwrap();
        remind(&world.assessments, days(20)).await.unwrap();
        assert_eq!(world.reminded(Inbox::Organisation(&first)).await.len(), 3, "another last day begins anew");
        assert_eq!(world.reminded(Inbox::Organisation(&second)).await.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn reviewers_are_reminded_of_marks_that_are_missing() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = world.opened().await.id;
        world.called(&id, 1).await;
        world.called(&id, 2).await;
        world.step(now(), &id, Step::AskUnits(date(2026, 6, 5))).await.unwrap();
        world.step(now(), &id, Step::AskReviewers(date(2026, 6, 20))).await.unwrap();
        for city in [11, 12, 13] {
            world.marked(&id, 2, city, 80.0).await.unwrap();
        }
        world.marked(&id, 1, 11, 80.0).await.unwrap();
        let many = (0..4).map(|_| {
            let world = world.clone();
            tokio::spawn(async move { remind(&world.assessments, days(13)).await.unwrap() })
        });
        for one in many.collect::<Vec<_>>() {
            assert_eq!(one.await.unwrap(), 1);
        }
        let (lacks, done) = (person(101), person(102));
        let told = world.notices.inbox(Inbox::Person(&lacks.0), None, 100).await.unwrap().items;
        let due: Vec<_> = told.iter().filter(|item| item.template == "assessment.review-due").collect();
        assert_eq!(due.len(), 1, "many processes tell once");
        assert!(due[0].text("zh").body.contains("还有 2 个单位"), "{}", due[0].text("zh").body);
        assert_eq!(world.reminded(Inbox::Person(&done.0)).await.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn keepers_are_reminded_of_objections_until_they_decide() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = world.told().await.id;
        let place = unit(11);
        let new = NewObjection {
            key: "key-of-an-objection",
            unit: &place,
            item: "linear",
            reasons: "少计五家",
            wanted: Some(20.0),
        };
        let mut write = world.database.write().await.unwrap();
        let made = object(&mut write, now(), &city(11), &id, &new).await.unwrap();
        write.commit().await.unwrap();
        let province = unit(2);
        assert_eq!(remind(&world.assessments, days(2)).await.unwrap(), 0);
        for day in [3, 4, 8, 9, 30, 31] {
            remind(&world.assessments, days(day)).await.unwrap();
        }
        assert_eq!(world.reminded(Inbox::Organisation(&province)).await.len(), 3, "after 3, 7 and 14 days");
        let mut write = world.database.write().await.unwrap();
        let ruling = Ruling {
            objection: &made.id,
            version: 1,
            decision: Decision::Dismissed,
            value: None,
            before: None,
            reason: "名单如此",
        };
        decide(&mut write, days(31), &keeper(), &ruling).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(remind(&world.assessments, days(40)).await.unwrap(), 0);
    })
    .await;
}
