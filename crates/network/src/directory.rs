//! The directory: organisations found by words, place, kind, service and state.

use database::Connection;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::sql::listed;
use crate::{Kind, Level, NetworkError, Organisation, OrganisationId, Profile, RegionCode, Status};

/// Organisations on a page at most.
pub const MOST_ON_A_PAGE: usize = 500;

/// What to list. Empty parts ask for nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DirectoryQuery {
    /// Words, all of which stand in name, address, telephone or credit code; case and width do not matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The region served, or one that holds it; `000000` asks for those that serve the whole country, as
    /// [`Page::by_province`] counts them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionCode>,
    /// What they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// Where they stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Code of a service they offer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Whether they work; absent lists all but the closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Open at this local time by their weekly hours; only those that work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "2026-07-01T10:30:00")]
    pub open_at: Option<DateTime>,
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub as_of: Date,
    /// Mark of the page before ([`Page::next`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// How many on a page, at most [`MOST_ON_A_PAGE`].
    pub limit: usize,
}

impl DirectoryQuery {
    /// Everything that is not closed on a day.
    pub fn on(as_of: Date) -> Self {
        Self {
            text: None,
            region: None,
            kind: None,
            level: None,
            service: None,
            status: None,
            open_at: None,
            as_of,
            after: None,
            limit: 50,
        }
    }
}

/// A page of the directory with the counts over all pages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = NetworkPage)]
pub struct Page {
    /// By region and time of entry.
    pub organisations: Vec<Organisation>,
    /// Mark for [`DirectoryQuery::after`]; none on the last page.
    pub next: Option<String>,
    /// Number on all pages.
    pub total: u64,
    /// Number in each province that has any, as if no region had been asked for: `000000` serves the whole country.
    pub by_province: Vec<ProvinceCount>,
    /// Number of each kind that has any, as if no kind had been asked for.
    pub by_kind: Vec<KindCount>,
}

/// How many in a province.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = NetworkProvinceCount)]
pub struct ProvinceCount {
    /// The province.
    pub region: RegionCode,
    /// How many.
    pub count: u64,
}

/// How many of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = NetworkKindCount)]
pub struct KindCount {
    /// The kind.
    pub kind: Kind,
    /// How many.
    pub count: u64,
}

/// One page of the directory.
pub async fn directory(connection: &mut Connection, asked: &DirectoryQuery) -> Result<Page, NetworkError> {
    let limit = asked.limit.clamp(1, MOST_ON_A_PAGE);
    let total = listed::total(&mut *connection, asked).await?;
    let provinces = DirectoryQuery { region: None, ..asked.clone() };
    let by_province = listed::by_province(&mut *connection, &provinces).await?;
    let kinds = DirectoryQuery { kind: None, ..asked.clone() };
    let by_kind = listed::by_kind(&mut *connection, &kinds).await?;
    let after = asked.after.as_deref().map(mark).transpose()?;
    let mut organisations = listed::page(connection, asked, after, limit + 1).await?;
    let next = (organisations.len() > limit).then(|| {
        organisations.truncate(limit);
        organisations.last().map(|last| format!("{}-{}", last.profile.region, last.id))
    });
    Ok(Page { organisations, next: next.flatten(), total, by_province, by_kind })
}

/// Region and id after which a page begins.
fn mark(text: &str) -> Result<(RegionCode, OrganisationId), NetworkError> {
    let wrong = || NetworkError::Mark(text.to_owned());
    let (region, id) = text.split_once('-').ok_or_else(wrong)?;
    Ok((region.parse().map_err(|_| wrong())?, id.parse().map_err(|_| wrong())?))
}

/// What the words of a query are looked for in.
pub(crate) fn searched(profile: &Profile) -> String {
    let texts = [
        Some(&profile.name_zh),
        profile.name_en.as_ref(),
        profile.address.as_ref(),
        profile.telephone.as_ref(),
        profile.complaint_telephone.as_ref(),
        profile.code.as_ref(),
    ];
    let texts: Vec<&str> = texts.into_iter().flatten().map(String::as_str).collect();
    folded(&texts.join("\n"))
}

/// Lower case, full-width letters and digits as half-width ones.
pub(crate) fn folded(text: &str) -> String {
    let half = |c: char| match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    };
    text.chars().map(half).flat_map(char::to_lowercase).filter(|c| *c != '\0').collect()
}

#[cfg(test)]
#[path = "directory_tests.rs"]
mod tests;
