//! The fields of the form, ready for the template.

use network::Fault;

use super::flat::{Flat, PLACE};
use super::parts::{Kind, Part, SECTIONS, Section, UNITS, Words};
use crate::form::Choice;
use crate::frame::Visit;
use crate::language::Lang;

/// Elements that belong together.
pub(super) struct SectionView {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) blocks: Vec<Block>,
    /// How many of its fields are wrong.
    pub(super) faults: usize,
    /// Whether it is unfolded: the first, what is wrong, and where something was asked for.
    pub(super) open: bool,
}

/// One element: its fields, or its rows.
pub(super) struct Block {
    /// `fields`, `ticks`, `rows`, `form`.
    pub(super) draw: &'static str,
    pub(super) name: String,
    pub(super) label: String,
    pub(super) needed: bool,
    pub(super) cells: Vec<Cell>,
    pub(super) choices: Vec<Choice>,
    pub(super) rows: Vec<Row>,
    pub(super) fault: Option<String>,
}

/// A row of a list.
pub(super) struct Row {
    pub(super) number: usize,
    pub(super) place: String,
    pub(super) cells: Vec<Cell>,
}

/// One field.
pub(super) struct Cell {
    pub(super) name: String,
    pub(super) label: String,
    /// `line`, `area`, `select`, `tick`, `number`, `date`.
    pub(super) draw: &'static str,
    pub(super) value: String,
    pub(super) choices: Vec<Choice>,
    /// Language of what is typed.
    pub(super) lang: &'static str,
    pub(super) needed: bool,
    /// Begins a line: what belongs together stands side by side.
    pub(super) begins: bool,
    pub(super) fault: Option<String>,
}

/// What the fields are laid out with.
pub(super) struct Laid<'a> {
    pub(super) flat: &'a Flat,
    pub(super) faults: &'a [Fault],
    /// The list that gets one more row.
    pub(super) add: Option<&'a str>,
    pub(super) visit: &'a Visit,
}

impl Laid<'_> {
    /// All sections.
    pub(super) fn sections(&self) -> Vec<SectionView> {
        SECTIONS.iter().map(|section| self.section(section)).collect()
    }

    /// All that is wrong: address of the field on the page, empty where there is none, and the words.
    pub(super) fn summary(&self, sections: &[SectionView]) -> Vec<(String, String)> {
        let ids = ids(sections);
        let told = |fault: &Fault| {
            let text = fault.text(self.visit.lang.code()).to_owned();
            match id_of(&fault.field, &ids) {
                Some(id) => {
                    let label = label_of(id, sections).unwrap_or_default();
                    (format!("#{}", address(id)), format!("{label}{}{text}", self.visit.t("：", ": ")))
                }
                None => (String::new(), if fault.field.is_empty() { text } else { format!("{}: {text}", fault.field) }),
            }
        };
        self.faults.iter().map(told).collect()
    }

    fn section(&self, section: &Section) -> SectionView {
        let mut blocks = Vec::new();
        for part in section.parts {
            match &part.kind {
                Kind::Within(parts) => {
                    blocks.extend(parts.iter().map(|inner| self.block(inner, format!("{}.{}", part.key, inner.key))));
                }
                _ => blocks.push(self.block(part, part.key.to_owned())),
            }
        }
        let wrong = |block: &Block| {
            let cells = block.cells.iter().chain(block.rows.iter().flat_map(|row| &row.cells));
            usize::from(block.fault.is_some()) + cells.filter(|cell| cell.fault.is_some()).count()
        };
        let name = self.visit.lang.t(section.zh, section.en);
        let faults = blocks.iter().map(wrong).sum();
        let asked = section.parts.iter().any(|part| Some(part.key) == self.add);
        let open = faults > 0 || asked || section.id == SECTIONS[0].id;
        SectionView { id: section.id, name, faults, open, blocks }
    }

    fn block(&self, part: &Part, name: String) -> Block {
        let mut block = Block {
            draw: "fields",
            label: part.label(self.visit.lang.code()).to_owned(),
            needed: part.needed,
            cells: Vec::new(),
            choices: Vec::new(),
            rows: Vec::new(),
            fault: None,
            name,
        };
        match &part.kind {
            Kind::Several(words) => {
                block.draw = "ticks";
                block.choices = self.choices(*words, self.flat.all(&block.name));
            }
            Kind::Rows(_) | Kind::Paragraphs => {
                block.draw = "rows";
                block.rows = self.rows(part, &block.name);
            }
            Kind::Form => block.draw = "form",
            _ => block.cells = self.cells(part, &block.name, &block.label),
        }
        // What one field says itself need not be said of the element again.
        let own = block.cells.iter().any(|cell| cell.name == block.name);
        block.fault = if own { None } else { self.fault(&block.name) };
        if block.draw == "form" {
            block.fault = self.fault_of_form();
        }
        block
    }

    fn rows(&self, part: &Part, name: &str) -> Vec<Row> {
        let mut numbers: Vec<usize> = self.flat.rows(name).collect();
        // One empty row stands ready; a second when it was asked for.
        let next = numbers.last().map_or(0, |last| last + 1);
        numbers.push(next);
        if self.add == Some(name) {
            numbers.push(next + 1);
        }
        let row = |(at, row): (usize, &usize)| {
            let path = format!("{name}.{row}");
            let cells = match &part.kind {
                Kind::Rows(parts) => {
                    let cells = |inner: &Part| {
                        let name = format!("{path}.{}", inner.key);
                        self.cells(inner, &name, inner.label(self.visit.lang.code()))
                    };
                    parts.iter().flat_map(cells).collect()
                }
                _ => self.both(&path, part.label(self.visit.lang.code()), ("area", false)),
            };
            Row { number: at + 1, place: format!("{path}.{PLACE}"), cells }
        };
        numbers.iter().enumerate().map(row).collect()
    }

    fn cells(&self, part: &Part, name: &str, label: &str) -> Vec<Cell> {
        match &part.kind {
            Kind::Both => self.both(name, label, ("line", part.needed)),
            Kind::Paragraph => self.both(name, label, ("area", part.needed)),
            Kind::Word(words) => {
                let value = self.flat.get(name).to_owned();
                vec![Cell {
                    choices: self.choices(*words, std::slice::from_ref(&value)),
                    ..self.cell(name, label, "select", part.needed)
                }]
            }
            Kind::Flag => vec![self.cell(name, label, "tick", false)],
            Kind::Count => vec![self.cell(name, label, "number", false)],
            Kind::Day => vec![self.cell(name, label, "date", false)],
            Kind::Limit => {
                let at = |part: &str| format!("{name}.{part}");
                let (visit, unit) = (self.visit, self.flat.get(&at("unit")).to_owned());
                let mut number = self.cell(&at("number"), label, "number", false);
                number.fault = number.fault.or_else(|| self.fault(name));
                number.begins = true;
                let units = format!("{label} · {}", visit.t("单位", "unit"));
                let unit = Cell {
                    choices: self.choices(UNITS, std::slice::from_ref(&unit)),
                    ..self.cell(&at("unit"), &units, "select", false)
                };
                let notes = format!("{label} · {}", visit.t("说明", "note"));
                let mut cells = vec![number, unit];
                cells.extend(self.both(&at("note"), &notes, ("line", false)));
                cells
            }
            _ => vec![self.cell(name, label, "line", part.needed)],
        }
    }

    fn both(&self, name: &str, label: &str, (draw, needed): (&'static str, bool)) -> Vec<Cell> {
        let one = |code: &str, lang: Lang, called: &str| {
            let mut cell = self.cell(&format!("{name}.{code}"), &format!("{label}{called}"), draw, needed);
            cell.lang = lang.tag();
            cell
        };
        let mut zh = one("zh", Lang::Zh, self.visit.t("（中文）", " (Chinese)"));
        // What is said of both languages together stands at the first.
        zh.fault = zh.fault.or_else(|| self.fault(name));
        zh.begins = true;
        vec![zh, one("en", Lang::En, self.visit.t("（英文）", " (English)"))]
    }

    fn cell(&self, name: &str, label: &str, draw: &'static str, needed: bool) -> Cell {
        Cell {
            name: name.to_owned(),
            label: label.to_owned(),
            draw,
            value: self.flat.get(name).to_owned(),
            choices: Vec::new(),
            lang: "",
            needed,
            begins: false,
            fault: self.fault(name),
        }
    }

    fn choices(&self, words: Words, chosen: &[String]) -> Vec<Choice> {
        let choice = |(code, name): (&'static str, &'static str)| Choice {
            value: code.to_owned(),
            name: name.to_owned(),
            chosen: chosen.iter().any(|one| one == code),
        };
        words(self.visit.lang.code()).into_iter().map(choice).collect()
    }

    fn fault(&self, name: &str) -> Option<String> {
        self.joined(self.faults.iter().filter(|fault| fault.field == name).map(|fault| self.said(fault)))
    }

    fn fault_of_form(&self) -> Option<String> {
        let own = |fault: &&Fault| fault.field == "form" || fault.field.starts_with("form.");
        self.joined(self.faults.iter().filter(own).map(|fault| self.said(fault)))
    }

    fn said(&self, fault: &Fault) -> String {
        fault.text(self.visit.lang.code()).to_owned()
    }

    fn joined(&self, all: impl Iterator<Item = String>) -> Option<String> {
        let all: Vec<String> = all.collect();
        (!all.is_empty()).then(|| all.join(self.visit.t("；", "; ")))
    }
}

/// Id of a field on the page.
fn address(name: &str) -> String {
    format!("i-{name}")
}

fn ids(sections: &[SectionView]) -> Vec<&str> {
    let blocks = sections.iter().flat_map(|section| &section.blocks);
    blocks
        .flat_map(|block| {
            let cells = block.cells.iter().chain(block.rows.iter().flat_map(|row| &row.cells));
            let whole = (block.draw != "fields").then_some(block.name.as_str());
            whole.into_iter().chain(cells.map(|cell| cell.name.as_str()))
        })
        .collect()
}

/// The field that a fault leads to: itself, its Chinese, its number, or the element that holds it.
fn id_of<'a>(field: &str, ids: &[&'a str]) -> Option<&'a str> {
    let find = |name: &str| ids.iter().find(|id| **id == name).copied();
    let near = find(field).or_else(|| find(&format!("{field}.zh"))).or_else(|| find(&format!("{field}.number")));
    near.or_else(|| find(field.split('.').next()?))
}

fn label_of(id: &str, sections: &[SectionView]) -> Option<String> {
    let blocks = || sections.iter().flat_map(|section| &section.blocks);
    for block in blocks() {
        if block.name == id && block.cells.is_empty() {
            return Some(block.label.clone());
        }
        if let Some(cell) = block.cells.iter().find(|cell| cell.name == id) {
            return Some(cell.label.clone());
        }
        for row in &block.rows {
            if let Some(cell) = row.cells.iter().find(|cell| cell.name == id) {
                return Some(format!("{} {} · {}", block.label, row.number, cell.label));
            }
        }
    }
    blocks().find(|block| block.name == id).map(|block| block.label.clone())
}
