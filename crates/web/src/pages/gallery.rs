//! `/gallery`, in development builds alone: every component that pages are made of, in one place.

use askama::Template;
use axum::response::Response;
use charts::Style;
use records::{RightKind, Status};

use super::right::BriefView;
use super::search::HitView;
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::words::{Marked, status_class};

#[derive(Template)]
#[template(path = "gallery.html")]
struct GalleryPage {
    visit: Visit,
    title: String,
    colours: [&'static str; 14],
    statuses: Vec<(&'static str, &'static str)>,
    kinds: Vec<&'static str>,
    answer: Hits,
    briefs: Vec<BriefView>,
    figures: Vec<FigureView>,
    mistake: (String, String, String),
}

/// What the templates of hits read.
struct Hits {
    hits: Vec<HitView>,
}

struct FigureView {
    id: String,
    title: String,
    svg: String,
    table: charts::Table,
}

/// Variables of the style sheet.
const COLOURS: [&str; 14] =
    ["ink", "muted", "line", "accent", "accent-soft", "mark", "good", "wait", "bad", "c1", "c2", "c3", "c4", "c5"];

pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    let lang = visit.lang;
    let status = |status: Status| (status.label(lang.code()), status_class(status));
    let figure = |figure: charts::Figure| FigureView {
        svg: figure.svg(Style::Page),
        table: figure.table(),
        id: figure.id,
        title: figure.title,
    };
    let Err(wrong) = query::parse("tittle=电池") else { return Err(Failure::NotFound) };
    let (line, carets) = wrong.excerpt();
    page(&GalleryPage {
        title: visit.t("组件", "Components").to_owned(),
        colours: COLOURS,
        statuses: Status::ALL.into_iter().map(status).collect(),
        kinds: RightKind::ALL.iter().map(|kind| kind.label(lang.code())).collect(),
        answer: Hits { hits: vec![hit(&visit, false), hit(&visit, true)] },
        briefs: vec![brief(&visit)],
        figures: charts::examples().into_iter().map(figure).collect(),
        mistake: (wrong.sentence(lang.tongue()), line, carets),
        visit,
    })
}

fn hit(visit: &Visit, pictured: bool) -> HitView {
    let name = visit.t("石墨烯电池及其制备方法", "A graphene battery and how it is made");
    let found = visit.t("石墨烯", "graphene");
    let passage = visit
        .t("电极由石墨烯制成，<隔膜>抑制枝晶。", "The electrode is of graphene; the <separator> holds back dendrites.");
    HitView {
        id: "XX-P-20200000001".to_owned(),
        address: "#hits".to_owned(),
        title: marked(name, found),
        kind: RightKind::Invention.label(visit.lang.code()),
        status: Status::InForce.label(visit.lang.code()),
        status_class: status_class(Status::InForce),
        number: "XX7000001A".to_owned(),
        applicants: Marked::new(visit.t("云岭新能源有限公司", "North Lake Optics, Inc."), Vec::new()),
        filed: "2020-03-01".to_owned(),
        published: "2021-09-01".to_owned(),
        classes: "H01M10/0525 · H01M4/36 · +2".to_owned(),
        picture: pictured.then(|| visit.asset("icon.svg")),
        snippet: Some((visit.t("摘要", "abstract"), marked(passage, found))),
        cells: Vec::new(),
        family: Some((3, "#hits".to_owned())),
        score: None,
    }
}

/// A text with a word marked in it.
fn marked(text: &str, word: &str) -> Marked {
    Marked::new(text, text.match_indices(word).map(|(at, hit)| at..at + hit.len()).collect())
}

fn brief(visit: &Visit) -> BriefView {
    BriefView {
        address: "#briefs".to_owned(),
        title: visit.t("固态电解质隔膜", "Solid electrolyte separator").to_owned(),
        kind: RightKind::UtilityModel.label(visit.lang.code()),
        number: "2019 2 0000002".to_owned(),
        status: Status::Lapsed.label(visit.lang.code()),
        status_class: status_class(Status::Lapsed),
        applicants: visit.t("海沧微电子有限公司", "Bergtal Maschinen GmbH").to_owned(),
        date: "2019-05-06".to_owned(),
    }
}
