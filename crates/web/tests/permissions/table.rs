//! The table as it is written.

use std::collections::BTreeMap;

use crate::routes::Route;

/// Those who ask, in the order of the columns.
pub(crate) const ROLES: [&str; 9] =
    ["visitor", "client", "staff", "lead", "admin", "other", "steward", "auditor", "operator"];

/// What a request comes to: allowed, or the status that says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Allowed,
    SignIn,
    Forbidden,
    Missing,
    /// Asked for the tracking code of a request.
    Code,
}

impl Outcome {
    /// What an answer's status says; none for a fault of the site or a wrong method.
    pub(crate) fn of(status: u16) -> Option<Self> {
        match status {
            401 => Some(Self::SignIn),
            403 => Some(Self::Forbidden),
            404 => Some(Self::Missing),
            299 => Some(Self::Code),
            405 | 500.. => None,
            _ => Some(Self::Allowed),
        }
    }

    fn read(word: &str) -> Option<Self> {
        match word {
            "ok" => Some(Self::Allowed),
            "401" => Some(Self::SignIn),
            "403" => Some(Self::Forbidden),
            "404" => Some(Self::Missing),
            "code" => Some(Self::Code),
            _ => None,
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Allowed => "ok",
            Self::SignIn => "401",
            Self::Forbidden => "403",
            Self::Missing => "404",
            Self::Code => "code",
        }
    }
}

/// What each role gets, and the form that is sent.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) outcomes: [Outcome; 9],
    pub(crate) form: String,
}

/// The whole table.
pub(crate) fn read() -> BTreeMap<Route, Row> {
    let mut rows = BTreeMap::new();
    for line in include_str!("table.txt").lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let (told, form) = line.split_once('|').unwrap_or((line, ""));
        let words: Vec<&str> = told.split_whitespace().collect();
        let outcomes = outcomes(&words[2..]).unwrap_or_else(|| panic!("a row of table.txt is not understood: {line}"));
        let route = (words[0].to_owned(), words[1].to_owned());
        let before = rows.insert(route, Row { outcomes, form: form.trim().to_owned() });
        assert!(before.is_none(), "table.txt has two rows for {} {}", words[0], words[1]);
    }
    rows
}

fn outcomes(words: &[&str]) -> Option<[Outcome; 9]> {
    let signed_in = |first, others| {
        let mut all = [others; 9];
        all[0] = first;
        all
    };
    match words {
        ["everyone"] => Some([Outcome::Allowed; 9]),
        ["nobody"] => Some([Outcome::Missing; 9]),
        ["signed-in"] => Some(signed_in(Outcome::SignIn, Outcome::Allowed)),
        words => words.iter().map(|word| Outcome::read(word)).collect::<Option<Vec<_>>>()?.try_into().ok(),
    }
}

/// A row as the table writes it.
pub(crate) fn written((method, path): &Route, outcomes: &[Outcome; 9]) -> String {
    let told = match outcomes {
        all if all.iter().all(|one| *one == Outcome::Allowed) => "everyone".to_owned(),
        all if all.iter().all(|one| *one == Outcome::Missing) => "nobody".to_owned(),
        [Outcome::SignIn, rest @ ..] if rest.iter().all(|one| *one == Outcome::Allowed) => "signed-in".to_owned(),
        all => {
            let words: Vec<&str> = all.iter().map(|one| one.word()).collect();
            words.into_iter().fold(String::new(), |line, word| line + &format!("{word:8}")).trim_end().to_owned()
        }
    };
    format!("{method:5}{path:45} {told}")
}
