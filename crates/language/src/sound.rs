//! Words that sound alike.
//!
//! Chinese characters are taken by their pinyin syllables, letters by Double Metaphone, which keeps the consonants. The
//! two meet where a word is pinyin itself (`naike` and 奈克), and where the syllables of a short Chinese run, read as
//! letters, have the consonants of a word (耐克 and `Nike`).

use std::collections::HashSet;
use std::sync::LazyLock;

use pinyin::ToPinyin;
use rphonetic::DoubleMetaphone;

use crate::{fold, is_cjk};

/// Longest Chinese run whose sound is compared with words in letters: longer ones are no names made after a sound.
const LONGEST_RUN: usize = 6;

/// Longest word in bytes that may be pinyin; what is longer is no name.
const LONGEST_WORD: usize = 36;

/// What a text must show to sound like another: all of `together` side by side, or something of each in `each`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alike {
    /// Keys of syllables of the whole text, in order; empty when a word has none.
    pub together: Vec<String>,
    /// For each word or Chinese run its soundings, each of them keys side by side.
    pub each: Vec<Vec<Vec<String>>>,
}

/// Gives `sink` the keys under which the sound of a text is filed, each with its position, in order. A syllable of
/// pinyin takes one position, and so does a word that is no pinyin.
pub fn sounds(text: &str, sink: &mut impl FnMut(&str, u32)) {
    let mut position = 0;
    for unit in units(&fold(text)) {
        for key in unit.letters_keys() {
            sink(&key, position);
        }
        let syllables = unit.syllable_keys();
        for (place, key) in (position..).zip(&syllables) {
            sink(key, place);
        }
        position += syllables.len().max(1) as u32;
    }
}

/// What a text must show to sound like this one; nothing when there is no letter, digit or CJK character.
pub fn alike(text: &str) -> Alike {
    let folded = fold(text);
    let units = units(&folded);
    let syllables: Vec<Vec<String>> = units.iter().map(Unit::syllable_keys).collect();
    let together = if syllables.iter().any(Vec::is_empty) { Vec::new() } else { syllables.concat() };
    let each = units.iter().zip(syllables).map(|(unit, syllables)| {
        let one = |key: String| vec![key];
        match unit {
            Unit::Word(word) => {
                let other = letter_keys(CHINESE, word);
                unit.letters_keys().into_iter().chain(other).map(one).collect()
            }
            Unit::Run(run) if run.chars().count() > LONGEST_RUN => vec![syllables],
            Unit::Run(run) => {
                let words = letter_keys(LETTERS, &crate::syllables(run));
                std::iter::once(syllables).chain(words.into_iter().map(one)).collect()
            }
        }
    });
    Alike { together, each: each.collect() }
}

/// The first letters of the syllables of Chinese characters (`华为` gives `hw`); all else stays as it is, without spaces.
pub fn initials(text: &str) -> String {
    spelt(text, |syllable| syllable.get(..1).unwrap_or(syllable))
}

/// The syllables of Chinese characters without tones (`华为` gives `huawei`); all else stays as it is, without spaces.
pub fn syllables(text: &str) -> String {
    spelt(text, |syllable| syllable)
}

fn spelt(text: &str, part: impl Fn(&'static str) -> &'static str) -> String {
    let mut spelt = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        match c.to_pinyin() {
            Some(syllable) => spelt.extend(part(syllable.plain()).chars().map(|c| if c == 'ü' { 'v' } else { c })),
            None => spelt.push(c),
        }
    }
    spelt
}

/// A stretch of a folded text.
enum Unit<'a> {
    /// Letters and digits.
    Word(&'a str),
    /// Characters of scripts without spaces.
    Run(&'a str),
}

fn units(folded: &str) -> Vec<Unit<'_>> {
    let mut units = Vec::new();
    let mut rest = folded;
    while let Some(first) = rest.chars().next() {
        let cjk = is_cjk(first);
        let fits = |c: char| if cjk { is_cjk(c) } else { !is_cjk(c) && c.is_alphanumeric() };
        let end = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        let (unit, behind) = rest.split_at(end.max(first.len_utf8()));
        if end > 0 {
            units.push(if cjk { Unit::Run(unit) } else { Unit::Word(unit) });
        }
        rest = behind;
    }
    units
}

/// What keys start with: a word in letters, a Chinese run read as letters, a syllable.
const LETTERS: char = 'l';
const CHINESE: char = 'c';
const SYLLABLE: char = 'y';

impl Unit<'_> {
    /// Keys of the sound as a whole, by its consonants.
    fn letters_keys(&self) -> Vec<String> {
        match self {
            Self::Word(word) => letter_keys(LETTERS, word),
            Self::Run(run) if run.chars().count() <= LONGEST_RUN => letter_keys(CHINESE, &syllables(run)),
            Self::Run(_) => Vec::new(),
        }
    }

    /// Keys of its syllables; none for a word that is no pinyin.
    fn syllable_keys(&self) -> Vec<String> {
        let key = |syllable: &str| format!("{SYLLABLE}{}", plain(syllable));
        match self {
            Self::Word(word) => cut(word).unwrap_or_default().into_iter().map(key).collect(),
            Self::Run(run) => run.chars().map(|c| key(&syllables(c.encode_utf8(&mut [0; 4])))).collect(),
        }
    }
}

/// Keys of a word by its consonants, each behind `kind`; one that is not of Latin letters, or has no consonant, is its
/// own key. A single consonant tells little, so the vowels join it.
fn letter_keys(kind: char, word: &str) -> Vec<String> {
    static METAPHONE: LazyLock<DoubleMetaphone> = LazyLock::new(|| DoubleMetaphone::new(Some(12)));
    if word.len() > 3 * LONGEST_WORD || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return vec![format!("{kind}{word}")];
    }
    let code = METAPHONE.double_metaphone(word);
    let mut codes = vec![code.primary(), code.alternate()];
    codes.retain(|code| !code.is_empty());
    codes.dedup();
    if codes.is_empty() {
        return vec![format!("{kind}{word}")];
    }
    let vowels: String = word.chars().filter(|c| "aeiouy".contains(*c)).collect();
    let key = |code: String| if code.len() > 1 { format!("{kind}{code}") } else { format!("{kind}{code}{vowels}") };
    codes.into_iter().map(key).collect()
}

/// A syllable without the differences that many speakers do not make: zh/z, ch/c, sh/s, n/l, ing/in, eng/en, ang/an;
/// nor ü from u, whose dots most keyboards lack.
fn plain(syllable: &str) -> String {
    let (first, rest) = match syllable.as_bytes() {
        [first @ (b'z' | b'c' | b's'), b'h', ..] => (*first as char, &syllable[2..]),
        [b'n' | b'l', ..] => ('l', &syllable[1..]),
        [first, ..] if first.is_ascii() => (*first as char, &syllable[1..]),
        _ => return syllable.to_owned(),
    };
    let rest = match rest.strip_suffix("ng") {
        Some(front) if !front.ends_with('o') => format!("{front}n"),
        _ => rest.to_owned(),
    };
    format!("{first}{}", rest.replace('v', "u"))
}

/// The syllables of a word that is pinyin throughout.
fn cut(word: &str) -> Option<Vec<&str>> {
    static SYLLABLES: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let all = ('\u{4E00}'..='\u{9FFF}').filter(|c| c.to_pinyin().is_some());
        let spelt = all.map(|c| syllables(c.encode_utf8(&mut [0; 4])));
        // The sounds of 嗯 and 呣 are no syllables of names.
        spelt.filter(|syllable| syllable.contains(['a', 'e', 'i', 'o', 'u', 'v'])).collect()
    });
    /// Letters of the longest syllable: `zhuang`.
    const LONGEST: usize = 6;
    if word.len() > LONGEST_WORD || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    // For each place, from the end on, the length of the longest syllable from which on the rest is pinyin.
    let mut steps = vec![0; word.len() + 1];
    for at in (0..word.len()).rev() {
        let fits = |length: &usize| {
            let end = at + length;
            (end == word.len() || steps[end] > 0) && SYLLABLES.contains(&word[at..end])
        };
        steps[at] = (1..=LONGEST.min(word.len() - at)).rev().find(fits).unwrap_or(0);
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < word.len() {
        if steps[at] == 0 {
            return None;
        }
        found.push(&word[at..at + steps[at]]);
        at += steps[at];
    }
    Some(found)
}
