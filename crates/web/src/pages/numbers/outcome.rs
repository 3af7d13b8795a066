//! What became of a list, as the page shows it.

use query::Field;
use search::{LookUp, LookUpOutcome, LookedUp};

use crate::language::Lang;
use crate::link;
use crate::pages::right::BriefView;
use crate::words::{grouped, with_office};

/// Found rights that still fit in the address of a search.
const SEARCHED: usize = 200;

/// Rows of each kind that the page shows; the files have all.
const SHOWN: usize = 1_000;

/// The whole outcome.
pub(super) struct Outcome {
    pub(super) counts: Vec<Count>,
    /// Numbers beyond those that are looked up at once.
    pub(super) beyond: Option<String>,
    /// Rows that the page has no room for.
    pub(super) left_out: Option<String>,
    /// The search for all rights found; absent when there are none or too many.
    pub(super) search: Option<String>,
    pub(super) rows: Vec<RowView>,
}

/// How many numbers came to this.
pub(super) struct Count {
    pub(super) name: &'static str,
    pub(super) number: String,
    /// Anchor of the first row.
    pub(super) anchor: &'static str,
    pub(super) is_empty: bool,
}

/// One number.
pub(super) struct RowView {
    pub(super) line: usize,
    pub(super) typed: String,
    pub(super) came_to: &'static str,
    /// `found`, `doubtful`, `not-found`.
    pub(super) code: &'static str,
    /// Whether this is the first row of its kind, which the counts lead to.
    pub(super) first: bool,
    pub(super) rights: Vec<BriefView>,
    pub(super) note: String,
}

impl Outcome {
    pub(super) fn new(looked_up: &LookedUp, lang: Lang) -> Self {
        let mut seen = [0_usize; 3];
        let mut rows = Vec::with_capacity(looked_up.rows.len().min(3 * SHOWN));
        for row in &looked_up.rows {
            let seen = &mut seen[place(&row.outcome)];
            *seen += 1;
            if *seen <= SHOWN {
                rows.push(RowView::new(row, *seen == 1, lang));
            }
        }
        let count = |anchor: &'static str, name: &'static str, count: usize| Count {
            name,
            number: grouped(count as u64),
            anchor,
            is_empty: count == 0,
        };
        let left_out = looked_up.rows.len() - rows.len();
        Self {
            counts: vec![
                count(CODES[0], lang.t("找到", "found"), looked_up.found),
                count(CODES[1], lang.t("存疑", "doubtful"), looked_up.doubtful),
                count(CODES[2], lang.t("未找到", "not found"), looked_up.not_found),
            ],
            beyond: (looked_up.beyond > 0).then(|| grouped(looked_up.beyond as u64)),
            left_out: (left_out > 0).then(|| grouped(left_out as u64)),
            search: search(looked_up),
            rows,
        }
    }
}

const CODES: [&str; 3] = ["found", "doubtful", "not-found"];

const fn place(outcome: &LookUpOutcome) -> usize {
    match outcome {
        LookUpOutcome::Found(_) => 0,
        LookUpOutcome::Doubtful(_) => 1,
        LookUpOutcome::NotFound => 2,
    }
}

impl RowView {
    fn new(row: &LookUp, first: bool, lang: Lang) -> Self {
        let rights = row.outcome.rights();
        let several = match lang {
            Lang::Zh => format!("符合 {} 项权利", rights.len()),
            Lang::En => format!("fits {} rights", rights.len()),
        };
        let note = match (row.note, rights.len() > 1) {
            (Some(note), _) => note.label(lang.code()),
            (None, true) => several,
            (None, false) => String::new(),
        };
        Self {
            line: row.line,
            typed: row.typed.clone(),
            came_to: row.outcome.label(lang.code()),
            code: CODES[place(&row.outcome)],
            first,
            rights: rights.iter().map(|brief| BriefView::new(brief, lang)).collect(),
            note,
        }
    }
}

/// One query for every right that was found.
fn search(looked_up: &LookedUp) -> Option<String> {
    let mut values: Vec<String> = Vec::new();
    for row in &looked_up.rows {
        let LookUpOutcome::Found(brief) = &row.outcome else { continue };
        let clause = query::clause(Field::Number, &with_office(brief.office, &brief.number));
        let value = clause.split_once('=').map(|(_, value)| value.to_owned()).unwrap_or_default();
        if !values.contains(&value) {
            values.push(value);
        }
        if values.len() > SEARCHED {
            return None;
        }
    }
    let field = Field::Number.code();
    match values.as_slice() {
        [] => None,
        [one] => Some(link::list(&format!("{field}={one}"))),
        several => Some(link::list(&format!("{field}=({})", several.join(" OR ")))),
    }
}
