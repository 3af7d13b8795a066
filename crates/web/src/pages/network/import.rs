//! `/network/import`: the network from a file, tried before it is stored.

use std::sync::Arc;

use accounts::keeping::{self, NetworkFile};
use askama::Template;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use network::{COLUMNS, Import, Imported, OrganisationId, Outcome};

use super::{card, moment, not_kept};
use crate::App;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::words::grouped;

/// Largest file, in bytes.
pub(crate) const LARGEST: usize = 16 << 20;
/// Rows and problems that the page shows.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "network/import.html")]
struct ImportPage<'a> {
    visit: &'a Visit,
    title: String,
    from: String,
    wrong: Option<String>,
    columns: String,
    outcome: Option<OutcomeView>,
}

/// What became of a file.
struct OutcomeView {
    stored: bool,
    tried: bool,
    counts: Vec<(String, &'static str)>,
    problems: Vec<(u64, String, String)>,
    problems_in_all: String,
    more_problems: bool,
    /// Line, address where there is one to open, id, what became of it.
    rows: Vec<(u64, Option<String>, String, &'static str)>,
    more_rows: bool,
}

/// What a form sent.
#[derive(Default)]
struct Sent {
    file: Vec<u8>,
    name: String,
    from: String,
    store: bool,
}

impl Sent {
    async fn read(mut form: Multipart) -> Result<Self, StatusCode> {
        let mut sent = Self::default();
        while let Some(field) = form.next_field().await.map_err(|error| error.status())? {
            let (name, file) = (field.name().unwrap_or_default().to_owned(), field.file_name().map(str::to_owned));
            let bytes = field.bytes().await.map_err(|error| error.status())?;
            let text = || String::from_utf8_lossy(&bytes).trim().to_owned();
            match name.as_str() {
                "file" => {
                    sent.file = bytes.to_vec();
                    sent.name = file.unwrap_or_default();
                }
                "from" => sent.from = text(),
                "store" => sent.store = text() == "1",
                _ => {}
            }
        }
        Ok(sent)
    }

    /// Whether the file is JSON: by its first sign, not by its name.
    fn is_json(&self) -> bool {
        let bytes = self.file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.file);
        bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
    }
}

pub(crate) async fn ask(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    keeping::enters(&visit.actor)?;
    answer(&visit, &moment(&app).date().to_string(), None, None)
}

pub(crate) async fn bring(visit: Visit, State(app): State<Arc<App>>, form: Multipart) -> Result<Response, Failure> {
    keeping::enters(&visit.actor)?;
    let today = moment(&app).date();
    let sent = match Sent::read(form).await {
        Ok(sent) => sent,
        Err(StatusCode::PAYLOAD_TOO_LARGE) => {
            let told =
                visit.t("文件超过 16 MB，请分几次导入。", "The file is larger than 16 MB; import it in several parts.");
            let html = answer(&visit, &today.to_string(), Some(told.to_owned()), None)?;
            return Ok((StatusCode::PAYLOAD_TOO_LARGE, html).into_response());
        }
        Err(_) => {
            let told = visit.t("没有收到完整的文件，请重试。", "The file did not arrive whole; send it again.");
            return refused(&visit, &today.to_string(), told);
        }
    };
    let as_of: Date = match sent.from.as_str() {
        "" => today,
        text => match text.parse() {
            Ok(day) => day,
            Err(_) => return refused(&visit, text, visit.t("日期写作 2026-07-01。", "Write the day as 2026-07-01.")),
        },
    };
    if sent.file.is_empty() {
        return refused(&visit, &as_of.to_string(), visit.t("请选择一个文件。", "Choose a file."));
    }
    let (now, mut random) = ((app.clock.now)(), app.random());
    let mut ids = move || OrganisationId(random.id(now));
    let how = Import { now, as_of, dry_run: !sent.store, ids: &mut ids };
    let file = if sent.is_json() { NetworkFile::Hsds(&sent.file) } else { NetworkFile::Csv(&sent.file) };
    let imported = keeping::import(app.network.database(), &visit.actor, file, how).await.map_err(not_kept)?;
    app.accounts.network_changed();
    let status = if imported.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let outcome = OutcomeView::new(&imported, !sent.store, &visit);
    Ok((status, answer(&visit, &as_of.to_string(), None, Some(outcome))?).into_response())
}

fn refused(visit: &Visit, from: &str, told: &str) -> Result<Response, Failure> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer(visit, from, Some(told.to_owned()), None)?).into_response())
}

fn answer(visit: &Visit, from: &str, wrong: Option<String>, outcome: Option<OutcomeView>) -> Result<Response, Failure> {
    page(&ImportPage {
        visit,
        title: visit.t("导入服务网络", "Import the network").to_owned(),
        from: from.to_owned(),
        wrong,
        columns: COLUMNS.join(", "),
        outcome,
    })
}

impl OutcomeView {
    fn new(imported: &Imported, tried: bool, visit: &Visit) -> Self {
        let outcomes = [
            (Outcome::Created, visit.t("个登记", "entered")),
            (Outcome::Updated, visit.t("个变更", "changed")),
            (Outcome::Closed, visit.t("个撤销", "closed")),
            (Outcome::Unchanged, visit.t("个没有变化", "unchanged")),
        ];
        let word = |outcome: Outcome| match outcome {
            Outcome::Created => visit.t("登记", "entered"),
            Outcome::Updated => visit.t("变更", "changed"),
            Outcome::Closed => visit.t("撤销", "closed"),
            Outcome::Unchanged => visit.t("没有变化", "unchanged"),
        };
        let lang = visit.lang.code();
        let changed: Vec<_> = imported.rows.iter().filter(|row| row.outcome != Outcome::Unchanged).collect();
        let opens = |outcome: Outcome| imported.stored || outcome != Outcome::Created;
        Self {
            stored: imported.stored,
            tried,
            counts: outcomes.map(|(outcome, name)| (grouped(imported.count(outcome) as u64), name)).into(),
            problems_in_all: grouped(imported.problems.len() as u64),
            more_problems: imported.problems.len() > SHOWN,
            problems: imported
                .problems
                .iter()
                .take(SHOWN)
                .map(|problem| (problem.line, problem.column.clone(), problem.text(lang).to_owned()))
                .collect(),
            more_rows: changed.len() > SHOWN,
            rows: changed
                .into_iter()
                .take(SHOWN)
                .map(|row| {
                    let address = opens(row.outcome).then(|| card::address(&row.id, None));
                    (row.line, address, row.id.to_string(), word(row.outcome))
                })
                .collect(),
        }
    }
}
