//! A text cut into tokens.

use crate::fold::fold_at;
use crate::is_cjk;

/// Text of the token that ends a sentence. No word of a text can be it.
pub const SENTENCE_END: &str = "\u{1}";

/// Text of the token that ends a paragraph. No word of a text can be it.
pub const PARAGRAPH_END: &str = "\u{2}";

/// Positions left free between two values of one field; no nearness a query may ask reaches across.
pub const VALUE_GAP: u32 = 1000;

/// Longest word in bytes; what is longer (sequence listings) is cut, in texts and in queries alike.
const LONGEST: usize = 120;

/// One token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// The term: a folded word, a pair of characters, one character, [`SENTENCE_END`] or [`PARAGRAPH_END`].
    pub text: &'a str,
    /// Its place. One CJK character is one position, one word of another script is one.
    pub position: u32,
    /// First byte in the original text.
    pub from: usize,
    /// Byte after its last one in the original text.
    pub to: usize,
}

impl Token<'_> {
    /// Whether it ends a sentence or paragraph instead of being text.
    pub fn is_boundary(&self) -> bool {
        matches!(self.text, SENTENCE_END | PARAGRAPH_END)
    }
}

/// Cuts `text` into tokens, the first at position `start`, in order of position, and returns the position at which
/// the next value of the same field starts ([`VALUE_GAP`] further on; `start` itself when there was no token).
///
/// **Terms.** A run of CJK characters gives the pair of each character with the next one at the position of the
/// first, and its last character alone. So every character starts exactly one term of its own position, and the
/// terms that start with a character (`字*` in the term dictionary, all of at most two characters) are the places
/// where it stands. Other letters and digits form words; anything else separates (`A-B` is two words).
///
/// **Boundaries.** The end of a sentence (`。！？；`, and `.!?` before a space where they are no abbreviation) is a
/// [`SENTENCE_END`] token at the position of the last word or character before it; a line feed and the end of the
/// text give a [`PARAGRAPH_END`] there, always with a [`SENTENCE_END`] before it. Two places `a < b` lie in one
/// sentence when no [`SENTENCE_END`] has a position `p` with `a <= p < b`; paragraphs likewise.
pub fn analyse(text: &str, start: u32, sink: &mut impl FnMut(Token<'_>)) -> u32 {
    let bytes = text.as_bytes();
    let mut state =
        Analyser { sink, next: start, start, term: String::with_capacity(64), open: Open::Nothing, ended: 0 };
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii_alphanumeric() {
            let end = at + bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            state.word(&text[at..end], at);
            at = end;
        } else if byte.is_ascii() {
            state.separator(byte as char, text, at);
            at += 1;
        } else {
            at = state.beyond_ascii(text, at);
        }
    }
    state.close();
    state.end(2, text.len(), text.len());
    if state.next == start { start } else { state.next.saturating_add(VALUE_GAP) }
}

/// What is being collected.
#[derive(Clone, Copy)]
enum Open {
    Nothing,
    /// A word; its folded text is in `term`.
    Word {
        from: usize,
        to: usize,
    },
    /// A CJK character that waits for its neighbour.
    Character {
        c: char,
        from: usize,
        to: usize,
    },
}

struct Analyser<'s, S> {
    sink: &'s mut S,
    /// Position of the next token.
    next: u32,
    start: u32,
    term: String,
    open: Open,
    /// Boundaries already given since the last token: 0 none, 1 sentence, 2 paragraph.
    ended: u8,
}

impl<S: FnMut(Token<'_>)> Analyser<'_, S> {
    /// A stretch of ASCII letters and digits.
    fn word(&mut self, letters: &str, at: usize) {
        for piece in letters.as_bytes().chunks(LONGEST) {
            let piece = std::str::from_utf8(piece).unwrap_or_default();
            let offset = piece.as_ptr() as usize - letters.as_ptr() as usize;
            let from = self.begin_word(at + offset, piece.len());
            self.term.push_str(piece);
            let lower = self.term.len() - piece.len();
            self.term[lower..].make_ascii_lowercase();
            self.open = Open::Word { from, to: at + offset + piece.len() };
        }
    }

    /// Goes on with the open word if `length` more bytes fit, else closes what is open; returns the word's start.
    fn begin_word(&mut self, at: usize, length: usize) -> usize {
        if let Open::Word { from, .. } = self.open
            && self.term.len() + length <= LONGEST
        {
            return from;
        }
        self.close();
        self.term.clear();
        at
    }

    /// The character at `at`, which is not ASCII; returns where the next one starts.
    fn beyond_ascii(&mut self, text: &str, at: usize) -> usize {
        let original = text[at..].chars().next().unwrap_or(' ');
        let to = at + original.len_utf8();
        fold_at(text, at, &mut |c| {
            if is_cjk(c) {
                self.character(c, at, to);
            } else if c.is_alphanumeric() {
                let from = self.begin_word(at, c.len_utf8());
                self.term.push(c);
                self.open = Open::Word { from, to };
            } else {
                self.separator(original, text, at);
            }
        })
    }

    fn character(&mut self, c: char, from: usize, to: usize) {
        if let Open::Character { c: before, from: start, .. } = self.open {
            self.term.clear();
            self.term.push(before);
            self.term.push(c);
            self.emit(start, to);
        } else {
            self.close();
        }
        self.open = Open::Character { c, from, to };
    }

    /// Ends the open word or run.
    fn close(&mut self) {
        match self.open {
            Open::Nothing => return,
            Open::Word { from, to } => self.emit(from, to),
            Open::Character { c, from, to } => {
                self.term.clear();
                self.term.push(c);
                self.emit(from, to);
            }
        }
        self.open = Open::Nothing;
    }

    fn emit(&mut self, from: usize, to: usize) {
        (self.sink)(Token { text: &self.term, position: self.next, from, to });
        self.next = self.next.saturating_add(1);
        self.ended = 0;
    }

    fn separator(&mut self, c: char, text: &str, at: usize) {
        self.close();
        let to = at + c.len_utf8();
        match c {
            '\n' | '\u{2029}' => self.end(2, at, to),
            '。' | '！' | '？' | '；' | '｡' => self.end(1, at, to),
            '.' | '!' | '?' | ';' if ends_sentence(c, text, at) => self.end(1, at, to),
            _ => {}
        }
    }

    /// Gives the boundaries up to `level` that have not been given since the last token.
    fn end(&mut self, level: u8, from: usize, to: usize) {
        if self.next == self.start {
            return;
        }
        let position = self.next - 1;
        for (rank, text) in [(1, SENTENCE_END), (2, PARAGRAPH_END)] {
            if self.ended < rank && rank <= level {
                (self.sink)(Token { text, position, from, to });
                self.ended = rank;
            }
        }
    }
}

/// Words after which a full stop is part of the word.
const ABBREVIATIONS: &[&str] = &[
    "al", "appl", "approx", "art", "ca", "cf", "dr", "eq", "eqs", "etc", "fig", "figs", "mr", "mrs", "no", "nos", "nr",
    "pat", "prof", "ref", "refs", "ser", "st", "vs",
];

/// Whether the ASCII mark at `at` ends a sentence: after a CJK character always; else before a space or the end of
/// the text, unless a full stop follows an abbreviation or an initial, or a lower-case letter comes next.
fn ends_sentence(mark: char, text: &str, at: usize) -> bool {
    let before = &text[..at];
    if before.chars().next_back().is_some_and(is_cjk) {
        return true;
    }
    let after = text[at + 1..].trim_start_matches(['"', '\'', ')', ']', '”', '’', '»']);
    if mark == ';' || !(after.is_empty() || after.starts_with(char::is_whitespace)) {
        return false;
    }
    if mark != '.' {
        return true;
    }
    let letters = before.bytes().rev().take(7).take_while(u8::is_ascii_alphabetic).count();
    let word = &before[at - letters..];
    let abbreviation = letters == 1 || ABBREVIATIONS.iter().any(|known| known.eq_ignore_ascii_case(word));
    !abbreviation && !after.trim_start().starts_with(char::is_lowercase)
}
