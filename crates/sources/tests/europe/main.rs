//! What the readers of European office files, and of single marks in ST.66 and ST.96, promise.

#[path = "../readers/reading.rs"]
mod reading;

mod docdb;
mod dpma;
mod ep_fulltext;
mod eu;
mod hostile;
mod ops;
mod single_marks;
