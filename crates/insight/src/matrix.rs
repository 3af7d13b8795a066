//! Cross tables with years in their columns: every year once, in order.

use std::collections::HashMap;

use index::{Cell, Cross, FacetCount};

use crate::Year;

/// The cross table with exactly these years as columns, their counts those of the trend; other columns go.
pub(crate) fn over_years(cross: &Cross, years: &[Year]) -> Cross {
    let places: HashMap<String, usize> =
        years.iter().enumerate().map(|(at, year)| (year.year.to_string(), at)).collect();
    let moved: Vec<Option<usize>> = cross.columns.iter().map(|column| places.get(&column.value).copied()).collect();
    let cells = cross.cells.iter().filter_map(|cell| {
        let column = moved.get(cell.column).copied().flatten()?;
        (cell.count > 0).then_some(Cell { column, ..*cell })
    });
    let mut cells: Vec<Cell> = cells.collect();
    cells.sort_unstable_by_key(|cell| (cell.row, cell.column));
    let columns = years.iter().map(|year| FacetCount { value: year.year.to_string(), count: year.count });
    Cross { rows: cross.rows.clone(), columns: columns.collect(), cells }
}

#[cfg(test)]
#[path = "matrix_tests.rs"]
mod tests;
