//! Names of elements and of words of lists, for people who read what differs.

use crate::Text;
use crate::elements::{Element, ITEM, List, Shape};

/// Parts that stand in several elements, and those of a form.
const PARTS: &[(&str, &str, &str)] = &[
    ("key", "标识", "key"),
    ("name", "名称", "name"),
    ("title", "名称", "title"),
    ("label", "名称", "label"),
    ("help", "填写说明", "help"),
    ("fields", "字段", "fields"),
    ("kind", "类型", "kind"),
    ("type", "类型", "type"),
    ("required", "必填", "required"),
    ("required_if", "必填条件", "required if"),
    ("shown_if", "显示条件", "shown if"),
    ("prefill", "预填来源", "prefilled from"),
    ("personal", "个人信息", "personal"),
    ("options", "选项", "options"),
    ("least", "下限", "least"),
    ("most", "上限", "most"),
    ("whole", "整数", "whole number"),
    ("unit", "单位", "unit"),
    ("must_be_yes", "须确认", "must be confirmed"),
    ("kinds", "文件类型", "kinds of files"),
    ("megabytes", "大小上限(MB)", "megabytes at most"),
    ("count", "数量上限", "files at most"),
    ("field", "字段", "field"),
    ("is", "取值", "value"),
    ("equals", "等于", "equals"),
    ("one-of", "属于", "one of"),
    ("answered", "已填写", "answered"),
    ("number", "编号", "number"),
    ("limit", "时限", "limit"),
    ("basis", "依据", "basis"),
    ("code", "代码", "code"),
];

/// What an element of an item is called; its key when it has no name.
pub(crate) fn element(key: &str) -> Text {
    ITEM.iter().find(|element| element.key == key).map_or_else(|| of(key), |one| Text::new(one.zh, one.en))
}

/// What a part inside an element is called; its key when it has no name.
pub(crate) fn of(key: &str) -> Text {
    if let Some(element) = ITEM.iter().find(|element| element.key == key && !matches!(key, "title" | "code" | "basis"))
    {
        return Text::new(element.zh, element.en);
    }
    if let Some((_, zh, en)) = PARTS.iter().find(|(other, _, _)| *other == key) {
        return Text::new(*zh, *en);
    }
    let parts = ITEM.iter().flat_map(|element| parts(&element.shape));
    let part = parts.into_iter().find(|part| part.key == key);
    part.map_or_else(|| Text::new(key, key), |part| Text::new(part.zh, part.en))
}

/// Place of an element in the guide.
pub(crate) fn rank(path: &str) -> usize {
    let first = path.split('.').next().unwrap_or_default();
    ITEM.iter().position(|element| element.key == first).unwrap_or(ITEM.len())
}

/// A word as people read it: that of a list by its name, every other as it is.
pub(crate) fn word(field: &str, word: &str) -> Text {
    let lists = ITEM.iter().flat_map(|element| {
        let own = (element.key == field).then(|| list(&element.shape)).flatten();
        own.into_iter()
            .chain(parts(&element.shape).iter().filter(|part| part.key == field).filter_map(|part| list(&part.shape)))
    });
    let label = |list: &List| Some(Text::new((list.label)(word, "zh")?, (list.label)(word, "en")?));
    lists.into_iter().find_map(label).unwrap_or_else(|| Text::new(word, word))
}

fn parts(shape: &'static Shape) -> &'static [Element] {
    match shape {
        Shape::Beside(parts) | Shape::Inside(parts) => parts,
        Shape::Many(inner) => parts(inner),
        _ => &[],
    }
}

fn list(shape: &'static Shape) -> Option<&'static List> {
    match shape {
        Shape::Word(list) => Some(list),
        Shape::Many(inner) => list(inner),
        _ => None,
    }
}
