//! The published satisfaction of one outlet, one item or all, as other pages show it.

use accounts::Permission;
use jiff::Span;
use jiff::civil::Date;
use network::OrganisationId;
use ratings::{ENOUGH, Figure, Level, Of, Published};

use super::{tenths, today};
use crate::App;
use crate::frame::Visit;
use crate::link::Link;
use crate::problem::Failure;
use crate::words::grouped;

/// What `templates/ratings/block.html` shows.
pub(crate) struct Satisfaction {
    pub(crate) period: String,
    /// None where too few have rated.
    pub(crate) figure: Option<FigureView>,
    pub(crate) enough: u64,
    /// The ratings behind it, for those who may read them.
    pub(crate) list: Option<String>,
    /// All published figures.
    pub(crate) more: String,
}

/// A figure in words.
pub(crate) struct FigureView {
    pub(crate) percent: String,
    pub(crate) stars: String,
    pub(crate) count: String,
    /// Name, how many, share of the longest bar.
    pub(crate) levels: Vec<(&'static str, String, u64)>,
}

impl FigureView {
    pub(super) fn new(figure: &Figure, lang: &str) -> Self {
        let most = Level::ALL.iter().map(|level| figure.levels.of(*level)).max().unwrap_or(0).max(1);
        let level = |level: &Level| {
            let count = figure.levels.of(*level);
            (level.label(lang), grouped(count), count * 100 / most)
        };
        Self {
            percent: format!("{}%", tenths(figure.satisfaction)),
            stars: format!("{:.2}", figure.stars),
            count: grouped(figure.count),
            levels: Level::ALL.iter().map(level).collect(),
        }
    }
}

/// The whole months of the year that ends today.
pub(super) fn last_year(today: Date) -> (Date, Date) {
    (today.first_of_month().saturating_sub(Span::new().months(11)), today.last_of_month())
}

/// A span of whole months in words.
pub(super) fn months((from, to): (Date, Date)) -> String {
    let month = |day: Date| format!("{:04}-{:02}", day.year(), day.month());
    if month(from) == month(to) { month(from) } else { format!("{} – {}", month(from), month(to)) }
}

/// What is published over the last twelve months.
pub(crate) async fn satisfaction(app: &App, visit: &Visit, of: Of<'_>) -> Result<Satisfaction, Failure> {
    let days = last_year(today(app));
    let published = app.ratings.published(of, days.0, days.1).await?;
    let figure = match &published {
        Published::Figure(figure) => Some(FigureView::new(figure, visit.lang.code())),
        Published::TooFew => None,
    };
    let (outlet, item) = match of {
        Of::Outlet(outlet) => (Some(outlet), ""),
        Of::Item(item) => (None, item.as_str()),
        Of::ItemAt(item, outlet) => (Some(outlet), item.as_str()),
        Of::All | Of::Region(_) => (None, ""),
    };
    Ok(Satisfaction {
        period: months(days),
        figure,
        enough: ENOUGH,
        list: list(visit, outlet, item, days),
        more: "/ratings".to_owned(),
    })
}

/// The list behind a figure, for those who may read all of it.
pub(super) fn list(
    visit: &Visit,
    outlet: Option<&OrganisationId>,
    item: &str,
    (from, to): (Date, Date),
) -> Option<String> {
    let reads = [Permission::AnswerRatings, Permission::ReviewRatings];
    let may = match outlet {
        Some(outlet) => reads.iter().any(|one| visit.actor.may_at(*one, outlet)),
        None => reads.iter().any(|one| visit.actor.may(*one)),
    };
    may.then(|| {
        Link::to("/desk/ratings")
            .with("outlet", outlet.map_or("", OrganisationId::as_str))
            .with("item", item)
            .with("standing", "counted")
            .with("from", from.to_string())
            .with("to", to.to_string())
            .address()
    })
}
