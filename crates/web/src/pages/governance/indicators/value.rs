//! `/governance/indicators/value`: all versions of one value: who wrote, sent, accepted or returned it, and why.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use indicators::Code;
use network::OrganisationId;
use serde::Deserialize;

use super::names::Names;
use super::parts::state_class;
use super::{address, named, period, tabs, today};
use crate::App;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::words::moment;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    unit: String,
    code: String,
    period: String,
}

#[derive(Template)]
#[template(path = "governance/indicators/value.html")]
struct ValuePage {
    visit: Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    unit_name: String,
    period_name: String,
    address: String,
    rows: Vec<Row>,
}

/// A version.
struct Row {
    number: String,
    state: &'static str,
    class: &'static str,
    note: String,
    reason: String,
    who: String,
    at: String,
    href: Option<String>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let lang = visit.lang.code();
    let (unit, code): (OrganisationId, Code) = (named(&asked.unit)?, named(&asked.code)?);
    let period = period(&asked.period)?.ok_or(Failure::NotFound)?;
    let definition = app.indicators.definition(&visit.actor, &code, today(&app)).await?.definition;
    let versions = app.indicators.versions(&visit.actor, &unit, &code, period).await?;
    let mut names = Names::new(&app, &visit);
    let mut rows = Vec::with_capacity(versions.len());
    for version in versions.iter().rev() {
        let nobody = visit.t("系统", "the program").to_owned();
        let who = names.person(version.person.as_ref()).await?;
        rows.push(Row {
            number: version.number.map_or_else(|| "—".to_owned(), |number| definition.written(number)),
            state: version.state.label(lang),
            class: state_class(version.state),
            note: version.note_text(lang),
            reason: version.reason.clone(),
            who: if version.person.is_none() { nobody } else { who },
            at: moment(version.at),
            href: version.href.clone(),
        });
    }
    page(&ValuePage {
        title: definition.name.text(lang).to_owned(),
        tabs: tabs(&visit),
        unit_name: names.unit(&unit).await?,
        period_name: period.label(lang),
        address: address(&definition, &unit, period),
        rows,
        visit,
    })
}
