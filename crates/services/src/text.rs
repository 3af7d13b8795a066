//! Words in both languages.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The same in Chinese and in English.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// Both of them.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The words in `zh` or, for every other language, English.
    pub fn text(&self, lang: &str) -> &str {
        if lang == "zh" { &self.zh } else { &self.en }
    }
}
