//! Credit of agencies: events with points, levels, publication, objection and repair; quality leads.
//!
//! An [`Agency`] starts with the points of the rules in force. An [`Event`] is drafted, announced, and counts when the days
//! for objections are over; a [`Paper`] (objection, or application for repair) is decided by another person than the
//! one who entered the event. [`score`] is a pure function of events, the [`Book`] of rules and a day, so every past level can
//! be told again. [`signs`] looks at an agency's filings; what it finds are [`Lead`]s for people to look into, never verdicts.

mod action;
mod agency;
mod course;
mod credit;
mod error;
mod event;
mod files;
mod filings;
mod kinds;
mod lead;
mod list;
mod paper;
mod rules;
mod score;
mod signs;
mod sql;
mod steps;
#[cfg(test)]
mod testing;

pub use action::action_label;
pub use agency::{Agency, AgencyId, Branch, FormerName, NewAgency, Particulars, change_agency, enter_agency};
pub use course::{Point, course};
pub use credit::Credit;
pub use database::{MOST_ON_A_PAGE, Page};
pub use error::{CreditError, What};
pub use event::{Event, EventId, EventPart, NewEvent, Step, Told, announce, draft, edit_draft, settle, withdraw};
pub use files::{File, FileId, Shown, attach, detach};
pub use filings::{Conditions, Filing, FilingState, Filings, FilingsAnswer, Peers, Profile, Share, Year, profile};
pub use kinds::{Act, AgencyKind, Direction, EventState, Grade, LeadKind, LeadState, Outcome, PaperKind};
pub use lead::{Figure, Lead, LeadId, dismiss_lead, take_lead_up};
pub use list::{Agencies, AgencyQuery, EventQuery, LeadQuery, Listed};
pub use network::office_day;
pub use paper::{Decision, NewPaper, Paper, PaperId, decide, hand_in};
pub use rules::{Band, Book, Edition, Rule, starting_edition};
pub use score::{Counted, Line, Score, Standing, score};
pub use signs::{Limits, Sign, signs, skeleton};
