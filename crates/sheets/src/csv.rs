//! A table as CSV, for those who want no workbook.

use crate::{Cell, Template};

/// Signs with which a spreadsheet program begins a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

impl Template {
    /// The headings and rows as CSV in UTF-8 with its mark, by which spreadsheet programs know Chinese. Text that they would take
    /// for a formula gets an apostrophe before it.
    pub fn write_csv(&self) -> String {
        let mut csv = String::from("\u{FEFF}");
        line(&mut csv, self.columns.iter().map(|column| column.heading.clone()));
        for row in &self.rows {
            line(&mut csv, row.iter().map(written));
        }
        csv
    }
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) if text.starts_with(FORMULA) => format!("'{text}"),
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Date(day) => day.to_string(),
    }
}

fn line(csv: &mut String, cells: impl Iterator<Item = String>) {
    for (number, cell) in cells.enumerate() {
        if number > 0 {
            csv.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            csv.push('"');
            csv.push_str(&cell.replace('"', "\"\""));
            csv.push('"');
        } else {
            csv.push_str(&cell);
        }
    }
    csv.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use crate::{Cell, Column, Kind, Template};

    #[test]
    fn a_table_is_csv_that_no_program_takes_for_formulas() {
        let columns = vec![Column::new("a", "名称", Kind::Text), Column::new("b", "分", Kind::Number)];
        let rows = vec![
            vec![Cell::text("甲, \"乙\"\n丙"), Cell::Number(95.0)],
            vec![Cell::text("=1+1"), Cell::Number(-2.5)],
            vec![Cell::Empty, Cell::Date(jiff::civil::date(2026, 7, 1))],
        ];
        let template = Template { title: String::new(), sheet: "x".to_owned(), columns, rows, guide: Vec::new() };
        let csv = template.write_csv();
        assert_eq!(csv, "\u{FEFF}名称,分\r\n\"甲, \"\"乙\"\"\n丙\",95\r\n'=1+1,-2.5\r\n,2026-07-01\r\n");
    }
}
