use index::Cross;
use jiff::civil::date;

use crate::example::{analysis, nothing};
use crate::{OTHER_LAG, PATENT_LAG, Ranking};

#[test]
fn every_count_finds_its_place() {
    let analysis = analysis();
    assert_eq!((analysis.total, analysis.position, analysis.lag), (10, 42, PATENT_LAG));
    assert_eq!(analysis.newest, Some(date(2026, 3, 6)));
    assert_eq!(analysis.applicants.different, Some(4));
    assert_eq!((analysis.applicants.with, analysis.applicants.without), (9, 1));
    assert_eq!((analysis.owners.without, analysis.agents.without), (6, 10));
    let years: Vec<(i16, u64, bool)> =
        analysis.filed.years.iter().map(|year| (year.year, year.count, year.complete)).collect();
    let wanted = [
        (2019, 2, true),
        (2020, 4, true),
        (2021, 0, true),
        (2022, 2, true),
        (2023, 0, true),
        (2024, 0, false),
        (2025, 1, false),
    ];
    assert_eq!(years, wanted);
    assert_eq!(analysis.filed.undated, 1);
    let life: Vec<(i16, u64, u64)> =
        analysis.life_cycle.iter().map(|year| (year.year, year.applicants, year.applications)).collect();
    assert_eq!(life, [(2019, 1, 2), (2020, 3, 4), (2022, 1, 2), (2025, 1, 1)]);
    let shares = [5.0_f64, 3.0, 2.0, 1.0].map(|count| (count / 11.0 * 100.0).powi(2));
    let hhi = analysis.concentration.as_ref().map(|found| found.hhi);
    assert!(hhi.is_some_and(|hhi| (hhi - shares.iter().sum::<f64>()).abs() < 1e-9));
    assert_eq!(analysis.network.nodes.len(), 2);
    assert_eq!(analysis.regions.provinces.len(), 1);
}

#[test]
fn nothing_found_is_an_analysis_of_zeros() {
    let nothing = nothing();
    assert_eq!((nothing.total, nothing.lag, nothing.concentration.is_none()), (0, OTHER_LAG, true));
    assert!(nothing.filed.years.is_empty() && nothing.life_cycle.is_empty() && nothing.growth.compound.is_none());
    assert_eq!(nothing.status, Ranking { different: Some(0), ..Ranking::default() });
    let json = serde_json::to_string(&nothing).expect("JSON");
    assert!(!json.contains("null"), "a number that is none would be null: {json}");
}

#[test]
fn an_analysis_reads_back_from_json_as_it_was() {
    let analysis = analysis();
    let json = serde_json::to_string(&analysis).expect("JSON");
    assert_eq!(serde_json::from_str::<crate::Analysis>(&json).expect("read back"), analysis);
}

#[test]
fn shares_and_cells_keep_within_their_totals() {
    let analysis = analysis();
    for ranking in [&analysis.kinds, &analysis.status, &analysis.offices] {
        assert!(ranking.entries.iter().map(|entry| entry.share).sum::<f64>() <= 1.0 + 1e-9);
        assert_eq!(ranking.with + ranking.without, analysis.total);
    }
    for ranking in [&analysis.applicants, &analysis.inventors, &analysis.owners, &analysis.technologies] {
        assert!(ranking.entries.iter().all(|entry| entry.count <= ranking.with && entry.share <= 1.0));
        assert!(ranking.entries.is_sorted_by(|a, b| a.count >= b.count));
    }
    let within = |cross: &Cross| {
        cross.cells.iter().all(|cell| cell.count <= cross.rows[cell.row].count.min(cross.columns[cell.column].count))
    };
    for cross in [&analysis.status_by_year, &analysis.applicant_class, &analysis.applicant_year, &analysis.class_year] {
        assert!(within(cross), "{cross:?}");
    }
    let states: u64 = analysis.status_by_year.cells.iter().map(|cell| cell.count).sum();
    assert_eq!(states, analysis.filed.listed(), "every right has one state");
}
