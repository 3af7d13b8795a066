//! Single values of cells: dates, numbers, parties, priorities.

use records::{ApplicationNumber, Date, KindCode, Office, Party, Priority, PublicationNumber, RightKind, read_date};

use super::mapping::{DateForm, Spelling};

/// A date; forms that do not begin with a year of four digits are read in the orders that the mapping names.
pub(super) fn date(text: &str, forms: &[DateForm], century_from: i16) -> Option<Date> {
    read_date(text).or_else(|| {
        let fields: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|f| !f.is_empty()).collect();
        let &[a, b, c] = fields.as_slice() else { return None };
        forms.iter().find_map(|form| {
            let (year, month, day) = match form {
                DateForm::Ymd => (a, b, c),
                DateForm::Dmy => (c, b, a),
                DateForm::Mdy => (c, a, b),
            };
            Date::new(full_year(year, century_from)?, month.parse().ok()?, day.parse().ok()?).ok()
        })
    })
}

/// A year of four digits as it stands, one of two digits within the hundred years from `century_from`.
fn full_year(text: &str, century_from: i16) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 => Some(century_from + (year - century_from).rem_euclid(100)),
        _ => None,
    }
}

/// The same day in another century, where it exists.
pub(super) fn years_away(date: Date, years: i16) -> Option<Date> {
    Date::new(date.year().checked_add(years)?, date.month(), date.day()).ok()
}

/// The office before a number (`US 2013/0101709`, `KR20130006425U`, `USRE029415`, `ZL…`) and the rest.
pub(super) fn split_office(text: &str) -> (Option<Office>, &str) {
    let Some((code, rest)) = text.split_at_checked(2) else { return (None, text) };
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let then_digit = rest.as_bytes().get(letters).is_some_and(u8::is_ascii_digit);
    // `JPS5812345`, `USD0805722`, and PATENTSCOPE's `mxPA/a/2006/011857`; but not `PCT/CN2015/071234`.
    let stands_apart = letters == 0 || (letters <= 2 && then_digit) || code.bytes().all(|b| b.is_ascii_lowercase());
    match code.to_ascii_uppercase().as_str() {
        // Prefixes of US reissues and plant patents are no offices.
        "RE" | "PP" => (None, text),
        "ZL" if stands_apart => (Some(Office::CN), rest.trim_start()),
        code if stands_apart && !rest.is_empty() => match code.parse() {
            Ok(office) => (Some(office), rest.trim_start()),
            Err(_) => (None, text),
        },
        _ => (None, text),
    }
}

/// A publication with its kind code, from `US 2013/0101709 A1`, `KR20150000637 (U)`, `CN118866379A`.
pub(super) fn publication(
    text: &str,
    office: Option<Office>,
    kind: Option<&KindCode>,
) -> Result<(PublicationNumber, Option<KindCode>), String> {
    let text = text.replace(['(', ')', '（', '）'], " ");
    let text = text.trim();
    let (own, number) = split_office(text);
    if let Some((number, written)) = own.and_then(|_| PublicationNumber::read_full(text))
        && (written.is_some() || kind.is_none())
    {
        return Ok((number, written));
    }
    let office = own.or(office).ok_or("it names no office, and no column or mapping does")?;
    let read = PublicationNumber::read(office, number, kind.map(KindCode::as_str));
    read.map(|number| (number, kind.cloned())).map_err(|error| error.to_string())
}

/// An application number in the spelling of an office, DOCDB (`US 201213657122 A`) or EPODOC (`KR20130006425U`).
pub(super) fn application(
    text: &str,
    office: Option<Office>,
    right: RightKind,
    filed: Option<Date>,
) -> Result<ApplicationNumber, String> {
    // Letters before a registration number (`BS.185559220`) are no office.
    let by_register = matches!(right, RightKind::Trademark | RightKind::Gi | RightKind::Layout);
    let (own, rest) = if by_register && office.is_some() { (None, text.trim()) } else { split_office(text.trim()) };
    let office = own.or(office).ok_or("it names no office, and no column or mapping does")?;
    let mut words = rest.split_whitespace();
    let read = match (words.next(), words.next().and_then(KindCode::read), words.next()) {
        (Some(number), Some(kind), None) => ApplicationNumber::read_docdb(office, number, Some(kind.as_str()), filed),
        _ => ApplicationNumber::read(office, rest, right),
    };
    read.map_err(|error| error.to_string())
}

/// A priority whose number, date and office stand in any order, apart from each other.
pub(super) fn priority(text: &str, office: Option<Office>, read: impl Fn(&str) -> Option<Date>) -> Option<Priority> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let dated = words.iter().rposition(|word| read(word).is_some()).filter(|_| words.len() > 1);
    let date = dated.and_then(|at| read(words[at]));
    let is_office = |word: &str| word.len() == 2 && word.bytes().all(|b| b.is_ascii_uppercase());
    let rest = words.iter().enumerate().filter(|(at, _)| Some(*at) != dated).map(|(_, word)| *word);
    let (offices, number): (Vec<&str>, Vec<&str>) = rest.partition(|word| is_office(word));
    let office = offices.first().and_then(|code| code.parse().ok()).or(office);
    let number = number.join(" ");
    if number.is_empty() {
        return None;
    }
    Some(match application(&number, office, RightKind::Invention, date) {
        Ok(number) => Priority { office: Some(number.office), number: number.serial, date },
        Err(_) => Priority { office, number, date },
    })
}

/// A party; `[US]` behind the name is its country.
pub(super) fn party(text: &str, spelling: Option<Spelling>) -> Option<Party> {
    let (name, country) = match text.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')) {
        Some((name, code)) => (name, code.parse::<Office>().ok()),
        None => (text, None),
    };
    let (name, country) = match (spelling, name.rsplit_once("  ")) {
        (Some(Spelling::TrailingCountry), Some((name, code))) if code.trim().len() == 2 => (name, code.parse().ok()),
        _ => (name, country),
    };
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = match (spelling, name.split_once(", ")) {
        (Some(Spelling::LastFirst), Some((last, first))) if !first.contains(',') => format!("{first} {last}"),
        _ => name,
    };
    (!name.is_empty()).then(|| Party { name, country: country.map(|c| c.to_string()), ..Party::default() })
}

/// `A61K0315375` as `A61K31/5375`; anything else as it stands.
pub(super) fn unpacked(symbol: &str) -> String {
    if symbol.contains('/') {
        return symbol.to_owned();
    }
    match (symbol.get(..4), symbol.get(4..7), symbol.get(7..)) {
        // A group of one digit may come with three zeros before it.
        (Some(subclass), Some("000"), Some(rest)) if rest.len() > 1 && rest.is_char_boundary(1) => {
            format!("{subclass}{}/{}", &rest[..1], &rest[1..])
        }
        (Some(subclass), Some(group), Some(rest)) if group.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{subclass}{}/{rest}", group.trim_start_matches('0'))
        }
        _ => symbol.to_owned(),
    }
}
