//! `/cases/new`: which service, at which outlet; then what will be asked, and the draft begins.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use cases::{By, CasesError, DraftRequest};
use network::{DirectoryQuery, Kind, Organisation, OrganisationId, RegionCode, Status};
use serde::Deserialize;
use services::{Group, Item, ItemCode, ItemQuery, Version};

use super::access;
use super::prefill::Known;
use super::stages::Writing;
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::pages::network::{Card, failed, moment, short_place};
use crate::problem::Failure;
use crate::sent::Sent;
use crate::words::title;

/// Outlets that the page shows; more are found by region or name.
const MOST_OUTLETS: usize = 30;

/// What an address says already; an empty one says nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    item: String,
    outlet: String,
    /// Id of the right it is about.
    right: String,
    /// The search that came before.
    q: String,
    region: String,
    /// Words of what is looked for on this page.
    find: String,
}

impl Asked {
    fn address(&self) -> String {
        let link = Link::to("/cases/new").with("item", &self.item).with("outlet", &self.outlet);
        link.with("right", &self.right).with("q", &self.q).with("region", &self.region).address()
    }

    /// What a form that looks for something keeps.
    fn kept(&self) -> Vec<(&'static str, String)> {
        let all = [("item", &self.item), ("outlet", &self.outlet), ("right", &self.right), ("q", &self.q)];
        all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, value.clone())).collect()
    }
}

#[derive(Template)]
#[template(path = "cases/choose_item.html")]
struct ItemsPage<'a> {
    visit: &'a Visit,
    title: &'a str,
    find: String,
    kept: Vec<(&'static str, String)>,
    about: Option<About>,
    outlet: Option<String>,
    groups: Vec<ItemGroup>,
}

/// Items under a heading.
struct ItemGroup {
    name: String,
    items: Vec<ItemView>,
}

struct ItemView {
    address: String,
    code: String,
    name: String,
    summary: String,
    promise: Option<String>,
}

/// What the request is about.
struct About {
    right: Option<(String, String)>,
    query: String,
}

#[derive(Template)]
#[template(path = "cases/choose_outlet.html")]
struct OutletsPage<'a> {
    visit: &'a Visit,
    title: &'a str,
    item: String,
    other_item: String,
    find: String,
    kept: Vec<(&'static str, String)>,
    regions: Vec<Choice>,
    about: Option<About>,
    total: u64,
    /// Whether there are more than are shown.
    more: bool,
    outlets: Vec<(String, Card)>,
    /// A choice that is not possible.
    refused: bool,
}

#[derive(Template)]
#[template(path = "cases/begin.html")]
struct BeginPage<'a> {
    visit: &'a Visit,
    title: String,
    summary: String,
    code: String,
    outlet: Card,
    other_outlet: String,
    about: Option<About>,
    limits: Vec<(&'static str, String)>,
    free: bool,
    fees: Vec<String>,
    steps: Vec<String>,
    materials: Vec<String>,
    hidden: Vec<(&'static str, String)>,
    sign_in: Option<String>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let known = Known::read(&app, &visit, &asked.right, &asked.q).await?;
    let Ok(code) = asked.item.parse::<ItemCode>() else { return items(&visit, &app, &asked, &known).await };
    let Some(version) = app.services.version_on(&code, super::today(&app)).await? else {
        return items(&visit, &app, &asked, &known).await;
    };
    match chosen(&app, &asked.outlet, &code).await? {
        Some(outlet) => ready(&visit, &app, &asked, (&version, &outlet), &known),
        None => outlets(&visit, &app, &asked, &version, &known).await,
    }
}

fn about(known: &Known, asked: &Asked, visit: &Visit) -> Option<About> {
    let right = known.right.as_ref().map(|right| {
        let name = format!("{} {}", title(right, visit.lang), crate::pages::search::number(right));
        (crate::link::right(right.id.as_str()), name)
    });
    (right.is_some() || !asked.q.is_empty()).then(|| About { right, query: asked.q.clone() })
}

async fn items(visit: &Visit, app: &App, asked: &Asked, known: &Known) -> Result<Response, Failure> {
    let find = Some(asked.find.trim().to_owned()).filter(|text| !text.is_empty());
    let query = ItemQuery { text: find, ..ItemQuery::default() };
    let mut found = app.services.items_on(super::today(app), &query).await?;
    let outlet = named(app, &asked.outlet).await?;
    if let Some(outlet) = &outlet {
        found.retain(|version| offers(outlet, &version.code));
    }
    let fits = |item: &Item| {
        let asks = |what: &str| {
            item.form.fields().any(|field| field.prefill.as_deref().is_some_and(|source| source.starts_with(what)))
        };
        (known.right.is_some() && asks("right.")) || (!asked.q.is_empty() && asks("search."))
    };
    let (fitting, others): (Vec<Version>, Vec<Version>) = found.into_iter().partition(|version| fits(&version.item));
    let mut groups = Vec::new();
    if !fitting.is_empty() {
        let name = if known.right.is_some() {
            visit.t("与这项权利有关的服务", "Services about this right")
        } else {
            visit.t("检索服务", "Search services")
        };
        groups.push((name.to_owned(), fitting));
    }
    for group in Group::ALL {
        let of: Vec<Version> = others.iter().filter(|version| version.item.group == *group).cloned().collect();
        if !of.is_empty() {
            groups.push((group.label(visit.lang.code()).to_owned(), of));
        }
    }
    let lang = visit.lang.code();
    let view = |version: &Version| ItemView {
        address: Asked { item: version.code.to_string(), find: String::new(), ..asked.clone() }.address(),
        code: version.code.to_string(),
        name: version.item.title.text(lang).to_owned(),
        summary: version.item.summary.text(lang).to_owned(),
        promise: version.item.promised_limit.as_ref().map(|limit| limit.text(lang)),
    };
    page(&ItemsPage {
        title: visit.t("选择服务", "Choose a service"),
        find: asked.find.clone(),
        kept: asked.kept(),
        about: about(known, asked, visit),
        outlet: outlet.map(|outlet| outlet.profile.name(lang).to_owned()),
        groups: groups
            .iter()
            .map(|(name, of)| ItemGroup { name: name.clone(), items: of.iter().map(view).collect() })
            .collect(),
        visit,
    })
}

/// The organisation with this id today.
async fn named(app: &App, id: &str) -> Result<Option<Organisation>, Failure> {
    let Ok(id) = id.parse::<OrganisationId>() else { return Ok(None) };
    app.network.organisation(&id, super::today(app)).await.map_err(failed)
}

/// Whether an outlet takes requests for an item.
fn offers(outlet: &Organisation, code: &ItemCode) -> bool {
    outlet.profile.offers(code.as_str())
        && outlet.status == Status::Active
        && outlet.profile.kind != Kind::Administration
}

async fn chosen(app: &App, id: &str, code: &ItemCode) -> Result<Option<Organisation>, Failure> {
    Ok(named(app, id).await?.filter(|outlet| offers(outlet, code)))
}

async fn outlets(
    visit: &Visit,
    app: &App,
    asked: &Asked,
    version: &Version,
    known: &Known,
) -> Result<Response, Failure> {
    let today = super::today(app);
    let find = Some(asked.find.trim().to_owned()).filter(|text| !text.is_empty());
    let region: Option<RegionCode> = asked.region.parse().ok();
    let mut query = DirectoryQuery {
        text: find,
        region,
        status: Some(Status::Active),
        service: Some(version.code.to_string()),
        limit: MOST_OUTLETS,
        ..DirectoryQuery::on(today)
    };
    let mut found = app.network.directory(&query).await.map_err(failed)?;
    if found.total == 0 {
        // Those that list no services offer all of them.
        (query.service, query.limit) = (None, 200);
        found = app.network.directory(&query).await.map_err(failed)?;
        found.organisations.retain(|outlet| offers(outlet, &version.code));
        found.total = found.organisations.len() as u64;
        found.organisations.truncate(MOST_OUTLETS);
    }
    let at = moment(app);
    let card = |outlet: &Organisation| {
        let chosen = Asked { outlet: outlet.id.to_string(), find: String::new(), ..asked.clone() };
        (chosen.address(), Card::new(outlet, None, at, visit))
    };
    let regions = network::provinces(today).map(|province| Choice {
        value: province.code.to_string(),
        name: short_place(&province.code, today, visit.lang),
        chosen: asked.region == province.code.to_string(),
    });
    let without = Asked { outlet: String::new(), region: String::new(), ..asked.clone() };
    page(&OutletsPage {
        title: visit.t("选择网点", "Choose an outlet"),
        item: version.item.title.text(visit.lang.code()).to_owned(),
        other_item: Asked { item: String::new(), find: String::new(), ..asked.clone() }.address(),
        find: asked.find.clone(),
        kept: without.kept(),
        regions: regions.collect(),
        about: about(known, asked, visit),
        total: found.total,
        more: found.total > found.organisations.len() as u64,
        outlets: found.organisations.iter().filter(|outlet| offers(outlet, &version.code)).map(card).collect(),
        refused: !asked.outlet.is_empty(),
        visit,
    })
}

fn ready(
    visit: &Visit,
    app: &App,
    asked: &Asked,
    (version, outlet): (&Version, &Organisation),
    known: &Known,
) -> Result<Response, Failure> {
    let (item, lang) = (&version.item, visit.lang.code());
    let limit = |name, limit: &Option<services::Limit>| limit.as_ref().map(|limit| (name, limit.text(lang)));
    let acceptance = item.acceptance_limit.clone().unwrap_or(services::Limit::working_days(cases::ACCEPTANCE_DAYS));
    let limits = [
        limit(visit.t("决定是否受理", "Accepted or refused within"), &Some(acceptance)),
        limit(visit.t("承诺办结", "Promised within"), &item.promised_limit),
        limit(visit.t("法定办结", "By law within"), &item.statutory_limit),
    ];
    let draft = app.random().id((app.clock.now)());
    let mut hidden =
        vec![("draft", draft.to_string()), ("item", version.code.to_string()), ("outlet", outlet.id.to_string())];
    hidden.extend([("right", asked.right.clone()), ("q", asked.q.clone())]);
    let steps = item.form.steps.iter().map(|step| step.title.text(lang).to_owned());
    let last = [visit.t("核对并提交", "Look it over and send").to_owned()];
    page(&BeginPage {
        title: item.title.text(lang).to_owned(),
        summary: item.summary.text(lang).to_owned(),
        code: version.code.to_string(),
        outlet: Card::new(outlet, None, moment(app), visit),
        other_outlet: Asked { outlet: String::new(), ..asked.clone() }.address(),
        about: about(known, asked, visit),
        limits: limits.into_iter().flatten().collect(),
        free: item.fees.is_empty(),
        fees: item.fees.iter().map(|fee| format!("{}: {}", fee.name.text(lang), fee.amount.text(lang))).collect(),
        steps: steps.chain(last).collect(),
        materials: item.materials.iter().map(|material| material.name.text(lang).to_owned()).collect(),
        hidden,
        sign_in: visit.signed.is_none().then(|| Link::to("/sign-in").with("to", &visit.address).address()),
        visit,
    })
}

/// Begins a draft with what is known already.
pub(crate) async fn begin(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    let code = sent.get("item").parse().map_err(|_| Failure::NotFound)?;
    let version = app.services.version_on(&code, super::today(&app)).await?.ok_or(Failure::NotFound)?;
    let known = Known::read(&app, &visit, sent.get("right"), sent.get("q")).await?;
    let outlet: OrganisationId = sent.get("outlet").parse().map_err(|_| Failure::NotFound)?;
    let request = DraftRequest {
        item: code,
        outlet: Some(outlet),
        title: String::new(),
        answers: known.answers(&version.item.form, &visit),
        contact: known.contact(),
        links: known.links(&visit),
    };
    let (now, by) = ((app.clock.now)(), By::from(&visit.actor));
    let fresh = || app.random().id(now);
    let id = sent.get("draft").parse().unwrap_or_else(|_| fresh());
    let draft = match app.cases.save_draft(now, by, (&id, 0, None), &request).await {
        // The button was pressed twice, or one came back to this page later: a draft that was begun is left as it is.
        Err(CasesError::NotFound(_) | CasesError::Invalid(_)) => {
            app.cases.save_draft(now, by, (&fresh(), 0, None), &request).await?
        }
        result => result?,
    };
    let writing = Writing { draft, version };
    let stages = writing.stages(&writing.draft.request.answers);
    let to = stages.first().map_or_else(|| writing.address(), |stage| writing.step(stage.key()));
    let mut response = Redirect::to(&to).into_response();
    if visit.signed.is_none() {
        access::keep(&app, &mut response, writing.address(), &writing.draft.code);
    }
    Ok(response)
}
