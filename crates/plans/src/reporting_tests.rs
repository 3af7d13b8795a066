use accounts::Actor;
use database::testing::for_each_backend;
use notices::Inbox;

use crate::testing::{World, act, colleague, contents, days, keeper, key, now, said, system, unit};
use crate::{NewReport, Plan, PlansError, Progress, Report, ReportState, Seen};

fn seen(report: &Report) -> Seen<'_, crate::ReportId> {
    Seen::new(&report.id, report.version)
}

#[tokio::test]
async fn a_report_is_returned_mended_and_accepted_and_then_locked() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let plan = world.issued(&contents()).await;
        let report = world.submitted(&plan, (1, 4, "1"), &said(Progress::Done, "都做了")).await;
        assert_eq!(report.said.percent, 100, "what is done is done whole");
        let no_reason = act!(world, return_report(now(), &keeper(2), seen(&report), " "));
        assert!(matches!(no_reason, Err(PlansError::Invalid(_))));
        let returned = act!(world, return_report(now(), &keeper(2), seen(&report), "缺少附件")).unwrap();
        assert_eq!((returned.state, returned.reason.as_str()), (ReportState::Returned, "缺少附件"));
        let better = said(Progress::Done, "都做了，附件已补");
        let mended = act!(world, write_report(now(), &keeper(4), seen(&returned), (&better, true))).unwrap();
        let sent = act!(world, submit(now(), &keeper(4), seen(&mended))).unwrap();
        let accepted = act!(world, accept(days(1), &keeper(2), seen(&sent), "")).unwrap();
        assert_eq!(accepted.state, ReportState::Accepted);
        let locked = act!(world, write_report(now(), &keeper(4), seen(&accepted), (&better, true)));
        assert!(matches!(locked, Err(PlansError::NotNow { .. })));
        let again = world.begun(&plan, (2, 4, "1"), &better).await;
        assert!(matches!(again, Err(PlansError::Locked { .. })), "{again:?}");
        let view = world.plans.report(&keeper(4), &accepted.id).await.unwrap();
        let acts: Vec<_> = view.history.iter().map(|one| one.act.as_str()).collect();
        assert_eq!(acts, ["begin", "submit", "return", "write", "submit", "accept"]);
        assert_eq!(world.told(Inbox::Organisation(&unit(2))).await, ["plan.report-submitted", "plan.report-submitted"]);
    })
    .await;
}

#[tokio::test]
async fn nobody_accepts_for_oneself_and_no_step_is_skipped() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let plan = world.issued(&contents()).await;
        let draft = world.begun(&plan, (1, 4, "1"), &said(Progress::Done, "做了")).await.unwrap();
        let early = act!(world, accept(now(), &keeper(2), seen(&draft), ""));
        assert!(matches!(early, Err(PlansError::NotNow { .. })), "a draft cannot be accepted");
        let sent = act!(world, submit(now(), &keeper(4), seen(&draft))).unwrap();
        for own in [keeper(4), colleague(4)] {
            assert!(matches!(act!(world, accept(now(), &own, seen(&sent), "")), Err(PlansError::Denied(_))));
            assert!(matches!(act!(world, return_report(now(), &own, seen(&sent), "x")), Err(PlansError::Denied(_))));
        }
        assert!(
            matches!(act!(world, accept(now(), &keeper(3), seen(&sent), "")), Err(PlansError::Denied(_))),
            "a neighbour"
        );
        assert!(matches!(act!(world, accept(now(), &Actor::visitor(), seen(&sent), "")), Err(PlansError::Denied(_))));
        act!(world, accept(now(), &keeper(2), seen(&sent), "")).unwrap();

        // Whoever enters a report for a unit below does not accept it either.
        let (key, six) = (key(9), unit(6));
        let words = said(Progress::UnderWay, "代为填报");
        let new = NewReport { key: &key, plan: &plan.id, task: "1", unit: &six, said: &words, public: false };
        let report = act!(world, begin(now(), &keeper(3), &new)).unwrap();
        let sent = act!(world, submit(now(), &keeper(3), seen(&report))).unwrap();
        assert!(matches!(act!(world, accept(now(), &keeper(3), seen(&sent), "")), Err(PlansError::OwnReport)));
        act!(world, accept(now(), &colleague(3), seen(&sent), "")).unwrap();

        // Above the top nobody stands: a second person looks.
        let top = world.submitted(&plan, (20, 1, "1"), &said(Progress::UnderWay, "在做")).await;
        assert!(matches!(act!(world, accept(now(), &keeper(1), seen(&top), "")), Err(PlansError::OwnReport)));
        act!(world, accept(now(), &colleague(1), seen(&top), "")).unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_task_closes_from_below_and_whoever_is_open_is_named() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let plan = world.issued(&contents()).await;
        let done = said(Progress::Done, "做完了");
        let report = world.begun(&plan, (1, 2, "1"), &done).await.unwrap();
        let early = act!(world, submit(now(), &keeper(2), seen(&report)));
        let Err(PlansError::ChildrenOpen { open }) = early else { panic!("{early:?}") };
        let names: Vec<_> = open.iter().map(|one| one.text("zh")).collect();
        assert_eq!(names, ["第4单位", "1-1 任务1-1"], "the city that must and the part, not the city that need not");
        world.accepted(&plan, (2, 4, "1"), &done).await;
        world.accepted(&plan, (3, 2, "1-1"), &done).await;
        let sent = act!(world, submit(now(), &keeper(2), seen(&report))).unwrap();
        act!(world, accept(now(), &keeper(1), seen(&sent), "")).unwrap();
        let nation = world.begun(&plan, (4, 1, "1"), &done).await.unwrap();
        let early = act!(world, submit(now(), &keeper(1), seen(&nation)));
        let Err(PlansError::ChildrenOpen { open }) = early else { panic!("{early:?}") };
        assert_eq!(open.len(), 2, "the other province and its city: {open:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_said_must_fit() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let plan = world.issued(&contents()).await;
        let plain = said(Progress::UnderWay, "在做");
        assert!(matches!(world.begun(&plan, (1, 5, "1"), &plain).await, Err(PlansError::NotConcerned { .. })));
        assert!(matches!(world.begun(&plan, (2, 2, "2"), &plain).await, Err(PlansError::NotChosen { .. })));
        assert!(matches!(world.begun(&plan, (3, 2, "77"), &plain).await, Err(PlansError::NotFound { .. })));
        act!(world, choose(now(), &keeper(2), (&plan.id, &unit(2), "2"), true)).unwrap();
        let mut strange = plain.clone();
        strange.figures.insert("nothing".to_owned(), 1.0);
        assert!(matches!(world.begun(&plan, (4, 2, "2"), &strange).await, Err(PlansError::Invalid(_))));
        let empty = said(Progress::Done, "  ");
        let report = world.begun(&plan, (5, 2, "2"), &empty).await.unwrap();
        let short = act!(world, submit(now(), &keeper(2), seen(&report)));
        let Err(PlansError::Invalid(faults)) = short else { panic!("{short:?}") };
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["words", "figure-growth"], "a figure that is missing is told, not taken for zero");
    })
    .await;
}

#[tokio::test]
async fn nothing_is_reported_on_a_plan_that_is_closed() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let plan = world.issued(&contents()).await;
        let report = world.begun(&plan, (1, 4, "1"), &said(Progress::UnderWay, "在做")).await.unwrap();
        act!(world, close(now(), &keeper(1), Seen::new(&plan.id, plan.version), "年度结束")).unwrap();
        assert!(matches!(act!(world, submit(now(), &keeper(4), seen(&report))), Err(PlansError::NotInForce)));
        assert!(matches!(world.begun(&plan, (2, 6, "1"), &report.said).await, Err(PlansError::NotInForce)));
        assert_eq!(world.plans.reports(&keeper(4), (&plan.id, "1", &unit(4))).await.unwrap().len(), 1);
    })
    .await;
}

async fn begins(world: World, plan: Plan, number: u32) -> Result<Report, PlansError> {
    world.begun(&plan, (number, 4, "1"), &said(Progress::UnderWay, "在做")).await
}

#[tokio::test]
async fn two_people_begin_at_once_and_there_is_one_report() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let plan = world.issued(&contents()).await;
        let all = (1..=6).map(|number| tokio::spawn(begins(world.clone(), plan.clone(), number)));
        let mut done = Vec::new();
        for one in all {
            done.push(one.await.unwrap());
        }
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1, "{done:?}");
        assert!(done.iter().all(|done| matches!(done, Ok(_) | Err(PlansError::AlreadyOpen(_)))), "{done:?}");
        let first = done.into_iter().find_map(Result::ok).unwrap();
        let twice = [begins(world.clone(), plan.clone(), 50), begins(world.clone(), plan.clone(), 51)];
        for one in twice {
            assert!(matches!(one.await, Err(PlansError::AlreadyOpen(open)) if open.id == first.id));
        }
    })
    .await;
}

#[tokio::test]
async fn accepting_and_taking_back_at_once_is_one_of_them() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let plan = world.issued(&contents()).await;
        for round in 0..4_u32 {
            let report = world.submitted(&plan, (round + 1, 4, "1"), &said(Progress::UnderWay, "在做")).await;
            let (a, b) = (world.clone(), world.clone());
            let (first, second) = (report.clone(), report.clone());
            let accepts = tokio::spawn(async move { act!(a, accept(now(), &keeper(2), seen(&first), "")) });
            let takes = tokio::spawn(async move { act!(b, take_back(now(), &keeper(4), seen(&second))) });
            let (accepts, takes) = (accepts.await.unwrap(), takes.await.unwrap());
            assert!(accepts.is_ok() != takes.is_ok(), "{accepts:?} {takes:?}");
            let cell = world.plans.cell(&keeper(1), (&plan.id, "1", &unit(4))).await.unwrap();
            match takes {
                Ok(taken) => {
                    assert_eq!(cell.open.map(|(state, _)| state), Some(ReportState::Draft));
                    let sent = act!(world, submit(now(), &keeper(4), seen(&taken))).unwrap();
                    act!(world, accept(now(), &keeper(2), seen(&sent), "")).unwrap();
                }
                Err(_) => assert_eq!((cell.open, cell.percent()), (None, Some(40))),
            }
        }
        let cell = world.plans.cell(&keeper(1), (&plan.id, "1", &unit(4))).await.unwrap();
        assert_eq!(cell.reports, 4);
    })
    .await;
}

#[tokio::test]
async fn sent_twice_is_one_report_and_a_key_is_used_once() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let plan = world.issued(&contents()).await;
        let words = said(Progress::UnderWay, "在做");
        let first = world.begun(&plan, (1, 4, "1"), &words).await.unwrap();
        assert_eq!(world.begun(&plan, (1, 4, "1"), &words).await.unwrap(), first);
        assert!(matches!(world.begun(&plan, (1, 6, "1"), &words).await, Err(PlansError::KeyTaken)));
        assert!(matches!(
            act!(world, submit(now(), &system(), Seen::new(&first.id, 9))),
            Err(PlansError::StaleReport { .. })
        ));
    })
    .await;
}
