//! What differs between two texts, word by word.

use language::is_cjk;
use serde::Serialize;
use utoipa::ToSchema;

/// Most steps of the comparison; texts that would take more are shown as different from where they part to where they
/// meet again.
const STEPS: usize = 4_000_000;

/// Which of the two texts a piece is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// In both.
    Both,
    /// In the first alone.
    First,
    /// In the second alone.
    Second,
}

/// A piece of two texts laid over each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Piece {
    /// Which text it is in.
    pub side: Side,
    /// The piece, spaces included.
    pub text: String,
}

/// Two texts laid over each other by words (in Chinese by characters). The pieces of both and of the first give the
/// first text, those of both and of the second give the second one.
pub fn differences(first: &str, second: &str) -> Vec<Piece> {
    let (a, b) = (words(first), words(second));
    let start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let most = a.len().min(b.len()) - start;
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count().min(most);
    let mut pieces = Pieces::default();
    pieces.add(Side::Both, &a[..start]);
    pieces.middle(&a[start..a.len() - end], &b[start..b.len() - end]);
    pieces.add(Side::Both, &a[a.len() - end..]);
    pieces.0
}

/// Words, single characters of scripts without spaces, marks, and stretches of space.
fn words(text: &str) -> Vec<&str> {
    #[derive(PartialEq)]
    enum Class {
        Word,
        Space,
        Single,
    }
    let class = |c: char| match c {
        c if c.is_whitespace() => Class::Space,
        c if c.is_alphanumeric() && !is_cjk(c) => Class::Word,
        _ => Class::Single,
    };
    let mut words = Vec::new();
    let mut from = 0;
    let mut before: Option<Class> = None;
    for (at, c) in text.char_indices() {
        let now = class(c);
        if before.as_ref().is_some_and(|before| *before != now || now == Class::Single) {
            words.push(&text[from..at]);
            from = at;
        }
        before = Some(now);
    }
    if from < text.len() {
        words.push(&text[from..]);
    }
    words
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn add(&mut self, side: Side, words: &[&str]) {
        for word in words {
            match self.0.last_mut() {
                Some(last) if last.side == side => last.text.push_str(word),
                _ => self.0.push(Piece { side, text: (*word).to_owned() }),
            }
        }
    }

    /// The longest common run of words by a table of lengths.
    fn middle(&mut self, a: &[&str], b: &[&str]) {
        let width = b.len() + 1;
        if (a.len() + 1) * width > STEPS {
            self.add(Side::First, a);
            self.add(Side::Second, b);
            return;
        }
        let mut common = vec![0_u32; (a.len() + 1) * width];
        for i in (0..a.len()).rev() {
            for j in (0..b.len()).rev() {
                common[i * width + j] = if a[i] == b[j] {
                    common[(i + 1) * width + j + 1] + 1
                } else {
                    common[(i + 1) * width + j].max(common[i * width + j + 1])
                };
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < a.len() && j < b.len() {
            if a[i] == b[j] {
                self.add(Side::Both, &a[i..=i]);
                (i, j) = (i + 1, j + 1);
            } else if common[(i + 1) * width + j] >= common[i * width + j + 1] {
                self.add(Side::First, &a[i..=i]);
                i += 1;
            } else {
                self.add(Side::Second, &b[j..=j]);
                j += 1;
            }
        }
        self.add(Side::First, &a[i..]);
        self.add(Side::Second, &b[j..]);
    }
}

#[cfg(test)]
#[path = "difference_tests.rs"]
mod tests;
