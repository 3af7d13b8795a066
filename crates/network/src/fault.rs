//! What is wrong with what was sent, field by field.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Something wrong with a field; nothing is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Fault {
    /// The field, as in JSON and CSV.
    pub field: String,
    /// What is wrong and what to write, Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

impl Fault {
    /// A fault of a field in both languages.
    pub fn new(field: &str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { field: field.to_owned(), zh: zh.into(), en: en.into() }
    }

    /// The message in `zh` or, for every other language, English.
    pub fn text(&self, lang: &str) -> &str {
        if lang == "zh" { &self.zh } else { &self.en }
    }

    /// What is wrong with a text that must be there, of `most` characters.
    pub fn of_words(field: &str, words: &str, most: usize) -> Option<Self> {
        let length = words.trim().chars().count();
        let told = || {
            Self::new(
                field,
                format!("请填写，最多 {most} 个字符"),
                format!("must be filled in, {most} characters at most"),
            )
        };
        (length == 0 || length > most || words.contains('\0')).then(told)
    }

    /// What is wrong with a text that may be empty, of `most` characters.
    pub fn of_length(field: &str, words: &str, most: usize) -> Option<Self> {
        let told = || Self::new(field, format!("最多 {most} 个字符"), format!("{most} characters at most"));
        (words.chars().count() > most || words.contains('\0')).then(told)
    }

    /// What is wrong with a key that a client made, by which an act sent twice is one act.
    pub fn of_key(key: &str) -> Option<Self> {
        let sound =
            (8..=64).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
        let told =
            || Self::new("key", "表单标识无效，请重新打开页面", "the key of the form is wrong; open the page again");
        (!sound).then(told)
    }
}

#[cfg(test)]
#[path = "fault_tests.rs"]
mod tests;
