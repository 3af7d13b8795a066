//! Sections of two values at once.

use charts::{Grid, GridCell, Head, Kind};
use index::{Cross, FacetField};

use crate::SectionId;
use crate::section::{Page, Section, number};

/// Applicants by class.
pub(crate) fn applicant_class(page: &Page<'_>) -> Section {
    let cross = &page.analysis.applicant_class;
    let grid = grid(page, cross, FacetField::Applicant, FacetField::Class);
    page.section(
        SectionId::ApplicantClass,
        page.say("申请人与分类", "Applicants by class"),
        page.say(
            "件数最多的申请人与最常见的分类（IPC、CPC 小类，尼斯和洛迦诺类）；一件权利在它的每个申请人与分类的交叉处各计一次。",
            "The largest applicants by the commonest classes (IPC and CPC subclasses, Nice and Locarno classes); a right counts \
             once wherever one of its applicants meets one of its classes.",
        ),
        densest(page, cross, FacetField::Applicant, FacetField::Class),
        Kind::Bubbles(grid),
    )
}

/// Applicants by filing year.
pub(crate) fn applicant_year(page: &Page<'_>) -> Section {
    let cross = &page.analysis.applicant_year;
    let grid = grid(page, cross, FacetField::Applicant, FacetField::FilingYear);
    page.section(
        SectionId::ApplicantYear,
        page.say("申请人与申请年", "Applicants by filing year"),
        page.say(
            "件数最多的申请人在最近二十个申请年的申请量；近年数据不完整，见申请趋势。",
            "Applications of the largest applicants in the last twenty filing years; recent years are incomplete, see the \
             filings by year.",
        ),
        densest(page, cross, FacetField::Applicant, FacetField::FilingYear),
        Kind::Matrix(grid),
    )
}

/// Classes by filing year.
pub(crate) fn class_year(page: &Page<'_>) -> Section {
    let cross = &page.analysis.class_year;
    let grid = grid(page, cross, FacetField::Class, FacetField::FilingYear);
    page.section(
        SectionId::ClassYear,
        page.say("分类与申请年", "Classes by filing year"),
        page.say(
            "最常见的分类在最近二十个申请年的申请量；一件权利在它的每个分类中各计一次。近年数据不完整，见申请趋势。",
            "Applications in the commonest classes in the last twenty filing years; a right counts once in each of its classes. \
             Recent years are incomplete, see the filings by year.",
        ),
        densest(page, cross, FacetField::Class, FacetField::FilingYear),
        Kind::Matrix(grid),
    )
}

fn grid(page: &Page<'_>, cross: &Cross, rows: FacetField, columns: FacetField) -> Grid {
    let clauses = |field: FacetField, values: &[index::FacetCount]| -> Vec<String> {
        values.iter().map(|value| search::clause(field, &value.value)).collect()
    };
    let (row_clauses, column_clauses) = (clauses(rows, &cross.rows), clauses(columns, &cross.columns));
    let heads = |field: FacetField, values: &[index::FacetCount], clauses: &[String]| {
        let heads = values.iter().zip(clauses);
        heads.map(|(value, clause)| Head::new(page.label(field, &value.value)).link(page.links.to(&[clause]))).collect()
    };
    let cells = cross.cells.iter().map(|cell| GridCell {
        row: cell.row,
        column: cell.column,
        value: cell.count as f64,
        href: Some(page.links.to(&[&row_clauses[cell.row], &column_clauses[cell.column]])),
        note: None,
    });
    let cells: Vec<GridCell> = cells.collect();
    // A table of zeros says nothing.
    let shown = !cells.is_empty();
    Grid {
        row_head: search::facet_name(rows, page.lang()).to_owned(),
        column_head: search::facet_name(columns, page.lang()).to_owned(),
        value_head: page.rights(),
        rows: if shown { heads(rows, &cross.rows, &row_clauses) } else { Vec::new() },
        columns: if shown { heads(columns, &cross.columns, &column_clauses) } else { Vec::new() },
        cells,
    }
}

/// The cell with the most, for those who do not see the table.
fn densest(page: &Page<'_>, cross: &Cross, rows: FacetField, columns: FacetField) -> String {
    let Some(cell) = cross.cells.iter().max_by_key(|cell| cell.count) else { return String::new() };
    let row = page.label(rows, &cross.rows[cell.row].value);
    let column = page.label(columns, &cross.columns[cell.column].value);
    let count = number(cell.count);
    if page.lang() == "zh" {
        format!("最多：{row} × {column}，{count} 件。")
    } else {
        format!("The most: {row} × {column}, {count} rights.")
    }
}
