//! Without a loaded scheme: the classes that rights have, symbols alone, as the index counts them.

use index::{Facet, FacetField};
use query::Field;
use search::{ClassRow, Options, SchemeName, clause};

use crate::App;
use crate::problem::Failure;

/// Classes counted at most.
const MOST: usize = 2_000;

/// Whether the classes of a scheme have main groups below them.
pub(super) const fn opens(scheme: SchemeName) -> bool {
    matches!(scheme, SchemeName::Ipc | SchemeName::Cpc)
}

/// Whether the symbol is a subclass, whose main groups can be counted.
pub(super) fn has_groups(scheme: SchemeName, symbol: &str) -> bool {
    opens(scheme) && records::Ipc::read(symbol).is_some_and(|symbol| symbol.level() == records::SymbolLevel::Subclass)
}

/// The classes whose symbol begins with `symbol`; the main groups of a subclass.
pub(super) async fn classes_of_rights(app: &App, scheme: SchemeName, symbol: &str) -> Result<Vec<ClassRow>, Failure> {
    let symbol = symbol.to_ascii_uppercase();
    let (field, text) = if has_groups(scheme, &symbol) {
        (FacetField::Group, query::clause(Field::Class, &symbol))
    } else {
        (FacetField::Class, String::new())
    };
    let options = Options { limit: 0, facets: vec![(field, MOST)], snippets: false, ..Options::default() };
    let found = app.searcher().search(&text, options).await?;
    let mut rows: Vec<ClassRow> = found.facets.into_iter().flat_map(|facet| rows(scheme, &facet)).collect();
    rows.retain(|row| row.symbol.starts_with(&symbol));
    rows.sort_by_key(|row| (order(&row.symbol), row.symbol.clone()));
    Ok(rows)
}

/// The values of a facet that belong to the scheme.
fn rows(scheme: SchemeName, facet: &Facet) -> Vec<ClassRow> {
    let symbol = |value: &str| match scheme {
        SchemeName::Nice => value.strip_prefix("Nice ").map(str::to_owned),
        SchemeName::Locarno => value.strip_prefix("Locarno ").map(str::to_owned),
        SchemeName::Ipc | SchemeName::Cpc => (!value.contains(' ')).then(|| value.to_owned()),
        SchemeName::Vienna => None,
    };
    let row = |count: &index::FacetCount| {
        let query = Some(clause(facet.field, &count.value));
        Some(ClassRow {
            symbol: symbol(&count.value)?,
            title_zh: None,
            title_en: None,
            count: Some(count.count),
            query,
        })
    };
    facet.counts.iter().filter_map(row).collect()
}

/// Numbers by their size, everything else by its letters, then the number of its group.
fn order(symbol: &str) -> (String, u32) {
    let digits = symbol.len() - symbol.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (letters, number) = symbol.split_at(symbol.len() - digits);
    (letters.to_owned(), number.parse().unwrap_or(0))
}
