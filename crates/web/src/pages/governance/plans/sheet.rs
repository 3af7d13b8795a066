//! `/governance/plans/{id}/import`: reports in bulk, a workbook out and in.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Multipart, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use plans::{BulkAnswer, BulkChange, PlanId, PlansError};

use super::view::PlanHead;
use super::{begin, named, tabs};
use crate::App;
use crate::frame::{Visit, page};
use crate::parcel::Parcel;
use crate::problem::Failure;

/// Rows and problems that the page shows.
const SHOWN: usize = 300;

#[derive(Template)]
#[template(path = "governance/plans/import.html")]
struct ImportPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(String, &'static str, bool)>,
    head: PlanHead,
    wrong: Option<String>,
    /// Row, column, what is wrong: of the sheet itself.
    problems: Vec<(u32, String, String)>,
    outcome: Option<Outcome>,
}

struct Outcome {
    stored: bool,
    begun: usize,
    written: usize,
    unchanged: usize,
    faulty: usize,
    rows: Vec<Row>,
}

struct Row {
    number: u32,
    unit: String,
    task: String,
    change: &'static str,
    faults: String,
}

/// What was sent and what came of it.
#[derive(Default)]
struct Told {
    wrong: Option<String>,
    problems: Vec<(u32, String, String)>,
    outcome: Option<Outcome>,
}

pub(crate) async fn give(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::ReportProgress)?;
    let id: PlanId = named(&id)?;
    app.plans.plan(&visit.actor, &id).await?;
    let bytes = app.plans.bulk_template(&visit.actor, &id, (app.clock.now)(), visit.lang.code()).await?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let headers =
        [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, "attachment; filename=\"reports.xlsx\"")];
    Ok((headers, bytes).into_response())
}

pub(crate) async fn ask(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::ReportProgress)?;
    let id: PlanId = named(&id)?;
    shown(&visit, &app, &id, Told::default()).await
}

pub(crate) async fn bring(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    form: Multipart,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::ReportProgress)?;
    let id: PlanId = named(&id)?;
    let parcel = Parcel::read(form).await?;
    let lang = visit.lang.code();
    if parcel.bytes.is_empty() {
        let wrong = Some(visit.t("请选择一个 XLSX 文件。", "Choose an XLSX file.").to_owned());
        return shown(&visit, &app, &id, Told { wrong, ..Told::default() }).await;
    }
    let store = parcel.texts.get("store") == "1";
    let now = (app.clock.now)();
    let done = if store {
        let mut write = begin(&app).await?;
        match app.plans.bulk_import(&mut write, now, &visit.actor, &id, &parcel.bytes).await {
            Ok(answer) => {
                write.commit().await?;
                Ok(answer)
            }
            Err(error) => Err(error),
        }
    } else {
        app.plans.bulk_check(&visit.actor, &id, now, &parcel.bytes).await
    };
    let told = match done {
        Ok(answer) => {
            let stored = store && answer.is_sound();
            Told { outcome: Some(outcome(&visit, &answer, stored)), ..Told::default() }
        }
        Err(PlansError::Rows(answer)) => Told { outcome: Some(outcome(&visit, &answer, false)), ..Told::default() },
        Err(PlansError::Sheet(error)) => Told {
            wrong: Some(error.text(lang)),
            problems: error
                .problems()
                .iter()
                .map(|one| (one.row, one.column.clone().unwrap_or_default(), one.text(lang).to_owned()))
                .collect(),
            outcome: None,
        },
        Err(error) => return Err(error.into()),
    };
    shown(&visit, &app, &id, told).await
}

fn outcome(visit: &Visit, answer: &BulkAnswer, stored: bool) -> Outcome {
    let lang = visit.lang.code();
    let count = |change: BulkChange| answer.rows.iter().filter(|row| row.change == change).count();
    let told = answer.rows.iter().filter(|row| row.change != BulkChange::Nothing || !row.faults.is_empty());
    let row = |row: &plans::BulkRow| Row {
        number: row.number,
        unit: row.unit.text(lang).to_owned(),
        task: row.task.clone(),
        change: match row.change {
            BulkChange::Begin => visit.lang.t("新建草稿", "new draft"),
            BulkChange::Write => visit.lang.t("修改草稿", "draft changed"),
            BulkChange::Nothing => visit.lang.t("没有变化", "unchanged"),
        },
        faults: row.faults.iter().map(|fault| fault.text(lang)).collect::<Vec<_>>().join(visit.t("；", "; ")),
    };
    Outcome {
        stored,
        begun: count(BulkChange::Begin),
        written: count(BulkChange::Write),
        unchanged: count(BulkChange::Nothing),
        faulty: answer.rows.iter().filter(|row| !row.faults.is_empty()).count(),
        rows: told.take(SHOWN).map(row).collect(),
    }
}

async fn shown(visit: &Visit, app: &App, id: &PlanId, told: Told) -> Result<Response, Failure> {
    let (plan, _) = app.plans.plan(&visit.actor, id).await?;
    let wrong = told.wrong.is_some() || told.outcome.as_ref().is_some_and(|outcome| outcome.faulty > 0);
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let html = page(&ImportPage {
        visit,
        title: format!("{} · {}", plan.title.text(visit.lang.code()), visit.t("批量填报", "reports in bulk")),
        tabs: tabs(visit, &plan),
        head: PlanHead::new(visit, &plan),
        wrong: told.wrong,
        problems: told.problems,
        outcome: told.outcome,
    })?;
    Ok((status, html).into_response())
}
