//! The passage of a right in which a query's words stand.

use std::ops::Range;

use language::sentences;
use query::Field;
use records::Right;
use serde::Serialize;
use utoipa::ToSchema;

use crate::Marker;
use crate::marker::Asked;

/// Most characters shown.
const LONGEST: usize = 160;

/// Characters shown before the first mark when a passage is cut.
const LEAD: usize = 40;

/// Conditions looked for; the passage for more than these would say no more.
const CONDITIONS: usize = 32;

/// Texts of one field looked through for a passage: the first paragraphs of a description, the first claims.
const TEXTS: usize = 400;

/// A passage with the words that were found in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Snippet {
    /// Code of the field it stands in: `ab`, `cl`, `gs`, `de`.
    pub field: &'static str,
    /// Number of the claim it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<u32>,
    /// About 160 characters; `…` where something is cut.
    pub text: String,
    /// Byte ranges of the words that were found.
    #[schema(value_type = Vec<Object>, example = json!([{ "start": 0, "end": 6 }]))]
    pub marks: Vec<Range<usize>>,
}

/// A text of a right that may be shown.
struct Passage<'r> {
    field: Field,
    claim: Option<u32>,
    text: &'r str,
}

/// The passage that best shows what titles and names do not; `None` when they show all that can be shown.
pub(crate) fn snippet(right: &Right, marker: &Marker) -> Option<Snippet> {
    let hidden: Vec<&Asked> = marker.asked().iter().take(CONDITIONS).filter(|asked| !is_shown(asked, right)).collect();
    if hidden.is_empty() {
        return None;
    }
    let (passage, sentence) = [abstracts, goods, claims, description].iter().find_map(|texts| {
        let field = |passage: &Passage<'_>| hidden.iter().any(|asked| asked.asks(passage.field));
        best(texts(right).filter(field).take(TEXTS), &hidden)
    })?;
    Some(cut(&passage, sentence, marker))
}

/// Whether titles or names, which every list shows, have what is asked.
fn is_shown(asked: &Asked, right: &Right) -> bool {
    let titles = right.titles.iter().map(|title| (Field::Title, title.text.as_str()));
    let names = [
        (Field::Applicant, &right.applicants),
        (Field::Owner, &right.owners),
        (Field::Inventor, &right.inventors),
        (Field::Agent, &right.agents),
    ];
    let names = names.into_iter().flat_map(|(field, parties)| parties.iter().map(move |p| (field, p.name.as_str())));
    titles.chain(names).any(|(field, text)| asked.asks(field) && !asked.places(text).is_empty())
}

type Passages<'r> = Box<dyn Iterator<Item = Passage<'r>> + 'r>;

fn abstracts(right: &Right) -> Passages<'_> {
    let passage = |text| Passage { field: Field::Abstract, claim: None, text };
    Box::new(right.abstracts.iter().map(move |text| passage(text.text.as_str())))
}

fn goods(right: &Right) -> Passages<'_> {
    let terms = right.nice.iter().flat_map(|class| class.terms.iter());
    Box::new(terms.map(|term| Passage { field: Field::Goods, claim: None, text: term }))
}

fn claims(right: &Right) -> Passages<'_> {
    let claims = right.claims.iter();
    Box::new(claims.map(|claim| Passage { field: Field::Claims, claim: Some(claim.number), text: &claim.text }))
}

fn description(right: &Right) -> Passages<'_> {
    let sections = right.description.iter().flat_map(|description| &description.sections);
    let paragraphs = sections.flat_map(|section| &section.paragraphs);
    Box::new(paragraphs.map(|text| Passage { field: Field::Description, claim: None, text }))
}

/// The first passage that shows most of what is hidden, with the sentence that shows most of it.
fn best<'r>(passages: impl Iterator<Item = Passage<'r>>, hidden: &[&Asked]) -> Option<(Passage<'r>, Range<usize>)> {
    let mut best: Option<(usize, Passage<'r>, Range<usize>)> = None;
    for passage in passages {
        let places: Vec<Vec<Range<usize>>> =
            hidden.iter().filter(|asked| asked.asks(passage.field)).map(|asked| asked.places(passage.text)).collect();
        let shown = places.iter().filter(|places| !places.is_empty()).count();
        if shown == 0 || best.as_ref().is_some_and(|(most, ..)| *most >= shown) {
            continue;
        }
        let within = |sentence: &Range<usize>| {
            let has = |place: &Range<usize>| sentence.start <= place.start && place.start < sentence.end;
            places.iter().filter(|places| places.iter().any(has)).count()
        };
        // Of equal sentences the first.
        let sentence = sentences(passage.text).into_iter().rev().max_by_key(within);
        let sentence = sentence.unwrap_or(0..passage.text.len());
        best = Some((shown, passage, sentence));
        if shown == hidden.len() {
            break;
        }
    }
    best.map(|(_, passage, sentence)| (passage, sentence))
}

/// A sentence with its marks, cut round the first one when it is long.
fn cut(passage: &Passage<'_>, sentence: Range<usize>, marker: &Marker) -> Snippet {
    let sentence = &passage.text[sentence];
    let marks = marker.places(passage.field, sentence);
    let first = marks.first().map_or(0, |mark| mark.start);
    let window = window(sentence, first);
    let open = if window.start > 0 { "…" } else { "" };
    let close = if window.end < sentence.len() { "…" } else { "" };
    let inside = |mark: Range<usize>| {
        let (start, end) = (mark.start.max(window.start), mark.end.min(window.end));
        (start < end).then(|| start - window.start + open.len()..end - window.start + open.len())
    };
    Snippet {
        field: passage.field.code(),
        claim: passage.claim,
        text: format!("{open}{}{close}", &sentence[window.clone()]),
        marks: marks.into_iter().filter_map(inside).collect(),
    }
}

/// About [`LONGEST`] characters round byte `first`, cut between words where there are any.
fn window(text: &str, first: usize) -> Range<usize> {
    let lead = text[..first].char_indices().rev().nth(LEAD - 1).map_or(0, |(at, _)| at);
    let fits = text[lead..].chars().nth(LONGEST).is_none();
    // Near the end more is shown before the mark.
    let start =
        if lead > 0 && fits { text.char_indices().rev().nth(LONGEST - 1).map_or(0, |(at, _)| at) } else { lead };
    let start = if start == 0 { 0 } else { text[start..first].find(' ').map_or(start, |space| start + space + 1) };
    let Some((end, _)) = text[start..].char_indices().nth(LONGEST) else { return start..text.len() };
    let end = start + end;
    let word = text[first.max(start)..end].rfind(' ').map(|space| first.max(start) + space);
    start..word.filter(|word| end - word < 24 && *word > first).unwrap_or(end)
}

#[cfg(test)]
#[path = "snippet_tests.rs"]
mod tests;
