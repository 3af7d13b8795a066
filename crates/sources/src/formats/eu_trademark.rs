//! EU trade marks of EUIPO's open data: ST.66 with goods in all languages, parties by identifier, bulletin sections,
//! seniorities, oppositions. The reader is [`super::st66`]'s.

use super::st66;
use crate::{Cut, Format, Head};

/// The format.
pub(crate) static FORMAT: Format = Format {
    name: "euipo-mark",
    chinese: "欧盟商标",
    english: "EU trade mark",
    cut: Cut::Documents,
    recognise,
    read: st66::read,
};

fn recognise(head: &Head) -> bool {
    head.root_is("Transaction") && head.root_tag.contains("euipo.europa.eu/trademark")
}
