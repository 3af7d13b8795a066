//! The language of a page.

use axum::http::{HeaderMap, header};
use axum_extra::extract::CookieJar;
use query::Tongue;

/// Cookie that remembers the visitor's choice.
pub(crate) const COOKIE: &str = "lang";

/// Language of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// 中文.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// ISO 639-1.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// The language with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// For the `lang` attribute.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    pub(crate) const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }

    /// The text in this language.
    pub(crate) const fn t<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// For messages about queries.
    pub(crate) const fn tongue(self) -> Tongue {
        match self {
            Self::Zh => Tongue::Chinese,
            Self::En => Tongue::English,
        }
    }

    /// What a request asks for: the address (`?lang=en`), the remembered choice, the browser's languages, the site's own.
    pub(crate) fn of(query: &str, headers: &HeaderMap, otherwise: Self) -> Self {
        let named = query.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(Self::from_code);
        named
            .or_else(|| CookieJar::from_headers(headers).get(COOKIE).and_then(|cookie| Self::from_code(cookie.value())))
            .or_else(|| accepted(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?))
            .unwrap_or(otherwise)
    }
}

/// The first of the two languages in an `Accept-Language` header; browsers list them in order of preference.
fn accepted(header: &str) -> Option<Lang> {
    header.split(',').find_map(|entry| {
        let tag = entry.trim().to_ascii_lowercase();
        match tag.get(..2) {
            Some("zh") => Some(Lang::Zh),
            Some("en") => Some(Lang::En),
            _ => None,
        }
    })
}
