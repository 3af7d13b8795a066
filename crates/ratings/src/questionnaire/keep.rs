//! Making, changing, publishing and closing questionnaires.

use accounts::{Actor, Permission, record};
use database::{Connection, Write};
use jiff::Timestamp;
use jiff::civil::Date;
use network::{Fault, OrganisationId, derived};
use serde::{Deserialize, Serialize};
use serde_json::json;
use services::office_day;
use utoipa::ToSchema;

use super::Definition;
use crate::rateable::entry;
use crate::rating::key_faults;
use crate::sql::questionnaires;
use crate::{RatingsError, VisitCode, What};

network::named! {
    /// The name of a questionnaire.
    QuestionnaireId
}

network::coded! {
    /// Where a questionnaire stands.
    QuestionnaireState ("state of a questionnaire") {
        /// Being written.
        Draft = "draft", "草稿", "Draft";
        /// Takes answers.
        Open = "open", "进行中", "Open";
        /// Takes no more.
        Closed = "closed", "已结束", "Closed";
    }
}

/// A questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Questionnaire {
    /// Its name.
    pub id: QuestionnaireId,
    /// Counts the changes; every change names it.
    pub version: i64,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// Where it stands.
    pub state: QuestionnaireState,
    /// The edition that is asked; 0 before the first.
    pub edition: i64,
    /// What is being written; what is asked is [`crate::Ratings::edition`].
    pub draft: Definition,
    /// The last day on which it takes answers; none while it is a draft.
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// The code that opens it to everyone; none: by invitation alone.
    pub link: Option<VisitCode>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Timestamp,
}

impl Questionnaire {
    /// Whether it takes answers on a day.
    pub fn takes_answers(&self, today: Date) -> bool {
        self.state == QuestionnaireState::Open && self.until.is_none_or(|until| today <= until)
    }
}

/// A questionnaire to be made.
#[derive(Clone, Debug)]
pub struct NewQuestionnaire<'a> {
    /// Made by the client: the same key again answers the first again.
    pub key: &'a str,
    /// Whose it is.
    pub organisation: &'a OrganisationId,
    /// What it asks; may still be incomplete.
    pub definition: Definition,
}

/// Which questionnaire is changed, and the version that the author saw.
#[derive(Clone, Copy, Debug)]
pub struct QuestionnaireEdit<'a> {
    /// Which.
    pub id: &'a QuestionnaireId,
    /// As seen.
    pub version: i64,
}

/// Makes a draft.
pub async fn make_questionnaire(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    new: &NewQuestionnaire<'_>,
) -> Result<Questionnaire, RatingsError> {
    actor.require_at(Permission::KeepQuestionnaires, new.organisation)?;
    if let Some(fault) = key_faults(new.key) {
        return Err(RatingsError::Invalid(vec![fault]));
    }
    let made = Questionnaire {
        id: QuestionnaireId(derived(now, "questionnaire", new.key)),
        version: 1,
        organisation: new.organisation.clone(),
        state: QuestionnaireState::Draft,
        edition: 0,
        draft: new.definition.clone(),
        until: None,
        link: None,
        made_at: now.round(jiff::Unit::Millisecond).unwrap_or(now),
    };
    if !questionnaires::insert(write, &made, new.key).await? {
        let first = questionnaires::by_key(write, new.key).await?;
        return first.filter(|first| first.organisation == made.organisation).ok_or(RatingsError::KeyTaken);
    }
    note(write, now, actor, "questionnaire.make", &made).await?;
    Ok(made)
}

/// Changes what is being written; what is asked stays until the next edition is published.
pub async fn edit_questionnaire(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    edit: QuestionnaireEdit<'_>,
    definition: &Definition,
) -> Result<Questionnaire, RatingsError> {
    let before = kept(write, actor, edit.id).await?;
    refuse_closed(&before)?;
    let after = Questionnaire { draft: definition.clone(), ..before };
    store(write, now, actor, (edit, "questionnaire.edit"), after).await
}

/// Opens it until a day with what was written as its next edition. `link`: a code that opens it to everyone, of ten
/// random bytes; a link that there is stays.
pub async fn publish_questionnaire(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    edit: QuestionnaireEdit<'_>,
    (until, link): (Date, Option<[u8; 10]>),
) -> Result<Questionnaire, RatingsError> {
    let before = kept(write, actor, edit.id).await?;
    refuse_closed(&before)?;
    let mut faults = before.draft.faults();
    if until < office_day(now) {
        let (zh, en) = ("截止日期不能早于今天", "the last day is not before today");
        faults.push(Fault { field: "until".into(), zh: zh.into(), en: en.into() });
    }
    if !faults.is_empty() {
        return Err(RatingsError::Invalid(faults));
    }
    let asked = questionnaires::edition(write, &before.id, before.edition).await?;
    let renewed = asked.as_ref() != Some(&before.draft);
    let link = before.link.clone().or_else(|| link.map(VisitCode::make));
    let edition = before.edition + i64::from(renewed);
    let after = Questionnaire { state: QuestionnaireState::Open, edition, until: Some(until), link, ..before };
    let stored = store(write, now, actor, (edit, "questionnaire.publish"), after).await?;
    if renewed {
        questionnaires::publish(write, now, &stored).await?;
    }
    Ok(stored)
}

/// Ends it: no more answers.
pub async fn close_questionnaire(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    edit: QuestionnaireEdit<'_>,
) -> Result<Questionnaire, RatingsError> {
    let before = kept(write, actor, edit.id).await?;
    refuse_closed(&before)?;
    let after = Questionnaire { state: QuestionnaireState::Closed, ..before };
    store(write, now, actor, (edit, "questionnaire.close"), after).await
}

/// A questionnaire of an organisation where the actor keeps them.
pub(crate) async fn kept(
    connection: &mut Connection,
    actor: &Actor,
    id: &QuestionnaireId,
) -> Result<Questionnaire, RatingsError> {
    actor.require(Permission::KeepQuestionnaires)?;
    let found = questionnaires::get(connection, id).await?;
    let found = found.filter(|found| actor.may_at(Permission::KeepQuestionnaires, &found.organisation));
    found.ok_or_else(|| RatingsError::not_found(What::Questionnaire, id))
}

fn refuse_closed(questionnaire: &Questionnaire) -> Result<(), RatingsError> {
    match questionnaire.state {
        QuestionnaireState::Closed => Err(RatingsError::Closed),
        QuestionnaireState::Draft | QuestionnaireState::Open => Ok(()),
    }
}

async fn store(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (edit, action): (QuestionnaireEdit<'_>, &str),
    after: Questionnaire,
) -> Result<Questionnaire, RatingsError> {
    let after = Questionnaire { version: edit.version + 1, ..after };
    if !questionnaires::update(write, &after, edit.version).await? {
        let now = questionnaires::get(write, edit.id).await?;
        return Err(RatingsError::StaleVersion { version: now.map_or(0, |now| now.version) });
    }
    note(write, now, actor, action, &after).await?;
    Ok(after)
}

async fn note(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    action: &str,
    after: &Questionnaire,
) -> Result<(), RatingsError> {
    let detail = json!({ "edition": after.edition, "state": after.state, "until": after.until });
    let entry = entry(action, "questionnaire", after.id.as_str(), &after.organisation, detail);
    Ok(record(write, now, actor, &entry).await?)
}
