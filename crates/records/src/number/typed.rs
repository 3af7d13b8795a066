//! Numbers as people type them: every sensible reading, the likeliest first.

use super::spelling::{compact, fold, is_digits, split_check, split_kind, without_office};
use super::{ApplicationNumber, KindCode, PublicationNumber, RightId, em, jp, keys, publication};
use crate::{Office, RightKind};

/// One reading of a typed number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// An application.
    Application(ApplicationNumber),
    /// A publication, maybe with its kind code.
    Publication {
        /// Office and number.
        number: PublicationNumber,
        /// Kind code, where one was typed.
        kind: Option<KindCode>,
    },
    /// A registration number, or whatever else an office may have written.
    Registration {
        /// The office, where one was typed.
        office: Option<Office>,
        /// Letters and digits in upper case.
        number: String,
    },
}

impl Reading {
    /// Keys to look it up, most telling first; see [`super::number_keys`].
    pub fn keys(&self) -> Vec<String> {
        match self {
            Self::Application(number) => number.keys(),
            Self::Publication { number, kind } => number.keys(kind.as_ref()),
            Self::Registration { office, number } => keys::registration(*office, number),
        }
    }
}

/// Every sensible reading of a number as typed, best first: `ZL201510163325.6`, `CN104751825B`, `US 8,926,509`,
/// `018229858`, `特開2016-012345`, `PCT/CN2015/071234`, `10-2010-7003249`, plain digits. The last one is always the
/// text itself as a registration number; there is none at all for a text without letter or digit.
pub fn read_any(text: &str) -> Vec<Reading> {
    let folded = fold(text);
    let folded = without_label(&folded);
    let mut found = Readings::default();
    if let Some(id) = RightId::read(folded) {
        found.id(&id);
    }
    if let Some((words, rest)) = jp::words(folded) {
        if words.application {
            found.application(Office::JP, &rest, words.right);
        } else {
            found.publication(Office::JP, folded, words.kind);
        }
        return found.finish(Some(Office::JP), &rest);
    }
    if let Some(rest) = folded.strip_prefix("ZL") {
        found.application(Office::CN, rest, RightKind::Invention);
        return found.finish(Some(Office::CN), rest);
    }
    if folded.starts_with("PCT") {
        found.application(Office::WO, folded, RightKind::Invention);
        return found.finish(Some(Office::WO), folded);
    }
    if folded.starts_with("BS") && is_digits(&compact(&folded[2..])) {
        found.application(Office::CN, folded, RightKind::Layout);
        return found.finish(Some(Office::CN), folded);
    }
    if let Some((office, rest)) = office_before(folded) {
        found.of_office(office, rest);
        return found.finish(Some(office), rest);
    }
    found.of_any_office(folded);
    found.finish(None, folded)
}

/// The text behind words such as `申请号：` or `Patent No.`.
fn without_label(folded: &str) -> &str {
    const LABELS: [&str; 21] = [
        "申请公布号",
        "授权公告号",
        "国际注册号",
        "国际申请号",
        "申请/注册号",
        "申请号",
        "公开号",
        "公布号",
        "公告号",
        "专利号",
        "注册号",
        "登记号",
        "申請號",
        "專利號",
        "PUBLICATION",
        "APPLICATION",
        "REGISTRATION",
        "PATENT",
        "NUMBER",
        "NO.",
        "NO ",
    ];
    let mut text = folded;
    while let Some(rest) = LABELS.iter().find_map(|label| text.strip_prefix(label)) {
        text = rest.trim_start_matches([' ', ':', '.', '#']);
    }
    text
}

/// A known office code and the text behind it. Letters that only look like one (`RE46,789`, `PP28111`) are none.
fn office_before(folded: &str) -> Option<(Office, &str)> {
    const OFFICES: &str = "CN US EP WO JP KR DE GB FR CH RU SU EA AU CA BR IN TW HK MO SG ES IT AT BE PL IL DD EM IB AP \
        OA GC BX QZ NL SE DK NO FI IE PT GR CZ SK HU RO BG HR SI RS EE LV LT UA TR MX AR CL CO PE ZA NZ MY TH VN PH ID \
        EG MA TN SA AE LU LI MC IS CY MT GE AM AZ KZ UZ MN CU CR EC UY DZ GT PA SV YU BO BY CS DO HN NI PY \
        JM TT KE UG ZM ZW JO KW LB QA OM BH IR PK LK BD KH LA MM KG TJ TM MD AL BA ME MK AD SM MZ AO NG GH XX";
    let code = folded.get(..2)?;
    let rest = &folded[2..];
    let known = OFFICES.split_whitespace().any(|office| office == code);
    let digit_follows = rest.chars().any(|c| c.is_ascii_digit());
    let letters = rest.trim_start().chars().take_while(char::is_ascii_uppercase).count();
    if !known || !digit_follows || letters > 2 {
        return None;
    }
    Some((code.parse().ok()?, without_office(folded, code)))
}

/// Digits of a folded number by its separators.
struct Shape<'t> {
    /// Without a kind code.
    body: &'t str,
    /// The kind code.
    kind: Option<&'t str>,
    /// Letters and digits of `body`.
    compact: String,
}

impl<'t> Shape<'t> {
    fn of(folded: &'t str) -> Self {
        let (body, kind) = split_kind(folded);
        Self { body, kind, compact: compact(body) }
    }

    /// The two fields around the one separator.
    fn halves(&self, separator: char) -> Option<(String, String)> {
        let (left, right) = self.body.split_once(separator)?;
        let (left, right) = (compact(left), compact(right));
        (is_digits(&left) && is_digits(&right)).then_some((left, right))
    }
}

#[derive(Default)]
struct Readings(Vec<Reading>);

impl Readings {
    fn add(&mut self, reading: Reading) {
        if !self.0.contains(&reading) {
            self.0.push(reading);
        }
    }

    fn finish(mut self, office: Option<Office>, text: &str) -> Vec<Reading> {
        let number: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
        if !number.is_empty() {
            self.add(Reading::Registration { office, number });
        }
        self.0
    }

    fn application(&mut self, office: Office, text: &str, right: RightKind) {
        if let Ok(number) = ApplicationNumber::read(office, text, right) {
            self.add(Reading::Application(number));
        }
    }

    /// A publication, if the text has a form of the office's own.
    fn publication(&mut self, office: Office, text: &str, kind: Option<&str>) {
        let (body, written) = split_kind(text);
        let kind = kind.or(written);
        if publication(office, body, kind).is_none() {
            return;
        }
        if let Ok(number) = PublicationNumber::read(office, body, kind) {
            self.add(Reading::Publication { number, kind: kind.and_then(KindCode::read) });
        }
    }

    /// The id of a right.
    fn id(&mut self, id: &RightId) {
        let (Some(office), Some(letter)) = (id.office(), id.letter()) else { return };
        if let Some(number) = id.serial().strip_prefix("pub").or(id.serial().strip_prefix("PUB")) {
            return self.publication(office, number, None);
        }
        let right = RightKind::ALL.into_iter().find(|right| right.letter() == letter);
        if let Some(right) = right {
            let serial = id.serial().to_owned();
            self.add(Reading::Application(ApplicationNumber { office, right, serial, check: None }));
        }
    }

    /// Readings of a number whose office is known.
    fn of_office(&mut self, office: Office, text: &str) {
        let shape = Shape::of(text);
        let digits = shape.compact.len();
        let checked = split_check(shape.body).1.is_some();
        let application_first = match office {
            Office::CN => checked || digits >= 11,
            Office::US => shape.body.split_once('/').is_some_and(|(series, _)| series.trim().len() <= 2),
            Office::EP => checked || digits >= 8,
            Office::WO => text.starts_with(|c: char| c.is_ascii_uppercase()) || text.get(4..5).is_some_and(|c| c > "9"),
            Office::GB => checked || digits == 9,
            Office::DE | Office::EM => true,
            _ => false,
        };
        // Too short for an application of the office.
        let publication_only = match office {
            Office::US => digits < 8 && !application_first,
            Office::EP | Office::CN => digits < 8 && !checked,
            Office::JP => digits < 8,
            Office::GB => digits < 7,
            _ => false,
        };
        let right = if office == Office::EM { RightKind::Trademark } else { RightKind::Invention };
        // A kind code names a publication, unless the number has no form of one (EPODOC's `CN20151163325U`).
        if shape.kind.is_some() && office != Office::EM {
            self.publication(office, text, None);
            if self.0.is_empty() {
                self.application(office, text, right);
            }
            return;
        }
        if application_first {
            self.application(office, text, right);
        }
        if office != Office::EM {
            self.publication(office, text, None);
        }
        if !application_first && !publication_only {
            self.application(office, text, right);
        }
        if matches!(office, Office::CN | Office::US) && (digits <= 8 || text.contains('-')) {
            self.application(office, text, RightKind::Trademark);
        }
    }

    /// Readings of a number without an office.
    fn of_any_office(&mut self, folded: &str) {
        let shape = Shape::of(folded);
        if !is_digits(&shape.compact) {
            return self.with_letters(folded, &shape);
        }
        if split_check(shape.body).1.is_some() {
            return self.with_check_digit(folded);
        }
        if let Some((left, right)) = shape.halves('/') {
            return self.with_slash(folded, &left, &right);
        }
        if let Some(fields) = shape.body.contains('-').then(|| shape.body.split('-').map(compact).collect::<Vec<_>>()) {
            return self.with_hyphens(folded, &fields);
        }
        if shape.kind.is_some() {
            for office in
                [Office::CN, Office::US, Office::EP, Office::WO, Office::JP, Office::KR, Office::DE, Office::GB]
            {
                self.publication(office, folded, None);
            }
            return;
        }
        if shape.body.contains(',') {
            self.publication(Office::US, folded, None);
        }
        self.plain_digits(&shape.compact);
    }

    /// `D907,292`, `RE46,789`, `H10-12345`, `W01234567`, `G1234567`, `M9000603`, `201610158350X`.
    fn with_letters(&mut self, folded: &str, shape: &Shape<'_>) {
        let text = &shape.compact;
        let digits = text.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let prefix = &text[..text.len() - digits.len()];
        if text.ends_with('X') {
            return self.application(Office::CN, folded, RightKind::Invention);
        }
        if !is_digits(digits) {
            return;
        }
        match prefix {
            "D" | "RE" | "PP" | "T" | "AI" => self.publication(Office::US, folded, None),
            "H" if !shape.body.contains('-') && digits.len() <= 5 => self.publication(Office::US, folded, None),
            "H" | "S" => self.publication(Office::JP, folded, None),
            "W" => self.application(Office::EM, folded, RightKind::Trademark),
            "G" => self.application(Office::CN, folded, RightKind::Trademark),
            "M" => self.application(Office::DE, folded, RightKind::Design),
            "DM" => self.publication(Office::WO, folded, None),
            _ => {}
        }
        if prefix == "H" {
            self.publication(Office::US, folded, None);
        }
    }

    /// Offices that write a check digit; those whose rule it fits first.
    fn with_check_digit(&mut self, folded: &str) {
        // Seven digits are GB's own form; for EP they lack the zero of the year, which Luhn's digit does not see.
        let offices = match compact(split_check(folded).0).len() {
            7 => [Office::GB, Office::EP, Office::DE, Office::CN],
            _ => [Office::CN, Office::EP, Office::DE, Office::GB],
        };
        let fits = |office: &Office| ApplicationNumber::read_strict(*office, folded, RightKind::Invention).is_ok();
        let (right, wrong): (Vec<Office>, Vec<Office>) = offices.into_iter().partition(fits);
        for office in right.into_iter().chain(wrong) {
            self.application(office, folded, RightKind::Invention);
        }
    }

    /// `2015/0123456`, `2015/123456`, `14/123,456`, `01/23456`.
    fn with_slash(&mut self, folded: &str, left: &str, right: &str) {
        match (left.len(), right.len()) {
            (4, 7) => self.publication(Office::US, folded, None),
            (4, _) => {
                self.publication(Office::WO, folded, None);
                self.publication(Office::US, folded, None);
            }
            (1 | 2, 6) => {
                self.application(Office::US, folded, RightKind::Invention);
                self.publication(Office::WO, folded, None);
            }
            (2, 5) => self.publication(Office::WO, folded, None),
            _ => {}
        }
    }

    /// `10-2010-7003249`, `10-1234567`, `001066245-0001`, `2016-012345`, `10-123456`.
    fn with_hyphens(&mut self, folded: &str, fields: &[String]) {
        let [left, .., last] = fields else { return };
        match (left.len(), last.len(), fields.len()) {
            (2, 7, 3) => {
                self.application(Office::KR, folded, RightKind::Invention);
                self.publication(Office::KR, folded, None);
            }
            (2, 7, 2) => self.publication(Office::KR, folded, None),
            (4, 7, 2) => self.publication(Office::US, folded, None),
            (1 | 2 | 4, 1..=6, 2) => {
                self.publication(Office::JP, folded, None);
                self.application(Office::JP, folded, RightKind::Invention);
            }
            (5..=9, 1..=4, 2) => {
                if em::number(folded).is_some() {
                    self.application(Office::EM, folded, RightKind::Design);
                }
                self.application(Office::CN, folded, RightKind::Trademark);
            }
            _ => {}
        }
    }

    /// Digits alone: every office that counts this far.
    fn plain_digits(&mut self, digits: &str) {
        use Office as O;
        use RightKind::{Design, Invention, Trademark};
        let (publications, applications): (&[Office], &[(Office, RightKind)]) = match digits.len() {
            13 => (&[], &[(O::CN, Invention), (O::KR, Invention), (O::EM, Design)]),
            12 => (&[], &[(O::CN, Invention), (O::DE, Invention), (O::US, Invention)]),
            11 => (&[O::US, O::KR], &[(O::KR, Invention)]),
            10 => (&[O::US, O::WO, O::JP], &[(O::JP, Invention)]),
            9 if digits.starts_with('0') => (&[], &[(O::EM, Trademark), (O::CN, Invention), (O::EP, Invention)]),
            9 => (&[O::CN, O::KR], &[(O::CN, Invention), (O::EP, Invention), (O::GB, Invention), (O::EM, Trademark)]),
            8 => (
                &[O::US],
                &[
                    (O::EM, Trademark),
                    (O::US, Invention),
                    (O::CN, Invention),
                    (O::EP, Invention),
                    (O::CN, Trademark),
                    (O::US, Trademark),
                    (O::DE, Invention),
                ],
            ),
            7 => (&[O::US, O::EP, O::CN, O::JP, O::GB, O::DE], &[(O::EM, Trademark), (O::CN, Trademark)]),
            1..=6 => (&[O::US, O::EP], &[(O::EM, Trademark), (O::CN, Trademark)]),
            15 => (&[], &[(O::CN, Invention)]),
            _ => (&[], &[]),
        };
        for office in publications {
            self.publication(*office, digits, None);
        }
        for (office, right) in applications {
            self.application(*office, digits, *right);
        }
    }
}
