//! All statements of this crate.

mod audit;

pub(crate) use audit::append;
