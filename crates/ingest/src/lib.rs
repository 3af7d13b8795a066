//! Files → register → feed → index.
//!
//! [`load`] reads office files on all cores, stores their parts batch by batch with a checkpoint in the same
//! transaction, and lets the index follow the feed meanwhile; [`follow`] is that last step by itself. [`check`] reads
//! the same way and stores nothing. Both end in a [`Report`] by format: read, new, changed, unchanged, quarantined
//! with reason, what was not read, and how complete the fields are.

mod check;
mod follow;
mod html;
mod load;
mod read;
mod report;

pub use check::check;
pub use follow::{FollowError, Followed, follow};
pub use load::{LoadError, LoadSettings, load};
pub use read::{Everything, Item, Parsed, Resume, read_by, read_parsed};
pub use report::{FormatReport, Refused, Report, Tally};
