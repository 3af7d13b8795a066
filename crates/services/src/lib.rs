//! Service items (事项): what the network does for people, what it asks of them, how long it takes.
//!
//! [`Services`] answers which version of an item is in force on a day, what a draft says to those who may see it, and which
//! days are working days. An [`Item`] holds its guide and its [`Form`]; [`check`] names everything that is wrong with a set of
//! [`Answers`] at once. Functions that change take an open `database::Write` and an `accounts::Actor`, decide the
//! permission and leave an audit entry. A published version is never changed: a change is a new version from a day on.

mod answers;
mod calendar;
mod calendar_file;
mod catalogue;
mod code;
mod definition;
mod difference;
mod elements;
mod error;
mod form;
mod holidays;
mod item;
mod keeper;
mod kinds;
mod limit;
mod names;
mod services;
mod sound;
mod sql;
mod standard;
mod standard_file;
mod table;
#[cfg(test)]
mod testing;
mod transfer;
mod version;
mod write;
mod written;

pub use answers::{check, check_part, shown, steps_shown, warnings};
pub use calendar::{Calendar, CalendarDay, CalendarYear, DayKind, Deadline, Pause, end_of_day};
pub use calendar_file::{CalendarImport, ImportedCalendar, export_calendar, import_calendar};
pub use catalogue::{catalogue, install};
pub use code::{ItemCode, NoItemCode};
pub use difference::{Difference, differences};
pub use error::ServicesError;
pub use form::{Answers, Choice, Condition, Field, FieldKind, FileRule, Form, FormStep, Test};
pub use holidays::shipped_calendar;
pub use item::{Basis, Body, Fee, Item, Material, Outcome, Question, SpecialProcedure, Step};
pub use limit::Limit;
pub use network::{Text, office_day};
pub use services::{Services, calendar, history, version, version_on};
pub use sound::faults;
pub use standard::{
    BodyNature, Channel, ExerciseLevel, Group, ItemType, LimitUnit, Need, Processing, Record, ServiceObject,
    SpecialKind, Theme,
};
pub use standard_file::export_json;
pub use table::{columns, export_csv};
pub use transfer::{Import, Imported, ImportedRow, RowOutcome, import_csv, import_json};
pub use uploads::FileKind;
pub use version::{Event, EventKind, ItemQuery, Listed, Seen, Version, VersionState};
pub use write::{NewDraft, discard, draft, edit, publish, withdraw};
pub use written::from_written;
