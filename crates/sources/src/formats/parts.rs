//! Reader of Huizhi's own part files: JSON lines, one [`records::Part`] a line after a header line.
//!
//! `{"huizhi":"parts","version":1}` is the header. Nodes swap parts in this form and `huizhi demo` writes it; keys,
//! subjects and versions are kept as they are, so parts that come back home change nothing.

use records::Part;

use crate::{Cut, Findings, Format, Head, RawRecord};

/// The format.
pub(crate) static FORMAT: Format = Format {
    name: "huizhi-parts",
    chinese: "惠知交换记录",
    english: "Huizhi parts",
    cut: Cut::Lines(|_| true),
    recognise,
    read,
};

/// First line of a file of parts.
pub const PARTS_HEADER: &str = r#"{"huizhi":"parts","version":1}"#;

fn recognise(head: &Head) -> bool {
    head.bytes.starts_with(br#"{"huizhi":"parts""#)
}

fn read(record: &RawRecord, findings: &mut Findings) {
    let Some(text) = record.text(findings) else { return };
    let line = text.trim();
    if line.is_empty() {
        findings.passed_over = Some("empty line");
    } else if line == PARTS_HEADER {
        findings.passed_over = Some("header");
    } else if line.starts_with(r#"{"huizhi":"parts""#) {
        findings.refuse("version", "the file is of a newer version of the part format; update this program");
    } else {
        match serde_json::from_str::<Part>(line) {
            Ok(part) => findings.parts.push(part),
            Err(error) => findings.refuse("json", format!("not a part: {error}")),
        }
    }
}
