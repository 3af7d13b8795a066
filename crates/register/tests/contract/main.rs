//! What the register promises, on SQLite and PostgreSQL.

// Marked as tests throughout, helpers too: in tests an `unwrap` is the failure it should be.
#[cfg(test)]
mod concurrency;
#[cfg(test)]
mod given;
#[cfg(test)]
mod orders;
#[cfg(test)]
mod promises;
#[cfg(test)]
mod schemes;
