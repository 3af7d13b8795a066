//! Answering a questionnaire.

use std::collections::BTreeMap;

use accounts::{Actor, Permission, record};
use database::{Connection, Write};
use jiff::Timestamp;
use network::Fault;
use serde::{Deserialize, Serialize};
use serde_json::json;
use services::office_day;
use utoipa::ToSchema;

use super::{Definition, Question, QuestionKind, Questionnaire};
use crate::rateable::entry;
use crate::rating::key_faults;
use crate::sql::questionnaires;
use crate::{Level, RatingsError, VisitCode, What};

/// Characters of words at most.
const LONGEST: usize = 1000;

/// An answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Reply {
    /// A level, to a scale.
    Level(Level),
    /// Keys of options, to a choice.
    Chosen(Vec<String>),
    /// Words.
    Words(String),
}

/// Answers by the keys of the questions.
pub type Replies = BTreeMap<String, Reply>;

impl Definition {
    /// Everything that is wrong with a set of answers.
    pub fn reply_faults(&self, replies: &Replies) -> Vec<Fault> {
        let fault =
            |key: &str, zh: &str, en: &str| Fault { field: key.to_owned(), zh: zh.to_owned(), en: en.to_owned() };
        let mut faults = Vec::new();
        for question in &self.questions {
            match replies.get(&question.key) {
                None if question.required => faults.push(fault(&question.key, "此题必答", "this must be answered")),
                Some(reply) if !fits(question, reply) => {
                    faults.push(fault(&question.key, "答案不符合题目", "this does not answer the question"));
                }
                _ => (),
            }
        }
        for key in replies.keys().filter(|key| self.question(key).is_none()) {
            faults.push(fault(key, "没有这个问题", "there is no such question"));
        }
        faults
    }
}

fn fits(question: &Question, reply: &Reply) -> bool {
    match (&question.kind, reply) {
        (QuestionKind::Scale { .. }, Reply::Level(_)) => true,
        (QuestionKind::Choice { options, several }, Reply::Chosen(chosen)) => {
            let distinct: std::collections::BTreeSet<&String> = chosen.iter().collect();
            let known = chosen.iter().all(|key| options.iter().any(|option| option.key == *key));
            let some = usize::from(question.required);
            let most = if *several { options.len() } else { 1 };
            known && distinct.len() == chosen.len() && (some..=most).contains(&chosen.len())
        }
        (QuestionKind::Words, Reply::Words(words)) => {
            words.chars().count() <= LONGEST && (!question.required || !words.trim().is_empty())
        }
        _ => false,
    }
}

/// The questionnaire that a code opens, with what it asks and whether the code was used. Public.
pub(crate) async fn opened(
    connection: &mut Connection,
    now: Timestamp,
    code: &VisitCode,
) -> Result<(Questionnaire, Definition, bool), RatingsError> {
    let nothing = || RatingsError::not_found(What::Questionnaire, code);
    let invited = questionnaires::invitation(connection, code).await?;
    let (id, answered) = match invited {
        Some(found) => found,
        None => (questionnaires::by_link(connection, code).await?.ok_or_else(nothing)?, false),
    };
    let questionnaire = questionnaires::get(connection, &id).await?.ok_or_else(nothing)?;
    if !questionnaire.takes_answers(office_day(now)) {
        return Err(RatingsError::Closed);
    }
    let definition = questionnaires::edition(connection, &id, questionnaire.edition).await?.ok_or_else(nothing)?;
    Ok((questionnaire, definition, answered))
}

/// Answers by the code of an invitation, once, or by the open link. `edition` is what was shown: when another was
/// published meanwhile, the questions are to be read again. The same key again is one answer. Nobody is told whose
/// answer it is: it stands apart from the invitation, and the trail does not name the person.
pub async fn answer(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (code, edition, key): (&VisitCode, i64, &str),
    replies: &Replies,
) -> Result<(), RatingsError> {
    actor.require(Permission::Rate)?;
    let (questionnaire, definition, _) = opened(write, now, code).await?;
    if questionnaire.edition != edition {
        return Err(RatingsError::StaleVersion { version: questionnaire.edition });
    }
    let mut faults = definition.reply_faults(replies);
    faults.extend(key_faults(key));
    if !faults.is_empty() {
        return Err(RatingsError::Invalid(faults));
    }
    let invited = questionnaires::invitation(write, code).await?.is_some();
    let first = !invited || questionnaires::use_invitation(write, code).await?;
    let body = serde_json::to_string(replies).map_err(|error| crate::sql::unreadable(key, error))?;
    if !first {
        // Sent again after it was taken, or a second time with other words.
        let same = questionnaires::is_answered_by(write, &questionnaire.id, key).await?;
        return if same { Ok(()) } else { Err(RatingsError::AlreadyAnswered) };
    }
    let day = office_day(now);
    if !questionnaires::put_answer(write, &questionnaire, (key, day, &body)).await? {
        let same = !invited && questionnaires::is_answered_by(write, &questionnaire.id, key).await?;
        return if same { Ok(()) } else { Err(RatingsError::KeyTaken) };
    }
    let detail = json!({ "edition": edition });
    let organisation = &questionnaire.organisation;
    let entry = entry("questionnaire.answer", "questionnaire", questionnaire.id.as_str(), organisation, detail);
    Ok(record(write, now, &Actor::visitor(), &entry).await?)
}
