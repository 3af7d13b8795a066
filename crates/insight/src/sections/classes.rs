//! Figures of classes and technical fields.

use charts::{Bars, Branch, Kind, Mark, Tree};
use index::FacetField;
use query::{Field, clause};
use records::class::technology::{SECTORS, sector_of};

use super::drawing::{Drawing, Part};
use crate::Class;

fn branch(drawing: &Drawing<'_>, class: &Class, levels: usize) -> Branch {
    let below = class.below.iter().filter(|_| levels > 1).map(|class| branch(drawing, class, levels - 1));
    Branch {
        code: class.symbol.clone(),
        label: class.title(drawing.lang).unwrap_or_default().to_owned(),
        value: class.count as f64,
        href: Some(drawing.list(&[&clause(Field::Class, &class.symbol)])),
        note: Some(drawing.share(class.share)),
        children: below.collect(),
    }
}

fn hierarchy(drawing: &Drawing<'_>, levels: usize) -> Option<Tree> {
    let sections = &drawing.analysis.classes.sections;
    (!sections.is_empty()).then(|| Tree {
        code_head: drawing.t("分类号", "Class"),
        label_head: drawing.t("名称", "Title"),
        value_head: drawing.rights(),
        branches: sections.iter().map(|section| branch(drawing, section, levels)).collect(),
    })
}

const METHOD_ZH: &str = "按 IPC 和 CPC 分类号计数，上位包括下位；一项权利属于几个位置时各计一次，所以合计可能大于总数。";
const METHOD_EN: &str = "Counted by IPC and CPC symbols, a place with all below it. A right counts in each of its places, so they may add up to more \
                         than the total.";

/// Sections and subclasses as areas.
pub(super) fn areas(drawing: &Drawing<'_>) -> Option<Part> {
    Some(Part::new(Kind::Treemap(hierarchy(drawing, 2)?), drawing.t(METHOD_ZH, METHOD_EN)))
}

/// Sections, subclasses and main groups as a tree.
pub(super) fn tree(drawing: &Drawing<'_>) -> Option<Part> {
    Some(Part::new(Kind::ClassTree(hierarchy(drawing, 3)?), drawing.t(METHOD_ZH, METHOD_EN)))
}

fn numbered(drawing: &Drawing<'_>, classes: &[Class], field: Field, head: String, method: String) -> Option<Part> {
    if classes.is_empty() {
        return None;
    }
    let mark = |class: &Class| {
        let title = class.title(drawing.lang).unwrap_or_default();
        let mark = Mark::count(format!("{} {title}", class.symbol).trim_end(), class.count);
        mark.link(drawing.list(&[&clause(field, &class.symbol)])).noted(drawing.share(class.share))
    };
    let marks = classes.iter().map(mark).collect();
    Some(Part::new(Kind::Bars(Bars { label_head: head, value_head: drawing.rights(), marks }), method))
}

pub(super) fn nice(drawing: &Drawing<'_>) -> Option<Part> {
    let method = drawing.t("商标指定的商品服务类别，一件商标每类计一次。", "Classes of goods and services of marks, once for each class.");
    let head = drawing.t("尼斯分类", "Nice class");
    numbered(drawing, &drawing.analysis.classes.nice, Field::Nice, head, method)
}

pub(super) fn locarno(drawing: &Drawing<'_>) -> Option<Part> {
    let method = drawing.t("外观设计的洛迦诺大类，一项设计每类计一次。", "Locarno classes of designs, once for each class.");
    let head = drawing.t("洛迦诺分类", "Locarno class");
    numbered(drawing, &drawing.analysis.classes.locarno, Field::Locarno, head, method)
}

/// WIPO's 35 fields.
pub(super) fn technologies(drawing: &Drawing<'_>) -> Option<Part> {
    let ranking = &drawing.analysis.technologies;
    if ranking.entries.is_empty() {
        return None;
    }
    let mark = |count: &crate::Count| {
        let sector = count.value.parse().ok().and_then(sector_of);
        let sector = sector.map_or("", |sector| if drawing.is_chinese() { sector.zh } else { sector.en });
        drawing.mark(FacetField::Technology, count).noted(format!("{sector} · {}", drawing.share(count.share)))
    };
    let kind = Kind::Bars(Bars {
        label_head: search::facet_name(FacetField::Technology, drawing.lang).to_owned(),
        value_head: drawing.rights(),
        marks: ranking.entries.iter().map(mark).collect(),
    });
    let method = drawing.t(
        "按世界知识产权组织的 IPC 与 35 个技术领域对照表；一项权利属于几个领域时各计一次。",
        "By WIPO's concordance of the IPC with 35 fields of technology; a right counts in each of its fields.",
    );
    Some(Part::new(kind, method).noted(drawing.without(ranking)))
}

/// WIPO's five sectors.
pub(super) fn sectors(drawing: &Drawing<'_>) -> Option<Part> {
    let sectors = &drawing.analysis.sectors;
    if sectors.is_empty() {
        return None;
    }
    let mark = |count: &crate::Count| {
        let sector = SECTORS.iter().find(|sector| count.value.parse() == Ok(sector.number));
        let name = sector.map_or(count.value.as_str(), |sector| if drawing.is_chinese() { sector.zh } else { sector.en });
        let mark = Mark::count(name, count.count).noted(drawing.share(count.share));
        match sector {
            Some(sector) => mark.link(drawing.list(&[&clause(Field::Technology, sector.zh)])),
            None => mark,
        }
    };
    let kind = Kind::Bars(Bars {
        label_head: drawing.t("技术部门", "Sector"),
        value_head: drawing.rights(),
        marks: sectors.iter().map(mark).collect(),
    });
    let method = drawing.t("35 个技术领域归为五个部门；一项权利在每个部门计一次。", "The 35 fields in five sectors; a right counts once in each.");
    Some(Part::new(kind, method))
}
