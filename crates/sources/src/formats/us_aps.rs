//! Reader of `us-grant-aps`.

use crate::{Cut, Findings, Format, Head, RawRecord};

/// The format.
pub(crate) static FORMAT: Format =
    Format { name: "us-grant-aps", chinese: "", english: "", cut: Cut::Documents, recognise, read };

fn recognise(_head: &Head) -> bool {
    false
}

fn read(_record: &RawRecord, _findings: &mut Findings) {}
