//! What the readers of files of the United States office promise.

#[path = "../reading/mod.rs"]
mod reading;

mod hostile;
mod made_up;
mod real;
