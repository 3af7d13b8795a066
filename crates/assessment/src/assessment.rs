//! An assessment: a version of a scheme, units, a year, and where it stands.

use accounts::PersonId;
use jiff::Timestamp;
use jiff::civil::Date;
use network::OrganisationId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Origin, Scheme, Text};

network::named! {
    /// The name of an assessment.
    AssessmentId
}
network::named! {
    /// The name of an objection.
    ObjectionId
}
network::named! {
    /// The name of a file.
    FileId
}

network::coded! {
    /// Where an assessment stands.
    #[schema(as = AssessmentState)]
    State ("state") {
        /// Units are named and indicators copied.
        Prepared = "prepared", "已准备", "Prepared";
        /// Units enter figures, words and evidence.
        SelfEvaluation = "self-evaluation", "单位自评", "Self-evaluation";
        /// Reviewers give marks.
        Review = "review", "专家评审", "Review";
        /// The keeper looks at a first result.
        Provisional = "provisional", "初步结果", "Provisional result";
        /// Units see their result and may object.
        Objection = "objection", "异议期", "Open to objections";
        /// The result stands.
        Published = "published", "已公布", "Published";
        /// Put away; it stays readable.
        Archived = "archived", "已归档", "Archived";
    }
}

impl State {
    /// Whether there is a result.
    pub fn has_result(self) -> bool {
        self >= Self::Provisional
    }

    /// Whether the units see their own result.
    pub fn is_told_to_units(self) -> bool {
        self >= Self::Objection
    }

    /// Whether the result stands.
    pub fn is_final(self) -> bool {
        self >= Self::Published
    }
}

network::coded! {
    /// Where a version of a scheme stands.
    #[schema(as = AssessmentSchemeState)]
    SchemeState ("state of a scheme") {
        /// Being written.
        Draft = "draft", "草稿", "Draft";
        /// In use; it never changes.
        Published = "published", "已发布", "Published";
    }
}

/// A version of a scheme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessmentSchemeVersion)]
pub struct SchemeVersion {
    /// The scheme.
    pub scheme: Scheme,
    /// Which version.
    pub number: i64,
    /// Rises with every change of a draft.
    pub revision: i64,
    /// Draft or published.
    pub state: SchemeState,
    /// Who keeps it; none = the whole platform.
    pub keeper: Option<OrganisationId>,
    /// Its hash.
    pub hash: String,
    /// Last change.
    #[schema(value_type = String, format = DateTime)]
    pub changed_at: Timestamp,
    /// When it was published.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub published_at: Option<Timestamp>,
}

/// An assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Assessment {
    /// Its name.
    pub id: AssessmentId,
    /// Counts the changes.
    pub version: i64,
    /// Who keeps it.
    pub keeper: OrganisationId,
    /// What it is called.
    pub title: Text,
    /// Code of the scheme.
    pub scheme: String,
    /// Version of the scheme.
    pub number: i64,
    /// The year that is assessed.
    pub year: i16,
    /// Where it stands.
    pub state: State,
    /// Last day of what the state is for.
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// Snapshots that there are; the last one counts.
    pub snapshots: i64,
    /// What the public sees once it is published.
    pub shown: Shown,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Timestamp,
    /// When it was published.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub published_at: Option<Timestamp>,
}

/// What the public sees of a published result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessmentShown)]
pub struct Shown {
    /// Anything: totals and grades.
    pub public: bool,
    /// Places too.
    pub ranks: bool,
    /// The arithmetic of every unit too.
    pub arithmetic: bool,
}

/// A unit of an assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessmentUnit)]
pub struct Unit {
    /// Which organisation.
    pub id: OrganisationId,
    /// Its name when the assessment was opened.
    pub name: Text,
    /// Counts the changes of its self-evaluation.
    pub version: i64,
    /// What it says of itself.
    pub words: String,
    /// When it handed its self-evaluation in.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub submitted_at: Option<Timestamp>,
    /// Who did.
    pub submitted_by: Option<PersonId>,
}

/// A value as it stands, before it is copied into a snapshot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessmentValue)]
pub struct Value {
    /// Which item.
    pub item: String,
    /// The value.
    pub value: f64,
    /// The value of the period before.
    pub before: Option<f64>,
    /// By which way it came.
    pub origin: Origin,
    /// What tells more.
    pub note: String,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// A file that shows something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessmentFile)]
pub struct File {
    /// Its name in addresses.
    pub id: FileId,
    /// For which item.
    pub item: String,
    /// What it is called.
    pub name: String,
    /// Its hash: two files with the same content have the same.
    pub hash: String,
    /// Bytes.
    pub length: i64,
    /// When it came.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Timestamp,
    /// Whether it was taken back; its row stays.
    pub withdrawn: bool,
}

/// A reviewer called for a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessmentCall)]
pub struct Call {
    /// Who.
    pub person: PersonId,
    /// For which unit.
    pub unit: OrganisationId,
    /// The number that stands for the person in results.
    pub number: u32,
    /// For which items; empty = all that are reviewed.
    pub items: Vec<String>,
    /// The conflict of interest that was declared.
    pub conflict: Option<String>,
}

impl Call {
    /// Whether the reviewer is called for an item and free to score it.
    pub fn is_for(&self, item: &str) -> bool {
        self.conflict.is_none() && (self.items.is_empty() || self.items.iter().any(|it| it == item))
    }
}

/// A mark that a reviewer gave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessmentGivenMark)]
pub struct GivenMark {
    /// Who.
    pub person: PersonId,
    /// For which unit.
    pub unit: OrganisationId,
    /// For which item.
    pub item: String,
    /// Counts its changes.
    pub version: i64,
    /// 0 to 100.
    pub score: f64,
    /// Why.
    pub words: String,
}

/// A snapshot that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessmentTaken)]
pub struct Taken {
    /// Which, from 1.
    pub number: i64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Why.
    pub why: String,
    /// Hash of the data.
    pub hash: String,
    /// Hash of the scores that were made of it.
    pub scores_hash: String,
}

network::coded! {
    /// What was decided on an objection.
    #[schema(as = AssessmentDecision)]
    Decision ("decision") {
        /// The value changes.
        Upheld = "upheld", "采纳，更正数据", "Upheld, the data is changed";
        /// It stands.
        Dismissed = "dismissed", "维持原结果", "Dismissed, the result stands";
    }
}

/// An objection of a unit to an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessmentObjection)]
pub struct Objection {
    /// Its name.
    pub id: ObjectionId,
    /// Counts the changes.
    pub version: i64,
    /// Of which assessment.
    pub assessment: AssessmentId,
    /// Which unit.
    pub unit: OrganisationId,
    /// To which item.
    pub item: String,
    /// Why.
    pub reasons: String,
    /// The value that the unit holds right.
    pub wanted: Option<f64>,
    /// Against which snapshot.
    pub snapshot: i64,
    /// Who wrote it.
    pub made_by: Option<PersonId>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Timestamp,
    /// What was decided; none while it waits.
    pub decision: Option<Decision>,
    /// The value that was set.
    pub value: Option<f64>,
    /// Why it was decided so.
    pub reason: Option<String>,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub decided_at: Option<Timestamp>,
    /// The snapshot that the decision made.
    pub after_snapshot: Option<i64>,
}
