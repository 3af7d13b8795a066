//! A rating as lists and pages of staff show it.

use ratings::{Rating, Standing, Subject};

use super::form::{stars, tag_names};
use super::names::Names;
use crate::frame::Visit;
use crate::problem::Failure;
use crate::words::moment;

/// A rating for staff.
pub(super) struct RatingView {
    pub(super) address: String,
    pub(super) level: &'static str,
    pub(super) stars: String,
    pub(super) bad: bool,
    pub(super) day: String,
    /// The moment where it may be told, else the day.
    pub(super) at: String,
    pub(super) outlet: String,
    pub(super) outlet_address: String,
    /// The item, where one was served.
    pub(super) item: String,
    pub(super) item_address: String,
    /// Number of the matter and its page; empty when anonymous.
    pub(super) reference: String,
    pub(super) case_address: Option<String>,
    pub(super) channel: &'static str,
    pub(super) anonymous: bool,
    pub(super) standing: Option<&'static str>,
    pub(super) tags: Vec<String>,
    pub(super) words: String,
    pub(super) corrections: i64,
    /// Who wrote it down.
    pub(super) entered_by: String,
}

impl RatingView {
    pub(super) async fn new(rating: &Rating, names: &mut Names<'_>, visit: &Visit) -> Result<Self, Failure> {
        let lang = visit.lang.code();
        let item = match &rating.item {
            Some(code) => names.item(code).await?,
            None => visit.t("现场服务", "Service on site").to_owned(),
        };
        Ok(Self {
            address: format!("/desk/ratings/{}", rating.id),
            level: rating.opinion.level.label(lang),
            stars: stars(rating.opinion.level),
            bad: rating.opinion.level.is_bad(),
            day: rating.day.to_string(),
            at: rating.at.map_or_else(|| rating.day.to_string(), moment),
            outlet: names.outlet(&rating.outlet).await?,
            outlet_address: format!("/network/{}", rating.outlet),
            item,
            item_address: rating.item.as_ref().map(|code| format!("/services/{code}")).unwrap_or_default(),
            reference: rating.reference.clone().unwrap_or_default(),
            case_address: match &rating.subject {
                Some(Subject::Case(id)) => Some(crate::pages::desk::address(id)),
                _ => None,
            },
            channel: rating.channel.label(lang),
            anonymous: rating.anonymous,
            standing: (rating.standing != Standing::Counted).then(|| rating.standing.label(lang)),
            tags: tag_names(&rating.opinion, lang),
            words: rating.opinion.words.clone(),
            corrections: rating.corrections,
            entered_by: names.person(rating.entered_by.as_ref()).await?,
        })
    }
}
