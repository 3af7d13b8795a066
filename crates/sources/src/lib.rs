//! Office files in, parts out.
//!
//! [`read_paths`] walks files, folders and archives, recognises each format by its content and cuts it into
//! [`RawRecord`]s as a stream; [`RawRecord::read`] turns one of them into parts and problems, and may run on any
//! thread. One module a format under `formats`; nothing above this crate knows what an office file looks like.
//! [`raw_record`] reads one of them again later.
//! A bad record is a problem with its place and raw text, and never stops a file.

mod again;
mod archive;
mod cut;
mod encoding;
mod findings;
mod format;
mod formats;
mod head;
pub mod reference;
mod stream;
pub mod table;
mod xml;

pub use again::{AgainError, beside_in_archive, file_on_disk, raw_record};
pub use archive::{Limits, MemberReader};
#[doc(hidden)]
pub use cut::pieces;
pub use findings::{Findings, Problem, Severity};
pub use format::{Cut, FORMATS, Format};
pub use formats::parts::PARTS_HEADER;
pub use head::Head;
pub use stream::{Context, EntryEnd, RawRecord, Settings, Sink, read_paths};
pub use xml::{Element, Tree, XmlError, bare_tokens};
