//! Tables read through a mapping.

mod forms;
mod hostile;
mod mappings;
mod real;
