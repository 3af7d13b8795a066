//! `/governance/assessments/{id}/review`: what a reviewer is called for, and the marks for one unit.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use assessment::{AssessmentError, AssessmentId, Call, Item, NewMark, State as Standing, declare_conflict, give_marks};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use network::{Fault, OrganisationId};

use super::{HERE, begin, named, tabs, today};
use crate::App;
use crate::form::{FaultLine, form_status};
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::{Sent, fault};

#[derive(Template)]
#[template(path = "governance/assessments/review.html")]
struct ReviewPage {
    visit: Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    state: &'static str,
    open: bool,
    until: Option<String>,
    rows: Vec<Row>,
    done: usize,
}

/// A unit to review.
struct Row {
    address: String,
    name: String,
    given: usize,
    expected: usize,
    conflict: Option<String>,
}

fn expected<'a>(items: impl Iterator<Item = &'a Item>, call: &Call) -> Vec<&'a Item> {
    items.filter(|item| item.is_reviewed() && (call.items.is_empty() || call.items.contains(&item.code))).collect()
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: AssessmentId = named(&id)?;
    let (actor, lang) = (&visit.actor, visit.lang.code());
    let (calls, marks) = app.assessments.own_review(actor, &id).await?;
    let (assessment, _) = app.assessments.assessment(actor, &id).await?;
    let mut rows = Vec::with_capacity(calls.len());
    let mut names: BTreeMap<OrganisationId, String> = BTreeMap::new();
    let mut scheme = None;
    for call in &calls {
        let found = app.assessments.unit(actor, &id, &call.unit).await?;
        names.insert(call.unit.clone(), found.unit.name.text(lang).to_owned());
        let scheme = scheme.get_or_insert(found.scheme);
        rows.push(Row {
            address: format!("{HERE}/{id}/review/{}", call.unit),
            name: names.get(&call.unit).cloned().unwrap_or_default(),
            given: marks.iter().filter(|mark| mark.unit == call.unit).count(),
            expected: expected(scheme.items().map(|(_, item)| item), call).len(),
            conflict: call.conflict.clone(),
        });
    }
    page(&ReviewPage {
        title: assessment.title.text(lang).to_owned(),
        tabs: tabs(&visit),
        state: assessment.state.label(lang),
        open: assessment.state == Standing::Review,
        until: assessment.until.filter(|_| assessment.state == Standing::Review).map(|day| day.to_string()),
        done: rows.iter().filter(|row| row.conflict.is_some() || row.given >= row.expected).count(),
        rows,
        visit,
    })
}

#[derive(Template)]
#[template(path = "governance/assessments/review_unit.html")]
struct UnitPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    address: String,
    assessment: String,
    open: bool,
    bound: bool,
    conflict: Option<String>,
    words: String,
    items: Vec<MarkView>,
    said: Vec<Said>,
    faults: Vec<FaultLine>,
    stale: bool,
    reason: String,
}

/// What the unit says of an item: title, value, note, files by address and name.
type Said = (String, String, String, Vec<(String, String)>);

/// A mark of the form.
struct MarkView {
    code: String,
    title: String,
    about: String,
    version: i64,
    score: String,
    words: String,
    files: Vec<(String, String)>,
    fault: Option<String>,
}

pub(crate) async fn unit(
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

pub(crate) async fn act(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, unit)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let (id, unit): (AssessmentId, OrganisationId) = (named(&id)?, named(&unit)?);
    let (now, at) = ((app.clock.now)(), (&id, &unit));
    let mut write = begin(&app).await?;
    let done = if sent.get("act") == "conflict" {
        declare_conflict(&mut write, now, &visit.actor, at, sent.get("reason")).await
    } else {
        match marks(&sent) {
            Ok(marks) => give_marks(&mut write, now, &visit.actor, at, &marks).await.map(|_| ()),
            Err(faults) => Err(AssessmentError::Invalid(faults)),
        }
    };
    match done {
        Ok(()) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("{HERE}/{id}/review")).into_response())
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

/// The marks of a form; items left empty are not given.
fn marks(sent: &Sent) -> Result<Vec<NewMark>, Vec<Fault>> {
    let (mut marks, mut faults) = (Vec::new(), Vec::new());
    for (name, text) in &sent.0 {
        let Some(item) = name.strip_prefix("m-") else { continue };
        if text.trim().is_empty() {
            continue;
        }
        let Ok(score) = text.trim().parse::<f64>() else {
            faults.push(fault(item, "分数为 0 至 100 的数字", "is a number from 0 to 100"));
            continue;
        };
        let version = sent.get(&format!("s-{item}")).parse().unwrap_or_default();
        marks.push(NewMark { item: item.to_owned(), version, score, words: sent.get(&format!("w-{item}")).to_owned() });
    }
    if faults.is_empty() { Ok(marks) } else { Err(faults) }
}

async fn whole(
    visit: &Visit,
    app: &App,
    (id, unit): (&AssessmentId, &OrganisationId),
    told: Told,
) -> Result<Response, Failure> {
    let (actor, lang) = (&visit.actor, visit.lang.code());
    let (calls, marks) = app.assessments.own_review(actor, id).await?;
    let call = calls.into_iter().find(|call| call.unit == *unit).ok_or(AssessmentError::NotCalled)?;
    let it = app.assessments.unit(actor, id, unit).await?;
    let files_of = |item: &str| -> Vec<(String, String)> {
        let own = it.files.iter().filter(|file| file.item == item && !file.withdrawn);
        own.map(|file| (format!("{HERE}/{id}/files/{}", file.id), file.name.clone())).collect()
    };
    let view = |item: &Item| {
        let there = marks.iter().find(|mark| mark.unit == *unit && mark.item == item.code);
        let typed = |prefix: &str, kept: String| {
            told.sent.given(&format!("{prefix}-{}", item.code)).map_or(kept, str::to_owned)
        };
        let own: Vec<&str> =
            told.faults.iter().filter(|fault| fault.field == item.code).map(|fault| fault.text(lang)).collect();
        MarkView {
            code: item.code.clone(),
            title: item.title.text(lang).to_owned(),
            about: item.about.text(lang).to_owned(),
            version: there.map_or(0, |mark| mark.version),
            score: typed("m", there.map_or_else(String::new, |mark| assessment::number(mark.score))),
            words: typed("w", there.map_or_else(String::new, |mark| mark.words.clone())),
            files: files_of(&item.code),
            fault: (!own.is_empty()).then(|| own.join(visit.t("；", "; "))),
        }
    };
    let said = it.values.iter().filter_map(|value| {
        let item = it.scheme.item(&value.item)?;
        let unit = item.unit().map_or("", |unit| unit.text(lang));
        let told = format!("{} {unit}", assessment::number(value.value));
        Some((item.title.text(lang).to_owned(), told, value.note.clone(), files_of(&value.item)))
    });
    let status = form_status(told.stale, told.faults.is_empty());
    let line = |fault: &Fault| {
        let title =
            it.scheme.item(&fault.field).map(|item| format!("{}{}", item.title.text(lang), visit.t("：", ": ")));
        let known = title.is_some();
        let field = if known { format!("f-m-{}", fault.field) } else { format!("f-{}", fault.field) };
        FaultLine { field: Some(field), text: format!("{}{}", title.unwrap_or_default(), fault.text(lang)) }
    };
    let html = page(&UnitPage {
        visit,
        title: it.unit.name.text(lang).to_owned(),
        tabs: tabs(visit),
        address: format!("{HERE}/{id}/review"),
        assessment: it.assessment.title.text(lang).to_owned(),
        open: it.assessment.state == Standing::Review,
        bound: app.assessments.is_bound(actor, unit, today(app)).await?,
        conflict: call.conflict.clone(),
        words: it.unit.words.clone(),
        items: expected(it.scheme.items().map(|(_, item)| item), &call).into_iter().map(view).collect(),
        said: said.collect(),
        faults: told.faults.iter().map(line).collect(),
        stale: told.stale,
        reason: told.sent.get("reason").to_owned(),
    })?;
    Ok((status, html).into_response())
}
