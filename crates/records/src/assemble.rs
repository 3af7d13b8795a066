//! Parts → right. Pure: order, repetition and grouping of the parts make no difference.
use crate::{Part, Right};

/// The right that these parts make; `None` when all of them are withdrawn or name nothing.
pub fn assemble(_parts: &[Part]) -> Option<Right> {
    None
}
