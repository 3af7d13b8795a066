//! Text for people at a terminal.

pub(crate) mod report;
pub(crate) mod right;

use comfy_table::{ContentArrangement, Table, presets};

/// A table as wide as the terminal allows; Chinese characters count as two columns.
pub(crate) fn table(heading: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    let width = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(140);
    table.set_width(width).set_header(heading.to_vec());
    for row in rows {
        table.add_row(row);
    }
    table
}
