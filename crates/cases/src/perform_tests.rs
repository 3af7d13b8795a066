use accounts::Actor;
use database::testing::for_each_backend;
use network::Id;

use crate::testing::{World, administrator, client, code, day, id, lead, now, on, outlet, person, request, staff};
use crate::*;

fn plan(deadline: &str) -> Act {
    Act::SetUp(Plan {
        staff: vec![person(11)],
        plan: "检索中国专利并出具报告".to_owned(),
        deadline: day(deadline),
        contact: "王工 023-1234567".to_owned(),
    })
}

fn text(words: &str) -> String {
    words.to_owned()
}

/// A search request at outlet 1.
async fn search(world: &World, number: u32) -> Receipt {
    let mut new = request(number, 1);
    new.item = code("T02");
    world.cases.submit(now(), By::from(&client(number)), &new).await.unwrap()
}

async fn pdf(world: &World, by: &Actor, case: &CaseId, number: u32, public: bool) -> Result<Document, CasesError> {
    let id: Id = id(number);
    let new = NewDocument {
        id: &id,
        version: 0,
        name: "检索报告.pdf",
        bytes: format!("%PDF-1.7 report {number}").into_bytes(),
        field: None,
        record: None,
        public,
    };
    world.cases.add_document(on("2026-06-08"), By::from(by), case, new).await
}

#[tokio::test]
async fn a_request_goes_from_demand_to_archive_with_its_deadlines_kept() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let (staff, client) = (staff(1), client(1));
        let case = search(&world, 1).await.case;
        let case = world.act(on("2026-06-02"), &staff, &case, Act::Accept).await.unwrap();
        assert_eq!((case.state, case.due_on), (State::Accepted, Some(day("2026-06-16"))), "ten working days");
        let late = world.act(on("2026-06-02"), &staff, &case, plan("2026-06-17")).await.unwrap_err();
        assert_eq!(late.faults()[0].field, "deadline", "the plan cannot be later than the promise");
        let case = world.act(on("2026-06-02"), &staff, &case, plan("2026-06-11")).await.unwrap();
        assert_eq!((case.state, case.due_on), (State::SetUp, Some(day("2026-06-11"))));
        assert_eq!(case.assignee, Some(person(11)));
        let case = world.act(on("2026-06-03"), &staff, &case, Act::Begin).await.unwrap();
        let case =
            world.act(on("2026-06-04"), &staff, &case, Act::Pause { reason: text("等待外文文献") }).await.unwrap();
        assert!(matches!(
            world.act(on("2026-06-04"), &staff, &case, Act::Deliver { result: text("好") }).await,
            Err(CasesError::Paused(Action::Deliver))
        ));
        let case = world.act(on("2026-06-08"), &staff, &case, Act::Resume).await.unwrap();
        assert_eq!(case.due_on, Some(day("2026-06-15")), "4 and 5 June moved it");
        let nothing = world.act(on("2026-06-08"), &staff, &case, Act::Deliver { result: text(" ") }).await.unwrap_err();
        assert_eq!(nothing.faults()[0].field, "result");
        pdf(&world, &staff, &case.id, 1, true).await.unwrap();
        let case = world.act(on("2026-06-09"), &staff, &case, Act::Deliver { result: text("风险较低") }).await.unwrap();
        assert_eq!((case.state, case.due_on, case.measured), (State::Delivered, None, Some(3)), "3, 8, 9 June");
        assert_eq!(case.on_time, Some(true));
        let early = world.act(on("2026-06-09"), &staff, &case, archive(Outcome::Solved)).await.unwrap_err();
        assert!(early.to_string().contains("Record of the follow-up"), "{early}");
        let confirm = Act::Confirm { solved: Solved::Partly, words: text("还差日本专利") };
        let case = world.act(on("2026-06-10"), &client, &case, confirm).await.unwrap();
        let wrong = world.act(on("2026-06-10"), &staff, &case, archive(Outcome::Solved)).await.unwrap_err();
        assert_eq!(wrong.faults()[0].field, "outcome", "closed is not solved");
        let case = world.act(on("2026-06-11"), &staff, &case, archive(Outcome::Partly)).await.unwrap();
        assert_eq!((case.state, case.outcome), (State::Archived, Some(Outcome::Partly)));
        assert!(case.closed_at.is_some());
        let file = world.cases.case(on("2026-06-12"), By::from(&staff), &case.id).await.unwrap();
        let actions: Vec<Action> = file.events.iter().map(|event| event.action).collect();
        assert_eq!(
            actions,
            [
                Action::Submit,
                Action::Accept,
                Action::SetUp,
                Action::Begin,
                Action::Pause,
                Action::Resume,
                Action::Document,
                Action::Deliver,
                Action::Confirm,
                Action::Archive,
            ],
            "everything that happened, in order"
        );
        assert_eq!(world.count("SELECT COUNT(*) FROM accounts_audit WHERE kind = 'case'").await, 10);
    })
    .await;
}

fn archive(outcome: Outcome) -> Act {
    Act::Archive { outcome, settlement: None, attended: None, summary: String::new() }
}

#[tokio::test]
async fn two_who_act_at_once_do_not_overwrite_each_other() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        for round in 0..8 {
            let case = world.submitted(round, 1).await.case;
            let refuse = Act::Refuse { reason: text("不属于本站服务") };
            let acts = [(staff(1), Act::Accept), (lead(1), refuse)];
            let mut tasks = Vec::new();
            for (actor, act) in acts {
                let (world, case) = (world.clone(), case.clone());
                tasks.push(tokio::spawn(async move { world.act(now(), &actor, &case, act).await }));
            }
            let mut done = 0;
            for task in tasks {
                match task.await.unwrap() {
                    Ok(_) => done += 1,
                    Err(CasesError::Stale { now, since }) => {
                        assert_eq!((now.version, since.len()), (2, 1));
                        assert!(matches!(since[0].action, Action::Accept | Action::Refuse));
                    }
                    Err(other) => panic!("{other}"),
                }
            }
            assert_eq!(done, 1);
        }
        assert_eq!(world.count("SELECT COUNT(*) FROM cases_events").await, 16);
    })
    .await;
}

#[tokio::test]
async fn an_act_sent_twice_is_done_once() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let case = world.submitted(1, 1).await.case;
        let staff = staff(1);
        let step = Step { by: By::from(&staff), case: &case.id, version: 1, key: "the key of this act" };
        let first = world.cases.act(now(), &step, &Act::Accept).await.unwrap();
        let again = world.cases.act(now(), &step, &Act::Accept).await.unwrap();
        assert_eq!((first.version, again.version), (2, 2));
        let late = Step { key: "", ..step };
        assert!(matches!(world.cases.act(now(), &late, &Act::Begin).await, Err(CasesError::Stale { .. })));
    })
    .await;
}

#[tokio::test]
async fn an_act_that_is_stopped_in_the_middle_leaves_nothing() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let case = world.submitted(1, 1).await.case;
        let before = world.count("SELECT COUNT(*) FROM notices_notices").await;
        let staff = staff(1);
        let step = Step { by: By::from(&staff), case: &case.id, version: 1, key: "" };
        let mut write = world.database.write().await.unwrap();
        let missing = Act::AskSupplement { missing: vec![text("委托书")] };
        world.cases.act_in(&mut write, now(), &step, &missing).await.unwrap();
        drop(write);
        assert_eq!(world.get(&case.id).await, case);
        assert_eq!(world.count("SELECT COUNT(*) FROM cases_events").await, 1);
        assert_eq!(world.count("SELECT COUNT(*) FROM cases_stands").await, 0);
        assert_eq!(world.count("SELECT COUNT(*) FROM notices_notices").await, before);
        assert_eq!(world.count("SELECT COUNT(*) FROM accounts_audit WHERE kind = 'case'").await, 1);
        world.cases.act(now(), &step, &missing).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_is_missing_is_asked_for_once_and_waiting_does_not_count() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let (staff, client) = (staff(1), client(1));
        let case = world.submitted(1, 1).await.case;
        let ask = || Act::AskSupplement { missing: vec![text("专利号"), text("缴费凭证")] };
        let case = world.act(on("2026-06-02"), &staff, &case, ask()).await.unwrap();
        assert_eq!((case.state, case.due_on), (State::Supplement, Some(day("2026-06-09"))));
        let empty = Act::Supplement { answers: services::Answers::new(), note: String::new() };
        let error = world.act(on("2026-06-03"), &client, &case, empty).await.unwrap_err();
        assert_eq!(error.faults()[0].field, "answers");
        let early = world.act(on("2026-06-09"), &staff, &case, Act::DeemWithdrawn).await.unwrap_err();
        assert_eq!(early.faults()[0].field, "supplement");
        let answers = serde_json::json!({ "question": "专利号 ZL201510163325.6,年费如何缴纳?" });
        let answers = answers.as_object().unwrap().clone();
        let more = Act::Supplement { answers, note: text("见附件") };
        let case = world.act(on("2026-06-04"), &client, &case, more).await.unwrap();
        assert_eq!((case.state, case.due_on), (State::Received, Some(day("2026-06-10"))), "2 and 3 June did not count");
        let again = world.act(on("2026-06-04"), &staff, &case, ask()).await;
        assert!(matches!(again, Err(CasesError::Once(Action::AskSupplement))));
        let personal = world.cases.personal(on("2026-06-04"), By::from(&client), &case.id).await.unwrap();
        assert!(personal.answers["question"].as_str().unwrap().contains("ZL2015"));
        assert_eq!(personal.answers["name"], "张三丰", "the other answers stay");
    })
    .await;
}

#[tokio::test]
async fn a_client_who_brings_nothing_in_time_is_taken_to_withdraw() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let case = world.submitted(1, 1).await.case;
        let ask = Act::AskSupplement { missing: vec![text("专利号")] };
        let case = world.act(on("2026-06-02"), &staff(1), &case, ask).await.unwrap();
        let case = world.act(on("2026-06-10"), &staff(1), &case, Act::DeemWithdrawn).await.unwrap();
        assert_eq!((case.state, case.outcome), (State::Withdrawn, Some(Outcome::Withdrawn)));
    })
    .await;
}

#[tokio::test]
async fn a_deadline_is_moved_once_on_a_ground_and_within_the_limit() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let case = world.submitted(1, 1).await.case;
        let case = world.act(on("2026-06-01"), &staff(1), &case, Act::Accept).await.unwrap();
        assert_eq!(case.due_on, Some(day("2026-06-08")));
        let extend = |days| Act::Extend { ground: Ground::Complexity, days, reason: text("涉及多国法律") };
        assert!(matches!(world.act(now(), &staff(1), &case, extend(3)).await, Err(CasesError::Denied(_))));
        for days in [0, 6] {
            let error = world.act(now(), &lead(1), &case, extend(days)).await.unwrap_err();
            assert_eq!(error.faults()[0].field, "days", "at most the five days promised");
        }
        let case = world.act(now(), &lead(1), &case, extend(5)).await.unwrap();
        assert_eq!(case.due_on, Some(day("2026-06-15")));
        assert!(matches!(world.act(now(), &lead(1), &case, extend(1)).await, Err(CasesError::Once(Action::Extend))));
    })
    .await;
}

#[tokio::test]
async fn a_case_handed_back_runs_on_without_the_days_it_lay_with_the_client() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let (staff, client) = (staff(1), client(1));
        let case = world.submitted(1, 1).await.case;
        let case = world.act(on("2026-06-01"), &staff, &case, Act::Accept).await.unwrap();
        let answer = |words: &str| Act::Deliver { result: text(words) };
        let case = world.act(on("2026-06-02"), &staff, &case, answer("可网上缴纳")).await.unwrap();
        assert_eq!((case.measured, case.on_time), (Some(1), Some(true)));
        let case = world.act(on("2026-06-09"), &client, &case, Act::Return { reason: text("没说金额") }).await.unwrap();
        assert_eq!((case.state, case.due_on), (State::Work, Some(day("2026-06-15"))), "2 to 8 June did not count");
        let case = world.act(on("2026-06-16"), &staff, &case, answer("每年 900 元")).await.unwrap();
        assert_eq!((case.measured, case.on_time), (Some(6), Some(false)));
    })
    .await;
}

#[tokio::test]
async fn a_closed_case_opens_again_within_its_window_judged_by_the_stored_closing() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let client = client(1);
        let case = world.submitted(1, 1).await.case;
        let case = world.act(on("2026-06-01"), &staff(1), &case, Act::Accept).await.unwrap();
        let case = world.act(on("2026-06-02"), &staff(1), &case, Act::Deliver { result: text("答复") }).await.unwrap();
        let case = world.act(on("2026-06-03"), &staff(1), &case, archive(Outcome::NotSolved)).await.unwrap();
        let reopen = || Act::Reopen { reason: text("问题又出现") };
        let over = world.act(on("2026-07-04"), &client, &case, reopen()).await;
        assert!(matches!(over, Err(CasesError::Over { until, .. }) if until == day("2026-07-03")));
        assert!(matches!(world.act(on("2026-07-03"), &staff(1), &case, reopen()).await, Err(CasesError::Denied(_))));
        let case = world.act(on("2026-07-03"), &client, &case, reopen()).await.unwrap();
        assert_eq!((case.state, case.outcome, case.closed_at), (State::Work, None, None));
        assert_eq!(case.due_on, Some(day("2026-07-10")), "the promise runs anew");
        let refused = world.submitted(2, 1).await.case;
        let refused = world.act(now(), &staff(1), &refused, Act::Refuse { reason: text("重复") }).await.unwrap();
        assert_eq!(refused.outcome, Some(Outcome::Refused));
        let again = world.act(now(), &lead(1), &refused, reopen()).await.unwrap();
        assert_eq!(again.state, State::Received);
    })
    .await;
}

#[tokio::test]
async fn a_case_given_to_another_outlet_is_seen_there_and_no_longer_here() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let case = world.submitted(1, 1).await.case;
        let give = |to: u32| Act::Transfer { outlet: outlet(to), reason: text("属地办理") };
        assert!(matches!(world.act(now(), &staff(1), &case, give(2)).await, Err(CasesError::Denied(_))));
        let error = world.act(now(), &lead(1), &case, give(9)).await.unwrap_err();
        assert_eq!(error.faults()[0].field, "outlet");
        let case = world.act(now(), &lead(1), &case, give(2)).await.unwrap();
        assert_eq!((case.outlet.clone(), case.assignee.clone()), (outlet(2), None));
        assert!(matches!(world.act(now(), &staff(1), &case, Act::Accept).await, Err(CasesError::NotFound(_))));
        world.act(now(), &staff(2), &case, Act::Accept).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_merged_case_points_on_and_its_papers_are_seen_by_staff_alone() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let (one, two, three) =
            (world.submitted(1, 1).await, world.submitted(2, 1).await.case, world.submitted(3, 1).await.case);
        let words = Words { id: &id(50), words: "请尽快", internal: false, record: None };
        world.cases.say(now(), By::from(&client(1)), &one.case.id, &words).await.unwrap();
        pdf(&world, &client(1), &one.case.id, 51, true).await.unwrap();
        let into = |case: &Case| Act::Merge { into: case.id.clone(), reason: text("同一事项") };
        let merged = world.act(now(), &lead(1), &one.case, into(&two)).await.unwrap();
        assert_eq!((merged.state, merged.merged_into.clone()), (State::Merged, Some(two.id.clone())));
        let seen = world.get(&two.id).await;
        world.act(now(), &lead(1), &seen, into(&three)).await.unwrap();
        assert_eq!(world.get(&one.case.id).await.merged_into, Some(three.id.clone()), "no chains");
        let file = world.cases.case(now(), By::from(&staff(1)), &three.id).await.unwrap();
        assert_eq!((file.messages.len(), file.documents.len(), file.merged.len()), (1, 1, 2));
        let content = world.cases.document(now(), By::from(&staff(1)), &three.id, (&id(51), 1)).await.unwrap();
        assert!(content.1.starts_with(b"%PDF"));
        let theirs = world.cases.case(now(), By::from(&client(3)), &three.id).await.unwrap();
        assert_eq!((theirs.messages.len(), theirs.documents.len(), theirs.merged.len()), (0, 0, 0));
        let other = world.cases.document(now(), By::from(&client(3)), &three.id, (&id(51), 1)).await;
        assert!(matches!(other, Err(CasesError::NotFound(_))));
        let own = world.cases.case(now(), By::from(&client(1)), &one.case.id).await.unwrap();
        assert_eq!(own.goes_on_in.unwrap().reference, three.reference);
        let back = world.act(now(), &lead(1), &world.get(&three.id).await, into(&merged)).await.unwrap_err();
        assert_eq!(back.faults()[0].field, "into", "a closed case takes nothing in");
    })
    .await;
}

#[tokio::test]
async fn opposite_merges_at_once_end_in_one() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        for round in 0..5 {
            let (one, two) = (world.submitted(round * 2, 1).await.case, world.submitted(round * 2 + 1, 1).await.case);
            let mut tasks = Vec::new();
            for (from, into) in [(one.clone(), two.clone()), (two.clone(), one.clone())] {
                let world = world.clone();
                let act = Act::Merge { into: into.id, reason: text("同一事项") };
                tasks.push(tokio::spawn(async move { world.act(now(), &lead(1), &from, act).await.is_ok() }));
            }
            let mut done = 0;
            for task in tasks {
                done += u32::from(task.await.unwrap());
            }
            assert_eq!(done, 1);
        }
    })
    .await;
}

#[tokio::test]
async fn one_window_business_is_handed_on_and_its_status_comes_back() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let staff = staff(1);
        let case = world.submitted(1, 1).await.case;
        let case = world.act(now(), &staff, &case, Act::Accept).await.unwrap();
        let hand_on = Act::HandOn { office: text("专利代办处"), reference: text("DB-77") };
        let case = world.act(now(), &staff, &case, hand_on).await.unwrap();
        assert_eq!(case.state, State::HandedOn);
        let case = world.act(now(), &staff, &case, Act::StatusBack { status: text("审查中") }).await.unwrap();
        assert_eq!(case.handed_on.as_ref().unwrap().status, "审查中");
        let case = world.act(now(), &staff, &case, Act::TakeBack { status: text("准予登记") }).await.unwrap();
        assert_eq!((case.state, case.handed_on.unwrap().status), (State::Work, text("准予登记")));
    })
    .await;
}

#[tokio::test]
async fn a_dispute_is_archived_with_what_its_parties_came_to() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let staff = staff(1);
        let case = world.submitted(1, 1).await.case;
        let case = world.act(now(), &staff, &case, Act::Accept).await.unwrap();
        let party = |role, name: &str| Party { role, name: text(name), contact: text("13911112222") };
        let parties = vec![party(PartyRole::Applicant, "甲公司"), party(PartyRole::Respondent, "乙公司")];
        let case = world.act(now(), &staff, &case, Act::NameParties { parties }).await.unwrap();
        let case = world.act(now(), &staff, &case, Act::Deliver { result: text("调解协议") }).await.unwrap();
        let error = world.act(now(), &staff, &case, archive(Outcome::Solved)).await.unwrap_err();
        assert_eq!(error.faults()[0].field, "settlement");
        let end = Act::Archive {
            outcome: Outcome::Solved,
            settlement: Some(Settlement::Agreement),
            attended: None,
            summary: text("双方达成许可"),
        };
        let case = world.act(now(), &staff, &case, end).await.unwrap();
        assert_eq!(case.settlement, Some(Settlement::Agreement));
        let file = world.cases.case(now(), By::from(&staff), &case.id).await.unwrap();
        assert_eq!(file.parties[0].name, "甲**", "names are masked until someone asks for them");
        let clear = world.cases.personal(now(), By::from(&staff), &case.id).await.unwrap();
        assert_eq!(clear.parties[1].name, "乙公司");
    })
    .await;
}

#[tokio::test]
async fn who_has_a_case_in_hand_is_told_and_whoever_leads_gives_it_to_another() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let case = world.submitted(1, 1).await.case;
        let case = world.act(now(), &staff(1), &case, Act::Take).await.unwrap();
        assert_eq!(case.assignee, Some(person(11)));
        let taken = world.act(now(), &lead(1), &case, Act::Take).await.unwrap_err();
        assert_eq!(taken.faults()[0].field, "assignee");
        let case = world.act(now(), &staff(1), &case, Act::Escalate { reason: text("超出能力") }).await.unwrap();
        assert!(case.escalated);
        let case = world.act(now(), &administrator(), &case, Act::Assign { to: person(12) }).await.unwrap();
        assert_eq!((case.assignee, case.escalated), (Some(person(12)), false));
    })
    .await;
}

#[tokio::test]
async fn nobody_does_what_is_not_theirs() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let receipt = world.submitted(1, 1).await;
        let case = &receipt.case;
        for stranger in [staff(2), lead(2), client(2), Actor::visitor()] {
            let error = world.act(now(), &stranger, case, Act::Accept).await.unwrap_err();
            assert!(matches!(error, CasesError::NotFound(_)), "to others there is no such case");
        }
        for denied in [client(1), administrator()] {
            let error = world.act(now(), &denied, case, Act::Accept).await.unwrap_err();
            assert!(matches!(error, CasesError::Denied(_)));
        }
        let visitor = Actor::visitor();
        let by = By { actor: &visitor, tracking: Some(&receipt.tracking) };
        let step = Step { by, case: &case.id, version: 1, key: "" };
        let withdraw = Act::Withdraw { reason: String::new() };
        let forged = TrackingCode::make([9; 10]);
        let wrong = Step { by: By { tracking: Some(&forged), ..by }, ..step };
        assert!(matches!(world.cases.act(now(), &wrong, &withdraw).await, Err(CasesError::NotFound(_))));
        let case = world.cases.act(now(), &step, &withdraw).await.unwrap();
        assert_eq!(case.state, State::Withdrawn, "the tracking code is enough to withdraw");
        let event = &world.cases.case(now(), By::from(&staff(1)), &case.id).await.unwrap().events[1];
        assert!(event.by_client);
        let other = world.submitted(3, 1).await.case;
        let for_client = world.act(now(), &staff(1), &other, Act::Withdraw { reason: text("来电撤回") }).await.unwrap();
        let event = &world.cases.case(now(), By::from(&staff(1)), &for_client.id).await.unwrap().events[1];
        assert_eq!((event.by_client, event.detail["on_behalf"].clone()), (false, true.into()));
    })
    .await;
}
