//! Objecting to an announced event, and applying for the repair of one in force.

use std::sync::Arc;

use accounts::Permission;
use axum::extract::{Path, State};
use axum::response::Response;
use credit::{CreditError, EventId, NewPaper, PaperKind};
use network::Fault;

use super::files::{PAPERS, back};
use super::view::EventView;
use super::{FormPage, begin, key, lines, named};
use crate::App;
use crate::form::{FieldView, GroupView};
use crate::frame::Visit;
use crate::problem::Failure;
use crate::sent::Sent;

fn address(kind: PaperKind, id: &EventId) -> String {
    format!("/governance/credit/events/{id}/{kind}")
}

pub(crate) async fn ask(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    form(&visit, &app, (&named(&id)?, PaperKind::Objection), &Sent::default(), &[]).await
}

pub(crate) async fn ask_repair(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    form(&visit, &app, (&named(&id)?, PaperKind::Repair), &Sent::default(), &[]).await
}

async fn form(
    visit: &Visit,
    app: &App,
    (id, kind): (&EventId, PaperKind),
    sent: &Sent,
    faults: &[Fault],
) -> Result<Response, Failure> {
    visit.actor.require(Permission::OwnAccount)?;
    let (event, _) = app.credit.event(&visit.actor, id).await?;
    let (agency, book) = (app.credit.agency(&event.agency).await?, app.credit.book().await?);
    let view = EventView::new(&event, Some(&agency), &book, visit);
    let objects = kind == PaperKind::Objection;
    let words =
        if objects { visit.t("异议理由", "Why") } else { visit.t("整改情况", "How the conditions are met") };
    let fields = [
        FieldView::new("capacity", visit.t("以谁的名义、何种身份", "In whose name, in which capacity"), "text")
            .value(sent.get("capacity"))
            .hint(visit.t("如：代理机构负责人", "such as: head of the agency")),
        FieldView::new("words", words, "area").value(sent.get("words")).needed(),
        FieldView::new("evidence", visit.t("证据", "Evidence"), "area").value(sent.get("evidence")).hint(visit.t(
            "每行一项：文号、网址或材料名称，最多 20 项；提交后可以上传文件",
            "one a line: numbers, addresses or names of papers; twenty at most. Files are added once this is sent",
        )),
    ];
    let (title, lead, button) = if objects {
        (
            visit.t("提出异议", "Object to a credit event"),
            visit.t(
                "每个事件只能提出一次异议，由录入人以外的人员决定。决定之前，该事件不计分。",
                "An event can be objected to once; a person other than the one who entered it decides. Until then it does not count.",
            ),
            visit.t("提交异议", "Object"),
        )
    } else {
        (
            visit.t("申请信用修复", "Apply for repair"),
            visit.t(
                "同意修复后，该事件不再计分，仍留在历史中。",
                "When repair is granted the event counts no more; it stays in the history.",
            ),
            visit.t("提交申请", "Apply"),
        )
    };
    let rule = book.rule(event.edition, &event.told.rule);
    let condition = rule.and_then(|rule| rule.condition.as_ref()).filter(|_| !objects);
    let mut about = vec![
        (visit.t("机构", "Agency").to_owned(), view.agency.clone()),
        (visit.t("事件", "Event").to_owned(), format!("{}（{}）", view.rule, view.points)),
        (visit.t("事实", "Facts").to_owned(), view.facts.clone()),
    ];
    about.extend(
        condition.map(|words| (visit.t("修复条件", "Conditions").to_owned(), words.text(visit.lang.code()).to_owned())),
    );
    let fields = fields.into_iter().map(|field| field.of(faults, visit.lang)).collect();
    let form = FormPage {
        crumbs: vec![(view.agency_address.clone(), view.agency.clone()), (view.address.clone(), view.rule.clone())],
        lead: lead.to_owned(),
        about,
        hidden: vec![("key", sent.given("key").map_or_else(|| key(app), str::to_owned))],
        groups: vec![GroupView { name: String::new(), fields }],
        button: button.to_owned(),
        ..FormPage::new(visit, title, address(kind, id), view.address.clone())
    };
    form.answer(faults)
}

pub(crate) async fn send(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    sent_in(&visit, &app, (&named(&id)?, PaperKind::Objection), &sent).await
}

pub(crate) async fn send_repair(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    sent_in(&visit, &app, (&named(&id)?, PaperKind::Repair), &sent).await
}

async fn sent_in(
    visit: &Visit,
    app: &App,
    (id, kind): (&EventId, PaperKind),
    sent: &Sent,
) -> Result<Response, Failure> {
    let evidence = lines(sent.get("evidence"));
    let new = NewPaper {
        key: sent.get("key"),
        kind,
        event: id,
        capacity: sent.get("capacity"),
        words: sent.get("words"),
        evidence: &evidence,
    };
    let mut write = begin(app).await?;
    match credit::hand_in(&mut write, (app.clock.now)(), &visit.actor, &new).await {
        Ok(_) => {
            write.commit().await?;
            Ok(back(id, PAPERS))
        }
        Err(CreditError::Invalid(faults)) => {
            drop(write);
            form(visit, app, (id, kind), sent, &faults).await
        }
        Err(error) => Err(error.into()),
    }
}
