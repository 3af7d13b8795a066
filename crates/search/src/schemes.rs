//! Classes in a query, resolved by the schemes that the register holds.

use std::collections::BTreeSet;

use index::Symbols;
use query::{Field, Query, Value};
use records::{Cpc, SymbolLevel};
use register::{Register, RegisterError};

use crate::{SearchError, Searcher};

impl Searcher {
    /// The classes of a query, resolved by the schemes that the register holds, for those who ask the index themselves.
    pub async fn symbols(&self, query: &Query) -> Result<Symbols, SearchError> {
        Ok(symbols(&self.register, query).await?)
    }
}

/// For every subgroup in the query that a loaded scheme knows: the symbol and all below it. What lies below the levels
/// above is written in the symbols themselves, also in those that an edition no longer has.
pub(crate) async fn symbols(register: &Register, query: &Query) -> Result<Symbols, RegisterError> {
    let mut wanted = BTreeSet::new();
    for leaf in query::leaves(query) {
        if let (Some(field), Value::Class { symbol, exact: false }) = (leaf.field, &leaf.value)
            && Cpc::read(symbol).is_some_and(|symbol| symbol.level() == SymbolLevel::Subgroup)
        {
            wanted.insert((field, symbol.clone()));
        }
    }
    let mut symbols = Symbols::new();
    for (field, symbol) in wanted {
        let mut below: BTreeSet<String> = BTreeSet::new();
        for scheme in schemes(field) {
            below.extend(register.scheme_descendants(scheme, &symbol).await?);
            // CPC follows the IPC when it was not loaded: their common symbols stand in the same places.
            if field == Field::Cpc && !below.is_empty() {
                break;
            }
        }
        if !below.is_empty() {
            symbols.insert((field.code().to_owned(), symbol), below.into_iter().collect());
        }
    }
    Ok(symbols)
}

/// Names of the schemes that order a field.
fn schemes(field: Field) -> &'static [&'static str] {
    match field {
        Field::Ipc => &["ipc"],
        Field::Cpc => &["cpc", "ipc"],
        Field::Class => &["ipc", "cpc"],
        _ => &[],
    }
}
