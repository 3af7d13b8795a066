use accounts::Actor;
use database::testing::for_each_backend;

use super::*;
use crate::testing::{World, client, day, id, lead, now, person, staff};
use crate::{Act, LinkKind, NewDocument, UploadError};

fn words<'a>(id: &'a Id, words: &'a str, internal: bool) -> Words<'a> {
    Words { id, words, internal, record: None }
}

#[tokio::test]
async fn messages_go_both_ways_and_notes_stay_inside() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let receipt = world.submitted(1, 1).await;
        let (case, zhang, wang) = (receipt.case.id.clone(), client(1), staff(1));
        world.cases.say(now(), By::from(&zhang), &case, &words(&id(1), "何时答复?", false)).await.unwrap();
        world.cases.say(now(), By::from(&zhang), &case, &words(&id(1), "何时答复?", false)).await.unwrap();
        world.cases.say(now(), By::from(&wang), &case, &words(&id(2), "本周内", false)).await.unwrap();
        world.cases.say(now(), By::from(&wang), &case, &words(&id(3), "先查缴费记录", true)).await.unwrap();
        let visitor = Actor::visitor();
        let tracked = By { actor: &visitor, tracking: Some(&receipt.tracking) };
        for by in [By::from(&zhang), tracked] {
            let seen = world.cases.case(now(), by, &case).await.unwrap();
            let said: Vec<&str> = seen.messages.iter().map(|message| message.words.as_str()).collect();
            assert_eq!(said, ["何时答复?", "本周内"]);
            assert!(seen.messages.iter().all(|message| message.by_client || message.name.is_empty()));
            assert!(seen.messages.iter().all(|message| message.by_client || message.person.is_none()));
            assert!(seen.events.iter().all(|event| event.action != Action::Note));
        }
        let inside = world.cases.case(now(), By::from(&wang), &case).await.unwrap();
        assert_eq!(inside.messages.len(), 3);
        let other = world.submitted(2, 1).await.case.id;
        let taken = world.cases.say(now(), By::from(&client(2)), &other, &words(&id(1), "x", false)).await;
        assert!(matches!(taken, Err(CasesError::KeyTaken)), "the id of another message");
        let internal = world.cases.say(now(), By::from(&zhang), &case, &words(&id(9), "x", true)).await;
        assert!(matches!(internal, Err(CasesError::Denied(_))));
        let stranger = world.cases.say(now(), By::from(&client(3)), &case, &words(&id(9), "x", false)).await;
        assert!(matches!(stranger, Err(CasesError::NotFound(_))));
        assert_eq!(world.count("SELECT COUNT(*) FROM cases_messages WHERE words LIKE '%答复%'").await, 0, "sealed");
        assert_eq!(world.get(&case).await.version, 1, "words make nobody's view stale");
    })
    .await;
}

#[tokio::test]
async fn what_is_personal_is_masked_until_someone_who_may_asks_and_the_look_is_recorded() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let receipt = world.submitted(1, 1).await;
        let (case, zhang, wang) = (receipt.case.id.clone(), client(1), staff(1));
        let visitor = Actor::visitor();
        let tracked = By { actor: &visitor, tracking: Some(&receipt.tracking) };
        let looks = "SELECT COUNT(*) FROM accounts_audit WHERE action = 'case.personal.read'";
        for by in [By::from(&wang), tracked] {
            let seen = world.cases.case(now(), by, &case).await.unwrap();
            assert_eq!((seen.contact.name.as_str(), seen.contact.telephone.as_str()), ("张**", "****1234"));
            assert_eq!((seen.contact.email.as_str(), seen.answers["name"].clone()), ("z***@example.cn", "张**".into()));
            assert!(seen.answers["question"].as_str().unwrap().contains("年费"), "what is not personal is shown");
        }
        assert!(matches!(world.cases.personal(now(), tracked, &case).await, Err(CasesError::Denied(_))));
        assert_eq!(world.count(looks).await, 0);
        let clear = world.cases.personal(now(), By::from(&wang), &case).await.unwrap();
        assert_eq!((clear.contact.telephone.as_str(), clear.answers["name"].clone()), ("13800001234", "张三丰".into()));
        assert_eq!(world.count(looks).await, 1);
        let own = world.cases.case(now(), By::from(&zhang), &case).await.unwrap();
        assert_eq!(own.contact.telephone, "13800001234");
        assert!(own.for_client && own.can == [Action::Withdraw]);
        let administrator = crate::testing::administrator();
        assert!(world.cases.personal(now(), By::from(&administrator), &case).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_new_tracking_code_shuts_the_old_one_out() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let receipt = world.submitted(1, 1).await;
        let (wang, id) = (staff(1), &receipt.case.id);
        assert!(world.cases.renew_tracking(now(), By::from(&client(1)), id, [5; 10]).await.is_err());
        let code = world.cases.renew_tracking(now(), By::from(&wang), id, [5; 10]).await.unwrap();
        assert_eq!(&world.cases.tracked(&code).await.unwrap(), id);
        assert!(world.cases.tracked(&receipt.tracking).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn tasks_are_given_done_and_not_overwritten() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let case = world.submitted(1, 1).await.case.id;
        let (wang, li) = (staff(1), lead(1));
        let edit = TaskEdit {
            title: "查缴费记录".to_owned(),
            assignee: Some(person(11)),
            due_on: Some(day("2026-06-03")),
            done: false,
        };
        let task = world.cases.add_task(now(), By::from(&li), &case, (&id(1), &edit)).await.unwrap();
        assert_eq!(world.cases.add_task(now(), By::from(&li), &case, (&id(1), &edit)).await.unwrap(), task);
        assert_eq!(world.cases.my_tasks(By::from(&wang)).await.unwrap(), std::slice::from_ref(&task));
        let done = TaskEdit { done: true, ..edit.clone() };
        let task = world.cases.change_task(now(), By::from(&wang), (&id(1), 1), &done).await.unwrap();
        assert_eq!((task.done_by, task.version), (Some(person(11)), 2));
        let stale = world.cases.change_task(now(), By::from(&li), (&id(1), 1), &edit).await;
        assert!(matches!(stale, Err(CasesError::Stale { .. })));
        assert!(world.cases.my_tasks(By::from(&wang)).await.unwrap().is_empty());
        let other = world.cases.change_task(now(), By::from(&staff(2)), (&id(1), 2), &edit).await;
        assert!(matches!(other, Err(CasesError::NotFound(_))));
    })
    .await;
}

#[tokio::test]
async fn links_labels_and_documents_leave_the_records_that_an_archive_asks_for() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let case = world.submitted(1, 1).await.case.id;
        let wang = staff(1);
        let by = By::from(&wang);
        let link = |target: &str| Link { kind: LinkKind::Search, target: target.to_owned(), label: String::new() };
        world.cases.link(now(), by, &case, &link("石墨烯 电池")).await.unwrap();
        world.cases.link(now(), by, &case, &link("石墨烯 电池")).await.unwrap();
        world.cases.link(now(), by, &case, &link("固态电解质")).await.unwrap();
        world.cases.unlink(now(), by, &case, &link("固态电解质")).await.unwrap();
        world.cases.set_labels(now(), by, &case, &["年费".to_owned(), "缴费".to_owned()]).await.unwrap();
        assert!(world.cases.set_labels(now(), by, &case, &[String::new()]).await.is_err());
        let note = Words { id: &id(1), words: "到场 30 人", internal: true, record: Some(Record::Attendance) };
        world.cases.say(now(), by, &case, &note).await.unwrap();
        let file = world.cases.case(now(), by, &case).await.unwrap();
        assert_eq!((file.links.len(), file.labels.len()), (1, 2));
        let mut read = world.database.read().await.unwrap();
        let mut records = crate::sql::desk::records(&mut read, &case).await.unwrap();
        records.sort();
        assert_eq!(records, [Record::SearchRecord, Record::Attendance]);
    })
    .await;
}

fn file<'a>(id: &'a Id, version: i64, bytes: &[u8], public: bool) -> NewDocument<'a> {
    NewDocument { id, version, name: "报告.pdf", bytes: bytes.to_vec(), field: None, record: None, public }
}

#[tokio::test]
async fn documents_have_versions_and_internal_ones_stay_inside() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let case = world.submitted(1, 1).await.case.id;
        let (wang, zhang) = (staff(1), client(1));
        let (staff, client) = (By::from(&wang), By::from(&zhang));
        let one = world.cases.add_document(now(), staff, &case, file(&id(1), 0, b"%PDF-1", false)).await.unwrap();
        let again = world.cases.add_document(now(), staff, &case, file(&id(1), 0, b"%PDF-1", false)).await.unwrap();
        assert_eq!(one, again);
        let two = world.cases.add_document(now(), staff, &case, file(&id(1), 1, b"%PDF-2", true)).await.unwrap();
        assert_eq!(two.version, 2);
        let stale = world.cases.add_document(now(), staff, &case, file(&id(1), 1, b"%PDF-3", true)).await;
        assert!(matches!(stale, Err(CasesError::KeyTaken)));
        let theirs = world.cases.add_document(now(), client, &case, file(&id(1), 2, b"%PDF-3", true)).await;
        assert!(matches!(theirs, Err(CasesError::Denied(_))), "a client does not change the report of staff");
        let seen = world.cases.case(now(), client, &case).await.unwrap();
        assert_eq!(seen.documents.iter().map(|document| document.version).collect::<Vec<_>>(), [2]);
        assert!(world.cases.document(now(), client, &case, (&id(1), 1)).await.is_err());
        assert_eq!(world.cases.document(now(), client, &case, (&id(1), 2)).await.unwrap().1, b"%PDF-2");
        world.cases.add_document(now(), client, &case, file(&id(2), 0, b"%PDF-1", false)).await.unwrap();
        assert_eq!(world.count("SELECT COUNT(*) FROM cases_blobs").await, 2, "the same content is kept once");
        world.cases.document(now(), staff, &case, (&id(2), 1)).await.unwrap();
        let looks = "SELECT COUNT(*) FROM accounts_audit WHERE action = 'case.document.read'";
        assert_eq!(world.count(looks).await, 1, "staff looked at a client's paper");
        let huge = world.cases.add_document(now(), client, &case, file(&id(3), 0, b"MZ\0", false)).await;
        assert!(matches!(huge, Err(CasesError::Upload(UploadError::Kind { .. }))));
        world.cases.withdraw_document(now(), client, &case, &id(2), "传错了").await.unwrap();
        assert!(world.cases.document(now(), staff, &case, (&id(2), 1)).await.is_err());
        let other = world.submitted(2, 1).await.case.id;
        let elsewhere = world.cases.document(now(), staff, &other, (&id(1), 2)).await;
        assert!(matches!(elsewhere, Err(CasesError::NotFound(_))), "a forged case for a real document");
        let closed = world.get(&other).await;
        world.act(now(), &wang, &closed, Act::Refuse { reason: "重复".to_owned() }).await.unwrap();
        let late = world.cases.add_document(now(), staff, &other, file(&id(5), 0, b"%PDF-1", false)).await;
        assert!(matches!(late, Err(CasesError::NotNow { .. })));
    })
    .await;
}
