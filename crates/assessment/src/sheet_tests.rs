use database::testing::for_each_backend;
use jiff::civil::date;
use sheets::{Cell, SheetError, Template};

use super::{Imported, NOTE, RowOutcome, VALUE, columns, import_evaluation};
use crate::testing::{World, city, days, now, unit};
use crate::{AssessmentError, AssessmentId, Step};

/// The workbook with some cells changed: row (from 0), column, value.
fn altered(bytes: &[u8], changes: &[(usize, usize, Cell)]) -> Vec<u8> {
    let mut rows: Vec<Vec<Cell>> = sheets::read(bytes, &columns()).unwrap().into_iter().map(|row| row.cells).collect();
    for (row, column, cell) in changes {
        rows[*row][*column] = cell.clone();
    }
    Template { title: "t".into(), sheet: "s".into(), columns: columns(), rows, guide: Vec::new() }.write().unwrap()
}

impl World {
    async fn asked(&self) -> AssessmentId {
        let id = self.opened().await.id;
        self.step(now(), &id, Step::AskUnits(date(2026, 6, 10))).await.unwrap();
        id
    }

    async fn sheet(&self, id: &AssessmentId) -> Vec<u8> {
        self.assessments.evaluation_sheet(&city(11), (id, &unit(11)), "zh").await.unwrap()
    }

    async fn imported(&self, id: &AssessmentId, bytes: &[u8], dry: bool) -> Result<Imported, AssessmentError> {
        let mut write = self.database.write().await.unwrap();
        let done = import_evaluation(&mut write, now(), &city(11), (id, &unit(11)), (bytes, dry)).await?;
        write.commit().await.unwrap();
        Ok(done)
    }
}

#[tokio::test]
async fn what_goes_out_comes_in_again_and_changes_nothing() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = world.asked().await;
        let empty = world.sheet(&id).await;
        assert_eq!(world.imported(&id, &empty, false).await.unwrap().count(RowOutcome::Empty), 6, "what units enter");
        world.submitted(&id, 11, 1.0 / 3.0).await;
        let bytes = world.sheet(&id).await;
        let done = world.imported(&id, &bytes, false).await.unwrap();
        assert_eq!((done.count(RowOutcome::Same), done.count(RowOutcome::Empty), done.done), (3, 3, true));
        let there = world.assessments.unit(&city(11), &id, &unit(11)).await.unwrap();
        assert!(there.unit.submitted_at.is_some(), "what was handed in stays handed in");
        let english = world.assessments.evaluation_sheet(&city(11), (&id, &unit(11)), "en").await.unwrap();
        assert_eq!(world.imported(&id, &english, true).await.unwrap().problems, []);
    })
    .await;
}

#[tokio::test]
async fn filled_rows_become_a_draft_all_or_none() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = world.asked().await;
        let bytes = world.sheet(&id).await;
        let good = [(0, VALUE, Cell::Number(12.5)), (0, NOTE, Cell::text("见名单")), (2, VALUE, Cell::Number(1.0))];
        let bad = [
            good.as_slice(),
            &[
                (1, 0, Cell::text("rank")),
                (2, VALUE, Cell::Number(2.0)),
                (3, NOTE, Cell::text("只有说明")),
                (4, 0, Cell::text("linear")),
            ],
        ];
        let wrong = world.imported(&id, &altered(&bytes, &bad.concat()), false).await.unwrap();
        let told: Vec<_> = wrong.problems.iter().map(|one| (one.row, one.column.as_deref().unwrap())).collect();
        assert_eq!(told, [(3, "F"), (4, "F"), (5, "A"), (6, "A")], "{:?}", wrong.problems);
        let unit_now = || async { world.assessments.unit(&city(11), &id, &unit(11)).await.unwrap() };
        assert!(!wrong.done && unit_now().await.unit.version == 1, "nothing is half imported");
        let right = altered(&bytes, &good);
        let tried = world.imported(&id, &right, true).await.unwrap();
        assert_eq!((tried.count(RowOutcome::New), tried.done), (2, false));
        assert_eq!(unit_now().await.unit.version, 1, "tried, not done");
        assert!(world.imported(&id, &right, false).await.unwrap().done);
        let after = unit_now().await;
        let linear = after.values.iter().find(|value| value.item == "linear").unwrap();
        assert_eq!((linear.value, linear.note.as_str(), after.unit.submitted_at), (12.5, "见名单", None));
        let again = world.imported(&id, &right, false).await.unwrap();
        assert_eq!((again.count(RowOutcome::Same), unit_now().await.unit.version), (2, 2), "sent twice, done once");
        let stale = altered(&right, &[(0, VALUE, Cell::Number(13.0))]);
        let stale = world.imported(&id, &stale, false).await.unwrap();
        assert!(stale.problems[0].zh.contains("请重新下载"), "{:?}", stale.problems);
        let cleared = altered(&world.sheet(&id).await, &[(0, VALUE, Cell::Empty), (0, NOTE, Cell::Empty)]);
        assert_eq!(world.imported(&id, &cleared, false).await.unwrap().count(RowOutcome::Cleared), 1);
        assert!(unit_now().await.values.iter().all(|value| value.item != "linear"), "missing again, not zero");
    })
    .await;
}

#[tokio::test]
async fn only_who_enters_a_unit_and_only_in_time() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = world.asked().await;
        let bytes = world.sheet(&id).await;
        let refused = world.imported(&id, b"no workbook", true).await;
        assert!(matches!(refused, Err(AssessmentError::Sheet(SheetError::NoWorkbook(_)))));
        let words = altered(&bytes, &[(0, VALUE, Cell::text("十二"))]);
        let told = world.imported(&id, &words, true).await.unwrap();
        assert_eq!((told.problems[0].row, told.problems[0].column.as_deref()), (2, Some("F")), "text for a number");
        let at = (&id, &unit(11));
        assert!(world.assessments.evaluation_sheet(&city(12), at, "zh").await.is_err());
        let mut write = world.database.write().await.unwrap();
        let foreign = import_evaluation(&mut write, now(), &city(12), at, (&bytes, true)).await;
        assert!(matches!(foreign, Err(AssessmentError::NotFound { .. })), "{foreign:?}");
        let late = import_evaluation(&mut write, days(10), &city(11), at, (&bytes, true)).await;
        assert!(matches!(late, Err(AssessmentError::TooLate { .. })), "{late:?}");
    })
    .await;
}
