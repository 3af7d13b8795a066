//! Hits as rows of a page.

use std::fmt::Write as _;

use index::ScoreLine;
use query::Field;
use records::Right;
use search::{FoundRight, Marker};

use super::{Asked, View};
use crate::language::Lang;
use crate::link;
use crate::words::{Marked, date, status_class, title, with_office};

/// One hit.
pub(crate) struct HitView {
    pub(crate) id: String,
    pub(crate) address: String,
    pub(crate) title: Marked,
    pub(crate) kind: &'static str,
    pub(crate) status: &'static str,
    pub(crate) status_class: &'static str,
    pub(crate) number: String,
    pub(crate) applicants: Marked,
    pub(crate) filed: String,
    pub(crate) published: String,
    pub(crate) classes: String,
    pub(crate) picture: Option<String>,
    pub(crate) snippet: Option<(&'static str, Marked)>,
    pub(crate) cells: Vec<String>,
    /// Members of the family that stand behind this hit, and their list.
    pub(crate) family: Option<(u64, String)>,
    pub(crate) score: Option<(String, Vec<Share>)>,
}

/// What one term gave to a score.
pub(crate) struct Share {
    pub(crate) field: &'static str,
    pub(crate) term: String,
    pub(crate) score: String,
    /// Length of its bar, 0 to 100.
    pub(crate) length: u32,
}

/// Applicants named on a row.
const NAMED: usize = 3;

impl HitView {
    pub(crate) fn new(hit: &FoundRight, marker: &Marker, asked: &Asked, lang: Lang) -> Self {
        let right = &hit.right;
        let name = title(right, lang);
        let places = marker.places(Field::Title, &name);
        let who = people(right, lang);
        let who_places = marker.places(Field::Applicant, &who);
        let columns = if asked.view == View::Table { asked.columns() } else { Vec::new() };
        let family = right.family_id.as_ref().filter(|_| hit.family_size > 1);
        let snippet = hit.snippet.as_ref().map(|snippet| {
            let field = Field::named(snippet.field).map_or("", |field| lang.t(field.chinese(), field.english()));
            (field, Marked::new(snippet.text.clone(), snippet.marks.clone()))
        });
        Self {
            id: right.id.to_string(),
            address: address(right, asked),
            title: Marked::new(name, places),
            kind: right.right.label(lang.code()),
            status: right.status.label(lang.code()),
            status_class: status_class(right.status),
            number: number(right),
            applicants: Marked::new(who, who_places),
            filed: date(right.filing_date),
            published: date(right.publication_date.or(right.grant_date)),
            classes: classes(right, lang),
            picture: picture(right),
            snippet,
            cells: columns.iter().map(|column| (column.value)(right, lang.code())).collect(),
            family: family.map(|family| (hit.family_size, link::list(&format!("fam={family}")))),
            score: (!hit.explanation.is_empty()).then(|| score(hit, lang)),
        }
    }
}

/// The page of a right; the query goes along so that its words are marked there too.
fn address(right: &Right, asked: &Asked) -> String {
    link::Link::to(link::right(right.id.as_str())).with("q", &asked.q).address()
}

/// Address of the thumbnail of a right's best picture.
pub(crate) fn picture(right: &Right) -> Option<String> {
    let at = figures::Pictures::first(right)?;
    Some(format!("{}/figures/{at}/thumb", link::right(right.id.as_str())))
}

/// The publication or registration number that people know a right by, else the application number.
pub(crate) fn number(right: &Right) -> String {
    let publication = right.publications.last().map(|publication| {
        let kind = publication.kind.as_ref().map_or("", |kind| kind.as_str());
        format!("{}{kind}", publication.number)
    });
    let registration = right.registration_number.clone();
    let application = right.application_number.as_ref().map(|number| with_office(right.office, number));
    publication.or(registration).or(application).unwrap_or_else(|| right.id.to_string())
}

fn people(right: &Right, lang: Lang) -> String {
    let list = if right.applicants.is_empty() { &right.owners } else { &right.applicants };
    let named = |party: &records::Party| match (&party.name, &party.identifier) {
        (name, Some(identifier)) if name.is_empty() => identifier.clone(),
        (name, _) => name.clone(),
    };
    let mut text = list.iter().take(NAMED).map(named).collect::<Vec<_>>().join(lang.t("；", "; "));
    if list.len() > NAMED {
        let (all, more) = (list.len(), list.len() - NAMED);
        // Writing to a text cannot fail.
        let _ = match lang {
            Lang::Zh => write!(text, " 等 {all} 方"),
            Lang::En => write!(text, " and {more} more"),
        };
    }
    text
}

/// Classes shown on a row.
const CLASSES: usize = 4;

fn classes(right: &Right, lang: Lang) -> String {
    let mut symbols: Vec<String> = right.ipc.iter().map(|symbol| symbol.as_str().to_owned()).collect();
    symbols
        .extend(right.cpc.iter().map(|s| s.as_str().to_owned()).filter(|s| !right.ipc.iter().any(|i| i.as_str() == s)));
    symbols.extend(right.locarno.iter().map(|symbol| format!("{} {}", lang.t("洛迦诺", "Locarno"), symbol.as_str())));
    let mut nice: Vec<u8> = right.nice.iter().map(|class| class.class).collect();
    nice.sort_unstable();
    nice.dedup();
    symbols.extend(nice.iter().map(|class| format!("{} {class}", lang.t("尼斯", "Nice"))));
    let more = symbols.len().saturating_sub(CLASSES);
    symbols.truncate(CLASSES);
    if more > 0 {
        symbols.push(format!("+{more}"));
    }
    symbols.join(" · ")
}

fn score(hit: &FoundRight, lang: Lang) -> (String, Vec<Share>) {
    let most = hit.explanation.iter().map(|line| line.score).fold(0.0_f32, f32::max).max(f32::MIN_POSITIVE);
    let share = |line: &ScoreLine| Share {
        field: Field::named(&line.field).map_or("", |field| lang.t(field.chinese(), field.english())),
        term: line.term.clone(),
        score: format!("{:.2}", line.score),
        length: (line.score / most * 100.0) as u32,
    };
    (format!("{:.2}", hit.score), hit.explanation.iter().map(share).collect())
}
