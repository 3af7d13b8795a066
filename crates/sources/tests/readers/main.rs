//! What the readers of Chinese office files and of tables promise.

mod cn;
mod reading;
mod tables;
