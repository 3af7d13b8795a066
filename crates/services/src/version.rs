//! Versions of an item, and what happened to them.

use accounts::PersonId;
use jiff::Timestamp;
use jiff::civil::Date;
use network::OrganisationId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Group, Item, ItemCode, ServiceObject, Theme};

network::coded! {
    /// Where a version stands.
    VersionState ("state of a version") {
        /// 草稿: being written, not public.
        Draft = "draft", "草稿", "Draft";
        /// 已发布: in force in its span, public.
        Published = "published", "已发布", "Published";
        /// 已撤回: its span was ended with a reason; public.
        Withdrawn = "withdrawn", "已撤回", "Withdrawn";
        /// 已作废: a draft given up.
        Discarded = "discarded", "已作废", "Discarded";
    }
}

network::coded! {
    /// What happened to a version.
    EventKind ("event") {
        /// 起草.
        Drafted = "drafted", "起草", "Drafted";
        /// 修改.
        Edited = "edited", "修改", "Edited";
        /// 发布.
        Published = "published", "发布", "Published";
        /// Another version took its place.
        Superseded = "superseded", "被新版本取代", "Superseded";
        /// 撤回.
        Withdrawn = "withdrawn", "撤回", "Withdrawn";
        /// 作废.
        Discarded = "discarded", "作废", "Discarded";
    }
}

/// One version of an item. A request follows the version that was in force on the day it was sent, for as long as it lives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Version {
    /// Of which item.
    pub code: ItemCode,
    /// 1, 2, 3 … by the time of drafting.
    pub number: i64,
    /// Where it stands.
    pub state: VersionState,
    /// Rises by one with every change to it; an edit names the revision it saw.
    pub revision: i64,
    /// In force from; none for drafts.
    #[schema(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
    /// The first day on which it is no longer in force; none while no end is known.
    #[schema(value_type = Option<String>, format = Date)]
    pub to: Option<Date>,
    /// Who keeps the item; none = the keepers of the whole platform.
    pub keeper: Option<OrganisationId>,
    /// What it says.
    pub item: Item,
}

impl Version {
    /// Whether it is in force on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        let public = matches!(self.state, VersionState::Published | VersionState::Withdrawn);
        public && self.from.is_some_and(|from| from <= day) && self.to.is_none_or(|to| day < to)
    }
}

/// One thing that happened to a version. The name of a person is told to those alone who may edit the item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Event {
    /// Number of the version.
    pub number: i64,
    /// What happened.
    pub kind: EventKind,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who did it; none for the program, and in public readings.
    pub by: Option<PersonId>,
    /// Why, where a reason was given.
    pub reason: Option<String>,
}

/// A version as it was seen by who wants to change it.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The item.
    pub code: &'a ItemCode,
    /// Number of the version.
    pub number: i64,
    /// Its revision.
    pub revision: i64,
}

/// Which published items to list. Empty parts ask for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ItemQuery {
    /// Words, all of which stand in code, title or summary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// The subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<Theme>,
    /// Whom it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<ServiceObject>,
}

/// Items in force on a day, and how many there would be under each value with the other conditions as they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// By list and code.
    pub items: Vec<Version>,
    /// Of each list.
    pub groups: Vec<(Group, usize)>,
    /// Of each theme.
    pub themes: Vec<(Theme, usize)>,
    /// For each kind of client.
    pub objects: Vec<(ServiceObject, usize)>,
}
