//! Reader of `st96-mark`.

use crate::{Cut, Findings, Format, Head, RawRecord};

/// The format.
pub(crate) static FORMAT: Format =
    Format { name: "st96-mark", chinese: "", english: "", cut: Cut::Documents, recognise, read };

fn recognise(_head: &Head) -> bool {
    false
}

fn read(_record: &RawRecord, _findings: &mut Findings) {}
