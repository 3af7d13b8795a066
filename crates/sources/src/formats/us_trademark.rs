//! Reader of `us-trademark`.

use crate::{Cut, Findings, Format, Head, RawRecord};

/// The format.
pub(crate) static FORMAT: Format =
    Format { name: "us-trademark", chinese: "", english: "", cut: Cut::Documents, recognise, read };

fn recognise(_head: &Head) -> bool {
    false
}

fn read(_record: &RawRecord, _findings: &mut Findings) {}
