//! The chapters, each from the room that knows it.

mod measures;
mod opinions;
mod outlets;
mod services;
mod stories;
mod tasks;

use crate::gather::About;
use crate::{Chapter, YearlyError};

/// All chapters in the order of the report.
pub(crate) async fn all(about: &About<'_>) -> Result<Vec<Chapter>, YearlyError> {
    let mut chapters = vec![
        outlets::chapter(about).await?,
        services::chapter(about).await?,
        opinions::chapter(about).await?,
        tasks::chapter(about).await?,
        measures::chapter(about).await?,
    ];
    chapters.extend(stories::chapter(about).await?);
    Ok(chapters)
}
