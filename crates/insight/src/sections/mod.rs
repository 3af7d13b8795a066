//! The makers of sections, by what they show.

pub(crate) mod classes;
pub(crate) mod kinds;
pub(crate) mod names;
pub(crate) mod tables;
pub(crate) mod time;
