//! What the readers of Chinese office files and of tables promise.

mod cn;
mod hostile;
mod reading;
mod tables;
