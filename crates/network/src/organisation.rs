//! What is known of an organisation on a day.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{ChangeKind, Kind, Level, OrganisationId, RegionCode, Status, Weekday};

/// When an outlet is open on one day of the week; a break at noon makes two of these.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct Hours {
    /// The day.
    pub weekday: Weekday,
    /// Opens, local time to the minute.
    #[schema(value_type = String, example = "09:00:00")]
    pub from: Time,
    /// Closes, later on the same day.
    #[schema(value_type = String, example = "17:30:00")]
    pub to: Time,
    /// Such as «by appointment».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A place on the map, WGS 84 degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Position {
    /// −90 to 90, north positive.
    pub latitude: f64,
    /// −180 to 180, east positive.
    pub longitude: f64,
}

/// The particulars of an organisation, as people enter and read them. Absent means unknown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = OrganisationProfile)]
pub struct Profile {
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub level: Level,
    /// The region it serves.
    pub region: RegionCode,
    /// Unified social credit code (GB 32100).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Codes of the services offered, as the service list has them.
    #[serde(default)]
    pub services: Vec<String>,
    /// Opening hours.
    #[serde(default)]
    pub hours: Vec<Hours>,
    /// For consultation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    /// For complaints.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaint_telephone: Option<String>,
    /// Electronic mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Address of the site, `http` or `https`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// Street address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Postal code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// On the map.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// Access for people with disabilities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accessibility: Option<String>,
    /// What entitles it to serve.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualification: Option<String>,
    /// What it promises its clients.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<String>,
    /// Full-time staff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_time: Option<u32>,
    /// Part-time staff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_time: Option<u32>,
}

impl Profile {
    /// A profile that says no more than what every organisation must have.
    pub fn new(name_zh: &str, kind: Kind, level: Level, region: RegionCode) -> Self {
        Self {
            name_zh: name_zh.to_owned(),
            name_en: None,
            kind,
            level,
            region,
            code: None,
            services: Vec::new(),
            hours: Vec::new(),
            telephone: None,
            complaint_telephone: None,
            email: None,
            website: None,
            address: None,
            postcode: None,
            position: None,
            accessibility: None,
            qualification: None,
            promise: None,
            full_time: None,
            part_time: None,
        }
    }

    /// Whether it offers the service item with this code; who lists no services offers all.
    pub fn offers(&self, item: &str) -> bool {
        self.services.is_empty() || self.services.iter().any(|code| code.eq_ignore_ascii_case(item))
    }

    /// The name in `zh`, or for every other language the English one where there is one.
    pub fn name(&self, lang: &str) -> &str {
        match &self.name_en {
            Some(name) if lang != "zh" => name,
            _ => &self.name_zh,
        }
    }
}

/// Someone said that all is as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Confirmation {
    /// Who, as shown to people.
    pub by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// An organisation as it is on a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Organisation {
    /// Its name for machines.
    pub id: OrganisationId,
    /// Rises by one with every change; an edit names the version it saw.
    pub version: i64,
    /// What it stands under on that day.
    pub parent: Option<OrganisationId>,
    /// Whether it works.
    pub status: Status,
    /// Since when it is as told here.
    #[schema(value_type = String, format = Date)]
    pub since: Date,
    /// The day from which it is otherwise, where one is known.
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub opened: Date,
    /// The day from which it is closed, past or planned.
    #[schema(value_type = Option<String>, format = Date)]
    pub closed: Option<Date>,
    /// Last confirmation.
    pub confirmed: Option<Confirmation>,
    /// Its particulars.
    pub profile: Profile,
}

/// An organisation in a tree or a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = OrganisationNode)]
pub struct Node {
    /// Its name for machines.
    pub id: OrganisationId,
    /// What it stands under.
    pub parent: Option<OrganisationId>,
    /// Steps from where the reading began.
    pub depth: u32,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub level: Level,
    /// The region it serves.
    pub region: RegionCode,
    /// Whether it works.
    pub status: Status,
}

/// One change in the life of an organisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = OrganisationChange)]
pub struct Change {
    /// The version it made.
    pub version: i64,
    /// What it did.
    pub change: ChangeKind,
    /// Since when it holds.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Until when; the same day as `from` when a later change took its place whole.
    #[schema(value_type = Option<String>, format = Date)]
    pub to: Option<Date>,
    /// When it was entered.
    #[schema(value_type = String, format = DateTime)]
    pub recorded_at: Timestamp,
    /// Why, where a reason was given.
    pub reason: Option<String>,
    /// Whether it worked.
    pub status: Status,
    /// Who had confirmed it by then.
    pub confirmed: Option<Confirmation>,
    /// What was told of it.
    pub profile: Profile,
}

/// What an organisation stood under, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Membership {
    /// The member.
    pub organisation: OrganisationId,
    /// What it stood under; none at the top.
    pub parent: Option<OrganisationId>,
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// The day on which it was no longer so; none while it lasts.
    #[schema(value_type = Option<String>, format = Date)]
    pub to: Option<Date>,
}

/// One organisation goes on in another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Succession {
    /// Which ended or was thinned.
    pub predecessor: OrganisationId,
    /// In which it goes on.
    pub successor: OrganisationId,
    /// From this day.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// [`ChangeKind::Merged`], [`ChangeKind::Split`] or [`ChangeKind::Closed`].
    pub by: ChangeKind,
}

/// All that happened to an organisation, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = OrganisationHistory)]
pub struct History {
    /// Changes by version.
    pub changes: Vec<Change>,
    /// What it stood under by date, without what was taken back.
    pub memberships: Vec<Membership>,
    /// What goes on in it, and what it goes on in.
    pub successions: Vec<Succession>,
}
