//! Entering an agency, and changing what is written of it.

use std::sync::Arc;

use accounts::Permission;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use credit::{Agency, AgencyId, AgencyKind, Branch, CreditError, FormerName, NewAgency, Particulars};
use network::{Fault, OrganisationId};

use super::super::units::administrations;
use super::{FormPage, begin, key, lines, named, today};
use crate::App;
use crate::form::{FieldView, GroupView};
use crate::frame::Visit;
use crate::pages::network::choices;
use crate::problem::Failure;
use crate::sent::{Sent, fault};

pub(crate) async fn ask(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    form(&visit, &app, None, &Sent::default(), (&[], false)).await
}

pub(crate) async fn edit(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let agency = app.credit.kept_agency(&visit.actor, &named(&id)?).await?;
    form(&visit, &app, Some(&agency), &Sent::default(), (&[], false)).await
}

async fn form(
    visit: &Visit,
    app: &App,
    agency: Option<&Agency>,
    sent: &Sent,
    (faults, stale): (&[Fault], bool),
) -> Result<Response, Failure> {
    visit.actor.require(Permission::KeepCredit)?;
    let lang = visit.lang.code();
    let known = agency.map(|agency| &agency.particulars);
    let typed =
        |field: &str, value: Option<String>| sent.given(field).map_or_else(|| value.unwrap_or_default(), str::to_owned);
    let kind: Option<AgencyKind> = sent.get("kind").parse().ok().or(known.map(|known| known.kind));
    let former = |one: &FormerName| match one.until {
        Some(until) => format!("{} | {until}", one.name),
        None => one.name.clone(),
    };
    let branch = |one: &Branch| match &one.region {
        Some(region) => format!("{} | {region}", one.name),
        None => one.name.clone(),
    };
    let joined = |lines: Vec<String>| lines.join("\n");
    let mut fields = vec![
        FieldView::new("name", visit.t("名称", "Name"), "text")
            .value(typed("name", known.map(|known| known.name.clone())))
            .needed(),
        FieldView::new("name_en", visit.t("英文名称", "English name"), "text")
            .value(typed("name_en", known.and_then(|known| known.name_en.clone()))),
        FieldView::new("kind", visit.t("类别", "Kind"), "choice").choices(choices(
            AgencyKind::ALL,
            kind,
            AgencyKind::code,
            |kind| kind.label(lang),
        )),
        FieldView::new("code", visit.t("机构代码或统一社会信用代码", "Agency code or social credit code"), "text")
            .value(typed("code", known.and_then(|known| known.code.clone()))),
        FieldView::new("region", visit.t("所在区划（六位代码）", "Region (six digits)"), "text")
            .typed("numeric")
            .value(typed("region", known.map(|known| known.region.to_string())))
            .needed(),
        FieldView::new("address", visit.t("地址", "Address"), "text")
            .value(typed("address", known.and_then(|known| known.address.clone()))),
        FieldView::new("former_names", visit.t("曾用名", "Former names"), "area")
            .value(typed("former_names", known.map(|known| joined(known.former_names.iter().map(former).collect()))))
            .hint(visit.t(
                "每行一个，可加停用日期：名称 | 2024-06-30",
                "One a line, with its last day where known: name | 2024-06-30",
            )),
        FieldView::new("branches", visit.t("分支机构", "Branches"), "area")
            .value(typed("branches", known.map(|known| joined(known.branches.iter().map(branch).collect()))))
            .hint(
                visit.t(
                    "每行一个，可加区划代码：名称 | 510100",
                    "One a line, with its region where known: name | 510100",
                ),
            ),
        FieldView::new("closed", visit.t("注销日期", "Day on which it ended"), "date")
            .value(typed("closed", known.and_then(|known| known.closed).map(|day| day.to_string()))),
    ];
    if agency.is_none() {
        let keeper = FieldView::new("keeper", visit.t("信用管理单位", "Kept by"), "choice");
        fields.push(
            keeper
                .choices(administrations(app, visit, (Permission::KeepCredit, today(app)), sent.get("keeper")).await?),
        );
    }
    let fields = fields.into_iter().map(|field| field.of(faults, visit.lang)).collect();
    let (title, action, back, hidden) = match agency {
        Some(agency) => (
            visit.t("修改机构信息", "Change an agency"),
            format!("/governance/credit/agencies/{}/edit", agency.id),
            format!("/governance/credit/agencies/{}", agency.id),
            vec![("version", agency.version.to_string())],
        ),
        None => (
            visit.t("登记代理机构", "Enter an agency"),
            "/governance/credit/agencies/new".to_owned(),
            "/governance/credit".to_owned(),
            vec![("key", sent.given("key").map_or_else(|| key(app), str::to_owned))],
        ),
    };
    let moved = visit.t(
        "机构信息已被他人修改，您的没有保存；您写的内容还在。",
        "Someone else changed the agency meanwhile; yours was not kept. What you wrote is still here.",
    );
    let form = FormPage {
        crumbs: vec![("/governance/credit".to_owned(), visit.t("机构", "Agencies").to_owned())],
        stale: stale.then(|| moved.to_owned()),
        hidden,
        groups: vec![GroupView { name: String::new(), fields }],
        ..FormPage::new(visit, title, action, back)
    };
    form.answer(faults)
}

/// What was written, or all that is wrong with it.
fn particulars(sent: &Sent) -> Result<Particulars, Vec<Fault>> {
    let mut faults = Vec::new();
    let text = |field: &str| Some(sent.get(field).trim().to_owned()).filter(|text| !text.is_empty());
    let region = sent.get("region").parse();
    if region.is_err() {
        faults.push(fault("region", "写六位区划代码，如 500000", "write six digits such as 500000"));
    }
    let kind = sent.get("kind").parse();
    if kind.is_err() {
        faults.push(fault("kind", "请选择类别", "choose a kind"));
    }
    let closed = text("closed").map(|day| day.parse()).transpose();
    if closed.is_err() {
        faults.push(fault("closed", "日期写作 2026-07-01", "write the day as 2026-07-01"));
    }
    let mut former_names = Vec::new();
    for line in lines(sent.get("former_names")) {
        let (name, until) = line.split_once('|').map_or((line.as_str(), None), |(name, day)| (name, Some(day.trim())));
        match until.map(str::parse).transpose() {
            Ok(until) => former_names.push(FormerName { name: name.trim().to_owned(), until }),
            Err(_) => faults.push(fault(
                "former_names",
                "“|”后写日期，如 2024-06-30",
                "write a day after “|”, such as 2024-06-30",
            )),
        }
    }
    let mut branches = Vec::new();
    for line in lines(sent.get("branches")) {
        let (name, region) =
            line.split_once('|').map_or((line.as_str(), None), |(name, code)| (name, Some(code.trim())));
        match region.map(str::parse).transpose() {
            Ok(region) => branches.push(Branch { name: name.trim().to_owned(), region }),
            Err(_) => faults.push(fault("branches", "“|”后写六位区划代码", "write six digits after “|”")),
        }
    }
    match (region, kind, closed) {
        (Ok(region), Ok(kind), Ok(closed)) if faults.is_empty() => Ok(Particulars {
            name: sent.get("name").trim().to_owned(),
            name_en: text("name_en"),
            code: text("code"),
            kind,
            region,
            address: text("address"),
            branches,
            former_names,
            closed,
        }),
        _ => Err(faults),
    }
}

pub(crate) async fn send(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    visit.actor.require(Permission::KeepCredit)?;
    let particulars = match particulars(&sent) {
        Ok(particulars) => particulars,
        Err(faults) => return form(&visit, &app, None, &sent, (&faults, false)).await,
    };
    let Ok(keeper) = sent.get("keeper").parse::<OrganisationId>() else {
        let fault = fault("keeper", "请选择信用管理单位", "choose who keeps it");
        return form(&visit, &app, None, &sent, (&[fault], false)).await;
    };
    let new = NewAgency { key: sent.get("key"), keeper: &keeper, particulars: &particulars };
    let mut write = begin(&app).await?;
    match credit::enter_agency(&mut write, (app.clock.now)(), &visit.actor, &new).await {
        Ok(agency) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("/governance/credit/agencies/{}", agency.id)).into_response())
        }
        Err(CreditError::Invalid(faults)) => {
            drop(write);
            form(&visit, &app, None, &sent, (&faults, false)).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn change(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: AgencyId = named(&id)?;
    let agency = app.credit.kept_agency(&visit.actor, &id).await?;
    let particulars = match particulars(&sent) {
        Ok(particulars) => particulars,
        Err(faults) => return form(&visit, &app, Some(&agency), &sent, (&faults, false)).await,
    };
    let mut write = begin(&app).await?;
    let seen = (&id, sent.version()?);
    match credit::change_agency(&mut write, (app.clock.now)(), &visit.actor, seen, &particulars).await {
        Ok(_) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("/governance/credit/agencies/{id}")).into_response())
        }
        Err(CreditError::Invalid(faults)) => {
            drop(write);
            form(&visit, &app, Some(&agency), &sent, (&faults, false)).await
        }
        Err(CreditError::Stale { .. }) => {
            drop(write);
            let agency = app.credit.kept_agency(&visit.actor, &id).await?;
            form(&visit, &app, Some(&agency), &sent, (&[], true)).await
        }
        Err(error) => Err(error.into()),
    }
}
