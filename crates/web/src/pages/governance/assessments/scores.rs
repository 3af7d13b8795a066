//! Scores as a workbook: the ranking, and the lines of every unit that whoever visits sees.

use std::sync::Arc;

use assessment::{AssessmentId, Found, UnitScore, input_words, rule_words, score_words};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sheets::{Cell, Column, Kind, Template};

use super::named;
use crate::App;
use crate::frame::Visit;
use crate::problem::Failure;

/// Media type of a workbook.
pub(super) const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub(crate) async fn workbook(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: AssessmentId = named(&id)?;
    let (assessment, _) = app.assessments.assessment(&visit.actor, &id).await?;
    let found = app.assessments.result(&visit.actor, &id, None).await?;
    let lang = visit.lang.code();
    let heading = |key: &str, zh: &str, en: &str, kind: Kind| Column::new(key, visit.t(zh, en), kind);
    let columns = vec![
        heading("unit", "单位", "Unit", Kind::Text).wide(28),
        heading("rank", "名次", "Place", Kind::Number).wide(8),
        heading("total", "总分", "Total", Kind::Number).wide(10),
        heading("standing", "等级", "Grade", Kind::Text).wide(12),
        heading("dimension", "维度", "Dimension", Kind::Text),
        heading("item", "指标", "Item", Kind::Text).wide(32),
        heading("input", "数据", "Input", Kind::Text).wide(22),
        heading("rule", "计分规则", "Rule", Kind::Text).wide(48),
        heading("sum", "计算", "Arithmetic", Kind::Text).wide(40),
        heading("score", "得分（百分制）", "Score of 100", Kind::Number).wide(12),
        heading("most", "分值", "Points possible", Kind::Number).wide(12),
        heading("points", "得分", "Points", Kind::Number).wide(10),
        heading("outcome", "情况", "Outcome", Kind::Text).wide(20),
    ];
    let rows = found.scores.ranking().into_iter().flat_map(|unit| lines(&found, unit, lang)).collect();
    let table = Template {
        title: assessment.title.text(lang).to_owned(),
        sheet: visit.t("得分", "Scores").to_owned(),
        columns,
        rows,
        guide: vec![
            format!("{}{} v{}", visit.t("方案：", "Scheme: "), assessment.scheme, assessment.number),
            format!("{}{} · {}", visit.t("数据快照：", "Snapshot: "), found.taken.number, found.taken.hash),
        ],
    };
    let bytes = table.write().map_err(|error| Failure::Broken(Box::new(error)))?;
    let name = format!("attachment; filename=\"scores-{}-{}.xlsx\"", assessment.scheme, assessment.year);
    let headers = [(header::CONTENT_TYPE, WORKBOOK.to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}

/// A row for each line of a unit; one without lines where they are not shown.
fn lines(found: &Found, unit: &UnitScore, lang: &str) -> Vec<Vec<Cell>> {
    let number = |value: Option<f64>| value.map_or(Cell::Empty, Cell::Number);
    let head = || {
        vec![
            Cell::text(unit.name.text(lang)),
            number(unit.rank.map(f64::from)),
            number(unit.total.map(assessment::Points::value)),
            Cell::text(&unit.standing(&found.scheme, lang)),
        ]
    };
    if unit.dimensions.is_empty() {
        let mut row = head();
        row.resize(13, Cell::Empty);
        return vec![row];
    }
    let values = found.snapshot.units.get(&unit.unit).map(|data| &data.values);
    let mut rows = Vec::new();
    for (dimension, scored) in found.scheme.dimensions.iter().zip(&unit.dimensions) {
        for (item, line) in dimension.items.iter().zip(&scored.lines) {
            let datum = values.and_then(|values| values.get(&item.code));
            let mut row = head();
            row.extend([
                Cell::text(dimension.title.text(lang)),
                Cell::text(item.title.text(lang)),
                Cell::text(&input_words(item, line, datum, lang)),
                Cell::text(&rule_words(item, lang)),
                Cell::text(&score_words(item, line, lang)),
                number(line.score.map(assessment::Points::value)),
                number(item.is_weighed().then(|| line.most.value())),
                Cell::Number(line.points.value()),
                Cell::text(line.outcome.label(lang)),
            ]);
            rows.push(row);
        }
    }
    rows
}
