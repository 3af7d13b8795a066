//! A query as the rows of a form, and rows as a query.

use crate::canonical::quoted;
use crate::lexer::is_one_word;
use crate::mistake::Mistake;
use crate::{Field, FieldKind, Leaf, Query, canonical, parse};

/// How a row is joined to those above it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Joint {
    /// All above and this.
    #[default]
    And,
    /// All above or this.
    Or,
    /// All above and not this.
    Not,
}

/// One row: a field and what is asked of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// How it is joined to the rows above; a first row may only be turned round.
    pub joint: Joint,
    /// The field; `None` = the fields searched without a name.
    pub field: Option<Field>,
    /// The value, with a sign of comparison where it is not `=`: `石墨烯`, `>=2020`, `[2020 TO 2023]`, `=="A, B"`.
    pub text: String,
}

/// The rows of a query that is a flat list of conditions, joined from the top down; `None` for a richer one.
pub fn rows(query: &Query) -> Option<Vec<Row>> {
    match query {
        Query::All => Some(Vec::new()),
        Query::Leaf(leaf) => Some(vec![row(leaf, Joint::And)]),
        Query::Not(inner) => match &**inner {
            Query::Leaf(leaf) => Some(vec![row(leaf, Joint::Not)]),
            _ => None,
        },
        Query::And(parts) | Query::Or(parts) => {
            let any = matches!(query, Query::Or(_));
            let (first, rest) = parts.split_first()?;
            let mut found = rows(first)?;
            for part in rest {
                found.push(match part {
                    Query::Leaf(leaf) => row(leaf, if any { Joint::Or } else { Joint::And }),
                    Query::Not(inner) if !any => match &**inner {
                        Query::Leaf(leaf) => row(leaf, Joint::Not),
                        _ => return None,
                    },
                    _ => return None,
                });
            }
            Some(found)
        }
        Query::Xor(..) | Query::Near { .. } => None,
    }
}

fn row(leaf: &Leaf, joint: Joint) -> Row {
    let text = leaf.canonical();
    let text = match leaf.field {
        Some(field) => {
            let value = text.strip_prefix(field.code()).unwrap_or(&text);
            let plain = value.strip_prefix('=').filter(|rest| !rest.starts_with('='));
            plain.unwrap_or(value).to_owned()
        }
        None => text,
    };
    Row { joint, field: leaf.field, text }
}

/// The rows as query text; rows without text are passed over. A mistake comes with the number of its row, from 0.
pub fn from_rows(rows: &[Row]) -> Result<String, (usize, Mistake)> {
    let mut whole: Option<Query> = None;
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| !row.text.trim().is_empty()) {
        let asked = parse(&condition(row)).map_err(|mistake| (at, mistake))?;
        whole = Some(match (whole, row.joint) {
            (None, Joint::Not) => Query::not(asked),
            (None, _) => asked,
            (Some(above), Joint::And) => Query::and(above, asked),
            (Some(above), Joint::Or) => Query::or(above, asked),
            (Some(above), Joint::Not) => Query::and(above, Query::not(asked)),
        });
    }
    Ok(whole.as_ref().map_or_else(String::new, canonical))
}

/// One row as text of the query language.
fn condition(row: &Row) -> String {
    let text = row.text.trim();
    let Some(field) = row.field else { return text.to_owned() };
    let signed = text.starts_with(['=', '<', '>', '!']);
    if signed {
        return format!("{}{text}", field.code());
    }
    let ready = is_one_word(text) || text.starts_with(['"', '“', '(', '[', '{']);
    match field.kind() {
        _ if ready => format!("{}={text}", field.code()),
        FieldKind::Text | FieldKind::Name => format!("{}=({text})", field.code()),
        FieldKind::Number | FieldKind::Keyword | FieldKind::Class => format!("{}={}", field.code(), quoted(text)),
        FieldKind::Date | FieldKind::Count => format!("{}={text}", field.code()),
    }
}
