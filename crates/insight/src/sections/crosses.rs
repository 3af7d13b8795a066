//! Cross tables and the network of joint applicants.

use charts::{Edge, Grid, GridCell, Head, Kind, Network};
use index::{Cross, FacetCount, FacetField};
use search::{clause, facet_label};

use super::drawing::{Drawing, Part};

/// Columns drawn: what a page's width takes with their numbers.
const COLUMNS: usize = 15;
/// Rows drawn.
const ROWS: usize = 15;

fn grid(drawing: &Drawing<'_>, cross: &Cross, rows: FacetField, columns: FacetField, method: String) -> Option<Part> {
    if cross.cells.is_empty() {
        return None;
    }
    // Of years the newest, of all else the commonest.
    let from = if columns.is_year() { cross.columns.len().saturating_sub(COLUMNS) } else { 0 };
    let shown = from..(from + COLUMNS).min(cross.columns.len());
    let head = |facet: FacetField, value: &FacetCount| Head {
        label: facet_label(facet, &value.value, drawing.lang),
        href: Some(drawing.list_of(facet, &value.value)),
    };
    let cells = cross.cells.iter().filter(|cell| cell.row < ROWS && shown.contains(&cell.column)).map(|cell| {
        let row = clause(rows, &cross.rows[cell.row].value);
        let column = clause(columns, &cross.columns[cell.column].value);
        GridCell {
            row: cell.row,
            column: cell.column - from,
            value: cell.count as f64,
            href: Some(drawing.list(&[&row, &column])),
            note: None,
        }
    });
    let kind = Kind::Matrix(Grid {
        row_head: search::facet_name(rows, drawing.lang).to_owned(),
        column_head: search::facet_name(columns, drawing.lang).to_owned(),
        value_head: drawing.rights(),
        cells: cells.collect(),
        rows: cross.rows.iter().take(ROWS).map(|value| head(rows, value)).collect(),
        columns: cross.columns[shown.clone()].iter().map(|value| head(columns, value)).collect(),
    });
    Some(Part::new(kind, method))
}

pub(super) fn applicant_class(drawing: &Drawing<'_>) -> Option<Part> {
    let method = drawing.t(
        "最大的申请人在各分类中的权利数；空格表示没有，而不是未统计。",
        "Rights of the largest applicants in each class; an empty cell means none, not unknown.",
    );
    grid(drawing, &drawing.analysis.applicant_class, FacetField::Applicant, FacetField::Class, method)
}

pub(super) fn applicant_year(drawing: &Drawing<'_>) -> Option<Part> {
    let method = drawing.t("最大的申请人各年的申请量，近年尚不完整。", "Applications of the largest applicants by year; recent years are not complete.");
    grid(drawing, &drawing.analysis.applicant_year, FacetField::Applicant, FacetField::FilingYear, method)
}

pub(super) fn class_year(drawing: &Drawing<'_>) -> Option<Part> {
    let method = drawing.t("各分类各年的申请量，近年尚不完整。", "Applications in each class by year; recent years are not complete.");
    grid(drawing, &drawing.analysis.class_year, FacetField::Class, FacetField::FilingYear, method)
}

/// Applicants that file together.
pub(super) fn network(drawing: &Drawing<'_>) -> Option<Part> {
    let network = &drawing.analysis.network;
    if network.edges.is_empty() {
        return None;
    }
    let edge = |pair: &crate::Pair| {
        let name = |at: usize| clause(FacetField::Applicant, &network.nodes[at].value);
        Edge {
            from: pair.from,
            to: pair.to,
            value: pair.count as f64,
            href: Some(drawing.list(&[&name(pair.from), &name(pair.to)])),
            note: None,
        }
    };
    let kind = Kind::Network(Network {
        from_head: drawing.t("申请人", "Applicant"),
        to_head: drawing.t("共同申请人", "Joint applicant"),
        node_head: drawing.rights(),
        edge_head: drawing.t("共同权利数", "Joint rights"),
        nodes: network.nodes.iter().map(|node| drawing.mark(FacetField::Applicant, node)).collect(),
        edges: network.edges.iter().map(edge).collect(),
    });
    let looked_at = network.looked_at;
    let method = match drawing.is_chinese() {
        true => format!("最大的 {looked_at} 位申请人之间的共同申请；没有共同申请的不画。"),
        false => format!("Joint filings among the {looked_at} largest applicants; those without any are not drawn."),
    };
    Some(Part::new(kind, method))
}
