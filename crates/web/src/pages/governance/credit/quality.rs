//! `/governance/credit/agencies/{id}/quality`: an agency's filings beside those of peers, and the leads in them. Keepers only.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use charts::{Figure, Kind, Period, Point, Series, Style, Table, Trend};
use credit::{Agency, AgencyId, Conditions, FilingState, LeadQuery, Profile, Year};
use jiff::civil::date;

use super::leads::LeadView;
use super::named;
use crate::App;
use crate::frame::{Visit, page};
use crate::link::list;
use crate::pages::network::words;
use crate::problem::Failure;
use crate::words::{grouped, moment};

#[derive(Template)]
#[template(path = "governance/credit/quality.html")]
struct QualityPage {
    visit: Visit,
    title: String,
    agency: String,
    agency_address: String,
    address: String,
    total: String,
    total_list: String,
    undated: u64,
    drawn: (String, Table),
    shares: Vec<ShareView>,
    leads: Vec<LeadView>,
    /// When the filings were last looked at for leads.
    looked: Option<String>,
    names: String,
}

/// What became of the filings, beside peers.
struct ShareView {
    name: &'static str,
    count: String,
    list: String,
    of: String,
    own: String,
    peers: String,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: AgencyId = named(&id)?;
    let (agency, profile) = app.credit.profile(&visit.actor, &id).await?;
    let names = agency.names();
    let query = |state: Option<FilingState>| -> Result<String, Failure> {
        let conditions = Conditions { agents: &names, state, ..Conditions::default() };
        Ok(list(&app.credit.filings()?.query(&conditions)))
    };
    let percent = |part: Option<f64>| part.map_or_else(|| "—".to_owned(), |part| format!("{:.1}%", part * 100.0));
    let mut shares = Vec::new();
    for share in &profile.shares {
        shares.push(ShareView {
            name: match share.state {
                FilingState::Granted => visit.t("授权或注册", "Granted or registered"),
                FilingState::Refused => visit.t("驳回", "Refused"),
                _ => visit.t("撤回", "Withdrawn"),
            },
            count: grouped(share.count),
            list: query(Some(share.state))?,
            of: grouped(share.of),
            own: percent(share.own),
            peers: percent(share.peers),
        });
    }
    let asked = LeadQuery { agency: Some(id.clone()), limit: 100, ..LeadQuery::default() };
    let mut leads = Vec::new();
    for lead in &app.credit.leads(&visit.actor, &asked).await?.rows {
        leads.push(LeadView::new(lead, &app, &visit).await?);
    }
    page(&QualityPage {
        title: visit.t("代理质量监测", "Quality monitoring").to_owned(),
        agency: agency.name(visit.lang.code()).to_owned(),
        agency_address: format!("/governance/credit/agencies/{id}"),
        address: format!("/governance/credit/agencies/{id}/quality"),
        total: grouped(profile.total().filed + profile.undated),
        total_list: query(None)?,
        undated: profile.undated,
        drawn: drawn(&app, &agency, &profile, &visit)?,
        shares,
        leads,
        looked: app.credit.looked_at(&visit.actor, Some(&id)).await?.map(moment),
        names: names.join(visit.t("、", ", ")),
        visit,
    })
}

/// Filings by year and what became of them; every figure opens its list.
#[expect(clippy::cast_precision_loss, reason = "counts of filings are far below 2^52")]
fn drawn(app: &App, agency: &Agency, profile: &Profile, visit: &Visit) -> Result<(String, Table), Failure> {
    let (names, filings) = (agency.names(), app.credit.filings()?);
    let series = |name: &str, state: Option<FilingState>, of: fn(&Year) -> u64| Series {
        name: name.to_owned(),
        href: None,
        points: profile
            .years
            .iter()
            .map(|(year, counts)| {
                let filed = Some((date(*year, 1, 1), date(*year, 12, 31)));
                let conditions = Conditions { agents: &names, filed, state, ..Conditions::default() };
                Some(Point { value: of(counts) as f64, href: Some(list(&filings.query(&conditions))), note: None })
            })
            .collect(),
    };
    let trend = Trend {
        period_head: visit.t("申请年", "Filing year").to_owned(),
        value_head: visit.t("件数", "Filings").to_owned(),
        periods: profile.years.keys().map(|year| Period { label: year.to_string(), incomplete: false }).collect(),
        series: vec![
            series(visit.t("申请", "Filed"), None, |year| year.filed),
            series(visit.t("授权或注册", "Granted"), Some(FilingState::Granted), |year| year.granted),
            series(visit.t("撤回", "Withdrawn"), Some(FilingState::Withdrawn), |year| year.withdrawn),
        ],
    };
    let title = visit.t("历年申请与结果", "Filings by year and what became of them");
    let figure = Figure::new("agency-filings", title, words(visit), Kind::Columns(trend)).described(visit.t(
        "每年代理的申请，及其中已授权、撤回的件数。",
        "Filings of each year, and how many of them were granted or withdrawn.",
    ));
    Ok((figure.svg(Style::Page), figure.table()))
}

/// Looks at the filings again and keeps the leads.
pub(crate) async fn look(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: AgencyId = named(&id)?;
    app.credit.look_for_leads((app.clock.now)(), &visit.actor, &id).await?;
    Ok(Redirect::to(&format!("/governance/credit/agencies/{id}/quality#leads")).into_response())
}
