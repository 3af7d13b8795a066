//! Numbers as the services write them: `CN.104751825.B` (docdb) and `CN104751825.B` (epodoc), each part maybe in brackets.

use records::{KindCode, Office, Publication, PublicationNumber};

use super::Fault;

/// Most numbers in one request.
const MOST: usize = 100;

/// A publication that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) number: PublicationNumber,
    /// Absent asks for every publication with the number.
    pub(super) kind: Option<KindCode>,
}

impl Asked {
    /// Whether this is the publication, or one of those, that is asked for.
    pub(super) fn is(&self, publication: &Publication) -> bool {
        bare(&publication.number) == bare(&self.number) && (self.kind.is_none() || publication.kind == self.kind)
    }
}

/// Office and number without the letter that some numbers keep; the services write it as the kind alone.
pub(super) fn bare(number: &PublicationNumber) -> &str {
    match number.as_str().as_bytes() {
        [.., digit, last] if digit.is_ascii_digit() && last.is_ascii_uppercase() => {
            &number.as_str()[..number.as_str().len() - 1]
        }
        _ => number.as_str(),
    }
}

/// Reads the numbers of a path or a body, with commas or line ends between them.
pub(super) fn read_all(format: &str, text: &str) -> Result<Vec<Asked>, Fault> {
    let read = match format {
        "docdb" => docdb,
        "epodoc" => epodoc,
        other => {
            return Err(Fault::invalid_reference(format!(
                "the format «{other}» is not known; expected docdb or epodoc"
            )));
        }
    };
    let numbers = text.split([',', '\n', '\r']).map(str::trim).filter(|number| !number.is_empty());
    let numbers: Vec<Asked> = numbers
        .map(|number| {
            let wrong = || Fault::invalid_reference(format!("«{number}» is not a publication number in {format}"));
            read(&parts(number)).ok_or_else(wrong)
        })
        .collect::<Result<_, _>>()?;
    match numbers.len() {
        0 => Err(Fault::invalid_reference("there is no number in the request")),
        1..=MOST => Ok(numbers),
        more => Err(Fault::invalid_reference(format!("{more} numbers at once; expected at most {MOST}"))),
    }
}

/// What stands between the dots, without brackets; a dot inside brackets divides nothing.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut inside = false;
    for c in text.chars() {
        match c {
            '(' => inside = true,
            ')' => inside = false,
            '.' if !inside => parts.push(String::new()),
            c => parts.iter_mut().next_back().into_iter().for_each(|part| part.push(c)),
        }
    }
    parts
}

/// Country, number, maybe kind and date.
fn docdb(parts: &[String]) -> Option<Asked> {
    let [country, number, more @ ..] = parts else { return None };
    let office: Office = country.parse().ok()?;
    asked(office, number, more)
}

/// Country and number in one, maybe kind and date.
fn epodoc(parts: &[String]) -> Option<Asked> {
    let [number, more @ ..] = parts else { return None };
    let office: Office = number.get(..2)?.parse().ok()?;
    asked(office, &number[2..], more)
}

fn asked(office: Office, number: &str, more: &[String]) -> Option<Asked> {
    let is_date = |part: &str| part.len() == 8 && part.bytes().all(|b| b.is_ascii_digit());
    let kind = match more {
        [] => None,
        [date] if is_date(date) => None,
        [kind] => Some(KindCode::read(kind)?),
        [kind, date] if is_date(date) => Some(KindCode::read(kind)?),
        _ => return None,
    };
    let has_digit = number.bytes().any(|b| b.is_ascii_digit());
    let number = PublicationNumber::read(office, number, kind.as_ref().map(KindCode::as_str)).ok()?;
    has_digit.then_some(Asked { number, kind })
}

#[cfg(test)]
#[path = "number_tests.rs"]
mod tests;
