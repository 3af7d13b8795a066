//! Service items as the network names them: by their codes, with the titles of the day.

use std::collections::BTreeMap;

use jiff::civil::Date;
use services::ItemQuery;

use crate::App;
use crate::frame::Visit;
use crate::problem::Failure;

/// Titles of the items in force on a day, by code, in the language of the page.
pub(crate) async fn titles(app: &App, day: Date, visit: &Visit) -> Result<BTreeMap<String, String>, Failure> {
    let items = app.services.items_on(day, &ItemQuery::default()).await?;
    let title = |version: &services::Version| {
        (version.code.as_str().to_owned(), version.item.title.text(visit.lang.code()).to_owned())
    };
    Ok(items.iter().map(title).collect())
}
