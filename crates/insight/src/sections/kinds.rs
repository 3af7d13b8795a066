//! Sections of values of which a right has one: kind, status, office, place.

use charts::{Bars, Kind, Mark, Share, Tile, TileMap};
use index::FacetField;

use crate::section::{Page, Section, number};
use crate::sections::names::{leader, mark, rest, shares};
use crate::{Count, Ranking, SectionId};

/// Kinds of right or states, as parts of the whole.
pub(crate) fn parts(page: &Page<'_>, id: SectionId) -> Section {
    let (ranking, field, title, head, method) = match id {
        SectionId::Status => (
            &page.analysis.status,
            FacetField::Status,
            page.say("法律状态", "Legal status"),
            page.say("状态", "Status"),
            page.say(
                "分析当日的法律状态，由各局公布的状态和法律事件推定；每件权利一种状态。",
                "Status on the day of the analysis, from what the offices say and from legal events; a right has one.",
            ),
        ),
        _ => (
            &page.analysis.kinds,
            FacetField::Right,
            page.say("权利类型", "Kinds of right"),
            page.say("类型", "Kind"),
            page.say("每件权利一种类型。", "A right has one kind."),
        ),
    };
    page.section(
        id,
        title,
        method,
        String::new(),
        Kind::Share(Share {
            label_head: head.to_owned(),
            value_head: page.rights(),
            share_head: page.say("占比", "Share").to_owned(),
            marks: ranking.entries.iter().map(|entry| mark(page, field, entry)).collect(),
        }),
    )
}

/// Offices, countries, regions outside China, cities in it, and types of applicants.
pub(crate) fn places(page: &Page<'_>, id: SectionId) -> Section {
    let analysis = page.analysis;
    let others = Ranking { entries: analysis.regions.others.clone(), ..Ranking::default() };
    let (ranking, field, title, head, method) = match id {
        SectionId::Countries => (
            &analysis.countries,
            FacetField::Country,
            page.say("申请人国别", "Countries of applicants"),
            page.say("国家或地区", "Country"),
            page.say(
                "按申请人的国家或地区代码（ST.3）计，申请人来自几国就在每国各计一次。",
                "By the country codes (ST.3) of the applicants; a right with applicants of several countries counts in each.",
            ),
        ),
        SectionId::Regions => (
            &others,
            FacetField::Region,
            page.say("其他地区", "Other regions"),
            page.say("州、省或地区", "State, province or region"),
            page.say(
                "按申请人的州、省或地区计，写法与来源一致；中国各省见地图。",
                "By the states, provinces or regions of the applicants, as the sources write them; provinces of China are on the \
                 map.",
            ),
        ),
        SectionId::Cities => (
            &analysis.cities,
            FacetField::City,
            page.say("中国各城市", "Cities of China"),
            page.say("城市", "City"),
            page.say(
                "按中国申请人所在城市（直辖市为区县）计，取自城市、省份和地址；不能确定的不计，来自几市就在每市各计一次。",
                "By the cities of applicants in China, districts in municipalities, from city, region and address; what they do not \
                 tell surely is left out. A right with applicants of several cities counts in each.",
            ),
        ),
        SectionId::ApplicantTypes => (
            &analysis.applicant_types,
            FacetField::ApplicantType,
            page.say("申请人类型", "Types of applicants"),
            page.say("类型", "Type"),
            page.say(
                "由申请人名称判断，分类同中国专利统计；看不出的不计，共同申请人类型不同的各计一次。",
                "Told by the applicants' names, in the classes of China's patent statistics; names that do not tell are left out. A \
                 right with applicants of several types counts in each.",
            ),
        ),
        _ => (
            &analysis.offices,
            FacetField::Office,
            page.say("受理局", "Offices"),
            page.say("受理局", "Office"),
            page.say("按受理申请的局（ST.3）计，每件权利计一次。", "By the office of the application (ST.3); a right counts once."),
        ),
    };
    let mut section = page.section(
        id,
        title,
        method,
        leader(page, &labelled(page, field, ranking)),
        Kind::Bars(Bars {
            label_head: head.to_owned(),
            value_head: page.rights(),
            marks: ranking.entries.iter().map(|entry| mark(page, field, entry)).collect(),
        }),
    );
    if id != SectionId::Regions {
        section.figure.notes.extend(rest(page, ranking));
    }
    page.with_shares(section, &shares(&ranking.entries))
}

/// The ranking with names for people in place of codes.
fn labelled(page: &Page<'_>, field: FacetField, ranking: &Ranking) -> Ranking {
    let entries = ranking.entries.iter();
    let entries = entries.map(|entry| Count { value: page.label(field, &entry.value), ..entry.clone() });
    Ranking { entries: entries.collect(), ..ranking.clone() }
}

/// Provinces of China.
pub(crate) fn provinces(page: &Page<'_>) -> Section {
    let regions = &page.analysis.regions;
    let tiles = regions.provinces.iter().map(|province| Tile {
        code: format!("{:02}", province.code),
        value: province.count as f64,
        href: Some(page.links.to(&[&province.clause()])),
        note: None,
    });
    let most = regions.provinces.iter().max_by_key(|province| province.count);
    let seen = most.and_then(|most| {
        let (name, count) = (most.province()?.label(page.lang()), number(most.count));
        Some(if page.lang() == "zh" {
            format!("最多：{name}，{count} 件。")
        } else {
            format!("The most: {name}, {count} rights.")
        })
    });
    // Without any province there is no map, whatever lies elsewhere.
    let elsewhere = if regions.provinces.is_empty() { Vec::new() } else { elsewhere(page) };
    page.section(
        SectionId::Provinces,
        page.say("中国各省", "Provinces of China"),
        page.say(
            "按申请人的省份计，各种写法（简称、全称、英文、代码）合并，每件权利在一省只计一次；港澳台的国家或地区代码更多时按代码计。",
            "By the provinces of the applicants, all spellings (short, full, English, code) together; a right counts once in \
             each. Hong Kong, Macao and Taiwan by their country code where more rights carry it.",
        ),
        seen.unwrap_or_default(),
        Kind::TileMap(TileMap {
            lang: page.lang().to_owned(),
            label_head: page.say("省份", "Province").to_owned(),
            value_head: page.rights(),
            tiles: tiles.collect(),
            elsewhere,
        }),
    )
}

/// What is not on the map.
fn elsewhere(page: &Page<'_>) -> Vec<Mark> {
    let unknown = page.analysis.regions.unknown;
    let mark = || Mark::count(page.say("没有地区记载", "No region stated"), unknown).link(page.links.to(&["NOT re=*"]));
    if unknown > 0 { vec![mark()] } else { Vec::new() }
}
