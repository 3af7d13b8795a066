//! `/admin/audit`: who did what to what and when; whether the trail is whole.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use accounts::{AuditEntry, AuditQuery, Permission, PersonId, Verified};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};
use network::OrganisationId;
use serde::Deserialize;

use super::{acts, names};
use crate::App;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::pages::network::{self as outlets, organisation_name, organisations_named};
use crate::problem::Failure;
use crate::words::{grouped, moment};

/// What to list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    action: String,
    kind: String,
    object: String,
    person: String,
    at: String,
    from: String,
    until: String,
    after: String,
}

impl Parameters {
    fn link(&self) -> Link {
        let pairs = [
            ("action", &self.action),
            ("kind", &self.kind),
            ("object", &self.object),
            ("person", &self.person),
            ("at", &self.at),
            ("from", &self.from),
            ("until", &self.until),
        ];
        pairs.into_iter().fold(Link::to("/admin/audit"), |link, (name, value)| link.with(name, value))
    }
}

#[derive(Template)]
#[template(path = "admin/audit.html")]
struct AuditPage {
    visit: Visit,
    title: &'static str,
    asked: Parameters,
    acts: Vec<(&'static str, &'static str)>,
    names: Vec<String>,
    faults: Vec<String>,
    rows: Vec<Row>,
    first: String,
    next: Option<String>,
    may_verify: bool,
}

/// An entry.
struct Row {
    at: String,
    who: String,
    /// All that this person did.
    by: Option<String>,
    act: String,
    code: String,
    /// Kind of the object, its name or id, its page, all entries about it.
    kind: String,
    object: String,
    page: Option<String>,
    about: String,
    organisation: Option<(String, String)>,
    reason: Option<String>,
    detail: String,
    place: String,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let mut faults = Vec::new();
    let query = query(&app, &visit, &asked, &mut faults).await?;
    let found = if faults.is_empty() {
        app.accounts.audit(&visit.actor, &query, (app.clock.now)()).await?
    } else {
        visit.actor.require(Permission::ReadAudit)?;
        accounts::AuditPage { entries: Vec::new(), next: None }
    };
    let organisations = organisations(&app, &visit, &found.entries).await?;
    let lang = visit.lang;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let html = page(&AuditPage {
        title: lang.t("审计日志", "Audit trail"),
        acts: acts::PREFIXES.iter().map(|(code, zh, en)| (*code, lang.t(zh, en))).collect(),
        names: names(&app, &visit, Permission::ReadAudit).await?,
        faults,
        rows: found.entries.iter().map(|entry| row(&visit, entry, &organisations)).collect(),
        first: asked.link().address(),
        next: found.next.map(|next| asked.link().with("after", next).address()),
        may_verify: visit.actor.may_everywhere(Permission::ReadAudit),
        asked,
        visit,
    })?;
    Ok((status, html).into_response())
}

/// What the parameters ask for.
async fn query(app: &App, visit: &Visit, asked: &Parameters, faults: &mut Vec<String>) -> Result<AuditQuery, Failure> {
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let person = given(&asked.person).and_then(|text| {
        let wrong = |_| faults.push(visit.t("人员的标识有误", "The id of the person is none").to_owned());
        text.parse::<PersonId>().map_err(wrong).ok()
    });
    let today = outlets::moment(app).date();
    let organisation = match organisations_named(app, ("at", &asked.at), today).await? {
        Ok(ids) => ids.into_iter().next(),
        Err(wrong) => {
            faults.extend(wrong.iter().map(|fault| fault.text(visit.lang.code()).to_owned()));
            None
        }
    };
    let from = day(&asked.from, visit, faults).and_then(beginning);
    let until = day(&asked.until, visit, faults);
    let to = until.and_then(|day| day.tomorrow().ok()).and_then(beginning);
    Ok(AuditQuery {
        kind: given(&asked.kind),
        object: given(&asked.object),
        person,
        organisation,
        action: given(&asked.action),
        from,
        to,
        after: given(&asked.after),
        limit: 0,
    })
}

fn day(text: &str, visit: &Visit, faults: &mut Vec<String>) -> Option<Date> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let wrong = |_| faults.push(visit.t("日期写作 2026-07-01", "Write the day as 2026-07-01").to_owned());
    text.parse().map_err(wrong).ok()
}

/// The beginning of a day on the clocks of the country.
fn beginning(day: Date) -> Option<Timestamp> {
    let zone = TimeZone::fixed(Offset::constant(8));
    Some(day.to_datetime(Time::midnight()).to_zoned(zone).ok()?.timestamp())
}

/// Names of the organisations that entries name.
async fn organisations(
    app: &App,
    visit: &Visit,
    entries: &[AuditEntry],
) -> Result<BTreeMap<OrganisationId, String>, Failure> {
    let at = entries.iter().filter_map(|entry| entry.organisation.clone());
    let about =
        entries.iter().filter(|entry| entry.kind == "organisation").filter_map(|entry| entry.object.parse().ok());
    let mut named = BTreeMap::new();
    for id in at.chain(about).collect::<BTreeSet<OrganisationId>>() {
        let name = organisation_name(app, &id, visit).await?;
        named.insert(id, name);
    }
    Ok(named)
}

fn row(visit: &Visit, entry: &AuditEntry, organisations: &BTreeMap<OrganisationId, String>) -> Row {
    let lang = visit.lang;
    let link = || Link::to("/admin/audit");
    let named = |id: &OrganisationId| organisations.get(id).cloned().unwrap_or_else(|| id.to_string());
    let itself: Option<OrganisationId> = (entry.kind == "organisation").then(|| entry.object.parse().ok()).flatten();
    let who = match (entry.actor.as_str(), &entry.person) {
        ("", Some(_)) => lang.t("（已注销的账户）", "(deleted account)").to_owned(),
        ("", None) => lang.t("访客", "visitor").to_owned(),
        (name, Some(_)) => name.to_owned(),
        (part, None) => format!("{}{part}", lang.t("系统：", "program: ")),
    };
    Row {
        at: moment(entry.at),
        who,
        by: entry.person.as_ref().map(|person| link().with("person", person.as_str()).address()),
        act: acts::label(&entry.action, lang),
        code: entry.action.clone(),
        kind: acts::kind(&entry.kind, lang).to_owned(),
        page: itself.as_ref().map(|id| format!("/network/{id}")),
        object: itself.as_ref().map_or_else(|| entry.object.clone(), named),
        about: link().with("kind", &entry.kind).with("object", &entry.object).address(),
        organisation: entry
            .organisation
            .as_ref()
            .filter(|id| itself.as_ref() != Some(*id))
            .map(|id| (link().with("at", id.to_string()).address(), named(id))),
        reason: entry.reason.clone(),
        detail: if entry.detail.is_null() { String::new() } else { entry.detail.to_string() },
        place: format!("{}-{}", entry.strand, entry.number),
    }
}

#[derive(Template)]
#[template(path = "admin/verified.html")]
struct VerifiedPage {
    visit: Visit,
    title: &'static str,
    entries: String,
    broken: Vec<String>,
    /// The ends of the chains, as a file to be noted outside.
    heads: String,
    count: usize,
}

/// Reads the whole trail. What came of it is shown at once: it holds for this moment.
pub(crate) async fn verify(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let verified = app.accounts.verify_audit(&visit.actor, &[], (app.clock.now)()).await?;
    let Verified { entries, heads, broken } = verified;
    let json = heads.iter().filter_map(|head| serde_json::to_string(head).ok()).collect::<Vec<_>>().join("\n");
    page(&VerifiedPage {
        title: visit.lang.t("校验结果", "What the verification found"),
        entries: grouped(entries),
        broken: broken.iter().map(|broken| broken.text(visit.lang.code())).collect(),
        heads: json,
        count: heads.len(),
        visit,
    })
}
