//! A definition as the fields of its form, and back: paths and texts. Rules and parts of an index come in a fixed order.

use indicators::{Code, Definition, Formula, FormulaKind, Mark, Part, Rule, Text};
use network::Fault;

use crate::sent::{Sent, fault};

/// A definition as a form shows it.
pub(super) fn written(definition: &Definition) -> Sent {
    let mut sent = Sent::default();
    let mut put = |name: &str, text: &str| sent.0.push((name.to_owned(), text.to_owned()));
    put("code", definition.code.as_str());
    for (name, text) in [
        ("name", &definition.name),
        ("unit", &definition.unit),
        ("meaning", &definition.meaning),
        ("source", &definition.source),
    ] {
        put(&format!("{name}_zh"), &text.zh);
        put(&format!("{name}_en"), &text.en);
    }
    put("group", definition.group.code());
    put("direction", definition.direction.code());
    put("decimals", &definition.decimals.to_string());
    definition.periods.iter().for_each(|kind| put("periods", kind.code()));
    definition.levels.iter().for_each(|level| put("levels", level.code()));
    put("public", if definition.public { "yes" } else { "" });
    put("owner", &definition.owner.as_ref().map(ToString::to_string).unwrap_or_default());
    for (name, mark) in [("baseline", definition.baseline), ("target", definition.target)] {
        let Some(Mark { period, number }) = mark else { continue };
        put(&format!("{name}_period"), &period.to_string());
        put(name, &number.to_string());
    }
    put("kind", definition.formula.kind().code());
    write_formula(&definition.formula, &mut put);
    definition.rules.iter().for_each(|rule| write_rule(*rule, &mut put));
    sent
}

fn write_formula(formula: &Formula, put: &mut dyn FnMut(&str, &str)) {
    match formula {
        Formula::Entered => {}
        Formula::Counted { measure, condition } => {
            put("measure", measure);
            put("condition", condition.as_deref().unwrap_or_default());
        }
        Formula::Summed { of } => put("summed", of.as_str()),
        Formula::Growth { of } => put("growth", of.as_str()),
        Formula::Ratio { of, per, factor } => {
            put("of", of.as_str());
            put("per", per.as_str());
            put("factor", &factor.to_string());
        }
        Formula::Index { parts } => {
            for (row, part) in parts.iter().enumerate() {
                put(&format!("part_{row}"), part.of.as_str());
                for (name, number) in [("weight", part.weight), ("zero", part.zero), ("full", part.full)] {
                    put(&format!("{name}_{row}"), &number.to_string());
                }
            }
        }
    }
}

fn write_rule(rule: Rule, put: &mut dyn FnMut(&str, &str)) {
    match rule {
        Rule::Min { value } => put("min", &value.to_string()),
        Rule::Max { value } => put("max", &value.to_string()),
        Rule::Whole => put("whole", "yes"),
        Rule::NotBelowLast { percent } => put("not_below", &percent.to_string()),
        Rule::SumOfChildren => put("sum", "yes"),
        Rule::NoteWhen { below, above, change } => {
            for (name, number) in [("note_below", below), ("note_above", above), ("note_change", change)] {
                put(name, &number.map(|number| number.to_string()).unwrap_or_default());
            }
        }
    }
}

/// What a form sent, or all that cannot be read. What is read may still be refused by its room.
pub(super) fn read(sent: &Sent) -> Result<Definition, Vec<Fault>> {
    let mut typed = Typed { sent, faults: Vec::new() };
    let definition = typed.definition();
    match definition {
        Some(definition) if typed.faults.is_empty() => Ok(definition),
        _ => Err(typed.faults),
    }
}

/// Reads fields and notes what is wrong with them.
struct Typed<'s> {
    sent: &'s Sent,
    faults: Vec<Fault>,
}

impl Typed<'_> {
    fn definition(&mut self) -> Option<Definition> {
        let text = |name: &str| {
            let of = |lang: &str| self.sent.get(&format!("{name}_{lang}")).trim();
            Text::new(of("zh"), of("en"))
        };
        let (name, unit, meaning, source) = (text("name"), text("unit"), text("meaning"), text("source"));
        let code: Option<Code> = self.one("code");
        let (group, direction) = (self.one("group"), self.one("direction"));
        let formula = self.formula();
        let (baseline, target) = (self.mark("baseline"), self.mark("target"));
        let owner = if self.sent.get("owner").is_empty() { None } else { self.one("owner") };
        let decimals = self.decimals();
        let rules = self.rules();
        Some(Definition {
            code: code?,
            name,
            group: group?,
            unit,
            decimals,
            direction: direction?,
            formula: formula?,
            periods: self.sent.all("periods").filter_map(|kind| kind.parse().ok()).collect(),
            levels: self.sent.all("levels").filter_map(|level| level.parse().ok()).collect(),
            meaning,
            source,
            rules,
            owner,
            public: self.sent.get("public") == "yes",
            baseline,
            target,
        })
    }

    fn wrong(&mut self, name: &str, zh: &str, en: &str) {
        self.faults.push(fault(name, zh, en));
    }

    /// A value of a closed list, a code or an id.
    fn one<T: std::str::FromStr>(&mut self, name: &str) -> Option<T> {
        let text = self.sent.get(name).trim();
        let read = text.parse().ok();
        if read.is_none() {
            match name {
                "code" => {
                    self.wrong(
                        name,
                        "代码由大写字母、数字和连字符组成，如 X-NEW",
                        "capitals, digits and hyphens, such as X-NEW",
                    );
                }
                _ => self.wrong(name, "请选择", "choose one"),
            }
        }
        read
    }

    /// A number; none where nothing was typed.
    fn number(&mut self, name: &str) -> Option<f64> {
        let text = self.sent.get(name).trim().replace([',', '，', ' '], "");
        if text.is_empty() {
            return None;
        }
        let read = text.parse().ok().filter(|number: &f64| number.is_finite());
        if read.is_none() {
            self.wrong(name, "请填写数值，如 12.5", "a number, such as 12.5");
        }
        read
    }

    fn needed(&mut self, name: &str) -> Option<f64> {
        let before = self.faults.len();
        let read = self.number(name);
        if read.is_none() && self.faults.len() == before {
            self.wrong(name, "请填写数值", "a number is needed");
        }
        read
    }

    fn decimals(&mut self) -> u8 {
        match self.sent.get("decimals").trim() {
            "" => 0,
            text => text.parse().unwrap_or_else(|_| {
                self.wrong("decimals", "小数位数为 0 至 6", "0 to 6 digits after the point");
                0
            }),
        }
    }

    fn mark(&mut self, name: &str) -> Option<Mark> {
        let number = self.number(name);
        let period = format!("{name}_period");
        match (self.sent.get(&period).trim(), number) {
            ("", None) => None,
            ("", Some(_)) => {
                self.wrong(&period, "请填写统计期，如 2025", "name the period, such as 2025");
                None
            }
            (text, number) => {
                let read = text.parse().ok();
                if read.is_none() {
                    self.wrong(
                        &period,
                        "统计期写作 2025、2025-Q1 或 2025-06",
                        "write the period as 2025, 2025-Q1 or 2025-06",
                    );
                }
                if number.is_none() && !self.faults.iter().any(|fault| fault.field == name) {
                    self.wrong(name, "请填写数值", "a number is needed");
                }
                Some(Mark { period: read?, number: number? })
            }
        }
    }

    fn formula(&mut self) -> Option<Formula> {
        let condition = self.sent.get("condition").trim();
        Some(match self.one("kind")? {
            FormulaKind::Entered => Formula::Entered,
            FormulaKind::Counted => Formula::Counted {
                measure: self.sent.get("measure").to_owned(),
                condition: (!condition.is_empty()).then(|| condition.to_owned()),
            },
            FormulaKind::Summed => Formula::Summed { of: self.one("summed")? },
            FormulaKind::Growth => Formula::Growth { of: self.one("growth")? },
            FormulaKind::Ratio => {
                let (of, per, factor) = (self.one("of"), self.one("per"), self.needed("factor"));
                Formula::Ratio { of: of?, per: per?, factor: factor? }
            }
            FormulaKind::Index => Formula::Index { parts: self.parts() },
        })
    }

    /// The parts of an index; rows that name no indicator are passed over.
    fn parts(&mut self) -> Vec<Part> {
        let mut parts = Vec::new();
        for row in 0.. {
            let Some(of) = self.sent.given(&format!("part_{row}")) else { break };
            if of.is_empty() {
                continue;
            }
            let of = self.one(&format!("part_{row}"));
            let [weight, zero, full] = ["weight", "zero", "full"].map(|name| self.needed(&format!("{name}_{row}")));
            if let (Some(of), Some(weight), Some(zero), Some(full)) = (of, weight, zero, full) {
                parts.push(Part { of, weight, zero, full });
            }
        }
        parts
    }

    fn rules(&mut self) -> Vec<Rule> {
        let ticked = |name: &str| self.sent.get(name) == "yes";
        let (whole, sum) = (ticked("whole"), ticked("sum"));
        let mut rules = Vec::new();
        rules.extend(self.number("min").map(|value| Rule::Min { value }));
        rules.extend(self.number("max").map(|value| Rule::Max { value }));
        rules.extend(whole.then_some(Rule::Whole));
        rules.extend(self.number("not_below").map(|percent| Rule::NotBelowLast { percent }));
        rules.extend(sum.then_some(Rule::SumOfChildren));
        let [below, above, change] = ["note_below", "note_above", "note_change"].map(|name| self.number(name));
        if below.or(above).or(change).is_some() {
            rules.push(Rule::NoteWhen { below, above, change });
        }
        rules
    }
}

#[cfg(test)]
#[path = "typed_tests.rs"]
mod tests;
