//! Divisions of the country by GB/T 2260: six digits, two each for province, prefecture and county.
//!
//! Codes and names are dated: a city is renamed, a county becomes a district, a prefecture joins its neighbour. All
//! provinces and prefectures since 1980 come with the program; counties are loaded ([`crate::load_counties`]).

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A code of GB/T 2260: `500000` Chongqing, `320100` Nanjing, `110108` Haidian; `000000` the whole country.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "500000")]
pub struct RegionCode(String);

/// A text that is no code of a region.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("«{0}» is no region code: write the six digits of GB/T 2260, such as 500000, or 000000 for the whole country")]
pub struct NoRegion(pub String);

/// How large a region is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RegionLevel {
    /// The whole country.
    Nation,
    /// 省, 自治区, 直辖市, 特别行政区.
    Province,
    /// 地级市, 地区, 自治州, 盟.
    Prefecture,
    /// 县, 区, 县级市, 旗.
    County,
}

impl RegionCode {
    /// The whole country.
    pub fn nation() -> Self {
        Self("000000".to_owned())
    }

    /// The six digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How large the region is, told by the zeros at its end.
    pub fn level(&self) -> RegionLevel {
        match self.prefix().len() {
            0 => RegionLevel::Nation,
            2 => RegionLevel::Province,
            4 => RegionLevel::Prefecture,
            _ => RegionLevel::County,
        }
    }

    /// The digits that the codes of everything inside begin with: none, two, four or six.
    pub fn prefix(&self) -> &str {
        let pairs = [&self.0[..2], &self.0[2..4], &self.0[4..]];
        let filled = pairs.iter().rposition(|pair| *pair != "00").map_or(0, |last| last + 1);
        &self.0[..filled * 2]
    }

    /// Whether `other` lies inside or is the same.
    pub fn contains(&self, other: &Self) -> bool {
        other.0.starts_with(self.prefix())
    }

    /// The first and the last code inside, itself included.
    pub fn range(&self) -> (String, String) {
        (format!("{:0<6}", self.prefix()), format!("{:9<6}", self.prefix()))
    }

    /// The province of the region; none for the whole country.
    pub fn province(&self) -> Option<Self> {
        (self.level() != RegionLevel::Nation).then(|| Self(format!("{}0000", &self.0[..2])))
    }

    /// The prefecture of the region; none for provinces.
    pub fn prefecture(&self) -> Option<Self> {
        (self.level() >= RegionLevel::Prefecture).then(|| Self(format!("{}00", &self.0[..4])))
    }

    /// Whether counties stand under the province here, without a prefecture between: in Beijing, Tianjin, Shanghai
    /// and Chongqing, and in the groups numbered 90.
    pub fn has_no_prefecture(&self) -> bool {
        let municipality =
            matches!(&self.0[..2], "11" | "12" | "31" | "50") && matches!(&self.0[2..4], "01" | "02" | "03");
        municipality || &self.0[2..4] == "90"
    }
}

impl FromStr for RegionCode {
    type Err = NoRegion;

    fn from_str(text: &str) -> Result<Self, NoRegion> {
        let text = text.trim();
        let digits = text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit());
        // A county needs a prefecture and a prefecture a province: 500001 and 005000 name nothing.
        let gap = digits && ((&text[..2] == "00" && text != "000000") || (&text[2..4] == "00" && &text[4..] != "00"));
        if digits && !gap { Ok(Self(text.to_owned())) } else { Err(NoRegion(text.to_owned())) }
    }
}

impl TryFrom<String> for RegionCode {
    type Error = NoRegion;

    fn try_from(text: String) -> Result<Self, NoRegion> {
        text.parse()
    }
}

impl From<RegionCode> for String {
    fn from(code: RegionCode) -> Self {
        code.0
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A division and the name it had for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Region {
    /// Its code.
    pub code: RegionCode,
    /// Its Chinese name.
    pub name: String,
    /// First day; none when it is older than the first edition.
    #[schema(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
    /// The day on which it was no longer in; none while it lasts.
    #[schema(value_type = Option<String>, format = Date)]
    pub to: Option<Date>,
}

impl Region {
    /// Whether code and name were in force on this day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day < to)
    }
}

/// All provinces and prefectures with their names of all times, by code and time.
pub fn divisions() -> &'static [Region] {
    static DIVISIONS: LazyLock<Vec<Region>> = LazyLock::new(|| {
        let lines = include_str!("divisions.tsv").lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(division).collect()
    });
    &DIVISIONS
}

fn division(line: &str) -> Option<Region> {
    let mut cells = line.split('\t');
    let (code, name, from, to) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
    Some(Region { code: code.parse().ok()?, name: name.to_owned(), from: from.parse().ok(), to: to.parse().ok() })
}

/// The province or prefecture that had this code on this day.
pub fn division_on(code: &RegionCode, day: Date) -> Option<&'static Region> {
    let all = divisions();
    let first = all.partition_point(|region| region.code < *code);
    all[first..].iter().take_while(|region| region.code == *code).find(|region| region.holds_on(day))
}

/// The provinces of a day, the special administrative regions and Taiwan among them.
pub fn provinces(day: Date) -> impl Iterator<Item = &'static Region> {
    divisions().iter().filter(move |region| region.code.level() == RegionLevel::Province && region.holds_on(day))
}

/// The provinces in which the plans ask for a public-service body: 31 today, without 71, 81 and 82.
pub fn planned_provinces(day: Date) -> impl Iterator<Item = &'static Region> {
    provinces(day).filter(|region| !matches!(region.code.prefix(), "71" | "81" | "82"))
}

/// The prefecture-level divisions of a day.
pub fn prefectures(day: Date) -> impl Iterator<Item = &'static Region> {
    divisions().iter().filter(move |region| region.code.level() == RegionLevel::Prefecture && region.holds_on(day))
}

#[cfg(test)]
#[path = "region_tests.rs"]
mod tests;
