//! Pages of lists that go on from a mark.

/// Rows on a page at most.
pub const MOST_ON_A_PAGE: usize = 200;

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Mark of the next page; none on the last.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A page of `limit` rows, when one row more than that was asked for; `mark` gives the place of a row.
    pub fn of(mut rows: Vec<T>, limit: usize, mark: impl Fn(&T) -> String) -> Self {
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(mark);
        Self { rows, next }
    }
}

/// How many rows are on a page when so many are asked for: 50 for 0, never more than [`MOST_ON_A_PAGE`].
pub fn rows_on_a_page(limit: usize) -> usize {
    if limit == 0 { 50 } else { limit.min(MOST_ON_A_PAGE) }
}

#[cfg(test)]
mod tests {
    use super::{MOST_ON_A_PAGE, Page, rows_on_a_page};

    #[test]
    fn a_page_has_a_mark_only_when_more_follows() {
        let page = |rows: &[u8]| Page::of(rows.to_vec(), 2, |last| format!("after {last}"));
        assert_eq!(page(&[1, 2, 3]), Page { rows: vec![1, 2], next: Some("after 2".to_owned()) });
        assert_eq!(page(&[1, 2]), Page { rows: vec![1, 2], next: None });
        assert_eq!(page(&[]), Page { rows: Vec::new(), next: None });
        assert_eq!([0, 7, 5_000].map(rows_on_a_page), [50, 7, MOST_ON_A_PAGE]);
    }
}
