//! Japan: years of the era or of the common calendar, and number spaces that meet.

use super::Parsed;
use super::spelling::{century, compact, is_digits, leading_year, split_kind, without_office};
use crate::RightKind;

/// What the words before a Japanese number say (`特開`, `特許第`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Words {
    /// The text names an application (`特願`), not a publication.
    pub(super) application: bool,
    /// Kind of right.
    pub(super) right: RightKind,
    /// Kind code of the publication, where the words tell.
    pub(super) kind: Option<&'static str>,
}

/// Words of a Japanese number, also in simplified characters, and the number behind them.
pub(super) fn words(folded: &str) -> Option<(Words, String)> {
    use RightKind::{Design, Invention, Trademark, UtilityModel};
    const TABLE: [(&str, bool, RightKind, Option<&str>); 14] = [
        ("特願", true, Invention, None),
        ("実願", true, UtilityModel, None),
        ("意願", true, Design, None),
        ("商願", true, Trademark, None),
        ("特開", false, Invention, Some("A")),
        ("特表", false, Invention, Some("A")),
        ("再表", false, Invention, Some("A1")),
        ("特公", false, Invention, Some("B2")),
        ("実開", false, UtilityModel, Some("U")),
        ("実公", false, UtilityModel, Some("Y2")),
        ("特許", false, Invention, Some("B2")),
        ("実用新案登録", false, UtilityModel, Some("U")),
        ("実登", false, UtilityModel, Some("U")),
        ("意匠登録", false, Design, Some("S")),
    ];
    let plain: String = folded.chars().map(traditional).filter(|c| *c != ' ').collect();
    let (word, application, right, kind) = TABLE.iter().find(|(word, ..)| plain.starts_with(word))?;
    let rest = plain[word.len()..].trim_start_matches(['第', '出', '願', '許', '番', '公', '報', ':', '.']);
    let rest = rest.split(['号', '號']).next().unwrap_or(rest);
    Some((Words { application: *application, right: *right, kind: *kind }, rest.to_owned()))
}

fn traditional(c: char) -> char {
    match c {
        '开' => '開',
        '愿' => '願',
        '许' => '許',
        '实' => '実',
        '录' => '録',
        '號' => '号',
        _ => c,
    }
}

/// Era letter, year of the common calendar in which its year 0 would lie.
const ERAS: [(char, &str, u16); 5] =
    [('M', "明治", 1867), ('T', "大正", 1911), ('S', "昭和", 1925), ('H', "平成", 1988), ('R', "令和", 2018)];

/// A number with its year: (era letter, year as counted there or in the common calendar, number).
struct Dated {
    era: Option<char>,
    year: u16,
    number: u32,
}

/// Splits `H10-12345`, `平10-012345`, `平成10年12345`, `2016-012345`, `H1012345`, `2016012345`.
fn dated(text: &str) -> Option<Dated> {
    let text: String = text.chars().filter(|c| *c != ' ').collect();
    let (era, rest) = era_of(&text);
    let rest = rest.trim_start_matches(['-', '.']);
    let (year, number) = match rest.split_once(['-', '年', '/', '.']) {
        Some((year, number)) => (if year == "元" { "1" } else { year }, compact(number)),
        None if era.is_some() => (rest.get(..2)?, compact(rest.get(2..)?)),
        None => (rest.get(..4)?, compact(rest.get(4..)?)),
    };
    if !is_digits(year) || !is_digits(&number) || number.len() > 7 {
        return None;
    }
    let number = number.parse().ok()?;
    match year.len() {
        4 => leading_year(year).map(|year| Dated { era: None, year, number }),
        1 | 2 => {
            let year: u16 = year.parse().ok()?;
            // Without a letter the years of Heisei are 1 to 31, those of Shōwa end with 64; before Heisei 13 only.
            let era = era.unwrap_or(if year <= 12 { 'H' } else { 'S' });
            Some(Dated { era: Some(era), year, number })
        }
        _ => None,
    }
}

fn era_of(text: &str) -> (Option<char>, &str) {
    for (letter, name, _) in ERAS {
        if let Some(rest) = text.strip_prefix(name).or_else(|| text.strip_prefix(letter)) {
            return (Some(letter), rest);
        }
        let first = name.chars().next().unwrap_or(letter);
        if let Some(rest) = text.strip_prefix(first) {
            return (Some(letter), rest);
        }
    }
    (None, text)
}

fn common_year(dated: &Dated) -> Option<u16> {
    match dated.era {
        None => Some(dated.year),
        Some(era) => ERAS.iter().find(|(letter, ..)| *letter == era).map(|(.., zero)| zero + dated.year),
    }
}

/// Application: year of the common calendar and six digits. Reads `特願平10-12345`, `2014-123456`, DOCDB
/// `2014123456` and its old form `1234598` (serial, two digits of the year), EPODOC `JP20140123456`.
pub(super) fn application(folded: &str, right: RightKind) -> Option<Parsed> {
    let (right, text) = match words(folded) {
        Some((words, rest)) => (words.right, rest),
        None => (right, split_kind(without_office(folded, "JP")).0.to_owned()),
    };
    let digits = compact(&text);
    let dated = if is_digits(&digits) && digits.len() == text.len() && digits.len() <= 8 {
        let at = digits.len().checked_sub(2)?;
        Dated { era: None, year: century(&digits[at..], 1921)?, number: digits[..at].parse().ok()? }
    } else {
        dated(&text)?
    };
    let year = common_year(&dated)?;
    let number = Some(dated.number).filter(|n| *n < 1_000_000)?;
    Some(Parsed { right, serial: format!("{year}{number:06}"), check: None })
}

/// Publication: `2016-012345` is `2016012345`, `平10-12345` is `H1012345`, a patent its number. Until 1996 examined
/// publications (kind B) had numbers of their own in the same form, and utility models and designs share forms with
/// patents: those keep the letter of their kind (`S5812345B`, `3123456U`, `H0612345Y`, `1227036S`).
pub(super) fn publication(folded: &str, kind: Option<&str>) -> Option<String> {
    let (text, kind) = match words(folded) {
        Some((words, rest)) => (rest, kind.or(words.kind)),
        None => (without_office(folded, "JP").to_owned(), kind),
    };
    let letter = kind.and_then(|k| k.chars().next());
    let text = text.strip_prefix("WO").unwrap_or(&text); // domestic republication JPWO2016…
    let (text, letter) = match text.strip_prefix('D') {
        Some(rest) => (rest, Some('S')),
        None => (text, letter),
    };
    let digits = compact(text);
    if is_digits(&digits) {
        // Era year and six digits, as EPODOC writes `JP10503772T`; a patent may be filled to eight digits.
        let old = digits.len() == 8 && matches!(letter, Some('A' | 'T'));
        let filled = digits.len() == 8 && digits.starts_with('0') && letter == Some('B');
        match digits.len() {
            1..=7 if digits.len() == text.len() || text.contains(',') => return number_with(&digits, letter),
            8 if old => return dated(&format!("{}-{}", &digits[..2], &digits[2..])).map(|d| dated_with(&d, letter)),
            8 if filled => return number_with(&digits, letter),
            _ => {}
        }
    }
    dated(text).map(|d| dated_with(&d, letter))
}

fn number_with(digits: &str, letter: Option<char>) -> Option<String> {
    let number = digits.trim_start_matches('0');
    let kept = letter.filter(|letter| matches!(letter, 'U' | 'Y' | 'S'));
    (!number.is_empty()).then(|| kept.map_or(number.to_owned(), |letter| format!("{number}{letter}")))
}

fn dated_with(dated: &Dated, letter: Option<char>) -> String {
    let number = match dated.era {
        Some(era) => format!("{era}{:02}{}", dated.year, dated.number),
        None => format!("{}{:06}", dated.year, dated.number),
    };
    match letter {
        Some(letter @ ('U' | 'Y' | 'S')) => format!("{number}{letter}"),
        Some('B') if dated.era.is_some() => number + "B",
        _ => number,
    }
}

/// `JP 2016-012345`.
pub(super) fn display(serial: &str) -> Option<String> {
    let fits = serial.len() == 10 && is_digits(serial);
    fits.then(|| format!("JP {}-{}", &serial[..4], &serial[4..]))
}
