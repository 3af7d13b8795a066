//! Reader of `us-grant-st32`.

use crate::{Cut, Findings, Format, Head, RawRecord};

/// The format.
pub(crate) static FORMAT: Format =
    Format { name: "us-grant-st32", chinese: "", english: "", cut: Cut::Documents, recognise, read };

fn recognise(_head: &Head) -> bool {
    false
}

fn read(_record: &RawRecord, _findings: &mut Findings) {}
