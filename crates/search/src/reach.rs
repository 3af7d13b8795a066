//! What reads of another kind need: analysis asks the same index with the same classes and the same day.

use std::sync::Arc;

use index::{Index, Symbols};
use query::Query;
use records::Date;

use crate::schemes::symbols;
use crate::{SearchError, Searcher};

impl Searcher {
    /// The index behind it.
    pub fn index(&self) -> &Arc<dyn Index> {
        &self.index
    }

    /// The day that decides which rights have expired.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The classes of a query, resolved by the schemes that the register holds.
    pub async fn symbols(&self, query: &Query) -> Result<Symbols, SearchError> {
        Ok(symbols(&self.register, query).await?)
    }
}
