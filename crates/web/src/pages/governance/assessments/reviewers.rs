//! `/governance/assessments/{id}/reviewers`: who is called for which units, and how far they are.

use std::collections::BTreeMap;
use std::sync::Arc;

use accounts::{PersonId, Role, StaffQuery};
use askama::Template;
use assessment::{AssessmentError, AssessmentId, Call, State as Standing, call, uncall};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use network::OrganisationId;

use super::people::names;
use super::{HERE, begin, named, tabs, today};
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::Sent;

#[derive(Template)]
#[template(path = "governance/assessments/reviewers.html")]
struct ReviewersPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    address: String,
    assessment: String,
    rows: Vec<Row>,
    experts: Vec<Choice>,
    units: Vec<Choice>,
    items: Vec<Choice>,
    open: bool,
    fault: Option<String>,
    typed: String,
}

/// A reviewer of a unit.
struct Row {
    number: u32,
    person: String,
    person_id: String,
    unit: String,
    unit_id: String,
    items: String,
    marks: String,
    conflict: Option<String>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    whole(&visit, &app, &named(&id)?, &Sent::default(), None).await
}

pub(crate) async fn act(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: AssessmentId = named(&id)?;
    let now = (app.clock.now)();
    let done = match sent.get("act") {
        "call" => called(&app, &visit, &id, &sent).await?,
        "uncall" => {
            let (person, unit): (PersonId, OrganisationId) = (named(sent.get("person"))?, named(sent.get("unit"))?);
            let mut write = begin(&app).await?;
            uncall(&mut write, now, &visit.actor, &id, (&person, &unit)).await?;
            write.commit().await?;
            Ok(())
        }
        other => return Err(Failure::parameter("act", other, "call, uncall")),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("{HERE}/{id}/reviewers")).into_response()),
        Err(told) => whole(&visit, &app, &id, &sent, Some(told)).await,
    }
}

/// Calls a person, found by the list or by a whole address; what keeps it from being done is told.
async fn called(app: &App, visit: &Visit, id: &AssessmentId, sent: &Sent) -> Result<Result<(), String>, Failure> {
    let now = (app.clock.now)();
    let person: Option<PersonId> = match (sent.get("person"), sent.get("contact").trim()) {
        ("", "") => None,
        ("", contact) => app.accounts.find(&visit.actor, contact, now).await?.map(|found| found.id),
        (person, _) => person.parse().ok(),
    };
    let Some(person) = person else {
        return Ok(Err(visit.t("没有找到这位专家", "There is no such expert").to_owned()));
    };
    let units: Vec<OrganisationId> = sent.all("units").filter_map(|unit| unit.parse().ok()).collect();
    if units.is_empty() {
        return Ok(Err(visit.t("请勾选要评审的单位", "Tick the units to review").to_owned()));
    }
    let items: Vec<String> = sent.all("items").map(str::to_owned).collect();
    let reviewer = app.accounts.actor_of(&person, now).await?;
    let mut bound = Vec::new();
    for unit in &units {
        if app.assessments.is_bound(&reviewer, unit, today(app)).await? {
            bound.push(super::people::organisation(app, visit, unit).await?);
        }
    }
    if !bound.is_empty() {
        let told = visit.t("与以下单位有任职关系，不能评审：", "This person works at, above or under: ");
        return Ok(Err(format!("{told}{}", bound.join(visit.t("、", ", ")))));
    }
    let mut write = begin(app).await?;
    match call(&mut write, now, &visit.actor, id, (&reviewer, &units, &items)).await {
        Ok(_) => {
            write.commit().await?;
            Ok(Ok(()))
        }
        Err(error @ (AssessmentError::Conflict | AssessmentError::NoExpert | AssessmentError::State(_))) => {
            Ok(Err(error.text(visit.lang.code())))
        }
        Err(error) => Err(error.into()),
    }
}

async fn whole(
    visit: &Visit,
    app: &App,
    id: &AssessmentId,
    sent: &Sent,
    fault: Option<String>,
) -> Result<Response, Failure> {
    let (actor, lang) = (&visit.actor, visit.lang.code());
    let (assessment, access) = app.assessments.assessment(actor, id).await?;
    let (calls, marks) = app.assessments.reviewers(actor, id).await?;
    let progress = app.assessments.progress(actor, id).await?;
    let unit_names: BTreeMap<OrganisationId, String> =
        progress.iter().map(|one| (one.unit.id.clone(), one.unit.name.text(lang).to_owned())).collect();
    let people = names(app, calls.iter().map(|call| call.person.clone()).collect()).await?;
    let versions = app.assessments.versions(actor, &assessment.scheme).await?;
    let scheme =
        versions.into_iter().find(|version| version.number == assessment.number).ok_or(Failure::NotFound)?.scheme;
    let reviewed: Vec<&assessment::Item> =
        scheme.items().map(|(_, item)| item).filter(|item| item.is_reviewed()).collect();
    let row = |call: &Call| {
        let expected = reviewed.iter().filter(|item| call.items.is_empty() || call.items.contains(&item.code)).count();
        let given = marks.iter().filter(|mark| mark.person == call.person && mark.unit == call.unit).count();
        let titles: Vec<&str> =
            reviewed.iter().filter(|item| call.items.contains(&item.code)).map(|item| item.title.text(lang)).collect();
        Row {
            number: call.number,
            person: people.get(&call.person).cloned().unwrap_or_default(),
            person_id: call.person.to_string(),
            unit: unit_names.get(&call.unit).cloned().unwrap_or_default(),
            unit_id: call.unit.to_string(),
            items: if titles.is_empty() {
                visit.t("全部评审项", "all").to_owned()
            } else {
                titles.join(visit.t("、", ", "))
            },
            marks: format!("{given} / {expected}"),
            conflict: call.conflict.clone(),
        }
    };
    let mut units: Vec<Choice> = unit_names
        .iter()
        .map(|(id, name)| Choice {
            value: id.to_string(),
            name: name.clone(),
            chosen: sent.all("units").any(|it| it == id.as_str()),
        })
        .collect();
    units.sort_by(|a, b| a.name.cmp(&b.name));
    let items = reviewed.iter().map(|item| Choice {
        value: item.code.clone(),
        name: item.title.text(lang).to_owned(),
        chosen: sent.all("items").any(|it| it == item.code),
    });
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let html = page(&ReviewersPage {
        visit,
        title: visit.t("评审专家", "Reviewers").to_owned(),
        tabs: tabs(visit),
        address: format!("{HERE}/{id}"),
        assessment: assessment.title.text(lang).to_owned(),
        rows: calls.iter().map(row).collect(),
        experts: experts(app, visit, sent.get("person")).await?,
        units,
        items: items.collect(),
        open: access.keeps && assessment.state < Standing::Provisional,
        fault,
        typed: sent.get("contact").to_owned(),
    })?;
    Ok((status, html).into_response())
}

/// The experts whose roles whoever visits manages.
async fn experts(app: &App, visit: &Visit, chosen: &str) -> Result<Vec<Choice>, Failure> {
    if !visit.actor.may(accounts::Permission::ManageRoles) {
        return Ok(Vec::new());
    }
    let asked = StaffQuery { role: Some(Role::Expert), limit: 200, ..StaffQuery::default() };
    let found = app.accounts.staff(&visit.actor, &asked, (app.clock.now)()).await?;
    let mut all: BTreeMap<PersonId, String> = BTreeMap::new();
    for staff in found.staff.into_iter().filter(|staff| staff.given.role == Role::Expert) {
        all.insert(staff.given.person, staff.name);
    }
    let choice = |(id, name): (PersonId, String)| Choice { chosen: id.as_str() == chosen, value: id.to_string(), name };
    Ok(all.into_iter().map(choice).collect())
}
