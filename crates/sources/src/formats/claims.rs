//! Claims whose number and references stand in their words only.

use records::Claim;

/// Words for «claim» in the languages of the EPO, longest first where one begins another.
const CLAIM_WORDS: [&str; 9] = [
    "claims",
    "claim",
    "ansprüchen",
    "ansprüche",
    "anspruchs",
    "anspruch",
    "revendications",
    "revendication",
    "claimed in",
];

/// Words for «preceding», which refer to every claim before.
const PRECEDING_WORDS: [&str; 9] = [
    "preceding",
    "previous",
    "foregoing",
    "vorhergehenden",
    "vorangehenden",
    "vorstehenden",
    "vorherigen",
    "précédentes",
    "precedentes",
];

/// References stand in a claim's opening words; later numbers are signs of figures and amounts.
const OPENING: usize = 400;

/// Makes claims of texts that begin with their number (`1. A device …`); a text without number goes on with the
/// claim before it. The first text without number is claim 1.
pub(super) fn numbered(texts: impl IntoIterator<Item = String>, lang: Option<&str>) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    for text in texts {
        let next = claims.last().map_or(1, |claim| claim.number + 1);
        match (split_number(&text), claims.last_mut()) {
            (Some((number, words)), _) if number == next => {
                claims.push(Claim {
                    number,
                    text: words.to_owned(),
                    lang: lang.map(str::to_owned),
                    ..Claim::default()
                });
            }
            (_, Some(open)) => {
                open.text.push('\n');
                open.text.push_str(&text);
            }
            (_, None) => {
                claims.push(Claim { number: 1, text, lang: lang.map(str::to_owned), ..Claim::default() });
            }
        }
    }
    for claim in &mut claims {
        claim.depends_on = references(&claim.text, claim.number);
    }
    claims
}

/// Takes the number from `1. A device`, `12 - A device`, `3) A device`.
pub(super) fn split_number(text: &str) -> Option<(u32, &str)> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).filter(|length| (1..=4).contains(length))?;
    let rest = text[digits..].trim_start();
    let words = rest.strip_prefix(['.', ')', '-', ':'])?;
    Some((text[..digits].parse().ok()?, words.trim_start()))
}

/// A paragraph without the number `[0001]` before it.
pub(super) fn without_paragraph_number(text: &str) -> &str {
    let inner = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    match inner {
        Some((number, rest)) if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) => rest.trim_start(),
        _ => text,
    }
}

/// Numbers of earlier claims that the opening words of claim `number` refer to, in English, German and French.
pub(super) fn references(text: &str, number: u32) -> Vec<u32> {
    let end = text.char_indices().nth(OPENING).map_or(text.len(), |(at, _)| at);
    let opening = text[..end].to_lowercase();
    let mut found = Vec::new();
    let mut rest = opening.as_str();
    while let Some((at, word)) = next_word(rest) {
        let (before, after) = (&rest[..at], &rest[at + word.len()..]);
        read_numbers(after, number, &mut found);
        let near: Vec<&str> = before.split_whitespace().rev().take(3).collect();
        let next = after.split_whitespace().next().unwrap_or_default().trim_end_matches([',', '.', ';']);
        if PRECEDING_WORDS.iter().any(|word| near.contains(word) || next == *word) {
            found.extend(1..number);
        }
        rest = after;
    }
    found.retain(|claim| (1..number).contains(claim));
    found.sort_unstable();
    found.dedup();
    found
}

/// Place of the next word for «claim» that stands by itself.
fn next_word(text: &str) -> Option<(usize, &'static str)> {
    let found = CLAIM_WORDS.iter().filter_map(|word| text.find(word).map(|at| (at, *word)));
    found.min_by_key(|(at, word)| (*at, usize::MAX - word.len()))
}

/// Reads `1`, `1, 2 or 3`, `1 to 4`, `1-4` at the start of `text`.
fn read_numbers(text: &str, below: u32, found: &mut Vec<u32>) {
    let mut range_from = None;
    let spaced = text.replace(['-', '–'], " - ").replace(',', " , ");
    let mut last = None;
    for word in spaced.split_whitespace() {
        let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        if let Ok(value) = digits.parse::<u32>() {
            match range_from.take() {
                Some(from) if value >= from && value < below => found.extend(from..=value),
                _ => found.push(value),
            }
            last = Some(value);
            // A full stop or colon ends the list.
            if word.len() > digits.len() {
                return;
            }
            continue;
        }
        match word {
            "to" | "bis" | "à" | "-" | "through" => range_from = last,
            "," | "or" | "and" | "oder" | "und" | "ou" | "et" | "and/or" | "und/oder" | "et/ou" | "any" | "one"
            | "of" | "claim" | "claims" | "nos" | "n°" => {}
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{numbered, references, without_paragraph_number};

    #[test]
    fn references_are_read_in_three_languages() {
        for (text, number, expected) in [
            ("A lamp.", 1, vec![]),
            ("The lamp of claim 1, wherein 5 mm", 9, vec![1]),
            ("Apparatus as claimed in claim 4, 5, 6 or 7, wherein", 8, vec![4, 5, 6, 7]),
            ("The lamp of any one of claims 1 to 3 and 5.", 9, vec![1, 2, 3, 5]),
            ("The lamp of claims 2-4", 9, vec![2, 3, 4]),
            ("Lampe nach einem der Ansprüche 1 bis 3, dadurch", 5, vec![1, 2, 3]),
            ("Lampe nach einem der vorhergehenden Ansprüche", 4, vec![1, 2, 3]),
            ("Lampe selon l'une quelconque des revendications 2 à 4", 6, vec![2, 3, 4]),
            ("Lampe selon l'une des revendications précédentes", 3, vec![1, 2]),
            ("The lamp of claim 12", 3, vec![]),
            ("The lamp of claims 1 to 4294967295", 3, vec![1]),
        ] {
            assert_eq!(references(text, number), expected, "{text}");
        }
    }

    #[test]
    fn texts_without_number_continue_the_claim_before() {
        let texts = ["1. A lamp:", "2 switches", "2. The lamp of claim 1"].map(str::to_owned);
        let claims = numbered(texts, Some("en"));
        assert_eq!(claims.len(), 2);
        assert_eq!(claims[0].text, "A lamp:\n2 switches");
        assert_eq!(claims[1].depends_on, [1]);
    }

    #[test]
    fn paragraph_numbers_are_taken_off() {
        assert_eq!(without_paragraph_number("[0001] The lamp"), "The lamp");
        assert_eq!(without_paragraph_number("[sic] The lamp"), "[sic] The lamp");
    }
}
