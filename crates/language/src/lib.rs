//! Text made searchable.
//!
//! [`fold`] brings spellings together: width, case, Latin accents, traditional and simplified characters.
//! [`analyse`] cuts a text into tokens with positions and marks the ends of sentences and paragraphs; [`run`] gives
//! the tokens a queried run of text must show. The two keep one promise: a run of Chinese characters finds every
//! text that contains it, and no other. [`whole`] is the key under which spellings of one value come together,
//! [`sounds`] the keys of what is heard. No dictionary of words, no I/O, no state.

mod analyse;
mod fold;
mod passage;
mod script;
mod sound;
mod whole;

pub use analyse::{PARAGRAPH_END, SENTENCE_END, Token, VALUE_GAP, analyse};
pub use fold::fold;
pub use passage::{RunToken, highlight, paragraphs, run, sentences};
pub use script::is_cjk;
pub use sound::{Alike, alike, initials, sounds, syllables};
pub use whole::whole;

#[cfg(test)]
mod tests;
