//! What kind of party an applicant is, after the classes of China's patent statistics, told by its name.
//!
//! Office data carry no such code, so a name has to say it: by the word at its end in Chinese, by a form of company or a
//! word for a body in Latin letters. A name that says nothing has no type.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Party;
use words::{BODIES, COMPANIES, COMPANY_ENDS, COMPOUND_SURNAMES, FIRMS, INSTITUTES, NO_PERSON, SURNAMES, UNIVERSITIES};

mod latin;
mod words;

/// Applicant type of China's patent statistics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ApplicantType {
    /// 企业.
    Enterprise,
    /// 高等院校.
    University,
    /// 科研单位.
    Institute,
    /// 机关团体: government bodies, hospitals, associations.
    Body,
    /// 个人.
    Individual,
}

impl ApplicantType {
    /// All types in the order of the statistics.
    pub const ALL: [Self; 5] = [Self::Enterprise, Self::University, Self::Institute, Self::Body, Self::Individual];

    /// The JSON name, such as `enterprise`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Enterprise => "enterprise",
            Self::University => "university",
            Self::Institute => "institute",
            Self::Body => "body",
            Self::Individual => "individual",
        }
    }

    /// The type with this JSON name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The type of a party: by its name, else by a further spelling of it.
    pub fn of(party: &Party) -> Option<Self> {
        let names = std::iter::once(&party.name).chain(&party.other_names);
        // A Chinese name says more of its bearer where people are known to have Chinese ones.
        let chinese = party.country.as_deref().is_none_or(crate::region::is_china);
        names.into_iter().find_map(|name| told(name, chinese))
    }
}

/// What a name says.
fn told(name: &str, chinese: bool) -> Option<ApplicantType> {
    let folded: String = name.chars().map(narrow).flat_map(char::to_lowercase).map(words::simplified).collect();
    if !folded.contains(is_letter_of_east_asia) {
        return latin::told(&folded);
    }
    let joined: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
    // 中国石油大学(华东) has its place behind its name; (有限合伙) is a form and stays.
    let plain = match joined.strip_suffix(')').and_then(|inner| inner.rsplit_once('(')) {
        Some((before, inside)) if !before.is_empty() && !COMPANIES.iter().any(|word| inside.contains(word)) => before,
        _ => &joined,
    };
    let head = head(plain);
    if COMPANIES.iter().any(|word| plain.contains(word)) {
        // The research bodies of the large groups are bodies of their own, numbered; of others the name does not tell.
        return match head {
            None => Some(ApplicantType::Enterprise),
            Some(ApplicantType::Institute) if plain.contains("公司第") => head,
            Some(_) => None,
        };
    }
    head.or_else(|| (chinese && is_person(plain)).then_some(ApplicantType::Individual))
}

/// What the word at the end of a name says.
fn head(name: &str) -> Option<ApplicantType> {
    let ends = |words: &[&str]| words.iter().any(|word| name.ends_with(word));
    // 科学院 ends as 学院 does.
    let kinds = [
        (BODIES, ApplicantType::Body),
        (INSTITUTES, ApplicantType::Institute),
        (UNIVERSITIES, ApplicantType::University),
        (COMPANY_ENDS, ApplicantType::Enterprise),
    ];
    kinds.into_iter().find(|(words, _)| ends(words)).map(|(_, kind)| kind)
}

/// Whether a name is that of a Chinese person: a known surname and one or two characters, or pieces joined by a dot.
fn is_person(name: &str) -> bool {
    if !name.chars().all(|c| is_han(c) || c == '·')
        || NO_PERSON.iter().any(|end| name.ends_with(end))
        || FIRMS.split(' ').any(|firm| firm == name)
    {
        return false;
    }
    if name.contains('·') {
        // 买买提·艾力: written so in the country alone, foreign firms are too.
        return name.split('·').all(|piece| (1..=6).contains(&piece.chars().count())) && name.chars().count() >= 4;
    }
    let given = |surname: &str| name.strip_prefix(surname).map(|given| given.chars().count());
    let compound = COMPOUND_SURNAMES.split(' ').any(|surname| matches!(given(surname), Some(1 | 2)));
    let single =
        name.chars().next().is_some_and(|first| SURNAMES.contains(first)) && matches!(name.chars().count(), 2 | 3);
    (compound || single) && !is_place(name)
}

/// Whether a name is that of a place: 江苏, 徐州.
fn is_place(name: &str) -> bool {
    crate::region::province_of(name).is_some() || !crate::region::cities_named(name).is_empty()
}

/// Full-width forms of letters and marks as narrow ones, every dot between names as one.
fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '•' | '・' | '‧' | '∙' | '⋅' => '·',
        other => other,
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

fn is_letter_of_east_asia(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3040}'..='\u{30ff}' | '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
#[path = "applicant_tests.rs"]
mod tests;
