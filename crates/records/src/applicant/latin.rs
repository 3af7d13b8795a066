//! Names in Latin letters: forms of companies and words for bodies, as offices write and shorten them.

use super::ApplicantType;

/// Forms of companies wherever they stand in a name.
const FORMS: &[&str] = &[
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "ltd",
    "limited",
    "llc",
    "llp",
    "plc",
    "gmbh",
    "mbh",
    "kgaa",
    "ohg",
    "sarl",
    "sas",
    "srl",
    "spa",
    "bv",
    "nv",
    "oy",
    "oyj",
    "aps",
    "kk",
    "kabushiki",
    "pte",
    "pty",
    "sdn",
    "bhd",
    "ltda",
    "ltee",
    "company",
    "companies",
    "aktiengesellschaft",
    "aktiebolag",
    "zoo",
    "doo",
    "sro",
    "ooo",
    "zrt",
    "kft",
    "eurl",
    "slu",
    "cokg",
];

/// Forms that are words of other meaning too and count at the end alone.
const LAST_FORMS: &[&str] =
    &["co", "ag", "kg", "sa", "se", "ab", "as", "lp", "sl", "holding", "holdings", "group", "bank", "partnership"];

/// Words of names of universities.
const UNIVERSITY: &[&str] = &[
    "university",
    "universities",
    "univ",
    "universitat",
    "universitaet",
    "universite",
    "universidad",
    "universidade",
    "universita",
    "universitet",
    "universiteit",
    "uniwersytet",
    "hochschule",
    "college",
    "polytechnic",
    "politecnico",
    "polytechnique",
    "hogeschool",
    "daxue",
];

/// Words of names of research institutes.
const INSTITUTE: &[&str] =
    &["institute", "institut", "instituto", "istituto", "institutes", "inst", "fraunhofer", "yanjiusuo", "yanjiuyuan"];

/// Words of names of bodies.
const BODY: &[&str] = &[
    "hospital",
    "hosp",
    "klinikum",
    "ministry",
    "minister",
    "government",
    "association",
    "assoc",
    "foundation",
    "society",
    "federation",
    "bureau",
    "municipality",
    "yiyuan",
];

/// Runs of words and what they say, the first that is found.
const RUNS: &[(&str, ApplicantType)] = &[
    ("united states of america", ApplicantType::Body),
    ("secretary of", ApplicantType::Body),
    ("department of", ApplicantType::Body),
    ("dept of", ApplicantType::Body),
    ("chamber of commerce", ApplicantType::Body),
    ("institute of technology", ApplicantType::University),
    ("inst of technology", ApplicantType::University),
    ("inst technology", ApplicantType::University),
    ("inst tech", ApplicantType::University),
    ("institute of science and technology", ApplicantType::University),
    ("board of regents", ApplicantType::University),
    ("academy of sciences", ApplicantType::Institute),
    ("academy of science", ApplicantType::Institute),
    ("acad sci", ApplicantType::Institute),
    ("academy of", ApplicantType::Institute),
    ("research center", ApplicantType::Institute),
    ("research centre", ApplicantType::Institute),
    ("national laboratory", ApplicantType::Institute),
    ("max planck", ApplicantType::Institute),
    ("recherche scientifique", ApplicantType::Institute),
];

/// What a name in Latin letters says, in lower case.
pub(super) fn told(name: &str) -> Option<ApplicantType> {
    let words = words(name);
    let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    let last = words.last().map(String::as_str).unwrap_or_default();
    if words.len() > 1 && (has(FORMS) || LAST_FORMS.contains(&last)) {
        return Some(ApplicantType::Enterprise);
    }
    if has(BODY) {
        return Some(ApplicantType::Body);
    }
    let line = format!(" {} ", words.join(" "));
    if let Some((_, kind)) = RUNS.iter().find(|(run, _)| line.contains(&format!(" {run} "))) {
        return Some(*kind);
    }
    if has(UNIVERSITY) {
        return Some(ApplicantType::University);
    }
    if has(INSTITUTE) {
        return Some(ApplicantType::Institute);
    }
    is_person(name).then_some(ApplicantType::Individual)
}

/// Words without marks and accents; letters that stand alone are one word, so that `S.p.A.`, `A/S` and `L L C` are forms.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut alone = false;
    for word in name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let word: String = word.chars().map(plain).collect();
        let single = word.chars().count() == 1;
        match words.last_mut() {
            Some(last) if single && alone => last.push_str(&word),
            _ => words.push(word),
        }
        alone = single;
    }
    words
}

/// A letter without its accent.
const fn plain(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'å' | 'ã' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        other => other,
    }
}

/// Whether a name is written as offices write people and nobody else: `Smith, John A.`, surname and given names of letters alone.
fn is_person(name: &str) -> bool {
    let Some((surname, given)) = name.split_once(',') else { return false };
    let is_name = |text: &str, most: usize| {
        let pieces: Vec<&str> = text.split_whitespace().collect();
        let letters = |piece: &&str| piece.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\''));
        (1..=most).contains(&pieces.len()) && pieces.iter().all(letters)
    };
    is_name(surname, 3) && is_name(given, 3)
}
