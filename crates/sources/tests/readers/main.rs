//! What the readers of Chinese and American office files and of tables promise.

mod cn;
mod hostile;
mod reading;
mod tables;
mod us;
