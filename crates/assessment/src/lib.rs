//! Assessments (考核评价): schemes as data, scores with their arithmetic, reviewers, objections, publication.
//!
//! A [`Scheme`] says what counts and how; its published versions never change. An [`Assessment`] joins a version with units
//! and a year. [`score`] is a pure function of scheme and [`Snapshot`], so that a result can be computed again at any time,
//! line by line ([`Line`], [`rule_words`], [`score_words`]). Units enter figures ([`enter`]), reviewers give marks
//! ([`give_marks`]), units object ([`object`]), the keeper decides ([`decide`]) and publishes ([`step`]).

mod access;
mod action;
mod assessment;
mod assessments;
mod check;
mod difference;
mod enter;
mod error;
mod from_indicators;
mod inputs;
mod objection;
mod open;
mod points;
mod ready;
mod remind;
mod result;
mod reviewers;
mod scheme;
mod scheme_acts;
mod score;
mod sheet;
mod snapshot;
mod sql;
mod step;
mod take;
#[cfg(test)]
mod testing;
mod text_form;
mod told;
mod what_if;
mod words;
mod years;

pub use access::Access;
pub use action::action_label;
pub use assessment::{
    Assessment, AssessmentId, Call, Decision, File, FileId, GivenMark, Objection, ObjectionId, SchemeState,
    SchemeVersion, Shown, State, Taken, Unit, Value,
};
pub use assessments::{Assessments, Found, Joined, Listed, Progress, UnitFound, keepers};
pub use check::{MOST_DIMENSIONS, MOST_ITEMS, faults};
pub use difference::{Difference, differences};
pub use enter::{Entered, MOST_FILE_BYTES, MOST_FILES, NewFile, SelfEvaluation, attach, detach, enter};
pub use error::{AssessmentError, What};
pub use from_indicators::FromIndicators;
pub use inputs::{Answer, Given, Inputs, NoInputs, Wanted, gather};
pub use network::Text;
pub use objection::{NewObjection, Ruling, decide, object};
pub use open::{MOST_UNITS, NewAssessment, copy_again, open_assessment};
pub use points::{Points, number};
pub use ready::ready_schemes;
pub use remind::remind;
pub use result::{Detail, DimensionScore, Line, Outcome, Scores, UnitScore};
pub use reviewers::{NewMark, call, declare_conflict, give_marks, uncall};
pub use scheme::{Better, Dimension, Grade, Input, Item, Missing, Period, Point, Rule, Scheme, Then, When, Years};
pub use scheme_acts::{adopt_scheme, discard_scheme, draft_scheme, publish_scheme};
pub use score::{points_of_items, score};
pub use sheet::{Imported, ImportedRow, RowOutcome, import_evaluation};
pub use snapshot::{Datum, Mark, Origin, Snapshot, UnitData};
pub use step::{LEAST_OBJECTION_DAYS, Step, step};
pub use text_form::MOST_BYTES;
pub use what_if::{Compared, Supposed, what_if};
pub use words::{input_words, rule_words, score_words, source_words, total_words};
pub use years::{Reviewed, Verdict, mean_words, review};
