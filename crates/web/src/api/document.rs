//! `/api/v1/openapi.json`: the API describes itself, from the declarations of its operations.

use axum::Extension;
use axum::body::Bytes;
use axum::http::{HeaderName, header};
use serde_json::{Map, Value, json};
use utoipa::OpenApi;

use super::asked::Asked;
use super::rights::Nothing;
use crate::problem::{Failure, PROBLEM, Problem};

/// What stands before the operations.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "惠知 Huizhi",
        description = "Intellectual-property rights of every kind: search, analysis, numbers, classes, exports. 知识产权检索与分析接口。",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    servers((url = "/api/v1")),
    tags(
        (name = "search", description = "Queries and what they find 检索"),
        (name = "rights", description = "One right 权利"),
        (name = "numbers", description = "Lists of numbers 号码"),
        (name = "classes", description = "Classification schemes 分类"),
        (name = "analysis", description = "A field as figures 分析"),
        (name = "network", description = "Organisations and outlets 服务网点"),
        (name = "indicators", description = "Public indicators 公开指标"),
        (name = "plans", description = "Public plans and how they go 公开计划及其进展"),
        (name = "assessments", description = "Published results of assessments 已公布的考核结果"),
        (name = "agencies", description = "Credit of agencies 代理机构信用"),
        (name = "services", description = "Service items and working days 服务事项"),
        (name = "data", description = "What is here, and this document 数据"),
    ),
    components(schemas(Problem, records::Right)),
)]
struct Beginning;

pub(super) fn beginning() -> utoipa::openapi::OpenApi {
    Beginning::openapi()
}

/// The finished document.
#[derive(Clone)]
pub(crate) struct Document(Bytes);

impl Document {
    /// Adds what holds for every operation.
    pub(super) fn of(described: utoipa::openapi::OpenApi) -> Self {
        // The document is made of maps with text keys, which JSON takes.
        let mut document = serde_json::to_value(described).unwrap_or_default();
        let partial = partial(&document["components"]["schemas"]["Right"]);
        document["components"]["schemas"]["RightFields"] = partial;
        document["components"]["parameters"] = json!({ "lang": {
            "name": "lang", "in": "query", "required": false,
            "description": "Language of labels and messages; `Accept-Language` counts where it is not given.",
            "schema": { "type": "string", "enum": ["zh", "en"] },
        }});
        document["components"]["headers"] = headers();
        let paths = document["paths"].as_object_mut().into_iter().flat_map(Map::values_mut);
        for (method, operation) in paths.filter_map(Value::as_object_mut).flatten() {
            finish(operation, method);
        }
        Self(Bytes::from(document.to_string()))
    }
}

/// A right of which any field but the id may be missing.
fn partial(right: &Value) -> Value {
    let mut partial = right.clone();
    partial["required"] = json!(["id"]);
    partial["description"] = json!("A right with the fields that were asked for.");
    partial
}

fn headers() -> Value {
    let header = |kind: &str, description: &str| json!({ "description": description, "schema": { "type": kind } });
    json!({
        "ETag": header("string", "For `If-None-Match`: 304 when nothing changed."),
        "RateLimit-Limit": header("integer", "Requests in a minute; absent where there is no limit."),
        "RateLimit-Remaining": header("integer", "Requests that may follow at once."),
        "RateLimit-Reset": header("integer", "Seconds until all may follow at once again."),
        "Retry-After": header("integer", "Seconds until a request is let through."),
    })
}

/// The language, the failures that may meet any operation, and the headers of every answer.
fn finish(operation: &mut Value, method: &str) {
    let language = json!({ "$ref": "#/components/parameters/lang" });
    match operation["parameters"].as_array_mut() {
        Some(parameters) => parameters.push(language),
        None => operation["parameters"] = json!([language]),
    }
    let Some(responses) = operation["responses"].as_object_mut() else { return };
    for (status, description) in [
        ("400", "A parameter or the query cannot be understood."),
        ("429", "Too many requests; `Retry-After` says when to try again."),
        ("500", "A fault here."),
    ] {
        responses.entry(status).or_insert_with(|| json!({ "description": description }));
    }
    if method == "get" {
        responses.insert("304".to_owned(), json!({ "description": "The client has this answer already." }));
    }
    for (status, response) in responses {
        if status.starts_with(['4', '5']) {
            response["content"] = json!({ PROBLEM: { "schema": { "$ref": "#/components/schemas/Problem" } } });
        }
        let mut named = vec!["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"];
        named.extend((method == "get" && matches!(status.as_str(), "200" | "304")).then_some("ETag"));
        named.extend((status == "429").then_some("Retry-After"));
        for name in named {
            response["headers"][name] = json!({ "$ref": format!("#/components/headers/{name}") });
        }
    }
}

/// This description of the API.
#[utoipa::path(get, operation_id = "openapi", path = "/openapi.json", tag = "data", responses(
    (status = 200, description = "OpenAPI 3.1.", body = serde_json::Value),
))]
pub(crate) async fn show(
    Extension(document): Extension<Document>,
    _: Asked<Nothing>,
) -> Result<([(HeaderName, &'static str); 1], Bytes), Failure> {
    Ok(([(header::CONTENT_TYPE, "application/json")], document.0))
}
