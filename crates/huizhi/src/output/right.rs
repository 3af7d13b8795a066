//! One right for reading at a terminal.

use std::fmt::Write as _;

use records::{NiceClass, Party, Right};

/// Width of the column of names.
const NAMES: usize = 14;

/// The right with its bibliography, life, classes, claims and sources.
pub(crate) fn text(right: &Right, lang: &str) -> String {
    let mut page = Page { out: String::new(), zh: lang == "zh" };
    page.head(right, lang);
    page.people(right);
    page.dates(right, lang);
    page.classes(right);
    page.links(right);
    page.events(right, lang);
    page.texts(right);
    page.sources(right);
    page.out
}

struct Page {
    out: String,
    zh: bool,
}

impl Page {
    fn line(&mut self, zh: &str, en: &str, value: impl AsRef<str>) {
        let value = value.as_ref();
        if value.is_empty() {
            return;
        }
        let name = if self.zh { zh } else { en };
        let width = unicode_width::UnicodeWidthStr::width(name);
        let _ = writeln!(self.out, "{name}{} {value}", " ".repeat(NAMES.saturating_sub(width)));
    }

    fn head(&mut self, right: &Right, lang: &str) {
        for title in &right.titles {
            let _ = writeln!(self.out, "{}{}", title.text, tag(title.lang.as_deref()));
        }
        self.line("标识", "id", right.id.as_str());
        self.line("类型", "kind", right.right.label(lang));
        self.line("申请号", "application", right.application_number.as_deref().unwrap_or_default());
        let publications = right.publications.iter().map(|p| {
            let kind = p.kind.as_ref().map_or("", |kind| kind.as_str());
            let date = p.date.map_or_else(String::new, |date| format!(" ({date})"));
            format!("{}{kind}{date}", p.number)
        });
        self.line("公开公告", "publications", publications.collect::<Vec<_>>().join(", "));
        self.line("注册号", "registration", right.registration_number.as_deref().unwrap_or_default());
        let why = right.status_text.as_ref().map_or_else(String::new, |text| format!(" — {text}"));
        self.line("状态", "status", format!("{}{why}", right.status.label(lang)));
    }

    fn people(&mut self, right: &Right) {
        let lists = [
            ("申请人", "applicants", &right.applicants),
            ("权利人", "owners", &right.owners),
            ("发明设计人", "inventors", &right.inventors),
            ("代理", "agents", &right.agents),
        ];
        for (zh, en, list) in lists {
            self.line(zh, en, list.iter().map(party).collect::<Vec<_>>().join("; "));
        }
    }

    fn dates(&mut self, right: &Right, _lang: &str) {
        let dates = [
            ("申请日", "filed", right.filing_date),
            ("公开日", "published", right.publication_date),
            ("授权注册日", "granted", right.grant_date),
            ("届满日", "expires", right.expiry_date),
        ];
        for (zh, en, date) in dates {
            self.line(zh, en, date.map_or_else(String::new, |date| date.to_string()));
        }
        let priorities = right.priorities.iter().map(|p| {
            let office = p.office.map_or_else(String::new, |office| format!("{office} "));
            format!("{office}{} {}", p.number, p.date.map_or_else(String::new, |date| date.to_string()))
        });
        self.line("优先权", "priorities", priorities.collect::<Vec<_>>().join("; "));
    }

    fn classes(&mut self, right: &Right) {
        self.line("IPC", "IPC", joined(&right.ipc));
        self.line("CPC", "CPC", joined(&right.cpc));
        self.line("洛迦诺", "Locarno", joined(&right.locarno));
        self.line("图形要素", "Vienna", joined(&right.vienna));
        let wanted = if self.zh { "zh" } else { "en" };
        let has = |lang: &str| right.nice.iter().any(|n| n.lang.as_deref() == Some(lang));
        let lang = [wanted, "en", "zh"].into_iter().find(|lang| has(lang));
        let first = right.nice.first().and_then(|n| n.lang.as_deref());
        for class in right.nice.iter().filter(|n| n.lang.as_deref() == lang.or(first)) {
            self.line("尼斯分类", "Nice", nice(class));
        }
    }

    fn links(&mut self, right: &Right) {
        self.line("同族", "family", right.family_id.as_deref().unwrap_or_default());
        let citations = right.citations.iter().filter_map(|c| c.number.as_deref().or(c.text.as_deref()));
        self.line("引证", "citations", citations.take(30).collect::<Vec<_>>().join("; "));
        let related = right.related.iter().map(|r| format!("{} {}", r.relation, r.number));
        self.line("相关申请", "related", related.collect::<Vec<_>>().join("; "));
        for (name, value) in &right.facts {
            self.line(name, name, value);
        }
    }

    fn events(&mut self, right: &Right, lang: &str) {
        for event in &right.events {
            let date = event.date.map_or_else(|| "          ".to_owned(), |date| date.to_string());
            let effect = event.effect.map_or("", |effect| effect.label(lang));
            self.line("事件", "event", format!("{date} {} {} {effect}", event.code, event.text).trim_end());
        }
    }

    fn texts(&mut self, right: &Right) {
        for text in &right.abstracts {
            let _ = writeln!(self.out, "\n{}{}", text.text, tag(text.lang.as_deref()));
        }
        if !right.claims.is_empty() {
            let said = if self.zh { "权利要求" } else { "Claims" };
            let _ = writeln!(self.out, "\n{said} ({})", right.claims.len());
            for claim in right.claims.iter().filter(|claim| claim.depends_on.is_empty()).take(5) {
                let _ = writeln!(self.out, "{}. {}", claim.number, claim.text);
            }
        }
        if let Some(description) = &right.description {
            let paragraphs: usize = description.sections.iter().map(|s| s.paragraphs.len()).sum();
            let headings: Vec<_> = description.sections.iter().filter_map(|s| s.heading.as_deref()).collect();
            let said = if self.zh { "说明书" } else { "Description" };
            let _ = writeln!(self.out, "\n{said}: {paragraphs} ¶  {}", headings.join(" · "));
        }
    }

    fn sources(&mut self, right: &Right) {
        let said = if self.zh { "来源" } else { "Sources" };
        let _ = writeln!(self.out, "\n{said}");
        for source in &right.sources {
            let _ = writeln!(self.out, "  {} @{} {}", source.file, source.position, source.loaded_at);
        }
    }
}

fn tag(lang: Option<&str>) -> String {
    lang.map_or_else(String::new, |lang| format!(" [{lang}]"))
}

fn party(party: &Party) -> String {
    let mut text = party.name.clone();
    let place: Vec<_> = [&party.country, &party.region, &party.organisation].into_iter().flatten().cloned().collect();
    if !place.is_empty() {
        let _ = write!(text, " ({})", place.join(", "));
    }
    text
}

fn joined<T: std::fmt::Display>(list: &[T]) -> String {
    list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn nice(class: &NiceClass) -> String {
    let mut terms = class.terms.join("; ");
    if terms.chars().count() > 300 {
        terms = terms.chars().take(300).collect::<String>() + "…";
    }
    format!("{} {terms}", class.class)
}
