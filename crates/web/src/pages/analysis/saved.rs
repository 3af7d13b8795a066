//! Analyses that were kept: the same figures later, and what has changed since.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{Redirect, Response};
use insight::{Changes, Saved, SavedId};

use super::{AnalysisPage, Answer, Asked, Keeping, csv, word};
use crate::App;
use crate::frame::{Visit, page};
use crate::language::Lang;
use crate::problem::Failure;

/// `POST /analysis/saved`: keeps the analysis of now. The same analysis of the same state of the register has one address,
/// however often it is kept.
pub(crate) async fn save(
    State(app): State<Arc<App>>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    let analysis = Asked::of(&pairs)?.analyse(&app).await?;
    let id = app.analyses.save(&analysis, &app.now_text()).await?;
    Ok(Redirect::to(&address(&id)))
}

fn address(id: &SavedId) -> String {
    format!("/analysis/saved/{id}")
}

async fn load(app: &App, id: &str) -> Result<Saved, Failure> {
    let id = SavedId::read(id).ok_or(Failure::NotFound)?;
    app.analyses.load(&id).await?.ok_or(Failure::NotFound)
}

/// `/analysis/saved/{id}`.
pub(crate) async fn saved(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let saved = load(&app, &id).await?;
    let asked = Asked::kept(&saved.analysis);
    let now = asked.analyse(&app).await?;
    let changes = insight::changes(&saved, &now, app.searcher().register()).await?;
    let address = address(&saved.id);
    let keeping = Keeping::Kept {
        made_at: saved.made_at.clone(),
        address: format!("{}{address}", app.settings.public_url.as_deref().unwrap_or_default()),
        changes: (!changes.is_none()).then(|| lines(&changes, visit.lang)),
        again: asked.address(),
    };
    let title = format!("{} · {}", visit.t("已保存的分析", "Saved analysis"), saved.query);
    let answer = Some(Answer::new(&saved.analysis, &asked, visit.lang, &address));
    let choices = asked.choices(visit.lang);
    page(&AnalysisPage { visit, title, asked, answer, keeping, choices })
}

/// What has changed, line by line.
fn lines(changes: &Changes, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    if changes.total_then != changes.total_now {
        lines.push(match lang {
            Lang::Zh => format!("权利总数：当时 {}，现在 {}", changes.total_then, changes.total_now),
            Lang::En => format!("Rights: {} then, {} now", changes.total_then, changes.total_now),
        });
    }
    for figure in &changes.figures {
        let (name, then, now) =
            (lang.t(&figure.zh, &figure.en), charts::number(figure.then), charts::number(figure.now));
        lines.push(match lang {
            Lang::Zh => format!("{name}：当时 {then}，现在 {now}"),
            Lang::En => format!("{name}: {then} then, {now} now"),
        });
    }
    if let (Some(changed), Some(removed)) = (changes.changed, changes.removed) {
        lines.push(match lang {
            Lang::Zh => format!("全库自那时起新增或变更 {changed} 项权利，删除 {removed} 项"),
            Lang::En => {
                format!("In the whole register {changed} rights are new or changed since then, {removed} are gone")
            }
        });
    } else {
        lines.push(match lang {
            Lang::Zh => format!("全库自那时起有 {} 次变更", changes.entries),
            Lang::En => format!("In the whole register there were {} changes since then", changes.entries),
        });
    }
    lines
}

/// `/analysis/saved/{id}/report`.
pub(crate) async fn saved_report(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let saved = load(&app, &id).await?;
    word(&app, saved.analysis, visit.lang, saved.made_at, Some(saved.id)).await
}

/// `/analysis/saved/{id}/tables/{section}`.
pub(crate) async fn saved_table(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, section)): Path<(String, String)>,
) -> Result<Response, Failure> {
    csv(&load(&app, &id).await?.analysis, &section, visit.lang)
}
