//! A query as the form that would write it.

use query::{Field, FieldKind, Joint, Leaf, Query, Row, Value, canonical};
use records::Date;

use super::filled::{BOXES, Filled};

impl Filled {
    /// The form for a query, and whether the query says more than rows can: then it stands whole in the first row, which
    /// takes any text of the language, and further rows narrow it.
    pub(super) fn of(query: Query) -> (Self, bool) {
        let mut filled = Self::default();
        let mut rest: Vec<Query> = Vec::new();
        let parts = match query {
            Query::And(parts) => parts,
            Query::All => Vec::new(),
            one => vec![one],
        };
        for part in parts {
            if !filled.take_boxes(&part) && !filled.take_dates(&part) {
                rest.push(part);
            }
        }
        let Some(rest) = rest.into_iter().reduce(Query::and) else { return (filled, false) };
        let flat = query::rows(&rest);
        let rich = flat.is_none();
        for row in flat.unwrap_or_else(|| vec![Row { text: canonical(&rest), ..Row::default() }]) {
            filled.add(&row);
        }
        (filled, rich)
    }

    fn add(&mut self, row: &Row) {
        let joint = match row.joint {
            Joint::And => "and",
            Joint::Or => "or",
            Joint::Not => "not",
        };
        self.joint.push(joint.to_owned());
        self.field.push(row.field.map_or("", Field::code).to_owned());
        self.text.push(row.text.clone());
    }

    /// Codes of a field with check boxes, alone or joined by `OR`; a second demand on the same field stays a row.
    fn take_boxes(&mut self, part: &Query) -> bool {
        let leaves: Vec<&Leaf> = match part {
            Query::Leaf(leaf) => vec![leaf],
            Query::Or(parts) if parts.iter().all(|part| matches!(part, Query::Leaf(_))) => query::leaves(part),
            _ => return false,
        };
        let field = leaves.first().and_then(|leaf| leaf.field);
        let Some(field) = field.filter(|field| BOXES.iter().any(|(boxed, _)| boxed == field)) else { return false };
        let mut codes: Vec<String> = Vec::new();
        for leaf in leaves {
            match &leaf.value {
                Value::Codes { codes: more, .. } if leaf.field == Some(field) => codes.extend(more.iter().cloned()),
                _ => return false,
            }
        }
        match self.codes_mut(field) {
            Some(chosen) if chosen.is_empty() => {
                *chosen = codes;
                true
            }
            _ => false,
        }
    }

    /// A range of dates.
    fn take_dates(&mut self, part: &Query) -> bool {
        let Query::Leaf(Leaf { field: Some(field), value: Value::Dates { from, to }, .. }) = part else { return false };
        if field.kind() != FieldKind::Date {
            return false;
        }
        let whole = |date: &Option<Date>, first: &str| {
            let text = date.map(|date| date.to_string()).unwrap_or_default();
            text.strip_suffix(first).map(str::to_owned).unwrap_or(text)
        };
        self.date.push(field.code().to_owned());
        self.from.push(whole(from, "-01-01"));
        self.to.push(whole(to, "-12-31"));
        true
    }
}
