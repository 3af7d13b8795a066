use sheets::{Cell, Column, Kind, Template};

use super::csv;

#[test]
fn a_table_is_csv_that_no_program_takes_for_formulas() {
    let columns = vec![Column::new("a", "名称", Kind::Text), Column::new("b", "分", Kind::Number)];
    let rows = vec![
        vec![Cell::text("甲, \"乙\"\n丙"), Cell::Number(95.0)],
        vec![Cell::text("=1+1"), Cell::Number(-2.5)],
        vec![Cell::Empty, Cell::Date(jiff::civil::date(2026, 7, 1))],
    ];
    let template = Template { title: String::new(), sheet: "x".to_owned(), columns, rows, guide: Vec::new() };
    let csv = csv(&template);
    assert_eq!(csv, "\u{FEFF}名称,分\r\n\"甲, \"\"乙\"\"\n丙\",95\r\n'=1+1,-2.5\r\n,2026-07-01\r\n");
}
