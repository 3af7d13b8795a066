//! Statements on the tables of the network, in words that SQLite and PostgreSQL share.

pub(crate) mod county;
pub(crate) mod hours;
pub(crate) mod listed;
pub(crate) mod shape;
pub(crate) mod state;
pub(crate) mod tree;

use jiff::civil::Date;

/// The end of what lasts.
pub(crate) const FOREVER: &str = "9999-12-31";

/// The end of a span as it is stored.
pub(crate) fn end(to: Option<Date>) -> String {
    to.map_or_else(|| FOREVER.to_owned(), |day| day.to_string())
}
