//! What people say, by the outlets under a unit; of few nothing is told.

use std::collections::HashMap;

use accounts::Actor;
use indicators::{Asked, Boxed, Figure, Figures, Measure, Unit};
use network::{Level, OrganisationId};
use ratings::{Counts, ENOUGH, Published, Ratings};

use super::{address, measure, untold};

/// Counts ratings.
#[derive(Debug)]
pub(crate) struct Opinions {
    ratings: Ratings,
}

impl Opinions {
    pub(crate) fn new(ratings: Ratings) -> Self {
        Self { ratings }
    }
}

impl Figures for Opinions {
    fn measures(&self) -> Vec<Measure> {
        let how = (
            "按单位及其下属网点的评价计，不足 5 条不公布",
            "ratings of the unit and the outlets under it; fewer than five are not told",
        );
        vec![
            measure("ratings.count", true, ("当期计入的评价", "ratings that count in the period"), how),
            measure("ratings.satisfaction", true, ("当期满意率", "share of the satisfied in the period"), how),
            measure("ratings.stars", true, ("当期平均星级", "mean stars in the period"), how),
        ]
    }

    fn read<'a>(&'a self, asked: Asked<'a>, units: &'a [Unit]) -> Boxed<'a, Result<Vec<Figure>, String>> {
        let Asked { measure, period, .. } = asked;
        Box::pin(async move {
            let (from, to) = (period.first_day(), period.last_day());
            let program = Actor::system("indicators");
            let counts = self.ratings.counts_by_outlet(&program, from, to).await.map_err(|error| error.to_string())?;
            let by: HashMap<OrganisationId, Counts> = counts.into_iter().collect();
            let figure = |unit: &Unit| {
                let all = unit.under.iter().filter_map(|id| by.get(id)).fold(Counts::default(), Counts::with);
                let Published::Figure(figure) = all.published() else {
                    let (zh, en) = (format!("评价不足 {ENOUGH} 条"), format!("fewer than {ENOUGH} ratings"));
                    return Some(untold(&zh, &en));
                };
                let number = match measure {
                    "ratings.count" => figure.count as f64,
                    "ratings.satisfaction" => figure.satisfaction,
                    "ratings.stars" => figure.stars,
                    _ => return None,
                };
                let outlet = if unit.level == Level::Outlet { unit.id.as_str() } else { "" };
                let (from, to) = (from.to_string(), to.to_string());
                let list = address("/desk/ratings", &[("outlet", outlet), ("from", &from), ("to", &to)]);
                Some(Figure { number: Ok(number), href: Some(list) })
            };
            let figures: Option<Vec<Figure>> = units.iter().map(figure).collect();
            figures.ok_or_else(|| format!("{measure} is not measured here"))
        })
    }
}
