//! Drafting an event, perhaps of a lead, and changing a draft.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use credit::{Agency, AgencyId, CreditError, Event, EventId, LeadId, NewEvent, Told};
use jiff::civil::Date;
use network::Fault;
use serde::Deserialize;

use super::{FormPage, begin, key, lines, named, signed, today};
use crate::App;
use crate::form::{Choice, FieldView, GroupView};
use crate::frame::Visit;
use crate::problem::Failure;
use crate::sent::{Sent, fault};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    /// The lead that an event is made of.
    lead: String,
}

/// What a form is about.
struct About<'a> {
    agency: &'a Agency,
    /// The draft that is changed.
    draft: Option<&'a Event>,
    /// The lead that an event is made of.
    lead: Option<credit::Lead>,
}

pub(crate) async fn ask(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let agency = app.credit.kept_agency(&visit.actor, &named(&id)?).await?;
    let lead = lead(&visit, &app, &asked.lead).await?;
    let about = About { agency: &agency, draft: None, lead };
    form(&visit, &app, &about, &Sent::default(), (&[], false)).await
}

async fn lead(visit: &Visit, app: &App, text: &str) -> Result<Option<credit::Lead>, Failure> {
    if text.is_empty() {
        return Ok(None);
    }
    Ok(Some(app.credit.lead(&visit.actor, &named::<LeadId>(text)?).await?))
}

async fn form(
    visit: &Visit,
    app: &App,
    about: &About<'_>,
    sent: &Sent,
    (faults, stale): (&[Fault], bool),
) -> Result<Response, Failure> {
    let lang = visit.lang.code();
    let draft = about.draft.map(|draft| &draft.told);
    let typed = |field: &str, known: String| sent.given(field).map_or(known, str::to_owned);
    let of = |get: fn(&Told) -> String| draft.map_or_else(String::new, get);
    let chosen = typed("rule", of(|told| told.rule.clone()));
    let book = app.credit.book().await?;
    let day = draft.map_or_else(|| today(app), |told| told.happened);
    let rules = book.on(day).map(|edition| edition.rules.as_slice()).unwrap_or_default();
    let rule = |rule: &credit::Rule| Choice {
        value: rule.code.clone(),
        name: format!(
            "{} {}（{}{}）",
            rule.code,
            rule.name.text(lang),
            signed(rule.points),
            if rule.to_d { visit.t("，直接定为 D", ", straight to D") } else { "" }
        ),
        chosen: chosen == rule.code,
    };
    let fields = [
        FieldView::new("rule", visit.t("适用规则", "Rule"), "choice").choices(rules.iter().map(rule).collect()),
        FieldView::new("happened", visit.t("发生日期", "Day on which it happened"), "date")
            .value(typed("happened", draft.map_or_else(|| today(app).to_string(), |told| told.happened.to_string())))
            .needed(),
        FieldView::new("document", visit.t("文书编号", "Number of the decision"), "text")
            .value(typed("document", of(|told| told.document.clone()))),
        FieldView::new("ground", visit.t("具体条款", "Article"), "text")
            .value(typed("ground", of(|told| told.ground.clone())))
            .hint(visit.t("规则已写明依据，这里补充条款", "The rule names the law; add the article here")),
        FieldView::new("facts", visit.t("事实（将公示）", "Facts (will be public)"), "area")
            .value(typed("facts", of(|told| told.facts.clone())))
            .hint(visit.t("只写可以公开的内容，不写个人信息", "Only what may be public; no personal data"))
            .needed(),
        FieldView::new("evidence", visit.t("证据（不公开）", "Evidence (not public)"), "area")
            .value(typed("evidence", of(|told| told.evidence.join("\n"))))
            .hint(visit.t(
                "每行一项：本站页面路径、文号或材料名称",
                "One a line: paths of this site, numbers or names of papers",
            )),
    ];
    let fields = fields.into_iter().map(|field| field.of(faults, visit.lang)).collect();
    let agency_address = format!("/governance/credit/agencies/{}", about.agency.id);
    let (title, action, back, hidden) = match about.draft {
        Some(draft) => (
            visit.t("修改事件草稿", "Change a draft event"),
            format!("/governance/credit/events/{}/edit", draft.id),
            format!("/governance/credit/events/{}", draft.id),
            vec![("version", draft.version.to_string())],
        ),
        None => (
            visit.t("录入信用事件", "Enter a credit event"),
            format!("{agency_address}/events/new"),
            agency_address.clone(),
            vec![("key", sent.given("key").map_or_else(|| key(app), str::to_owned))],
        ),
    };
    let mut hidden = hidden;
    let mut told = Vec::new();
    if let Some(lead) = &about.lead {
        hidden.push(("lead", lead.id.to_string()));
        hidden.push(("lead_version", lead.version.to_string()));
        told.push((
            visit.t("来自线索", "From the lead").to_owned(),
            format!("{} · {}", lead.kind.label(lang), lead.subject),
        ));
    }
    let moved = visit.t(
        "草稿已被他人修改，您的没有保存；您写的内容还在。",
        "Someone else changed the draft meanwhile; yours was not kept. What you wrote is still here.",
    );
    let form = FormPage {
        crumbs: vec![(agency_address, about.agency.name(lang).to_owned())],
        lead: visit
            .t(
                "先存为草稿，只有信用管理人员可见；公示后进入异议期，异议期满才计分。",
                "It is kept as a draft that keepers alone see. Once announced, objections may be made; when their days are over it counts.",
            )
            .to_owned(),
        about: told,
        stale: stale.then(|| moved.to_owned()),
        hidden,
        groups: vec![GroupView { name: String::new(), fields }],
        button: visit.t("存为草稿", "Keep as a draft").to_owned(),
        ..FormPage::new(visit, title, action, back)
    };
    form.answer(faults)
}

fn told(sent: &Sent) -> Result<Told, Fault> {
    let happened: Date = sent
        .get("happened")
        .trim()
        .parse()
        .map_err(|_| fault("happened", "日期写作 2026-07-01", "write the day as 2026-07-01"))?;
    Ok(Told {
        rule: sent.get("rule").to_owned(),
        happened,
        facts: sent.get("facts").trim().to_owned(),
        document: sent.get("document").trim().to_owned(),
        ground: sent.get("ground").trim().to_owned(),
        evidence: lines(sent.get("evidence")),
    })
}

pub(crate) async fn send(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: AgencyId = named(&id)?;
    let agency = app.credit.kept_agency(&visit.actor, &id).await?;
    let lead = lead(&visit, &app, sent.get("lead")).await?;
    let about = About { agency: &agency, draft: None, lead };
    let told = match told(&sent) {
        Ok(told) => told,
        Err(fault) => return form(&visit, &app, &about, &sent, (&[fault], false)).await,
    };
    let (now, key) = ((app.clock.now)(), sent.get("key"));
    let mut write = begin(&app).await?;
    let done = if let Some(lead) = &about.lead {
        let version = sent.get("lead_version").parse().unwrap_or(lead.version);
        credit::take_lead_up(&mut write, now, &visit.actor, (&lead.id, version), (key, &told)).await
    } else {
        let new = NewEvent { key, agency: &id, told: &told };
        credit::draft(&mut write, now, &visit.actor, &new).await
    };
    match done {
        Ok(event) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("/governance/credit/events/{}", event.id)).into_response())
        }
        Err(CreditError::Invalid(faults)) => {
            drop(write);
            form(&visit, &app, &about, &sent, (&faults, false)).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn edit(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    whole(&visit, &app, &named(&id)?, &Sent::default(), (&[], false)).await
}

async fn whole(
    visit: &Visit,
    app: &App,
    id: &EventId,
    sent: &Sent,
    told: (&[Fault], bool),
) -> Result<Response, Failure> {
    let event = app.credit.kept_event(&visit.actor, id).await?;
    let agency = app.credit.agency(&event.agency).await?;
    form(visit, app, &About { agency: &agency, draft: Some(&event), lead: None }, sent, told).await
}

pub(crate) async fn change(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: EventId = named(&id)?;
    app.credit.kept_event(&visit.actor, &id).await?;
    let told = match told(&sent) {
        Ok(told) => told,
        Err(fault) => return whole(&visit, &app, &id, &sent, (&[fault], false)).await,
    };
    let mut write = begin(&app).await?;
    match credit::edit_draft(&mut write, (app.clock.now)(), &visit.actor, (&id, sent.version()?), &told).await {
        Ok(_) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("/governance/credit/events/{id}")).into_response())
        }
        Err(CreditError::Invalid(faults)) => {
            drop(write);
            whole(&visit, &app, &id, &sent, (&faults, false)).await
        }
        Err(CreditError::Stale { .. }) => {
            drop(write);
            whole(&visit, &app, &id, &sent, (&[], true)).await
        }
        Err(error) => Err(error.into()),
    }
}
