//! `/governance/assessments/{id}/objections/{objection}`: what a unit says, and the decision.

use std::sync::Arc;

use askama::Template;
use assessment::{AssessmentError, Decision, Objection, ObjectionId, Ruling, decide as rule_on};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use network::Fault;

use super::people::names;
use super::{HERE, begin, named, tabs};
use crate::App;
use crate::form::{Choice, FaultLine, FieldView, GroupView, form_status, summary};
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::{Sent, fault};
use crate::words::moment;

#[derive(Template)]
#[template(path = "governance/assessments/objection.html")]
struct ObjectionPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    address: String,
    here: String,
    assessment: String,
    unit: String,
    unit_address: String,
    item: String,
    item_code: String,
    reasons: String,
    wanted: Option<String>,
    /// The value that counts now.
    counts: Option<String>,
    made: String,
    made_by: String,
    snapshot: i64,
    decided: Option<Decided>,
    decides: bool,
    version: i64,
    groups: Vec<GroupView>,
    faults: Vec<FaultLine>,
    stale: bool,
}

/// What was decided.
struct Decided {
    label: &'static str,
    value: Option<String>,
    reason: String,
    at: String,
    by: String,
    snapshot: Option<i64>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((_, objection)): Path<(String, String)>,
) -> Result<Response, Failure> {
    whole(&visit, &app, &named(&objection)?, Told::default()).await
}

/// What the page tells besides.
#[derive(Default)]
struct Told {
    sent: Sent,
    faults: Vec<Fault>,
    stale: bool,
}

pub(crate) async fn decide(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, objection)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let objection: ObjectionId = named(&objection)?;
    let mut faults = Vec::new();
    let mut number = |name: &str| -> Option<f64> {
        let text = sent.get(name).trim();
        let read = text.parse::<f64>().ok();
        if !text.is_empty() && read.is_none() {
            faults.push(fault(name, "请填写数字", "is a number"));
        }
        read
    };
    let (value, before) = (number("value"), number("before"));
    let decision: Option<Decision> = sent.get("decision").parse().ok();
    if decision.is_none() {
        faults.push(fault("decision", "请选择", "choose one"));
    }
    let Some(decision) = decision.filter(|_| faults.is_empty()) else {
        return whole(&visit, &app, &objection, Told { sent, faults, stale: false }).await;
    };
    let ruling =
        Ruling { objection: &objection, version: sent.version()?, decision, value, before, reason: sent.get("reason") };
    let mut write = begin(&app).await?;
    match rule_on(&mut write, (app.clock.now)(), &visit.actor, &ruling).await {
        Ok(_) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("{HERE}/{id}/objections/{objection}")).into_response())
        }
        Err(AssessmentError::Invalid(faults)) => {
            drop(write);
            whole(&visit, &app, &objection, Told { sent, faults, stale: false }).await
        }
        Err(AssessmentError::Stale { .. }) => {
            drop(write);
            whole(&visit, &app, &objection, Told { sent, stale: true, ..Told::default() }).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn whole(visit: &Visit, app: &App, id: &ObjectionId, told: Told) -> Result<Response, Failure> {
    let (actor, lang) = (&visit.actor, visit.lang.code());
    let found = app.assessments.objection(actor, id).await?;
    let it = app.assessments.unit(actor, &found.assessment, &found.unit).await?;
    let people = names(app, [&found.made_by, &found.decided_by].into_iter().flatten().cloned().collect()).await?;
    let name = |person: Option<&accounts::PersonId>| person.and_then(|it| people.get(it)).cloned().unwrap_or_default();
    let item = it.scheme.item(&found.item);
    let unit_of = item.and_then(assessment::Item::unit).map_or("", |unit| unit.text(lang));
    let value = |value: f64| format!("{} {unit_of}", assessment::number(value)).trim().to_owned();
    let decides = it.access.keeps && found.decision.is_none() && it.assessment.state == assessment::State::Objection;
    let growth = item.is_some_and(assessment::Item::needs_before);
    let groups = if decides { fields(visit, &told, growth) } else { Vec::new() };
    let address = format!("{HERE}/{}", found.assessment);
    let html = page(&ObjectionPage {
        visit,
        title: visit.t("异议", "Objection").to_owned(),
        tabs: tabs(visit),
        here: format!("{address}/objections/{id}"),
        assessment: it.assessment.title.text(lang).to_owned(),
        unit: it.unit.name.text(lang).to_owned(),
        unit_address: format!("{address}/units/{}", found.unit),
        item: item.map_or_else(|| found.item.clone(), |item| item.title.text(lang).to_owned()),
        item_code: found.item.clone(),
        reasons: found.reasons.clone(),
        wanted: found.wanted.map(value),
        counts: counted(app, visit, &found).await?.map(value),
        made: moment(found.made_at),
        made_by: name(found.made_by.as_ref()),
        snapshot: found.snapshot,
        decided: found.decision.map(|decision| Decided {
            label: decision.label(lang),
            value: found.value.map(value),
            reason: found.reason.clone().unwrap_or_default(),
            at: found.decided_at.map(moment).unwrap_or_default(),
            by: name(found.decided_by.as_ref()),
            snapshot: found.after_snapshot,
        }),
        decides,
        version: found.version,
        faults: summary(&told.faults, &groups, visit.lang),
        stale: told.stale,
        groups,
        address,
    })?;
    let status = form_status(told.stale, told.faults.is_empty());
    Ok((status, html).into_response())
}

/// The value of the item in the last snapshot; none of items that reviewers score, and of missing ones.
async fn counted(app: &App, visit: &Visit, objection: &Objection) -> Result<Option<f64>, Failure> {
    let result = app.assessments.result(&visit.actor, &objection.assessment, None).await?;
    let data = result.snapshot.units.get(&objection.unit);
    Ok(data.and_then(|data| data.values.get(&objection.item)).map(|datum| datum.value))
}

fn fields(visit: &Visit, told: &Told, growth: bool) -> Vec<GroupView> {
    let field = |field: FieldView| {
        let value = told.sent.get(&field.name).to_owned();
        field.value(value).of(&told.faults, visit.lang)
    };
    // Nothing is chosen for whoever decides.
    let none = Choice { value: String::new(), name: visit.t("请选择", "Choose").to_owned(), chosen: false };
    let decisions = Decision::ALL.iter().map(|decision| Choice {
        value: decision.code().to_owned(),
        name: decision.label(visit.lang.code()).to_owned(),
        chosen: told.sent.get("decision") == decision.code(),
    });
    let mut fields = vec![
        field(
            FieldView::new("decision", visit.t("决定", "Decision"), "choice")
                .choices(std::iter::once(none).chain(decisions).collect())
                .needed(),
        ),
        field(
            FieldView::new("value", visit.t("更正后的数值", "The value that holds now"), "number")
                .typed("decimal")
                .hint(visit.t("采纳时必填", "needed when upheld")),
        ),
    ];
    if growth {
        fields.push(field(
            FieldView::new("before", visit.t("上一期的数值", "The value of the period before"), "number")
                .typed("decimal"),
        ));
    }
    fields.push(field(FieldView::new("reason", visit.t("理由", "Reason"), "area").needed()));
    vec![GroupView { name: String::new(), fields }]
}
