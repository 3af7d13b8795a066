//! Suggestions while a query is being typed.

use std::ops::Range;
use std::sync::Arc;

use index::{FacetCount, FacetField, Index, IndexError};
use query::{Field, FieldKind, Tongue, clause, fields_beginning};
use records::{ApplicantType, Cpc, Effect, RightKind, Status, lookup_keys};
use register::SchemeEntry;
use serde::Serialize;
use utoipa::ToSchema;

use crate::typing::Typing;
use crate::{SchemeName, SearchError, Searcher, facet_label};

/// Levels of a scheme looked through for words of titles: down to subclasses.
const LEVELS: u32 = 2;

/// What a suggestion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SuggestionKind {
    /// A field to be asked.
    Field,
    /// A value with its field.
    Value,
    /// A class of a scheme.
    Class,
    /// A number of a right.
    Number,
}

/// One suggestion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Suggestion {
    /// What it is.
    pub kind: SuggestionKind,
    /// Text to be put in.
    pub insert: String,
    /// Bytes of the query that it takes the place of.
    #[schema(value_type = Object, example = json!({ "start": 0, "end": 6 }))]
    pub place: Range<usize>,
    /// What people read.
    pub label: String,
    /// Rights that have the value, in the whole index.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
}

/// A suggestion before it has its place.
struct Idea {
    kind: SuggestionKind,
    insert: String,
    label: String,
    count: Option<u64>,
}

impl Searcher {
    /// What may be meant by what stands at byte `cursor` of a query: fields, values with their numbers of rights, classes,
    /// a number that is here; at most `most`, labels in `lang`, `zh` or `en`.
    pub async fn suggest(
        &self,
        text: &str,
        cursor: usize,
        lang: &str,
        most: usize,
    ) -> Result<Vec<Suggestion>, SearchError> {
        let Some(typing) = Typing::at(text, cursor) else { return Ok(Vec::new()) };
        let mut ideas = match typing.field {
            Some(field) => self.of_field(field, &typing, lang, most).await?,
            None => self.of_word(&typing.typed, lang, most).await?,
        };
        ideas.truncate(most);
        let place = |idea: Idea| Suggestion {
            kind: idea.kind,
            insert: idea.insert,
            place: typing.place.clone(),
            label: idea.label,
            count: idea.count,
        };
        Ok(ideas.into_iter().map(place).collect())
    }

    /// Values of a field.
    async fn of_field(&self, field: Field, typing: &Typing, lang: &str, most: usize) -> Result<Vec<Idea>, SearchError> {
        let scheme = match field {
            Field::Class => Some(SchemeName::Ipc),
            _ => SchemeName::ALL.into_iter().find(|scheme| scheme.field() == field),
        };
        let mut ideas = if let Some(scheme) = scheme {
            self.classes(scheme, field, &typing.typed, lang, most).await?
        } else if field == Field::Event {
            let named = Effect::ALL
                .into_iter()
                .filter(|effect| fits(&typing.typed, [effect.code(), effect.label("zh"), effect.label("en")]));
            named.map(|effect| Idea::value(field, effect.code(), effect.label(lang).to_owned(), None)).collect()
        } else if field.kind() == FieldKind::Number {
            self.number(&typing.typed, lang).await?
        } else if let Some(facet) = facet(field) {
            self.values(vec![(facet, typing.typed.clone())], lang, most).await?
        } else {
            Vec::new()
        };
        if typing.bare {
            // Inside the brackets of a field its values stand alone; whole ones cannot.
            let sign = format!("{}=", field.code());
            for idea in &mut ideas {
                let value = idea.insert.strip_prefix(&sign).map(|value| value.trim_start_matches('=').to_owned());
                idea.insert = value.unwrap_or_else(|| idea.insert.clone());
            }
        }
        Ok(ideas)
    }

    /// What a word without a field may become.
    async fn of_word(&self, typed: &str, lang: &str, most: usize) -> Result<Vec<Idea>, SearchError> {
        if typed.is_empty() {
            return Ok(Vec::new());
        }
        let mut ideas = self.number(typed, lang).await?;
        ideas.extend(fields(typed, lang));
        let looks_like_class = Cpc::read(typed).is_some() && typed.bytes().any(|b| b.is_ascii_digit());
        if looks_like_class {
            ideas.extend(self.classes(SchemeName::Ipc, Field::Class, typed, lang, most).await?);
        }
        let facets = [
            FacetField::Applicant,
            FacetField::Inventor,
            FacetField::Agent,
            FacetField::Status,
            FacetField::Right,
            FacetField::Technology,
            FacetField::Region,
            FacetField::City,
            FacetField::ApplicantType,
        ];
        let asked = facets.into_iter().map(|facet| (facet, typed.to_owned())).collect();
        ideas.extend(self.values(asked, lang, 3.max(most / 3)).await?);
        let shortest = if typed.contains(language::is_cjk) { 2 } else { 4 };
        if !looks_like_class && typed.chars().count() >= shortest {
            for scheme in SchemeName::ALL {
                ideas.extend(self.classes(scheme, scheme.field(), typed, lang, 2).await?);
            }
        }
        Ok(ideas)
    }

    /// Values of facets that fit, the commonest of each first.
    async fn values(
        &self,
        asked: Vec<(FacetField, String)>,
        lang: &str,
        most: usize,
    ) -> Result<Vec<Idea>, SearchError> {
        let index = Arc::clone(&self.index);
        let completed = tokio::task::spawn_blocking(move || {
            let one = |(facet, typed): (FacetField, String)| Ok((facet, values(&*index, facet, &typed, most)?));
            asked.into_iter().map(one).collect::<Result<Vec<_>, IndexError>>()
        });
        let completed = completed.await.map_err(|error| SearchError::Broken(error.to_string()))??;
        let ideas = completed.into_iter().flat_map(|(facet, values)| {
            values.into_iter().map(move |FacetCount { value, count }| {
                let label = facet_label(facet, &value, lang);
                Idea { kind: SuggestionKind::Value, insert: crate::clause(facet, &value), label, count: Some(count) }
            })
        });
        Ok(ideas.collect())
    }

    /// Classes whose symbol begins with what was typed, or whose title has its words.
    async fn classes(
        &self,
        scheme: SchemeName,
        field: Field,
        typed: &str,
        lang: &str,
        most: usize,
    ) -> Result<Vec<Idea>, SearchError> {
        let most_places = u32::try_from(most).unwrap_or(u32::MAX);
        let symbol = typed.to_ascii_uppercase();
        let mut places: Vec<SchemeEntry> = Vec::new();
        if !symbol.is_empty() && symbol.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-.".contains(&b)) {
            places = self.register.scheme_starting(scheme.code(), &symbol, most_places).await?;
        }
        if places.is_empty() {
            let words: Vec<&str> = typed.split_whitespace().collect();
            places = self.register.scheme_search(scheme.code(), &words, LEVELS, u32::MAX).await?;
            places.retain(|place| begins(place, typed).is_some());
            // A title that begins with what was typed is about it; one that has it far behind only excludes it.
            places.sort_by_key(|place| begins(place, typed));
            places.truncate(most);
        }
        let idea = |place: SchemeEntry| {
            let (first, other) =
                if lang == "zh" { (place.title_zh, place.title_en) } else { (place.title_en, place.title_zh) };
            let title = first.or(other).unwrap_or_default();
            Idea {
                kind: SuggestionKind::Class,
                insert: clause(field, &place.symbol),
                label: format!("{} {title}", place.symbol).trim_end().to_owned(),
                count: None,
            }
        };
        Ok(places.into_iter().map(idea).collect())
    }

    /// A number of a right that is here.
    async fn number(&self, typed: &str, lang: &str) -> Result<Vec<Idea>, SearchError> {
        if typed.bytes().filter(u8::is_ascii_digit).count() < 5 || typed.len() > 60 {
            return Ok(Vec::new());
        }
        let ids: Vec<_> = self.register.find(&lookup_keys(typed)).await?.into_iter().take(3).collect();
        let briefs = self.briefs(&ids).await?.into_iter().flatten();
        let idea = |brief: crate::Brief| Idea {
            kind: SuggestionKind::Number,
            insert: clause(Field::Number, &brief.number),
            label: format!("{} {}", brief.number, brief.title(lang)).trim_end().to_owned(),
            count: None,
        };
        Ok(briefs.filter(|brief| !brief.number.is_empty()).map(idea).collect())
    }
}

impl Idea {
    fn value(field: Field, value: &str, label: String, count: Option<u64>) -> Self {
        Self { kind: SuggestionKind::Value, insert: clause(field, value), label, count }
    }
}

/// At which character of a title a word begins with what was typed; in Chinese at which one it stands.
fn begins(place: &SchemeEntry, typed: &str) -> Option<usize> {
    let typed = typed.to_lowercase();
    let in_title = |title: &String| {
        let title = title.to_lowercase();
        let starts =
            |at: usize| title[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() || language::is_cjk(c));
        let anywhere = typed.starts_with(language::is_cjk);
        let at = title.match_indices(&typed).map(|(at, _)| at).find(|at| anywhere || starts(*at))?;
        Some(title[..at].chars().count())
    };
    [&place.title_zh, &place.title_en].into_iter().flatten().filter_map(in_title).min()
}

/// Fields one of whose names begins with what was typed, inserted by that name.
fn fields(typed: &str, lang: &str) -> Vec<Idea> {
    let tongue = if lang == "zh" { Tongue::Chinese } else { Tongue::English };
    let mut fields = fields_beginning(typed, tongue);
    // A name typed in full comes first.
    fields.sort_by_key(|(_, name)| !name.eq_ignore_ascii_case(typed));
    let idea = |(field, name): (Field, &str)| {
        let full = if lang == "zh" { field.chinese() } else { field.english() };
        let label = format!("{full} {}", field.code());
        Idea { kind: SuggestionKind::Field, insert: format!("{name}="), label, count: None }
    };
    fields.into_iter().take(4).map(idea).collect()
}

/// The facet that counts a field's values.
fn facet(field: Field) -> Option<FacetField> {
    FacetField::ALL
        .into_iter()
        .find(|facet| crate::field_of(*facet) == field && !matches!(facet, FacetField::Class | FacetField::Group))
}

/// Values of a facet that fit. Values of few kinds are also known by their labels.
fn values(index: &dyn Index, facet: FacetField, typed: &str, most: usize) -> Result<Vec<FacetCount>, IndexError> {
    let labelled = matches!(
        facet,
        FacetField::Right
            | FacetField::Status
            | FacetField::Office
            | FacetField::Country
            | FacetField::Technology
            | FacetField::Region
            | FacetField::City
            | FacetField::ApplicantType
    );
    if !labelled {
        return index.complete(facet, typed, most);
    }
    let all = index.complete(facet, "", 500)?;
    let words: &[&str] = match facet {
        FacetField::Right => &RightKind::from_word(typed).iter().map(|kind| kind.code()).collect::<Vec<_>>(),
        FacetField::ApplicantType => {
            &ApplicantType::from_word(typed).iter().map(|kind| kind.code()).collect::<Vec<_>>()
        }
        FacetField::Status => &Status::from_word(typed).iter().map(|status| status.code()).collect::<Vec<_>>(),
        _ => &[],
    };
    let fitting = all.into_iter().filter(|FacetCount { value, .. }| {
        let names = [value.clone(), facet_label(facet, value, "zh"), facet_label(facet, value, "en")];
        words.contains(&value.as_str()) || fits(typed, names.each_ref().map(String::as_str))
    });
    Ok(fitting.take(most).collect())
}

/// Whether one of the names begins with what was typed, or in Chinese has it anywhere.
fn fits(typed: &str, names: [&str; 3]) -> bool {
    let typed = language::fold(typed.trim());
    let anywhere = typed.contains(language::is_cjk);
    names.iter().any(|name| {
        let name = language::fold(name);
        if anywhere {
            name.contains(typed.as_ref())
        } else {
            name.split([' ', '-']).any(|word| word.starts_with(typed.as_ref()))
        }
    })
}
