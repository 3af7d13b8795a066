//! Names of regions.

use charts::{Figure, Kind as Drawing, Mark, Tile, TileMap, Words};
use jiff::civil::Date;
use network::{RegionCode, RegionLevel, division_on};
use records::region::{City, cities};

use crate::frame::Visit;
use crate::language::Lang;

/// A region by itself: `重庆市`, in English `Chongqing`; prefectures that are no more have Chinese names alone.
pub(crate) fn short(code: &RegionCode, day: Date, lang: Lang) -> String {
    match code.level() {
        RegionLevel::Nation => lang.t("全国", "Whole country").to_owned(),
        RegionLevel::Province if lang == Lang::En => {
            charts::province(code.as_str()).map_or(code.as_str(), |province| province.en).to_owned()
        }
        _ => division_on(code, day).map_or_else(|| code.to_string(), |region| named(code, &region.name, lang)),
    }
}

/// A name of a prefecture, in English where the city is known by one.
pub(crate) fn named(code: &RegionCode, name: &str, lang: Lang) -> String {
    let here = |city: &&City| city.full == name && format!("{:02}", city.province) == code.as_str()[..2];
    let english = cities().iter().find(here).filter(|_| lang == Lang::En);
    english.map_or(name, |city| city.en).to_owned()
}

/// A region with what holds it: `江苏省 南京市`. Counties are named by what holds them.
pub(crate) fn full(code: &RegionCode, day: Date, lang: Lang) -> String {
    let above = [code.province(), code.prefecture()].into_iter().flatten();
    let known = above.filter(|region| division_on(region, day).is_some());
    let names: Vec<String> = known.map(|region| short(&region, day, lang)).collect();
    if names.is_empty() { short(code, day, lang) } else { names.join(lang.t(" ", " · ")) }
}

/// Numbers of provinces as a map; what serves the whole country stands under it.
pub(crate) fn map(
    id: &str,
    (title, heading): (&str, &str),
    numbers: Vec<(RegionCode, f64, String, Option<String>)>,
    visit: &Visit,
) -> Figure {
    let mut tiles = Vec::new();
    let mut elsewhere = Vec::new();
    for (region, value, href, note) in numbers {
        if region.level() == RegionLevel::Nation {
            let label = visit.t("面向全国", "Serve the whole country");
            elsewhere.push(Mark { label: label.to_owned(), value, href: Some(href), note });
        } else {
            tiles.push(Tile { code: region.as_str()[..2].to_owned(), value, href: Some(href), note });
        }
    }
    let map = TileMap {
        lang: visit.lang.code().to_owned(),
        label_head: visit.t("省(区、市)", "Province").to_owned(),
        value_head: heading.to_owned(),
        tiles,
        elsewhere,
    };
    Figure::new(id, title, words(visit), Drawing::TileMap(map))
}

/// Words that drawings may need.
pub(crate) fn words(visit: &Visit) -> Words {
    Words {
        empty: visit.t("没有可画的内容", "There is nothing to draw").to_owned(),
        incomplete: String::new(),
        cut: visit.t("画出 {shown} 项，共 {all} 项", "{shown} of {all} are drawn").to_owned(),
    }
}
