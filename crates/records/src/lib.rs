//! What an intellectual-property right is.
//!
//! Office files say things about rights in *parts*; a *right* is the fold of its parts ([`assemble`]).
//! Numbers, classes, dates, events and codes live here in their normal forms, with every spelling that
//! offices and people use for them. Nothing here reads a file, a clock or a database: the same parts
//! give the same right, in any order and any number of times.

mod applicant;
mod assemble;
pub mod class;
mod country;
pub mod date;
pub mod event;
mod labels;
pub mod number;
mod office;
mod part;
pub mod region;
mod right;
pub mod standard;
pub mod status;
mod values;

pub use applicant::ApplicantType;
pub use assemble::{assemble, assemble_with};
pub use class::{Cpc, Ipc, Locarno, NiceClass, Scheme, SymbolLevel, Vienna};
pub use country::country_name;
pub use date::{Date, read_date};
pub use event::{Effect, Event};
pub use number::{
    ApplicationNumber, KindCode, NumberError, PublicationNumber, Reading, RightId, lookup_keys, number_keys, read_any,
};
pub use office::Office;
pub use part::{Authority, Origin, Part, PartKey, Record, Subject};
pub use right::Right;
pub use status::{OfficeStatus, Status, StatusInput};
pub use values::{
    Citation, Claim, Description, Image, ImageKind, Level, Party, Priority, Publication, Related, RightKind, Section,
    SourceRef, Text,
};
