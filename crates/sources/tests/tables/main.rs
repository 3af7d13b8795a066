//! What reading a table through a mapping promises.

#[path = "../reading/mod.rs"]
mod reading;

mod forms;
mod hostile;
mod mappings;
mod real;
