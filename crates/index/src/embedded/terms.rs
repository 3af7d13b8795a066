//! Terms made from values, the same for rights and for queries.

use query::Field;
use records::class::technology::field_of;
use records::number::lookup_keys;
use records::region::province_of_party;
use records::{Date, Priority, PublicationNumber, Right};

/// A code or short value as a term: letters of either case are one.
pub(super) fn keyword(value: &str) -> String {
    language::fold(value.trim()).into_owned()
}

/// A day as a number that sorts and compares like it (20200131); none before the year 1.
pub(super) fn day(date: Date) -> Option<u64> {
    let year = u64::try_from(date.year()).ok().filter(|year| *year > 0)?;
    let (month, day) = (u64::from(date.month().unsigned_abs()), u64::from(date.day().unsigned_abs()));
    Some(year * 10_000 + month * 100 + day)
}

/// The year of such a number.
pub(super) const fn year(day: u64) -> u64 {
    day / 10_000
}

/// Term of a class symbol that a right carries itself.
pub(super) fn class_itself(symbol: &str) -> String {
    format!("={symbol}")
}

/// Terms under which a symbol is found from above, itself included: for `H01M10/0525` these are `H`, `H01`, `H01M`,
/// `H01M10/00` and `H01M10/0525`; for `14-02` also `14`; for `26.11.02` also `26` and `26.11`.
pub(super) fn class_levels(symbol: &str) -> Vec<String> {
    let mut levels = Vec::with_capacity(5);
    if symbol.starts_with(|c: char| c.is_ascii_alphabetic()) {
        levels.extend([1, 3, 4].into_iter().filter_map(|length| symbol.get(..length)).map(str::to_owned));
        if let Some((group, _)) = symbol.split_once('/') {
            levels.push(format!("{group}/00"));
        }
    } else {
        levels.extend(symbol.match_indices(['-', '.']).map(|(at, _)| symbol[..at].to_owned()));
    }
    if levels.last().is_none_or(|last| last != symbol) && !levels.iter().any(|level| level == symbol) {
        levels.push(symbol.to_owned());
    }
    levels
}

/// Values of the class facet: IPC and CPC subclasses, `Nice 9`, `Locarno 14`.
pub(super) fn class_facets(right: &Right) -> Vec<String> {
    let patent = right.ipc.iter().map(records::Ipc::as_str).chain(right.cpc.iter().map(records::Cpc::as_str));
    let subclasses = patent.filter_map(|symbol| symbol.get(..4)).map(str::to_owned);
    let nice = right.nice.iter().map(|class| format!("Nice {}", class.class));
    let locarno = right.locarno.iter().map(|symbol| {
        let class = symbol.as_str().split('-').next().unwrap_or_default();
        format!("Locarno {class}")
    });
    subclasses.chain(nice).chain(locarno).collect()
}

/// Main groups of IPC and CPC: `H01M10`.
pub(super) fn groups(right: &Right) -> Vec<String> {
    let symbols = right.ipc.iter().map(records::Ipc::as_str).chain(right.cpc.iter().map(records::Cpc::as_str));
    symbols.filter_map(|symbol| symbol.split_once('/')).map(|(group, _)| group.to_owned()).collect()
}

/// Cited publications without their kind codes, `CN203232659`; what cannot be read stays as it is.
pub(super) fn cited(right: &Right) -> Vec<String> {
    let numbers = right.citations.iter().filter_map(|citation| citation.number.as_deref());
    let normal = |number: &str| match PublicationNumber::read_full(number) {
        Some((publication, _)) => publication.as_str().to_owned(),
        None => number.trim().to_owned(),
    };
    numbers.map(normal).collect()
}

/// Stands between the key of a name and its spelling.
const BETWEEN: char = '\u{1}';

/// A name as its column holds it: spellings of one name follow each other, the smallest first.
pub(super) fn named(key: &str, spelling: &str) -> String {
    format!("{key}{BETWEEN}{spelling}")
}

/// Key and spelling of what [`named`] made.
pub(super) fn name_parts(value: &str) -> (&str, &str) {
    value.split_once(BETWEEN).unwrap_or((value, value))
}

/// A family as a number: its own, where it is one; else a hash above all of those.
pub(super) fn family(id: &str) -> u64 {
    const HASHED: u64 = 1 << 63;
    let id = keyword(id);
    let own = id.parse::<u64>().ok().filter(|number| *number < HASHED && number.to_string() == id);
    own.unwrap_or_else(|| super::cursor::fnv(id.as_bytes()) | HASHED)
}

/// WIPO technology fields of a right, by its IPC symbols or, without any, its CPC symbols.
pub(super) fn technologies(right: &Right) -> Vec<u8> {
    let of_cpc = || right.cpc.iter().filter_map(records::Cpc::to_ipc).filter_map(|symbol| field_of(&symbol)).collect();
    let mut fields: Vec<u8> =
        if right.ipc.is_empty() { of_cpc() } else { right.ipc.iter().filter_map(field_of).collect() };
    fields.sort_unstable();
    fields.dedup();
    fields
}

/// Field in which a further fact of a right is found by its words: product indications are goods, all else describes.
pub(super) fn fact_field(name: &str) -> Field {
    if name.contains("product") || name.contains("indication") || name.contains("goods") {
        Field::Goods
    } else {
        Field::Abstract
    }
}

/// Look-up keys of a priority claim: those of its number as anyone may type it, with and without the office.
pub(super) fn priority_keys(priority: &Priority) -> Vec<String> {
    let number = priority.number.trim();
    let mut keys = lookup_keys(number);
    if let Some(office) = priority.office.filter(|office| !number.starts_with(office.as_str())) {
        keys.extend(lookup_keys(&format!("{office}{number}")));
    }
    keys
}

/// Look-up keys of a cited publication: with and without its office and its kind code.
pub(super) fn citation_keys(number: &str) -> Vec<String> {
    let mut keys = lookup_keys(number);
    if let Some((publication, _)) = PublicationNumber::read_full(number) {
        keys.extend(publication.keys(None));
        keys.extend(lookup_keys(publication.number()));
    }
    keys
}

/// Regions of the applicants, each once: a province of China by its full name however the source spells it, any other
/// region as written.
pub(super) fn regions(right: &Right) -> Vec<String> {
    let named = |party: &records::Party| match province_of_party(party) {
        Some(province) => Some(province.full.to_owned()),
        None => party.region.clone(),
    };
    let mut regions: Vec<String> = right.applicants.iter().filter_map(named).collect();
    regions.sort_unstable();
    regions.dedup();
    regions
}

/// Further names under which the regions are found: short names of provinces, and what the source wrote.
pub(super) fn region_names(right: &Right) -> Vec<&str> {
    let short = right.applicants.iter().filter_map(province_of_party).map(|province| province.zh);
    short.chain(right.applicants.iter().filter_map(|party| party.region.as_deref())).collect()
}
