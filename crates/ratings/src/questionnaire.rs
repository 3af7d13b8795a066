//! Questionnaires: what is asked as data, in editions; who is asked; what was answered, by nobody knows whom.

mod answer;
mod definition;
mod keep;
mod results;
mod send;

pub(crate) use answer::opened;
pub use answer::{Replies, Reply, answer};
pub use definition::{Definition, MOST_QUESTIONS, Question, QuestionKind, QuestionOption};
pub(crate) use keep::kept;
pub use keep::{
    NewQuestionnaire, Questionnaire, QuestionnaireEdit, QuestionnaireId, QuestionnaireState, close_questionnaire,
    edit_questionnaire, make_questionnaire, publish_questionnaire,
};
pub(crate) use results::results;
pub use results::{INDEX_METHOD, OptionCount, QuestionResult, Results};
pub use send::{Sending, send_questionnaire};

#[cfg(test)]
#[path = "questionnaire/tests.rs"]
mod tests;
