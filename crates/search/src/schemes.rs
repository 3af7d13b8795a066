//! Classes in a query, resolved by the schemes that the register holds.

use std::collections::BTreeSet;

use index::Symbols;
use query::{Field, Query, Value};
use register::{Register, RegisterError};

/// For every class condition of the query that a loaded scheme knows: the symbol and all below it.
pub(crate) async fn symbols(register: &Register, query: &Query) -> Result<Symbols, RegisterError> {
    let mut wanted = BTreeSet::new();
    for leaf in query::leaves(query) {
        if let (Some(field), Value::Class { symbol, exact: false }) = (leaf.field, &leaf.value) {
            wanted.insert((field, symbol.clone()));
        }
    }
    let mut symbols = Symbols::new();
    for (field, symbol) in wanted {
        let Some(scheme) = scheme(field) else { continue };
        let below = register.scheme_descendants(scheme, &symbol).await?;
        if !below.is_empty() {
            symbols.insert((field.code().to_owned(), symbol), below);
        }
    }
    Ok(symbols)
}

/// Name of the scheme that orders a field. CPC and the combined field follow the IPC scheme when no CPC is loaded:
/// their common symbols stand in the same places.
fn scheme(field: Field) -> Option<&'static str> {
    match field {
        Field::Ipc | Field::Cpc | Field::Class => Some("ipc"),
        _ => None,
    }
}
