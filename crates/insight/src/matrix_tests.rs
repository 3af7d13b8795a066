use index::{Cell, Cross, FacetCount};

use super::over_years;
use crate::Year;

fn value(value: &str, count: u64) -> FacetCount {
    FacetCount { value: value.to_owned(), count }
}

#[test]
fn every_year_of_the_trend_has_its_column_and_no_other() {
    let cross = Cross {
        rows: vec![value("甲", 5), value("乙", 2)],
        columns: vec![value("2017", 1), value("2019", 3), value("2021", 3)],
        cells: vec![
            Cell { row: 0, column: 0, count: 1 },
            Cell { row: 0, column: 1, count: 2 },
            Cell { row: 1, column: 2, count: 2 },
        ],
    };
    let year = |year, count| Year { year, count, complete: true };
    let table = over_years(&cross, &[year(2019, 3), year(2020, 0), year(2021, 3)]);
    assert_eq!(table.columns, [value("2019", 3), value("2020", 0), value("2021", 3)]);
    assert_eq!(table.cells, [Cell { row: 0, column: 0, count: 2 }, Cell { row: 1, column: 2, count: 2 }]);
    for (at, row) in table.rows.iter().enumerate() {
        let cells: u64 = table.cells.iter().filter(|cell| cell.row == at).map(|cell| cell.count).sum();
        assert!(cells <= row.count, "a right has one year");
    }
    assert_eq!(over_years(&Cross::default(), &[]), Cross::default());
}
