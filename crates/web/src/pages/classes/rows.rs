//! Places of a scheme as rows of a page.

use std::ops::Range;

use search::{ClassRow, SchemeName};

use super::address;
use crate::language::Lang;
use crate::link;
use crate::words::{Marked, grouped};

/// One place.
pub(super) struct RowView {
    pub(super) symbol: Marked,
    pub(super) symbol_text: String,
    pub(super) title: Marked,
    /// The title in the other language, where there is one besides.
    pub(super) other: Option<Marked>,
    pub(super) is_untitled: bool,
    /// The place above, for rows that do not stand in their order.
    pub(super) above: Option<String>,
    pub(super) count: Option<String>,
    /// The rights at the place and below it.
    pub(super) list: Option<String>,
    /// The page of the place.
    pub(super) browse: Option<String>,
    /// Length of its bar, 0 to 100.
    pub(super) share: u64,
}

/// How rows are shown.
pub(super) struct Rows {
    pub(super) scheme: SchemeName,
    pub(super) lang: Lang,
    /// Words to mark.
    pub(super) words: Vec<String>,
    /// Whether each place has a page of its own.
    pub(super) linked: bool,
}

impl Rows {
    pub(super) fn view(&self, rows: &[ClassRow]) -> Vec<RowView> {
        let most = rows.iter().filter_map(|row| row.count).max().unwrap_or(1).max(1);
        rows.iter().map(|row| self.row(row, most)).collect()
    }

    fn row(&self, row: &ClassRow, most: u64) -> RowView {
        let (own, other) = match self.lang {
            Lang::Zh => (&row.title_zh, &row.title_en),
            Lang::En => (&row.title_en, &row.title_zh),
        };
        // A title in the other language alone stands in the first place, plainly.
        let (first, second) = if own.is_some() { (own, other) } else { (other, &None) };
        RowView {
            symbol: self.marked(&row.symbol),
            symbol_text: row.symbol.clone(),
            title: self.marked(first.as_deref().unwrap_or_default()),
            other: second.as_deref().filter(|text| Some(*text) != first.as_deref()).map(|text| self.marked(text)),
            is_untitled: first.is_none(),
            above: None,
            count: row.count.map(grouped),
            list: row.query.as_deref().filter(|_| row.count.is_none_or(|count| count > 0)).map(link::list),
            browse: self.linked.then(|| address(self.scheme, &row.symbol)),
            share: row.count.map_or(0, |count| count * 100 / most),
        }
    }

    fn marked(&self, text: &str) -> Marked {
        Marked::new(text, places(text, &self.words))
    }
}

/// Where the words stand in a text, in any case of ASCII letters: the search looks for parts of words, so these are.
fn places(text: &str, words: &[String]) -> Vec<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let mut places: Vec<Range<usize>> = Vec::new();
    for word in words.iter().map(|word| word.to_ascii_lowercase()).filter(|word| !word.is_empty()) {
        places.extend(lower.match_indices(&word).map(|(at, hit)| at..at + hit.len()));
    }
    places.sort_by_key(|place| (place.start, place.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(places.len());
    for place in places {
        match apart.last_mut().filter(|last| place.start <= last.end) {
            Some(last) => last.end = last.end.max(place.end),
            None => apart.push(place),
        }
    }
    apart
}

/// The symbol above whose title tells what a place is about: the subclass of a group, the division of a section.
pub(super) fn above(symbol: &str) -> Option<String> {
    let patent = symbol.starts_with(|c: char| c.is_ascii_alphabetic());
    if patent { symbol.get(..4).filter(|_| symbol.len() > 4) } else { symbol.rsplit_once(['.', '-']).map(|cut| cut.0) }
        .map(str::to_owned)
}

/// The beginnings of a symbol, the longest first, with the heads of groups (`H01M10/00`) among them.
pub(super) fn beginnings(symbol: &str) -> Vec<String> {
    let symbol: String =
        symbol.chars().filter(|c| !c.is_whitespace()).take(40).collect::<String>().to_ascii_uppercase();
    let head = symbol.split_once('/').map(|(group, _)| format!("{group}/00"));
    let cuts = symbol.char_indices().map(|(at, _)| at).skip(1).collect::<Vec<usize>>();
    let mut found = Vec::with_capacity(cuts.len() + 1);
    for at in cuts.into_iter().rev() {
        let beginning = symbol[..at].trim_end_matches(['/', '.', '-']);
        if !beginning.contains('/') {
            found.extend(head.clone().filter(|head| !found.contains(head)));
        }
        if !found.iter().any(|known| known == beginning) {
            found.push(beginning.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{above, beginnings, places};

    #[test]
    fn beginnings_go_up_by_group_and_subclass() {
        let found = beginnings("h01m 10/0599");
        assert_eq!(found[..4], ["H01M10/059", "H01M10/05", "H01M10/0", "H01M10/00"]);
        assert!(found.ends_with(&["H01M".into(), "H01".into(), "H0".into(), "H".into()]));
        assert_eq!(beginnings("26.11.99"), ["26.11.9", "26.11", "26.1", "26", "2"]);
        assert!(beginnings("").is_empty());
    }

    #[test]
    fn a_place_is_explained_by_the_one_above_that_its_symbol_names() {
        for (symbol, told) in [("H01M10/0525", Some("H01M")), ("H01M", None), ("26.11.02", Some("26.11")), ("9", None)]
        {
            assert_eq!(above(symbol).as_deref(), told, "{symbol}");
        }
    }

    #[test]
    fn words_are_marked_in_any_case_and_once() {
        let words = ["cell".to_owned(), "ll".to_owned(), "电池".to_owned()];
        assert_eq!(places("Cells 二次电池", &words), [0..4, 12..18]);
        assert!(places("", &words).is_empty());
    }
}
