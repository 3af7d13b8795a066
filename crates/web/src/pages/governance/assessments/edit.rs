//! `/governance/assessments/schemes/edit`: a scheme as text, checked and looked at before it is kept.

use std::sync::Arc;

use askama::Template;
use assessment::{AssessmentError, Difference, Scheme, SchemeState, differences, draft_scheme, faults};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::people::keepers;
use super::{HERE, begin, named, tabs};
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::Sent;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    /// The scheme to begin with.
    code: String,
}

#[derive(Template)]
#[template(path = "governance/assessments/edit.html")]
struct EditPage {
    visit: Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    text: String,
    seen: String,
    keepers: Vec<Choice>,
    faults: Vec<String>,
    /// What the text is read as, when it was only looked at.
    looked: Option<Looked>,
}

/// A text that was read and not kept.
struct Looked {
    title: String,
    dimensions: usize,
    items: usize,
    differences: Vec<Difference>,
}

pub(crate) async fn ask(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    visit.actor.require(accounts::Permission::KeepAssessments)?;
    let (text, seen) = match asked.code.as_str() {
        "" => (TEMPLATE.to_owned(), String::new()),
        code => {
            let last = app.assessments.versions(&visit.actor, code).await?.remove(0);
            let draft = last.state == SchemeState::Draft;
            (last.scheme.to_toml(), if draft { last.revision.to_string() } else { String::new() })
        }
    };
    let keepers = keepers(&app, &visit, None).await?;
    let title = visit.t("编写方案", "Write a scheme").to_owned();
    page(&EditPage { title, tabs: tabs(&visit), text, seen, keepers, faults: Vec::new(), looked: None, visit })
}

pub(crate) async fn send(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    visit.actor.require(accounts::Permission::KeepAssessments)?;
    let text = sent.get("text").replace("\r\n", "\n");
    let lang = visit.lang.code();
    let (scheme, mut wrong) = match Scheme::from_toml(&text) {
        Ok(scheme) => {
            let wrong = faults(&scheme);
            (Some(scheme), wrong.iter().map(|fault| format!("{}: {}", fault.field, fault.text(lang))).collect())
        }
        Err(error) => (None, vec![error.text(lang)]),
    };
    let keeper = match sent.get("keeper") {
        "" => None,
        keeper => Some(named(keeper)?),
    };
    if let Some(scheme) = scheme.as_ref().filter(|_| wrong.is_empty() && sent.get("act") == "keep") {
        let mut write = begin(&app).await?;
        let seen = sent.get("seen").parse().ok();
        match draft_scheme(&mut write, (app.clock.now)(), &visit.actor, keeper.as_ref(), (scheme, seen)).await {
            Ok(kept) => {
                write.commit().await?;
                let to = format!("{HERE}/schemes/{}?version={}", kept.scheme.code, kept.number);
                return Ok(Redirect::to(&to).into_response());
            }
            Err(error @ (AssessmentError::Stale { .. } | AssessmentError::Invalid(_))) => wrong.push(error.text(lang)),
            Err(error) => return Err(error.into()),
        }
    }
    let looked = match &scheme {
        Some(scheme) => Some(look(&app, &visit, scheme).await?),
        None => None,
    };
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let keepers = keepers(&app, &visit, keeper.as_ref()).await?;
    let (title, seen) = (visit.t("编写方案", "Write a scheme").to_owned(), sent.get("seen").to_owned());
    let html = page(&EditPage { title, tabs: tabs(&visit), text, seen, keepers, faults: wrong, looked, visit })?;
    Ok((status, html).into_response())
}

/// What the text says, and how it differs from the newest version.
async fn look(app: &App, visit: &Visit, scheme: &Scheme) -> Result<Looked, Failure> {
    let lang = visit.lang.code();
    let old = match app.assessments.versions(&visit.actor, &scheme.code).await {
        Ok(versions) => versions.into_iter().next(),
        Err(AssessmentError::NotFound { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    Ok(Looked {
        title: scheme.title.text(lang).to_owned(),
        dimensions: scheme.dimensions.len(),
        items: scheme.items().count(),
        differences: old.map(|old| differences(&old.scheme, scheme, lang)).unwrap_or_default(),
    })
}

/// A small scheme to begin with.
const TEMPLATE: &str = r#"code = "my-scheme"
title = { zh = "新方案", en = "New scheme" }
full = 100
level = "prefecture"

[[grades]]
from = 60
title = { zh = "合格", en = "Sufficient" }

[[dimensions]]
code = "service"
title = { zh = "服务", en = "Service" }
weight = 100

[[dimensions.items]]
code = "satisfaction"
title = { zh = "满意率", en = "Satisfied" }
weight = 60
input = { kind = "indicator", code = "S-RATE", unit = { zh = "%", en = "%" } }
rule = { kind = "linear", from = { at = 60, score = 0 }, to = { at = 90, score = 100 } }
missing = "leave-out"

[[dimensions.items]]
code = "plan"
title = { zh = "印发工作方案", en = "A plan was issued" }
weight = 40
input = { kind = "entered", evidence = true }
rule = { kind = "yes-no" }
missing = "zero"
"#;
