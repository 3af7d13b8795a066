//! Facets of names, cross tables and different values, and all counts against plain counting.

use std::collections::{BTreeMap, BTreeSet};

use query::{Field, Query};
use records::region::city_of_party;
use records::{ApplicantType, Date, PublicationNumber, Right, RightKind};
use serde_json::json;

use super::build::{Maker, Question, class, codes, dates, filled, number, right, whole};
use super::naive::matches;
use super::paging::shown;
use super::random::{Dice, corpus};
use crate::{Cross, CrossRequest, FacetCount, FacetField, Index, Symbols, Tally, TallyRequest};

/// Counts a question without classes of a scheme.
fn tally(
    index: &dyn Index,
    query: &Query,
    facets: &[(FacetField, usize)],
    crosses: &[CrossRequest],
    distinct: &[(FacetField, FacetField)],
) -> Tally {
    let request = TallyRequest { query, symbols: &Symbols::new(), facets, crosses, distinct };
    index.tally(&request).unwrap_or_else(|error| panic!("{query:?}: {error}"))
}

fn cross(rows: (FacetField, usize), columns: (FacetField, usize)) -> CrossRequest {
    CrossRequest { rows, columns }
}

/// Spellings of a name that are alike are one value, shown in the smallest of them that any right has.
pub fn name_facets(make: Maker<'_>) {
    let named = |id: &str, names: &[&str]| {
        let parties: Vec<_> = names.iter().map(|name| json!({"name": name})).collect();
        right(id, json!({"applicants": parties, "inventors": parties, "owners": parties, "agents": parties}))
    };
    let index = filled(
        make,
        [
            named("CN-P-1", &["華為技術有限公司", "华为技术有限公司"]),
            named("CN-P-2", &["华为技术（有限）公司"]),
            named("CN-P-3", &["ACME Co., Ltd.", "Acme Co Ltd", "★"]),
            named("CN-P-4", &["ＡＣＭＥ　ＣＯ．，ＬＴＤ"]),
            named("CN-P-5", &["A.C.M.E. Co Ltd"]),
        ],
    );
    let index = index.as_ref();
    for (field, asked) in [
        (FacetField::Applicant, Field::Applicant),
        (FacetField::Owner, Field::Owner),
        (FacetField::Inventor, Field::Inventor),
        (FacetField::Agent, Field::Agent),
    ] {
        let facet = &tally(index, &Query::All, &[(field, 10)], &[], &[]).facets[0];
        assert_eq!(shown(&facet.counts), "ACME Co., Ltd. 2, 华为技术有限公司 2, A.C.M.E. Co Ltd 1");
        for count in &facet.counts {
            let found = Question::new(&whole(asked, &count.value)).answer(index).total;
            assert_eq!(found, count.count, "{}", count.value);
        }
    }
    index.add(vec![crate::Document::Remove(records::RightId::from("CN-P-1".to_owned()))]).expect("added");
    index.commit(2, super::build::today()).expect("committed");
    let facet = &tally(index, &Query::All, &[(FacetField::Applicant, 2)], &[], &[]).facets[0];
    assert_eq!(shown(&facet.counts), "ACME Co., Ltd. 2, A.C.M.E. Co Ltd 1");
    let facet = &tally(index, &whole(Field::Applicant, "华为技术有限公司"), &[(FacetField::Applicant, 2)], &[], &[]);
    assert_eq!(shown(&facet.facets[0].counts), "华为技术（有限）公司 1", "the spelling that is left");
}

/// Cross tables and different values of a few rights, in full.
pub fn cross_tables(make: Maker<'_>) {
    let filed = |id: &str, year: u32, names: &[&str]| {
        let parties: Vec<_> = names.iter().map(|name| json!({"name": name})).collect();
        right(id, json!({"applicants": parties, "filing_date": format!("{year}-05-05"), "ipc": ["H01M10/05"]}))
    };
    let index = filled(
        make,
        [
            filed("CN-P-1", 2020, &["甲", "乙"]),
            filed("CN-P-2", 2020, &["甲"]),
            filed("CN-P-3", 2022, &["甲", "乙", "丙"]),
            filed("US-P-4", 2019, &["丁"]),
            right("US-P-5", json!({"applicants": [{"name": "丁"}]})),
        ],
    );
    let index = index.as_ref();
    let (applicant, year, group) = (FacetField::Applicant, FacetField::FilingYear, FacetField::Group);
    let crosses = [
        cross((applicant, 2), (year, 10)),
        cross((applicant, 10), (applicant, 10)),
        cross((year, 2), (FacetField::Office, 5)),
        cross((applicant, 0), (group, 3)),
    ];
    let distinct = [(year, applicant), (FacetField::Office, year), (applicant, FacetField::Cited)];
    let found = tally(index, &Query::All, &[(group, 3)], &crosses, &distinct);
    assert_eq!((found.total, shown(&found.facets[0].counts)), (5, "H01M10 4".to_owned()));
    let tables: Vec<String> = found.crosses.iter().map(table).collect();
    assert_eq!(tables[0], "甲 3, 丁 2 × 2019 1, 2020 2, 2022 1: 甲/2020 2, 甲/2022 1, 丁/2019 1");
    assert_eq!(
        tables[1],
        "甲 3, 丁 2, 乙 2, 丙 1 × 甲 3, 丁 2, 乙 2, 丙 1: 甲/甲 3, 甲/乙 2, 甲/丙 1, 丁/丁 2, 乙/甲 2, 乙/乙 2, \
         乙/丙 1, 丙/甲 1, 丙/乙 1, 丙/丙 1"
    );
    assert_eq!(tables[2], "2020 2, 2022 1 × CN 3, US 2: 2020/CN 2, 2022/CN 1", "the newest years, oldest first");
    assert_eq!(tables[3], " × H01M10 4: ");
    let distinct: Vec<String> = found.distinct.iter().map(|facet| shown(&facet.counts)).collect();
    assert_eq!(distinct, ["2022 3, 2020 2, 2019 1", "CN 2, US 1", ""]);
    let none = tally(index, &codes(Field::Office, &["EM"]), &[(group, 3)], &crosses, &[]);
    assert_eq!((none.total, none.crosses[0].clone()), (0, Cross::default()));
}

fn table(cross: &Cross) -> String {
    let cell = |cell: &crate::Cell| {
        format!("{}/{} {}", cross.rows[cell.row].value, cross.columns[cell.column].value, cell.count)
    };
    let cells: Vec<String> = cross.cells.iter().map(cell).collect();
    format!("{} × {}: {}", shown(&cross.rows), shown(&cross.columns), cells.join(", "))
}

/// The values of a right in a field, by their keys.
fn values(right: &Right, field: FacetField) -> BTreeMap<String, String> {
    let names = |parties: &[records::Party]| parties.iter().map(|party| party.name.clone()).collect::<Vec<_>>();
    let year = |date: Option<Date>| date.iter().map(|date| date.year().to_string()).collect();
    let symbols = || right.ipc.iter().map(records::Ipc::as_str).chain(right.cpc.iter().map(records::Cpc::as_str));
    let all: Vec<String> = match field {
        FacetField::Right => vec![right.right.code().to_owned()],
        FacetField::Status => vec![right.status.code().to_owned()],
        FacetField::Office => vec![right.office.as_str().to_owned()],
        FacetField::Applicant => names(&right.applicants),
        FacetField::Owner => names(&right.owners),
        FacetField::Inventor => names(&right.inventors),
        FacetField::Class => symbols().map(|symbol| symbol[..4].to_owned()).collect(),
        FacetField::Group => symbols().map(|symbol| symbol.split('/').next().unwrap_or_default().to_owned()).collect(),
        FacetField::Cited => {
            let numbers = right.citations.iter().filter_map(|citation| citation.number.clone());
            let kindless = |number: String| {
                PublicationNumber::read_full(&number).map_or(number, |(number, _)| number.as_str().to_owned())
            };
            numbers.map(kindless).collect()
        }
        FacetField::City => {
            right.applicants.iter().filter_map(city_of_party).map(|city| city.full.to_owned()).collect()
        }
        FacetField::ApplicantType => {
            right.applicants.iter().filter_map(ApplicantType::of).map(|kind| kind.code().to_owned()).collect()
        }
        FacetField::FilingYear => year(right.filing_date),
        FacetField::GrantYear => year(right.grant_date),
        other => panic!("the plain count knows no {other:?}"),
    };
    let key = |value: &str| if field.is_name() { language::whole(value) } else { value.to_owned() };
    let mut keyed = BTreeMap::new();
    for value in all.into_iter().map(|value| value.trim().to_owned()).filter(|value| !key(value).is_empty()) {
        let smallest = keyed.entry(key(&value)).or_insert_with(|| value.clone());
        *smallest = value.min(smallest.clone());
    }
    keyed
}

const FIELDS: [FacetField; 13] = [
    FacetField::Right,
    FacetField::Status,
    FacetField::Office,
    FacetField::Applicant,
    FacetField::Owner,
    FacetField::Inventor,
    FacetField::Class,
    FacetField::Group,
    FacetField::Cited,
    FacetField::City,
    FacetField::ApplicantType,
    FacetField::FilingYear,
    FacetField::GrantYear,
];

/// Plain counts over the rights that match, with the spelling shown of each value in the whole corpus.
struct Counted<'a> {
    matching: Vec<&'a Right>,
    spellings: BTreeMap<FacetField, BTreeMap<String, String>>,
}

impl<'a> Counted<'a> {
    fn new(rights: &'a [Right], query: &Query) -> Self {
        let mut spellings: BTreeMap<FacetField, BTreeMap<String, String>> = BTreeMap::new();
        for (right, field) in rights.iter().flat_map(|right| FIELDS.map(|field| (right, field))) {
            for (key, value) in values(right, field) {
                let smallest = spellings.entry(field).or_default().entry(key).or_insert_with(|| value.clone());
                *smallest = value.min(smallest.clone());
            }
        }
        Self { matching: rights.iter().filter(|right| matches(right, query)).collect(), spellings }
    }

    fn shown(&self, right: &Right, field: FacetField) -> Vec<String> {
        values(right, field).into_keys().map(|key| self.spellings[&field][&key].clone()).collect()
    }

    fn facet(&self, field: FacetField, most: usize) -> Vec<FacetCount> {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for value in self.matching.iter().flat_map(|right| self.shown(right, field)) {
            *counts.entry(value).or_default() += 1;
        }
        ordered(field, counts, most)
    }

    fn cross(&self, asked: &CrossRequest) -> Cross {
        let side = |(field, most): (FacetField, usize)| {
            let mut counts = self.facet(field, most);
            if field.is_year() {
                counts.reverse();
            }
            counts
        };
        let (rows, columns) = (side(asked.rows), side(asked.columns));
        let mut cells = Vec::new();
        for (row, one) in rows.iter().enumerate() {
            for (column, other) in columns.iter().enumerate() {
                let both = |right: &&&Right| {
                    self.shown(right, asked.rows.0).contains(&one.value)
                        && self.shown(right, asked.columns.0).contains(&other.value)
                };
                let count = self.matching.iter().filter(both).count() as u64;
                if count > 0 {
                    cells.push(crate::Cell { row, column, count });
                }
            }
        }
        Cross { rows, columns, cells }
    }

    fn distinct(&self, by: FacetField, of: FacetField) -> Vec<FacetCount> {
        let mut seen: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for right in &self.matching {
            for value in self.shown(right, by) {
                seen.entry(value).or_default().extend(self.shown(right, of));
            }
        }
        let counts = seen.into_iter().map(|(value, of)| (value, of.len() as u64)).filter(|(_, count)| *count > 0);
        ordered(by, counts.collect(), usize::MAX)
    }
}

fn ordered(field: FacetField, counts: BTreeMap<String, u64>, most: usize) -> Vec<FacetCount> {
    let mut counts: Vec<FacetCount> = counts.into_iter().map(|(value, count)| FacetCount { value, count }).collect();
    if field.is_year() {
        counts.reverse();
    } else {
        counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    }
    counts.truncate(most);
    counts
}

/// The clause that opens the list behind a count.
fn clause(field: FacetField, value: &str) -> Query {
    let year = |field| {
        let year: i16 = value.parse().expect("a year");
        dates(field, Some(Date::constant(year, 1, 1)), Some(Date::constant(year, 12, 31)))
    };
    match field {
        FacetField::Right => codes(Field::Right, &[RightKind::from_code(value).map_or(value, |kind| kind.code())]),
        FacetField::Status => codes(Field::Status, &[value]),
        FacetField::Office => codes(Field::Office, &[value]),
        FacetField::Applicant => whole(Field::Applicant, value),
        FacetField::Owner => whole(Field::Owner, value),
        FacetField::Inventor => whole(Field::Inventor, value),
        FacetField::Class => class(Field::Class, value, false),
        FacetField::Group => class(Field::Class, &format!("{value}/00"), false),
        FacetField::Cited => number(Field::Citation, &records::lookup_keys(value)),
        FacetField::City => codes(Field::City, &[value]),
        FacetField::ApplicantType => codes(Field::ApplicantType, &[value]),
        FacetField::FilingYear => year(Field::FilingDate),
        FacetField::GrantYear => year(Field::GrantDate),
        other => panic!("no clause for {other:?}"),
    }
}

/// `rounds` random corpora: facets, cross tables and different values of random queries are exact, and every count
/// is the number of rights that its own clause finds among the matches.
pub fn random_counts(make: Maker<'_>, rounds: u64) {
    for round in 0..rounds {
        let mut dice = Dice(1_000_000 + round);
        let (index, rights) = corpus(make, &mut dice);
        for _ in 0..8 {
            let query = dice.query(1);
            let most = [1, 3, 1000][dice.roll(3)];
            let mut pair = || (FIELDS[dice.roll(FIELDS.len())], FIELDS[dice.roll(FIELDS.len())]);
            let crosses: Vec<CrossRequest> =
                (0..4).map(|_| pair()).map(|(rows, columns)| cross((rows, most), (columns, 4))).collect();
            let distinct: Vec<_> = (0..3).map(|_| pair()).collect();
            let facets = FIELDS.map(|field| (field, most));
            let found = tally(index.as_ref(), &query, &facets, &crosses, &distinct);
            let counted = Counted::new(&rights, &query);
            assert_eq!(found.total, counted.matching.len() as u64, "round {round}: {query:#?}");
            let searched =
                Question { facets: facets.to_vec(), limit: 1, ..Question::new(&query) }.answer(index.as_ref());
            assert_eq!(searched.facets, found.facets, "round {round}: {query:#?}");
            for (facet, (field, most)) in found.facets.iter().zip(facets) {
                assert_eq!(facet.counts, counted.facet(field, most), "round {round}: {field:?} of {query:#?}");
                for count in facet.counts.iter().take(3) {
                    let list = Query::and(query.clone(), clause(field, &count.value));
                    let listed = index.count(&list, &Symbols::new()).expect("a count");
                    assert_eq!(listed, count.count, "round {round}: {field:?} {} of {query:#?}", count.value);
                }
            }
            for (cross, asked) in found.crosses.iter().zip(&crosses) {
                assert_eq!(*cross, counted.cross(asked), "round {round}: {asked:?} of {query:#?}");
            }
            for (facet, &(by, of)) in found.distinct.iter().zip(&distinct) {
                assert_eq!((facet.field, &facet.counts), (by, &counted.distinct(by, of)), "round {round}: {query:#?}");
            }
        }
    }
}
