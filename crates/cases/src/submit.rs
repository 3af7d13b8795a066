//! A request comes in.

use accounts::{Actor, Permission, PersonId};
use database::{Connection, Write};
use jiff::Timestamp;
use network::{Fault, Id, OrganisationId, Status};
use serde::{Deserialize, Serialize};
use serde_json::json;
use services::{Answers, ItemCode, Record, Text, Version, office_day};
use utoipa::ToSchema;

use crate::act::By;
use crate::apply::clock;
use crate::case::Body;
use crate::error::fault;
use crate::notify::{Told, tell_client, tell_outlet};
use crate::sql::{blob, case, desk, draft, event};
use crate::trail::note_case;
use crate::{
    Action, Case, CaseId, Cases, CasesError, Channel, Contact, Event, Link, Reference, State, Terms, TrackingCode,
};

/// Characters of a title at most.
const LONGEST_TITLE: usize = 200;
/// Links at most.
const MOST_LINKS: usize = 50;
/// Bytes of a key: long enough that nobody guesses one.
const KEY: std::ops::RangeInclusive<usize> = 16..=100;

/// A request for a service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCase {
    /// Made by the client for this one request, random, 16 to 100 characters: sent again, it is one case.
    pub key: String,
    /// Which service.
    pub item: ItemCode,
    /// Which outlet.
    pub outlet: OrganisationId,
    /// What it is about, in a line; empty takes the name of the item.
    #[serde(default)]
    pub title: String,
    /// The answers to the form of the item.
    #[schema(value_type = Object)]
    pub answers: Answers,
    /// How to reach the client.
    pub contact: Contact,
    /// By which way it came; all but the web are entered by staff of the outlet.
    pub channel: Channel,
    /// Language of the client, `zh` or `en`.
    pub lang: String,
    /// The client's account, where staff enter it; on the web it is the account that is signed in.
    #[serde(default)]
    pub client: Option<PersonId>,
    /// Rights, searches and analyses it is about.
    #[serde(default)]
    pub links: Vec<Link>,
    /// The one-window case it belongs to.
    #[serde(default)]
    pub parent: Option<CaseId>,
    /// The draft it was written as; its files come along and it is gone.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub draft: Option<Id>,
    /// The code of that draft, where it was written without an account.
    #[serde(default)]
    pub draft_code: Option<TrackingCode>,
}

impl NewCase {
    /// A request as it comes over the web, in Chinese, with nothing but what it must have.
    pub fn new(
        key: impl Into<String>,
        item: ItemCode,
        outlet: OrganisationId,
        answers: Answers,
        contact: Contact,
    ) -> Self {
        Self {
            key: key.into(),
            item,
            outlet,
            title: String::new(),
            answers,
            contact,
            channel: Channel::Web,
            lang: "zh".to_owned(),
            client: None,
            links: Vec::new(),
            parent: None,
            draft: None,
            draft_code: None,
        }
    }
}

/// What the client takes home.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Receipt {
    /// The case.
    pub case: Case,
    /// Opens it without an account. It is not kept anywhere and cannot be shown again, but by sending the request again.
    pub tracking: TrackingCode,
    /// Whether the same request had been sent before: this is the first answer again.
    pub repeated: bool,
}

impl Cases {
    /// Takes a request in. Sent twice under one key, at once or later, it is one case and one answer.
    pub async fn submit(&self, now: Timestamp, by: By<'_>, new: &NewCase) -> Result<Receipt, CasesError> {
        may_submit(by.actor, new)?;
        let sent = self.sent(by.actor, new)?;
        let year = office_day(now).year();
        let (number, reference) = self.next_reference(year).await?;
        let result = self.enter(now, by, new, &sent, reference).await;
        match &result {
            Ok(receipt) if !receipt.repeated => {}
            _ => self.unused_reference(year, number).await,
        }
        result
    }

    async fn enter(
        &self,
        now: Timestamp,
        by: By<'_>,
        new: &NewCase,
        sent: &Sent,
        reference: Reference,
    ) -> Result<Receipt, CasesError> {
        let mut write = self.database.write().await?;
        if let Some(receipt) = self.repeated(&mut write, sent).await? {
            return Ok(receipt);
        }
        if let Some(draft) = &new.draft {
            self.open_draft(&mut write, by, (draft, new.draft_code.as_ref())).await?;
        }
        let (case, version, answers) = make(&mut write, now, by, new, sent, reference).await?;
        let (contact, answers) =
            (self.seal("contact", case.id.as_str(), &new.contact)?, self.seal("answers", case.id.as_str(), &answers)?);
        let beside = case::Beside {
            key: &sent.key,
            digest: &sent.digest,
            tracking: &sent.tracking.hash(),
            search: &searched(&case),
            contact: &contact,
            answers: &answers,
            consultation: version.item.records.contains(&Record::ConsultationArchive),
        };
        if !case::insert(&mut write, &case, &beside).await? {
            let first = self.repeated(&mut write, sent).await?;
            return first.ok_or(CasesError::KeyTaken);
        }
        if let Some(draft) = &new.draft {
            blob::adopt(&mut write, draft, &case.id).await?;
            draft::delete(&mut write, draft).await?;
        }
        for link in &new.links {
            desk::add_link(&mut write, &case.id, link, now).await?;
        }
        let arrived = arrived(now, by, new);
        event::append(&mut write, &case.id, 1, "", &arrived).await?;
        let told = Told { now, case: &case, event: 1, template: "case.received", extra: &[] };
        tell_client(&mut write, &told, &new.contact).await?;
        tell_outlet(&mut write, &Told { template: "case.arrived", ..told }).await?;
        let detail = json!({ "reference": case.reference, "item": case.item, "channel": case.channel });
        note_case(&mut write, now, by.actor, &case, ("case.submit", detail)).await?;
        write.commit().await?;
        Ok(Receipt { case, tracking: sent.tracking.clone(), repeated: false })
    }

    /// The first answer to a request that was sent before.
    async fn repeated(&self, connection: &mut Connection, sent: &Sent) -> Result<Option<Receipt>, CasesError> {
        let Some((id, digest)) = case::sent(&mut *connection, &sent.key).await? else { return Ok(None) };
        if digest != sent.digest {
            return Err(CasesError::KeyTaken);
        }
        let case = case::get(connection, &id).await?.ok_or_else(|| CasesError::NotFound(id.to_string()))?;
        Ok(Some(Receipt { case, tracking: sent.tracking.clone(), repeated: true }))
    }

    /// What is kept of a key and what was sent under it. Key and tracking code of a request follow from each other by the
    /// secret of the installation alone.
    fn sent(&self, actor: &Actor, new: &NewCase) -> Result<Sent, CasesError> {
        let content = crate::sql::to_json(&(actor.id(), NewCase { draft: None, draft_code: None, ..new.clone() }))?;
        let tracking = self.secret.lookup("cases.tracking", &new.key);
        Ok(Sent {
            key: self.secret.lookup("cases.key", &new.key),
            digest: self.secret.lookup("cases.sent", &content),
            tracking: TrackingCode::make(first_bytes(&tracking)),
        })
    }
}

/// A request as it is recognised when it comes again.
struct Sent {
    key: String,
    digest: String,
    tracking: TrackingCode,
}

fn may_submit(actor: &Actor, new: &NewCase) -> Result<(), CasesError> {
    if new.channel == Channel::Web {
        actor.require(Permission::RequestService)?;
    } else {
        actor.require_at(Permission::WorkCases, &new.outlet)?;
    }
    Ok(())
}

/// The case that a request makes, with the version of its item and the answers that count.
async fn make(
    write: &mut Write,
    now: Timestamp,
    by: By<'_>,
    new: &NewCase,
    sent: &Sent,
    reference: Reference,
) -> Result<(Case, Version, Answers), CasesError> {
    let today = office_day(now);
    let mut faults = faults(new, by.actor);
    let version = services::version_on(write, &new.item, today).await?;
    let Some(version) = version else {
        let (zh, en) =
            ("没有该服务事项，或该事项现不办理", "there is no such service now; look it up in the list of services");
        faults.push(fault("item", zh, en));
        return Err(CasesError::Invalid(faults));
    };
    let outlet_name = outlet_at_work(write, &new.outlet, &new.item, now).await?;
    if outlet_name.is_none() {
        let (zh, en) = ("该网点现不办理此事项", "this outlet does not offer the service now; choose another");
        faults.push(fault("outlet", zh, en));
    }
    faults.extend(services::check(&version.item.form, &new.answers));
    let answers = services::shown(&version.item.form, &new.answers);
    faults.extend(blob::unknown_files(write, &version.item.form, &answers, new.draft.as_ref()).await?);
    if let Some(parent) = &new.parent {
        let parent = crate::cases::find(write, by, parent).await;
        if parent.is_err() {
            faults.push(fault("parent", "没有所属办件", "there is no such case to belong to"));
        }
    }
    if !faults.is_empty() {
        return Err(CasesError::Invalid(faults));
    }
    let random = first_bytes(blake3::hash(sent.key.as_bytes()).to_hex().as_str());
    let body = Body {
        item_title: version.item.title.clone(),
        outlet_name: outlet_name.unwrap_or_default(),
        terms: Terms::of(&version.item),
        records: version.item.records.clone(),
        ..Body::default()
    };
    let client = if new.channel == Channel::Web { by.actor.id().cloned() } else { new.client.clone() };
    let mut case = fresh(CaseId(Id::make(now, random)), reference, now, new, body);
    case.item_version = version.number;
    case.client = client;
    let calendar = services::calendar(write).await?;
    case.due_on = clock(&case, &calendar, &[], today).due(State::Received);
    Ok((case, version, answers))
}

/// A case before anything happened to it.
fn fresh(id: CaseId, reference: Reference, now: Timestamp, new: &NewCase, body: Body) -> Case {
    let title = if new.title.trim().is_empty() { body.item_title.text(&new.lang) } else { new.title.trim() };
    Case {
        id,
        reference,
        version: 1,
        state: State::Received,
        paused: None,
        item: new.item.clone(),
        item_version: 0,
        item_title: body.item_title.clone(),
        title: title.to_owned(),
        channel: new.channel,
        outlet: new.outlet.clone(),
        outlet_name: body.outlet_name.clone(),
        assignee: None,
        client: None,
        client_name: accounts::masked_name(&new.contact.name),
        lang: new.lang.clone(),
        terms: body.terms.clone(),
        records: body.records.clone(),
        received_at: now,
        accepted_at: None,
        delivered_at: None,
        closed_at: None,
        touched_at: now,
        due_on: None,
        plan: None,
        handed_on: None,
        missing: None,
        extension: None,
        escalated: false,
        result: None,
        outcome: None,
        answer: None,
        settlement: None,
        summary: None,
        parent: new.parent.clone(),
        merged_into: None,
        measured: None,
        attended: None,
        on_time: None,
        body,
        clock_on: Some(office_day(now)),
    }
}

fn faults(new: &NewCase, actor: &Actor) -> Vec<Fault> {
    let has_account = if new.channel == Channel::Web { actor.id().is_some() } else { new.client.is_some() };
    let mut faults = new.contact.faults(has_account);
    if !KEY.contains(&new.key.len()) {
        faults.push(fault("key", "请求凭据须为 16 至 100 个字符", "the key has 16 to 100 characters"));
    }
    if new.title.chars().count() > LONGEST_TITLE || new.title.chars().any(char::is_control) {
        let zh = format!("标题为一行，最多 {LONGEST_TITLE} 个字符");
        faults.push(fault("title", zh, format!("the title is one line of at most {LONGEST_TITLE} characters")));
    }
    if !matches!(new.lang.as_str(), "zh" | "en") {
        faults.push(fault("lang", "语言为 zh 或 en", "the language is zh or en"));
    }
    if new.links.len() > MOST_LINKS || new.links.iter().any(|link| !link.is_sound()) {
        let zh = format!("关联最多 {MOST_LINKS} 项，每项须有目标且不超过 2000 个字符");
        faults.push(fault(
            "links",
            zh,
            format!("at most {MOST_LINKS} links, each with a target of 2000 characters at most"),
        ));
    }
    faults
}

/// The name of an outlet that works on the day and offers the item.
pub(crate) async fn outlet_at_work(
    connection: &mut Connection,
    outlet: &OrganisationId,
    item: &ItemCode,
    now: Timestamp,
) -> Result<Option<Text>, CasesError> {
    let found = network::organisation(connection, outlet, office_day(now)).await?;
    let Some(outlet) = found.filter(|outlet| outlet.status == Status::Active) else { return Ok(None) };
    let zh = outlet.profile.name_zh.clone();
    let en = outlet.profile.name_en.clone().unwrap_or_else(|| zh.clone());
    Ok(outlet.profile.offers(item.as_str()).then(|| Text::new(zh, en)))
}

fn arrived(now: Timestamp, by: By<'_>, new: &NewCase) -> Event {
    let by_client = new.channel == Channel::Web;
    Event {
        number: 1,
        at: now,
        action: Action::Submit,
        person: by.actor.id().cloned(),
        name: if by_client { String::new() } else { by.actor.name().to_owned() },
        by_client,
        from: None,
        to: State::Received,
        reason: None,
        detail: json!({ "channel": new.channel }),
        public: true,
    }
}

/// What words are looked for in: number, title, item.
fn searched(case: &Case) -> String {
    let texts = [case.reference.as_str(), &case.title, &case.item_title.zh, &case.item_title.en, case.item.as_str()];
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

/// Ten bytes of a hash in hexadecimal.
pub(crate) fn first_bytes(hash: &str) -> [u8; 10] {
    let mut bytes = [0; 10];
    for (byte, at) in bytes.iter_mut().zip((0..).step_by(2)) {
        *byte = hash.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok()).unwrap_or_default();
    }
    bytes
}

impl Link {
    pub(crate) fn is_sound(&self) -> bool {
        let one_line = |text: &str, most| text.chars().count() <= most && !text.chars().any(char::is_control);
        !self.target.trim().is_empty() && one_line(&self.target, 2_000) && one_line(&self.label, 300)
    }
}

#[cfg(test)]
#[path = "submit_tests.rs"]
mod tests;
