//! The fields of the form that defines an indicator.

use indicators::{Book, Direction, FormulaKind, Group, Measure, PeriodKind};
use network::{Fault, Level};

use crate::form::{Choice, FieldView, GroupView};
use crate::frame::Visit;
use crate::sent::Sent;

/// Empty rows after the parts of an index.
const MORE_PARTS: usize = 3;

/// Groups that belong together, and the answer under which they are asked.
pub(super) struct Stage {
    /// A rule for `request.js`; empty for what is always asked.
    pub(super) when: String,
    pub(super) groups: Vec<GroupView>,
}

/// What a form is drawn from.
pub(super) struct Fields<'a> {
    pub(super) visit: &'a Visit,
    pub(super) sent: &'a Sent,
    pub(super) faults: &'a [Fault],
    pub(super) book: &'a Book,
    pub(super) measures: &'a [Measure],
    /// Whether the indicator exists: its code stays.
    pub(super) exists: bool,
}

impl Fields<'_> {
    pub(super) fn stages(&self) -> Vec<Stage> {
        let always = |groups| Stage { when: String::new(), groups };
        let under = |kind: FormulaKind, groups| Stage {
            when: format!(r#"[{{"name":"kind","is":{{"equals":"{}"}}}}]"#, kind.code()),
            groups,
        };
        let of = |kind: FormulaKind, fields| {
            under(kind, vec![GroupView { name: kind.label(self.visit.lang.code()).to_owned(), fields }])
        };
        let rules =
            GroupView { name: self.t("填报校验", "What an entered value must keep to"), fields: self.rules() };
        vec![
            always(vec![self.about(), self.kept()]),
            of(FormulaKind::Counted, self.counted()),
            of(FormulaKind::Summed, vec![self.indicator("summed")]),
            of(FormulaKind::Growth, vec![self.indicator("growth")]),
            of(FormulaKind::Ratio, self.ratio()),
            under(FormulaKind::Index, self.parts()),
            under(FormulaKind::Entered, vec![rules]),
            always(vec![self.marks()]),
        ]
    }

    fn t(&self, zh: &str, en: &str) -> String {
        self.visit.t(zh, en).to_owned()
    }

    fn field(&self, name: &str, (zh, en): (&str, &str), form: &'static str) -> FieldView {
        let field = FieldView::new(name, self.t(zh, en), form).value(self.sent.get(name));
        field.of(self.faults, self.visit.lang)
    }

    fn number(&self, name: &str, label: (&str, &str)) -> FieldView {
        self.field(name, label, "number").typed("decimal")
    }

    fn coded<T: Copy>(
        &self,
        name: &'static str,
        all: &[T],
        of: impl Fn(T) -> (&'static str, &'static str),
    ) -> Vec<Choice> {
        let choice = |one: &T| {
            let (code, label) = of(*one);
            let chosen = self.sent.all(name).any(|sent| sent == code);
            Choice { value: code.to_owned(), name: label.to_owned(), chosen }
        };
        all.iter().map(choice).collect()
    }

    fn about(&self) -> GroupView {
        let lang = self.visit.lang.code();
        let groups = self.coded("group", Group::ALL, |one| (one.code(), one.label(lang)));
        let hint = if self.exists {
            self.t("代码不能改", "The code stays")
        } else {
            self.t("大写字母、数字和连字符，如 X-NEW", "Capitals, digits and hyphens, such as X-NEW")
        };
        let code = self.field("code", ("代码", "Code"), "text").needed().hint(hint);
        GroupView {
            name: self.t("指标", "The indicator"),
            fields: vec![
                code,
                self.field("group", ("类别", "Group"), "choice").choices(groups),
                self.field("name_zh", ("名称（中文）", "Name (Chinese)"), "text").needed(),
                self.field("name_en", ("名称（英文）", "Name (English)"), "text").needed(),
                self.field("unit_zh", ("计量单位（中文）", "Unit (Chinese)"), "text").needed(),
                self.field("unit_en", ("计量单位（英文）", "Unit (English)"), "text").needed(),
                self.field("meaning_zh", ("统计口径（中文）", "What it means (Chinese)"), "area"),
                self.field("meaning_en", ("统计口径（英文）", "What it means (English)"), "area"),
                self.field("source_zh", ("依据或来源（中文）", "Document or source (Chinese)"), "text"),
                self.field("source_en", ("依据或来源（英文）", "Document or source (English)"), "text"),
            ],
        }
    }

    fn kept(&self) -> GroupView {
        let lang = self.visit.lang.code();
        let kinds = self.coded("kind", FormulaKind::ALL, |one| (one.code(), one.label(lang)));
        let ways = self.coded("direction", Direction::ALL, |one| (one.code(), one.label(lang)));
        let periods = self.coded("periods", PeriodKind::ALL, |one| (one.code(), one.label(lang)));
        let levels = self.coded("levels", Level::ALL, |one| (one.code(), one.label(lang)));
        GroupView {
            name: self.t("怎么统计", "How it is kept"),
            fields: vec![
                self.field("kind", ("取数方式", "Made by"), "choice").choices(kinds),
                self.field("direction", ("方向", "Which way is better"), "choice").choices(ways),
                self.field("decimals", ("小数位数", "Digits after the point"), "number").typed("numeric"),
                self.field("periods", ("统计期", "Periods"), "choices").choices(periods).needed(),
                self.field("levels", ("统计层级", "Levels of units"), "choices").choices(levels).needed(),
                self.field("public", ("审定的数值向公众公开", "Settled values are public"), "tick"),
            ],
        }
    }

    fn counted(&self) -> Vec<FieldView> {
        let lang = self.visit.lang.code();
        let chosen = self.sent.get("measure");
        let measure = |one: &Measure| Choice {
            value: one.code.clone(),
            name: format!("{} {}", one.name.text(lang), one.code),
            chosen: one.code == chosen,
        };
        let condition = self.field("condition", ("附加条件", "Narrowed by"), "text");
        let hint = "检索语言写的条件，只能加在权利类口径上，如 at=university AND tech=4";
        let en = "A condition in the query language, for measures of rights: at=university AND tech=4";
        vec![
            self.field("measure", ("口径", "Measure"), "choice").choices(self.measures.iter().map(measure).collect()),
            condition.hint(self.t(hint, en)),
        ]
    }

    /// A choice among the indicators that there are.
    fn indicator(&self, name: &str) -> FieldView {
        let lang = self.visit.lang.code();
        let chosen = self.sent.get(name);
        let of = |code: &indicators::Code| {
            let version = self.book.latest(code)?;
            let name = format!("{} {code}", version.definition.name.text(lang));
            Some(Choice { value: code.to_string(), name, chosen: code.as_str() == chosen })
        };
        let none = Choice { value: String::new(), name: "—".to_owned(), chosen: chosen.is_empty() };
        let choices = std::iter::once(none).chain(self.book.codes().filter_map(of)).collect();
        let label = match name {
            "per" => ("除以", "Divided by"),
            _ => ("指标", "Indicator"),
        };
        self.field(name, label, "choice").choices(choices)
    }

    fn ratio(&self) -> Vec<FieldView> {
        let hint = self.t("百分比为 100", "100 for percent");
        vec![self.indicator("of"), self.indicator("per"), self.number("factor", ("系数", "Factor")).hint(hint)]
    }

    /// A group for each part of an index.
    fn parts(&self) -> Vec<GroupView> {
        let given = (0..).take_while(|row| self.sent.given(&format!("part_{row}")).is_some());
        let filled =
            given.filter(|row| !self.sent.get(&format!("part_{row}")).is_empty()).last().map_or(0, |row| row + 1);
        let group = |row: usize| GroupView {
            name: format!("{} {}", self.t("指数的组成", "Part of the index"), row + 1),
            fields: vec![
                self.indicator(&format!("part_{row}")),
                self.number(&format!("weight_{row}"), ("权重", "Weight")),
                self.number(&format!("zero_{row}"), ("得 0 分的值", "Value that scores 0")),
                self.number(&format!("full_{row}"), ("得 100 分的值", "Value that scores 100")),
            ],
        };
        (0..filled + MORE_PARTS).map(group).collect()
    }

    fn rules(&self) -> Vec<FieldView> {
        let change =
            self.number("note_change", ("较上期变动超过（%）须说明", "A note is due after a change of more than (%)"));
        vec![
            self.number("min", ("最小值", "No less than")),
            self.number("max", ("最大值", "No more than")),
            self.number("not_below", ("较上期下降不超过（%）", "Below the last period by no more than (%)")),
            change,
            self.number("note_below", ("低于此值须说明", "A note is due below")),
            self.number("note_above", ("高于此值须说明", "A note is due above")),
            self.field("whole", ("须为整数", "A whole number"), "tick"),
            self.field("sum", ("须等于下级审定值之和", "The sum of what the units below have settled"), "tick"),
        ]
    }

    fn marks(&self) -> GroupView {
        GroupView {
            name: self.t("全国基期与目标（可空）", "Baseline and target of the country (may stay empty)"),
            fields: vec![
                self.field("baseline_period", ("基期", "Baseline at the end of"), "text"),
                self.number("baseline", ("基期值", "Baseline")),
                self.field("target_period", ("目标期", "Target at the end of"), "text"),
                self.number("target", ("目标值", "Target")),
            ],
        }
    }
}
