//! What can be ticked beside a level.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::Level;

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tag {
    /// Its code.
    pub key: String,
    /// The levels that offer it.
    pub levels: Vec<Level>,
    zh: String,
    en: String,
}

impl Tag {
    /// The name in `zh` or, for every other language, English.
    pub fn label(&self, lang: &str) -> &str {
        if lang == "zh" { &self.zh } else { &self.en }
    }
}

/// All tags.
pub fn tags() -> &'static [Tag] {
    #[derive(Deserialize)]
    struct File {
        tag: Vec<Tag>,
    }
    static ALL: LazyLock<Vec<Tag>> = LazyLock::new(|| {
        toml::from_str::<File>(include_str!("tags.toml")).expect("the tags that come with the program").tag
    });
    &ALL
}

/// The tags that a level offers.
pub fn tags_of(level: Level) -> impl Iterator<Item = &'static Tag> {
    tags().iter().filter(move |tag| tag.levels.contains(&level))
}

#[cfg(test)]
#[path = "tag_tests.rs"]
mod tests;
