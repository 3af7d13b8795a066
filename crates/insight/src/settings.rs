//! What an analysis shows: readable from and writable to the pairs of an address.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::InsightError;

/// Years that can be asked for.
const YEARS: std::ops::RangeInclusive<i16> = 1700..=9999;

/// A part of the analysis with a figure and a table of its own, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SectionId {
    /// Rights by filing year.
    Trend,
    /// Rights by year of publication and of grant.
    Published,
    /// Change from year to year.
    Growth,
    /// Kinds of right.
    Kinds,
    /// Applicants.
    Applicants,
    /// Owners.
    Owners,
    /// Inventors, designers, creators.
    Inventors,
    /// Agents and agencies.
    Agents,
    /// Types of applicants.
    ApplicantTypes,
    /// How much of the field the largest applicants hold.
    Concentration,
    /// Different applicants and applications by year.
    LifeCycle,
    /// IPC and CPC classes as areas.
    Classes,
    /// IPC and CPC classes as a tree.
    ClassTree,
    /// Nice classes of marks.
    Nice,
    /// Locarno classes of designs.
    Locarno,
    /// WIPO's 35 fields of technology.
    Technologies,
    /// WIPO's five sectors.
    Sectors,
    /// Offices.
    Offices,
    /// Countries of applicants.
    Countries,
    /// Provinces of China on a map of tiles.
    Provinces,
    /// Regions that are no Chinese provinces.
    Regions,
    /// Cities of China.
    Cities,
    /// Legal status.
    Status,
    /// Legal status by filing year.
    StatusByYear,
    /// Applicants by class.
    ApplicantClass,
    /// Applicants by filing year.
    ApplicantYear,
    /// Classes by filing year.
    ClassYear,
    /// Who files together.
    Network,
    /// Publications cited most.
    Citations,
}

impl SectionId {
    /// All parts in the order of the page.
    pub const ALL: [Self; 29] = [
        Self::Trend,
        Self::Published,
        Self::Growth,
        Self::Kinds,
        Self::Applicants,
        Self::Owners,
        Self::Inventors,
        Self::Agents,
        Self::ApplicantTypes,
        Self::Concentration,
        Self::LifeCycle,
        Self::Classes,
        Self::ClassTree,
        Self::Nice,
        Self::Locarno,
        Self::Technologies,
        Self::Sectors,
        Self::Offices,
        Self::Countries,
        Self::Provinces,
        Self::Regions,
        Self::Cities,
        Self::Status,
        Self::StatusByYear,
        Self::ApplicantClass,
        Self::ApplicantYear,
        Self::ClassYear,
        Self::Network,
        Self::Citations,
    ];

    /// The name in addresses and as an anchor, such as `life-cycle`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Trend => "trend",
            Self::Published => "published",
            Self::Growth => "growth",
            Self::Kinds => "kinds",
            Self::Applicants => "applicants",
            Self::Owners => "owners",
            Self::Inventors => "inventors",
            Self::Agents => "agents",
            Self::ApplicantTypes => "applicant-types",
            Self::Concentration => "concentration",
            Self::LifeCycle => "life-cycle",
            Self::Classes => "classes",
            Self::ClassTree => "class-tree",
            Self::Nice => "nice",
            Self::Locarno => "locarno",
            Self::Technologies => "technologies",
            Self::Sectors => "sectors",
            Self::Offices => "offices",
            Self::Countries => "countries",
            Self::Provinces => "provinces",
            Self::Regions => "regions",
            Self::Cities => "cities",
            Self::Status => "status",
            Self::StatusByYear => "status-by-year",
            Self::ApplicantClass => "applicant-class",
            Self::ApplicantYear => "applicant-year",
            Self::ClassYear => "class-year",
            Self::Network => "network",
            Self::Citations => "citations",
        }
    }

    /// Its short name in lists of parts, in `zh` or, for every other language, English.
    pub fn label(self, lang: &str) -> &'static str {
        let (zh, en) = match self {
            Self::Trend => ("申请趋势", "Filing trend"),
            Self::Published => ("公开与授权", "Publications and grants"),
            Self::Growth => ("增长", "Growth"),
            Self::Kinds => ("权利类型", "Kinds of right"),
            Self::Applicants => ("主要申请人", "Top applicants"),
            Self::Owners => ("主要权利人", "Top owners"),
            Self::Inventors => ("主要发明人", "Top inventors"),
            Self::Agents => ("主要代理", "Top agents"),
            Self::ApplicantTypes => ("申请人类型", "Applicant types"),
            Self::Concentration => ("集中度", "Concentration"),
            Self::LifeCycle => ("生命周期", "Life cycle"),
            Self::Classes => ("分类构成", "Classes"),
            Self::ClassTree => ("分类层级", "Class tree"),
            Self::Nice => ("尼斯类别", "Nice classes"),
            Self::Locarno => ("洛迦诺类别", "Locarno classes"),
            Self::Technologies => ("技术领域", "Technical fields"),
            Self::Sectors => ("技术部门", "Sectors"),
            Self::Offices => ("受理局", "Offices"),
            Self::Countries => ("申请人国别", "Countries"),
            Self::Provinces => ("省份分布", "Provinces of China"),
            Self::Regions => ("其他地区", "Other regions"),
            Self::Cities => ("城市分布", "Cities of China"),
            Self::Status => ("法律状态", "Legal status"),
            Self::StatusByYear => ("各年法律状态", "Legal status by year"),
            Self::ApplicantClass => ("申请人 × 分类", "Applicants × classes"),
            Self::ApplicantYear => ("申请人 × 年份", "Applicants × years"),
            Self::ClassYear => ("分类 × 年份", "Classes × years"),
            Self::Network => ("合作申请", "Joint applicants"),
            Self::Citations => ("被引文献", "Cited documents"),
        };
        if lang == "zh" { zh } else { en }
    }

    /// The part with this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.code() == code)
    }
}

/// What an analysis covers and shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Settings {
    /// Parts chosen; empty = all.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub sections: BTreeSet<SectionId>,
    /// First filing year; rights filed earlier are left out of everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<i16>,
    /// Last filing year; rights filed later are left out of everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<i16>,
    /// Lines of a ranking, 10 to 50.
    pub top: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { sections: BTreeSet::new(), from: None, to: None, top: Self::TOP }
    }
}

impl Settings {
    /// Lines of a ranking unless asked otherwise.
    pub const TOP: usize = 20;

    /// Reads the pairs `section` (several, or one with commas), `from`, `to` and `top`. Other pairs are passed over
    /// and an empty value is as good as none, as forms send it.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, InsightError> {
        let mut settings = Self::default();
        for (name, value) in pairs {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            match name {
                "section" => {
                    for code in value.split(',').map(str::trim).filter(|code| !code.is_empty()) {
                        let section = SectionId::from_code(code).ok_or_else(|| unknown_section(code))?;
                        settings.sections.insert(section);
                    }
                }
                "from" => settings.from = Some(year("from", value)?),
                "to" => settings.to = Some(year("to", value)?),
                "top" => settings.top = top(value)?,
                _ => {}
            }
        }
        match (settings.from, settings.to) {
            (Some(from), Some(to)) if from > to => {
                Err(setting("from", &from.to_string(), format!("a year not after «to», which is {to}")))
            }
            _ => Ok(settings),
        }
    }

    /// The pairs that [`Self::from_pairs`] reads back as the same settings; what stands as usual is left out.
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.sections.is_empty() {
            let codes: Vec<&str> = self.sections.iter().map(|section| section.code()).collect();
            pairs.push(("section", codes.join(",")));
        }
        pairs.extend(self.from.map(|year| ("from", year.to_string())));
        pairs.extend(self.to.map(|year| ("to", year.to_string())));
        if self.top != Self::TOP {
            pairs.push(("top", self.top.to_string()));
        }
        pairs
    }

    /// Whether a part is to be shown.
    pub fn shows(&self, section: SectionId) -> bool {
        self.sections.is_empty() || self.sections.contains(&section)
    }

    /// The range of filing years as a condition of the query language.
    pub fn clause(&self) -> Option<String> {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => Some(format!("ad={from}")),
            (Some(from), Some(to)) => Some(format!("ad=[{from} TO {to}]")),
            (Some(from), None) => Some(format!("ad>={from}")),
            (None, Some(to)) => Some(format!("ad<={to}")),
            (None, None) => None,
        }
    }
}

fn year(name: &'static str, value: &str) -> Result<i16, InsightError> {
    let year = value.parse().ok().filter(|year| YEARS.contains(year));
    year.ok_or_else(|| setting(name, value, format!("a year from {} to {}", YEARS.start(), YEARS.end())))
}

fn top(value: &str) -> Result<usize, InsightError> {
    let top = value.parse().ok().filter(|top| (10..=50).contains(top));
    top.ok_or_else(|| setting("top", value, "a number from 10 to 50".to_owned()))
}

fn unknown_section(code: &str) -> InsightError {
    let codes: Vec<&str> = SectionId::ALL.iter().map(|section| section.code()).collect();
    setting("section", code, format!("one of {}", codes.join(", ")))
}

fn setting(name: &'static str, value: &str, expected: String) -> InsightError {
    InsightError::Setting { name, value: value.to_owned(), expected }
}

#[cfg(test)]
#[path = "settings_tests.rs"]
mod tests;
