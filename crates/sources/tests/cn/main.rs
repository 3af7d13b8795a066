//! What the readers of Chinese office files promise.

#[path = "../reading/mod.rs"]
mod reading;

mod others;
mod patent;
