//! `/governance/assessments/{id}/units/{unit}/self`: the self-evaluation of a unit.

use std::sync::Arc;

use askama::Template;
use assessment::{
    AssessmentError, AssessmentId, Entered, FileId, Input, NewFile, Scheme, SelfEvaluation, State as Standing,
    UnitFound, attach, detach, enter, rule_words,
};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use network::{Fault, OrganisationId};

use super::{HERE, begin, key, named, tabs};
use crate::App;
use crate::form::{FaultLine, form_status};
use crate::frame::{Visit, page};
use crate::pages::cases::brought::Brought;
use crate::problem::Failure;
use crate::sent::{Sent, fault};
use crate::words::moment;

#[derive(Template)]
#[template(path = "governance/assessments/entry.html")]
struct EntryPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    address: String,
    unit_address: String,
    assessment: String,
    version: i64,
    until: Option<String>,
    key: String,
    words: String,
    parts: Vec<Part>,
    faults: Vec<FaultLine>,
    stale: bool,
    saved: bool,
    /// When it was handed in.
    handed_in: Option<String>,
}

/// A dimension of the form.
struct Part {
    title: String,
    items: Vec<ItemView>,
}

/// An item of the form.
struct ItemView {
    code: String,
    title: String,
    about: String,
    rule: String,
    unit: String,
    missing: &'static str,
    kind: &'static str,
    value: String,
    before: Option<String>,
    note: String,
    evidence: bool,
    files: Vec<FileView>,
    fault: Option<String>,
}

/// A file that was attached.
struct FileView {
    id: String,
    address: String,
    name: String,
    hash: String,
}

pub(crate) async fn ask(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, unit)): Path<(String, String)>,
) -> Result<Response, Failure> {
    whole(&visit, &app, (&named(&id)?, &named(&unit)?), Told::default()).await
}

/// What the page tells besides.
#[derive(Default)]
struct Told {
    sent: Sent,
    faults: Vec<Fault>,
    stale: bool,
}

pub(crate) async fn send(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, unit)): Path<(String, String)>,
    brought: Brought,
) -> Result<Response, Failure> {
    let (id, unit): (AssessmentId, OrganisationId) = (named(&id)?, named(&unit)?);
    let Brought { sent, files } = brought;
    let it = app.assessments.unit(&visit.actor, &id, &unit).await?;
    let (figures, faults) = figures(&it.scheme, &sent);
    if !faults.is_empty() {
        return whole(&visit, &app, (&id, &unit), Told { sent, faults, stale: false }).await;
    }
    let (now, at) = ((app.clock.now)(), (&id, &unit));
    let entered = SelfEvaluation {
        version: sent.version()?,
        words: sent.get("words"),
        figures: &figures,
        submit: sent.get("act") == "submit",
    };
    let mut write = begin(&app).await?;
    let done = async {
        for file in files {
            let of = file.field.strip_prefix("file-").unwrap_or_default().to_owned();
            let key = file.id(&format!("{id} {unit} {}", sent.get("key"))).to_string();
            let new = NewFile { key: &key, item: &of, name: &file.name, content: file.bytes };
            attach(&mut write, now, &visit.actor, at, new).await.map_err(|error| at_item(error, &of))?;
        }
        for taken in sent.all("detach") {
            if let Ok(taken) = taken.parse::<FileId>() {
                detach(&mut write, now, &visit.actor, &taken).await?;
            }
        }
        enter(&mut write, now, &visit.actor, at, &entered).await
    };
    match done.await {
        Ok(after) => {
            write.commit().await?;
            let tail = if after.submitted_at.is_some() { "" } else { "/self" };
            Ok(Redirect::to(&format!("{HERE}/{id}/units/{unit}{tail}")).into_response())
        }
        Err(AssessmentError::Invalid(faults)) => {
            drop(write);
            whole(&visit, &app, at, Told { sent, faults, stale: false }).await
        }
        Err(AssessmentError::Stale { .. }) => {
            drop(write);
            whole(&visit, &app, at, Told { sent, stale: true, ..Told::default() }).await
        }
        Err(error) => Err(error.into()),
    }
}

/// A fault of a file is a fault of its item.
fn at_item(error: AssessmentError, item: &str) -> AssessmentError {
    match error {
        AssessmentError::Invalid(faults) => AssessmentError::Invalid(
            faults.into_iter().map(|fault| Fault { field: item.to_owned(), ..fault }).collect(),
        ),
        other => other,
    }
}

/// The figures of a form; what is no number is told.
fn figures(scheme: &Scheme, sent: &Sent) -> (Vec<Entered>, Vec<Fault>) {
    let (mut figures, mut faults) = (Vec::new(), Vec::new());
    for (_, item) in scheme.items().filter(|(_, item)| item.is_entered()) {
        let Some(text) = sent.given(&format!("v-{}", item.code)) else { continue };
        let mut number = |text: &str| -> Option<f64> {
            let text = text.trim().replace(['，', ','], "");
            if text.is_empty() {
                return None;
            }
            let read = text.parse::<f64>().ok().filter(|value| value.is_finite());
            if read.is_none() {
                faults.push(fault(&item.code, "请填写数字", "is a number"));
            }
            read
        };
        let value = number(text);
        let before = sent.given(&format!("b-{}", item.code)).and_then(&mut number);
        let note = sent.get(&format!("n-{}", item.code)).to_owned();
        figures.push(Entered { item: item.code.clone(), value, before, note });
    }
    (figures, faults)
}

async fn whole(
    visit: &Visit,
    app: &App,
    (id, unit): (&AssessmentId, &OrganisationId),
    told: Told,
) -> Result<Response, Failure> {
    let it = app.assessments.unit(&visit.actor, id, unit).await?;
    visit.actor.require_at(accounts::Permission::ReportProgress, unit)?;
    if it.assessment.state != Standing::SelfEvaluation {
        return Err(AssessmentError::State(it.assessment.state).into());
    }
    let lang = visit.lang.code();
    let address = format!("{HERE}/{id}");
    let parts: Vec<Part> = it
        .scheme
        .dimensions
        .iter()
        .map(|dimension| Part {
            title: dimension.title.text(lang).to_owned(),
            items: dimension
                .items
                .iter()
                .filter(|item| item.is_entered() || item.is_reviewed())
                .map(|item| view(&it, item, &told, &address, visit))
                .collect(),
        })
        .filter(|part| !part.items.is_empty())
        .collect();
    let status = form_status(told.stale, told.faults.is_empty());
    let html = page(&EntryPage {
        visit,
        title: format!("{} · {}", visit.t("自评", "Self-evaluation"), it.unit.name.text(lang)),
        tabs: tabs(visit),
        unit_address: format!("{address}/units/{unit}"),
        assessment: it.assessment.title.text(lang).to_owned(),
        version: it.unit.version,
        until: it.assessment.until.map(|day| day.to_string()),
        key: told.sent.given("key").map_or_else(|| key(app), str::to_owned),
        words: told.sent.given("words").unwrap_or(&it.unit.words).to_owned(),
        faults: told.faults.iter().map(|fault| line(fault, &it.scheme, visit)).collect(),
        stale: told.stale,
        handed_in: it.unit.submitted_at.map(moment),
        saved: it.unit.version > 1 && it.unit.submitted_at.is_none() && told.faults.is_empty() && !told.stale,
        parts,
        address,
    })?;
    Ok((status, html).into_response())
}

/// A line of the summary that leads to its item.
fn line(fault: &Fault, scheme: &Scheme, visit: &Visit) -> FaultLine {
    let lang = visit.lang.code();
    let item = scheme.item(&fault.field);
    let title = item.map_or_else(String::new, |item| format!("{}{}", item.title.text(lang), visit.t("：", ": ")));
    let field = item.map_or_else(
        || fault.field.clone(),
        |item| if item.is_entered() { format!("v-{}", item.code) } else { format!("file-{}", item.code) },
    );
    FaultLine { field: Some(format!("f-{field}")), text: format!("{title}{}", fault.text(lang)) }
}

fn view(it: &UnitFound, item: &assessment::Item, told: &Told, address: &str, visit: &Visit) -> ItemView {
    let lang = visit.lang.code();
    let there = it.values.iter().find(|value| value.item == item.code);
    let typed = |prefix: &str, kept: Option<String>| {
        told.sent.given(&format!("{prefix}-{}", item.code)).map_or(kept.unwrap_or_default(), str::to_owned)
    };
    let own: Vec<&str> =
        told.faults.iter().filter(|fault| fault.field == item.code).map(|fault| fault.text(lang)).collect();
    let files = it.files.iter().filter(|file| file.item == item.code && !file.withdrawn).map(|file| FileView {
        id: file.id.to_string(),
        address: format!("{address}/files/{}", file.id),
        name: file.name.clone(),
        hash: file.hash.chars().take(12).collect(),
    });
    ItemView {
        code: item.code.clone(),
        title: item.title.text(lang).to_owned(),
        about: item.about.text(lang).to_owned(),
        rule: rule_words(item, lang),
        unit: item.unit().map_or_else(String::new, |unit| unit.text(lang).to_owned()),
        missing: item.missing.label(lang),
        kind: match (item.is_reviewed(), item.is_yes_no()) {
            (true, _) => "review",
            (false, true) => "yes-no",
            (false, false) => "number",
        },
        value: typed("v", there.map(|value| assessment::number(value.value))),
        before: item.needs_before().then(|| typed("b", there.and_then(|value| value.before).map(assessment::number))),
        note: typed("n", there.map(|value| value.note.clone())),
        evidence: matches!(item.input, Input::Entered { evidence: true, .. }),
        files: files.collect(),
        fault: (!own.is_empty()).then(|| own.join(visit.t("；", "; "))),
    }
}
