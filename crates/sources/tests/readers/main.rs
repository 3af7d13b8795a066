//! What the readers of Chinese and European office files and of tables promise.

mod cn;
mod europe;
mod reading;
mod tables;
