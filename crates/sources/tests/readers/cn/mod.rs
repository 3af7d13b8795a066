//! Chinese office files.

mod others;
mod patent;
