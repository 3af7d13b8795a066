//! `/governance/assessments`: all that whoever visits knows of.

use std::sync::Arc;

use askama::Template;
use assessment::{Listed, State as Standing};
use axum::extract::State;
use axum::response::Response;

use super::{HERE, keeps, tabs};
use crate::App;
use crate::frame::{Visit, page};
use crate::problem::Failure;

#[derive(Template)]
#[template(path = "governance/assessments/list.html")]
struct ListPage {
    visit: Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    calls: Vec<Row>,
    rows: Vec<Row>,
    keeps: bool,
}

/// An assessment of the list.
struct Row {
    address: String,
    title: String,
    year: i16,
    state: &'static str,
    code: &'static str,
    until: Option<String>,
    units: usize,
    scheme: String,
    scheme_title: String,
}

pub(crate) async fn show(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let all = app.assessments.list(&visit.actor).await?;
    let schemes = app.assessments.schemes(&visit.actor).await?;
    let lang = visit.lang.code();
    let row = |listed: &Listed, tail: &str| {
        let it = &listed.assessment;
        let scheme = schemes.iter().find(|version| version.scheme.code == it.scheme);
        let open = matches!(it.state, Standing::SelfEvaluation | Standing::Review | Standing::Objection);
        Row {
            address: format!("{HERE}/{}{tail}", it.id),
            title: it.title.text(lang).to_owned(),
            year: it.year,
            state: it.state.label(lang),
            code: it.state.code(),
            until: it.until.filter(|_| open).map(|until| until.to_string()),
            units: listed.units,
            scheme: format!("{HERE}/schemes/{}?version={}", it.scheme, it.number),
            scheme_title: scheme
                .map_or_else(|| it.scheme.clone(), |version| version.scheme.title.text(lang).to_owned()),
        }
    };
    let called = |listed: &&Listed| listed.access.called && listed.assessment.state == Standing::Review;
    page(&ListPage {
        title: visit.t("考核评价", "Assessments").to_owned(),
        tabs: tabs(&visit),
        calls: all.iter().filter(called).map(|listed| row(listed, "/review")).collect(),
        rows: all
            .iter()
            .map(|listed| {
                let only_called = listed.access.called && !listed.access.reads_all && !listed.access.sees_ranking();
                row(listed, if only_called { "/review" } else { "" })
            })
            .collect(),
        keeps: keeps(&visit),
        visit,
    })
}
