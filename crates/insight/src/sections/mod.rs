//! An analysis as figures with their tables and a word on how each is counted.

mod classes;
mod crosses;
mod drawing;
mod places;
mod rankings;
mod years;

use charts::{Figure, Table};

use crate::{Analysis, SectionId};
use drawing::Drawing;

/// One part of an analysis.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Which.
    pub id: SectionId,
    /// Its heading.
    pub title: String,
    /// How it is counted, in one or two sentences.
    pub method: String,
    /// The figure; every bar, cell and node opens its list.
    pub figure: Figure,
    /// The same in rows.
    pub table: Table,
}

/// The parts that the analysis asks for and that have anything to show, in the order of the page; words in `lang`, `zh` or
/// `en`.
pub fn sections(analysis: &Analysis, lang: &str) -> Vec<Section> {
    if analysis.total == 0 {
        return Vec::new();
    }
    let drawing = Drawing::new(analysis, lang);
    let shown = SectionId::ALL.into_iter().filter(|id| analysis.settings.shows(*id));
    shown.filter_map(|id| section(&drawing, id)).collect()
}

fn section(drawing: &Drawing<'_>, id: SectionId) -> Option<Section> {
    let part = match id {
        SectionId::Trend => years::trend(drawing),
        SectionId::Published => years::published(drawing),
        SectionId::Growth => years::growth(drawing),
        SectionId::LifeCycle => years::life_cycle(drawing),
        SectionId::StatusByYear => years::status_by_year(drawing),
        SectionId::Kinds => rankings::kinds(drawing),
        SectionId::Status => rankings::status(drawing),
        SectionId::Applicants => rankings::applicants(drawing),
        SectionId::Owners => rankings::owners(drawing),
        SectionId::Inventors => rankings::inventors(drawing),
        SectionId::Agents => rankings::agents(drawing),
        SectionId::Concentration => rankings::concentration(drawing),
        SectionId::Citations => rankings::citations(drawing),
        SectionId::Classes => classes::areas(drawing),
        SectionId::ClassTree => classes::tree(drawing),
        SectionId::Nice => classes::nice(drawing),
        SectionId::Locarno => classes::locarno(drawing),
        SectionId::Technologies => classes::technologies(drawing),
        SectionId::Sectors => classes::sectors(drawing),
        SectionId::Offices => places::offices(drawing),
        SectionId::Countries => places::countries(drawing),
        SectionId::Provinces => places::provinces(drawing),
        SectionId::Regions => places::regions(drawing),
        SectionId::ApplicantClass => crosses::applicant_class(drawing),
        SectionId::ApplicantYear => crosses::applicant_year(drawing),
        SectionId::ClassYear => crosses::class_year(drawing),
        SectionId::Network => crosses::network(drawing),
    }?;
    let title = id.label(drawing.lang).to_owned();
    let figure = Figure { notes: part.notes, ..Figure::new(id.code(), &title, drawing.words(), part.kind) };
    let figure = figure.described(&part.method);
    Some(Section { id, title, table: figure.table(), method: part.method, figure })
}

#[cfg(test)]
#[path = "sections_tests.rs"]
mod tests;
