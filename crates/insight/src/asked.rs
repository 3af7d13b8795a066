//! The questions of an analysis to the index: one pass over all matches, and a few counts of conditions besides.

use index::{CrossRequest, FacetField, Index, IndexError, Request, Seek, Sort, SortKey, Symbols, Tally, TallyRequest};
use query::{Field, Leaf, Query, Value};
use records::class::technology::{SECTORS, Sector};
use records::{Date, RightId};

use crate::regions::{self, Spelled};
use crate::years::MOST_YEARS;
use crate::{MOST_APPLICANTS, Settings, classes};

/// Rows of the tables of applicants and classes.
const ROWS: usize = 15;
/// Columns of the table of applicants by class.
const CLASSES: usize = 15;
/// Applicants looked at for joint filings.
const PARTNERS: usize = 50;
/// Years counted at most: all there are.
const ALL_YEARS: usize = 1000;

/// What the index answered.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    /// Entry of the feed up to which the index stands.
    pub(crate) position: i64,
    /// The one pass.
    pub(crate) tally: Tally,
    /// Rights that have any value of these fields.
    pub(crate) with: With,
    /// Rights by section of IPC and CPC.
    pub(crate) sections: Vec<(String, u64)>,
    /// Rights by number of the sector.
    pub(crate) sectors: Vec<(u8, u64)>,
    /// Rights by province.
    pub(crate) provinces: Vec<Spelled>,
    /// The right with the newest publication in the index.
    pub(crate) newest: Option<RightId>,
}

/// Rights that have a value at all.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct With {
    pub(crate) applicants: u64,
    pub(crate) owners: u64,
    pub(crate) inventors: u64,
    pub(crate) agents: u64,
    pub(crate) classes: u64,
    pub(crate) technologies: u64,
    pub(crate) regions: u64,
    pub(crate) countries: u64,
    pub(crate) cities: u64,
    pub(crate) applicant_types: u64,
}

/// Asks everything. Blocks.
pub(crate) fn ask(
    index: &dyn Index,
    query: &Query,
    symbols: &Symbols,
    settings: &Settings,
    today: Date,
) -> Result<Answers, IndexError> {
    let position = index.cursor()?;
    let tally = tally(index, query, symbols, settings.top)?;
    let classes: Vec<(String, u64)> = values(&tally, FacetField::Class);
    let sections = classes::sections(&classes);
    let sectors = sectors_of(&tally);
    let provinces = regions::spelled(&values(&tally, FacetField::Region));

    let mut conditions: Vec<Query> = WITH.iter().map(|field| leaf(*field, Value::Present)).collect();
    let open_sections: Vec<&String> =
        sections.iter().filter_map(|(section, known)| known.is_none().then_some(section)).collect();
    conditions.extend(open_sections.iter().map(|section| of_section(section)));
    let open_sectors: Vec<&Sector> =
        sectors.iter().filter_map(|(sector, known)| known.is_none().then_some(*sector)).collect();
    conditions.extend(open_sectors.iter().map(|sector| of_sector(sector)));
    let open_provinces: Vec<&Spelled> = provinces.iter().filter(|province| province.open()).collect();
    conditions.extend(open_provinces.iter().filter_map(|province| query::parse(&province.clause()).ok()));

    let mut counts = counts(index, query, symbols, &conditions)?.into_iter();
    let mut next = || counts.next().unwrap_or_default();
    let with = With {
        applicants: next(),
        owners: next(),
        inventors: next(),
        agents: next(),
        classes: next(),
        technologies: next(),
        regions: next(),
        countries: next(),
        cities: next(),
        applicant_types: next(),
    };
    let sections = sections.into_iter().map(|(section, known)| (section, known.unwrap_or_else(&mut next))).collect();
    let sectors = sectors.into_iter().map(|(sector, known)| (sector.number, known.unwrap_or_else(&mut next))).collect();
    let provinces = provinces.into_iter().map(|province| {
        let count = if province.open() { next() } else { province.count };
        Spelled { count, ..province }
    });
    let provinces = provinces.collect();
    Ok(Answers { position, tally, with, sections, sectors, provinces, newest: newest(index, today)? })
}

/// Fields of [`With`], in its order.
const WITH: [Field; 10] = [
    Field::Applicant,
    Field::Owner,
    Field::Inventor,
    Field::Agent,
    Field::Class,
    Field::Technology,
    Field::Region,
    Field::Country,
    Field::City,
    Field::ApplicantType,
];

fn tally(index: &dyn Index, query: &Query, symbols: &Symbols, top: usize) -> Result<Tally, IndexError> {
    let facets = [
        (FacetField::Right, 10),
        (FacetField::Status, 10),
        (FacetField::Office, 250),
        (FacetField::Applicant, MOST_APPLICANTS),
        (FacetField::Owner, top),
        (FacetField::Inventor, top),
        (FacetField::Agent, top),
        (FacetField::Class, 1000),
        (FacetField::Group, 500),
        (FacetField::Cited, top),
        (FacetField::Technology, 35),
        (FacetField::Region, 2000),
        (FacetField::Country, 300),
        (FacetField::City, top),
        (FacetField::ApplicantType, 5),
        (FacetField::FilingYear, ALL_YEARS),
        (FacetField::PublicationYear, ALL_YEARS),
        (FacetField::GrantYear, ALL_YEARS),
    ];
    let years = (FacetField::FilingYear, 2 * MOST_YEARS);
    let crosses = [
        CrossRequest { rows: (FacetField::Status, 10), columns: years },
        CrossRequest { rows: (FacetField::Applicant, ROWS), columns: (FacetField::Class, CLASSES) },
        CrossRequest { rows: (FacetField::Applicant, ROWS), columns: years },
        CrossRequest { rows: (FacetField::Class, ROWS), columns: years },
        CrossRequest { rows: (FacetField::Applicant, PARTNERS), columns: (FacetField::Applicant, PARTNERS) },
    ];
    let distinct = [(FacetField::FilingYear, FacetField::Applicant)];
    index.tally(&TallyRequest { query, symbols, facets: &facets, crosses: &crosses, distinct: &distinct })
}

/// The cross tables of [`tally`], in its order.
pub(crate) const STATUS_BY_YEAR: usize = 0;
pub(crate) const APPLICANT_CLASS: usize = 1;
pub(crate) const APPLICANT_YEAR: usize = 2;
pub(crate) const CLASS_YEAR: usize = 3;
pub(crate) const PARTNERSHIPS: usize = 4;

/// The counts of a facet.
pub(crate) fn values(tally: &Tally, field: FacetField) -> Vec<(String, u64)> {
    let facet = tally.facets.iter().find(|facet| facet.field == field);
    let counts = facet.map(|facet| facet.counts.as_slice()).unwrap_or_default();
    counts.iter().map(|count| (count.value.clone(), count.count)).collect()
}

/// The counts of a facet of years.
pub(crate) fn years(counts: &[index::FacetCount]) -> Vec<(i16, u64)> {
    counts.iter().filter_map(|count| Some((count.value.parse().ok()?, count.count))).collect()
}

/// Sectors of the fields that were found, each with its count where one field tells it.
fn sectors_of(tally: &Tally) -> Vec<(&'static Sector, Option<u64>)> {
    let fields: Vec<(u8, u64)> = values(tally, FacetField::Technology)
        .into_iter()
        .filter_map(|(field, count)| Some((field.parse().ok()?, count)))
        .collect();
    let sector = |sector: &'static Sector| {
        let mut own = fields.iter().filter(|(field, _)| (sector.fields.0..=sector.fields.1).contains(field));
        let (_, count) = own.next()?;
        Some((sector, own.next().is_none().then_some(*count)))
    };
    SECTORS.iter().filter_map(sector).collect()
}

fn leaf(field: Field, value: Value) -> Query {
    Query::Leaf(Leaf { field: Some(field), value, place: 0..0 })
}

fn of_section(section: &str) -> Query {
    leaf(Field::Class, Value::Class { symbol: section.to_owned(), exact: false })
}

fn of_sector(sector: &Sector) -> Query {
    let codes = (sector.fields.0..=sector.fields.1).map(|field| field.to_string()).collect();
    leaf(Field::Technology, Value::Codes { text: String::new(), codes })
}

/// Rights that match the query and each condition, counted on two threads.
fn counts(index: &dyn Index, query: &Query, symbols: &Symbols, conditions: &[Query]) -> Result<Vec<u64>, IndexError> {
    let count = |condition: &Query| index.count(&Query::and(query.clone(), condition.clone()), symbols);
    let (first, second) = conditions.split_at(conditions.len() / 2);
    let (first, second) = std::thread::scope(|scope| {
        let other = scope.spawn(|| second.iter().map(count).collect::<Result<Vec<u64>, _>>());
        let own = first.iter().map(count).collect::<Result<Vec<u64>, _>>();
        let broken = |_| Err(IndexError::Io("a counting thread broke off".to_owned()));
        (own, other.join().unwrap_or_else(broken))
    });
    Ok([first?, second?].concat())
}

/// The right that was published last, not after today.
fn newest(index: &dyn Index, today: Date) -> Result<Option<RightId>, IndexError> {
    let request = Request {
        query: &leaf(Field::PublicationDate, Value::Dates { from: None, to: Some(today) }),
        symbols: &Symbols::new(),
        sort: Sort { key: SortKey::Published, ascending: false },
        limit: 1,
        after: None::<&Seek>,
        facets: &[],
        explain: false,
        collapse: false,
    };
    Ok(index.search(&request)?.hits.into_iter().next().map(|hit| hit.id))
}
