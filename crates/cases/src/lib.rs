//! Requests for service, from demand to archive.
//!
//! [`Cases`] takes requests in, does acts to them by one table ([`RULES`]), counts deadlines from evidence ([`deadlines`]) and
//! lists what whoever asks may see. Every act is one transaction: state, event, notices, entry of the trail. An act names
//! the version it saw; a request or act sent twice under one key is done once. What is personal is sealed at rest.

mod act;
mod action;
mod apply;
mod case;
mod cases;
mod consultation;
mod deadline;
mod desk;
mod documents;
mod draft;
mod error;
mod figures;
mod flow;
mod inbox;
mod matter;
mod monitor;
mod notify;
mod perform;
mod reference;
mod seal;
mod sql;
mod subject;
mod submit;
#[cfg(test)]
mod testing;
mod trail;
mod view;

pub use act::{Act, By, Step};
pub use action::action_label;
pub use apply::REOPEN_DAYS;
pub use case::{
    Case, CaseId, Channel, Clock, Contact, Event, HandedOn, Link, LinkKind, Listed, Missing, Outcome, Party, PartyRole,
    Plan, Settlement, Solved,
};
pub use cases::Cases;
pub use consultation::{Consultation, ConsultationPage, ConsultationQuery, Topic, Topics};
pub use deadline::{
    ACCEPTANCE_DAYS, Course, Deadlines, Extension, Ground, Level, PauseKind, Planned, SOON_DAYS, SUPPLEMENT_DAYS,
    Stand, Terms, deadlines, level, most_extension, soon_until,
};
pub use desk::{Message, Task, TaskEdit, Words};
pub use documents::{Document, MOST_DOCUMENTS, NewDocument};
pub use draft::{DRAFT_DAYS, Draft, DraftRequest};
pub use error::CasesError;
pub use figures::{Figures, FiguresQuery, ItemFigures, OutcomeCount, PublicFigures};
pub use flow::{Action, Hindrance, Need, RULES, Rule, State, To, Who, actions, may, next, rule_of};
pub use inbox::{
    Assigned, Dated, InboxCounts, InboxPage, InboxQuery, LevelCount, MOST_IN_AN_EXPORT, MOST_ON_A_PAGE, Sort,
    StateCount,
};
pub use matter::{Matter, archived_with_client, matter};
pub use monitor::{Monitored, Warning, WarningRule};
pub use reference::{NoReference, NoTrackingCode, Reference, TrackingCode};
pub use subject::{Forgotten, SubjectData};
pub use submit::{NewCase, Receipt};
pub use uploads::{FileKind, MOST_BYTES, Upload, UploadError};
pub use view::{CaseFile, MergedCase, Personal};
