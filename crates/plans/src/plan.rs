//! Plans and their editions.

use accounts::PersonId;
use jiff::Timestamp;
use jiff::civil::Date;
use network::OrganisationId;

use crate::{Contents, PlanId, PlanState, Text};

/// A plan, without what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Its name.
    pub id: PlanId,
    /// Counts the changes; every change names it.
    pub version: i64,
    /// Whose it is.
    pub issuer: OrganisationId,
    /// Where it stands.
    pub state: PlanState,
    /// The edition in force; 0 before the first.
    pub edition: i64,
    /// Whether the next edition is being written.
    pub drafted: bool,
    /// Whether visitors see how it goes.
    pub public: bool,
    /// Its title, as the edition in force says, or the draft before the first.
    pub title: Text,
    /// Its year.
    pub year: i16,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// The plan of which it is a copy.
    pub copied_from: Option<PlanId>,
    /// When it was made.
    pub made_at: Timestamp,
    /// When the edition in force was issued.
    pub issued_at: Option<Timestamp>,
}

/// An edition of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Edition {
    /// 1, 2, 3 …
    pub number: i64,
    /// When it was issued; none: a draft.
    pub issued_at: Option<Timestamp>,
    /// Who issued it.
    pub issued_by: Option<PersonId>,
    /// Why, in a line.
    pub note: String,
}

/// A plan to be made.
#[derive(Clone, Debug)]
pub struct NewPlan<'a> {
    /// Made by the client: the same key again answers the first plan again.
    pub key: &'a str,
    /// Whose it is.
    pub issuer: &'a OrganisationId,
    /// What it says; may still have faults.
    pub contents: &'a Contents,
    /// The plan of which it is a copy.
    pub copied_from: Option<&'a PlanId>,
}

/// What is changed, and the version that the author saw.
#[derive(Debug)]
pub struct Seen<'a, T> {
    /// Which.
    pub id: &'a T,
    /// As seen.
    pub version: i64,
}

impl<T> Clone for Seen<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Seen<'_, T> {}

impl<'a, T> Seen<'a, T> {
    /// This one at this version.
    pub fn new(id: &'a T, version: i64) -> Self {
        Self { id, version }
    }
}

/// One thing that happened to a plan or a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Happened {
    /// The version it made.
    pub version: i64,
    /// When.
    pub at: Timestamp,
    /// Who, by account.
    pub person: Option<PersonId>,
    /// Who, by name.
    pub name: String,
    /// What was done: a code of [`crate::Act`] or [`crate::PlanAct`].
    pub act: String,
    /// Why.
    pub reason: String,
    /// What changed, in few words.
    pub detail: serde_json::Value,
}

network::coded! {
    /// What is done to a plan.
    PlanAct ("act on a plan") {
        /// Made.
        Make = "make", "新建", "Made";
        /// Its draft was changed.
        Write = "write", "修改草稿", "Draft changed";
        /// Its draft was thrown away.
        Discard = "discard", "放弃草稿", "Draft thrown away";
        /// An edition was issued.
        Issue = "issue", "印发", "Issued";
        /// It ended.
        Close = "close", "结束", "Closed";
        /// Shown to everyone, or not any more.
        Show = "show", "设置公开", "Publication set";
    }
}
