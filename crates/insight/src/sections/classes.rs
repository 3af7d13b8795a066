//! Sections of classes and fields of technology.

use charts::{Bars, Branch, Kind, Mark, Tree};
use index::FacetField;
use query::Field;
use records::class::technology::SECTORS;

use crate::links::any;
use crate::section::{Page, Section, number};
use crate::sections::names::{mark, rest, shares};
use crate::{Class, SectionId};

/// IPC and CPC as areas (two levels) or as a tree (three).
pub(crate) fn tree(page: &Page<'_>, id: SectionId) -> Section {
    let classes = &page.analysis.classes;
    let areas = id == SectionId::Classes;
    let branches = classes.sections.iter().map(|class| branch(page, class, if areas { 1 } else { 2 })).collect();
    let tree = Tree {
        code_head: page.say("分类号", "Symbol").to_owned(),
        label_head: page.say("名称", "Title").to_owned(),
        value_head: page.rights(),
        branches,
    };
    let title = if areas {
        page.say("技术分类（IPC、CPC）", "Classes (IPC and CPC)")
    } else {
        page.say("技术分类树（IPC、CPC）", "Classes as a tree (IPC and CPC)")
    };
    let kind = if areas { Kind::Treemap(tree) } else { Kind::ClassTree(tree) };
    let mut section = page.section(
        id,
        title,
        page.say(
            "一件权利在它的每个分类位置及其上级各计一次，故下级之和可大于上级；只列件数最多的小类及其大组。",
            "A right counts once in each place where it has a symbol and in each place above, so the places below may add up \
             to more than the one above; only the commonest subclasses and main groups are listed.",
        ),
        largest(page, &classes.sections),
        kind,
    );
    let without = page.analysis.total.saturating_sub(classes.with);
    if without > 0 && !classes.sections.is_empty() {
        let without = number(without);
        section.figure.notes.push(if page.lang() == "zh" {
            format!("没有 IPC 或 CPC 分类号：{without} 件")
        } else {
            format!("Without IPC or CPC symbol: {without}")
        });
    }
    section
}

fn branch(page: &Page<'_>, class: &Class, levels: usize) -> Branch {
    let label = class.title(page.lang()).unwrap_or_default();
    let clause = query::clause(Field::Class, &class.symbol);
    let children = if levels == 0 { &[] } else { class.below.as_slice() };
    Branch {
        children: children.iter().map(|below| branch(page, below, levels - 1)).collect(),
        ..Branch::new(&class.symbol, label, class.count).link(page.links.to(&[&clause]))
    }
}

/// The largest class, for those who do not see the areas.
fn largest(page: &Page<'_>, classes: &[Class]) -> String {
    let subclasses = classes.iter().flat_map(|section| &section.below);
    let Some(largest) = subclasses.max_by_key(|class| class.count) else { return String::new() };
    let (symbol, count) = (&largest.symbol, number(largest.count));
    let symbol = largest.title(page.lang()).map_or_else(|| symbol.clone(), |title| format!("{symbol} {title}"));
    if page.lang() == "zh" {
        format!("最多的小类：{symbol}，{count} 件。")
    } else {
        format!("The largest subclass: {symbol}, {count} rights.")
    }
}

/// Nice or Locarno classes.
pub(crate) fn numbered(page: &Page<'_>, id: SectionId) -> Section {
    let nice = id == SectionId::Nice;
    let (classes, scheme) =
        if nice { (&page.analysis.classes.nice, "Nice") } else { (&page.analysis.classes.locarno, "Locarno") };
    let marks = classes.iter().map(|class| {
        let value = format!("{scheme} {}", class.symbol);
        let name = page.label(FacetField::Class, &value);
        let mark = Mark::count(name, class.count).link(page.list(FacetField::Class, &value));
        match class.title(page.lang()) {
            Some(title) => mark.noted(title),
            None => mark,
        }
    });
    let section = page.section(
        id,
        if nice {
            page.say("商品和服务（尼斯分类）", "Goods and services (Nice classes)")
        } else {
            page.say("外观设计产品（洛迦诺分类）", "Products of designs (Locarno classes)")
        },
        page.say(
            "一件权利在它的每个类别中各计一次；按类号排列，只列件数最多的类别。",
            "A right counts once in each of its classes; in order of number, the commonest classes only.",
        ),
        String::new(),
        Kind::Bars(Bars {
            label_head: page.say("类别", "Class").to_owned(),
            value_head: page.rights(),
            marks: marks.collect(),
        }),
    );
    let shares: Vec<f64> = classes.iter().map(|class| class.share).collect();
    page.with_shares(section, &shares)
}

/// WIPO's fields of technology.
pub(crate) fn technologies(page: &Page<'_>) -> Section {
    let ranking = &page.analysis.technologies;
    let mut section = page.section(
        SectionId::Technologies,
        page.say("技术领域（WIPO 35 个）", "Fields of technology (WIPO's 35)"),
        page.say(
            "按 WIPO 的 IPC 与技术领域对照表归类（没有 IPC 时用 CPC）；一件权利属于几个领域就在每个领域各计一次。",
            "By WIPO's concordance of IPC and fields of technology (CPC where there is no IPC); a right with several fields \
             counts in each.",
        ),
        String::new(),
        Kind::Bars(Bars {
            label_head: page.say("技术领域", "Field").to_owned(),
            value_head: page.rights(),
            marks: ranking.entries.iter().map(|entry| mark(page, FacetField::Technology, entry)).collect(),
        }),
    );
    section.figure.notes.extend(rest(page, ranking));
    page.with_shares(section, &shares(&ranking.entries))
}

/// WIPO's sectors.
pub(crate) fn sectors(page: &Page<'_>) -> Section {
    let sectors = &page.analysis.sectors;
    let marks = sectors.iter().filter_map(|entry| {
        let sector = SECTORS.iter().find(|sector| entry.value.parse() == Ok(sector.number))?;
        let fields: Vec<String> = (sector.fields.0..=sector.fields.1)
            .map(|n| search::clause(FacetField::Technology, &n.to_string()))
            .collect();
        Some(Mark::count(page.say(sector.zh, sector.en), entry.count).link(page.links.to(&[&any(&fields)])))
    });
    let section = page.section(
        SectionId::Sectors,
        page.say("技术部门（WIPO 5 个）", "Sectors of technology (WIPO's five)"),
        page.say(
            "一个部门包含若干技术领域；一件权利在同一部门只计一次，属于几个部门就在每个部门各计一次。",
            "A sector is a run of fields; a right counts once in each sector in which it has any field.",
        ),
        String::new(),
        Kind::Bars(Bars {
            label_head: page.say("技术部门", "Sector").to_owned(),
            value_head: page.rights(),
            marks: marks.collect(),
        }),
    );
    page.with_shares(section, &shares(sectors))
}
