//! `/governance/assessments/schemes`: schemes in use, and those that come with the program.

use std::sync::Arc;

use askama::Template;
use assessment::{SchemeState, SchemeVersion, adopt_scheme, ready_schemes};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use super::people::keepers;
use super::{HERE, begin, keeps, named, tabs};
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::Sent;

#[derive(Template)]
#[template(path = "governance/assessments/schemes.html")]
struct SchemesPage {
    visit: Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    rows: Vec<Row>,
    ready: Vec<Ready>,
    keepers: Vec<Choice>,
    keeps: bool,
}

/// A scheme in use.
struct Row {
    address: String,
    title: String,
    about: String,
    number: i64,
    draft: bool,
    dimensions: usize,
    items: usize,
}

/// A scheme that comes with the program and is not in use.
struct Ready {
    code: String,
    title: String,
    about: String,
    items: usize,
}

pub(crate) async fn show(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let found = app.assessments.schemes(&visit.actor).await?;
    let lang = visit.lang.code();
    let unused = |code: &str| !found.iter().any(|version| version.scheme.code == code);
    let ready = if keeps(&visit) { ready_schemes()? } else { Vec::new() };
    let ready = ready.into_iter().filter(|scheme| unused(&scheme.code)).map(|scheme| Ready {
        title: scheme.title.text(lang).to_owned(),
        about: scheme.about.text(lang).to_owned(),
        items: scheme.items().count(),
        code: scheme.code,
    });
    let ready = ready.collect();
    page(&SchemesPage {
        title: visit.t("考核方案", "Schemes").to_owned(),
        tabs: tabs(&visit),
        rows: found.iter().map(|version| row(version, lang)).collect(),
        ready,
        keepers: keepers(&app, &visit, None).await?,
        keeps: keeps(&visit),
        visit,
    })
}

fn row(version: &SchemeVersion, lang: &str) -> Row {
    let scheme = &version.scheme;
    Row {
        address: format!("{HERE}/schemes/{}", scheme.code),
        title: scheme.title.text(lang).to_owned(),
        about: scheme.about.text(lang).to_owned(),
        number: version.number,
        draft: version.state == SchemeState::Draft,
        dimensions: scheme.dimensions.len(),
        items: scheme.items().count(),
    }
}

/// Takes a ready scheme into use.
pub(crate) async fn adopt(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    let keeper = match sent.get("keeper") {
        "" => None,
        keeper => Some(named(keeper)?),
    };
    let code = sent.get("code");
    let mut write = begin(&app).await?;
    adopt_scheme(&mut write, (app.clock.now)(), &visit.actor, keeper.as_ref(), code).await?;
    write.commit().await?;
    Ok(Redirect::to(&format!("{HERE}/schemes/{code}")).into_response())
}
