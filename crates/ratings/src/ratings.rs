//! The room itself: where ratings are at rest, and every read.

use accounts::{Actor, Permission};
use database::{Database, Migration, Page, rows_on_a_page};
use jiff::Timestamp;
use jiff::civil::Date;
use network::OrganisationId;

use crate::figures::whole_months;
use crate::list::{cover, place, within};
use crate::questionnaire;
use crate::sql::{appeals, counts, follow_ups, questionnaires, ratings, visits};
use crate::{
    Appeal, AppealId, AppealQuery, Counts, Definition, Event, FollowUp, FollowUpId, FollowUpQuery, ItemFigure, Of,
    OutletFigure, OwnRating, Poster, Published, Questionnaire, QuestionnaireId, Rateable, Rating, RatingId,
    RatingQuery, RatingsError, Results, VisitCode, What,
};

const MIGRATIONS: [Migration; 2] = [
    Migration::new(1, "ratings, follow-ups, appeals", include_str!("../migrations/0001_ratings.sql")),
    Migration::new(2, "questionnaires", include_str!("../migrations/0002_questionnaires.sql")),
];

/// Ratings and what follows from them. Clones share the database.
#[derive(Clone, Debug)]
pub struct Ratings {
    database: Database,
}

impl Ratings {
    /// Opens the ratings and brings their tables up to date.
    pub async fn open(database: Database) -> Result<Self, RatingsError> {
        database.migrate("ratings", &MIGRATIONS).await?;
        Ok(Self { database })
    }

    /// Where they are at rest.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// The rating of something, for the one who may rate it.
    pub async fn own(&self, what: &Rateable) -> Result<Option<OwnRating>, RatingsError> {
        crate::rate::own_of(&mut *self.database.read().await?, what).await
    }

    /// A rating, for those who answer or review ratings at its outlet.
    pub async fn rating(&self, actor: &Actor, id: &RatingId) -> Result<Rating, RatingsError> {
        let cover = cover(actor)?;
        let found = ratings::get(&mut *self.database.read().await?, id).await?;
        let found = found.filter(|found| cover.holds(&found.rating.outlet));
        Ok(found.ok_or_else(|| RatingsError::not_found(What::Rating, id))?.shown())
    }

    /// A page of ratings, newest days first, of the outlets where the asker answers or reviews ratings.
    pub async fn ratings(&self, actor: &Actor, asked: &RatingQuery) -> Result<Page<Rating>, RatingsError> {
        let (cover, limit) = (cover(actor)?, rows_on_a_page(asked.limit));
        let after = place(asked.after.as_deref())?;
        let mut read = self.database.read().await?;
        let cover = within(&mut read, cover, asked.outlet.as_ref(), asked.to).await?;
        let found = ratings::page(&mut read, &cover, asked, after, limit + 1).await?;
        let found = found.into_iter().map(ratings::Stored::shown).collect();
        Ok(Page::of(found, limit, |last: &Rating| format!("{}~{}", last.day, last.id)))
    }

    /// How many of each level are in that list, however few: its pages show them all.
    pub async fn counts(&self, actor: &Actor, asked: &RatingQuery) -> Result<Counts, RatingsError> {
        let cover = cover(actor)?;
        let mut read = self.database.read().await?;
        let cover = within(&mut read, cover, asked.outlet.as_ref(), asked.to).await?;
        counts::counts(&mut read, &cover, asked).await
    }

    /// A follow-up with its events.
    pub async fn follow_up(&self, actor: &Actor, id: &FollowUpId) -> Result<(FollowUp, Vec<Event>), RatingsError> {
        let cover = cover(actor)?;
        let mut read = self.database.read().await?;
        let found = follow_ups::get(&mut read, id).await?.filter(|found| cover.holds(&found.outlet));
        let found = found.ok_or_else(|| RatingsError::not_found(What::FollowUp, id))?;
        let events = follow_ups::events(&mut read, id).await?;
        Ok((found, events))
    }

    /// The follow-up of a rating; none of one that was never bad.
    pub async fn follow_up_of(&self, actor: &Actor, id: &RatingId) -> Result<Option<FollowUp>, RatingsError> {
        let cover = cover(actor)?;
        let found = follow_ups::of_rating(&mut *self.database.read().await?, id).await?;
        Ok(found.filter(|found| cover.holds(&found.outlet)))
    }

    /// A page of follow-ups, those due first before others.
    pub async fn follow_ups(&self, actor: &Actor, asked: &FollowUpQuery) -> Result<Page<FollowUp>, RatingsError> {
        let (cover, limit) = (cover(actor)?, rows_on_a_page(asked.limit));
        let after = place(asked.after.as_deref())?;
        let mut read = self.database.read().await?;
        let cover = within(&mut read, cover, asked.outlet.as_ref(), asked.late_on).await?;
        let found = follow_ups::page(&mut read, &cover, asked, after, limit + 1).await?;
        Ok(Page::of(found, limit, |last| format!("{}~{}", last.due, last.id)))
    }

    /// An appeal.
    pub async fn appeal(&self, actor: &Actor, id: &AppealId) -> Result<Appeal, RatingsError> {
        let cover = cover(actor)?;
        let found = appeals::get(&mut *self.database.read().await?, id).await?;
        let found = found.filter(|found| cover.holds(&found.outlet));
        found.ok_or_else(|| RatingsError::not_found(What::Appeal, id))
    }

    /// The appeal against a rating.
    pub async fn appeal_of(&self, actor: &Actor, id: &RatingId) -> Result<Option<Appeal>, RatingsError> {
        let cover = cover(actor)?;
        let found = appeals::of_rating(&mut *self.database.read().await?, id).await?;
        Ok(found.filter(|found| cover.holds(&found.outlet)))
    }

    /// A page of appeals, newest first.
    pub async fn appeals(&self, actor: &Actor, asked: &AppealQuery) -> Result<Page<Appeal>, RatingsError> {
        let (cover, limit) = (cover(actor)?, rows_on_a_page(asked.limit));
        let after = place(asked.after.as_deref())?;
        let mut read = self.database.read().await?;
        let cover = within(&mut read, cover, asked.outlet.as_ref(), None).await?;
        let found = appeals::page(&mut read, &cover, asked, after, limit + 1).await?;
        Ok(Page::of(found, limit, |last| format!("{:.3}~{}", last.made_at, last.id)))
    }

    /// The poster of an outlet, for those who answer ratings there.
    pub async fn poster(&self, actor: &Actor, outlet: &OrganisationId) -> Result<Option<Poster>, RatingsError> {
        actor.require_at(Permission::AnswerRatings, outlet)?;
        visits::poster_of(&mut *self.database.read().await?, outlet).await
    }

    /// How often the poster of an outlet was set, which a change names; 0 for never.
    pub async fn poster_version(&self, actor: &Actor, outlet: &OrganisationId) -> Result<i64, RatingsError> {
        actor.require_at(Permission::AnswerRatings, outlet)?;
        visits::poster_version(&mut *self.database.read().await?, outlet).await
    }

    /// A questionnaire, for those who keep them at its organisation.
    pub async fn questionnaire(&self, actor: &Actor, id: &QuestionnaireId) -> Result<Questionnaire, RatingsError> {
        questionnaire::kept(&mut *self.database.read().await?, actor, id).await
    }

    /// A page of questionnaires, newest first, for those who keep them.
    pub async fn questionnaires(
        &self,
        actor: &Actor,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<Questionnaire>, RatingsError> {
        let permission = Permission::KeepQuestionnaires;
        let (cover, limit) = (actor.cover(permission).ok_or_else(|| actor.denied(permission))?, rows_on_a_page(limit));
        let after = place(after)?;
        let found = questionnaires::page(&mut *self.database.read().await?, &cover, after, limit + 1).await?;
        Ok(Page::of(found, limit, |last| format!("{:.3}~{}", last.made_at, last.id)))
    }

    /// What an edition of a questionnaire asks, for those who keep it.
    pub async fn edition(
        &self,
        actor: &Actor,
        id: &QuestionnaireId,
        edition: i64,
    ) -> Result<Option<Definition>, RatingsError> {
        let mut read = self.database.read().await?;
        questionnaire::kept(&mut read, actor, id).await?;
        questionnaires::edition(&mut read, id, edition).await
    }

    /// The questionnaire that a code opens, with what it asks and whether the code was used before. Public.
    pub async fn opened(
        &self,
        now: Timestamp,
        code: &VisitCode,
    ) -> Result<(Questionnaire, Definition, bool), RatingsError> {
        questionnaire::opened(&mut *self.database.read().await?, now, code).await
    }

    /// How many were invited, and how many of them have answered; for those who keep the questionnaire.
    pub async fn invited(&self, actor: &Actor, id: &QuestionnaireId) -> Result<(u64, u64), RatingsError> {
        let mut read = self.database.read().await?;
        questionnaire::kept(&mut read, actor, id).await?;
        questionnaires::invited(&mut read, id).await
    }

    /// What was answered to an edition, in numbers; for those who keep the questionnaire, and even for them not of few.
    pub async fn results(&self, actor: &Actor, id: &QuestionnaireId, edition: i64) -> Result<Results, RatingsError> {
        let mut read = self.database.read().await?;
        questionnaire::kept(&mut read, actor, id).await?;
        let definition = questionnaires::edition(&mut read, id, edition).await?;
        let definition = definition.ok_or_else(|| RatingsError::not_found(What::Questionnaire, id))?;
        let answers = questionnaires::answers(&mut read, id, edition).await?;
        Ok(questionnaire::results(edition, &definition, &answers))
    }

    /// What is published of an outlet, an item, a region or all, over the whole months of two days. Public.
    pub async fn published(&self, of: Of<'_>, from: Date, to: Date) -> Result<Published, RatingsError> {
        let counts = counts::of(&mut *self.database.read().await?, &of, whole_months(from, to)).await?;
        Ok(counts.published())
    }

    /// What is published of every outlet that was rated, over the whole months of two days. Public.
    pub async fn published_by_outlet(&self, from: Date, to: Date) -> Result<Vec<OutletFigure>, RatingsError> {
        counts::by_outlet(&mut *self.database.read().await?, whole_months(from, to)).await
    }

    /// How many of each level count at every outlet that was rated, over the whole months of two days, however few: for
    /// those who answer or review ratings there.
    pub async fn counts_by_outlet(
        &self,
        actor: &Actor,
        from: Date,
        to: Date,
    ) -> Result<Vec<(OrganisationId, Counts)>, RatingsError> {
        let cover = cover(actor)?;
        let all = counts::counts_by_outlet(&mut *self.database.read().await?, whole_months(from, to)).await?;
        Ok(all.into_iter().filter(|(outlet, _)| cover.holds(outlet)).collect())
    }

    /// What is published of every item that was rated, over the whole months of two days. Public.
    pub async fn published_by_item(&self, from: Date, to: Date) -> Result<Vec<ItemFigure>, RatingsError> {
        let by = counts::by_item(&mut *self.database.read().await?, whole_months(from, to)).await?;
        Ok(by.into_iter().map(|(item, counts)| ItemFigure { item, published: counts.published() }).collect())
    }
}
