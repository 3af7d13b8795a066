//! `/network/{id}/split`: one organisation becomes several.

use std::sync::Arc;

use accounts::keeping::{self, KeepingError};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use network::{
    Edit, Fault, Kind, Level, NetworkError, NewOrganisation, Node, Organisation, OrganisationId, Part, Profile,
};
use serde::Deserialize;

use super::directory::choices;
use super::edit::{current, faults_of};
use super::{card, failed, moment, named, not_kept, store};
use crate::App;
use crate::form::{Choice, form_status};
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::Sent;

/// Parts of one form at most.
const MOST_PARTS: usize = 4;
/// Units that the form hands out one by one; farther ones stay with the first part.
const MOST_UNITS: usize = 100;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    parts: usize,
}

#[derive(Template)]
#[template(path = "network/split.html")]
struct SplitPage<'a> {
    visit: &'a Visit,
    title: String,
    name: String,
    back: String,
    version: i64,
    parts: Vec<PartView>,
    more: Option<String>,
    /// Address, name, where it goes: 0 = stays, 1 = first part….
    units: Vec<(String, String, String, usize)>,
    keep: bool,
    from: String,
    reason: String,
    faults: Vec<String>,
    stale: bool,
}

/// A part to be made.
struct PartView {
    id: String,
    number: usize,
    name: String,
    region: String,
    kinds: Vec<Choice>,
    levels: Vec<Choice>,
}

pub(crate) async fn ask(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let id = named(&id)?;
    keeping::keeps_all(&visit.actor, &id)?;
    let now = current(&app, &id).await?;
    let mut sent = Sent::default();
    let mut random = app.random();
    let ids = std::iter::repeat_with(|| random.id((app.clock.now)())).take(parameters.parts.clamp(2, MOST_PARTS));
    sent.0.extend(ids.map(|id| ("part".to_owned(), id.to_string())));
    answer(&visit, &app, &now, &sent, &[], false, moment(&app).date()).await
}

pub(crate) async fn split(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id = named(&id)?;
    keeping::keeps_all(&visit.actor, &id)?;
    let (now, today, version) = (current(&app, &id).await?, moment(&app).date(), sent.version()?);
    let mut faults = Vec::new();
    let from = sent.from(today).map_err(|fault| faults.push(fault)).unwrap_or(today);
    let parts = parts(&sent, &now, from, &mut faults);
    if !faults.is_empty() {
        return answer(&visit, &app, &now, &sent, &faults, false, today).await;
    }
    let keep = !sent.get("keep").is_empty();
    let mut write = app.network.database().write().await.map_err(|error| failed(error.into()))?;
    let edit = Edit { id: &id, version, from };
    let done =
        keeping::split(&mut write, (app.clock.now)(), &visit.actor, edit, &parts, keep, sent.get("reason")).await;
    match done {
        Ok(_) => {
            store(&app, write).await?;
            Ok(Redirect::to(&card::address(&id, None)).into_response())
        }
        Err(KeepingError::Network(NetworkError::Stale { .. })) => {
            drop(write);
            let now = current(&app, &id).await?;
            answer(&visit, &app, &now, &sent, &[], true, today).await
        }
        Err(KeepingError::Network(error)) if error.is_about_what_was_asked() => {
            drop(write);
            answer(&visit, &app, &now, &sent, &faults_of(error), false, today).await
        }
        Err(error) => Err(not_kept(error)),
    }
}

/// The parts that were sent; one without a name is left out.
fn parts(sent: &Sent, now: &Organisation, from: Date, faults: &mut Vec<Fault>) -> Vec<Part> {
    let mut parts = Vec::new();
    for (at, id) in sent.all("part").take(MOST_PARTS).enumerate() {
        let field = |name: &str| sent.get(&format!("{name}-{}", at + 1)).trim().to_owned();
        let Ok(id) = id.parse::<OrganisationId>() else { continue };
        if field("name_zh").is_empty() {
            continue;
        }
        let get = |column: &str| match column {
            "kind" | "level" | "region" | "name_zh" => field(column),
            _ => String::new(),
        };
        let takes = sent.all("unit").filter_map(|unit| {
            let (unit, part) = unit.split_once(':')?;
            (part.parse() == Ok(at + 1)).then(|| unit.parse().ok()).flatten()
        });
        match network::read_profile(&get) {
            Ok(profile) => {
                let new = NewOrganisation { id, parent: now.parent.clone(), from, profile };
                parts.push(Part { new, takes: takes.collect() });
            }
            Err(wrong) => faults.extend(wrong.into_iter().map(|fault| numbered(fault, at + 1))),
        }
    }
    parts
}

/// A fault that says of which part it is.
fn numbered(fault: Fault, number: usize) -> Fault {
    Fault {
        zh: format!("第 {number} 个机构：{} {}", fault.field, fault.zh),
        en: format!("Part {number}: {} {}", fault.field, fault.en),
        field: fault.field,
    }
}

async fn answer(
    visit: &Visit,
    app: &App,
    now: &Organisation,
    sent: &Sent,
    faults: &[Fault],
    stale: bool,
    today: Date,
) -> Result<Response, Failure> {
    let lang = visit.lang.code();
    let units = app.network.children(Some(&now.id), today.max(now.opened)).await.map_err(failed)?;
    let goes = |unit: &Node| {
        let chosen = sent.all("unit").filter_map(|text| text.split_once(':'));
        let part = chosen.filter(|(id, _)| *id == unit.id.as_str()).find_map(|(_, part)| part.parse().ok());
        (card::address(&unit.id, None), unit.name_zh.clone(), unit.id.to_string(), part.unwrap_or(0))
    };
    let part = |(at, id): (usize, &str)| {
        let field = |name: &str| sent.get(&format!("{name}-{}", at + 1)).to_owned();
        let like: &Profile = &now.profile;
        let or = |text: String, otherwise: &str| if text.is_empty() { otherwise.to_owned() } else { text };
        let kind: Option<Kind> = or(field("kind"), like.kind.code()).parse().ok();
        let level: Option<Level> = or(field("level"), like.level.code()).parse().ok();
        PartView {
            id: id.to_owned(),
            number: at + 1,
            name: field("name_zh"),
            region: or(field("region"), like.region.as_str()),
            kinds: choices(Kind::ALL, kind, Kind::code, |kind| kind.label(lang)),
            levels: choices(Level::ALL, level, Level::code, |level| level.label(lang)),
        }
    };
    let parts: Vec<PartView> = sent.all("part").take(MOST_PARTS).enumerate().map(part).collect();
    let (name, address) = (now.profile.name(lang).to_owned(), card::address(&now.id, None));
    let status = form_status(stale, faults.is_empty());
    let html = page(&SplitPage {
        visit,
        title: format!("{} · {name}", visit.t("拆分", "Split")),
        name,
        version: if stale { now.version } else { sent.version().unwrap_or(now.version) },
        more: (parts.len() < MOST_PARTS).then(|| format!("{address}/split?parts={}", parts.len() + 1)),
        back: address,
        parts,
        units: units.iter().take(MOST_UNITS).map(goes).collect(),
        keep: sent.given("reason").is_none() || !sent.get("keep").is_empty(),
        from: super::form::from(sent, today.max(now.opened)),
        reason: sent.get("reason").to_owned(),
        faults: faults.iter().map(|fault| fault.text(lang).to_owned()).collect(),
        stale,
    })?;
    Ok((status, html).into_response())
}
