//! Who is told what happened to a case.

use database::Write;
use jiff::Timestamp;
use network::Id;
use notices::{Notice, Recipient, put};

use crate::submit::first_bytes;
use crate::{Action, Case, CasesError, Contact};

/// What is told.
#[derive(Clone, Copy)]
pub(crate) struct Told<'a> {
    pub(crate) now: Timestamp,
    pub(crate) case: &'a Case,
    /// Number of the event: the same notice is put once.
    pub(crate) event: i64,
    /// Key of the text.
    pub(crate) template: &'a str,
    /// Values that the case does not tell.
    pub(crate) extra: &'a [(&'a str, &'a str)],
}

/// Which texts an action sends, and to whom.
pub(crate) struct Texts {
    pub(crate) client: Option<&'static str>,
    /// To whoever has the case in hand, else to the outlet.
    pub(crate) staff: Option<&'static str>,
    /// To the outlet.
    pub(crate) outlet: Option<&'static str>,
}

/// The texts of an action.
pub(crate) fn texts(action: Action) -> Texts {
    let (client, staff, outlet) = match action {
        Action::Accept => (Some("case.accepted"), None, None),
        Action::Refuse => (Some("case.refused"), None, None),
        Action::AskSupplement => (Some("case.supplement"), None, None),
        Action::Supplement => (None, Some("case.supplied"), None),
        Action::DeemWithdrawn => (Some("case.withdrawn"), None, None),
        Action::SetUp => (Some("case.set-up"), Some("case.assigned"), None),
        Action::Assign => (None, Some("case.assigned"), None),
        Action::Pause => (Some("case.paused"), None, None),
        Action::Resume => (Some("case.resumed"), None, None),
        Action::Extend => (Some("case.extended"), None, None),
        Action::Escalate => (None, None, Some("case.escalated")),
        Action::Transfer => (Some("case.transferred"), None, Some("case.arrived")),
        Action::HandOn => (Some("case.handed-on"), None, None),
        Action::StatusBack | Action::TakeBack => (Some("case.status-back"), None, None),
        Action::Deliver => (Some("case.delivered"), None, None),
        Action::Return => (None, Some("case.returned"), None),
        Action::Archive => (Some("case.archived"), None, None),
        Action::Withdraw => (Some("case.withdrawn"), Some("case.withdrawn"), None),
        Action::Merge => (Some("case.merged"), None, None),
        Action::Reopen => (Some("case.reopened"), Some("case.reopened"), None),
        _ => (None, None, None),
    };
    Texts { client, staff, outlet }
}

/// Tells the client: at the account, else at the e-mail address left, else not at all.
pub(crate) async fn tell_client(write: &mut Write, told: &Told<'_>, contact: &Contact) -> Result<(), CasesError> {
    let link = format!("/cases/{}", told.case.id);
    if let Some(person) = &told.case.client {
        return told.put(write, Recipient::Person(&person.0), person.as_str(), &link).await;
    }
    let address = contact.email.trim();
    if address.is_empty() {
        return Ok(());
    }
    told.put(write, Recipient::Mail { address, lang: &told.case.lang }, address, &link).await
}

/// Tells whoever has the case in hand, else the outlet.
pub(crate) async fn tell_staff(write: &mut Write, told: &Told<'_>) -> Result<(), CasesError> {
    let Some(person) = &told.case.assignee else { return tell_outlet(write, told).await };
    told.put(write, Recipient::Person(&person.0), person.as_str(), &format!("/desk/cases/{}", told.case.id)).await
}

/// Tells the outlet.
pub(crate) async fn tell_outlet(write: &mut Write, told: &Told<'_>) -> Result<(), CasesError> {
    let outlet = &told.case.outlet;
    told.put(write, Recipient::Organisation(outlet), outlet.as_str(), &format!("/desk/cases/{}", told.case.id)).await
}

impl Told<'_> {
    async fn put(&self, write: &mut Write, to: Recipient<'_>, whom: &str, link: &str) -> Result<(), CasesError> {
        let case = self.case;
        let mark = format!("{}\n{}\n{}\n{whom}", case.id, self.event, self.template);
        let id = Id::make(self.now, first_bytes(blake3::hash(mark.as_bytes()).to_hex().as_str()));
        let due = case.due_on.map_or_else(|| "—".to_owned(), |day| day.to_string());
        let missing = case.missing.as_ref().map_or_else(String::new, |missing| missing.what.join("; "));
        let handed_on = case.handed_on.as_ref();
        let outcome = |lang| case.outcome.map_or("—", |outcome| outcome.label(lang));
        let mut values = vec![
            ("reference", case.reference.as_str()),
            ("title", &case.title),
            ("item.zh", &case.item_title.zh),
            ("item.en", &case.item_title.en),
            ("outlet.zh", &case.outlet_name.zh),
            ("outlet.en", &case.outlet_name.en),
            ("due", &due),
            ("missing", &missing),
            ("contact", case.plan.as_ref().map_or("—", |plan| &plan.contact)),
            ("office", handed_on.map_or("—", |handed_on| &handed_on.office)),
            ("status", handed_on.map_or("—", |handed_on| &handed_on.status)),
            ("outcome.zh", outcome("zh")),
            ("outcome.en", outcome("en")),
        ];
        values.extend_from_slice(self.extra);
        let notice = Notice { id, template: self.template, values: &values, to, link };
        Ok(put(write, self.now, &notice).await?)
    }
}
