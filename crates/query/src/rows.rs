//! A query as the rows of a form, and rows as a query.

use crate::canonical::quoted;
use crate::mistake::Mistake;
use crate::{Field, FieldKind, Leaf, Query, canonical, leaves, parse};

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
            // Everything is no row, and only alone may a form say it by having none.
            let mut found = rows(first).filter(|rows| !rows.is_empty())?;
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
        let asked = condition(row).map_err(|mistake| (at, mistake))?;
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

/// What one row asks. Its field holds for all of its text, which may have several words, operators or a sign of
/// comparison before it.
fn condition(row: &Row) -> Result<Query, Mistake> {
    let text = row.text.trim();
    let Some(field) = row.field else { return parse(text) };
    let value = text.trim_start_matches(['=', '<', '>', '!']);
    let sign = if value.len() == text.len() { "=" } else { &text[..text.len() - value.len()] };
    let value = value.trim_start();
    let written = |value: &str| parse(&format!("{}{sign}{value}", field.code()));
    let together = if matches!(field.kind(), FieldKind::Number | FieldKind::Class | FieldKind::Keyword) {
        quoted(value)
    } else {
        format!("({value})")
    };
    let (alone, together) = (written(value), written(&together));
    for asked in [&alone, &together].into_iter().flatten() {
        if leaves(asked).iter().all(|leaf| leaf.field == Some(field)) {
            return Ok(asked.clone());
        }
    }
    // Nothing of the row may be asked of another field; its text alone tells what is wrong with it.
    alone.and(together).and(parse(value)).and_then(|_| written("()"))
}
