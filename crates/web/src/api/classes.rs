//! `/api/v1/classes`: classification schemes, browsed and searched.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use search::{ClassPage, ClassRow, SchemeName};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::Asked;
use super::rights::Nothing;
use crate::App;
use crate::frame::Visit;
use crate::problem::Failure;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Parameters {
    /// Words of titles in Chinese or English, or the beginning of a symbol; none lists the schemes alone.
    q: String,
    /// The one scheme to look in.
    #[param(value_type = Option<SchemeName>)]
    scheme: Option<SchemeAsked>,
}

/// A scheme that is asked for.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct SchemeAsked(SchemeName);

impl TryFrom<String> for SchemeAsked {
    type Error = String;

    fn try_from(code: String) -> Result<Self, String> {
        let unknown = || format!("there is no scheme «{code}»: expected one of {}", known());
        SchemeName::from_code(&code).map(Self).ok_or_else(unknown)
    }
}

fn known() -> String {
    SchemeName::ALL.map(SchemeName::code).join(", ")
}

/// Schemes and what was found in them.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClassesAnswer {
    /// One for each scheme that was looked in.
    schemes: Vec<SchemeFound>,
}

/// What was found in a scheme.
#[derive(Serialize, ToSchema)]
pub(crate) struct SchemeFound {
    /// The scheme.
    scheme: SchemeName,
    /// Its name in the language of the answer.
    name: &'static str,
    /// Places that fit, at most 100; none when nothing was asked for or the scheme was not loaded.
    found: Vec<ClassRow>,
}

/// List the schemes, and search their titles and symbols.
#[utoipa::path(get, operation_id = "searchClasses", path = "/classes", tag = "classes", params(Parameters), responses(
    (status = 200, description = "Schemes with the places that fit.", body = ClassesAnswer),
))]
pub(crate) async fn search(
    visit: Visit,
    State(app): State<Arc<App>>,
    Asked(asked): Asked<Parameters>,
) -> Result<Json<ClassesAnswer>, Failure> {
    let wanted = asked.scheme.map_or_else(|| SchemeName::ALL.to_vec(), |scheme| vec![scheme.0]);
    let searcher = app.searcher();
    let words = asked.q.trim();
    let mut schemes = Vec::with_capacity(wanted.len());
    for scheme in wanted {
        let found = if words.is_empty() { Vec::new() } else { searcher.class_search(scheme, words).await? };
        schemes.push(SchemeFound { scheme, name: scheme.label(visit.lang.code()), found });
    }
    Ok(Json(ClassesAnswer { schemes }))
}

/// The top of a scheme.
#[utoipa::path(get, operation_id = "scheme", path = "/classes/{scheme}", tag = "classes",
    params(("scheme" = SchemeName, Path, description = "The scheme.")),
    responses(
        (status = 200, description = "Its top places, each with the number of rights at and below it.", body = ClassPage),
        (status = 404, description = "No such scheme, or it was not loaded."),
    ))]
pub(crate) async fn top(
    State(app): State<Arc<App>>,
    Path(scheme): Path<String>,
    _: Asked<Nothing>,
) -> Result<Json<ClassPage>, Failure> {
    browse(&app, &scheme, None).await
}

/// A place of a scheme with what lies above and below.
#[utoipa::path(get, operation_id = "class", path = "/classes/{scheme}/{symbol}", tag = "classes",
    params(
        ("scheme" = SchemeName, Path, description = "The scheme."),
        ("symbol" = String, Path, description = "The symbol (`/` as `%2F`).", example = "H01M10/0525"),
    ),
    responses(
        (status = 200, description = "The place, each row with the number of rights at and below it.", body = ClassPage),
        (status = 404, description = "No such scheme or symbol."),
    ))]
pub(crate) async fn place(
    State(app): State<Arc<App>>,
    Path((scheme, symbol)): Path<(String, String)>,
    _: Asked<Nothing>,
) -> Result<Json<ClassPage>, Failure> {
    browse(&app, &scheme, Some(&symbol)).await
}

async fn browse(app: &App, scheme: &str, symbol: Option<&str>) -> Result<Json<ClassPage>, Failure> {
    let Some(name) = SchemeName::from_code(scheme) else {
        let known = known();
        return Err(Failure::Missing(
            format!("没有名为「{scheme}」的分类体系，可用：{known}"),
            format!("There is no scheme «{scheme}»; there are {known}"),
        ));
    };
    let page = app.searcher().class_browse(name, symbol).await?;
    page.map(Json).ok_or_else(|| {
        let symbol = symbol.unwrap_or_default();
        Failure::Missing(
            format!("分类体系 {scheme} 中没有「{symbol}」，或该分类表尚未导入"),
            format!("The scheme {scheme} has no «{symbol}», or was not loaded"),
        )
    })
}
