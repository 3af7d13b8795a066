//! The Word file.

use crate::Document;

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A picture is no SVG.
    #[error("picture {number} of the document cannot be drawn: {reason}; give SVG that stands alone")]
    Picture {
        /// Which, counted from 1.
        number: usize,
        /// What the reader of SVG says.
        reason: String,
    },
    /// The package could not be put together.
    #[error("the Word file cannot be put together: {0}")]
    Package(String),
}

impl Document {
    /// The document as a DOCX file.
    pub fn docx(&self) -> Result<Vec<u8>, DocumentError> {
        Err(DocumentError::Package(String::new()))
    }
}
