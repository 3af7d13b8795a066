//! Answers of the German register DPMAregister: patents and utility models (its own form), trade marks (ST.66),
//! designs (ST.86), each as a full record or as a list of hits. A hit is a part of its own beside the full record.

mod designs;
mod hits;
mod parties;
mod patents;

use super::st66;
use crate::{Cut, Format, Head};

/// Patents and utility models.
pub(crate) static PATENT: Format = Format {
    name: "de-patent",
    chinese: "德国专利登记簿",
    english: "German patent register",
    cut: Cut::Elements(&["dpma-patent-document", "PatentHitListRecord"]),
    recognise: is_patent,
    read: patents::read,
};

/// Trade marks.
pub(crate) static TRADEMARK: Format = Format {
    name: "de-trademark",
    chinese: "德国商标登记簿",
    english: "German trade-mark register",
    cut: Cut::Elements(&["Transaction", "Entries"]),
    recognise: is_trademark,
    read: |record, findings| {
        if hits::is_hit(record, "Entries") { hits::trademark(record, findings) } else { st66::read(record, findings) }
    },
};

/// Designs.
pub(crate) static DESIGN: Format = Format {
    name: "de-design",
    chinese: "德国外观设计登记簿",
    english: "German design register",
    cut: Cut::Elements(&["Transaction", "DesignHitListRecord"]),
    recognise: is_design,
    read: |record, findings| {
        if hits::is_hit(record, "DesignHitListRecord") {
            hits::design(record, findings);
        } else {
            designs::read(record, findings);
        }
    },
};

fn is_patent(head: &Head) -> bool {
    head.root_is("dpma-patent-document") || head.root_is("PatentHitList")
}

fn is_trademark(head: &Head) -> bool {
    let register = head.root_is("Transaction")
        && head.root_tag.contains("dpma.de")
        && head.root_tag.contains("XMLSchema/trademarks");
    register || (head.root_is("HitList") && head.holds("MarkFeature"))
}

fn is_design(head: &Head) -> bool {
    let register =
        head.root_is("Transaction") && head.root_tag.contains("dpma.de") && head.root_tag.contains("XMLSchema/designs");
    register || head.root_is("DesignHitList")
}
