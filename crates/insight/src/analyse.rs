//! From a query to its analysis.

use std::collections::HashMap;
use std::sync::Arc;

use index::{Cross, FacetField};
use records::number::lookup_keys;
use records::{Date, RightId, RightKind};
use register::{Register, SchemeEntry};
use search::Searcher;

use crate::asked::{self, Answers, values, years};
use crate::classes::Scheme;
use crate::matrix::over_years;
use crate::{
    Analysis, Cited, Classes, Concentration, Count, Growth, Horizon, InsightError, Network, OTHER_LAG, PATENT_LAG,
    Ranking, Regions, Settings, Trend, life_cycle,
};

/// Years of the tables of applicants and classes by year.
const TABLE_YEARS: usize = 20;

/// Analyses what a query in the query language finds.
///
/// All numbers come from one pass over the index (and a few counts), so they are exact and cost about as much as a
/// search with facets, however many rights match.
pub async fn analyse(searcher: &Searcher, query_text: &str, settings: &Settings) -> Result<Analysis, InsightError> {
    let mut text = query_text.trim().to_owned();
    let mut query = query::parse(&text)?;
    if let Some(clause) = settings.clause() {
        text = query::with_clause(&text, &clause);
        query = query::parse(&text)?;
    }
    let symbols = searcher.symbols(&query).await?;
    let (index, today) = (Arc::clone(searcher.index()), searcher.today());
    let canonical = query::canonical(&query);
    let wanted = settings.clone();
    let asked = tokio::task::spawn_blocking(move || asked::ask(&*index, &query, &symbols, &wanted, today));
    let answers = asked.await.map_err(|error| InsightError::Broken(error.to_string()))??;

    let register = searcher.register();
    let newest = match &answers.newest {
        Some(id) => register.right(id).await?.and_then(|right| right.publication_date).map(|day| day.min(today)),
        None => None,
    };
    let mut analysis = assemble(&answers, settings, today, newest);
    (analysis.text, analysis.query) = (text, canonical);
    entitle(register, &mut analysis.classes).await?;
    find_cited(register, &mut analysis.citations).await?;
    Ok(analysis)
}

/// The figures of what the index answered; query, titles and cited rights are still to come.
pub(crate) fn assemble(answers: &Answers, settings: &Settings, today: Date, newest: Option<Date>) -> Analysis {
    let Answers { tally, with, .. } = answers;
    let (total, top) = (tally.total, settings.top);
    let single = |field| Ranking::single(&values(tally, field), top, total);
    let many = |field, with| Ranking::new(&values(tally, field), top, with, total);
    let applicants = values(tally, FacetField::Applicant);
    let (classes, groups) = (values(tally, FacetField::Class), values(tally, FacetField::Group));
    let cross = |place: usize| tally.crosses.get(place).cloned().unwrap_or_default();

    let kinds = values(tally, FacetField::Right);
    let lag = lag(&kinds);
    let horizon = Horizon { today, newest, lag };
    let trend = |field, complete: &dyn Fn(i16) -> bool| {
        let facet = tally.facets.iter().find(|facet| facet.field == field);
        let counts = years(facet.map(|facet| facet.counts.as_slice()).unwrap_or_default());
        Trend::new(&counts, total, today, complete)
    };
    let filed = trend(FacetField::FilingYear, &|year| horizon.filed(year));
    let by_year = |place| over_years(&cross(place), filed.last(TABLE_YEARS));
    let different = tally.distinct.first().map(|facet| years(&facet.counts)).unwrap_or_default();
    Analysis {
        text: String::new(),
        query: String::new(),
        settings: settings.clone(),
        position: answers.position,
        day: today,
        newest,
        lag,
        total,
        kinds: Ranking::single(&kinds, kinds.len(), total),
        published: trend(FacetField::PublicationYear, &|year| horizon.published(year)),
        granted: trend(FacetField::GrantYear, &|year| horizon.published(year)),
        growth: Growth::of(&filed.years),
        life_cycle: life_cycle(&filed.years, &different),
        concentration: Concentration::of(applicants.iter().map(|(_, count)| *count), with.applicants),
        applicants: Ranking {
            different: (applicants.len() < crate::MOST_APPLICANTS).then_some(applicants.len() as u64),
            ..Ranking::new(&applicants, top, with.applicants, total)
        },
        owners: many(FacetField::Owner, with.owners),
        inventors: many(FacetField::Inventor, with.inventors),
        agents: many(FacetField::Agent, with.agents),
        classes: Classes::new((&classes, &groups), &answers.sections, top, (with.classes, total)),
        technologies: Ranking::new(&values(tally, FacetField::Technology), 35, with.technologies, total),
        sectors: answers.sectors.iter().map(|(sector, count)| Count::of(sector.to_string(), *count, total)).collect(),
        offices: single(FacetField::Office),
        countries: many(FacetField::Country, with.countries),
        regions: Regions::new(
            &answers.provinces,
            (&values(tally, FacetField::Region), &values(tally, FacetField::Country)),
            top,
            (with.regions, total),
        ),
        cities: many(FacetField::City, with.cities),
        applicant_types: many(FacetField::ApplicantType, with.applicant_types),
        status: Ranking::single(&values(tally, FacetField::Status), 10, total),
        status_by_year: over_years(&cross(asked::STATUS_BY_YEAR), &filed.years),
        applicant_class: used(cross(asked::APPLICANT_CLASS)),
        applicant_year: by_year(asked::APPLICANT_YEAR),
        class_year: by_year(asked::CLASS_YEAR),
        network: Network::of(&cross(asked::PARTNERSHIPS), total),
        citations: values(tally, FacetField::Cited).into_iter().map(cited).collect(),
        filed,
    }
}

/// Months from filing to publication: those of patents when any right is one.
fn lag(kinds: &[(String, u64)]) -> i32 {
    let slow = [RightKind::Invention, RightKind::Plant].map(RightKind::code);
    if kinds.iter().any(|(kind, count)| *count > 0 && slow.contains(&kind.as_str())) { PATENT_LAG } else { OTHER_LAG }
}

/// A table without cells is no table.
fn used(cross: Cross) -> Cross {
    if cross.cells.is_empty() { Cross::default() } else { cross }
}

fn cited((number, count): (String, u64)) -> Cited {
    Cited { number, count, right: None, title: None }
}

/// Titles from the schemes that are loaded; symbols that only CPC has take theirs from CPC.
async fn entitle(register: &Register, classes: &mut Classes) -> Result<(), InsightError> {
    let mut places: HashMap<(Scheme, String), SchemeEntry> = HashMap::new();
    for (scheme, symbols) in classes.symbols() {
        let names: &[&str] = match scheme {
            Scheme::Patent => &["ipc", "cpc"],
            Scheme::Nice => &["nice"],
            Scheme::Locarno => &["locarno"],
        };
        let mut missing = symbols;
        for name in names {
            if missing.is_empty() {
                break;
            }
            let found = register.scheme_places(name, &missing).await?;
            missing.retain(|symbol| !found.contains_key(symbol));
            places.extend(found.into_iter().map(|(symbol, entry)| ((scheme, symbol), entry)));
        }
    }
    classes.entitle(&|scheme, symbol| match places.get(&(scheme, symbol.to_owned())) {
        Some(entry) => (entry.title_zh.clone(), entry.title_en.clone()),
        None => (None, None),
    });
    Ok(())
}

/// Rights of the cited publications that the register has.
async fn find_cited(register: &Register, citations: &mut [Cited]) -> Result<(), InsightError> {
    let mut found: Vec<(&mut Cited, RightId)> = Vec::new();
    for cited in citations {
        // A number that fits several rights points to none of them.
        if let [id] = register.find(&lookup_keys(&cited.number)).await?.as_slice() {
            found.push((cited, id.clone()));
        }
    }
    let ids: Vec<RightId> = found.iter().map(|(_, id)| id.clone()).collect();
    for ((cited, _), right) in found.into_iter().zip(register.rights(&ids).await?) {
        let Some(right) = right else { continue };
        cited.title = right.title("zh").map(str::to_owned);
        cited.right = Some(right.id.to_string());
    }
    Ok(())
}

#[cfg(test)]
#[path = "analyse_tests.rs"]
mod tests;
