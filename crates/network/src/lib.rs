//! The service network: regions, organisations and outlets, as of any date.
//!
//! [`Network`] answers what there is on a day: an organisation, its path, what stands under it, the directory, how
//! well the country is served. Functions that change take an open `database::Write`, so that the crate above decides who may and
//! writes its audit entry in the same transaction. Nothing is ever overwritten: a change is a new state from a day on,
//! and [`Network::history`] tells all of them.

mod check;
mod counties;
mod coverage;
mod directory;
mod error;
mod fault;
mod hours;
mod hsds;
mod id;
mod import;
mod kind;
mod network;
mod organisation;
mod region;
mod reshape;
mod row;
mod shape;
mod sound;
mod sql;
mod table;
#[cfg(test)]
mod testing;
mod text;
#[cfg(test)]
mod tree_tests;
mod write;

pub use check::{credit_code_is_sound, faults, shortcomings};
pub use counties::{Problem, load_counties};
pub use coverage::{Coverage, Figure, KindFigure, ProvinceCoverage, Reach, coverage};
pub use directory::{DirectoryQuery, KindCount, MOST_ON_A_PAGE, Page, ProvinceCount, directory};
pub use error::NetworkError;
pub use fault::Fault;
pub use hours::{Opening, hours_lines, local, office_day, opening};
pub use hsds::{export_hsds, import_hsds};
pub use id::{Id, NoId, OrganisationId, derived};
pub use import::{Import, Imported, ImportedRow, Outcome};
pub use kind::{ChangeKind, Kind, Level, NoSuchWord, Status, Weekday};
pub use network::{
    Network, changes, descendant_ids, descendants, everyone, last_path, organisation, path, tree_version,
};
pub use organisation::{
    Change, Confirmation, History, Hours, Membership, Node, Organisation, Position, Profile, Succession,
};
pub use region::{
    NoRegion, Region, RegionCode, RegionLevel, division_on, divisions, planned_provinces, prefectures, provinces,
};
pub use reshape::{Heir, Part, merge, split};
pub use row::{COLUMNS, read_profile, write_profile};
pub use shape::{Shape, shape, shape_version};
pub use table::{everything, export_csv, import_csv};
pub use text::Text;
pub use write::{Edit, NewOrganisation, close, confirm, create, move_to, resume, suspend, update};
