//! Where everything is at rest: SQLite on one machine, PostgreSQL when one machine is too small.
//!
//! This room opens a [`Database`] by its address, keeps schemas up to date ([`Migration`]), hands out reading
//! and writing transactions, and makes multi-row statements quick ([`insert_rows`], [`select_in`]). It knows no
//! table of anyone: each domain crate owns its tables and its statements, written once for both databases.

mod conditions;
mod connect;
mod content;
mod error;
mod migrate;
mod page;
mod statement;
pub mod testing;

pub use conditions::Conditions;
pub use connect::{Database, Dialect, Read, Write, sqlite_url};
pub use content::{content, keep_content};
pub use error::DatabaseError;
pub use migrate::Migration;
pub use page::{MOST_ON_A_PAGE, Page, rows_on_a_page};
pub use statement::{Query, execute_in, insert_rows, query, select_in};

/// One connection, as every statement takes it.
pub type Connection = sqlx::AnyConnection;
/// One row of an answer.
pub type Row = sqlx::any::AnyRow;
