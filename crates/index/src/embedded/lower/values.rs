//! Numbers, dates, counts, classes, codes and presence.

use std::ops::Bound;

use query::{Field, FieldKind};
use records::Date;
use records::region::province_of;
use tantivy::Term;
use tantivy::query::{BooleanQuery, FastFieldRangeQuery, Query, TermQuery, TermSetQuery};
use tantivy::schema::{Field as Slot, IndexRecordOption};

use super::{Lowering, wrong};
use crate::IndexError;
use crate::embedded::glob::{Glob, GlobQuery};
use crate::embedded::plan::Plan;
use crate::embedded::terms;

impl Lowering<'_> {
    /// Rights that have any of the look-up keys, or one that fits a pattern.
    pub(super) fn number(&self, field: Field, text: &str, keys: &[String], wildcard: bool) -> Result<Plan, IndexError> {
        let slot = self.slot(field, FieldKind::Number, "numbers")?;
        if !wildcard {
            return Ok(any_term(slot, keys.iter().cloned()));
        }
        let pattern: String = text.chars().filter(|c| c.is_alphanumeric() || matches!(c, '*' | '?')).collect();
        if !pattern.contains(char::is_alphanumeric) {
            return Err(IndexError::Query(format!("«{text}» has no digit or letter to look for")));
        }
        let glob = Glob::new(&pattern.to_uppercase());
        Ok(Plan::Filter(Box::new(GlobQuery { slot, glob })))
    }

    /// Rights with a date in the range.
    pub(super) fn dates(&self, field: Field, from: Option<Date>, to: Option<Date>) -> Result<Plan, IndexError> {
        let slot = self.slot(field, FieldKind::Date, "dates")?;
        // A day before the year 1 is before all days.
        let to = match to.map(terms::day) {
            Some(None) => return Ok(Plan::Nothing),
            to => to.flatten(),
        };
        Ok(range(slot, from.and_then(terms::day), to))
    }

    /// Rights with a count in the range.
    pub(super) fn counts(&self, field: Field, from: Option<u64>, to: Option<u64>) -> Result<Plan, IndexError> {
        let slot = self.slot(field, FieldKind::Count, "counts")?;
        Ok(range(slot, from, to))
    }

    /// Rights classified at a place, or anywhere below it. What lies below comes from the scheme when the leaf is
    /// listed in the symbols, else from the text of the symbol.
    pub(super) fn class(&self, field: Field, symbol: &str, exact: bool) -> Result<Plan, IndexError> {
        let schemes: &[Field] = if field == Field::Class { &[Field::Ipc, Field::Cpc] } else { &[field] };
        let mut plans = Vec::with_capacity(schemes.len());
        for &scheme in schemes {
            let slot = self.slot(scheme, FieldKind::Class, "class symbols")?;
            let listed = |code: &str| self.symbols.get(&(code.to_owned(), symbol.to_owned()));
            plans.push(if exact {
                any_term(slot, [terms::class_itself(symbol)])
            } else if let Some(symbols) = listed(field.code()).or_else(|| listed(scheme.code())) {
                any_term(slot, symbols.iter().map(|symbol| terms::class_itself(symbol)))
            } else {
                any_term(slot, [symbol.to_owned()])
            });
        }
        Ok(Plan::any(plans))
    }

    /// Rights with any of the codes. A Chinese region that is no province may be written short (`深圳` for `深圳市`).
    pub(super) fn codes(&self, field: Field, codes: &[String]) -> Result<Plan, IndexError> {
        let slot = self.slot(field, FieldKind::Keyword, "codes")?;
        let codes: Vec<String> = codes.iter().map(|code| terms::keyword(code)).collect();
        if field != Field::Region {
            return Ok(any_term(slot, codes));
        }
        let one = |code: String| {
            if code.is_empty() || !code.chars().all(language::is_cjk) || province_of(&code).is_some() {
                return any_term(slot, [code]);
            }
            Plan::Filter(Box::new(GlobQuery { slot, glob: Glob::starting_with(&code) }))
        };
        Ok(Plan::any(codes.into_iter().map(one).collect()))
    }

    /// Rights that have any value in the field.
    pub(super) fn present(&self, field: Field) -> Plan {
        any_term(self.layout.present, [field.code().to_owned()])
    }

    fn slot(&self, field: Field, kind: FieldKind, what: &str) -> Result<Slot, IndexError> {
        self.layout.slot(field).filter(|_| field.kind() == kind).ok_or_else(|| wrong(field, what))
    }
}

/// Documents with any of the terms.
fn any_term(slot: Slot, terms: impl IntoIterator<Item = String>) -> Plan {
    /// Beyond this many terms one walk through the dictionary is quicker than a look-up for each.
    const FEW: usize = 16;
    let mut terms: Vec<Term> = terms.into_iter().map(|term| Term::from_field_text(slot, &term)).collect();
    terms.sort_unstable();
    terms.dedup();
    let one = |term: Term| -> Box<dyn Query> { Box::new(TermQuery::new(term, IndexRecordOption::Basic)) };
    match terms.len() {
        0 => Plan::Nothing,
        1 => Plan::Filter(one(terms.remove(0))),
        2..=FEW => Plan::Filter(Box::new(BooleanQuery::union(terms.into_iter().map(one).collect()))),
        _ => Plan::Filter(Box::new(TermSetQuery::new(terms))),
    }
}

/// Documents with a number in the range, both ends included.
fn range(slot: Slot, from: Option<u64>, to: Option<u64>) -> Plan {
    let bound = |end: Option<u64>, open: u64| Bound::Included(Term::from_field_u64(slot, end.unwrap_or(open)));
    Plan::Filter(Box::new(FastFieldRangeQuery::new(bound(from, 0), bound(to, u64::MAX))))
}
