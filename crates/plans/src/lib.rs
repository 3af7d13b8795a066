//! Plans: tasks for units, reports that pass upward, and what is done, late or missing.
//!
//! What a plan says is data ([`Contents`], TOML), frozen edition by edition. For whom a task is follows by rule from the
//! network of a day ([`Tree`]); nothing of it is stored, so that units that join, leave or merge need no second bookkeeping.
//! A unit reports on its tasks, the unit above accepts or returns: [`Plans::submit`], [`Plans::accept`]; what was accepted
//! is locked, and nobody closes a task before those below. [`Plans::matrix`] tells how everything stands.

mod bulk;
mod cell;
mod check;
mod closing;
mod contents;
mod copy;
mod day;
mod differences;
mod error;
mod files;
mod kinds;
mod known;
mod late;
mod matrix;
mod mine;
mod named;
mod plan;
mod plans;
mod remind;
mod report;
mod reporting;
mod sql;
#[cfg(test)]
mod testing;
mod trail;
mod transfer;
mod tree;
mod writing;

pub use bulk::{BulkAnswer, BulkChange, BulkRow};
pub use cell::Cell;
pub use check::MOST_TASKS;
pub use contents::{
    Assignment, Choice, Contents, Group, List, Member, Milestone, Placed, Target, Task, USUAL_REMINDERS,
};
pub use differences::{Difference, Fate, FieldDifference, differences};
pub use error::{PlansError, What};
pub use files::File;
pub use kinds::{Act, Bound, Duty, PlanState, Progress, ReportState, Rule, Standing};
pub use late::{Late, Waiting};
pub use matrix::{Asked, Lack, Matrix, MatrixCell, MatrixTask, MatrixUnit, Tally};
pub use mine::{Due, Mine};
pub use named::{FileId, PlanId, ReportId};
pub use network::Text;
pub use plan::{Edition, Happened, NewPlan, Plan, PlanAct, Seen};
pub use plans::{MeantBy, Plans, PublicPlan, ReportView};
pub use remind::remind;
pub use report::{MOST_OF_A_REASON, MOST_WORDS, NewReport, Report, Said};
pub use trail::action_label;
pub use transfer::{NoPlan, STARTING, Starting, starting};
pub use tree::{Concerned, Meant, Tree};
pub use uploads::{FileKind, MOST_BYTES, MOST_FILES, UploadError};
