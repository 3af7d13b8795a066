//! Runs, sentences and places to highlight: what queries and pages need of the analysis.

use std::ops::Range;

use crate::{PARAGRAPH_END, SENTENCE_END, analyse};

/// One token a queried run must show, at its distance from the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunToken {
    /// Position relative to the first token of the run.
    pub offset: u32,
    /// The term.
    pub text: String,
    /// Any term that starts with `text` will do: a last character alone, which may have any neighbour.
    pub prefix: bool,
}

/// The tokens that a text containing `text` must show. One word or pair gives one token; empty when `text` has no
/// letter, digit or CJK character.
///
/// All pairs are asked, also overlapping ones: pairs side by side would not see a mark or space between them. Inside
/// the run the break after its parts is asked too (`电池，其` does not find `电池其`); at its end it is not.
pub fn run(text: &str) -> Vec<RunToken> {
    let mut tokens: Vec<RunToken> = Vec::new();
    analyse(text, 0, &mut |token| {
        if !token.is_boundary() {
            tokens.push(RunToken { offset: token.position, text: token.text.to_owned(), prefix: false });
        }
    });
    // The last character alone only says that the run ends here, which the searched text need not do.
    let length = tokens.len();
    if let Some(last) = tokens.last()
        && is_single(&last.text)
    {
        let covered = length > 1 && is_pair_ending(&tokens[length - 2].text, &last.text);
        if covered {
            tokens.pop();
        } else {
            tokens[length - 1].prefix = true;
        }
    }
    tokens
}

fn is_single(term: &str) -> bool {
    let mut chars = term.chars();
    chars.next().is_some_and(crate::is_cjk) && chars.next().is_none()
}

fn is_pair_ending(term: &str, last: &str) -> bool {
    term.len() > last.len() && term.ends_with(last) && term.starts_with(crate::is_cjk)
}

/// Byte ranges of the sentences of a text, without the space around them.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    passages(text, SENTENCE_END)
}

/// Byte ranges of the paragraphs of a text, without the space around them.
pub fn paragraphs(text: &str) -> Vec<Range<usize>> {
    passages(text, PARAGRAPH_END)
}

fn passages(text: &str, boundary: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    analyse(text, 0, &mut |token| {
        if token.text == boundary {
            let passage = &text[from..token.to];
            let lead = passage.len() - passage.trim_start().len();
            found.push(from + lead..from + passage.trim_end().len());
            from = token.to;
        }
    });
    found
}

/// Byte ranges of `text` where one of the `runs` stands, in order, joined where they overlap or touch.
pub fn highlight(text: &str, runs: &[Vec<RunToken>]) -> Vec<Range<usize>> {
    // Every position has exactly one word or pair, so the place in the list is the position.
    let mut terms = String::new();
    let mut tokens: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    analyse(text, 0, &mut |token| {
        if !token.is_boundary() {
            let start = terms.len();
            terms.push_str(token.text);
            tokens.push((start..terms.len(), token.from..token.to));
        }
    });
    let fits = |at: usize, asked: &RunToken| {
        tokens.get(at + asked.offset as usize).is_some_and(|(term, _)| {
            let term = &terms[term.clone()];
            if asked.prefix { term.starts_with(&asked.text) } else { term == asked.text }
        })
    };
    let mut places: Vec<Range<usize>> = Vec::new();
    for asked in runs {
        let Some(last) = asked.last() else { continue };
        for at in (0..tokens.len()).filter(|&at| asked.iter().all(|token| fits(at, token))) {
            let end = at + last.offset as usize;
            let (term, place) = &tokens[end];
            // A prefix covers one character of a pair: up to where the neighbour starts.
            let shorter = last.prefix && term.len() > last.text.len();
            let to = if shorter { tokens.get(end + 1).map_or(place.end, |next| next.1.start) } else { place.end };
            places.push(tokens[at].1.start..to);
        }
    }
    places.sort_by_key(|place| (place.start, place.end));
    places.dedup_by(|next, kept| {
        let joined = next.start <= kept.end;
        kept.end = if joined { kept.end.max(next.end) } else { kept.end };
        joined
    });
    places
}
