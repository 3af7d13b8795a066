//! Asking the clients of cases.

use std::collections::BTreeSet;

use accounts::{Actor, Cover, Permission, PersonId, record};
use database::Write;
use jiff::Timestamp;
use jiff::civil::Date;
use network::{Fault, derived};
use notices::{Notice, Recipient};
use serde_json::json;
use services::{ItemCode, office_day};

use super::keep::kept;
use super::{Questionnaire, QuestionnaireId};
use crate::rateable::entry;
use crate::sql::questionnaires;
use crate::{RatingsError, VisitCode};

/// Days that one sending may span.
const MOST_DAYS: i32 = 366;

/// Whom to ask: clients with an account whose cases were archived on these days at outlets of the organisation or under
/// it. Others are asked by the open link.
#[derive(Clone, Debug)]
pub struct Sending<'a> {
    /// Which questionnaire.
    pub id: &'a QuestionnaireId,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Cases of this item alone.
    pub item: Option<&'a ItemCode>,
}

/// Asks them, each once for a questionnaire, however often it is sent. `random` gives ten random bytes for each
/// invitation. Answers how many were asked now.
pub async fn send_questionnaire(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    sending: &Sending<'_>,
    random: &mut (dyn FnMut() -> [u8; 10] + Send),
) -> Result<usize, RatingsError> {
    let questionnaire = kept(write, actor, sending.id).await?;
    let today = office_day(now);
    if !questionnaire.takes_answers(today) {
        return Err(RatingsError::Closed);
    }
    let span = sending.from.until(sending.to).map_or(-1, |span| span.get_days());
    if !(0..=MOST_DAYS).contains(&span) {
        let (zh, en) = ("起止日期须在一年之内", "from first to last day is a year at most");
        return Err(RatingsError::Invalid(vec![Fault { field: "to".into(), zh: zh.into(), en: en.into() }]));
    }
    let cover = covered(write, today, actor, &questionnaire).await?;
    let days = (sending.from, sending.to);
    let archived = cases::archived_with_client(write, &cover, days, sending.item).await?;
    let clients: BTreeSet<PersonId> = archived.into_iter().map(|(_, client)| client).collect();
    let definition = questionnaires::edition(write, &questionnaire.id, questionnaire.edition).await?;
    let title = definition.map(|definition| definition.title).unwrap_or_default();
    let until = questionnaire.until.map_or_else(String::new, |day| day.to_string());
    let values = [("title.zh", title.zh.as_str()), ("title.en", title.en.as_str()), ("until", until.as_str())];
    let mut asked = 0;
    for person in clients {
        let code = VisitCode::make(random());
        if !questionnaires::invite(write, &questionnaire.id, &code, &person).await? {
            continue;
        }
        let id = derived(now, "questionnaire", &format!("{}/{person}", questionnaire.id));
        let link = code.questionnaire_path();
        let to = Recipient::Person(&person.0);
        let template = "questionnaire.asked";
        notices::put(write, now, &Notice { id, template, values: &values, to, link: &link }).await?;
        asked += 1;
    }
    let detail = json!({ "from": sending.from, "to": sending.to, "item": sending.item, "asked": asked });
    let organisation = &questionnaire.organisation;
    let entry = entry("questionnaire.send", "questionnaire", questionnaire.id.as_str(), organisation, detail);
    record(write, now, actor, &entry).await?;
    Ok(asked)
}

/// The outlets of the organisation and under it where the actor keeps questionnaires.
async fn covered(
    write: &mut Write,
    today: Date,
    actor: &Actor,
    questionnaire: &Questionnaire,
) -> Result<Cover, RatingsError> {
    let under = network::descendants(write, &questionnaire.organisation, today).await?;
    let may = |id: &network::OrganisationId| actor.may_at(Permission::KeepQuestionnaires, id);
    Ok(Cover::At(under.into_iter().map(|node| node.id).filter(may).collect()))
}
