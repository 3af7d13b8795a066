//! `/network/new` and `/network/{id}/edit`: the particulars, entered and changed.

use std::sync::Arc;

use accounts::keeping::{self, KeepingError, Keeps, OWN_FIELDS};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use network::{Edit, Fault, Kind, Level, NetworkError, NewOrganisation, Organisation, OrganisationId, Profile};
use serde::Deserialize;

use super::form;
use super::history::{self, Difference};
use super::sent;
use super::{card, failed, moment, named, not_kept, store};
use crate::App;
use crate::form::GroupView;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::Sent;

#[derive(Template)]
#[template(path = "network/edit.html")]
struct EditPage<'a> {
    visit: &'a Visit,
    title: String,
    /// Where the form goes.
    action: String,
    /// Back without a change.
    back: String,
    back_name: String,
    hidden: Vec<(&'static str, String)>,
    groups: Vec<GroupView>,
    faults: Vec<String>,
    has_faults: bool,
    from: String,
    from_fault: Option<String>,
    /// For a new organisation: what it stands under.
    parent: Option<(String, Option<String>)>,
    stale: Option<Stale>,
}

/// What someone else changed meanwhile.
struct Stale {
    version: i64,
    rows: Vec<StaleRow>,
}

/// A field in three states: as the sender saw it, as it is, as the sender wants it.
struct StaleRow {
    name: &'static str,
    seen: String,
    now: String,
    yours: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    parent: String,
}

/// The particulars of an organisation to be changed.
pub(crate) async fn edit(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = named(&id)?;
    let keeps = keeping::keeps_some(&visit.actor, &id)?;
    let now = current(&app, &id).await?;
    answer(&visit, &now, keeps, &Sent::default(), &[], None, moment(&app).date())
}

pub(crate) async fn change(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id = named(&id)?;
    let keeps = keeping::keeps_some(&visit.actor, &id)?;
    let (now, today, version) = (current(&app, &id).await?, moment(&app).date(), sent.version()?);
    let mut faults = Vec::new();
    let read = form::read(&sent, Some(&now.profile), only(keeps)).map_err(|wrong| faults.extend(wrong));
    let from = sent.from(today).map_err(|wrong| faults.push(wrong)).unwrap_or(today);
    let Some(profile) = read.ok().filter(|_| faults.is_empty()) else {
        return answer(&visit, &now, keeps, &sent, &faults, None, today);
    };
    let mut write = app.network.database().write().await.map_err(|error| failed(error.into()))?;
    let edit = Edit { id: &id, version, from };
    let done = keeping::update(&mut write, (app.clock.now)(), &visit.actor, edit, &profile).await;
    match done {
        Ok(_) => {
            store(&app, write).await?;
            Ok(Redirect::to(&card::address(&id, None)).into_response())
        }
        Err(KeepingError::Network(NetworkError::Invalid(faults))) => {
            answer(&visit, &now, keeps, &sent, &faults, None, today)
        }
        Err(KeepingError::Network(NetworkError::Stale { now })) => {
            drop(write);
            let stale = stale(&app, &id, version, &now, &profile, &visit).await?;
            answer(&visit, &now, keeps, &sent, &[], Some(stale), today)
        }
        Err(error) => Err(not_kept(error)),
    }
}

/// What the sender may change; none for everything.
fn only(keeps: Keeps) -> Option<&'static [&'static str]> {
    (!keeps.all).then_some(OWN_FIELDS)
}

/// The organisation as it is, or as it will be when it opens.
pub(super) async fn current(app: &App, id: &OrganisationId) -> Result<Organisation, Failure> {
    let history = app.network.history(id).await.map_err(failed)?.ok_or(Failure::NotFound)?;
    Ok(super::found(app, id, &history, None, moment(app).date()).await?.0)
}

fn answer(
    visit: &Visit,
    now: &Organisation,
    keeps: Keeps,
    sent: &Sent,
    faults: &[Fault],
    stale: Option<Stale>,
    today: Date,
) -> Result<Response, Failure> {
    let address = card::address(&now.id, None);
    let status = match (&stale, faults.is_empty()) {
        (Some(_), _) => StatusCode::CONFLICT,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, true) => StatusCode::OK,
    };
    // Wrong fields are mended against the version that was seen; after a change of someone else against the new one.
    let version = if stale.is_none() { sent.version().unwrap_or(now.version) } else { now.version };
    let value = |field| sent.given(field).map_or_else(|| form::text(field, &now.profile, visit), str::to_owned);
    let name = now.profile.name(visit.lang.code()).to_owned();
    let html = page(&EditPage {
        visit,
        title: format!("{}{name}", visit.t("修改：", "Change: ")),
        action: format!("{address}/edit"),
        back: address,
        back_name: name,
        hidden: vec![("version", version.to_string())],
        groups: form::groups(value, faults, only(keeps), visit),
        faults: form::others(faults, visit),
        has_faults: !faults.is_empty(),
        from: form::from(sent, today.max(now.opened)),
        from_fault: from_fault(faults, visit),
        parent: None,
        stale,
    })?;
    Ok((status, html).into_response())
}

fn from_fault(faults: &[Fault], visit: &Visit) -> Option<String> {
    faults.iter().find(|fault| fault.field == "from").map(|fault| fault.text(visit.lang.code()).to_owned())
}

/// The fields that differ between what was seen, what is, and what is wanted.
async fn stale(
    app: &App,
    id: &OrganisationId,
    version: i64,
    now: &Organisation,
    wanted: &Profile,
    visit: &Visit,
) -> Result<Stale, Failure> {
    let history = app.network.history(id).await.map_err(failed)?.ok_or(Failure::NotFound)?;
    let seen = history.changes.iter().find(|change| change.version == version).map(|change| &change.profile);
    let seen = seen.unwrap_or(&now.profile);
    let mut fields: Vec<Difference> = history::differences(seen, &now.profile, visit);
    for difference in history::differences(&now.profile, wanted, visit) {
        if !fields.iter().any(|known| known.field == difference.field) {
            fields.push(difference);
        }
    }
    let row = |difference: Difference| StaleRow {
        name: difference.name,
        seen: history::shown(difference.field, seen, visit),
        now: history::shown(difference.field, &now.profile, visit),
        yours: history::shown(difference.field, wanted, visit),
    };
    Ok(Stale { version: now.version, rows: fields.into_iter().map(row).collect() })
}

/// The form of a new organisation.
pub(crate) async fn new(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    keeping::enters(&visit.actor)?;
    let id = app.random().id((app.clock.now)());
    let sent = Sent(vec![("id".to_owned(), id.to_string()), ("parent".to_owned(), parameters.parent)]);
    entry(&visit, &sent, &[], moment(&app).date())
}

pub(crate) async fn create(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    keeping::enters(&visit.actor)?;
    let today = moment(&app).date();
    let id = named(sent.get("id"))?;
    let mut faults = Vec::new();
    let profile = form::read(&sent, None, None).map_err(|wrong| faults.extend(wrong)).ok();
    let from = sent.from(today).map_err(|wrong| faults.push(wrong)).unwrap_or(today);
    let parents = sent::named(&app, ("parent", sent.get("parent")), from).await?;
    let parents = parents.map_err(|wrong| faults.extend(wrong)).unwrap_or_default();
    let Some(profile) = profile.filter(|_| faults.is_empty()) else { return entry(&visit, &sent, &faults, today) };
    let new = NewOrganisation { id: id.clone(), parent: parents.into_iter().next(), from, profile };
    let mut write = app.network.database().write().await.map_err(|error| failed(error.into()))?;
    match keeping::create(&mut write, (app.clock.now)(), &visit.actor, &new).await {
        Ok(_) => {
            store(&app, write).await?;
            Ok(Redirect::to(&card::address(&id, None)).into_response())
        }
        Err(KeepingError::Network(error)) if error.is_about_what_was_asked() => {
            entry(&visit, &sent, &faults_of(error), today)
        }
        Err(error) => Err(not_kept(error)),
    }
}

/// What the network refuses, as faults of a form.
pub(super) fn faults_of(error: NetworkError) -> Vec<Fault> {
    match error {
        NetworkError::Invalid(faults) => faults,
        error => vec![Fault { field: error.field().to_owned(), zh: error.text("zh"), en: error.text("en") }],
    }
}

fn entry(visit: &Visit, sent: &Sent, faults: &[Fault], today: Date) -> Result<Response, Failure> {
    let lang = visit.lang.code();
    let value = |field| match (field, sent.given(field)) {
        (_, Some(text)) => text.to_owned(),
        ("kind", None) => Kind::RecordedOutlet.code().to_owned(),
        ("level", None) => Level::Outlet.code().to_owned(),
        _ => String::new(),
    };
    let parent = faults.iter().find(|fault| fault.field == "parent").map(|fault| fault.text(lang).to_owned());
    let others: Vec<Fault> =
        faults.iter().filter(|fault| !matches!(fault.field.as_str(), "parent" | "from")).cloned().collect();
    let html = page(&EditPage {
        visit,
        title: visit.t("登记机构", "Enter an organisation").to_owned(),
        action: "/network/new".to_owned(),
        back: "/network".to_owned(),
        back_name: visit.t("服务网点", "Service outlets").to_owned(),
        hidden: vec![("id", sent.get("id").to_owned())],
        groups: form::groups(value, faults, None, visit),
        faults: form::others(&others, visit),
        has_faults: !faults.is_empty(),
        from: form::from(sent, today),
        from_fault: from_fault(faults, visit),
        parent: Some((sent.get("parent").to_owned(), parent)),
        stale: None,
    })?;
    Ok((if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, html).into_response())
}
