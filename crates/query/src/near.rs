//! Operands that stand near each other.

use std::ops::Range;

use crate::mistake::{Expected, Fault, Reason};
use crate::{Field, FieldKind, Pattern, Proximity, Query, Value, leaves};

/// Joins two operands by nearness. Operands without a field take the field of the others; `sign` is the operator's
/// place.
pub(crate) fn near(proximity: Proximity, left: Query, right: Query, sign: Range<usize>) -> Result<Query, Fault> {
    let mut both = Query::Near { proximity, left: Box::new(left), right: Box::new(right) };
    let mut fields = Vec::new();
    if leaves(&both).iter().any(|leaf| matches!(leaf.value, Value::Text(Pattern::Whole(_)))) {
        return Err(Fault::new(sign, Reason::NearWhole, &[Expected::Words]));
    }
    if !is_operand(&both, &mut fields) {
        return Err(Fault::new(sign, Reason::NearOperand, &[Expected::Words]));
    }
    fields.sort_unstable();
    fields.dedup();
    match fields[..] {
        [] => Ok(both),
        [Field::Sound] => Err(Fault::new(sign, Reason::NearSound, &[Expected::Words])),
        [field] if matches!(field.kind(), FieldKind::Text | FieldKind::Name) => {
            name(&mut both, field);
            Ok(both)
        }
        _ => Err(Fault::new(sign, Reason::NearFields, &[Expected::Words])),
    }
}

/// Whether a query is made of words, `OR` and nearness alone; collects the fields it names.
fn is_operand(query: &Query, fields: &mut Vec<Field>) -> bool {
    match query {
        Query::Leaf(leaf) => {
            fields.extend(leaf.field);
            matches!(leaf.value, Value::Text(_))
        }
        Query::Or(parts) => parts.iter().all(|part| is_operand(part, fields)),
        Query::Near { left, right, .. } => is_operand(left, fields) && is_operand(right, fields),
        _ => false,
    }
}

fn name(query: &mut Query, field: Field) {
    match query {
        Query::Leaf(leaf) => leaf.field = Some(field),
        Query::Or(parts) => parts.iter_mut().for_each(|part| name(part, field)),
        Query::Near { left, right, .. } => {
            name(left, field);
            name(right, field);
        }
        _ => {}
    }
}
