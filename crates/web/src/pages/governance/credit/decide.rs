//! Deciding objections and applications for repair.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use credit::{CreditError, Decision, Edition, Event, Outcome, Paper, PaperId, PaperKind, Shown};
use network::Fault;

use super::files::FilesView;
use super::view::EventView;
use super::{FormPage, begin, named};
use crate::App;
use crate::form::{Choice, FieldView, GroupView};
use crate::frame::Visit;
use crate::pages::network::choices;
use crate::problem::Failure;
use crate::sent::{Sent, fault};
use crate::words::moment;

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    form(&visit, &app, &named(&id)?, &Sent::default(), (&[], false)).await
}

async fn form(
    visit: &Visit,
    app: &App,
    id: &PaperId,
    sent: &Sent,
    (faults, stale): (&[Fault], bool),
) -> Result<Response, Failure> {
    let lang = visit.lang.code();
    let paper = app.credit.paper(&visit.actor, id).await?;
    let (event, _) = app.credit.event(&visit.actor, &paper.event).await?;
    let (agency, book) = (app.credit.agency(&event.agency).await?, app.credit.book().await?);
    let view = EventView::new(&event, Some(&agency), &book, visit);
    let mut about = vec![
        (visit.t("机构", "Agency").to_owned(), view.agency.clone()),
        (visit.t("事件", "Event").to_owned(), format!("{}（{}）", view.rule, view.points)),
        (visit.t("事实", "Facts").to_owned(), view.facts.clone()),
        (visit.t("提出", "Made").to_owned(), format!("{} {}", moment(paper.made_at), paper.capacity)),
        (visit.t("内容", "Words").to_owned(), paper.words.clone()),
    ];
    if !paper.evidence.is_empty() {
        about.push((visit.t("证据", "Evidence").to_owned(), paper.evidence.join("\n")));
    }
    let decided = paper.outcome_label(lang);
    if let Some(outcome) = decided {
        let reason = paper.reason.as_deref().unwrap_or_default();
        about.push((visit.t("结论", "Decision").to_owned(), format!("{outcome}\n{reason}")));
    }
    let fields = fields(visit, (&paper, &event), book.edition(event.edition), sent);
    let fields: Vec<FieldView> = fields.into_iter().map(|field| field.of(faults, visit.lang)).collect();
    let told_stale = visit.t(
        "已由他人作出决定或补充了材料，您的没有保存。下面是现在的情况。",
        "Someone else has decided, or files were added, meanwhile; yours was not kept. Below it stands as it is now.",
    );
    let title = match paper.kind {
        PaperKind::Objection => visit.t("异议处理", "Objection"),
        PaperKind::Repair => visit.t("信用修复审核", "Application for repair"),
    };
    let open = decided.is_none();
    let form = FormPage {
        crumbs: vec![(view.agency_address.clone(), view.agency.clone()), (view.address.clone(), view.rule.clone())],
        lead: visit
            .t(
                "由录入人、异议人、申请人以外的人员决定；决定写入审计日志，当事人会收到通知。",
                "Decided by a person who neither entered the event nor objected or applied; it goes into the audit trail, and who asked is told.",
            )
            .to_owned(),
        about,
        files: FilesView::new(app, visit, &Shown::Paper(paper.id.clone())).await?,
        stale: stale.then(|| told_stale.to_owned()),
        hidden: vec![("version", paper.version.to_string())],
        groups: if open { vec![GroupView { name: String::new(), fields }] } else { Vec::new() },
        button: if open { visit.t("作出决定", "Decide").to_owned() } else { String::new() },
        ..FormPage::new(visit, title, address(&paper), view.address.clone())
    };
    form.answer(faults)
}

/// The page on which a paper is decided.
pub(super) fn address(paper: &Paper) -> String {
    let word = match paper.kind {
        PaperKind::Objection => "objections",
        PaperKind::Repair => "repairs",
    };
    format!("/governance/credit/{word}/{}", paper.id)
}

fn fields(visit: &Visit, (paper, event): (&Paper, &Event), edition: Option<&Edition>, sent: &Sent) -> Vec<FieldView> {
    let lang = visit.lang.code();
    let chosen: Option<Outcome> = sent.get("outcome").parse().ok();
    let outcomes =
        choices(paper.kind.outcomes(), chosen, Outcome::code, |outcome| paper.kind.outcome_label(outcome, lang));
    let mut outcome = FieldView::new("outcome", visit.t("结论", "Decision"), "choice").choices(outcomes);
    let mut other = None;
    match paper.kind {
        PaperKind::Objection => {
            let none =
                Choice { value: String::new(), name: visit.t("（不变）", "(no other)").to_owned(), chosen: false };
            let rule = |rule: &credit::Rule| Choice {
                value: rule.code.clone(),
                name: format!("{} {}（{}）", rule.code, rule.name.text(lang), super::signed(rule.points)),
                chosen: sent.get("rule") == rule.code,
            };
            let rules = edition.map(|edition| edition.rules.as_slice()).unwrap_or_default();
            let label = visit.t("部分成立时改按", "When granted in part: under the rule");
            let all = std::iter::once(none).chain(rules.iter().map(rule)).collect();
            other = Some(FieldView::new("rule", label, "choice").choices(all));
        }
        PaperKind::Repair => {
            let rule = edition.and_then(|edition| edition.rule(&event.told.rule));
            if let Some(condition) = rule.and_then(|rule| rule.condition.as_ref()) {
                let hint = format!("{}{}", visit.t("条件：", "Conditions: "), condition.text(lang));
                outcome = outcome.hint(hint);
            }
        }
    }
    let reason = FieldView::new("reason", visit.t("理由", "Why"), "area").value(sent.get("reason")).needed();
    std::iter::once(outcome).chain(other).chain([reason]).collect()
}

pub(crate) async fn send(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: PaperId = named(&id)?;
    let event = app.credit.paper(&visit.actor, &id).await?.event;
    let Ok(outcome) = sent.get("outcome").parse::<Outcome>() else {
        let fault = fault("outcome", "请选择结论", "choose a decision");
        return form(&visit, &app, &id, &sent, (&[fault], false)).await;
    };
    let rule = Some(sent.get("rule")).filter(|rule| !rule.is_empty());
    let decision = Decision { id: &id, version: sent.version()?, outcome, rule, reason: sent.get("reason") };
    let mut write = begin(&app).await?;
    match credit::decide(&mut write, (app.clock.now)(), &visit.actor, &decision).await {
        Ok(_) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("/governance/credit/events/{event}")).into_response())
        }
        Err(CreditError::Invalid(faults)) => {
            drop(write);
            form(&visit, &app, &id, &sent, (&faults, false)).await
        }
        Err(CreditError::Stale { .. } | CreditError::Step { .. }) => {
            drop(write);
            form(&visit, &app, &id, &sent, (&[], true)).await
        }
        Err(error) => Err(error.into()),
    }
}
