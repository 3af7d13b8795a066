//! Figures of offices, countries and regions.

use charts::{Bars, Kind, Mark, Tile, TileMap};
use index::FacetField;
use search::clause;

use super::drawing::{Drawing, Part};
use crate::{ProvinceCount, Ranking};

fn ranked(drawing: &Drawing<'_>, facet: FacetField, ranking: &Ranking, method: String) -> Option<Part> {
    if ranking.entries.is_empty() {
        return None;
    }
    let kind = Kind::Bars(Bars {
        label_head: search::facet_name(facet, drawing.lang).to_owned(),
        value_head: drawing.rights(),
        marks: drawing.marks(facet, ranking),
    });
    Some(Part::new(kind, method).noted(drawing.without(ranking)))
}

pub(super) fn offices(drawing: &Drawing<'_>) -> Option<Part> {
    let method = drawing.t("受理申请的局。", "The office that received the application.");
    ranked(drawing, FacetField::Office, &drawing.analysis.offices, method)
}

pub(super) fn countries(drawing: &Drawing<'_>) -> Option<Part> {
    let method = drawing.t("申请人的国别或地区；申请人来自几处的权利各计一次。", "Countries or territories of the applicants; a right counts once in each.");
    ranked(drawing, FacetField::Country, &drawing.analysis.countries, method)
}

/// Regions that are no Chinese provinces.
pub(super) fn regions(drawing: &Drawing<'_>) -> Option<Part> {
    let method = drawing.t(
        "申请人所在的州、省等地区，按来源的写法；一项权利在每处计一次。",
        "States, provinces and other regions of the applicants as the source writes them; a right counts once in each.",
    );
    let others = Ranking { without: 0, ..drawing.analysis.regions.others.clone() };
    ranked(drawing, FacetField::Region, &others, method)
}

/// China's provinces as tiles.
pub(super) fn provinces(drawing: &Drawing<'_>) -> Option<Part> {
    let regions = &drawing.analysis.regions;
    if regions.provinces.is_empty() {
        return None;
    }
    let elsewhere: u64 = regions.others.entries.iter().map(|other| other.count).sum();
    let outside = [
        (elsewhere, drawing.t("境外及其他地区", "Elsewhere")),
        (regions.unknown, drawing.t("地区不明", "Region not known")),
    ];
    let kind = Kind::TileMap(TileMap {
        lang: drawing.lang.to_owned(),
        label_head: drawing.t("省份", "Province"),
        value_head: drawing.rights(),
        tiles: regions.provinces.iter().map(|province| tile(drawing, province)).collect(),
        elsewhere: outside.into_iter().filter(|(count, _)| *count > 0).map(|(count, name)| Mark::count(name, count)).collect(),
    });
    let method = drawing.t(
        "申请人所在的省、自治区、直辖市和特别行政区，每格一个，位置仿照地图；一项权利在每处计一次。",
        "Province-level divisions of the applicants, one tile each, placed as on a map; a right counts once in each.",
    );
    Some(Part::new(kind, method))
}

fn tile(drawing: &Drawing<'_>, province: &ProvinceCount) -> Tile {
    let conditions: Vec<String> =
        province.spellings.iter().map(|spelling| clause(FacetField::Region, spelling)).collect();
    let any = conditions.join(" OR ");
    Tile {
        code: province.code.to_string(),
        value: province.count as f64,
        href: Some(drawing.list(&[&any])),
        note: Some(drawing.share(province.share)),
    }
}
