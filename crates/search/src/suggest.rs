//! What may be meant while a person types.

use std::ops::Range;
use std::sync::Arc;

use index::{FacetCount, FacetField};
use query::{CompletionKind, Field, FieldKind, Tongue, complete, fields_beginning, values_of};
use serde::Serialize;
use utoipa::ToSchema;

use crate::facets::is_chinese;
use crate::{SchemeName, SearchError, Searcher};

/// A way to go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Suggestion {
    /// What it is.
    pub kind: SuggestionKind,
    /// Text to put in place of what was typed.
    pub insert: String,
    /// Bytes of the text that it replaces.
    #[schema(value_type = Object)]
    pub place: Range<usize>,
    /// Its name for people.
    pub label: String,
    /// Rights that have the value, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
}

/// Kinds of suggestions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SuggestionKind {
    /// A field of the query language.
    Field,
    /// A value of a field: a name, a state, a kind.
    Value,
    /// A class with its title.
    Class,
}

/// Characters that must be typed before names are looked up; one Chinese character is enough.
const LETTERS: usize = 2;

/// Names offered for a bare word, so that fields and names both have room.
const NAMES: usize = 4;

impl Searcher {
    /// At most `most` ways to go on at `cursor` (bytes), the likeliest first; labels in `lang`, `zh` or `en`.
    pub async fn suggest(
        &self,
        text: &str,
        cursor: usize,
        lang: &str,
        most: usize,
    ) -> Result<Vec<Suggestion>, SearchError> {
        let completion = complete(text, cursor);
        let place = completion.place;
        let mut found = match completion.kind {
            CompletionKind::Nothing => Vec::new(),
            CompletionKind::FieldOrWord { typed } => {
                let mut found = fields(&typed, &place, lang);
                found.truncate(most.saturating_sub(NAMES).max(1));
                found.extend(self.names(Field::Applicant, FacetField::Applicant, &typed, &place, NAMES, true).await?);
                found
            }
            CompletionKind::Value { field, typed } => match facet(field) {
                Some(facet) => self.names(field, facet, &typed, &place, most, false).await?,
                None => match schemes(field) {
                    [] => values(field, &typed, &place, lang),
                    schemes => self.classes(schemes, &typed, &place, lang, most).await?,
                },
            },
        };
        found.truncate(most);
        Ok(found)
    }

    /// Names that the index has: whole values, so that exactly the counted rights are found.
    async fn names(
        &self,
        field: Field,
        facet: FacetField,
        typed: &str,
        place: &Range<usize>,
        most: usize,
        bare: bool,
    ) -> Result<Vec<Suggestion>, SearchError> {
        let typed = typed.trim_start_matches('*').trim();
        if typed.is_empty() || (typed.is_ascii() && typed.len() < LETTERS) {
            return Ok(Vec::new());
        }
        let (index, asked) = (Arc::clone(&self.index), typed.to_owned());
        let completed = tokio::task::spawn_blocking(move || index.complete(facet, &asked, most)).await;
        let completed = completed.map_err(|error| SearchError::Broken(error.to_string()))??;
        let suggestion = |FacetCount { value, count }: FacetCount| {
            let clause = query::clause(field, &value);
            // Behind a field the name of the field stands already, with its sign.
            let insert = if bare { clause } else { clause.split_once("==").map_or(value.clone(), |(_, value)| value.to_owned()) };
            Suggestion { kind: SuggestionKind::Value, insert, place: place.clone(), label: value, count: Some(count) }
        };
        Ok(completed.into_iter().map(suggestion).collect())
    }

    /// Classes by the beginning of their symbol or the words of their title.
    async fn classes(
        &self,
        schemes: &[SchemeName],
        typed: &str,
        place: &Range<usize>,
        lang: &str,
        most: usize,
    ) -> Result<Vec<Suggestion>, SearchError> {
        let symbol = typed.trim().to_uppercase();
        let mut found: Vec<Suggestion> = Vec::new();
        for scheme in schemes {
            let entries = if symbol.is_empty() || symbol.is_ascii() {
                self.register.scheme_starting(scheme.code(), &symbol, most as u32).await?
            } else {
                self.register.scheme_search(scheme.code(), &[typed.trim()], 3, most as u32).await?
            };
            let suggestion = |entry: register::SchemeEntry| {
                let row = crate::classes::row(*scheme, entry);
                let label = format!("{} {}", row.symbol, row.title(lang)).trim_end().to_owned();
                Suggestion { kind: SuggestionKind::Class, insert: row.symbol, place: place.clone(), label, count: None }
            };
            let new = entries.into_iter().map(suggestion).filter(|new| found.iter().all(|old| old.insert != new.insert));
            found.extend(new.collect::<Vec<_>>());
        }
        Ok(found)
    }
}

fn fields(typed: &str, place: &Range<usize>, lang: &str) -> Vec<Suggestion> {
    let tongue = if is_chinese(lang) { Tongue::Chinese } else { Tongue::English };
    let suggestion = |(field, name): (Field, &'static str)| Suggestion {
        kind: SuggestionKind::Field,
        insert: format!("{name}="),
        place: place.clone(),
        label: if is_chinese(lang) { field.chinese() } else { field.english() }.to_owned(),
        count: None,
    };
    fields_beginning(typed, tongue).into_iter().map(suggestion).collect()
}

/// Known words of a keyword field.
fn values(field: Field, typed: &str, place: &Range<usize>, lang: &str) -> Vec<Suggestion> {
    let tongue = if is_chinese(lang) { Tongue::Chinese } else { Tongue::English };
    let suggestion = |word: &'static str| Suggestion {
        kind: SuggestionKind::Value,
        insert: if word.contains(' ') { format!("\"{word}\"") } else { word.to_owned() },
        place: place.clone(),
        label: word.to_owned(),
        count: None,
    };
    values_of(field, typed, tongue).into_iter().map(suggestion).collect()
}

/// The counted names of a field.
const fn facet(field: Field) -> Option<FacetField> {
    match field {
        Field::Applicant => Some(FacetField::Applicant),
        Field::Owner => Some(FacetField::Owner),
        Field::Inventor => Some(FacetField::Inventor),
        Field::Agent => Some(FacetField::Agent),
        _ => None,
    }
}

/// The schemes of a class field.
fn schemes(field: Field) -> &'static [SchemeName] {
    if field.kind() != FieldKind::Class {
        return &[];
    }
    match field {
        Field::Ipc => &[SchemeName::Ipc],
        Field::Cpc => &[SchemeName::Cpc],
        Field::Nice => &[SchemeName::Nice],
        Field::Locarno => &[SchemeName::Locarno],
        Field::Vienna => &[SchemeName::Vienna],
        _ => &[SchemeName::Ipc, SchemeName::Cpc],
    }
}
