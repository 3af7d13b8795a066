use accounts::Actor;
use database::testing::for_each_backend;

use super::*;
use crate::testing::{World, client, colleague, days, id, key, now, province};
use crate::{Decision, NewPaper, Outcome, PaperKind, decide, hand_in};

const PDF: &[u8] = b"%PDF-1.7 evidence";

async fn attached(
    world: &World,
    by: &Actor,
    of: (&Shown, i64),
    (number, name, bytes): (u32, &str, &[u8]),
) -> Result<File, CreditError> {
    let mut write = world.database.write().await?;
    let file = attach(&mut write, now(), by, of, (&FileId(id(number)), name, bytes.to_vec())).await?;
    write.commit().await?;
    Ok(file)
}

#[tokio::test]
async fn evidence_comes_and_goes_with_a_draft_and_stays_when_it_is_announced() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let draft = world.draft(&world.agency(1).await, (1, "M06")).await.unwrap();
        let of = Shown::Event(draft.id.clone());
        let file = attached(&world, &province(), (&of, 1), (501, "../处罚决定书.pdf", PDF)).await.unwrap();
        assert_eq!((file.name.as_str(), file.kind, file.length), ("处罚决定书.pdf", FileKind::Pdf, 17));
        assert_eq!(attached(&world, &province(), (&of, 1), (501, "处罚决定书.pdf", PDF)).await.unwrap(), file);
        let disguised = attached(&world, &province(), (&of, 2), (502, "a.pdf", b"words")).await.unwrap_err();
        assert!(matches!(disguised, CreditError::Upload(UploadError::Disguised { .. })), "{disguised}");
        let stale = attached(&world, &province(), (&of, 1), (502, "a.txt", b"words")).await.unwrap_err();
        assert!(matches!(stale, CreditError::Stale { version: 2 }), "{stale}");
        assert!(attached(&world, &client(1), (&of, 2), (502, "a.txt", b"words")).await.is_err());
        let second = attached(&world, &colleague(), (&of, 2), (502, "a.txt", b"words")).await.unwrap();
        let mut write = database.write().await.unwrap();
        detach(&mut write, now(), &province(), (&second.id, 3)).await.unwrap();
        let step = crate::Step { id: &draft.id, version: 4, words: "" };
        crate::announce(&mut write, now(), &province(), step).await.unwrap();
        let late = detach(&mut write, now(), &province(), (&file.id, 5)).await.unwrap_err();
        assert!(matches!(late, CreditError::Step { .. }), "{late}");
        write.commit().await.unwrap();
        assert_eq!(world.credit.files_of(&colleague(), &of).await.unwrap(), std::slice::from_ref(&file));
        assert_eq!(world.credit.file(&colleague(), &file.id).await.unwrap().1, PDF);
        assert!(world.credit.file(&province(), &second.id).await.is_err(), "what was taken out is given to nobody");
        for stranger in [client(1), Actor::visitor()] {
            assert!(world.credit.files_of(&stranger, &of).await.unwrap().is_empty(), "evidence is not public");
            assert!(world.credit.file(&stranger, &file.id).await.is_err());
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_objects_adds_files_until_it_is_decided() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let event = world.announced(&world.agency(1).await, (1, "M02")).await;
        let (first, kind) = (key(50), PaperKind::Objection);
        let new =
            NewPaper {
                key: &first, kind, event: &event.id, capacity: "", words: "当日已完成补报", evidence: &[]
            };
        let mut write = database.write().await.unwrap();
        let paper = hand_in(&mut write, days(1), &client(1), &new).await.unwrap();
        write.commit().await.unwrap();
        let of = Shown::Paper(paper.id.clone());
        let file = attached(&world, &client(1), (&of, 1), (501, "回执.pdf", PDF)).await.unwrap();
        for other in [client(2), province()] {
            assert!(
                attached(&world, &other, (&of, 2), (502, "a.pdf", PDF)).await.is_err(),
                "the maker alone adds files"
            );
        }
        for sees in [client(1), colleague()] {
            assert_eq!(world.credit.file(&sees, &file.id).await.unwrap().1, PDF);
        }
        assert!(world.credit.file(&client(2), &file.id).await.is_err());
        let decision =
            |version| Decision { id: &paper.id, version, outcome: Outcome::Rejected, rule: None, reason: "经复核" };
        let mut write = database.write().await.unwrap();
        let unseen = decide(&mut write, days(2), &colleague(), &decision(1)).await.unwrap_err();
        assert!(
            matches!(unseen, CreditError::Stale { version: 2 }),
            "nobody decides what they have not seen: {unseen}"
        );
        drop(write);
        let mut write = database.write().await.unwrap();
        decide(&mut write, days(2), &colleague(), &decision(2)).await.unwrap();
        write.commit().await.unwrap();
        let late = attached(&world, &client(1), (&of, 3), (503, "a.pdf", PDF)).await.unwrap_err();
        assert!(matches!(late, CreditError::Stale { .. }), "{late}");
    })
    .await;
}
