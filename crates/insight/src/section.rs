//! The parts of an analysis for people: title, method, figure and table in one language.

use charts::{Figure, Kind, Table, TableCell, Words};
use index::FacetField;
use search::{clause, facet_label};
use serde::Serialize;

use crate::links::Links;
use crate::sections::{classes, kinds, names, tables, time};
use crate::{Analysis, SectionId};

/// A part of an analysis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    /// Which part; its code is the anchor.
    pub id: SectionId,
    /// Heading.
    pub title: String,
    /// One or two sentences that say how it is counted.
    pub method: String,
    /// The figure; every bar, cell and node opens its list.
    pub figure: Figure,
    /// The same in rows, with shares where they mean something.
    pub table: Table,
}

/// The parts of an analysis in the order of the page, in `zh` or, for every other language, English.
///
/// Parts that were chosen are all there; of those that were not, the ones without any figure are left out.
pub fn sections(analysis: &Analysis, lang: &str) -> Vec<Section> {
    let page = Page::new(analysis, lang);
    let chosen = |id: &SectionId| analysis.settings.shows(*id);
    let worth = |section: &Section| !analysis.settings.sections.is_empty() || !section.table.rows.is_empty();
    SectionId::ALL.into_iter().filter(chosen).map(|id| page.make(id)).filter(worth).collect()
}

/// What the makers of sections share.
pub(crate) struct Page<'a> {
    pub(crate) analysis: &'a Analysis,
    pub(crate) links: Links,
    lang: &'a str,
}

impl<'a> Page<'a> {
    pub(crate) fn new(analysis: &'a Analysis, lang: &'a str) -> Self {
        Self { analysis, links: Links::of(&analysis.text), lang: if lang == "zh" { "zh" } else { "en" } }
    }

    fn make(&self, id: SectionId) -> Section {
        match id {
            SectionId::Trend => time::filed(self),
            SectionId::Published => time::published(self),
            SectionId::Growth => time::growth(self),
            SectionId::LifeCycle => time::life_cycle(self),
            SectionId::StatusByYear => time::status(self),
            SectionId::Applicants | SectionId::Owners | SectionId::Inventors | SectionId::Agents => {
                names::ranking(self, id)
            }
            SectionId::Concentration => names::concentration(self),
            SectionId::Network => names::network(self),
            SectionId::Citations => names::citations(self),
            SectionId::Classes | SectionId::ClassTree => classes::tree(self, id),
            SectionId::Nice | SectionId::Locarno => classes::numbered(self, id),
            SectionId::Technologies => classes::technologies(self),
            SectionId::Sectors => classes::sectors(self),
            SectionId::Kinds | SectionId::Status => kinds::parts(self, id),
            SectionId::Offices
            | SectionId::Countries
            | SectionId::Regions
            | SectionId::Cities
            | SectionId::ApplicantTypes => kinds::places(self, id),
            SectionId::Provinces => kinds::provinces(self),
            SectionId::ApplicantClass => tables::applicant_class(self),
            SectionId::ApplicantYear => tables::applicant_year(self),
            SectionId::ClassYear => tables::class_year(self),
        }
    }

    /// `zh` or `en`.
    pub(crate) fn lang(&self) -> &'a str {
        self.lang
    }

    /// The words in the page's language.
    pub(crate) fn say<'w>(&self, zh: &'w str, en: &'w str) -> &'w str {
        if self.lang == "zh" { zh } else { en }
    }

    /// A value's name for people.
    pub(crate) fn label(&self, field: FacetField, value: &str) -> String {
        facet_label(field, value, self.lang)
    }

    /// The address of the list of one value.
    pub(crate) fn list(&self, field: FacetField, value: &str) -> String {
        self.links.to(&[&clause(field, value)])
    }

    /// The heading of numbers of rights.
    pub(crate) fn rights(&self) -> String {
        self.say("权利数（件）", "Rights").to_owned()
    }

    /// A section of a figure.
    pub(crate) fn section(&self, id: SectionId, title: &str, method: &str, seen: String, kind: Kind) -> Section {
        let words = Words {
            empty: self.say("没有可显示的数据", "Nothing to show").to_owned(),
            incomplete: self.say("斜线：尚不完整的年份", "Hatched: years that are not complete yet").to_owned(),
            cut: self
                .say("图中为 {all} 项中的 {shown} 项，表中为全部", "{shown} of {all} are drawn, the table has all")
                .to_owned(),
        };
        let figure = Figure::new(format!("figure-{}", id.code()), title, words, kind).described(seen);
        let table = figure.table();
        Section { id, title: title.to_owned(), method: method.to_owned(), figure, table }
    }

    /// The share of every row as a further column.
    pub(crate) fn with_shares(&self, mut section: Section, shares: &[f64]) -> Section {
        section.table.headings.push(self.say("占比", "Share").to_owned());
        let shares = shares.iter().copied().map(Some).chain(std::iter::repeat(None));
        for (row, share) in section.table.rows.iter_mut().zip(shares) {
            row.push(share.map_or_else(TableCell::default, percent_cell));
        }
        section
    }
}

/// `12.5%`.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// A share as a cell: the number is in per cent.
pub(crate) fn percent_cell(share: f64) -> TableCell {
    TableCell { text: percent(share), value: Some((share * 1000.0).round() / 10.0), href: None }
}

/// A count for running text.
pub(crate) fn number(count: u64) -> String {
    charts::number(count as f64)
}

#[cfg(test)]
#[path = "section_tests.rs"]
mod tests;
