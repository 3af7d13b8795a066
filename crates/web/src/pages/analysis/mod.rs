//! `/analysis`: a field seen as figures, kept with its date, taken away as a report.

mod asked;
mod saved;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use charts::Style;
use insight::{Analysis, SavedId, Section, SectionId};

use asked::Asked;
pub(crate) use saved::{save, saved, saved_report, saved_table};

use crate::App;
use crate::frame::{Visit, page};
use crate::language::Lang;
use crate::problem::Failure;
use crate::words::grouped;

/// The media type of Word files.
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

#[derive(Template)]
#[template(path = "analysis/page.html")]
struct AnalysisPage {
    visit: Visit,
    title: String,
    asked: Asked,
    answer: Option<Answer>,
    keeping: Keeping,
    choices: Vec<(&'static str, String, bool)>,
}

/// Whether this is an analysis of now, or one that was kept.
enum Keeping {
    Now,
    Kept { made_at: String, address: String, changes: Option<Vec<String>>, again: String },
}

/// The figures as the page shows them.
struct Answer {
    total: String,
    list: String,
    query: String,
    day: String,
    newest: Option<String>,
    sections: Vec<SectionView>,
    report: String,
}

/// One figure with its table.
pub(crate) struct SectionView {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) method: String,
    pub(crate) svg: String,
    pub(crate) table: charts::Table,
    pub(crate) csv: String,
    /// Whether the figure wants the whole width.
    pub(crate) wide: bool,
}

/// Figures that need the room of a whole row.
const fn is_wide(id: SectionId) -> bool {
    use SectionId::{ApplicantClass, ApplicantYear, ClassTree, ClassYear, Classes, Network, StatusByYear, Trend};
    matches!(id, Trend | Classes | ClassTree | StatusByYear | ApplicantClass | ApplicantYear | ClassYear | Network)
}

impl Answer {
    fn new(analysis: &Analysis, asked: &Asked, lang: Lang, address: &str) -> Self {
        let view = |section: Section| SectionView {
            id: section.id.code().to_owned(),
            svg: section.figure.svg(Style::Page),
            csv: asked.table(address, section.id.code()),
            wide: is_wide(section.id),
            title: section.title,
            method: section.method,
            table: section.table,
        };
        Self {
            total: grouped(analysis.total),
            list: crate::link::list(&analysis.text),
            query: analysis.query.clone(),
            day: analysis.day.to_string(),
            newest: analysis.newest.map(|day| day.to_string()),
            report: asked.report(address),
            sections: insight::sections(analysis, lang.code()).into_iter().map(view).collect(),
        }
    }
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Failure> {
    let asked = Asked::read(raw.as_deref().unwrap_or_default())?;
    let answer = if asked.given {
        let analysis = asked.analyse(&app).await?;
        Some(Answer::new(&analysis, &asked, visit.lang, "/analysis"))
    } else {
        None
    };
    let title = if asked.q.is_empty() {
        visit.t("分析", "Analysis").to_owned()
    } else {
        format!("{} · {}", visit.t("分析", "Analysis"), asked.q)
    };
    let choices = asked.choices(visit.lang);
    page(&AnalysisPage { visit, title, asked, answer, keeping: Keeping::Now, choices })
}

/// `/analysis/tables/{section}`: the table of one figure as CSV.
pub(crate) async fn table(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(section): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Failure> {
    let asked = Asked::read(raw.as_deref().unwrap_or_default())?;
    let analysis = asked.analyse(&app).await?;
    csv(&analysis, &section, visit.lang)
}

fn csv(analysis: &Analysis, section: &str, lang: Lang) -> Result<Response, Failure> {
    let id = SectionId::from_code(section).ok_or(Failure::NotFound)?;
    let sections = insight::sections(analysis, lang.code());
    let found = sections.into_iter().find(|section| section.id == id).ok_or(Failure::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}.csv\"", id.code())),
    ];
    Ok((headers, found.table.csv()).into_response())
}

/// `/analysis/report`: the analysis of now as a Word file.
pub(crate) async fn report(
    visit: Visit,
    State(app): State<Arc<App>>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Failure> {
    let asked = Asked::read(raw.as_deref().unwrap_or_default())?;
    let analysis = asked.analyse(&app).await?;
    word(&app, analysis, visit.lang, app.now_text(), None).await
}

/// A report is drawn on a thread that may work for a while.
async fn word(
    app: &App,
    analysis: Analysis,
    lang: Lang,
    made_at: String,
    saved: Option<SavedId>,
) -> Result<Response, Failure> {
    let base = app.settings.public_url.clone().unwrap_or_default();
    let made = tokio::task::spawn_blocking(move || {
        insight::report(&analysis, lang.code(), &made_at, saved.as_ref(), &base).docx()
    });
    let bytes =
        made.await.map_err(|error| Failure::Broken(error.into()))?.map_err(|error| Failure::Broken(error.into()))?;
    let headers =
        [(header::CONTENT_TYPE, DOCX), (header::CONTENT_DISPOSITION, "attachment; filename=\"huizhi-analysis.docx\"")];
    Ok((headers, bytes).into_response())
}
