//! A case and what belongs to it.

use std::fmt;
use std::str::FromStr;

use accounts::PersonId;
use jiff::Timestamp;
use jiff::civil::Date;
use network::{Id, NoId, OrganisationId};
use serde::{Deserialize, Serialize};
use services::{ItemCode, Record, Text};
use utoipa::ToSchema;

use crate::{Deadlines, Extension, Level, Planned, Reference, State, Terms};

/// The name of a case for machines.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct CaseId(pub Id);

impl CaseId {
    /// The 26 characters.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl FromStr for CaseId {
    type Err = NoId;

    fn from_str(text: &str) -> Result<Self, NoId> {
        text.parse().map(Self)
    }
}

impl fmt::Display for CaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

network::coded! {
    /// By which way a request came in.
    Channel ("channel") {
        /// The client wrote it on the site.
        Web = "web", "网上", "On the web";
        /// The client came; staff wrote it down.
        Counter = "counter", "窗口", "At the counter";
        /// The client called; staff wrote it down.
        Telephone = "telephone", "电话", "By telephone";
        /// By letter.
        Post = "post", "邮寄", "By post";
        /// By e-mail.
        Mail = "mail", "邮件", "By e-mail";
        /// In another way.
        Other = "other", "其他", "Other";
    }
}

network::coded! {
    /// What came of a case: closed is not solved.
    Outcome ("outcome") {
        /// 已解决.
        Solved = "solved", "已解决", "Solved";
        /// 部分解决.
        Partly = "partly", "部分解决", "Partly solved";
        /// 未解决.
        NotSolved = "not-solved", "未解决", "Not solved";
        /// Another office went on with it.
        PassedOn = "passed-on", "转由其他机关办理", "Passed on";
        /// The client could not be reached.
        NoAnswer = "no-answer", "无法联系当事人", "Client not reached";
        /// Not taken.
        Refused = "refused", "不予受理", "Refused";
        /// The client wanted no more.
        Withdrawn = "withdrawn", "已撤回", "Withdrawn";
        /// Went on in another case.
        Merged = "merged", "已并案", "Merged";
    }
}

impl Outcome {
    /// Those that archiving may name; the others come of themselves.
    pub const OF_ARCHIVING: [Self; 5] = [Self::Solved, Self::Partly, Self::NotSolved, Self::PassedOn, Self::NoAnswer];
}

network::coded! {
    /// How far a matter is solved, in the client's eyes.
    Solved ("answer") {
        /// Entirely.
        Yes = "yes", "已解决", "Solved";
        /// In part.
        Partly = "partly", "部分解决", "Partly solved";
        /// Not at all.
        No = "no", "未解决", "Not solved";
    }
}

network::coded! {
    /// What the parties of a dispute came to.
    Settlement ("settlement") {
        /// They agreed.
        Agreement = "agreement", "达成和解或调解协议", "Agreement";
        /// They agreed in part.
        Partial = "partial", "部分达成一致", "Partial agreement";
        /// They did not agree.
        None = "none", "未达成一致", "No agreement";
        /// A court, arbitrator or authority goes on.
        Proceedings = "proceedings", "转入诉讼、仲裁或行政程序", "Proceedings";
        /// One of them left.
        Abandoned = "abandoned", "当事人退出", "Abandoned";
    }
}

network::coded! {
    /// What a party is in a dispute.
    PartyRole ("role of a party") {
        /// 申请人.
        Applicant = "applicant", "申请人", "Applicant";
        /// 被申请人.
        Respondent = "respondent", "被申请人", "Respondent";
        /// 第三人.
        ThirdParty = "third-party", "第三人", "Third party";
        /// 代理人.
        Agent = "agent", "代理人", "Agent";
        /// 调解员.
        Mediator = "mediator", "调解员", "Mediator";
    }
}

network::coded! {
    /// What a case is tied to.
    LinkKind ("kind of link") {
        /// An IP right, by its id.
        Right = "right", "知识产权", "Right";
        /// A search, by its query text.
        Search = "search", "检索", "Search";
        /// A saved analysis, by its path.
        Analysis = "analysis", "分析", "Analysis";
        /// Another case, by its id.
        Case = "case", "关联办件", "Case";
    }
}

/// How to reach someone. Sealed at rest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Name of the person.
    pub name: String,
    /// Telephone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub telephone: String,
    /// E-mail; where there is no account, notices go there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// Whom the person speaks for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub organisation: String,
    /// Postal address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
}

/// A party of a dispute. Sealed at rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// What it is.
    pub role: PartyRole,
    /// Its name.
    pub name: String,
    /// How to reach it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub contact: String,
}

/// Something a case is tied to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// What it is.
    pub kind: LinkKind,
    /// Its id, query text or path.
    pub target: String,
    /// Words to show.
    #[serde(default)]
    pub label: String,
}

/// 立项: who does what by when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Who works on it; the first has it in hand.
    pub staff: Vec<PersonId>,
    /// What is to be done.
    pub plan: String,
    /// By when, as agreed with the client.
    #[schema(value_type = String, format = Date)]
    pub deadline: Date,
    /// Whom the client may call: name and telephone as they are shown.
    pub contact: String,
}

/// One window: where a case was handed on to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HandedOn {
    /// The office that decides.
    pub office: String,
    /// The reference there.
    pub reference: String,
    /// What it says, last.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub status: String,
}

/// What the client was asked to bring, all at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Missing {
    /// Everything that was missing.
    pub what: Vec<String>,
    /// The day on which it was asked.
    #[schema(value_type = String, format = Date)]
    pub asked: Date,
}

/// What of a case needs no column of its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Body {
    pub(crate) item_title: Text,
    pub(crate) outlet_name: Text,
    pub(crate) terms: Terms,
    pub(crate) records: Vec<Record>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) plan: Option<Plan>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) planned: Option<Planned>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) handed_on: Option<HandedOn>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) missing: Option<Missing>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) extension: Option<Extension>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pause_reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) result: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) summary: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) settlement: Option<Settlement>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) accepted_on: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) delivered_on: Option<Date>,
    #[serde(default)]
    pub(crate) followed_up: bool,
    #[serde(default)]
    pub(crate) has_parties: bool,
}

/// A case as lists and staff see it; no personal data but the masked name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Case {
    /// Its name for machines.
    pub id: CaseId,
    /// Its number for people.
    pub reference: Reference,
    /// Rises by one with every act; an act names the version it saw.
    pub version: i64,
    /// Where it stands.
    pub state: State,
    /// Whether the clock was stopped by staff, and why.
    pub paused: Option<String>,
    /// Which service.
    pub item: ItemCode,
    /// The version of the item in force when the request came.
    pub item_version: i64,
    /// Name of the item in that version.
    pub item_title: Text,
    /// What it is about, in the client's words.
    pub title: String,
    /// By which way it came.
    pub channel: Channel,
    /// Which outlet has it.
    pub outlet: OrganisationId,
    /// Name of that outlet when it got the case.
    pub outlet_name: Text,
    /// Who has it in hand.
    pub assignee: Option<PersonId>,
    /// The client's account.
    pub client: Option<PersonId>,
    /// The client's name, masked.
    pub client_name: String,
    /// Language of the client.
    pub lang: String,
    /// The limits it stands under.
    pub terms: Terms,
    /// Steps that must have left a record before it is archived.
    pub records: Vec<Record>,
    /// When it came.
    #[schema(value_type = String, format = DateTime)]
    pub received_at: Timestamp,
    /// When it was first accepted.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub accepted_at: Option<Timestamp>,
    /// When it was last delivered.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub delivered_at: Option<Timestamp>,
    /// When it was closed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub closed_at: Option<Timestamp>,
    /// When anything last happened to it.
    #[schema(value_type = String, format = DateTime)]
    pub touched_at: Timestamp,
    /// The day by whose end the next thing is due; none once delivered.
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<Date>,
    /// Who does what by when.
    pub plan: Option<Plan>,
    /// Where it was handed on to.
    pub handed_on: Option<HandedOn>,
    /// What the client was asked to bring.
    pub missing: Option<Missing>,
    /// How its deadline was moved.
    pub extension: Option<Extension>,
    /// Whether it lies before whoever leads.
    pub escalated: bool,
    /// The answer, or advice with what was delivered.
    pub result: Option<String>,
    /// What came of it; every closed case has one.
    pub outcome: Option<Outcome>,
    /// How far it is solved, in the client's eyes.
    pub answer: Option<Solved>,
    /// What the parties came to.
    pub settlement: Option<Settlement>,
    /// What the archive says in the end.
    pub summary: Option<String>,
    /// The one-window case it belongs to.
    pub parent: Option<CaseId>,
    /// The case it goes on in.
    pub merged_into: Option<CaseId>,
    /// Working days it took, counted when it was last delivered.
    pub measured: Option<i64>,
    /// Whether it was delivered within its deadline.
    pub on_time: Option<bool>,
    /// How many people came to what was held for it.
    #[serde(default)]
    pub attended: Option<i64>,
    #[serde(skip)]
    pub(crate) body: Body,
    #[serde(skip)]
    pub(crate) clock_on: Option<Date>,
}

impl Case {
    /// Whether its item keeps a record of attendance: a training, a lecture.
    pub fn counts_who_came(&self) -> bool {
        self.records.contains(&Record::Attendance)
    }

    /// Whether its clock stands.
    pub fn is_standing(&self) -> bool {
        self.paused.is_some() || self.state == State::Supplement
    }
}

/// A case in a list, with how near its deadline is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Listed {
    /// The case.
    #[serde(flatten)]
    pub case: Case,
    /// How near its deadline is; none for closed and delivered ones.
    pub level: Option<Level>,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Event {
    /// 1, 2, 3 …
    pub number: i64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// What was done.
    pub action: crate::Action,
    /// Who did it: the account, for staff who may see it.
    pub person: Option<PersonId>,
    /// Name as it may be shown; for clients, empty when staff did it.
    pub name: String,
    /// Whether the client did it.
    pub by_client: bool,
    /// Where the case stood.
    pub from: Option<State>,
    /// Where it stood then.
    pub to: State,
    /// Why.
    pub reason: Option<String>,
    /// More, as data.
    #[schema(value_type = Object)]
    pub detail: serde_json::Value,
    /// Whether the client sees it.
    pub public: bool,
}

/// Deadlines with the warning whether they may still move.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Clock {
    /// All of them.
    #[serde(flatten)]
    pub deadlines: Deadlines,
    /// How near the end is.
    pub level: Option<Level>,
    /// When the clock stood.
    pub stands: Vec<crate::Stand>,
    /// Years whose holidays are not known yet: days in them may still move.
    pub unsure: Vec<i16>,
}
