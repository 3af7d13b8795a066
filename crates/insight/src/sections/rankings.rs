//! Rankings and parts of a whole.

use charts::{Bars, Kind, Mark, Share};
use index::FacetField;

use super::drawing::{Drawing, Part};
use crate::Ranking;

fn bars(drawing: &Drawing<'_>, label_head: String, marks: Vec<Mark>) -> Kind {
    Kind::Bars(Bars { label_head, value_head: drawing.rights(), marks })
}

/// A ranking of names.
fn names(drawing: &Drawing<'_>, facet: FacetField, ranking: &Ranking) -> Option<Part> {
    if ranking.entries.is_empty() {
        return None;
    }
    let head = search::facet_name(facet, drawing.lang).to_owned();
    let method = drawing.t(
        "按名称计数，大小写、全半角、标点和简繁不同的写法合为一个；一项权利有几个名称时各计一次。不同写法的同一机构（如新旧名称、母子公司）分别计数。",
        "Counted by name; spellings that differ in case, width, punctuation or script are one. A right counts once for each \
         of its names. Former names and subsidiaries count by themselves.",
    );
    let different = ranking.different.map(|count| match drawing.is_chinese() {
        true => format!("共有 {} 个不同名称", charts::number(count as f64)),
        false => format!("{} different names in all", charts::number(count as f64)),
    });
    let kind = bars(drawing, head, drawing.marks(facet, ranking));
    Some(Part::new(kind, method).noted(different).noted(drawing.without(ranking)))
}

pub(super) fn applicants(drawing: &Drawing<'_>) -> Option<Part> {
    names(drawing, FacetField::Applicant, &drawing.analysis.applicants)
}

pub(super) fn owners(drawing: &Drawing<'_>) -> Option<Part> {
    names(drawing, FacetField::Owner, &drawing.analysis.owners)
}

pub(super) fn inventors(drawing: &Drawing<'_>) -> Option<Part> {
    names(drawing, FacetField::Inventor, &drawing.analysis.inventors)
}

pub(super) fn agents(drawing: &Drawing<'_>) -> Option<Part> {
    names(drawing, FacetField::Agent, &drawing.analysis.agents)
}

/// One bar that is the whole.
fn whole(drawing: &Drawing<'_>, facet: FacetField, ranking: &Ranking, method: String) -> Option<Part> {
    if ranking.entries.is_empty() {
        return None;
    }
    let kind = Kind::Share(Share {
        label_head: search::facet_name(facet, drawing.lang).to_owned(),
        value_head: drawing.rights(),
        share_head: drawing.t("占比", "Share"),
        marks: drawing.marks(facet, ranking),
    });
    Some(Part::new(kind, method))
}

pub(super) fn kinds(drawing: &Drawing<'_>) -> Option<Part> {
    let method = drawing.t("每项权利属于一个类型。", "Every right is of one kind.");
    whole(drawing, FacetField::Right, &drawing.analysis.kinds, method)
}

pub(super) fn status(drawing: &Drawing<'_>) -> Option<Part> {
    let method = drawing.t(
        "分析当日的法律状态，由公布、法律事件和法定期限得出；没有依据的记为未知。",
        "The legal status on the day of the analysis, from publications, legal events and statutory terms; unknown where \
         nothing tells.",
    );
    whole(drawing, FacetField::Status, &drawing.analysis.status, method)
}

/// Shares of the largest applicants.
pub(super) fn concentration(drawing: &Drawing<'_>) -> Option<Part> {
    let concentration = drawing.analysis.concentration.as_ref()?;
    let mark = |name: &str, share: f64| Mark::new(name, (share * 1000.0).round() / 10.0).noted(drawing.share(share));
    let kind = Kind::Bars(Bars {
        label_head: drawing.t("指标", "Measure"),
        value_head: drawing.t("占比（%）", "Share (%)"),
        marks: vec![
            mark("CR4", concentration.cr4),
            mark("CR8", concentration.cr8),
            mark("CR10", concentration.cr10),
        ],
    });
    let method = drawing.t(
        "CR-n 为前 n 位申请人在全部申请人次中的占比；HHI 为各申请人占比（%）的平方和，1000 以下为低集中度，1000 至 1800 为中等，以上为高。",
        "CR-n is the share of the n largest applicants in all mentions of applicants. HHI is the sum of the squared shares in \
         per cent: below 1,000 not concentrated, to 1,800 moderately, above it highly.",
    );
    let hhi = format!("HHI {:.0} · {}", concentration.hhi, concentration.level.label(drawing.lang));
    let cut = (!concentration.complete).then(|| {
        drawing.t("申请人过多，最小的未计入", "There are too many applicants; the smallest are left out")
    });
    Some(Part::new(kind, method).noted(Some(hhi)).noted(cut))
}

/// Publications that the rights cite most.
pub(super) fn citations(drawing: &Drawing<'_>) -> Option<Part> {
    let cited = &drawing.analysis.citations;
    if cited.is_empty() {
        return None;
    }
    let mark = |cited: &crate::Cited| {
        let label = match &cited.title {
            Some(title) => format!("{} {title}", cited.number),
            None => cited.number.clone(),
        };
        Mark::count(label, cited.count).link(drawing.list_of(FacetField::Cited, &cited.number))
    };
    let head = search::facet_name(FacetField::Cited, drawing.lang).to_owned();
    let kind = bars(drawing, head, cited.iter().map(mark).collect());
    let method = drawing.t(
        "这些权利引证最多的公开文献，一项权利对一篇文献计一次。点开是引证它的权利。",
        "Publications that these rights cite most, once for each citing right. A bar opens the rights that cite it.",
    );
    Some(Part::new(kind, method))
}
