//! `/services/import`: items from a file, tried before they are stored.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use services::{Import, Imported, RowOutcome};

use super::today;
use super::upload::Upload;
use crate::App;
use crate::frame::{Visit, page};
use crate::pages::network::organisations_named;
use crate::problem::Failure;

/// Largest file, in bytes, with what stands round it in the form.
pub(crate) const LARGEST: usize = 33 << 20;
/// Rows and problems that the page shows.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "services/import.html")]
struct ImportPage<'a> {
    visit: &'a Visit,
    title: String,
    from: String,
    keeper: String,
    publishes: bool,
    wrong: Option<String>,
    columns: String,
    outcome: Option<OutcomeView>,
}

/// What became of a file.
struct OutcomeView {
    stored: bool,
    counts: Vec<(usize, &'static str)>,
    problems: Vec<(u64, String, String)>,
    problems_in_all: usize,
    /// Line, address where there is one to open, code, number of the version, what became of it.
    rows: Vec<(u64, Option<String>, String, i64, &'static str)>,
    more_rows: bool,
}

pub(crate) async fn ask(visit: Visit) -> Result<Response, Failure> {
    visit.actor.require(Permission::EditItems)?;
    answer(&visit, &Upload::default(), None, None)
}

pub(crate) async fn bring(visit: Visit, State(app): State<Arc<App>>, form: Multipart) -> Result<Response, Failure> {
    visit.actor.require(Permission::EditItems)?;
    let sent = match Upload::read(form).await {
        Ok(sent) => sent,
        Err(status) => {
            let told = match status {
                StatusCode::PAYLOAD_TOO_LARGE => visit.t("文件超过 32 MB。", "The file is larger than 32 MB."),
                _ => visit.t("没有收到完整的文件，请重试。", "The file did not arrive whole; send it again."),
            };
            return Ok((status, answer(&visit, &Upload::default(), Some(told.to_owned()), None)?).into_response());
        }
    };
    let publish: Option<Date> = match sent.get("from") {
        "" => None,
        text => match text.parse() {
            Ok(day) => Some(day),
            Err(_) => return refused(&visit, &sent, visit.t("日期写作 2026-07-01。", "Write the day as 2026-07-01.")),
        },
    };
    if sent.file.is_empty() {
        return refused(&visit, &sent, visit.t("请选择一个文件。", "Choose a file."));
    }
    let keeper = match organisations_named(&app, ("keeper", sent.get("keeper")), today(&app)).await? {
        Ok(named) => named.into_iter().next(),
        Err(wrong) => {
            let told: Vec<&str> = wrong.iter().map(|fault| fault.text(visit.lang.code())).collect();
            return refused(&visit, &sent, &told.join("; "));
        }
    };
    let (now, mut random) = ((app.clock.now)(), app.random());
    let mut ids = move || random.id(now);
    let dry_run = sent.get("store") != "1";
    let import = Import { now, publish, keeper: keeper.as_ref(), dry_run, ids: &mut ids };
    let mut write = app.services.database().write().await?;
    let imported = if sent.is_json() {
        services::import_json(&mut write, &visit.actor, &sent.file, import).await?
    } else {
        services::import_csv(&mut write, &visit.actor, &sent.file, import).await?
    };
    if imported.stored {
        write.commit().await?;
    } else {
        drop(write);
    }
    let status = if imported.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let outcome = OutcomeView::new(&imported, &visit);
    Ok((status, answer(&visit, &sent, None, Some(outcome))?).into_response())
}

fn refused(visit: &Visit, sent: &Upload, told: &str) -> Result<Response, Failure> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer(visit, sent, Some(told.to_owned()), None)?).into_response())
}

fn answer(
    visit: &Visit,
    sent: &Upload,
    wrong: Option<String>,
    outcome: Option<OutcomeView>,
) -> Result<Response, Failure> {
    page(&ImportPage {
        visit,
        title: visit.t("导入服务事项", "Import services").to_owned(),
        from: sent.get("from").to_owned(),
        keeper: sent.get("keeper").to_owned(),
        publishes: visit.actor.may(Permission::PublishItems),
        wrong,
        columns: services::columns().join(visit.t("、", ", ")),
        outcome,
    })
}

impl OutcomeView {
    fn new(imported: &Imported, visit: &Visit) -> Self {
        let word = |outcome: RowOutcome| match outcome {
            RowOutcome::Created => visit.lang.t("新事项", "new services"),
            RowOutcome::Drafted => visit.lang.t("新版本", "new versions"),
            RowOutcome::Edited => visit.lang.t("改写草稿", "drafts rewritten"),
            RowOutcome::Unchanged => visit.lang.t("没有变化", "unchanged"),
        };
        let all = [RowOutcome::Created, RowOutcome::Drafted, RowOutcome::Edited, RowOutcome::Unchanged];
        let count = |outcome: RowOutcome| imported.rows.iter().filter(|row| row.outcome == outcome).count();
        let changed: Vec<_> = imported.rows.iter().filter(|row| row.outcome != RowOutcome::Unchanged).collect();
        Self {
            stored: imported.stored,
            counts: all.map(|outcome| (count(outcome), word(outcome))).into(),
            problems_in_all: imported.problems.len(),
            problems: imported
                .problems
                .iter()
                .take(SHOWN)
                .map(|one| (one.line, one.column.clone(), one.text(visit.lang.code()).to_owned()))
                .collect(),
            more_rows: changed.len() > SHOWN,
            rows: changed
                .into_iter()
                .take(SHOWN)
                .map(|row| {
                    let address = imported.stored.then(|| format!("/services/{}/versions/{}", row.code, row.number));
                    (row.line, address, row.code.to_string(), row.number, word(row.outcome))
                })
                .collect(),
        }
    }
}
