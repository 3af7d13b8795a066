//! `/governance/plans/new`: a plan from nothing, from one that comes with the program, or from TOML.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use network::OrganisationId;
use plans::{Contents, NewPlan, STARTING, Text};

use super::{address, begin, key, today};
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::pages::governance::units;
use crate::parcel::Parcel;
use crate::problem::Failure;
use crate::sent::Sent;

#[derive(Template)]
#[template(path = "governance/plans/new.html")]
struct NewPage<'a> {
    visit: &'a Visit,
    title: String,
    key: String,
    issuers: Vec<Choice>,
    starting: Vec<Choice>,
    name: String,
    year: String,
    faults: Vec<String>,
}

pub(crate) async fn ask(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    visit.actor.require(Permission::EditPlans)?;
    let sent = Sent(vec![("key".to_owned(), key(&app)), ("year".to_owned(), today(&app).year().to_string())]);
    shown(&visit, &app, &sent, Vec::new()).await
}

async fn shown(visit: &Visit, app: &App, sent: &Sent, faults: Vec<String>) -> Result<Response, Failure> {
    let nodes = units::under(app, visit, Permission::EditPlans, today(app)).await?;
    let chosen: Option<OrganisationId> = sent.get("issuer").parse().ok();
    let blank = Choice {
        value: String::new(),
        name: visit.t("空白计划", "an empty plan").to_owned(),
        chosen: sent.get("from").is_empty(),
    };
    let mut starting = vec![blank];
    for plan in STARTING {
        let contents = Contents::from_toml(plan.toml).map_err(|error| Failure::Broken(Box::new(error)))?;
        let (name, chosen) = (contents.title.text(visit.lang.code()).to_owned(), sent.get("from") == plan.key);
        starting.push(Choice { value: plan.key.to_owned(), name, chosen });
    }
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let html = page(&NewPage {
        visit,
        title: visit.t("新建计划", "New plan").to_owned(),
        key: sent.get("key").to_owned(),
        issuers: units::choices(&nodes, chosen.as_ref(), visit),
        starting,
        name: sent.get("name").to_owned(),
        year: sent.get("year").to_owned(),
        faults,
    })?;
    Ok((status, html).into_response())
}

pub(crate) async fn make(visit: Visit, State(app): State<Arc<App>>, form: Multipart) -> Result<Response, Failure> {
    visit.actor.require(Permission::EditPlans)?;
    let parcel = Parcel::read(form).await?;
    let sent = &parcel.texts;
    let mut faults = Vec::new();
    let contents = contents(&visit, &parcel, &mut faults);
    let Ok(issuer) = sent.get("issuer").parse::<OrganisationId>() else {
        faults.push(visit.t("请选择编制单位。", "Choose whose plan it is.").to_owned());
        return shown(&visit, &app, sent, faults).await;
    };
    let Some(contents) = contents.filter(|_| faults.is_empty()) else {
        return shown(&visit, &app, sent, faults).await;
    };
    let new = NewPlan { key: sent.get("key"), issuer: &issuer, contents: &contents, copied_from: None };
    let mut write = begin(&app).await?;
    let made = app.plans.make(&mut write, (app.clock.now)(), &visit.actor, &new).await?;
    write.commit().await?;
    Ok(Redirect::to(&address(&made.id)).into_response())
}

/// What the new plan says: the file where one came, else the plan that was chosen, else nothing but a title.
fn contents(visit: &Visit, parcel: &Parcel, faults: &mut Vec<String>) -> Option<Contents> {
    let sent = &parcel.texts;
    let lang = visit.lang.code();
    if !parcel.bytes.is_empty() {
        let Ok(text) = std::str::from_utf8(&parcel.bytes) else {
            faults.push(visit.t("文件不是 UTF-8 文本。", "The file is no UTF-8 text.").to_owned());
            return None;
        };
        return Contents::from_toml(text).map_err(|error| faults.push(error.text(lang))).ok();
    }
    if let Some(plan) = plans::starting(sent.get("from")) {
        return plan.map_err(|error| faults.push(error.text(lang))).ok();
    }
    let (name, year) = (sent.get("name").trim(), sent.get("year").trim().parse());
    if name.is_empty() {
        faults.push(
            visit
                .t("请填写标题，或选择一份已有的计划。", "Give it a title, or choose a plan to begin with.")
                .to_owned(),
        );
    }
    let Ok(year) = year else {
        faults.push(visit.t("年度写作 2026。", "Write the year as 2026.").to_owned());
        return None;
    };
    let mut contents = Contents::new(Text::new(name, ""), year);
    contents.groups.push(plans::Group { key: "1".to_owned(), title: Text::new("任务", "Tasks"), tasks: Vec::new() });
    Some(contents)
}
