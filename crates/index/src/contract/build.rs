//! Rights, queries and questions in few words.

use query::{Field, Leaf, Pattern, Proximity, Query, Value};
use records::{Date, Right, RightId};
use serde_json::{Value as Json, json};

use crate::{Answer, Document, FacetField, Index, IndexError, Request, Seek, Sort, SortKey, Symbols};

/// Makes an empty index.
pub type Maker<'a> = &'a dyn Fn() -> Box<dyn Index>;

/// The day on which everything here happens.
pub(super) fn today() -> Date {
    Date::constant(2026, 11, 23)
}

/// A right with the given fields of the JSON form; its id, kind and office come from `id`.
pub(super) fn right(id: &str, fields: Json) -> Right {
    let kind = match id.split('-').nth(1) {
        Some("T") => "trademark",
        Some("D") => "design",
        Some("U") => "utility-model",
        _ => "invention",
    };
    let mut whole = json!({
        "id": id, "right": kind, "office": &id[..2], "publications": [], "titles": [], "abstracts": [], "claims": [],
        "applicants": [], "owners": [], "inventors": [], "agents": [], "priorities": [], "ipc": [], "cpc": [],
        "locarno": [], "nice": [], "vienna": [], "citations": [], "related": [], "images": [], "events": [],
        "status": "pending", "facts": [], "sources": [],
    });
    if let (Json::Object(whole), Json::Object(fields)) = (&mut whole, fields) {
        whole.extend(fields);
    }
    serde_json::from_value(whole).expect("a right of the contract suite is well-formed")
}

/// A right with nothing but a title.
pub(super) fn titled(id: &str, title: &str) -> Right {
    right(id, json!({"titles": [{"text": title}]}))
}

/// The change that puts a right.
pub(super) fn put(right: Right) -> Document {
    Document::Put { status: right.status, right: Box::new(right) }
}

/// An index with these rights, committed.
pub(super) fn filled(make: Maker<'_>, rights: impl IntoIterator<Item = Right>) -> Box<dyn Index> {
    let index = make();
    index.add(rights.into_iter().map(put).collect()).expect("rights are added");
    index.commit(1, today()).expect("rights are committed");
    index
}

pub(super) fn leaf(field: Option<Field>, value: Value) -> Query {
    Query::Leaf(Leaf { field, value, place: 0..0 })
}

pub(super) fn word(field: impl Into<Option<Field>>, text: &str) -> Query {
    leaf(field.into(), Value::Text(Pattern::Word(text.to_owned())))
}

pub(super) fn phrase(field: impl Into<Option<Field>>, text: &str) -> Query {
    leaf(field.into(), Value::Text(Pattern::Phrase(text.to_owned())))
}

pub(super) fn wildcard(field: impl Into<Option<Field>>, text: &str) -> Query {
    leaf(field.into(), Value::Text(Pattern::Wildcard(text.to_owned())))
}

pub(super) fn whole(field: impl Into<Option<Field>>, text: &str) -> Query {
    leaf(field.into(), Value::Text(Pattern::Whole(text.to_owned())))
}

pub(super) fn codes(field: Field, codes: &[&str]) -> Query {
    let codes = codes.iter().map(|&code| code.to_owned()).collect();
    leaf(Some(field), Value::Codes { text: String::new(), codes })
}

pub(super) fn class(field: Field, symbol: &str, exact: bool) -> Query {
    leaf(Some(field), Value::Class { symbol: symbol.to_owned(), exact })
}

pub(super) fn number(field: Field, keys: &[String]) -> Query {
    leaf(Some(field), Value::Number { text: String::new(), keys: keys.to_vec(), wildcard: false })
}

pub(super) fn dates(field: Field, from: Option<Date>, to: Option<Date>) -> Query {
    leaf(Some(field), Value::Dates { from, to })
}

pub(super) fn both(left: Query, right: Query) -> Query {
    Query::And(vec![left, right])
}

pub(super) fn either(left: Query, right: Query) -> Query {
    Query::Or(vec![left, right])
}

pub(super) fn not(query: Query) -> Query {
    Query::Not(Box::new(query))
}

pub(super) fn bound(proximity: Proximity, left: Query, right: Query) -> Query {
    Query::Near { proximity, left: Box::new(left), right: Box::new(right) }
}

/// A question; everything but the query has a usual value.
pub(super) struct Question<'a> {
    pub(super) query: &'a Query,
    pub(super) symbols: Symbols,
    pub(super) sort: Sort,
    pub(super) limit: usize,
    pub(super) after: Option<Seek>,
    pub(super) facets: Vec<(FacetField, usize)>,
    pub(super) explain: bool,
    pub(super) collapse: bool,
}

impl<'a> Question<'a> {
    pub(super) fn new(query: &'a Query) -> Self {
        let sort = Sort { key: SortKey::Id, ascending: true };
        Self {
            query,
            symbols: Symbols::new(),
            sort,
            limit: 1000,
            after: None,
            facets: Vec::new(),
            explain: false,
            collapse: false,
        }
    }

    pub(super) fn ask(&self, index: &dyn Index) -> Result<Answer, IndexError> {
        index.search(&Request {
            query: self.query,
            symbols: &self.symbols,
            sort: self.sort,
            limit: self.limit,
            after: self.after.as_ref(),
            facets: &self.facets,
            explain: self.explain,
            collapse: self.collapse,
        })
    }

    /// The answer to a question that must have one.
    pub(super) fn answer(&self, index: &dyn Index) -> Answer {
        self.ask(index).unwrap_or_else(|error| panic!("{:?}: {error}", self.query))
    }
}

/// The last field of each found id, in order of id, joined by spaces: `1 2 5`. The total and the count must agree.
pub(super) fn find(index: &dyn Index, query: &Query) -> String {
    find_with(index, query, Symbols::new())
}

/// The same with classes resolved.
pub(super) fn find_with(index: &dyn Index, query: &Query, symbols: Symbols) -> String {
    let question = Question { symbols, ..Question::new(query) };
    let answer = question.answer(index);
    assert_eq!(answer.total, answer.hits.len() as u64, "total of {query:?}");
    assert_eq!(index.count(query, &question.symbols).expect("a count"), answer.total, "count of {query:?}");
    let found: Vec<&str> = answer.hits.iter().map(|hit| last(&hit.id)).collect();
    found.join(" ")
}

fn last(id: &RightId) -> &str {
    id.as_str().rsplit('-').next().unwrap_or_default()
}
