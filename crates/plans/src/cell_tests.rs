use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::Cell;
use crate::{Duty, Progress, ReportState, Standing};

const DUE: Date = date(2026, 6, 30);
const BEFORE: Date = DUE;
const AFTER: Date = date(2026, 7, 1);

fn standing(cell: &Cell, day: Date) -> Standing {
    cell.standing(Some(Duty::Required), false, DUE, day)
}

fn reported(open: Option<(ReportState, Progress)>) -> Cell {
    Cell { reports: 1, open, first_submitted: Some(date(2026, 6, 1)), accepted: None }
}

#[test]
fn what_nobody_reported_is_open_and_then_missing_and_never_zero() {
    let cell = Cell::default();
    assert_eq!((standing(&cell, BEFORE), standing(&cell, AFTER)), (Standing::Open, Standing::Missing));
    assert_eq!(cell.percent(), None);
    let draft = Cell { reports: 1, open: Some((ReportState::Draft, Progress::Done)), ..Cell::default() };
    assert_eq!(standing(&draft, AFTER), Standing::Missing, "a draft is no report");
}

#[test]
fn who_need_not_is_not_late() {
    let cell = Cell::default();
    assert_eq!(cell.standing(None, false, DUE, AFTER), Standing::NotConcerned);
    assert_eq!(cell.standing(Some(Duty::Optional), false, DUE, AFTER), Standing::Offered);
    assert_eq!(cell.standing(Some(Duty::Optional), true, DUE, AFTER), Standing::Missing);
}

#[test]
fn what_was_reported_in_time_as_done_waits_and_is_not_late() {
    let done = reported(Some((ReportState::Submitted, Progress::Done)));
    assert_eq!((standing(&done, BEFORE), standing(&done, AFTER)), (Standing::Submitted, Standing::Submitted));
    let under_way = reported(Some((ReportState::Submitted, Progress::UnderWay)));
    assert_eq!((standing(&under_way, BEFORE), standing(&under_way, AFTER)), (Standing::Submitted, Standing::Late));
    let returned = reported(Some((ReportState::Returned, Progress::Done)));
    assert_eq!((standing(&returned, BEFORE), standing(&returned, AFTER)), (Standing::Returned, Standing::Late));
}

#[test]
fn what_was_accepted_as_done_is_done_for_ever() {
    let accepted = Some((Progress::Done, 100, date(2026, 6, 2)));
    let cell = Cell { accepted, ..reported(None) };
    assert_eq!((standing(&cell, AFTER), cell.standing(None, false, DUE, AFTER)), (Standing::Done, Standing::Done));
    let accepted = Some((Progress::UnderWay, 60, date(2026, 6, 2)));
    let cell = Cell { accepted, ..reported(None) };
    assert_eq!((standing(&cell, BEFORE), standing(&cell, AFTER)), (Standing::UnderWay, Standing::Late));
    assert_eq!(cell.percent(), Some(60));
}

proptest! {
    #[test]
    fn a_cell_comes_back_as_it_went(
        reports in 0..99_i64, first in any::<bool>(),
        open in prop::option::of((prop::sample::select(ReportState::ALL), prop::sample::select(Progress::ALL))),
        accepted in prop::option::of((prop::sample::select(Progress::ALL), 0..101_i64)),
    ) {
        let accepted = accepted.map(|(progress, percent)| (progress, percent, DUE));
        let cell = Cell { reports, open, first_submitted: first.then_some(AFTER), accepted };
        prop_assert_eq!(Cell::read(&cell.stored()), Some(cell));
    }
}
