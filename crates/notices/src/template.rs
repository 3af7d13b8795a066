//! The texts of notices: templates with places, in both languages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::NoticesError;

/// The values of a notice by place.
pub(crate) type Values = BTreeMap<String, String>;

/// Characters of one value at most; what is longer ends in `…`.
const MOST_OF_A_VALUE: usize = 500;

/// What stands in a place for which an old notice has no value.
const BLANK: &str = "…";

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Both {
    zh: String,
    en: String,
}

impl Both {
    fn of(&self, lang: &str) -> &str {
        if lang == "zh" { &self.zh } else { &self.en }
    }
}

/// A template of [`templates`].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    #[serde(default = "yes")]
    portal: bool,
    #[serde(default)]
    always: bool,
    subject: Both,
    body: Both,
}

fn yes() -> bool {
    true
}

/// A notice in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// One line.
    pub subject: String,
    /// Plain text of several lines.
    pub body: String,
}

impl Template {
    /// Whether it is shown in the portal; those that are not carry a secret and are erased when sent.
    pub fn is_shown_in_portal(&self) -> bool {
        self.portal
    }

    /// Whether it is mailed even to those who want no mail.
    pub fn is_always_mailed(&self) -> bool {
        self.always
    }

    /// The places that a notice must fill; `link` is filled by itself.
    pub fn places(&self) -> BTreeSet<&str> {
        let texts = [&self.subject.zh, &self.subject.en, &self.body.zh, &self.body.en];
        let mut places: BTreeSet<&str> = texts.into_iter().flat_map(|text| places_in(text)).collect();
        places.remove("link");
        places
    }

    /// The text for these values; a place without value reads `…`.
    pub(crate) fn text(&self, lang: &str, values: &Values, link: &str) -> Text {
        Text {
            subject: filled(self.subject.of(lang), lang, values, link),
            body: filled(self.body.of(lang), lang, values, link),
        }
    }

    /// The first place for which there is no value in one of the languages.
    fn lacking(&self, values: &Values) -> Option<&str> {
        let given = |place: &&str| ["zh", "en"].iter().all(|lang| value(values, place, lang).is_some());
        self.places().into_iter().find(|place| !given(place))
    }
}

/// All templates by key.
pub fn templates() -> &'static BTreeMap<String, Template> {
    static ALL: LazyLock<BTreeMap<String, Template>> = LazyLock::new(|| {
        toml::from_str(include_str!("templates.toml")).expect("the templates that come with the program")
    });
    &ALL
}

/// The template of a notice to be put, and its values as they are stored.
pub(crate) fn checked(key: &str, given: &[(&str, &str)]) -> Result<(&'static Template, Values), NoticesError> {
    let template = templates().get(key).ok_or_else(|| NoticesError::Template(key.to_owned()))?;
    let values: Values = given.iter().map(|(place, value)| ((*place).to_owned(), tidy(value))).collect();
    match template.lacking(&values) {
        Some(place) => Err(NoticesError::Place { template: key.to_owned(), place: place.to_owned() }),
        None => Ok((template, values)),
    }
}

/// The text of a stored notice, of whatever version of the program; a template that is gone leaves its key.
pub(crate) fn text(key: &str, lang: &str, values: &Values, link: &str) -> Text {
    match templates().get(key) {
        Some(template) => template.text(lang, values, link),
        None => Text { subject: key.to_owned(), body: link.to_owned() },
    }
}

/// One line, no control characters, not too long: it may stand in a subject and in a mail.
fn tidy(value: &str) -> String {
    let line: String = value.chars().map(|c| if c.is_control() || is_bidi(c) { ' ' } else { c }).collect();
    let line = line.trim();
    match line.char_indices().nth(MOST_OF_A_VALUE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// Marks that turn the order of what follows.
fn is_bidi(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

fn value<'v>(values: &'v Values, place: &str, lang: &str) -> Option<&'v str> {
    values.get(&format!("{place}.{lang}")).or_else(|| values.get(place)).map(String::as_str)
}

/// The names between braces.
fn places_in(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(place, _)| place))
}

/// One pass, so that braces in a value are not places.
fn filled(text: &str, lang: &str, values: &Values, link: &str) -> String {
    let mut pieces = text.split('{');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let Some((place, rest)) = piece.split_once('}') else { continue };
        let value = if place == "link" { Some(link) } else { value(values, place, lang) };
        out.push_str(value.unwrap_or(BLANK));
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
#[path = "template_tests.rs"]
mod tests;
