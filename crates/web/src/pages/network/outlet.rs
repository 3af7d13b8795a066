//! `/network/{id}`: one organisation, what it offers and when, where it stands and what happened to it.

use std::sync::Arc;

use accounts::keeping::{self, Keeps};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use jiff::civil::{Date, DateTime};
use network::{
    ChangeKind, Fault, History, Hours, Kind, Membership, Node, Organisation, OrganisationId, Status, Weekday,
};
use serde::Deserialize;

use super::card::{self, OpeningView, Telephone};
use super::history::{self, ChangeView};
use super::{asked, failed, moment, named, places, service};
use crate::App;
use crate::frame::{Visit, page};
use crate::link::{Link, encoded};
use crate::pages::ratings::{Satisfaction, satisfaction};
use crate::problem::Failure;

/// Units of a long list that the page shows.
const MOST_UNITS: usize = 200;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    on: String,
}

#[derive(Template)]
#[template(path = "network/outlet.html")]
struct OutletPage {
    visit: Visit,
    title: String,
    other_name: Option<String>,
    address: String,
    /// The day looked at, where it is not today.
    on: Option<Date>,
    version: i64,
    kind: &'static str,
    level: &'static str,
    place: String,
    state: Option<(&'static str, &'static str)>,
    opening: Option<OpeningView>,
    notes: Vec<String>,
    /// Those that go on in it or it goes on in: heading, address, name.
    succession: Vec<(String, String, String)>,
    path: Vec<NodeView>,
    units: Vec<NodeView>,
    more_units: usize,
    telephone: Option<Telephone>,
    complaint: Option<Telephone>,
    facts: Facts,
    week: Vec<DayView>,
    services: Vec<ServiceView>,
    request: Option<String>,
    confirmed: Option<(String, String)>,
    shortcomings: Vec<String>,
    changes: Vec<ChangeView>,
    memberships: Vec<(String, String, Option<String>)>,
    keeps: Keeps,
    suspended: bool,
    /// What is published of its ratings; none of those who serve nobody.
    satisfaction: Option<Satisfaction>,
}

/// Texts that stand as they are.
struct Facts {
    street: Option<String>,
    postcode: Option<String>,
    email: Option<String>,
    website: Option<String>,
    /// Shown, and what opens a map.
    position: Option<(String, String)>,
    accessibility: Option<String>,
    qualification: Option<String>,
    promise: Option<String>,
    code: Option<(String, bool)>,
    staff: Option<String>,
    region: String,
}

/// One day of the week.
struct DayView {
    name: &'static str,
    hours: Vec<String>,
    today: bool,
}

/// A service that it offers.
struct ServiceView {
    code: String,
    title: String,
    guide: Option<String>,
    others: String,
}

/// An organisation above or below.
struct NodeView {
    address: String,
    name: String,
    kind: &'static str,
    state: Option<(&'static str, &'static str)>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let id = named(&id)?;
    let moment = moment(&app);
    let on = asked::day(&parameters.on)?.filter(|day| *day != moment.date());
    let history = app.network.history(&id).await.map_err(failed)?.ok_or_else(|| missing(&id))?;
    let (organisation, day) = found(&app, &id, &history, on, moment.date()).await?;
    let mut notes = notes(&organisation, day, moment.date(), &visit);
    notes.extend(on.map(|day| match visit.lang.code() {
        "zh" => format!("这是 {day} 的情况。"),
        _ => format!("This is how it was on {day}."),
    }));
    let path = app.network.last_path(&id, day).await.map_err(failed)?;
    let units = app.network.children(Some(&id), day).await.map_err(failed)?;
    let succession = succession(&app, &id, &history, day, &visit).await?;
    let memberships = memberships(&app, &history.memberships, day, &visit).await?;
    let titles = service::titles(&app, day, &visit).await?;
    let profile = &organisation.profile;
    let satisfaction = match profile.kind {
        Kind::Administration => None,
        _ => Some(satisfaction(&app, &visit, ratings::Of::Outlet(&id)).await?),
    };
    let lang = visit.lang.code();
    let name = profile.name(lang).to_owned();
    let active = organisation.status == Status::Active && profile.kind != Kind::Administration;
    let other_name = [Some(&profile.name_zh), profile.name_en.as_ref()];
    page(&OutletPage {
        other_name: other_name.into_iter().flatten().find(|other| **other != name).cloned(),
        title: name,
        address: card::address(&id, None),
        on,
        version: organisation.version,
        kind: profile.kind.label(lang),
        level: profile.level.label(lang),
        place: places::full(&profile.region, day, visit.lang),
        state: card::state(organisation.status, &visit),
        opening: on.is_none().then(|| OpeningView::new(&organisation, moment, &visit)).flatten(),
        notes,
        succession,
        path: path.iter().filter(|node| node.id != id).map(|node| node_view(node, on, &visit)).collect(),
        more_units: units.len().saturating_sub(MOST_UNITS),
        units: units.iter().take(MOST_UNITS).map(|node| node_view(node, on, &visit)).collect(),
        telephone: profile.telephone.as_deref().and_then(Telephone::new),
        complaint: profile.complaint_telephone.as_deref().and_then(Telephone::new),
        facts: facts(&app, &organisation, day, &visit).await?,
        week: week(&profile.hours, on.is_none().then_some(moment), &visit),
        services: profile.services.iter().map(|code| service_view(code, titles.get(code), on)).collect(),
        request: active.then(|| Link::to("/cases/new").with("outlet", id.as_str()).address()),
        confirmed: organisation
            .confirmed
            .as_ref()
            .map(|confirmed| (network::local(confirmed.at).date().to_string(), confirmed.by.clone())),
        shortcomings: shortcomings(keeping::shortcomings(&visit.actor, &organisation, moment.date()), &visit),
        changes: history::changes(&history.changes, moment.date(), &visit),
        memberships,
        keeps: if organisation.status == Status::Closed { Keeps::default() } else { keeping::keeps(&visit.actor, &id) },
        suspended: organisation.status == Status::Suspended,
        satisfaction,
        visit,
    })
}

fn missing(id: &OrganisationId) -> Failure {
    Failure::Missing(
        format!("服务网络里没有标识为 {id} 的机构。"),
        format!("The network has no organisation with the id {id}."),
    )
}

/// The organisation on the day; one that is yet to open is shown as it will be.
pub(crate) async fn found(
    app: &App,
    id: &OrganisationId,
    history: &History,
    on: Option<Date>,
    today: Date,
) -> Result<(Organisation, Date), Failure> {
    let opens = history.changes.iter().map(|change| change.from).min().unwrap_or(today);
    let day = on.unwrap_or_else(|| today.max(opens));
    match app.network.organisation(id, day).await.map_err(failed)? {
        Some(organisation) => Ok((organisation, day)),
        None => Err(Failure::Missing(
            format!("这个机构自 {opens} 起设立，{day} 还不存在。"),
            format!("This organisation is there from {opens}; on {day} it was not."),
        )),
    }
}

/// What is to be known before anything else.
fn notes(organisation: &Organisation, day: Date, today: Date, visit: &Visit) -> Vec<String> {
    let zh = visit.lang.code() == "zh";
    let mut notes = Vec::new();
    if day > today && organisation.opened > today {
        let opened = organisation.opened;
        notes.push(if zh { format!("将于 {opened} 设立。") } else { format!("Opens on {opened}.") });
    }
    match (organisation.status, organisation.closed) {
        (Status::Closed, Some(on)) => {
            notes.push(if zh { format!("自 {on} 起已撤销。") } else { format!("Closed since {on}.") });
        }
        (Status::Suspended, _) => {
            let since = organisation.since;
            notes.push(if zh {
                format!("自 {since} 起暂停服务。")
            } else {
                format!("Suspended since {since}.")
            });
        }
        (_, Some(on)) => notes.push(if zh { format!("将于 {on} 撤销。") } else { format!("Will close on {on}.") }),
        (_, None) => {
            if let Some(until) = organisation.until {
                notes.push(if zh {
                    format!("自 {until} 起情况有变，见“历史”。")
                } else {
                    format!("Things change from {until}: see the history.")
                });
            }
        }
    }
    notes
}

fn node_view(node: &Node, on: Option<Date>, visit: &Visit) -> NodeView {
    let english = node.name_en.as_ref().filter(|_| visit.lang.code() == "en");
    NodeView {
        address: card::address(&node.id, on),
        name: english.unwrap_or(&node.name_zh).clone(),
        kind: node.kind.label(visit.lang.code()),
        state: card::state(node.status, visit),
    }
}

async fn facts(app: &App, organisation: &Organisation, day: Date, visit: &Visit) -> Result<Facts, Failure> {
    let profile = &organisation.profile;
    let county = match app.network.region(&profile.region, day).await.map_err(failed)? {
        Some(region) if profile.region.level() == network::RegionLevel::County => format!(" {}", region.name),
        _ => String::new(),
    };
    let staff = |number: Option<u32>, zh: &str, en: &str| {
        number.map(|number| match visit.lang.code() {
            "zh" => format!("{zh} {number} 人"),
            _ => format!("{number} {en}"),
        })
    };
    let staff: Vec<String> =
        [staff(profile.full_time, "专职", "full-time"), staff(profile.part_time, "兼职", "part-time")]
            .into_iter()
            .flatten()
            .collect();
    let position = profile.position.map(|position| {
        let (latitude, longitude) = (position.latitude, position.longitude);
        (format!("{latitude:.5}, {longitude:.5}"), format!("geo:{latitude},{longitude}"))
    });
    Ok(Facts {
        street: profile.address.clone(),
        postcode: profile.postcode.clone(),
        email: profile.email.clone(),
        website: profile.website.clone(),
        position,
        accessibility: profile.accessibility.clone(),
        qualification: profile.qualification.clone(),
        promise: profile.promise.clone(),
        code: profile.code.clone().map(|code| {
            let sound = network::credit_code_is_sound(&code);
            (code, sound)
        }),
        staff: (!staff.is_empty()).then(|| staff.join(visit.t("，", ", "))),
        region: format!("{}{county} ({})", places::full(&profile.region, day, visit.lang), profile.region),
    })
}

/// The seven days; none where no hours are told.
fn week(hours: &[Hours], moment: Option<DateTime>, visit: &Visit) -> Vec<DayView> {
    if hours.is_empty() {
        return Vec::new();
    }
    let today = moment.map(|moment| Weekday::of(moment.date()));
    let day = |day: &Weekday| {
        let mut spans: Vec<&Hours> = hours.iter().filter(|hours| hours.weekday == *day).collect();
        spans.sort();
        let span = |hours: &&Hours| {
            let note = hours.note.as_ref().map_or_else(String::new, |note| format!(" {note}"));
            let (from, to) = (hours.from, hours.to);
            format!("{:02}:{:02}–{:02}:{:02}{note}", from.hour(), from.minute(), to.hour(), to.minute())
        };
        DayView {
            name: day.label(visit.lang.code()),
            hours: spans.iter().map(span).collect(),
            today: today == Some(*day),
        }
    };
    Weekday::ALL.iter().map(day).collect()
}

fn service_view(code: &str, title: Option<&String>, on: Option<Date>) -> ServiceView {
    let others = asked::Asked { service: code.to_owned(), on, ..asked::Asked::default() };
    ServiceView {
        code: code.to_owned(),
        // What is in the list has a guide; other codes are shown as they are.
        guide: title.map(|_| format!("/services/{}", encoded(code))),
        title: title.cloned().unwrap_or_default(),
        others: others.address(),
    }
}

fn shortcomings(faults: Vec<Fault>, visit: &Visit) -> Vec<String> {
    faults.iter().map(|fault| fault.text(visit.lang.code()).to_owned()).collect()
}

/// Who goes on in whom, with names.
async fn succession(
    app: &App,
    id: &OrganisationId,
    history: &History,
    day: Date,
    visit: &Visit,
) -> Result<Vec<(String, String, String)>, Failure> {
    let mut lines = Vec::new();
    for succession in history.successions.iter().filter(|succession| succession.on <= day) {
        let goes_on = succession.predecessor == *id;
        let other = if goes_on { &succession.successor } else { &succession.predecessor };
        let heading = match (succession.by, goes_on) {
            (ChangeKind::Merged, true) => visit.t("并入", "Merged into"),
            (ChangeKind::Merged, false) => visit.t("并入本机构的", "Merged into this one"),
            (ChangeKind::Split, true) => visit.t("拆分出", "Split off"),
            (ChangeKind::Split, false) => visit.t("拆分自", "Split from"),
            (_, true) => visit.t("职责由其承接", "Goes on in"),
            (_, false) => visit.t("承接其职责", "Goes on with the work of"),
        };
        let name = name_of(app, other, succession.on.max(day), visit).await?;
        lines.push((format!("{} ({})", heading, succession.on), card::address(other, None), name));
    }
    Ok(lines)
}

/// What it stood under: address, name, span; none at the top.
async fn memberships(
    app: &App,
    memberships: &[Membership],
    day: Date,
    visit: &Visit,
) -> Result<Vec<(String, String, Option<String>)>, Failure> {
    let mut lines = Vec::new();
    for membership in memberships.iter().rev() {
        let to = membership.to.map_or_else(String::new, |to| to.to_string());
        let span = format!("{} – {to}", membership.from);
        lines.push(match &membership.parent {
            Some(parent) => {
                let name = name_of(app, parent, membership.from.max(day), visit).await?;
                (span, name, Some(card::address(parent, None)))
            }
            None => (span, visit.t("独立", "at the top").to_owned(), None),
        });
    }
    Ok(lines)
}

async fn name_of(app: &App, id: &OrganisationId, day: Date, visit: &Visit) -> Result<String, Failure> {
    let found = app.network.organisation(id, day).await.map_err(failed)?;
    Ok(found.map_or_else(|| id.to_string(), |organisation| organisation.profile.name(visit.lang.code()).to_owned()))
}
