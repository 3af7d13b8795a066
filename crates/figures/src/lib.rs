//! Pictures of rights: found beside their office file, shown in a form that browsers read.
//!
//! A right names its pictures as its office wrote them ([`records::Image`]). [`Pictures::get`] looks for the file in
//! the folder of the record, or in its archive, and answers with PNG, JPEG or GIF: what browsers read passes through,
//! TIFF and BMP become PNG, and a [`Size::Thumb`] is at most 320 pixels wide and high. What was made is kept in a
//! cache folder by the hash of the original.
//!
//! Names in office data lead nowhere but into the folder of their record, addresses are never fetched
//! ([`PictureError::Remote`]), and nothing is served that is not a picture. Bytes, pixels, time and the number of
//! pictures decoded at once are bounded ([`Limits`]).
//!
//! All calls block on files and on work: call [`Pictures::get`] from a thread that may wait.

mod cache;
mod convert;
mod error;
mod find;
mod gate;
mod list;
mod name;
mod pictures;

pub use error::PictureError;
pub use list::Picture;
pub use pictures::{Limits, Pictures, Served, Size};
