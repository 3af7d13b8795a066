use std::collections::BTreeMap;

use database::testing::for_each_backend;
use sheets::{Cell, Template};

use crate::sheet::columns;
use crate::testing::{World, administrator, city, code, now, period, province, today, unit};
use crate::{IndicatorsError, Reader, RowOutcome, State, TableQuery, table_sheet};

/// A sheet with these rows, as someone may send it.
fn book(rows: Vec<Vec<Cell>>) -> Vec<u8> {
    let columns = columns();
    let template = Template { title: String::new(), sheet: "x".to_owned(), columns, rows, guide: Vec::new() };
    template.write().unwrap()
}

fn row(of: u32, what: &str, when: &str, number: Cell, version: f64) -> Vec<Cell> {
    let text = Cell::text;
    let (unit, empty) = (unit(of).to_string(), Cell::Empty);
    vec![
        text(&unit),
        empty.clone(),
        text(what),
        empty.clone(),
        empty.clone(),
        text(when),
        number,
        empty.clone(),
        empty,
        Cell::Number(version),
    ]
}

#[tokio::test]
async fn what_goes_out_comes_back_as_it_was() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        world.draft(&city(), 4, "A", "2025", 12.5).await;
        world.accepted(5, "A", "2025", 3.0).await;
        let (by, of, names) = (province(), unit(2), BTreeMap::new());
        let sheet = world.indicators.entry_sheet(&by, &of, period("2025"), today(), &names, "zh").await.unwrap();
        for dry in [true, false] {
            let back = world.indicators.import(now(), &province(), &sheet, dry).await.unwrap();
            assert_eq!(back.problems, []);
            assert_eq!((back.count(RowOutcome::Same), back.count(RowOutcome::Empty)), (2, 2));
            assert_eq!(back.done, !dry);
        }
        let versions = world.indicators.versions(&city(), &unit(4), &code("A"), period("2025")).await.unwrap();
        assert_eq!(versions.len(), 1, "nothing was written");
    })
    .await;
}

#[tokio::test]
async fn a_dry_run_writes_nothing_and_then_drafts_are_there() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let sheet =
            book(vec![row(4, "A", "2025", Cell::Number(1.5), 0.0), row(5, "A", "2025", Cell::Number(2.5), 0.0)]);
        let dry = world.indicators.import(now(), &province(), &sheet, true).await.unwrap();
        assert_eq!((dry.count(RowOutcome::New), dry.done), (2, false));
        assert!(world.indicators.entered(&city(), &unit(4), &code("A"), period("2025")).await.unwrap().is_none());
        world.indicators.import(now(), &province(), &sheet, false).await.unwrap();
        let there = world.indicators.entered(&city(), &unit(4), &code("A"), period("2025")).await.unwrap().unwrap();
        assert_eq!((there.state, there.number), (State::Draft, Some(1.5)));
    })
    .await;
}

#[tokio::test]
async fn every_fault_has_its_row_and_nothing_is_half_imported() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        world.accepted(4, "B", "2025", 4.0).await;
        let stale = world.draft(&administrator(5, &[5]), 5, "B", "2025", 5.0).await;
        assert_eq!(stale.version, 1);
        let number = Cell::Number;
        let sheet = book(vec![
            row(4, "A", "2025", number(1.0), 0.0),
            row(4, "A", "2025", number(2.0), 0.0),
            row(6, "A", "2025", number(1.0), 0.0),
            row(4, "NONE", "2025", number(1.0), 0.0),
            row(4, "A-UP", "2025", number(1.0), 0.0),
            row(4, "A", "2025-Q9", number(1.0), 0.0),
            row(4, "A", "2031", number(1.0), 0.0),
            row(5, "A", "2025", number(1.23), 0.0),
            row(4, "B", "2025", number(9.0), 3.0),
            row(5, "B", "2025", number(9.0), 0.0),
            row(2, "A", "2025", number(9.0), 0.0),
        ]);
        let told = world.indicators.import(now(), &province(), &sheet, false).await.unwrap();
        let places: Vec<_> =
            told.problems.iter().map(|problem| (problem.row, problem.column.clone().unwrap())).collect();
        let at = |row, column: &str| (row, column.to_owned());
        assert_eq!(
            places,
            [
                at(3, "C"),
                at(4, "A"),
                at(5, "C"),
                at(6, "C"),
                at(7, "F"),
                at(8, "C"),
                at(9, "G"),
                at(10, "G"),
                at(11, "G"),
                at(12, "C")
            ]
        );
        assert!(!told.done);
        assert!(world.indicators.entered(&city(), &unit(4), &code("A"), period("2025")).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn hostile_sheets_are_told_and_not_read() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let text = book(vec![row(4, "A", "2025", Cell::text("十二"), 0.0)]);
        let told = world.indicators.import(now(), &province(), &text, false).await.unwrap();
        assert!(!told.problems.is_empty() && !told.done && told.problems[0].row == 2, "{told:?}");
        let no_book = world.indicators.import(now(), &province(), b"unit,number", false).await.unwrap_err();
        assert!(matches!(no_book, IndicatorsError::Sheet(_)));
        let visitor = world.indicators.import(now(), &accounts::Actor::visitor(), &text, true).await.unwrap_err();
        assert!(matches!(visitor, IndicatorsError::Denied(_)));
    })
    .await;
}

#[tokio::test]
async fn a_table_goes_out_with_its_reasons() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        world.accepted(4, "A", "2025", 1.0).await;
        let (what, units, periods) = (code("A"), [unit(4), unit(5)], [period("2025")]);
        let asked = TableQuery { code: &what, units: &units, periods: &periods, as_of: None, today: today() };
        let table = world.indicators.table(Reader::Settled, &asked).await.unwrap();
        let book = world.indicators.book().await.unwrap();
        let definition = &book.latest(&what).unwrap().definition;
        let bytes = table_sheet(definition, &table, &BTreeMap::new(), "zh").unwrap();
        let columns = [
            sheets::Column::new("unit", "单位", sheets::Kind::Text),
            sheets::Column::new("2025", "2025", sheets::Kind::Text),
        ];
        let rows = sheets::read(&bytes, &columns).unwrap();
        assert_eq!(rows[1].cells[1], Cell::text("未填报"));
    })
    .await;
}
