//! Words in both languages.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The same in Chinese and in English. Read from `{"zh": …, "en": …}` or `["中文", "English"]`, written as the former.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(from = "Form")]
#[schema(as = BilingualText)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// The two ways to write it: with names, or as a pair.
#[derive(Deserialize)]
#[serde(untagged)]
enum Form {
    Named(Named),
    Pair([String; 2]),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    #[serde(default)]
    zh: String,
    #[serde(default)]
    en: String,
}

impl From<Form> for Text {
    fn from(form: Form) -> Self {
        match form {
            Form::Named(Named { zh, en }) | Form::Pair([zh, en]) => Self { zh, en },
        }
    }
}

impl Text {
    /// Both of them.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The words in `zh` or, for every other language, English; in the other one where these are missing.
    pub fn text(&self, lang: &str) -> &str {
        let (first, second) = if lang == "zh" { (&self.zh, &self.en) } else { (&self.en, &self.zh) };
        if first.is_empty() { second } else { first }
    }

    /// Whether there is nothing in either language.
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }
}
