//! The yearly report of a unit: its network, services, ratings, tasks and indicators, and cases worth telling.
//!
//! [`gather`] reads what the other rooms know of a unit and all under it, in a year or the part of it that is over; a
//! [`Yearly`] is then data: chapters of sentences, figures and tables, each with the day as of which it holds. The page
//! prints it, [`document`] makes a Word file of it. Nothing is stored and nothing is typed: a report made again tells what
//! is known by then. Figures that are not known are left out or said to be missing, never zero.

mod chapter;
mod document;
mod error;
mod gather;
mod parts;

pub use chapter::{Chapter, Yearly};
pub use document::document;
pub use error::YearlyError;
pub use gather::{Rooms, gather};
