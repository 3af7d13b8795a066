//! Spellings brought together, character by character.

use std::borrow::Cow;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, decompose_canonical};

/// The text in its searchable form: compatibility forms resolved (full width, half-width kana, ligatures, enclosed
/// characters), lower case, Latin letters without accents, traditional characters replaced by their simplified
/// forms one for one. Marks, spaces and line feeds stay. Folding twice changes nothing.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return if text.bytes().any(|b| b.is_ascii_uppercase()) {
            Cow::Owned(text.to_ascii_lowercase())
        } else {
            Cow::Borrowed(text)
        };
    }
    let bytes = text.as_bytes();
    let mut folded = String::with_capacity(text.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii() {
            folded.push(bytes[at].to_ascii_lowercase() as char);
            at += 1;
        } else {
            at = fold_at(text, at, &mut |c| folded.push(c));
        }
    }
    Cow::Owned(folded)
}

/// Folds the character at byte `at` with the marks that belong to it; gives `sink` what it becomes (nothing, one or
/// several characters) and returns where the next character starts.
pub(crate) fn fold_at(text: &str, at: usize, sink: &mut impl FnMut(char)) -> usize {
    let Some(c) = text[at..].chars().next() else { return text.len() };
    let next = at + c.len_utf8();
    match c {
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{3FFFD}' => han(c, sink),
        '\u{AC00}'..='\u{D7A3}' | '、' | '。' | '《'..='】' => sink(c),
        '\u{3000}' => sink(' '),
        '！'..='～' => sink(((c as u32 - 0xFEE0) as u8).to_ascii_lowercase() as char),
        _ if is_silent(c) => {}
        _ => {
            let (c, next) = with_marks(c, text, next);
            std::iter::once(c).nfkc().for_each(|c| letter(c, sink));
            return next;
        }
    }
    next
}

/// A Han character: resolves compatibility forms of the supplementary planes, then simplifies.
fn han(c: char, sink: &mut impl FnMut(char)) {
    let c = if c >= '\u{2F800}' { std::iter::once(c).nfkc().next().unwrap_or(c) } else { c };
    sink(simplified(c));
}

/// Joins the combining marks after `c` with it, so that half-width kana with a separate voicing mark and decomposed
/// letters read like composed ones.
fn with_marks(mut c: char, text: &str, mut next: usize) -> (char, usize) {
    if matches!(c, '\u{FF66}'..='\u{FF9D}') {
        c = std::iter::once(c).nfkc().next().unwrap_or(c);
    }
    let mut seen = next;
    for mark in text[next..].chars() {
        seen += mark.len_utf8();
        let mark = match mark {
            '\u{FF9E}' => '\u{3099}',
            '\u{FF9F}' => '\u{309A}',
            '\u{3099}' | '\u{309A}' | '\u{0300}'..='\u{036F}' => mark,
            _ if is_silent(mark) => continue,
            _ => break,
        };
        if let Some(joined) = compose(c, mark) {
            (c, next) = (joined, seen);
        }
    }
    (c, next)
}

/// A character in compatibility form: case, accents, letters that have no decomposition.
fn letter(c: char, sink: &mut impl FnMut(char)) {
    if c.is_ascii() {
        return sink(c.to_ascii_lowercase());
    }
    for c in c.to_lowercase() {
        match c {
            'ß' => "ss".chars().for_each(&mut *sink),
            'æ' => "ae".chars().for_each(&mut *sink),
            'œ' => "oe".chars().for_each(&mut *sink),
            'þ' => "th".chars().for_each(&mut *sink),
            'ø' => sink('o'),
            'đ' | 'ð' => sink('d'),
            'ł' => sink('l'),
            'ı' => sink('i'),
            'ς' => sink('σ'),
            '\u{00E0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' => decompose_canonical(c, |part| {
                // Below an accent there may be a letter that has no decomposition: ǽ, ǿ.
                if part.is_ascii() || part == c {
                    sink(part);
                } else if !is_silent(part) {
                    letter(part, sink);
                }
            }),
            _ if is_silent(c) => {}
            _ => sink(simplified(c)),
        }
    }
}

/// Characters that carry no text of their own: accents that stand alone, joiners, soft hyphens, variation selectors.
const fn is_silent(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}'
        | '\u{00AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2060}'
        | '\u{3099}' | '\u{309A}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FF9E}' | '\u{FF9F}'
        | '\u{E0100}'..='\u{E01EF}'
    )
}

/// First and last character of the direct table.
const FIRST: usize = 0x3400;
const LAST: usize = 0x9FFF;

/// Traditional to simplified: a direct table for the common plane, a sorted list for the rarer ones.
struct Simplified {
    common: Box<[char]>,
    rare: Vec<(char, char)>,
}

static SIMPLIFIED: LazyLock<Simplified> = LazyLock::new(|| {
    let mut common: Box<[char]> = (FIRST..=LAST).filter_map(|c| char::from_u32(c as u32)).collect();
    let mut rare = Vec::new();
    for line in include_str!("../data/simplified.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut pair = line.chars();
        let (Some(from), Some(to)) = (pair.next(), pair.next()) else { continue };
        match (from as usize).checked_sub(FIRST).and_then(|i| common.get_mut(i)) {
            Some(slot) => *slot = to,
            None => rare.push((from, to)),
        }
    }
    rare.sort_unstable();
    Simplified { common, rare }
});

/// The simplified form of a character; most stand for themselves.
fn simplified(c: char) -> char {
    if (c as usize) < FIRST {
        return c;
    }
    let table = &*SIMPLIFIED;
    match table.common.get(c as usize - FIRST) {
        Some(&simple) => simple,
        None => table.rare.binary_search_by_key(&c, |pair| pair.0).map_or(c, |i| table.rare[i].1),
    }
}
