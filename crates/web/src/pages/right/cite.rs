//! How to cite a right.

use records::{Date, Right, RightKind};

/// Names listed before "et al.".
const NAMED: usize = 3;

/// Forms of citation: name of the form, text. GB/T 7714-2015 knows patents as `[P]`; for other rights the same order of
/// elements serves with their own letter.
pub(crate) fn forms(right: &Right, permanent: &str, today: Date) -> Vec<(&'static str, String)> {
    vec![("GB/T 7714", gbt7714(right, permanent, today)), ("BibTeX", bibtex(right, permanent))]
}

fn holders(right: &Right) -> Vec<&str> {
    let list = if right.applicants.is_empty() { &right.owners } else { &right.applicants };
    list.iter().map(|party| party.name.as_str()).filter(|name| !name.is_empty()).collect()
}

fn name(right: &Right) -> &str {
    right.title("zh").unwrap_or_else(|| right.id.as_str())
}

fn gbt7714(right: &Right, permanent: &str, today: Date) -> String {
    let holders = holders(right);
    let mut who = holders.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    if holders.len() > NAMED {
        who += ", 等";
    }
    let who = if who.is_empty() { String::new() } else { format!("{who}. ") };
    let letter =
        if matches!(right.right, RightKind::Trademark | RightKind::Gi | RightKind::Layout) { "Z" } else { "P" };
    let number = crate::pages::search::number(right);
    let date =
        right.publications.last().and_then(|publication| publication.date).or(right.grant_date).or(right.filing_date);
    let date = date.map_or_else(String::new, |date| format!(". {date}"));
    format!("{who}{}: {number}[{letter}/OL]{date}[{today}]. {permanent}.", name(right))
}

fn bibtex(right: &Right, permanent: &str) -> String {
    let plain = |text: &str| text.replace(['{', '}', '\\'], "");
    let year = right.publication_date.or(right.grant_date).or(right.filing_date).map(Date::year);
    let mut lines = vec![
        format!("@patent{{{}", right.id),
        format!("  title = {{{}}}", plain(name(right))),
        format!("  author = {{{}}}", plain(&holders(right).join(" and "))),
        format!("  number = {{{}}}", crate::pages::search::number(right)),
    ];
    lines.extend(year.map(|year| format!("  year = {{{year}}}")));
    lines.push(format!("  url = {{{permanent}}}"));
    format!("{}\n}}", lines.join(",\n"))
}
