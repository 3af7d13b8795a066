//! `/api/v1/suggest`: what may be meant while a query is being typed.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use search::SuggestionKind;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::{Asked, within};
use crate::App;
use crate::frame::Visit;
use crate::problem::Failure;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Parameters {
    /// The query as far as typed.
    #[param(example = "pa=华")]
    q: String,
    /// Where the cursor stands, in UTF-16 units as browsers count; at the end unless told otherwise.
    cursor: Option<usize>,
    /// Most suggestions.
    #[param(minimum = 1, maximum = 50)]
    most: usize,
}

impl Default for Parameters {
    fn default() -> Self {
        Self { q: String::new(), cursor: None, most: 10 }
    }
}

/// Suggestions, best first.
#[derive(Serialize, ToSchema)]
pub(crate) struct SuggestAnswer {
    /// The suggestions.
    suggestions: Vec<SuggestionView>,
}

/// One suggestion.
#[derive(Serialize, ToSchema)]
pub(crate) struct SuggestionView {
    /// What it is.
    kind: SuggestionKind,
    /// Text to be put in.
    insert: String,
    /// UTF-16 units of the query, from and to, that it takes the place of.
    place: [usize; 2],
    /// What people read.
    label: String,
    /// Rights that have the value, in the whole register.
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u64>,
}

/// Suggest what may be meant by what stands at the cursor.
#[utoipa::path(get, operation_id = "suggest", path = "/suggest", tag = "search", params(Parameters), responses(
    (status = 200, description = "Suggestions.", body = SuggestAnswer),
))]
pub(crate) async fn suggest(
    visit: Visit,
    State(app): State<Arc<App>>,
    Asked(asked): Asked<Parameters>,
) -> Result<Json<SuggestAnswer>, Failure> {
    let most = within("most", asked.most, 1, 50)?;
    let q = asked.q;
    let cursor = asked.cursor.map_or(q.len(), |units| byte_at(&q, units));
    let found = app.searcher().suggest(&q, cursor, visit.lang.code(), most).await?;
    let suggestions = found.into_iter().map(|suggestion| SuggestionView {
        kind: suggestion.kind,
        place: [units_to(&q, suggestion.place.start), units_to(&q, suggestion.place.end)],
        insert: suggestion.insert,
        label: suggestion.label,
        count: suggestion.count,
    });
    Ok(Json(SuggestAnswer { suggestions: suggestions.collect() }))
}

/// The byte at which so many UTF-16 units end; the end of the text for more than it has. A unit inside a character
/// counts as before it.
fn byte_at(text: &str, units: usize) -> usize {
    let mut before = 0;
    for (at, c) in text.char_indices() {
        if before + c.len_utf16() > units {
            return at;
        }
        before += c.len_utf16();
    }
    text.len()
}

/// UTF-16 units before a byte.
fn units_to(text: &str, byte: usize) -> usize {
    text.char_indices().take_while(|(at, _)| *at < byte).map(|(_, c)| c.len_utf16()).sum()
}

#[cfg(test)]
mod tests {
    use super::{byte_at, units_to};

    #[test]
    fn places_are_counted_as_browsers_count_them() {
        let text = "a石𠮷b";
        for (units, byte) in [(0, 0), (1, 1), (2, 4), (4, 8), (5, 9)] {
            assert_eq!((byte_at(text, units), units_to(text, byte)), (byte, units));
        }
        assert_eq!(byte_at(text, 3), 4, "inside a character of two units");
        assert_eq!(byte_at(text, 99), text.len());
    }
}
