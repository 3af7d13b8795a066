//! One small analysis for tests: ten made-up rights on batteries, counted by hand.

use index::{Cell, Cross, Facet, FacetCount, FacetField, Tally};
use jiff::civil::date;

use crate::analyse::assemble;
use crate::asked::{Answers, With};
use crate::regions::Spelled;
use crate::{Analysis, Settings};

pub(crate) fn value(value: &str, count: u64) -> FacetCount {
    FacetCount { value: value.to_owned(), count }
}

fn facet(field: FacetField, counts: &[(&str, u64)]) -> Facet {
    Facet { field, counts: counts.iter().map(|(name, count)| value(name, *count)).collect() }
}

fn cross(rows: &[(&str, u64)], columns: &[(&str, u64)], cells: &[(usize, usize, u64)]) -> Cross {
    let values = |list: &[(&str, u64)]| list.iter().map(|(name, count)| value(name, *count)).collect();
    let cells = cells.iter().map(|&(row, column, count)| Cell { row, column, count }).collect();
    Cross { rows: values(rows), columns: values(columns), cells }
}

const APPLICANTS: [(&str, u64); 4] = [("晨光电池有限公司", 5), ("Blue \"Sky\" Ltd.", 3), ("东山大学", 2), ("李四", 1)];
const YEARS: [(&str, u64); 4] = [("2019", 2), ("2020", 4), ("2022", 2), ("2025", 1)];
const CLASSES: [(&str, u64); 4] = [("H01M", 7), ("Nice 9", 2), ("H02J", 2), ("C01B", 1)];
const STATES: [(&str, u64); 3] = [("in-force", 5), ("pending", 3), ("lapsed", 2)];

/// What an index would answer.
pub(crate) fn answers() -> Answers {
    let facets = vec![
        facet(FacetField::Right, &[("invention", 7), ("trademark", 2), ("utility-model", 1)]),
        facet(FacetField::Status, &STATES),
        facet(FacetField::Office, &[("CN", 8), ("US", 2)]),
        facet(FacetField::Applicant, &APPLICANTS),
        facet(FacetField::Owner, &[("晨光电池有限公司", 4)]),
        facet(FacetField::Inventor, &[("王五", 3), ("赵六", 2)]),
        facet(FacetField::Agent, &[]),
        facet(FacetField::Class, &CLASSES),
        facet(FacetField::Group, &[("H01M10", 6), ("H01M4", 3), ("H02J7", 2), ("C01B32", 1)]),
        facet(FacetField::Cited, &[("CN203232659", 2), ("US8000000", 1)]),
        facet(FacetField::Technology, &[("1", 8), ("20", 1)]),
        facet(FacetField::Region, &[("广东", 4), ("Guangdong", 1), ("CA", 2)]),
        facet(FacetField::Country, &[("CN", 7), ("US", 2)]),
        facet(FacetField::City, &[("深圳市", 4), ("广州市", 1)]),
        facet(FacetField::ApplicantType, &[("enterprise", 6), ("university", 2)]),
        facet(FacetField::FilingYear, &[("2025", 1), ("2022", 2), ("2020", 4), ("2019", 2)]),
        facet(FacetField::PublicationYear, &[("2026", 1), ("2023", 2), ("2021", 4), ("2020", 2)]),
        facet(FacetField::GrantYear, &[("2023", 2), ("2022", 3)]),
    ];
    let crosses = vec![
        cross(&STATES, &YEARS, &[(0, 0, 2), (0, 1, 2), (1, 2, 2), (1, 3, 1), (2, 1, 2)]),
        cross(&APPLICANTS, &CLASSES, &[(0, 0, 4), (0, 1, 1), (1, 0, 2), (2, 0, 1), (2, 3, 1)]),
        cross(&APPLICANTS, &YEARS, &[(0, 0, 2), (0, 1, 2), (1, 2, 2), (2, 1, 1), (3, 3, 1)]),
        cross(&CLASSES, &YEARS, &[(0, 0, 2), (0, 1, 3), (0, 2, 1), (3, 1, 1)]),
        cross(&APPLICANTS, &APPLICANTS, &[(0, 0, 5), (0, 2, 1), (1, 1, 3), (2, 0, 1), (2, 2, 2), (3, 3, 1)]),
    ];
    let distinct = vec![facet(FacetField::FilingYear, &[("2025", 1), ("2022", 1), ("2020", 3), ("2019", 1)])];
    Answers {
        position: 42,
        tally: Tally { total: 10, facets, crosses, distinct },
        with: With {
            applicants: 9,
            owners: 4,
            inventors: 4,
            agents: 0,
            classes: 8,
            technologies: 8,
            regions: 7,
            countries: 9,
            cities: 5,
            applicant_types: 7,
        },
        sections: vec![("C".to_owned(), 1), ("H".to_owned(), 8)],
        sectors: vec![(1, 8), (3, 1)],
        provinces: vec![Spelled { code: 44, spellings: vec!["Guangdong".to_owned(), "广东".to_owned()], count: 5 }],
        newest: None,
    }
}

/// The analysis of these ten rights on 10 March 2026, with titles of two classes.
pub(crate) fn analysis() -> Analysis {
    let mut analysis = assemble(&answers(), &Settings::default(), date(2026, 3, 10), Some(date(2026, 3, 6)));
    "电池 OR battery".clone_into(&mut analysis.text);
    "电池 OR battery".clone_into(&mut analysis.query);
    analysis.classes.entitle(&|_, symbol| match symbol {
        "H" => (Some("电学".to_owned()), Some("Electricity".to_owned())),
        "H01M" => {
            (Some("化学能转变为电能".to_owned()), Some("Conversion of chemical into electrical energy".to_owned()))
        }
        _ => (None, None),
    });
    analysis
}

/// The analysis of a query that finds nothing.
pub(crate) fn nothing() -> Analysis {
    let mut analysis = assemble(&Answers::default(), &Settings::default(), date(2026, 3, 10), None);
    "nothing".clone_into(&mut analysis.text);
    "nothing".clone_into(&mut analysis.query);
    analysis
}
