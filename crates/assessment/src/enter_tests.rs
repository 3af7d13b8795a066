use database::testing::for_each_backend;
use jiff::civil::date;

use crate::testing::{World, city, days, entered, expert, keeper, now, unit};
use crate::{AssessmentError, AssessmentId, Entered, NewFile, SelfEvaluation, Step, Unit, attach, detach, enter};

async fn asked(world: &World) -> AssessmentId {
    let id = world.opened().await.id;
    world.step(now(), &id, Step::AskUnits(date(2026, 6, 10))).await.unwrap();
    id
}

async fn send(
    world: &World,
    by: &accounts::Actor,
    id: &AssessmentId,
    (version, figures, submit): (i64, &[Entered], bool),
) -> Result<Unit, AssessmentError> {
    let sent = SelfEvaluation { version, words: "全年工作", figures, submit };
    let mut write = world.database.write().await?;
    let after = enter(&mut write, now(), by, (id, &unit(11)), &sent).await?;
    write.commit().await?;
    Ok(after)
}

#[tokio::test]
async fn a_unit_enters_hands_in_and_changes_until_the_last_day() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = asked(&world).await;
        let draft = send(&world, &city(11), &id, (1, &[entered("linear", Some(0.1 + 0.2))], false)).await.unwrap();
        assert_eq!((draft.version, draft.submitted_at), (2, None));
        let figures = [entered("linear", None), entered("steps", Some(3.0))];
        let handed = send(&world, &city(11), &id, (2, &figures, true)).await.unwrap();
        assert!(handed.submitted_at.is_some() && handed.submitted_by.is_some());
        let found = world.assessments.unit(&city(11), &id, &unit(11)).await.unwrap();
        let own: Vec<&str> = found.values.iter().map(|it| it.item.as_str()).collect();
        assert_eq!(own, ["growth", "rank", "steps"], "what was taken away is missing again");
        let stale = send(&world, &city(11), &id, (2, &figures, true)).await;
        assert!(matches!(stale, Err(AssessmentError::Stale { version: 3 })));
        let mut write = world.database.write().await.unwrap();
        let sent = SelfEvaluation { version: 3, words: "", figures: &[], submit: true };
        let late = enter(&mut write, days(10), &city(11), (&id, &unit(11)), &sent).await;
        assert!(matches!(late, Err(AssessmentError::TooLate { .. })));
    })
    .await;
}

#[tokio::test]
async fn faults_stand_at_their_item() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = asked(&world).await;
        let bare = |item: &str, value| Entered { item: item.to_owned(), value: Some(value), ..Entered::default() };
        let wrong = async |figures: &[Entered], submit| -> Vec<String> {
            match send(&world, &city(11), &id, (1, figures, submit)).await {
                Err(AssessmentError::Invalid(faults)) => faults.into_iter().map(|fault| fault.field).collect(),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(
            wrong(&[bare("rank", 1.0), bare("yes", 0.5), bare("steps", f64::NAN)], false).await,
            ["rank", "yes", "steps"]
        );
        assert_eq!(wrong(&[bare("linear", 5.0)], true).await, ["linear"], "nothing shows it");
        send(&world, &city(11), &id, (1, &[bare("linear", 5.0)], false)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn files_are_kept_by_their_hash() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = asked(&world).await;
        let (key, pdf) = ("key-of-a-file-000001", b"%PDF-1.7 made up".to_vec());
        let keyed = |key: &'static str, name: &'static str, content: &[u8]| NewFile {
            key,
            item: "linear",
            name,
            content: content.to_vec(),
        };
        let file = |name: &'static str, content: &[u8]| keyed(key, name, content);
        let attached = async |by: &accounts::Actor, new: NewFile<'_>| {
            let mut write = world.database.write().await?;
            let done = attach(&mut write, now(), by, (&id, &unit(11)), new).await?;
            write.commit().await?;
            Ok::<_, AssessmentError>(done)
        };
        let first = attached(&city(11), file("名单.pdf", &pdf)).await.unwrap();
        assert_eq!(attached(&city(11), file("名单.pdf", &pdf)).await.unwrap(), first, "sent twice, kept once");
        for (name, content) in [("名单.pdf", &b"MZ..."[..]), ("名单.pdf", b""), ("名单.docx", &pdf)] {
            let refused = attached(&city(11), file(name, content)).await;
            assert!(matches!(refused, Err(AssessmentError::Invalid(_))), "{name}");
        }
        let cleaned =
            [("key-of-a-file-000002", "../x.pdf", "x.pdf"), ("key-of-a-file-000003", "名单.exe", "名单.exe.pdf")];
        for (key, name, kept) in cleaned {
            assert_eq!(attached(&city(11), keyed(key, name, &pdf)).await.unwrap().name, kept, "told by its content");
        }
        assert!(attached(&city(12), file("名单.pdf", &pdf)).await.is_err());
        assert_eq!(world.assessments.file(&city(11), &first.id).await.unwrap().1, pdf);
        assert_eq!(world.assessments.file(&keeper(), &first.id).await.unwrap().0.hash, first.hash);
        for stranger in [city(12), expert(1), accounts::Actor::visitor()] {
            assert!(world.assessments.file(&stranger, &first.id).await.is_err());
        }
        let mut write = world.database.write().await.unwrap();
        detach(&mut write, now(), &city(11), &first.id).await.unwrap();
        write.commit().await.unwrap();
        let found = world.assessments.unit(&city(11), &id, &unit(11)).await.unwrap();
        let taken_back = found.files.iter().find(|file| file.id == first.id).unwrap();
        assert!(taken_back.withdrawn && taken_back.hash == first.hash);
    })
    .await;
}

#[tokio::test]
async fn nobody_enters_for_another_unit_and_nobody_before_the_time() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = world.opened().await.id;
        let before = send(&world, &city(11), &id, (1, &[], false)).await;
        assert!(matches!(before, Err(AssessmentError::NotFound { .. })), "a unit does not know of it yet");
        assert!(world.assessments.list(&city(11)).await.unwrap().is_empty());
        world.step(now(), &id, Step::AskUnits(date(2026, 6, 10))).await.unwrap();
        for stranger in [city(12), expert(1), accounts::Actor::visitor()] {
            assert!(send(&world, &stranger, &id, (1, &[], false)).await.is_err());
        }
        let (by, a, b) = (city(11), [entered("steps", Some(1.0))], [entered("steps", Some(2.0))]);
        let (one, two) = tokio::join!(send(&world, &by, &id, (1, &a, false)), send(&world, &by, &id, (1, &b, false)));
        assert!(one.is_ok() != two.is_ok(), "two people do not overwrite each other");
    })
    .await;
}
