//! Abstract, description and claims of a green-book record.

use records::{Claim, Description, Record, Text};

use super::fields::Group;
use crate::formats::us_forms::{begin_part, numbers_in, without_claim_number};

/// Reads the texts.
pub(super) fn read(groups: &[Group<'_>], record: &mut Record) {
    let mut description = Description { lang: Some("en".to_owned()), ..Description::default() };
    for group in groups {
        match group.name {
            "ABST" => {
                let paragraphs: Vec<String> = group.fields.iter().map(super::fields::Field::text).collect();
                let text = paragraphs.join("\n").trim().to_owned();
                if !text.is_empty() {
                    record.abstracts.push(Text::new(Some("en"), text));
                }
            }
            "GOVT" | "PARN" | "BSUM" | "DRWD" | "DETD" | "DRAW" => sections(group, &mut description),
            "CLMS" | "DCLM" => claims(group, record),
            _ => {}
        }
    }
    record.description = Some(description).filter(|description| !description.is_empty());
}

/// Headings (PAC) and paragraphs, tables and formulas in order.
fn sections(group: &Group<'_>, description: &mut Description) {
    begin_part(description);
    for field in &group.fields {
        match field.tag {
            "PAC" => description.heading(field.text()),
            _ => description.paragraph(field.text()),
        }
    }
}

/// Each claim begins with its number (NUM); a design has one claim without a number.
fn claims(group: &Group<'_>, record: &mut Record) {
    let mut number = None;
    let mut text = String::new();
    for field in &group.fields {
        match field.tag {
            "NUM" => {
                finish(number.take(), &mut text, record);
                number = numbers_in(&field.text()).next();
            }
            "STM" | "PAC" => {}
            _ => {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(&field.text());
            }
        }
    }
    finish(number, &mut text, record);
}

fn finish(number: Option<u32>, text: &mut String, record: &mut Record) {
    let text = std::mem::take(text);
    let number = number.unwrap_or_else(|| record.claims.last().map_or(1, |claim| claim.number + 1));
    let text = without_claim_number(text, number);
    if !text.is_empty() {
        let depends_on = referred(&text, number);
        record.claims.push(Claim { number, text, depends_on, lang: None });
    }
}

/// Claims named in the first words: `as claimed in claim 1`, `of claims 2 or 3`, `of any of claims 1 to 4`.
fn referred(text: &str, number: u32) -> Vec<u32> {
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for (at, word) in lower.match_indices("claim") {
        let plural = lower[at + word.len()..].trim_start_matches('s');
        let mut range = None;
        for token in plural.split_whitespace() {
            let digits = token.trim_end_matches([',', ';', ':', '.', ')']);
            match (digits.parse::<u32>(), digits) {
                (Ok(other), _) if other < number => {
                    let from = range.take().map_or(other, |from: u32| from + 1);
                    found.extend(from.min(other)..=other);
                }
                (Err(_), "to" | "through" | "-") => range = found.last().copied(),
                (Err(_), "or" | "and" | "any" | "of" | "one") => {}
                _ => break,
            }
            if token.len() > digits.len() && !token.ends_with(',') {
                break;
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
