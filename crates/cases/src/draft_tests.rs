use accounts::Actor;
use database::testing::for_each_backend;
use jiff::ToSpan;
use serde_json::json;

use super::*;
use crate::testing::{World, client, code, id, now, outlet, request};
use crate::{NewDocument, UploadError};

fn written(question: &str) -> DraftRequest {
    DraftRequest {
        item: code("T01"),
        outlet: Some(outlet(1)),
        title: String::new(),
        answers: json!({ "question": question }).as_object().unwrap().clone(),
        contact: Contact { name: "张三丰".to_owned(), ..Contact::default() },
        links: Vec::new(),
    }
}

fn file<'a>(id: &'a Id, bytes: &[u8]) -> NewDocument<'a> {
    let bytes = bytes.to_vec();
    NewDocument { id, version: 0, name: "证据.pdf", bytes, field: Some("evidence"), record: None, public: false }
}

#[tokio::test]
async fn a_draft_is_found_again_by_account_or_code_and_by_nobody_else() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let (visitor, zhang) = (Actor::visitor(), client(1));
        let saved = world.cases.save_draft(now(), By::from(&visitor), (&id(1), 0, None), &written("问")).await.unwrap();
        let found = world.cases.draft(By::from(&visitor), &id(1), Some(&saved.code)).await.unwrap();
        assert_eq!(found, saved);
        for code in [None, Some(TrackingCode::make([1; 10]))] {
            let other = world.cases.draft(By::from(&zhang), &id(1), code.as_ref()).await;
            assert!(matches!(other, Err(CasesError::NotFound(_))));
        }
        let own = world.cases.save_draft(now(), By::from(&zhang), (&id(2), 0, None), &written("问")).await.unwrap();
        assert_eq!(world.cases.my_drafts(By::from(&zhang)).await.unwrap(), std::slice::from_ref(&own));
        assert_eq!(world.cases.draft(By::from(&zhang), &id(2), None).await.unwrap(), own);
        assert_eq!(world.count("SELECT COUNT(*) FROM cases_drafts WHERE content LIKE '%张%'").await, 0, "sealed");
    })
    .await;
}

#[tokio::test]
async fn two_windows_do_not_overwrite_each_others_draft_and_saving_again_changes_nothing() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let zhang = client(1);
        let by = By::from(&zhang);
        world.cases.save_draft(now(), by, (&id(1), 0, None), &written("一")).await.unwrap();
        let again = world.cases.save_draft(now(), by, (&id(1), 0, None), &written("一")).await.unwrap();
        assert_eq!(again.version, 1);
        let two = world.cases.save_draft(now(), by, (&id(1), 1, None), &written("二")).await.unwrap();
        assert_eq!(two.version, 2);
        let stale = world.cases.save_draft(now(), by, (&id(1), 1, None), &written("三")).await.unwrap_err();
        assert_eq!(stale.faults()[0].field, "version");
        let mut odd = written("一");
        odd.answers.insert("unknown".to_owned(), json!("x"));
        assert!(world.cases.save_draft(now(), by, (&id(3), 0, None), &odd).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn files_of_a_draft_come_along_when_it_is_sent() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let zhang = client(1);
        let by = By::from(&zhang);
        world.cases.save_draft(now(), by, (&id(1), 0, None), &written("问")).await.unwrap();
        let added = world.cases.add_draft_file(now(), by, (&id(1), None), file(&id(7), b"%PDF-1")).await.unwrap();
        let again = world.cases.add_draft_file(now(), by, (&id(1), None), file(&id(7), b"%PDF-1")).await.unwrap();
        assert_eq!(added, again);
        world.cases.add_draft_file(now(), by, (&id(1), None), file(&id(8), b"%PDF-2")).await.unwrap();
        let third = world.cases.add_draft_file(now(), by, (&id(1), None), file(&id(9), b"%PDF-3")).await;
        assert!(matches!(third, Err(CasesError::Upload(UploadError::TooMany { count: 3, most: 2 }))));
        for _ in 0..2 {
            world.cases.drop_draft_file(now(), by, (&id(1), None), &id(8)).await.unwrap();
        }
        let stranger = client(2);
        let dropped = world.cases.drop_draft_file(now(), By::from(&stranger), (&id(1), None), &id(7)).await;
        assert!(matches!(dropped, Err(CasesError::NotFound(_))));
        world.cases.add_draft_file(now(), by, (&id(1), None), file(&id(9), b"%PDF-3")).await.unwrap();
        let wrong = world.cases.add_draft_file(now(), by, (&id(1), None), file(&id(9), b"II*\0")).await;
        assert!(matches!(wrong, Err(CasesError::Upload(_))));
        let mut new = request(1, 1);
        new.answers.insert("evidence".to_owned(), json!([id(7).as_str(), id(66).as_str()]));
        new.draft = Some(id(1));
        let error = world.cases.submit(now(), by, &new).await.unwrap_err();
        assert_eq!(error.faults()[0].field, "evidence", "a file that nobody uploaded");
        new.answers.insert("evidence".to_owned(), json!([id(7).as_str()]));
        let stranger = client(2);
        assert!(world.cases.submit(now(), By::from(&stranger), &new).await.is_err(), "the draft of another");
        let receipt = world.cases.submit(now(), by, &new).await.unwrap();
        let seen = world.cases.case(now(), by, &receipt.case.id).await.unwrap();
        assert_eq!(seen.documents.len(), 2);
        assert!(world.cases.my_drafts(by).await.unwrap().is_empty());
        let repeated = world.cases.submit(now(), by, &new).await.unwrap();
        assert!(repeated.repeated, "also when its draft is gone");
    })
    .await;
}

#[tokio::test]
async fn drafts_that_nobody_touches_are_forgotten_with_their_files() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let zhang = client(1);
        let by = By::from(&zhang);
        for number in [1, 2] {
            world.cases.save_draft(now(), by, (&id(number), 0, None), &written("问")).await.unwrap();
        }
        world.cases.add_draft_file(now(), by, (&id(1), None), file(&id(7), b"%PDF-1")).await.unwrap();
        world.cases.discard_draft(now(), by, &id(2), None).await.unwrap();
        let program = Actor::system("housekeeping");
        assert!(world.cases.forget_drafts(now(), by).await.is_err());
        assert_eq!(world.cases.forget_drafts(now() + (29 * 24).hours(), By::from(&program)).await.unwrap(), 0);
        assert_eq!(world.cases.forget_drafts(now() + (31 * 24).hours(), By::from(&program)).await.unwrap(), 1);
        assert_eq!(world.count("SELECT COUNT(*) FROM cases_blobs").await, 0);
    })
    .await;
}
