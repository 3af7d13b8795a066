//! Words with `*` and `?`, looked for in a text.
//!
//! Within a word of a script with spaces the signs stand for letters (`graph*`). Between Chinese characters `*` stands
//! for any text of the same paragraph and `?` for one character.

use std::ops::Range;

use language::{PARAGRAPH_END, analyse, fold, is_cjk};

/// What a person typed, cut at its gaps.
#[derive(Clone, Debug)]
pub(crate) struct Wildcard {
    /// Stretches that follow each other with any text between them.
    stretches: Vec<Vec<Item>>,
}

/// What takes one position.
#[derive(Clone, Debug)]
enum Item {
    /// Any character or word.
    One,
    /// This character or word; a word may have `*` and `?`.
    Word(String),
}

/// A character or word of a text.
struct Unit {
    word: String,
    place: Range<usize>,
}

impl Wildcard {
    /// Reads a word with wildcards.
    pub(crate) fn new(text: &str) -> Self {
        let folded = fold(text);
        let mut stretches: Vec<Vec<Item>> = vec![Vec::new()];
        let mut rest = folded.as_ref();
        while let Some(first) = rest.chars().next() {
            let wordly = |c: char| matches!(c, '*' | '?') || (c.is_alphanumeric() && !is_cjk(c));
            let length = rest.find(|c| !wordly(c)).unwrap_or(rest.len());
            let (piece, after) = rest.split_at(if length == 0 { first.len_utf8() } else { length });
            if length == 0 {
                if is_cjk(first) {
                    push(&mut stretches, Item::Word(piece.to_owned()));
                }
            } else if piece.contains(char::is_alphanumeric) {
                push(&mut stretches, Item::Word(piece.to_owned()));
            } else {
                for sign in piece.chars() {
                    if sign == '*' {
                        stretches.push(Vec::new());
                    } else {
                        push(&mut stretches, Item::One);
                    }
                }
            }
            rest = after;
        }
        stretches.retain(|stretch| stretch.iter().any(|item| matches!(item, Item::Word(_))));
        Self { stretches }
    }

    /// Byte ranges of the stretches in the paragraphs that have all of them in order.
    pub(crate) fn places(&self, text: &str) -> Vec<Range<usize>> {
        paragraphs(text).iter().flat_map(|units| self.of_paragraph(units)).collect()
    }

    fn of_paragraph(&self, units: &[Unit]) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        let mut from = 0;
        for stretch in &self.stretches {
            let Some(first) = (from..units.len()).find(|&at| stands(stretch, units, at)) else { return Vec::new() };
            for at in (first..units.len()).filter(|&at| stands(stretch, units, at)) {
                places.push(units[at].place.start..units[at + stretch.len() - 1].place.end);
            }
            from = first + stretch.len();
        }
        places
    }
}

fn push(stretches: &mut [Vec<Item>], item: Item) {
    if let Some(last) = stretches.last_mut() {
        last.push(item);
    }
}

fn stands(stretch: &[Item], units: &[Unit], at: usize) -> bool {
    let fits = |(item, unit): (&Item, &Unit)| match item {
        Item::One => true,
        Item::Word(pattern) => glob(pattern.as_bytes(), unit.word.as_bytes()),
    };
    units.get(at..at + stretch.len()).is_some_and(|units| stretch.iter().zip(units).all(fits))
}

/// Whether a word fits a pattern with `*` and `?`; a character counts as one. Takes time in proportion to the product of
/// the lengths at worst.
fn glob(pattern: &[u8], word: &[u8]) -> bool {
    // Both are UTF-8, so a `?` takes one byte and the continuation bytes after it.
    let (mut p, mut w) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while w < word.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, w));
                p += 1;
            }
            Some(b'?') => {
                p += 1;
                w += 1;
                while word.get(w).is_some_and(|byte| byte & 0xC0 == 0x80) {
                    w += 1;
                }
            }
            Some(byte) if *byte == word[w] => {
                p += 1;
                w += 1;
            }
            _ => {
                let Some((sign, from)) = star else { return false };
                star = Some((sign, from + 1));
                (p, w) = (sign + 1, from + 1);
            }
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

/// The characters and words of each paragraph of a text.
fn paragraphs(text: &str) -> Vec<Vec<Unit>> {
    let mut paragraphs: Vec<Vec<Unit>> = vec![Vec::new()];
    analyse(text, 0, &mut |token| {
        if token.text == PARAGRAPH_END {
            paragraphs.push(Vec::new());
        } else if !token.is_boundary()
            && let Some(units) = paragraphs.last_mut()
        {
            // A pair of characters stands where its first one does.
            let first = token.text.chars().next().filter(|c| is_cjk(*c));
            let end = match first {
                Some(_) => token.from + text[token.from..].chars().next().map_or(0, char::len_utf8),
                None => token.to,
            };
            let word = first.map_or_else(|| token.text.to_owned(), String::from);
            units.push(Unit { word, place: token.from..end });
        }
    });
    paragraphs
}
