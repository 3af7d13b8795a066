//! `/services/keep`: the items and drafts of whoever keeps them.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use services::{ItemQuery, Version};

use super::{address, today};
use crate::App;
use crate::frame::{Visit, page};
use crate::problem::Failure;

#[derive(Template)]
#[template(path = "services/keep.html")]
struct KeepPage {
    visit: Visit,
    title: String,
    drafts: Vec<DraftView>,
    rows: Vec<RowView>,
    edits: bool,
    publishes: bool,
}

struct DraftView {
    address: String,
    code: String,
    title: String,
    number: i64,
    /// Whether it may be published by who looks.
    publishes: bool,
}

struct RowView {
    address: String,
    code: String,
    title: String,
    group: &'static str,
    number: i64,
    from: String,
    /// The page that begins a new version or goes on with the open one; none where the visitor may not.
    next: Option<String>,
    open: bool,
    versions: String,
}

pub(crate) async fn show(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let drafts = app.services.drafts(&visit.actor).await?;
    let items = app.services.items_on(today(&app), &ItemQuery::default()).await?;
    let lang = visit.lang.code();
    let may = |version: &Version, permission| match &version.keeper {
        Some(keeper) => visit.actor.may_at(permission, keeper),
        None => visit.actor.may_everywhere(permission),
    };
    let draft = |version: &Version| DraftView {
        address: format!("/services/{}/versions/{}", version.code, version.number),
        code: version.code.to_string(),
        title: version.item.title.text(lang).to_owned(),
        number: version.number,
        publishes: may(version, Permission::PublishItems),
    };
    let row = |version: &Version| RowView {
        address: address(&version.code, None),
        code: version.code.to_string(),
        title: version.item.title.text(lang).to_owned(),
        group: version.item.group.label(lang),
        number: version.number,
        from: version.from.map_or_else(String::new, |from| from.to_string()),
        next: may(version, Permission::EditItems).then(|| format!("/services/{}/draft", version.code)),
        open: drafts.iter().any(|draft| draft.code == version.code),
        versions: format!("/services/{}/versions", version.code),
    };
    page(&KeepPage {
        title: visit.t("管理服务事项", "Keep the services").to_owned(),
        rows: items.iter().map(row).collect(),
        drafts: drafts.iter().map(draft).collect(),
        edits: visit.actor.may(Permission::EditItems),
        publishes: visit.actor.may(Permission::PublishItems),
        visit,
    })
}
