//! Reader of `de-patent`.

use crate::{Cut, Findings, Format, Head, RawRecord};

/// The format.
pub(crate) static PATENT: Format =
    Format { name: "de-patent", chinese: "", english: "", cut: Cut::Documents, recognise, read };

/// The format.
pub(crate) static TRADEMARK: Format =
    Format { name: "de-trademark", chinese: "", english: "", cut: Cut::Documents, recognise, read };

/// The format.
pub(crate) static DESIGN: Format =
    Format { name: "de-design", chinese: "", english: "", cut: Cut::Documents, recognise, read };

fn recognise(_head: &Head) -> bool {
    false
}

fn read(_record: &RawRecord, _findings: &mut Findings) {}
