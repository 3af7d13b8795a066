//! `auth/accesstoken`: clients ask for a token before anything else. The register is public: everyone gets one, it means
//! nothing, and no service asks for it.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use super::super::asked;

/// Seconds for which clients keep a token.
const LASTS: u32 = 1200;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Grant {
    grant_type: String,
}

/// Gives a token (RFC 6749, client credentials).
pub(super) async fn give(body: String) -> Response {
    let grant: Grant = asked::read(body.trim()).await.unwrap_or_default();
    if grant.grant_type != "client_credentials" {
        let error =
            json!({ "error": "unsupported_grant_type", "error_description": "expected grant_type=client_credentials" });
        return (StatusCode::BAD_REQUEST, Json(error)).into_response();
    }
    let token = json!({
        "access_token": "public",
        "token_type": "BearerToken",
        "expires_in": LASTS.to_string(),
        "scope": "public",
        "status": "approved",
    });
    Json(token).into_response()
}
