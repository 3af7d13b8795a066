//! What the readers of files of the United States office promise.

mod hostile;
mod made_up;
mod real;
