use accounts::Actor;
use database::testing::for_each_backend;

use crate::testing::{World, act, contents, keeper, key, now, unit};
use crate::{Duty, NewPlan, PlanState, PlansError, Seen};

#[tokio::test]
async fn an_issued_edition_is_frozen_and_the_next_is_a_draft_beside_it() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let plan = world.issued(&contents()).await;
        assert_eq!((plan.state, plan.edition, plan.drafted), (PlanState::Issued, 1, false));
        let mut next = contents();
        next.title.zh = "第二版".to_owned();
        let plan = act!(world, write(now(), &keeper(1), Seen::new(&plan.id, plan.version), &next)).unwrap();
        assert!(plan.drafted);
        let (shown, said) = world.plans.plan(&keeper(2), &plan.id).await.unwrap();
        assert_eq!((shown.title.zh.as_str(), said.title.zh.as_str()), ("测试计划 2026", "测试计划 2026"));
        assert!(world.plans.edition(&keeper(2), &plan.id, 2).await.is_err(), "a draft is its authors'");
        assert_eq!(world.plans.edition(&keeper(1), &plan.id, 2).await.unwrap().1.title.zh, "第二版");
        assert_eq!(world.plans.editions(&keeper(2), &plan.id).await.unwrap().len(), 1);
        let plan = act!(world, issue(now(), &keeper(1), Seen::new(&plan.id, plan.version), "年中调整")).unwrap();
        assert_eq!((plan.edition, plan.title.zh.as_str()), (2, "第二版"));
        assert_eq!(world.plans.edition(&keeper(2), &plan.id, 1).await.unwrap().1.title.zh, "测试计划 2026");
        let acts: Vec<_> =
            world.plans.history(&keeper(1), &plan.id).await.unwrap().into_iter().map(|one| one.act).collect();
        assert_eq!(acts, ["make", "issue", "write", "issue"]);
        let again = act!(world, issue(now(), &keeper(1), Seen::new(&plan.id, plan.version), ""));
        assert!(matches!(again, Err(PlansError::NoDraft)));
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_cannot_be_issued_and_stale_changes_change_nothing() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let mut wrong = contents();
        wrong.groups[0].tasks[0].assignments[2].list = "nobody".to_owned();
        let key = key(1);
        let new = NewPlan { key: &key, issuer: &unit(1), contents: &wrong, copied_from: None };
        let plan = act!(world, make(now(), &keeper(1), &new)).unwrap();
        assert_eq!(act!(world, make(now(), &keeper(1), &new)).unwrap(), plan, "sent twice, it is one plan");
        let refused = act!(world, issue(now(), &keeper(1), Seen::new(&plan.id, plan.version), ""));
        assert!(matches!(refused, Err(PlansError::Invalid(faults)) if faults[0].field == "tasks.1.assignments"));
        let seen = Seen::new(&plan.id, plan.version);
        act!(world, write(now(), &keeper(1), seen, &contents())).unwrap();
        let stale = act!(world, write(now(), &keeper(1), seen, &wrong));
        assert!(matches!(stale, Err(PlansError::StalePlan { now }) if now.version == plan.version + 1));
    })
    .await;
}

#[tokio::test]
async fn two_authors_at_once_are_one_change_and_one_refusal() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let plan = world.issued(&contents()).await;
        let one = |world: World, plan: crate::Plan| async move {
            act!(world, write(now(), &keeper(1), Seen::new(&plan.id, plan.version), &contents()))
        };
        let (a, b) = tokio::join!(
            tokio::spawn(one(world.clone(), plan.clone())),
            tokio::spawn(one(world.clone(), plan.clone()))
        );
        let done = [a.unwrap(), b.unwrap()];
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1);
        assert!(done.iter().any(|done| matches!(done, Err(PlansError::StalePlan { .. }))));
    })
    .await;
}

#[tokio::test]
async fn plans_are_their_issuers_alone_and_visitors_see_what_is_shown() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let plan = world.issued(&contents()).await;
        let seen = Seen::new(&plan.id, plan.version);
        assert!(matches!(act!(world, write(now(), &keeper(2), seen, &contents())), Err(PlansError::Denied(_))));
        assert!(matches!(act!(world, close(now(), &keeper(2), seen, "")), Err(PlansError::Denied(_))));
        let visitor = Actor::visitor();
        assert_eq!(world.plans.list(&visitor).await.unwrap(), []);
        assert!(world.plans.plan(&visitor, &plan.id).await.is_err());
        assert!(world.plans.public(&plan.id, crate::day::office_day(now())).await.is_err());
        assert_eq!(world.plans.list(&keeper(4)).await.unwrap().len(), 1);
        let plan = act!(world, show(now(), &keeper(1), seen, true)).unwrap();
        assert_eq!(world.plans.list(&visitor).await.unwrap(), std::slice::from_ref(&plan));
        let shown = world.plans.public(&plan.id, crate::day::office_day(now())).await.unwrap();
        assert_eq!((shown.tasks.len(), shown.reports.len()), (4, 0));
        assert!(world.plans.history(&visitor, &plan.id).await.is_err());
        assert!(
            world
                .plans
                .matrix(&visitor, &plan.id, crate::day::office_day(now()), &crate::Asked::default())
                .await
                .is_err()
        );
    })
    .await;
}

#[tokio::test]
async fn optional_tasks_are_chosen_and_required_ones_are_not() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let plan = world.issued(&contents()).await;
        let (two, four) = (unit(2), unit(4));
        act!(world, choose(now(), &keeper(2), (&plan.id, &two, "2"), true)).unwrap();
        act!(world, choose(now(), &keeper(2), (&plan.id, &two, "2"), true)).unwrap();
        let refused = act!(world, choose(now(), &keeper(2), (&plan.id, &two, "1"), true));
        assert!(matches!(refused, Err(PlansError::NotConcerned { .. })));
        assert!(matches!(
            act!(world, choose(now(), &keeper(2), (&plan.id, &four, "2"), true)),
            Err(PlansError::NotConcerned { .. })
        ));
        assert!(matches!(
            act!(world, choose(now(), &keeper(3), (&plan.id, &two, "2"), false)),
            Err(PlansError::Denied(_))
        ));
        let matrix = world.plans.matrix(&keeper(1), &plan.id, plan.from, &crate::Asked::default()).await.unwrap();
        let row = |number| matrix.units.iter().find(|row| row.unit == unit(number)).unwrap();
        assert!(row(2).cells[2].chosen && row(2).lacks.is_empty());
        assert_eq!(row(3).cells[2].duty, Some(Duty::Optional));
        assert_eq!((row(3).lacks[0].at_least, row(3).lacks[0].chosen), (1, 0));
        assert!(row(4).lacks.is_empty(), "who is not concerned lacks nothing");
        world.begun(&plan, (5, 2, "2"), &crate::Said::default()).await.unwrap();
        let refused = act!(world, choose(now(), &keeper(2), (&plan.id, &two, "2"), false));
        assert!(matches!(refused, Err(PlansError::Reported { .. })));
    })
    .await;
}
