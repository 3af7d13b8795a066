//! Ratings (好差评): what people say of a matter or a visit, and what follows from it.
//!
//! A [`Rateable`] is the proof that someone may rate something: [`for_case`], [`for_visit`] and [`for_poster`] make it.
//! Each is rated once ([`rate`]), may be corrected for some days, and anonymously when the rater wants: then nobody
//! reads who it was, which matter and at which moment. A bad rating opens a [`FollowUp`] with deadlines; an outlet may
//! [`appeal`], a higher organisation decides. Figures are published where enough people have spoken. A [`Questionnaire`]
//! asks the clients of cases, or everyone with its link.

mod appeal;
mod ask;
#[cfg(test)]
mod case_tests;
mod error;
mod figures;
mod follow_up;
mod kinds;
mod list;
mod questionnaire;
mod rate;
mod rateable;
mod rating;
mod ratings;
mod remind;
mod review;
mod sql;
mod standard;
mod steps;
mod tag;
#[cfg(test)]
mod testing;
mod visit;

pub use appeal::{APPEAL_DAYS, Appeal, AppealId, MOST_EVIDENCE, NewAppeal, appeal};
pub use ask::ask;
pub use database::{MOST_ON_A_PAGE, Page};
pub use error::{RatingsError, What};
pub use figures::{Counts, ENOUGH, Figure, ItemFigure, Of, OutletFigure, Published};
pub use follow_up::{Act, Event, FollowUp, FollowUpId, act};
pub use kinds::{Action, Channel, Decision, Ending, Ground, Level, Standing, State};
pub use list::{AppealQuery, FollowUpQuery, RatingQuery};
pub use questionnaire::{
    Definition, INDEX_METHOD, MOST_QUESTIONS, NewQuestionnaire, OptionCount, Question, QuestionKind, QuestionOption,
    QuestionResult, Questionnaire, QuestionnaireEdit, QuestionnaireId, QuestionnaireState, Replies, Reply, Results,
    Sending, answer, close_questionnaire, edit_questionnaire, make_questionnaire, publish_questionnaire,
    send_questionnaire,
};
pub use rate::{correct, rate};
pub use rateable::{
    Rateable, end_poster, for_case, for_case_told, for_own, for_poster, for_visit, make_poster, make_visit,
};
pub use rating::{
    CORRECTION_DAYS, MOST_WORDS, NewRating, Opinion, OwnRating, Progress, Rating, RatingId, Subject, VisitId,
};
pub use ratings::Ratings;
pub use remind::remind;
pub use review::{Review, decide};
pub use standard::standard_json;
pub use steps::{CONTACT_DAYS, MEND_DAYS, STEPS, Step, actions, step};
pub use tag::{Tag, tags, tags_of};
pub use visit::{MOST_BY_POSTER, NoVisitCode, Poster, VISIT_DAYS, Visit, VisitCode};
