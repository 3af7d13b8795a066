//! Objections of an assessment, and making one.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use assessment::{AssessmentError, AssessmentId, NewObjection, object};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use network::{Fault, OrganisationId};
use serde::Deserialize;

use super::{HERE, begin, key, named, tabs};
use crate::App;
use crate::form::{Choice, FaultLine, FieldView, GroupView, summary};
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::{Sent, fault};
use crate::words::moment;

#[derive(Template)]
#[template(path = "governance/assessments/objections.html")]
struct ListPage {
    visit: Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    address: String,
    assessment: String,
    rows: Vec<Row>,
}

/// An objection of the list.
struct Row {
    address: String,
    unit: String,
    item: String,
    reasons: String,
    at: String,
    decision: Option<&'static str>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: AssessmentId = named(&id)?;
    let (actor, lang) = (&visit.actor, visit.lang.code());
    let (assessment, access) = app.assessments.assessment(actor, &id).await?;
    if !access.reads_all && !access.has_own_unit() {
        return Err(actor.denied(accounts::Permission::ReadGovernance).into());
    }
    let found = app.assessments.objections(actor, &id).await?;
    let names: BTreeMap<OrganisationId, String> = app
        .assessments
        .progress(actor, &id)
        .await?
        .into_iter()
        .map(|one| (one.unit.id, one.unit.name.text(lang).to_owned()))
        .collect();
    let versions = app.assessments.versions(actor, &assessment.scheme).await?;
    let scheme =
        versions.into_iter().find(|version| version.number == assessment.number).ok_or(Failure::NotFound)?.scheme;
    let rows = found.into_iter().map(|objection| Row {
        address: format!("{HERE}/{id}/objections/{}", objection.id),
        unit: names.get(&objection.unit).cloned().unwrap_or_default(),
        item: scheme.item(&objection.item).map_or_else(String::new, |item| item.title.text(lang).to_owned()),
        at: moment(objection.made_at),
        decision: objection.decision.map(|decision| decision.label(lang)),
        reasons: objection.reasons,
    });
    page(&ListPage {
        title: visit.t("异议", "Objections").to_owned(),
        tabs: tabs(&visit),
        rows: rows.collect(),
        address: format!("{HERE}/{id}"),
        assessment: assessment.title.text(lang).to_owned(),
        visit,
    })
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    item: String,
}

#[derive(Template)]
#[template(path = "governance/assessments/object.html")]
struct ObjectPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    address: String,
    unit: String,
    assessment: String,
    until: Option<String>,
    key: String,
    groups: Vec<GroupView>,
    faults: Vec<FaultLine>,
}

pub(crate) async fn ask(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, unit)): Path<(String, String)>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let sent = Sent(vec![("item".to_owned(), asked.item)]);
    form(&visit, &app, (&named(&id)?, &named(&unit)?), &sent, &[]).await
}

pub(crate) async fn send(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, unit)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let (id, unit): (AssessmentId, OrganisationId) = (named(&id)?, named(&unit)?);
    let wanted = sent.get("wanted").trim();
    let number = wanted.parse::<f64>().ok();
    if !wanted.is_empty() && number.is_none() {
        let faults = [fault("wanted", "请填写数字，或留空", "is a number, or empty")];
        return form(&visit, &app, (&id, &unit), &sent, &faults).await;
    }
    let new = NewObjection {
        key: sent.get("key"),
        unit: &unit,
        item: sent.get("item"),
        reasons: sent.get("reasons"),
        wanted: number,
    };
    let mut write = begin(&app).await?;
    match object(&mut write, (app.clock.now)(), &visit.actor, &id, &new).await {
        Ok(made) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("{HERE}/{id}/objections/{}", made.id)).into_response())
        }
        Err(AssessmentError::Invalid(faults)) => {
            drop(write);
            form(&visit, &app, (&id, &unit), &sent, &faults).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn form(
    visit: &Visit,
    app: &App,
    (id, unit): (&AssessmentId, &OrganisationId),
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Failure> {
    let lang = visit.lang.code();
    let it = app.assessments.unit(&visit.actor, id, unit).await?;
    visit.actor.require_at(accounts::Permission::ReportProgress, unit)?;
    if it.assessment.state != assessment::State::Objection {
        return Err(AssessmentError::State(it.assessment.state).into());
    }
    // A unit objects to an item once.
    let made = app.assessments.objections(&visit.actor, id).await?;
    let is_open = |code: &str| !made.iter().any(|objection| objection.unit == *unit && objection.item == code);
    let items = it.scheme.items().filter(|(_, item)| is_open(&item.code)).map(|(_, item)| Choice {
        value: item.code.clone(),
        name: item.title.text(lang).to_owned(),
        chosen: item.code == sent.get("item"),
    });
    let field = |field: FieldView| {
        let value = sent.get(&field.name).to_owned();
        field.value(value).of(faults, visit.lang)
    };
    let groups = vec![GroupView {
        name: String::new(),
        fields: vec![
            field(
                FieldView::new("item", visit.t("对哪一项", "To which item"), "choice")
                    .choices(items.collect())
                    .needed(),
            ),
            field(
                FieldView::new("wanted", visit.t("您认为正确的数值", "The value that you hold right"), "number")
                    .typed("decimal")
                    .hint(visit.t("可留空", "may stay empty")),
            ),
            field(FieldView::new("reasons", visit.t("理由", "Reasons"), "area").needed()),
        ],
    }];
    let html = page(&ObjectPage {
        visit,
        title: visit.t("提出异议", "Object").to_owned(),
        tabs: tabs(visit),
        address: format!("{HERE}/{id}/units/{unit}"),
        unit: it.unit.name.text(lang).to_owned(),
        assessment: it.assessment.title.text(lang).to_owned(),
        until: it.assessment.until.map(|day| day.to_string()),
        key: sent.given("key").map_or_else(|| key(app), str::to_owned),
        faults: summary(faults, &groups, visit.lang),
        groups,
    })?;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html).into_response())
}
