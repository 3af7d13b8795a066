//! Drafts written: a new item, a new version of one, a draft anew.

mod flat;
mod parts;
mod text;
mod view;

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use network::{Fault, OrganisationId};
use serde::Deserialize;
use services::{Answers, Item, ItemCode, ItemQuery, NewDraft, Seen, ServicesError, Version, VersionState};

use self::flat::Flat;
use self::view::{Laid, SectionView};
use super::versions::DifferenceView;
use super::{named, today};
use crate::App;
use crate::frame::{Visit, page};
use crate::pages::key;
use crate::pages::network::organisations_named;
use crate::pages::request_form::{RequestForm, Shown};
use crate::problem::Failure;
use crate::sent::{Sent, fault};

/// Bytes of a form at most: an item and the names of its fields.
pub(super) const LARGEST: usize = 2 << 20;

#[derive(Template)]
#[template(path = "services/edit.html")]
struct EditPage<'a> {
    visit: &'a Visit,
    title: String,
    action: String,
    back: String,
    back_name: String,
    hidden: Vec<(&'static str, String)>,
    /// For a new item: its code and who keeps it, each with its fault.
    new: Option<NewItem>,
    sections: Vec<SectionView>,
    form_text: String,
    summary: Vec<(String, String)>,
    /// What someone else has written meanwhile, against what was sent.
    stale: Option<Vec<DifferenceView>>,
    /// The form of a request as it would look.
    preview: Option<RequestForm>,
}

struct NewItem {
    code: String,
    code_fault: Option<String>,
    keeper: String,
    keeper_fault: Option<String>,
    /// Whether it may be left to the whole platform.
    everywhere: bool,
}

/// What a form is for.
enum Aim<'a> {
    /// An item that is not there yet.
    New,
    /// A new version.
    Version(&'a Version),
    /// A draft that is there.
    Draft(&'a Version),
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Like {
    like: String,
}

/// A form for an item that is not there yet; with `like`, filled with what another item says.
pub(crate) async fn new(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(like): Query<Like>,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::EditItems)?;
    let day = today(&app);
    let model = match like.like.trim() {
        "" => None,
        code => app.services.version_on(&named(code)?, day).await?,
    };
    let model = match model {
        Some(model) => Some(model),
        None => app.services.items_on(day, &ItemQuery::default()).await?.into_iter().next(),
    };
    let named_model = !like.like.trim().is_empty();
    let flat = model.as_ref().map_or_else(Flat::default, |model| {
        let mut item = model.item.clone();
        if !named_model {
            blank(&mut item);
        }
        Flat::of(&item)
    });
    let keeper = model.as_ref().and_then(|model| model.keeper.as_ref()).map_or_else(String::new, ToString::to_string);
    let sent = Sent(vec![("key".to_owned(), key(&app)), ("keeper".to_owned(), keeper)]);
    Sheet { visit: &visit, aim: Aim::New, sent: &sent, flat: &flat, faults: &[], stale: None }.answer()
}

/// Takes out of an item what is its own, and leaves what most items share.
fn blank(item: &mut Item) {
    for text in [&mut item.title, &mut item.summary, &mut item.result.name] {
        (text.zh, text.en) = (String::new(), String::new());
    }
    item.basic_code = None;
    item.implementation_code = None;
    item.result.sample = None;
    item.materials.clear();
    item.fees.clear();
    item.questions.clear();
}

pub(crate) async fn create(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    visit.actor.require(Permission::EditItems)?;
    let flat = Flat::sent(&sent);
    let sheet = Sheet { visit: &visit, aim: Aim::New, sent: &sent, flat: &flat, faults: &[], stale: None };
    if sheet.only_looks() {
        return sheet.answer();
    }
    let mut faults = Vec::new();
    let code: Option<ItemCode> = sent.get("code").parse().ok();
    if code.is_none() {
        let en = "letters, digits, dots and hyphens, 40 at most, such as B16";
        faults.push(fault("code", "由字母、数字、点和连字符组成，最多 40 个，如 B16", en));
    }
    let keepers = organisations_named(&app, ("keeper", sent.get("keeper")), today(&app)).await?;
    let keeper = keepers.map_err(|wrong| faults.extend(wrong)).unwrap_or_default().into_iter().next();
    if keeper.is_none()
        && !visit.actor.may_everywhere(Permission::EditItems)
        && faults.iter().all(|one| one.field != "keeper")
    {
        faults.push(fault("keeper", "请写明维护这个事项的机构", "name the organisation that keeps it"));
    }
    if let Some(code) = &code
        && app.services.versions(&visit.actor, code).await.is_ok()
    {
        let zh = format!("已有事项 {code}，请另选代码，或为它起草新版本");
        faults.push(fault(
            "code",
            &zh,
            &format!("{code} is there already: choose another, or draft a new version of it"),
        ));
    }
    let placeholder = "X".parse().map_err(|_| Failure::NotFound)?;
    let item = flat.item(code.as_ref().unwrap_or(&placeholder)).map_err(|wrong| faults.extend(wrong));
    match item {
        Ok(item) if faults.is_empty() => draft(&visit, &app, &sheet, &item, keeper.as_ref()).await,
        _ => Sheet { faults: &faults, ..sheet }.answer(),
    }
}

/// A form for a new version, filled with what the item says now; an open draft is gone on with.
pub(crate) async fn next(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::EditItems)?;
    let (code, versions) = known(&app, &visit, &code).await?;
    if let Some(open) = versions.iter().find(|version| version.state == VersionState::Draft) {
        return Ok(Redirect::to(&format!("/services/{code}/versions/{}/edit", open.number)).into_response());
    }
    let model = model(&app, &versions)?;
    let flat = Flat::of(&model.item);
    let sent = Sent(vec![("key".to_owned(), key(&app))]);
    Sheet { visit: &visit, aim: Aim::Version(model), sent: &sent, flat: &flat, faults: &[], stale: None }.answer()
}

pub(crate) async fn begin(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::EditItems)?;
    let (code, versions) = known(&app, &visit, &code).await?;
    let (model, flat) = (model(&app, &versions)?, Flat::sent(&sent));
    let sheet = Sheet { visit: &visit, aim: Aim::Version(model), sent: &sent, flat: &flat, faults: &[], stale: None };
    if sheet.only_looks() {
        return sheet.answer();
    }
    match flat.item(&code) {
        Ok(item) => draft(&visit, &app, &sheet, &item, None).await,
        Err(faults) => Sheet { faults: &faults, ..sheet }.answer(),
    }
}

/// The version in force today, else the last that there is.
fn model<'v>(app: &App, versions: &'v [Version]) -> Result<&'v Version, Failure> {
    let day = today(app);
    versions.iter().find(|version| version.holds_on(day)).or(versions.last()).ok_or(Failure::NotFound)
}

async fn known(app: &App, visit: &Visit, code: &str) -> Result<(ItemCode, Vec<Version>), Failure> {
    let code = named(code)?;
    let versions = app.services.versions(&visit.actor, &code).await?;
    Ok((code, versions))
}

async fn draft(
    visit: &Visit,
    app: &App,
    sheet: &Sheet<'_>,
    item: &Item,
    keeper: Option<&OrganisationId>,
) -> Result<Response, Failure> {
    let key = sheet.sent.get("key");
    let key = key.parse().map_err(|_| Failure::parameter("key", key, "01JZ8K2V9T3N5Q7R9S1W3X5Y7Z"))?;
    let mut write = app.services.database().write().await?;
    let new = NewDraft { key: &key, keeper, item };
    match services::draft(&mut write, (app.clock.now)(), &visit.actor, &new).await {
        Ok(made) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("/services/{}/versions/{}", made.code, made.number)).into_response())
        }
        Err(ServicesError::Invalid(faults)) => sheet.with(&faults).answer(),
        Err(error) => Err(error.into()),
    }
}

/// A form for a draft that is there.
pub(crate) async fn edit(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((code, number)): Path<(String, i64)>,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::EditItems)?;
    let version = app.services.version(&visit.actor, &named(&code)?, number).await?;
    if version.state != VersionState::Draft {
        return Ok(Redirect::to(&format!("/services/{}/versions/{number}", version.code)).into_response());
    }
    let flat = Flat::of(&version.item);
    let sent = Sent(vec![("version".to_owned(), version.revision.to_string())]);
    Sheet { visit: &visit, aim: Aim::Draft(&version), sent: &sent, flat: &flat, faults: &[], stale: None }.answer()
}

pub(crate) async fn change(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((code, number)): Path<(String, i64)>,
    sent: Sent,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::EditItems)?;
    let version = app.services.version(&visit.actor, &named(&code)?, number).await?;
    let flat = Flat::sent(&sent);
    let sheet = Sheet { visit: &visit, aim: Aim::Draft(&version), sent: &sent, flat: &flat, faults: &[], stale: None };
    if sheet.only_looks() {
        return sheet.answer();
    }
    let item = match flat.item(&version.code) {
        Ok(item) => item,
        Err(faults) => return sheet.with(&faults).answer(),
    };
    let seen = Seen { code: &version.code, number, revision: sent.version()? };
    let mut write = app.services.database().write().await?;
    match services::edit(&mut write, (app.clock.now)(), &visit.actor, seen, &item).await {
        Ok(after) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("/services/{}/versions/{}", after.code, after.number)).into_response())
        }
        Err(ServicesError::Stale { now }) => {
            drop(write);
            let rows = services::differences(&now.item, &item);
            let rows = rows.iter().map(|difference| DifferenceView::new(difference, &visit)).collect();
            Sheet { aim: Aim::Draft(&now), stale: Some(rows), ..sheet }.answer()
        }
        Err(ServicesError::Invalid(faults)) => sheet.with(&faults).answer(),
        Err(error) => Err(error.into()),
    }
}

/// A form with what was typed.
struct Sheet<'a> {
    visit: &'a Visit,
    aim: Aim<'a>,
    sent: &'a Sent,
    flat: &'a Flat,
    faults: &'a [Fault],
    stale: Option<Vec<DifferenceView>>,
}

impl<'a> Sheet<'a> {
    /// Whether a button was pressed that keeps nothing.
    fn only_looks(&self) -> bool {
        self.sent.given("add-row").is_some() || self.sent.given("preview").is_some()
    }

    fn with(&'a self, faults: &'a [Fault]) -> Self {
        let aim = match &self.aim {
            Aim::New => Aim::New,
            Aim::Version(version) => Aim::Version(version),
            Aim::Draft(version) => Aim::Draft(version),
        };
        Self { aim, faults, stale: None, ..*self }
    }

    fn answer(self) -> Result<Response, Failure> {
        let (visit, lang) = (self.visit, self.visit.lang);
        let mut faults = self.faults.to_vec();
        let mut preview = None;
        if self.sent.given("preview").is_some() {
            match self.flat.form() {
                Ok(form) => preview = Some(RequestForm::new(&form, &Answers::new(), &Shown::plain(lang))),
                Err(wrong) => faults.extend(wrong),
            }
        }
        let looks = self.sent.given("preview").map(|_| "form");
        let laid = Laid { flat: self.flat, faults: &faults, add: self.sent.given("add-row").or(looks), visit };
        let sections = laid.sections();
        let summary = laid.summary(&sections);
        let status = match (&self.stale, faults.is_empty()) {
            (Some(_), _) => StatusCode::CONFLICT,
            (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
            (None, true) => StatusCode::OK,
        };
        let told = |field: &str| {
            let mut own = faults.iter().filter(|fault| fault.field == field);
            own.next().map(|fault| fault.text(lang.code()).to_owned())
        };
        let hidden = |name: &'static str| (name, self.sent.get(name).to_owned());
        let name = |version: &Version| version.item.title.text(lang.code()).to_owned();
        let (title, action, back, back_name, hidden, new) = match self.aim {
            Aim::New => (
                visit.t("新建事项", "A new service").to_owned(),
                "/services/keep/new".to_owned(),
                "/services/keep".to_owned(),
                visit.t("管理事项", "Keep the services").to_owned(),
                vec![hidden("key")],
                Some(NewItem {
                    code: self.sent.get("code").to_owned(),
                    code_fault: told("code"),
                    keeper: self.sent.get("keeper").to_owned(),
                    keeper_fault: told("keeper"),
                    everywhere: visit.actor.may_everywhere(Permission::EditItems),
                }),
            ),
            Aim::Version(version) => (
                format!("{}{}", visit.t("起草新版本：", "A new version: "), name(version)),
                format!("/services/{}/draft", version.code),
                format!("/services/{}", version.code),
                name(version),
                vec![hidden("key")],
                None,
            ),
            Aim::Draft(version) => {
                let seen = if self.stale.is_some() {
                    version.revision
                } else {
                    self.sent.version().unwrap_or(version.revision)
                };
                (
                    format!("{}{}", visit.t("修改草稿：", "Edit the draft: "), name(version)),
                    format!("/services/{}/versions/{}/edit", version.code, version.number),
                    format!("/services/{}/versions/{}", version.code, version.number),
                    name(version),
                    vec![("version", seen.to_string())],
                    None,
                )
            }
        };
        let html = page(&EditPage {
            visit,
            title,
            action,
            back,
            back_name,
            hidden,
            new,
            form_text: self.flat.get("form").to_owned(),
            sections,
            summary,
            stale: self.stale,
            preview,
        })?;
        Ok((status, html).into_response())
    }
}
