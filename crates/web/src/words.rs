//! Numbers, labels and marked texts as people read them.

use std::fmt;
use std::ops::Range;

use query::Field;
use records::{Date, Office, Right, RightKind, Status};

use crate::language::Lang;

/// A whole number with its thousands apart: `12,345`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A moment on the clocks of the country, to the minute.
pub(crate) fn moment(moment: jiff::Timestamp) -> String {
    network::local(moment).strftime("%Y-%m-%d %H:%M").to_string()
}

/// A date, or nothing.
pub(crate) fn date(date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}

/// The title to show: in the page's language, else any; a mark without words says so.
pub(crate) fn title(right: &Right, lang: Lang) -> String {
    match right.title(lang.code()) {
        Some(title) if !title.trim().is_empty() => title.to_owned(),
        _ if right.right == RightKind::Trademark => lang.t("（图形商标）", "(figurative mark)").to_owned(),
        _ => lang.t("（无名称）", "(no title)").to_owned(),
    }
}

/// A number as people write it, with its office before it unless it stands there already.
pub(crate) fn with_office(office: Office, number: &str) -> String {
    if number.starts_with(office.as_str()) || number.starts_with("PCT") {
        number.to_owned()
    } else {
        format!("{office}{number}")
    }
}

/// A field's name for people.
pub(crate) fn field_name(field: Field, lang: Lang) -> String {
    if lang == Lang::Zh {
        return field.chinese().to_owned();
    }
    let name = field.english().replace('_', " ");
    match field {
        Field::Ipc | Field::Cpc => field.code().to_ascii_uppercase(),
        _ => name[..1].to_ascii_uppercase() + &name[1..],
    }
}

/// Characters of a class title that a list has room for.
const SHORT: usize = 60;

/// The title of a class up to where its first part ends, or as far as there is room.
pub(crate) fn short(title: &str) -> String {
    let part = title.split([';', '；', '。', '〔']).next().unwrap_or_default().trim();
    if part.chars().count() <= SHORT {
        return part.to_owned();
    }
    part.chars().take(SHORT).chain(['…']).collect()
}

/// The class of a status badge.
pub(crate) const fn status_class(status: Status) -> &'static str {
    match status {
        Status::Pending => "status-pending",
        Status::InForce => "status-in-force",
        Status::Lapsed => "status-lapsed",
        Status::Refused => "status-refused",
        Status::Withdrawn => "status-withdrawn",
        Status::Expired => "status-expired",
        Status::Unknown => "status-unknown",
    }
}

/// A text with the places of hits, written as escaped HTML with `<mark>`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marked {
    text: String,
    places: Vec<Range<usize>>,
}

impl Marked {
    /// Places are byte ranges in order; those that do not fit the text are passed over.
    pub(crate) fn new(text: impl Into<String>, places: Vec<Range<usize>>) -> Self {
        Self { text: text.into(), places }
    }
}

impl askama::filters::HtmlSafe for Marked {}

impl fmt::Display for Marked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut at = 0;
        for place in &self.places {
            let (Some(before), Some(hit)) = (self.text.get(at..place.start), self.text.get(place.clone())) else {
                continue;
            };
            escape(before, f)?;
            f.write_str("<mark>")?;
            escape(hit, f)?;
            f.write_str("</mark>")?;
            at = place.end;
        }
        escape(&self.text[at..], f)
    }
}

fn escape(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut rest = text;
    while let Some(at) = rest.find(['<', '>', '&', '"', '\'']) {
        f.write_str(&rest[..at])?;
        f.write_str(match rest.as_bytes()[at] {
            b'<' => "&#60;",
            b'>' => "&#62;",
            b'&' => "&#38;",
            b'"' => "&#34;",
            _ => "&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    f.write_str(rest)
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
