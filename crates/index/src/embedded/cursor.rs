//! Page marks: the place of a hit in an order, as text that only this query and this order can read.

use std::fmt::Write;

use query::Query;

use crate::{IndexError, Seek, Sort};

/// What a mark belongs to.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The query.
    pub(super) query: &'a Query,
    /// The order.
    pub(super) sort: Sort,
    /// One hit a family.
    pub(super) collapse: bool,
}

/// Place of a hit: its key in the order asked, then its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Sort key; smaller comes first, whatever the direction.
    pub(super) key: u64,
    /// Id of the right.
    pub(super) id: String,
}

/// Writes a place: checksum, key and id in hexadecimal. The checksum also covers what was asked, so a mark
/// of another search is refused instead of giving a page from nowhere.
pub(super) fn write(place: &Place, asked: Asked<'_>) -> Seek {
    let body = [place.key.to_be_bytes().as_slice(), place.id.as_bytes()].concat();
    let check = checksum(&body, asked).to_be_bytes();
    let digits = check.iter().chain(&body).flat_map(|byte| [byte >> 4, byte & 15]);
    Seek(digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect())
}

/// Reads a mark that was written for the same question.
pub(super) fn read(seek: &Seek, asked: Asked<'_>) -> Result<Place, IndexError> {
    let refused = || IndexError::Cursor(seek.0.chars().take(80).collect());
    let bytes = bytes(&seek.0).ok_or_else(refused)?;
    let (check, body) = bytes.split_first_chunk::<8>().ok_or_else(refused)?;
    if u64::from_be_bytes(*check) != checksum(body, asked) {
        return Err(refused());
    }
    let (key, id) = body.split_first_chunk::<8>().ok_or_else(refused)?;
    let id = String::from_utf8(id.to_vec()).map_err(|_| refused())?;
    Ok(Place { key: u64::from_be_bytes(*key), id })
}

fn bytes(hexadecimal: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = hexadecimal.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

fn checksum(body: &[u8], asked: Asked<'_>) -> u64 {
    let mut text = format!("{:?}\n", asked.sort);
    if asked.collapse {
        text.push_str("family\n");
    }
    describe(asked.query, &mut text);
    fnv(&[text.as_bytes(), body].concat())
}

/// Writes what a query asks, without the places of its text: the same question typed otherwise keeps its marks.
fn describe(query: &Query, text: &mut String) {
    let children: &[&Query] = match query {
        Query::All => {
            text.push('*');
            return;
        }
        Query::Leaf(leaf) => {
            let _ = write!(text, "{:?}={:?};", leaf.field, leaf.value);
            return;
        }
        Query::And(parts) | Query::Or(parts) => {
            text.push(if matches!(query, Query::And(_)) { '&' } else { '|' });
            &parts.iter().collect::<Vec<_>>()
        }
        Query::Not(part) => {
            text.push('!');
            &[part]
        }
        Query::Xor(left, right) => {
            text.push('^');
            &[left, right]
        }
        Query::Near { proximity, left, right } => {
            let _ = write!(text, "{proximity:?}");
            &[left, right]
        }
    };
    text.push('(');
    for child in children {
        describe(child, text);
    }
    text.push(')');
}

/// FNV-1a: short, and the same in every build.
pub(super) fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
