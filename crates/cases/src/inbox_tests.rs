use accounts::{Actor, Role};
use database::testing::for_each_backend;
use services::Record;

use super::*;
use crate::testing::{
    World, actor, administrator, client, code, day, id, lead, now, on, outlet, person, request, staff,
};
use crate::{Act, CaseId, ConsultationQuery, FiguresQuery, Outcome, Reference, Words};

/// Six cases at outlet 1 and three at outlet 2: received, accepted, late, paused, delivered, closed.
async fn full(world: &World) -> Vec<CaseId> {
    let mut ids = Vec::new();
    for number in 0..9 {
        let at = if number < 6 { 1 } else { 2 };
        let case = world.submitted(number, at).await.case;
        let staff = staff(at);
        let mut acts = vec![];
        if number % 6 > 0 {
            acts.push(Act::Accept);
        }
        match number % 6 {
            1 => acts.push(Act::Take),
            2 => acts.push(Act::Pause { reason: "等材料".to_owned() }),
            3 | 4 => acts.push(Act::Deliver { result: "答复".to_owned() }),
            _ => {}
        }
        if number % 6 == 4 {
            acts.push(Act::Archive {
                outcome: Outcome::Solved,
                settlement: None,
                attended: None,
                summary: String::new(),
            });
        }
        let mut case = case;
        for act in acts {
            case = world.act(now(), &staff, &case, act).await.unwrap();
        }
        ids.push(case.id);
    }
    ids
}

#[tokio::test]
async fn nothing_of_another_outlet_leaks_into_any_list_count_search_or_export() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let ids = full(&world).await;
        let (one, two, both) = (staff(1), staff(2), administrator());
        for (actor, expected) in [(&one, 6), (&two, 3), (&both, 9), (&lead(2), 3)] {
            let by = By::from(actor);
            let query = InboxQuery { text: Some("年费".to_owned()), limit: 200, ..InboxQuery::all() };
            let page = world.cases.inbox(now(), by, &query).await.unwrap();
            assert_eq!(page.cases.len(), expected);
            let counts = world.cases.inbox_counts(now(), by, &query).await.unwrap();
            assert_eq!(counts.total, expected as u64);
            assert_eq!(counts.by_state.iter().map(|found| found.count).sum::<u64>(), expected as u64);
            let csv = world.cases.export_csv(now(), by, &query, "zh").await.unwrap();
            assert_eq!(csv.lines().count(), expected + 1);
            let archive = ConsultationQuery { limit: 200, ..ConsultationQuery::default() };
            assert_eq!(world.cases.consultations(by, &archive).await.unwrap().consultations.len(), expected);
            let topics = world.cases.consultation_topics(by, &archive).await.unwrap();
            assert_eq!(topics.by_item[0].count, expected as u64);
            let figures = world.cases.figures(by, &june()).await.unwrap();
            assert_eq!(figures.rows.iter().map(|row| row.received).sum::<u64>(), expected as u64);
        }
        let theirs = InboxQuery { outlet: Some(outlet(2)), ..InboxQuery::all() };
        let by = By::from(&one);
        assert!(matches!(world.cases.inbox(now(), by, &theirs).await, Err(CasesError::Denied(_))));
        assert!(matches!(world.cases.inbox_counts(now(), by, &theirs).await, Err(CasesError::Denied(_))));
        assert!(matches!(world.cases.export_csv(now(), by, &theirs, "en").await, Err(CasesError::Denied(_))));
        let figures = FiguresQuery { outlet: Some(outlet(2)), ..june() };
        assert!(matches!(world.cases.figures(by, &figures).await, Err(CasesError::Denied(_))));
        assert!(world.cases.warnings(by, Some(&outlet(2)), now()).await.is_err());
        for id in &ids[6..] {
            assert!(matches!(world.cases.case(now(), by, id).await, Err(CasesError::NotFound(_))));
            assert!(matches!(world.cases.personal(now(), by, id).await, Err(CasesError::NotFound(_))));
        }
        for nobody in [client(1), Actor::visitor()] {
            assert!(world.cases.inbox(now(), By::from(&nobody), &InboxQuery::all()).await.is_err());
            assert!(world.cases.figures(By::from(&nobody), &june()).await.is_err());
        }
    })
    .await;
}

#[tokio::test]
async fn what_an_administration_asks_for_is_its_jurisdiction_as_far_as_the_asker_sees() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        full(&world).await;
        let province = InboxQuery { outlet: Some(outlet(3)), limit: 200, ..InboxQuery::all() };
        let half = actor(40, "半", Role::Administrator, &[1, 3]);
        for (actor, expected) in [(administrator(), 9), (half, 6)] {
            let by = By::from(&actor);
            assert_eq!(world.cases.inbox(now(), by, &province).await.unwrap().cases.len(), expected);
            assert_eq!(world.cases.inbox_counts(now(), by, &province).await.unwrap().total, expected as u64);
            let figures = FiguresQuery { outlet: Some(outlet(3)), ..june() };
            let figures = world.cases.figures(by, &figures).await.unwrap();
            assert_eq!(figures.rows.iter().map(|row| row.received).sum::<u64>(), expected as u64);
        }
        let denied = world.cases.inbox(now(), By::from(&staff(1)), &province).await;
        assert!(matches!(denied, Err(CasesError::Denied(_))));
    })
    .await;
}

fn june() -> FiguresQuery {
    FiguresQuery { from: day("2026-06-01"), to: day("2026-06-30"), outlet: None, item: None }
}

#[tokio::test]
async fn an_inbox_is_cut_by_state_level_person_and_words() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        full(&world).await;
        let staff = staff(1);
        let by = By::from(&staff);
        let later = on("2026-06-09");
        let of = async |query: InboxQuery| {
            let page = world.cases.inbox(later, by, &query).await.unwrap();
            let counts = world.cases.inbox_counts(later, by, &query).await.unwrap();
            assert_eq!(counts.total, page.cases.len() as u64, "every figure opens its list");
            let mut found: Vec<_> = page.cases.into_iter().map(|found| (found.case.state, found.level)).collect();
            found.sort();
            found
        };
        let late = (State::Accepted, Some(Level::Late));
        assert_eq!(of(InboxQuery::open()).await.len(), 5);
        assert_eq!(
            of(InboxQuery { level: Some(Level::Late), ..InboxQuery::open() }).await,
            [(State::Received, Some(Level::Late)), late, late]
        );
        let standing = InboxQuery { level: Some(Level::Standing), ..InboxQuery::open() };
        assert_eq!(of(standing).await, [(State::Accepted, Some(Level::Standing))]);
        assert_eq!(of(InboxQuery { level: Some(Level::Ok), ..InboxQuery::open() }).await, []);
        let delivered = InboxQuery { state: Some(State::Delivered), ..InboxQuery::all() };
        assert_eq!(of(delivered).await, [(State::Delivered, None)]);
        assert_eq!(of(InboxQuery { open: Some(false), ..InboxQuery::all() }).await, [(State::Archived, None)]);
        assert_eq!(of(InboxQuery { assigned: Some(Assigned::Me), ..InboxQuery::all() }).await, [late]);
        assert_eq!(of(InboxQuery { assigned: Some(Assigned::Nobody), ..InboxQuery::all() }).await.len(), 5);
        assert_eq!(of(InboxQuery { assigned: Some(Assigned::To(person(11))), ..InboxQuery::all() }).await.len(), 1);
        let number = Reference::make(2026, 1).to_string().to_lowercase();
        assert_eq!(of(InboxQuery { text: Some(number), ..InboxQuery::all() }).await.len(), 1);
        assert_eq!(of(InboxQuery { text: Some("100%_".to_owned()), ..InboxQuery::all() }).await, []);
        assert_eq!(of(InboxQuery { item: Some(code("T02")), ..InboxQuery::all() }).await, []);
        assert_eq!(of(InboxQuery { from: Some(day("2026-06-02")), ..InboxQuery::all() }).await, []);
        assert_eq!(of(InboxQuery { to: Some(day("2026-06-01")), ..InboxQuery::all() }).await.len(), 6);
        assert_eq!(of(InboxQuery { channel: Some(Channel::Counter), ..InboxQuery::all() }).await, []);
    })
    .await;
}

#[tokio::test]
async fn pages_follow_each_other_in_every_order_without_gaps() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        full(&world).await;
        let (both, zhang) = (administrator(), client(0));
        for sort in Sort::ALL.iter().copied() {
            let mut query = InboxQuery { sort, limit: 2, ..InboxQuery::all() };
            let mut seen = Vec::new();
            loop {
                let page = world.cases.inbox(now(), By::from(&both), &query).await.unwrap();
                seen.extend(page.cases.into_iter().map(|found| found.case.id));
                let Some(next) = page.next else { break };
                query.after = Some(next);
            }
            let mut once = seen.clone();
            once.sort();
            once.dedup();
            assert_eq!((seen.len(), once.len()), (9, 9), "{sort}");
        }
        let wrong = InboxQuery { after: Some("x' OR 1=1".to_owned()), ..InboxQuery::all() };
        assert!(matches!(world.cases.inbox(now(), By::from(&both), &wrong).await, Err(CasesError::Mark(_))));
        let own = world.cases.own_cases(By::from(&zhang), None, 10).await.unwrap();
        assert_eq!(own.cases.len(), 1);
        assert!(world.cases.own_cases(By::from(&Actor::visitor()), None, 10).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn an_export_is_safe_in_a_spreadsheet_and_is_recorded() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let mut new = request(1, 1);
        new.title = "=HYPERLINK(\"http://x\"),\"甲\"".to_owned();
        world.cases.submit(now(), By::from(&client(1)), &new).await.unwrap();
        let csv = world.cases.export_csv(now(), By::from(&staff(1)), &InboxQuery::all(), "en").await.unwrap();
        assert!(csv.starts_with("\u{FEFF}reference,state"));
        assert!(csv.contains("\"'=HYPERLINK(\"\"http://x\"\"),\"\"甲\"\"\""), "{csv}");
        assert!(!csv.contains("张三丰") && !csv.contains("138"), "names are masked, contacts are not in it");
        assert_eq!(world.count("SELECT COUNT(*) FROM accounts_audit WHERE action = 'case.export'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_training_is_filed_with_the_number_who_came_and_counts_among_the_figures() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let staff = staff(1);
        let mut new = request(1, 1);
        new.item = code("T03");
        let case = world.cases.submit(now(), By::from(&client(1)), &new).await.unwrap().case;
        let case = world.act(now(), &staff, &case, Act::Accept).await.unwrap();
        let case = world.act(now(), &staff, &case, Act::Deliver { result: "已举办".to_owned() }).await.unwrap();
        let note = Words { id: &id(1), words: "签到表", internal: true, record: Some(Record::Attendance) };
        world.cases.say(now(), By::from(&staff), &case.id, &note).await.unwrap();
        let filed =
            |attended| Act::Archive { outcome: Outcome::Solved, settlement: None, attended, summary: String::new() };
        for wrong in [None, Some(0), Some(1_000_000)] {
            let refused = world.act(now(), &staff, &case, filed(wrong)).await.unwrap_err();
            assert_eq!(refused.faults()[0].field, "attended", "{wrong:?}");
        }
        let case = world.act(now(), &staff, &case, filed(Some(42))).await.unwrap();
        assert_eq!((case.attended, world.get(&case.id).await.attended), (Some(42), Some(42)));
        let row = world.cases.figures(By::from(&staff), &june()).await.unwrap().rows.remove(0);
        assert_eq!((row.held, row.attended), (1, 42));
        let case = world.act(now(), &lead(1), &case, Act::Reopen { reason: "人数有误".to_owned() }).await.unwrap();
        assert_eq!(case.attended, None, "it is told anew when it is filed again");
    })
    .await;
}

#[tokio::test]
async fn figures_count_what_was_received_delivered_in_time_and_closed() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        full(&world).await;
        let figures = world.cases.figures(By::from(&staff(1)), &june()).await.unwrap();
        let row = &figures.rows[0];
        assert_eq!((row.received, row.accepted, row.delivered, row.closed), (6, 5, 2, 1));
        assert_eq!((row.on_time, row.late, row.on_time_rate()), (2, 0, Some(1.0)));
        assert_eq!(row.outcomes, [crate::OutcomeCount { outcome: Outcome::Solved, count: 1 }]);
        assert_eq!(row.mean_working_days(), Some(0.0));
        let july = FiguresQuery { from: day("2026-07-01"), to: day("2026-07-31"), ..june() };
        assert!(world.cases.figures(By::from(&staff(1)), &july).await.unwrap().rows.is_empty());
        let public = world.cases.public_figures(&june()).await.unwrap();
        assert_eq!(
            (public.len(), public[0].received, public[0].delivered),
            (1, 9, None),
            "three deliveries are too few"
        );
        let few = FiguresQuery { outlet: Some(outlet(2)), ..june() };
        assert!(world.cases.public_figures(&few).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_calendar_loaded_later_moves_deadlines_and_loses_no_pause() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let case = world.submitted(1, 1).await.case;
        let case = world.act(on("2026-06-01"), &staff(1), &case, Act::Accept).await.unwrap();
        let pause = Act::Pause { reason: "等材料".to_owned() };
        let case = world.act(on("2026-06-02"), &staff(1), &case, pause).await.unwrap();
        let case = world.act(on("2026-06-04"), &staff(1), &case, Act::Resume).await.unwrap();
        assert_eq!(case.due_on, Some(day("2026-06-10")), "5 days and the 2 of the pause");
        assert!(world.cases.recount(now(), By::from(&staff(1))).await.is_err());
        let program = Actor::system("calendar");
        assert_eq!(world.cases.recount(on("2026-06-04"), By::from(&program)).await.unwrap(), 0);
        let mut write = world.database.write().await.unwrap();
        database::query("UPDATE cases_cases SET due_on = '2026-01-01'").execute(&mut *write).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(world.cases.recount(on("2026-06-04"), By::from(&program)).await.unwrap(), 1);
        assert_eq!(world.get(&case.id).await.due_on, case.due_on, "counted anew from the evidence");
    })
    .await;
}
