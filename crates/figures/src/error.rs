//! Why a picture cannot be shown.

use thiserror::Error;

/// Why a picture cannot be shown; each message says what, where and what to do.
#[derive(Debug, Error)]
pub enum PictureError {
    /// The right has no picture of this number.
    #[error("the right has {count} pictures; number {index}, counted from 0, is not among them")]
    NoSuch {
        /// Asked for, from 0.
        index: usize,
        /// Pictures that there are.
        count: usize,
    },
    /// The office gives an address. It is not fetched; a page can link to it.
    #[error("the picture lies at {0}, which is not fetched")]
    Remote(String),
    /// The name is no name of a file below the folder of its record.
    #[error("«{0}» is not a name of a file beside the record")]
    Name(String),
    /// There is no such file.
    #[error("{name} is not beside the record in {place}; put the pictures of the delivery there")]
    Missing {
        /// Name in the record.
        name: String,
        /// Where it was looked for first.
        place: String,
    },
    /// The file cannot be read.
    #[error("{name}: {reason}")]
    Unreadable {
        /// Name in the record.
        name: String,
        /// Why.
        reason: String,
    },
    /// The file is larger, or would decode to more, than is allowed.
    #[error("{name}: {what}; such a picture is not shown")]
    TooLarge {
        /// Name in the record.
        name: String,
        /// What is too large.
        what: String,
    },
    /// It is no picture, or of a kind that cannot be read.
    #[error("{name} is no picture that can be read (TIFF, PNG, JPEG, GIF, BMP): {reason}")]
    Form {
        /// Name in the record.
        name: String,
        /// Why.
        reason: String,
    },
    /// Reading it takes too long, or too many others are being read.
    #[error("{name}: not ready within {seconds} seconds; try again later")]
    Late {
        /// Name in the record.
        name: String,
        /// Bound.
        seconds: u64,
    },
}
