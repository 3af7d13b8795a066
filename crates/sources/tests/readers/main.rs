//! What the readers of office files and tables promise.

mod cn;
mod europe;
mod hostile;
mod reading;
mod tables;
mod us;
