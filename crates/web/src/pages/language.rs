//! The one switch of language.

use axum::extract::{Path, Query};
use axum::response::Redirect;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde::Deserialize;

use crate::language::{COOKIE, Lang};
use crate::problem::Failure;

#[derive(Deserialize)]
pub(crate) struct Back {
    #[serde(default)]
    to: String,
}

/// Remembers the language and goes back to where the visitor was.
pub(crate) async fn switch(
    Path(code): Path<String>,
    Query(back): Query<Back>,
    jar: CookieJar,
) -> Result<(CookieJar, Redirect), Failure> {
    let lang = Lang::from_code(&code).ok_or(Failure::NotFound)?;
    let cookie = Cookie::build((COOKIE, lang.code())).path("/").same_site(SameSite::Lax).permanent().build();
    Ok((jar.add(cookie), Redirect::to(&local(&back.to))))
}

/// An address on this site without a language of its own, which would win over the choice; the home page for anything else.
fn local(address: &str) -> String {
    let here = address.starts_with('/') && !address.starts_with("//") && !address.contains(['\\', '\r', '\n']);
    if !here {
        return "/".to_owned();
    }
    let Some((path, query)) = address.split_once('?') else { return address.to_owned() };
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("lang=")).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn only_addresses_of_this_site_are_gone_back_to() {
        for (given, gone) in [
            ("/search?q=a&lang=en&sort=filed", "/search?q=a&sort=filed"),
            ("/classes?lang=zh", "/classes"),
            ("//evil.example/", "/"),
            ("https://evil.example/", "/"),
            ("/\\evil.example", "/"),
            ("", "/"),
        ] {
            assert_eq!(local(given), gone, "{given}");
        }
    }
}
