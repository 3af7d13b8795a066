use database::testing::for_each_backend;
use sheets::{Cell, SheetError};

use super::{BulkChange, columns};
use crate::testing::{World, act, contents, keeper, now, said, unit};
use crate::{PlansError, Progress};

/// The workbook with some cells changed: row (from 0), column, value.
fn altered(bytes: &[u8], figures: usize, changes: &[(usize, usize, Cell)]) -> Vec<u8> {
    let columns = columns(figures);
    let mut rows: Vec<Vec<Cell>> = sheets::read(bytes, &columns).unwrap().into_iter().map(|row| row.cells).collect();
    for (row, column, cell) in changes {
        rows[*row][*column] = cell.clone();
    }
    let template = sheets::Template { title: "t".into(), sheet: "s".into(), columns, rows, guide: Vec::new() };
    template.write().unwrap()
}

fn text(words: &str) -> Cell {
    Cell::Text(words.to_owned())
}

#[tokio::test]
async fn what_goes_out_comes_in_again_and_changes_nothing() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let plan = world.issued(&contents()).await;
        act!(world, choose(now(), &keeper(2), (&plan.id, &unit(2), "2"), true)).unwrap();
        let mut words = said(Progress::UnderWay, "第一行\n第二行");
        words.figures.insert("growth".to_owned(), 12.5);
        world.begun(&plan, (1, 2, "2"), &words).await.unwrap();
        world.submitted(&plan, (2, 4, "3"), &said(Progress::UnderWay, "在审")).await;
        let bytes = world.plans.bulk_template(&keeper(1), &plan.id, now(), "zh").await.unwrap();
        let answer = world.plans.bulk_check(&keeper(1), &plan.id, now(), &bytes).await.unwrap();
        assert!(answer.is_sound() && answer.changes() == 0, "{answer:?}");
        let keys: Vec<_> = answer.rows.iter().map(|row| (row.unit.zh.as_str(), row.task.as_str())).collect();
        let expected = [
            ("第1单位", "1"),
            ("第2单位", "1"),
            ("第2单位", "1-1"),
            ("第2单位", "2"),
            ("第3单位", "1"),
            ("第3单位", "1-1"),
            ("第5单位", "3"),
            ("第4单位", "1"),
            ("第6单位", "1"),
        ];
        assert_eq!(keys, expected, "what waits or need not be done is not in it");
        let own = world.plans.bulk_template(&keeper(6), &plan.id, now(), "en").await.unwrap();
        assert_eq!(world.plans.bulk_check(&keeper(6), &plan.id, now(), &own).await.unwrap().rows.len(), 1);
        let foreign = world.plans.bulk_check(&keeper(6), &plan.id, now(), &bytes).await.unwrap();
        assert_eq!(foreign.rows.iter().filter(|row| row.faults.is_empty()).count(), 1, "others' rows are refused");
    })
    .await;
}

#[tokio::test]
async fn filled_rows_become_drafts_all_or_none() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let plan = world.issued(&contents()).await;
        let bytes = world.plans.bulk_template(&keeper(1), &plan.id, now(), "zh").await.unwrap();
        let good = [(0, 6, text("推进中 Under way")), (0, 7, Cell::Number(30.0)), (0, 8, text("国家局在做"))];
        let bad = [good.as_slice(), &[(1, 7, Cell::Number(130.0)), (2, 2, text("no-task"))]].concat();
        let wrong = altered(&bytes, 1, &bad);
        let answer = world.plans.bulk_check(&keeper(1), &plan.id, now(), &wrong).await.unwrap();
        let faulty: Vec<_> = answer.rows.iter().filter(|row| !row.faults.is_empty()).map(|row| row.number).collect();
        assert_eq!(faulty, [3, 4], "row by row, as the sheet numbers them");
        let refused = act!(world, bulk_import(now(), &keeper(1), &plan.id, &wrong));
        assert!(matches!(refused, Err(PlansError::Rows(_))));
        assert_eq!(world.plans.reports(&keeper(1), (&plan.id, "1", &unit(1))).await.unwrap(), []);
        let right = altered(&bytes, 1, &good);
        let done = act!(world, bulk_import(now(), &keeper(1), &plan.id, &right)).unwrap();
        assert_eq!((done.changes(), done.rows[0].change), (1, BulkChange::Begin));
        let again = act!(world, bulk_import(now(), &keeper(1), &plan.id, &right)).unwrap();
        assert_eq!(again.changes(), 0, "sent twice, it is done once");
        let view = world.plans.reports(&keeper(1), (&plan.id, "1", &unit(1))).await.unwrap();
        assert_eq!((view[0].report.said.percent, view[0].report.said.words.as_str()), (30, "国家局在做"));
        let stale = altered(&right, 1, &[(0, 8, text("另一种说法"))]);
        let refused = act!(world, bulk_import(now(), &keeper(1), &plan.id, &stale));
        let Err(PlansError::Rows(answer)) = refused else { panic!("{refused:?}") };
        assert_eq!(answer.rows[0].faults[0].field, "version");
    })
    .await;
}

#[tokio::test]
async fn what_is_no_such_table_is_refused_whole() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let plan = world.issued(&contents()).await;
        let refused = world.plans.bulk_check(&keeper(1), &plan.id, now(), b"no workbook").await;
        assert!(matches!(refused, Err(PlansError::Sheet(SheetError::NoWorkbook(_)))));
        let bytes = world.plans.bulk_template(&keeper(1), &plan.id, now(), "zh").await.unwrap();
        let words = altered(&bytes, 1, &[(0, 7, text("三十"))]);
        let refused = world.plans.bulk_check(&keeper(1), &plan.id, now(), &words).await;
        let Err(PlansError::Sheet(SheetError::Problems(problems))) = refused else { panic!("{refused:?}") };
        assert_eq!((problems[0].row, problems[0].column.as_deref()), (2, Some("H")), "text in a number cell");
        assert!(world.plans.bulk_template(&accounts::Actor::visitor(), &plan.id, now(), "zh").await.is_err());
    })
    .await;
}
