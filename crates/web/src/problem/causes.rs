//! Errors of the domain rooms as failures: what was asked and is not there, what is wrong, what another did first, what
//! broke. One place for all of them; those of a single page stand beside it.

use accounts::sending::SendingError;
use accounts::{AccountsError, Denied};
use cases::CasesError;
use credit::CreditError;
use database::DatabaseError;
use index::IndexError;
use indicators::IndicatorsError;
use insight::InsightError;
use notices::NoticesError;
use plans::PlansError;
use query::Mistake;
use ratings::RatingsError;
use search::SearchError;
use services::ServicesError;
use warnings::WarningsError;

use super::Failure;

impl From<SearchError> for Failure {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Mistake(mistake) => Self::Mistake(Box::new(mistake)),
            SearchError::Index(error) => error.into(),
            other => Self::Broken(Box::new(other)),
        }
    }
}

impl From<IndexError> for Failure {
    fn from(error: IndexError) -> Self {
        match error {
            IndexError::Cursor(_) => Self::PageMark,
            IndexError::Query(text) => {
                Self::wrong(format!("检索引擎不接受此检索式：{text}"), format!("The engine refuses the query: {text}"))
            }
            other => Self::Broken(Box::new(other)),
        }
    }
}

impl From<Mistake> for Failure {
    fn from(mistake: Mistake) -> Self {
        Self::Mistake(Box::new(mistake))
    }
}

impl From<InsightError> for Failure {
    fn from(error: InsightError) -> Self {
        match error {
            InsightError::Mistake(mistake) => mistake.into(),
            InsightError::Search(error) => error.into(),
            InsightError::Index(error) => error.into(),
            InsightError::Setting { name, value, expected } => Self::parameter(name, &value, &expected),
            other => Self::Broken(Box::new(other)),
        }
    }
}

impl From<Denied> for Failure {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

impl From<AccountsError> for Failure {
    fn from(error: AccountsError) -> Self {
        let (zh, en) = (error.text("zh"), error.text("en"));
        match error {
            AccountsError::Denied(denied) => Self::Denied(denied),
            AccountsError::Mark(_) => Self::PageMark,
            AccountsError::Stale { .. } | AccountsError::Taken { .. } => Self::Conflict(zh, en),
            AccountsError::TryLater { .. } => Self::TooMany(zh, en),
            AccountsError::NotFound(_) | AccountsError::NoGrant => Self::Missing(zh, en),
            error if error.is_about_what_was_asked() => Self::Wrong(zh, en),
            error => Self::Broken(Box::new(error)),
        }
    }
}

impl From<DatabaseError> for Failure {
    fn from(error: DatabaseError) -> Self {
        Self::Broken(Box::new(error))
    }
}

impl From<NoticesError> for Failure {
    fn from(error: NoticesError) -> Self {
        match error {
            NoticesError::Mark(_) => Self::PageMark,
            NoticesError::Stale { .. } => Self::Conflict(error.text("zh"), error.text("en")),
            NoticesError::Address { .. } => Self::Wrong(error.text("zh"), error.text("en")),
            error => Self::Broken(Box::new(error)),
        }
    }
}

impl From<SendingError> for Failure {
    fn from(error: SendingError) -> Self {
        match error {
            SendingError::Denied(denied) => denied.into(),
            SendingError::Notices(error) => error.into(),
            SendingError::Accounts(error) => error.into(),
        }
    }
}

impl From<ServicesError> for Failure {
    fn from(error: ServicesError) -> Self {
        let (zh, en) = (error.text("zh"), error.text("en"));
        match error {
            ServicesError::Denied(denied) => Self::Denied(denied),
            ServicesError::NoItem(_) | ServicesError::NoVersion { .. } => Self::Missing(zh, en),
            ServicesError::Stale { .. }
            | ServicesError::StaleYear { .. }
            | ServicesError::DraftOpen { .. }
            | ServicesError::State { .. }
            | ServicesError::KeyTaken(_) => Self::Conflict(zh, en),
            error if error.is_about_what_was_asked() => Self::Wrong(zh, en),
            error => Self::Broken(Box::new(error)),
        }
    }
}

impl From<CasesError> for Failure {
    fn from(error: CasesError) -> Self {
        let (zh, en) = (error.text("zh"), error.text("en"));
        match error {
            CasesError::Denied(denied) => Self::Denied(denied),
            CasesError::NotFound(_) => Self::Missing(zh, en),
            CasesError::Stale { .. }
            | CasesError::NotNow { .. }
            | CasesError::Paused(_)
            | CasesError::Once(_)
            | CasesError::Over { .. }
            | CasesError::KeyTaken => Self::Conflict(zh, en),
            CasesError::Database(error) => error.into(),
            CasesError::Notices(error) => error.into(),
            CasesError::Services(error) => error.into(),
            error if error.is_about_what_was_asked() => Self::Wrong(zh, en),
            error => Self::Broken(Box::new(error)),
        }
    }
}

impl From<RatingsError> for Failure {
    fn from(error: RatingsError) -> Self {
        let (zh, en) = (error.text("zh"), error.text("en"));
        match error {
            RatingsError::Denied(denied) => Self::Denied(denied),
            RatingsError::NotFound { .. } => Self::Missing(zh, en),
            RatingsError::TooMany(_) => Self::TooMany(zh, en),
            RatingsError::Invalid(_) => Self::Wrong(zh, en),
            RatingsError::Database(error) => error.into(),
            RatingsError::Notices(error) => error.into(),
            RatingsError::Services(error) => error.into(),
            RatingsError::Cases(error) => error.into(),
            RatingsError::Network(error) => crate::pages::network::failed(error),
            error if error.is_about_what_was_asked() => Self::Conflict(zh, en),
            error => Self::Broken(Box::new(error)),
        }
    }
}

impl From<CreditError> for Failure {
    fn from(error: CreditError) -> Self {
        let (zh, en) = (error.text("zh"), error.text("en"));
        match error {
            CreditError::Denied(denied) => Self::Denied(denied),
            CreditError::NotFound { .. } => Self::Missing(zh, en),
            CreditError::Invalid(_) | CreditError::Upload(_) => Self::Wrong(zh, en),
            CreditError::Database(error) => error.into(),
            CreditError::Notices(error) => error.into(),
            CreditError::Network(error) => crate::pages::network::failed(error),
            error if error.is_about_what_was_asked() => Self::Conflict(zh, en),
            error => Self::Broken(Box::new(error)),
        }
    }
}

impl From<WarningsError> for Failure {
    fn from(error: WarningsError) -> Self {
        let (zh, en) = (error.text("zh"), error.text("en"));
        match error {
            WarningsError::Denied(denied) => Self::Denied(denied),
            WarningsError::NotFound { .. } => Self::Missing(zh, en),
            WarningsError::Invalid(_) => Self::Wrong(zh, en),
            WarningsError::Database(error) => error.into(),
            WarningsError::Notices(error) => error.into(),
            WarningsError::Network(error) => crate::pages::network::failed(error),
            error if error.is_about_what_was_asked() => Self::Conflict(zh, en),
            error => Self::Broken(Box::new(error)),
        }
    }
}

impl From<IndicatorsError> for Failure {
    fn from(error: IndicatorsError) -> Self {
        let (zh, en) = (error.text("zh"), error.text("en"));
        match error {
            IndicatorsError::Denied(denied) => Self::Denied(denied),
            IndicatorsError::NoIndicator(_) | IndicatorsError::NoUnit(_) | IndicatorsError::NoValue { .. } => {
                Self::Missing(zh, en)
            }
            IndicatorsError::Invalid(_)
            | IndicatorsError::NotDue { .. }
            | IndicatorsError::NotEntered(_)
            | IndicatorsError::TooEarly(_)
            | IndicatorsError::Sheet(_)
            | IndicatorsError::Definition(_) => Self::Wrong(zh, en),
            IndicatorsError::Database(error) => error.into(),
            IndicatorsError::Notices(error) => error.into(),
            IndicatorsError::Network(error) => crate::pages::network::failed(error),
            error if error.is_about_what_was_asked() => Self::Conflict(zh, en),
            error => Self::Broken(Box::new(error)),
        }
    }
}

impl From<PlansError> for Failure {
    fn from(error: PlansError) -> Self {
        let (zh, en) = (error.text("zh"), error.text("en"));
        match error {
            PlansError::Denied(denied) => Self::Denied(denied),
            PlansError::NotFound { .. } => Self::Missing(zh, en),
            PlansError::Invalid(_) | PlansError::NoPlan(_) | PlansError::Upload(_) | PlansError::Sheet(_) => {
                Self::Wrong(zh, en)
            }
            PlansError::Database(error) => error.into(),
            PlansError::Notices(error) => error.into(),
            PlansError::Network(error) => crate::pages::network::failed(error),
            error if error.is_about_what_was_asked() => Self::Conflict(zh, en),
            error => Self::Broken(Box::new(error)),
        }
    }
}
