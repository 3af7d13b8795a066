//! Reader of `us-grant`.

use crate::{Cut, Findings, Format, Head, RawRecord};

/// The format.
pub(crate) static GRANT: Format =
    Format { name: "us-grant", chinese: "", english: "", cut: Cut::Documents, recognise, read };

/// The format.
pub(crate) static APPLICATION: Format =
    Format { name: "us-application", chinese: "", english: "", cut: Cut::Documents, recognise, read };

fn recognise(_head: &Head) -> bool {
    false
}

fn read(_record: &RawRecord, _findings: &mut Findings) {}
