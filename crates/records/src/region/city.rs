//! Cities of China after GB/T 2260, as offices and people write them.

use std::sync::LazyLock;

use super::{Province, province_before, province_of, province_of_party, start_of};
use crate::Party;

/// A division right below the province: a city, prefecture, autonomous prefecture or league; in municipalities a district
/// or county; elsewhere a county that stands under no prefecture.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct City {
    /// First two digits of the code of GB/T 2260, those of its province.
    pub province: u8,
    /// Full name: `深圳市`, `延边朝鲜族自治州`, `渝北区`.
    pub full: &'static str,
    /// Short name: `深圳`, `延边`, `渝北`.
    pub zh: &'static str,
    /// English name: `Shenzhen`.
    pub en: &'static str,
    /// Former names of what lies wholly inside.
    former: Vec<&'static str>,
    /// Letters of the English name and of further spellings.
    keys: Vec<String>,
}

impl City {
    /// The short name in `zh` or, for every other language, English.
    pub fn label(&self, lang: &str) -> &'static str {
        if lang == "zh" { self.zh } else { self.en }
    }

    /// The full name of the municipality in which it is a district or county.
    pub fn municipality(&self) -> Option<&'static str> {
        let province = super::PROVINCES.iter().find(|province| province.code == self.province);
        province.filter(|province| province.is_municipality()).map(|province| province.full)
    }

    /// Full name and former names: nothing but these begins an address by itself.
    fn whole_names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.full).chain(self.former.iter().copied())
    }

    /// Whether it has this name in Latin letters, of which `key` holds letters alone.
    fn is_romanised(&self, key: &str) -> bool {
        self.keys.iter().any(|known| known == key)
    }
}

/// Every city in the order of provinces.
pub fn cities() -> &'static [City] {
    static CITIES: LazyLock<Vec<City>> = LazyLock::new(|| {
        let lines = include_str!("cities.tsv").lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(city).collect()
    });
    &CITIES
}

fn city(line: &'static str) -> Option<City> {
    let mut cells = line.split('\t');
    let (province, full, zh, en) = (cells.next()?.parse().ok()?, cells.next()?, cells.next()?, cells.next()?);
    let (latin, former): (Vec<&str>, Vec<&str>) = cells.partition(|name| name.is_ascii());
    let keys = std::iter::once(en).chain(latin).map(letters).collect();
    Some(City { province, full, zh, en, former, keys })
}

/// The cities that a name means, full, short, former or in Latin letters with or without its rank: one as a rule, more
/// where provinces share a name (`朝阳`, `Suzhou`), none for anything else.
pub fn cities_named(name: &str) -> Vec<&'static City> {
    let plain: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let is = |city: &&City| city.zh == plain || city.whole_names().any(|known| known == plain);
    cities().iter().filter(is).chain(cities_romanised(name)).collect()
}

/// The city of a party in China, by its city, address and region as far as they tell: a county-level city alone names no
/// prefecture, a district has to stand behind its municipality. `None` for parties elsewhere.
pub fn city_of_party(party: &Party) -> Option<&'static City> {
    if party.country.as_deref().is_some_and(|country| country != "CN") {
        return None;
    }
    let province = province_of_party(party);
    // Names in Latin letters are those of places elsewhere too: the country has to be told.
    let in_china = party.country.is_some() || province.is_some();
    let readable = |text: &&String| in_china || !text.is_ascii();
    let city = party.city.as_ref().filter(readable);
    let named = city.and_then(|city| only(cities_named(city), province));
    let texts = [city, party.address.as_ref().filter(readable), party.region.as_ref().filter(|text| !text.is_ascii())];
    named.or_else(|| texts.into_iter().flatten().find_map(|text| city_in(text, province)))
}

/// The one city of a province among some; without a province, the only one that is no district.
fn only(mut found: Vec<&'static City>, province: Option<&Province>) -> Option<&'static City> {
    found.retain(|city| match province {
        Some(province) => city.province == province.code,
        None => city.municipality().is_none(),
    });
    if let [city] = found[..] { Some(city) } else { None }
}

/// The city in which an address lies.
fn city_in(address: &str, province: Option<&'static Province>) -> Option<&'static City> {
    if address.is_ascii() {
        // What names a province as well is taken for the province: `Changchun, Jilin`.
        let pieces = address.rsplit([',', ';']).filter(|piece| province_of(piece).is_none());
        return pieces.into_iter().find_map(|piece| only(cities_romanised(piece), province));
    }
    let plain: String = address.chars().filter(|c| !c.is_whitespace()).collect();
    let start = start_of(&plain);
    if let Some(city) = begun(start, province, false) {
        return Some(city);
    }
    let (named, rest) = province_before(start)?;
    // A province that the address names itself must be that of the party.
    if province.is_some_and(|province| province != named) {
        return None;
    }
    // Municipalities repeat themselves where others have a city: 北京市北京市海淀区, 重庆市市辖区渝北区.
    let rest =
        [named.full, "市辖区", "县"].into_iter().fold(rest, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    begun(rest, Some(named), true)
}

/// The city with whose name a text begins; behind the name of its province the short one is enough, unless it goes on
/// as that of a road.
fn begun(text: &str, province: Option<&Province>, short: bool) -> Option<&'static City> {
    const ROADS: [&str; 5] = ["路", "街", "大道", "大街", "道"];
    let begins = |city: &&City| {
        let whole = city.whole_names().any(|name| text.starts_with(name));
        let briefly =
            || text.strip_prefix(city.zh).is_some_and(|rest| !ROADS.iter().any(|road| rest.starts_with(road)));
        whole || (short && city.municipality().is_none() && briefly())
    };
    only(cities().iter().filter(begins).collect(), province)
}

/// The cities with a name in Latin letters; what is called a district is none of the large ones.
fn cities_romanised(name: &str) -> Vec<&'static City> {
    let Some(key) = romanised(name) else { return Vec::new() };
    let name = name.trim().to_lowercase();
    let district = [" district", " qu", " area"].iter().any(|rank| name.ends_with(rank));
    let is = |city: &&City| city.is_romanised(&key) && (!district || city.municipality().is_some());
    cities().iter().filter(is).collect()
}

/// The letters of a name in Latin script without its rank and a postal code; `None` for other scripts.
fn romanised(name: &str) -> Option<String> {
    const RANKS: [&str; 14] = [
        " new area",
        " new district",
        " district",
        " county",
        " city",
        " prefecture",
        " autonomous",
        " municipality",
        " league",
        " shi",
        "-shi",
        " qu",
        " xian",
        " zhou",
    ];
    if name.contains(|c: char| !c.is_ascii() && c != 'ü' && c != 'Ü') {
        return None;
    }
    let lower = name.to_lowercase();
    let mut bare = lower.trim_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    while let Some(shorter) = RANKS.iter().find_map(|rank| bare.strip_suffix(rank)) {
        bare = shorter.trim_end();
    }
    Some(letters(bare)).filter(|key| !key.is_empty())
}

/// The letters of a name in lower case.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
#[path = "city_tests.rs"]
mod tests;
