//! `/governance/assessments/{id}/units/{unit}/self/import`: a self-evaluation by workbook, tried before it is stored.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use assessment::{AssessmentError, AssessmentId, Imported, RowOutcome, State as Standing, import_evaluation};
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use network::OrganisationId;

use super::scores::WORKBOOK;
use super::{HERE, begin, named, tabs};
use crate::App;
use crate::frame::{Visit, page};
use crate::pages::cases::brought::Brought;
use crate::problem::Failure;

#[derive(Template)]
#[template(path = "governance/assessments/import.html")]
struct ImportPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    address: String,
    unit_address: String,
    assessment: String,
    unit: String,
    wrong: Option<String>,
    outcome: Option<OutcomeView>,
}

/// What became of a workbook.
struct OutcomeView {
    done: bool,
    counts: Vec<(usize, &'static str)>,
    /// Row, column, what is wrong.
    problems: Vec<(u32, String, String)>,
    /// Row, item, figure, what is done.
    rows: Vec<(u32, String, String, &'static str)>,
}

pub(crate) async fn give(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, unit)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let at: (AssessmentId, OrganisationId) = (named(&id)?, named(&unit)?);
    let bytes = app.assessments.evaluation_sheet(&visit.actor, (&at.0, &at.1), visit.lang.code()).await?;
    let name = "attachment; filename=\"self-evaluation.xlsx\"";
    Ok(([(header::CONTENT_TYPE, WORKBOOK), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

pub(crate) async fn ask(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, unit)): Path<(String, String)>,
) -> Result<Response, Failure> {
    shown(&visit, &app, (&named(&id)?, &named(&unit)?), None, None).await
}

pub(crate) async fn bring(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, unit)): Path<(String, String)>,
    brought: Brought,
) -> Result<Response, Failure> {
    let (id, unit): (AssessmentId, OrganisationId) = (named(&id)?, named(&unit)?);
    let at = (&id, &unit);
    let Some(file) = brought.files.first() else {
        let wrong = visit.t("请选择填好的工作簿。", "Choose the filled workbook.");
        return shown(&visit, &app, at, Some(wrong.to_owned()), None).await;
    };
    let dry = brought.sent.get("store") != "1";
    let mut write = begin(&app).await?;
    match import_evaluation(&mut write, (app.clock.now)(), &visit.actor, at, (&file.bytes, dry)).await {
        Ok(imported) => {
            if imported.done {
                write.commit().await?;
            } else {
                drop(write);
            }
            shown(&visit, &app, at, None, Some(&imported)).await
        }
        Err(AssessmentError::Sheet(error)) => {
            drop(write);
            shown(&visit, &app, at, Some(error.text(visit.lang.code())), None).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn shown(
    visit: &Visit,
    app: &App,
    (id, unit): (&AssessmentId, &OrganisationId),
    wrong: Option<String>,
    imported: Option<&Imported>,
) -> Result<Response, Failure> {
    let it = app.assessments.unit(&visit.actor, id, unit).await?;
    visit.actor.require_at(Permission::ReportProgress, unit)?;
    if it.assessment.state != Standing::SelfEvaluation {
        return Err(AssessmentError::State(it.assessment.state).into());
    }
    let lang = visit.lang.code();
    let fails = wrong.is_some() || imported.is_some_and(|imported| !imported.problems.is_empty());
    let html = page(&ImportPage {
        visit,
        title: visit.t("表格导入自评", "Self-evaluation by workbook").to_owned(),
        tabs: tabs(visit),
        address: format!("{HERE}/{id}"),
        unit_address: format!("{HERE}/{id}/units/{unit}"),
        assessment: it.assessment.title.text(lang).to_owned(),
        unit: it.unit.name.text(lang).to_owned(),
        wrong,
        outcome: imported.map(|imported| outcome(visit, imported)),
    })?;
    Ok((if fails { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, html).into_response())
}

fn outcome(visit: &Visit, imported: &Imported) -> OutcomeView {
    let lang = visit.lang.code();
    let word = |outcome: RowOutcome| match outcome {
        RowOutcome::New => visit.lang.t("新填", "new"),
        RowOutcome::Changed => visit.lang.t("修改", "changed"),
        RowOutcome::Cleared => visit.lang.t("清除，记为缺失", "taken away: missing"),
        RowOutcome::Same => visit.lang.t("无变化", "as it is"),
        RowOutcome::Empty => visit.lang.t("未填", "not filled in"),
    };
    let all = [RowOutcome::New, RowOutcome::Changed, RowOutcome::Cleared, RowOutcome::Same, RowOutcome::Empty];
    let problem =
        |one: &::sheets::Problem| (one.row, one.column.clone().unwrap_or_default(), one.text(lang).to_owned());
    let rows = imported.rows.iter().filter(|row| row.outcome != RowOutcome::Empty).map(|row| {
        let value = row.value.map_or_else(|| "—".to_owned(), assessment::number);
        (row.row, row.title.text(lang).to_owned(), value, word(row.outcome))
    });
    OutcomeView {
        done: imported.done,
        counts: all.map(|outcome| (imported.count(outcome), word(outcome))).into(),
        problems: imported.problems.iter().map(problem).collect(),
        rows: rows.collect(),
    }
}
