use accounts::Role;
use database::Database;
use database::testing::for_each_backend;
use jiff::civil::date;

use super::*;
use crate::testing::{administrator, drafted, id, item, now, open, organisation, person, published};
use crate::{ItemQuery, Text, export_csv, export_json};

async fn run(
    database: &Database,
    actor: &Actor,
    file: &[u8],
    (csv, publish, dry_run): (bool, Option<Date>, bool),
) -> Result<Imported, ServicesError> {
    // Keys as a program makes them: never the same twice.
    let mut next = u16::from(*file.last().unwrap_or(&0)) + file.len() as u16 % 20_000;
    let mut ids = move || {
        next += 1;
        id(next)
    };
    let keeper = organisation(1);
    let import = Import { now: now(), publish, keeper: Some(&keeper), dry_run, ids: &mut ids };
    let mut write = database.write().await?;
    let done = if csv {
        import_csv(&mut write, actor, file, import).await?
    } else {
        import_json(&mut write, actor, file, import).await?
    };
    write.commit().await?;
    Ok(done)
}

fn outcomes(done: &Imported) -> Vec<RowOutcome> {
    done.rows.iter().map(|row| row.outcome).collect()
}

#[tokio::test]
async fn a_file_goes_from_one_installation_to_another() {
    for_each_backend(|database| async move {
        let services = open(&database).await;
        let day = date(2026, 6, 1);
        let mut write = database.write().await.unwrap();
        crate::install(&mut write, now(), &administrator(), None, date(2024, 1, 1)).await.unwrap();
        write.commit().await.unwrap();
        let all = services.items_on(day, &ItemQuery::default()).await.unwrap();
        let (json, csv) = (export_json(&all).unwrap(), export_csv(&all).unwrap());
        for (file, is_csv) in [(&json, false), (&csv, true)] {
            let done = run(&database, &administrator(), file, (is_csv, None, false)).await.unwrap();
            assert_eq!((done.problems.len(), done.rows.len()), (0, 52));
            assert!(outcomes(&done).iter().all(|outcome| *outcome == RowOutcome::Unchanged));
        }
        assert_eq!(services.drafts(&administrator()).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn new_and_changed_items_become_drafts_or_are_published() {
    for_each_backend(|database| async move {
        let services = open(&database).await;
        let draft = drafted(&database, 1, &item("X-1")).await.unwrap();
        let version = published(&database, &draft, date(2020, 1, 1)).await.unwrap();
        let mut changed = version.clone();
        changed.item.title = Text::new("改名", "Renamed");
        let mut new = version.clone();
        new.item.code = "X-2".parse().unwrap();
        let file = export_csv(&[changed.clone(), new]).unwrap();
        // The new item says it is version 1 of something that is not there: nothing is in the way.
        let dry = run(&database, &administrator(), &file, (true, None, true)).await.unwrap();
        assert_eq!((dry.stored, outcomes(&dry)), (false, vec![RowOutcome::Drafted, RowOutcome::Created]));
        assert_eq!(services.drafts(&administrator()).await.unwrap(), [], "a dry run leaves nothing");
        let done = run(&database, &administrator(), &file, (true, None, false)).await.unwrap();
        assert!(done.stored, "{:?}", done.problems);
        assert_eq!(services.drafts(&administrator()).await.unwrap().len(), 2);
        // The same file again names a version that is not the last any more.
        let again = run(&database, &administrator(), &file, (true, None, false)).await.unwrap();
        assert!(!again.stored && again.problems.len() == 1, "{again:?}");
        let drafts = services.drafts(&administrator()).await.unwrap();
        let file = export_json(&drafts).unwrap();
        let done = run(&database, &administrator(), &file, (false, Some(date(2026, 7, 1)), false)).await.unwrap();
        assert!(done.stored, "{:?}", done.problems);
        let on = services.items_on(date(2026, 7, 1), &ItemQuery::default()).await.unwrap();
        assert_eq!(
            on.iter().map(|version| version.item.title.en.as_str()).collect::<Vec<_>>(),
            ["Renamed", "Item X-1"]
        );
        assert_eq!(on[1].keeper, Some(organisation(1)), "new items have the keeper of the import");
        assert_eq!(on[0].keeper, None, "others keep theirs");
    })
    .await;
}

#[tokio::test]
async fn all_rows_or_none_and_every_problem_at_once() {
    for_each_backend(|database| async move {
        let services = open(&database).await;
        let draft = drafted(&database, 1, &item("X-1")).await.unwrap();
        let (mut good, mut bad, mut twice) = (draft.clone(), draft.clone(), draft.clone());
        good.item.code = "X-5".parse().unwrap();
        bad.item.code = "X-6".parse().unwrap();
        bad.item.steps.clear();
        bad.item.title.en = "x".repeat(300);
        twice.item.code = "X-5".parse().unwrap();
        let file = export_json(&[good, bad, twice]).unwrap();
        let done = run(&database, &administrator(), &file, (false, None, false)).await.unwrap();
        assert!(!done.stored);
        let lines: Vec<(u64, &str)> =
            done.problems.iter().map(|problem| (problem.line, problem.column.as_str())).collect();
        assert_eq!(lines, [(2, "title.en"), (2, "steps"), (3, "事项代码")]);
        assert_eq!(services.drafts(&administrator()).await.unwrap().len(), 1);
        for file in [&b"{"[..], b"[]", b"{\"x\": []}", b"[1]", b"7", b""] {
            assert!(!run(&database, &administrator(), file, (false, None, false)).await.unwrap().problems.is_empty());
        }
    })
    .await;
}

#[tokio::test]
async fn who_may_not_write_items_may_not_import_them() {
    for_each_backend(|database| async move {
        open(&database).await;
        let draft = drafted(&database, 1, &item("X-1")).await.unwrap();
        let mut changed = draft.clone();
        changed.item.title = Text::new("改名", "Renamed");
        let file = export_json(&[changed]).unwrap();
        for actor in [Actor::visitor(), person(1, Role::OutletLead, &[1]), person(2, Role::Administrator, &[1])] {
            let outcome = run(&database, &actor, &file, (false, None, true)).await;
            assert!(matches!(outcome, Err(ServicesError::Denied(_))), "{actor:?}");
        }
    })
    .await;
}
