//! Deciding objections and applications for repair.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use credit::{
    CreditError, Event, EventId, ObjectionId, ObjectionOutcome, RepairDecision, RepairId, RepairOutcome, Ruling,
};
use network::Fault;

use super::view::EventView;
use super::{FormPage, begin, named};
use crate::App;
use crate::form::{Choice, FieldView, GroupView};
use crate::frame::Visit;
use crate::pages::network::choices;
use crate::problem::Failure;
use crate::sent::{Sent, fault};
use crate::words::moment;

pub(crate) async fn objection(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    objection_form(&visit, &app, &named(&id)?, &Sent::default(), (&[], false)).await
}

async fn objection_form(
    visit: &Visit,
    app: &App,
    id: &ObjectionId,
    sent: &Sent,
    (faults, stale): (&[Fault], bool),
) -> Result<Response, Failure> {
    let lang = visit.lang.code();
    let found = app.credit.objection(&visit.actor, id).await?;
    let (event, _) = app.credit.event(&visit.actor, &found.event).await?;
    let paper = Paper {
        made: format!("{} {}", moment(found.made_at), found.capacity),
        words: found.words,
        evidence: found.evidence,
        outcome: found.outcome.map(|outcome| outcome.label(lang)),
        reason: found.reason.unwrap_or_default(),
    };
    let chosen: Option<ObjectionOutcome> = sent.get("outcome").parse().ok();
    let book = app.credit.book().await?;
    let rules = book.edition(event.edition).map(|edition| edition.rules.as_slice()).unwrap_or_default();
    let none = Choice { value: String::new(), name: visit.t("（不变）", "(no other)").to_owned(), chosen: false };
    let rule = |rule: &credit::Rule| Choice {
        value: rule.code.clone(),
        name: format!("{} {}（{}）", rule.code, rule.name.text(lang), super::signed(rule.points)),
        chosen: sent.get("rule") == rule.code,
    };
    let fields = vec![
        FieldView::new("outcome", visit.t("结论", "Decision"), "choice").choices(choices(
            ObjectionOutcome::ALL,
            chosen,
            ObjectionOutcome::code,
            |outcome| outcome.label(lang),
        )),
        FieldView::new("rule", visit.t("部分成立时改按", "When granted in part: under the rule"), "choice")
            .choices(std::iter::once(none).chain(rules.iter().map(rule)).collect()),
        FieldView::new("reason", visit.t("理由", "Why"), "area").value(sent.get("reason")).needed(),
    ];
    let told = Told {
        title: visit.t("异议处理", "Objection"),
        action: format!("/governance/credit/objections/{id}"),
        version: found.version,
    };
    decision_form(visit, app, (&event, paper, told), fields, (faults, stale)).await
}

/// What is to be decided.
struct Paper {
    made: String,
    words: String,
    evidence: Vec<String>,
    outcome: Option<&'static str>,
    reason: String,
}

/// How its form is called and where it goes.
struct Told<'a> {
    title: &'a str,
    action: String,
    version: i64,
}

async fn decision_form(
    visit: &Visit,
    app: &App,
    (event, paper, told): (&Event, Paper, Told<'_>),
    fields: Vec<FieldView>,
    (faults, stale): (&[Fault], bool),
) -> Result<Response, Failure> {
    let (agency, book) = (app.credit.agency(&event.agency).await?, app.credit.book().await?);
    let view = EventView::new(event, Some(&agency), &book, visit);
    let mut about = vec![
        (visit.t("机构", "Agency").to_owned(), view.agency.clone()),
        (visit.t("事件", "Event").to_owned(), format!("{}（{}）", view.rule, view.points)),
        (visit.t("事实", "Facts").to_owned(), view.facts.clone()),
        (visit.t("提出", "Made").to_owned(), paper.made),
        (visit.t("内容", "Words").to_owned(), paper.words),
    ];
    if !paper.evidence.is_empty() {
        about.push((visit.t("证据", "Evidence").to_owned(), paper.evidence.join("\n")));
    }
    let open = paper.outcome.is_none();
    if let Some(outcome) = paper.outcome {
        about.push((visit.t("结论", "Decision").to_owned(), format!("{outcome}\n{}", paper.reason)));
    }
    let fields: Vec<FieldView> = fields.into_iter().map(|field| field.of(faults, visit.lang)).collect();
    let told_stale = visit.t(
        "已由他人作出决定，您的没有保存。下面是现在的情况。",
        "Someone else has decided meanwhile; yours was not kept. Below it stands as it is now.",
    );
    let form = FormPage {
        crumbs: vec![(view.agency_address.clone(), view.agency.clone()), (view.address.clone(), view.rule.clone())],
        lead: visit
            .t(
                "由录入人、异议人、申请人以外的人员决定；决定写入审计日志，当事人会收到通知。",
                "Decided by a person who neither entered the event nor objected or applied; it goes into the audit trail, and who asked is told.",
            )
            .to_owned(),
        about,
        stale: stale.then(|| told_stale.to_owned()),
        hidden: vec![("version", told.version.to_string())],
        groups: if open { vec![GroupView { name: String::new(), fields }] } else { Vec::new() },
        button: if open { visit.t("作出决定", "Decide").to_owned() } else { String::new() },
        ..FormPage::new(visit, told.title, told.action, view.address.clone())
    };
    form.answer(faults)
}

pub(crate) async fn rule(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: ObjectionId = named(&id)?;
    let event = app.credit.objection(&visit.actor, &id).await?.event;
    let Ok(outcome) = sent.get("outcome").parse::<ObjectionOutcome>() else {
        let fault = fault("outcome", "请选择结论", "choose a decision");
        return objection_form(&visit, &app, &id, &sent, (&[fault], false)).await;
    };
    let rule = Some(sent.get("rule")).filter(|rule| !rule.is_empty());
    let ruling = Ruling { id: &id, version: sent.version()?, outcome, rule, reason: sent.get("reason") };
    let mut write = begin(&app).await?;
    match credit::decide_objection(&mut write, (app.clock.now)(), &visit.actor, &ruling).await {
        Ok(_) => done(write, &event).await,
        Err(CreditError::Invalid(faults)) => {
            drop(write);
            objection_form(&visit, &app, &id, &sent, (&faults, false)).await
        }
        Err(CreditError::Stale { .. } | CreditError::Step { .. }) => {
            drop(write);
            objection_form(&visit, &app, &id, &sent, (&[], true)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn done(write: database::Write, event: &EventId) -> Result<Response, Failure> {
    write.commit().await?;
    Ok(Redirect::to(&format!("/governance/credit/events/{event}")).into_response())
}

pub(crate) async fn repair(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    repair_form(&visit, &app, &named(&id)?, &Sent::default(), (&[], false)).await
}

async fn repair_form(
    visit: &Visit,
    app: &App,
    id: &RepairId,
    sent: &Sent,
    (faults, stale): (&[Fault], bool),
) -> Result<Response, Failure> {
    let lang = visit.lang.code();
    let found = app.credit.repair(&visit.actor, id).await?;
    let (event, _) = app.credit.event(&visit.actor, &found.event).await?;
    let paper = Paper {
        made: format!("{} {}", moment(found.made_at), found.capacity),
        words: found.words,
        evidence: found.evidence,
        outcome: found.outcome.map(|outcome| outcome.label(lang)),
        reason: found.reason.unwrap_or_default(),
    };
    let chosen: Option<RepairOutcome> = sent.get("outcome").parse().ok();
    let book = app.credit.book().await?;
    let condition = book.rule(event.edition, &event.told.rule).and_then(|rule| rule.condition.clone());
    let fields = vec![
        FieldView::new("outcome", visit.t("结论", "Decision"), "choice")
            .choices(choices(RepairOutcome::ALL, chosen, RepairOutcome::code, |outcome| outcome.label(lang)))
            .hint(condition.map_or_else(String::new, |words| {
                format!("{}{}", visit.t("条件：", "Conditions: "), words.text(lang))
            })),
        FieldView::new("reason", visit.t("理由", "Why"), "area").value(sent.get("reason")).needed(),
    ];
    let told = Told {
        title: visit.t("信用修复审核", "Application for repair"),
        action: format!("/governance/credit/repairs/{id}"),
        version: found.version,
    };
    decision_form(visit, app, (&event, paper, told), fields, (faults, stale)).await
}

pub(crate) async fn repaired(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: RepairId = named(&id)?;
    let event = app.credit.repair(&visit.actor, &id).await?.event;
    let Ok(outcome) = sent.get("outcome").parse::<RepairOutcome>() else {
        let fault = fault("outcome", "请选择结论", "choose a decision");
        return repair_form(&visit, &app, &id, &sent, (&[fault], false)).await;
    };
    let decision = RepairDecision { id: &id, version: sent.version()?, outcome, reason: sent.get("reason") };
    let mut write = begin(&app).await?;
    match credit::decide_repair(&mut write, (app.clock.now)(), &visit.actor, &decision).await {
        Ok(_) => done(write, &event).await,
        Err(CreditError::Invalid(faults)) => {
            drop(write);
            repair_form(&visit, &app, &id, &sent, (&faults, false)).await
        }
        Err(CreditError::Stale { .. } | CreditError::Step { .. }) => {
            drop(write);
            repair_form(&visit, &app, &id, &sent, (&[], true)).await
        }
        Err(error) => Err(error.into()),
    }
}
