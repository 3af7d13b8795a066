//! A pasted list cut into numbers as they were typed.

use records::read_date;

/// One number as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Line of the list, counted from 1.
    pub(crate) line: usize,
    /// The number as typed.
    pub(crate) typed: String,
}

/// Cuts a list: lines, and within them tabs, semicolons and commas (not those of thousands, `US 8,000,000`). Spaces
/// belong to a number (`EP 2 930 123`), but whole numbers side by side are cut. In a row of several cells those that hold
/// no number (titles, names, dates) are left out, and so is a heading.
pub(crate) fn entries(list: &str) -> impl Iterator<Item = Entry> {
    let list = list.trim_start_matches('\u{feff}');
    list.lines().enumerate().flat_map(|(at, line)| {
        let cells = cells(line);
        let lone = cells.len() == 1 && at > 0;
        let numbers = cells.into_iter().filter(move |cell| lone || may_be_number(cell));
        numbers.flat_map(side_by_side).map(move |typed| Entry { line: at + 1, typed })
    })
}

/// The cells of a line that hold anything, without spaces and quotation marks round them.
fn cells(line: &str) -> Vec<&str> {
    let mut cells = Vec::new();
    let mut from = 0;
    for (at, c) in line.char_indices() {
        let cuts = match c {
            '\t' | ';' | '；' | '，' | '、' | '|' => true,
            ',' => !is_of_thousands(line, at),
            _ => false,
        };
        if cuts {
            cells.push(&line[from..at]);
            from = at + c.len_utf8();
        }
    }
    cells.push(&line[from..]);
    let quotes = ['"', '\'', '“', '”', '「', '」'];
    let bare = cells.into_iter().map(|cell| cell.trim().trim_matches(quotes).trim());
    bare.filter(|cell| !cell.is_empty()).collect()
}

/// Whether a comma parts thousands: at most three digits before it and exactly three behind.
fn is_of_thousands(line: &str, at: usize) -> bool {
    let digits = |text: &[u8], mut places: Box<dyn Iterator<Item = usize>>| {
        let mut count = 0;
        while places.next().is_some_and(|place| text[place].is_ascii_digit()) {
            count += 1;
        }
        count
    };
    let bytes = line.as_bytes();
    let before = digits(bytes, Box::new((0..at).rev()));
    let after = digits(bytes, Box::new(at + 1..bytes.len()));
    (1..=3).contains(&before) && after == 3
}

/// Whether a cell of a row may be a number: it has three digits, few words and is no date.
fn may_be_number(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let is_date = cell.len() <= 20 && cell.contains(['-', '/', '.', '年']) && read_date(cell).is_some();
    let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    digits >= 3 && !is_date && letters <= digits.max(6)
}

/// Numbers that stand side by side with nothing but spaces between them.
fn side_by_side(cell: &str) -> Vec<String> {
    let pieces: Vec<&str> = cell.split_whitespace().collect();
    let whole = |piece: &&str| piece.bytes().filter(u8::is_ascii_digit).count() >= 6;
    if pieces.len() > 1 && pieces.iter().all(whole) {
        pieces.into_iter().map(str::to_owned).collect()
    } else {
        vec![cell.to_owned()]
    }
}

#[cfg(test)]
#[path = "entries_tests.rs"]
mod tests;
