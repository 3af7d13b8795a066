//! `/governance/indicators/import`: filled sheets, tried before they are stored.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use indicators::{Imported, IndicatorsError, RowOutcome};

use super::names::Names;
use super::{last_over, tabs, today, unit};
use crate::App;
use crate::frame::{Visit, page};
use crate::problem::Failure;

/// Largest file, in bytes.
pub(crate) const LARGEST: usize = 16 << 20;
/// Rows and problems that the page shows.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "governance/indicators/import.html")]
struct ImportPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    wrong: Option<String>,
    outcome: Option<OutcomeView>,
    /// Sheets to fill in: name and address.
    sheets: Vec<(String, String)>,
}

/// What became of a sheet.
struct OutcomeView {
    done: bool,
    counts: Vec<(usize, &'static str)>,
    problems: Vec<(u32, String, String)>,
    problems_in_all: usize,
    rows: Vec<(u32, String, String, String, &'static str)>,
    rows_in_all: usize,
}

pub(crate) async fn ask(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    visit.actor.require(Permission::ReportProgress)?;
    answer(&visit, &app, None, None).await
}

pub(crate) async fn send(visit: Visit, State(app): State<Arc<App>>, form: Multipart) -> Result<Response, Failure> {
    visit.actor.require(Permission::ReportProgress)?;
    let Ok((file, store)) = read(form).await else {
        let told = visit
            .t("没有收到完整的文件，或文件超过 16 MB。", "The file did not arrive whole, or is larger than 16 MB.");
        let html = answer(&visit, &app, Some(told.to_owned()), None).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    if file.is_empty() {
        let told = visit.t("请选择填好的工作簿。", "Choose the filled workbook.");
        let html = answer(&visit, &app, Some(told.to_owned()), None).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    match app.indicators.import((app.clock.now)(), &visit.actor, &file, !store).await {
        Ok(imported) => {
            let status = if imported.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            let html = answer(&visit, &app, None, Some(&imported)).await?;
            Ok((status, html).into_response())
        }
        Err(error @ IndicatorsError::Sheet(_)) => {
            let html = answer(&visit, &app, Some(error.text(visit.lang.code())), None).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// The file, and whether it is to be stored.
async fn read(mut form: Multipart) -> Result<(Vec<u8>, bool), ()> {
    let (mut file, mut store) = (Vec::new(), false);
    while let Some(field) = form.next_field().await.map_err(|_| ())? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(|_| ())?;
        match name.as_str() {
            "file" => file = bytes.to_vec(),
            "store" => store = bytes.as_ref() == b"1",
            _ => {}
        }
    }
    Ok((file, store))
}

async fn answer(
    visit: &Visit,
    app: &App,
    wrong: Option<String>,
    imported: Option<&Imported>,
) -> Result<Response, Failure> {
    let mut names = Names::new(app, visit);
    let outcome = match imported {
        Some(imported) => Some(outcome(imported, &mut names, visit).await?),
        None => None,
    };
    let today = today(app);
    let unit = unit(app, visit, "", Permission::ReportProgress).await?;
    let sheets =
        [indicators::PeriodKind::Quarter, indicators::PeriodKind::Year, indicators::PeriodKind::Half].map(|kind| {
            let period = last_over(kind, today);
            let address = format!("/governance/indicators/sheet.xlsx?unit={unit}&period={period}");
            (period.label(visit.lang.code()), address)
        });
    page(&ImportPage {
        visit,
        title: visit.t("表格导入", "Sheets").to_owned(),
        tabs: tabs(visit),
        wrong,
        outcome,
        sheets: sheets.into(),
    })
}

async fn outcome(imported: &Imported, names: &mut Names<'_>, visit: &Visit) -> Result<OutcomeView, Failure> {
    let word = |outcome: RowOutcome| match outcome {
        RowOutcome::New => visit.t("新草稿", "new draft"),
        RowOutcome::Changed => visit.t("修改草稿", "changed draft"),
        RowOutcome::Same => visit.t("无变化", "as it is"),
        RowOutcome::Empty => visit.t("未填", "not filled in"),
    };
    let all = [RowOutcome::New, RowOutcome::Changed, RowOutcome::Same, RowOutcome::Empty];
    let mut rows = Vec::new();
    for row in imported.rows.iter().filter(|row| row.outcome != RowOutcome::Empty).take(SHOWN) {
        let number = row.number.map_or_else(|| "—".to_owned(), |number| number.to_string());
        let what = format!("{} {}", row.code, row.period);
        rows.push((row.row, names.unit(&row.unit).await?, what, number, word(row.outcome)));
    }
    let lang = visit.lang.code();
    let problem = |problem: &::sheets::Problem| {
        (problem.row, problem.column.clone().unwrap_or_default(), problem.text(lang).to_owned())
    };
    Ok(OutcomeView {
        done: imported.done,
        counts: all.map(|outcome| (imported.count(outcome), word(outcome))).into(),
        problems: imported.problems.iter().take(SHOWN).map(problem).collect(),
        problems_in_all: imported.problems.len(),
        rows,
        rows_in_all: imported.rows.len(),
    })
}
