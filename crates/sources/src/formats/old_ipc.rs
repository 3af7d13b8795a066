//! IPC symbols as they were written until 2005.

/// The symbol in the form of IPC editions 1 to 7, `7A 61K   9/16   A`: edition, symbol with blanks, a status letter.
pub(super) fn edition_symbol(text: &str) -> String {
    let symbol = text.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    let symbol: String = symbol.chars().filter(|c| !c.is_whitespace()).collect();
    symbol.trim_end_matches(|c: char| c.is_ascii_alphabetic()).to_owned()
}
