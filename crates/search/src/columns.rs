//! Columns of a table of rights: lists, exports and comparisons.

use records::{Party, Right, RightKind, Text};

/// A column of a table of rights.
#[derive(Debug)]
pub struct Column {
    /// Name in addresses, for `--fields` and at the head of English files.
    pub name: &'static str,
    /// Name for people, in English.
    pub english: &'static str,
    /// Heading in Chinese.
    pub chinese: &'static str,
    /// Its text for a right; labels and the choice among titles follow the language, `zh` or `en`.
    pub value: fn(&Right, &str) -> String,
}

impl Column {
    /// Name for people: `zh`, else English.
    pub fn label(&self, lang: &str) -> &'static str {
        if lang == "zh" { self.chinese } else { self.english }
    }

    /// Head of a file in this language: `zh`, else the name that programs know.
    pub fn heading(&self, lang: &str) -> &'static str {
        if lang == "zh" { self.chinese } else { self.name }
    }
}

/// The columns with these names, English or Chinese, in this order; all for none. An unknown name comes back.
pub fn columns_named<'n>(names: impl IntoIterator<Item = &'n str>) -> Result<Vec<&'static Column>, String> {
    let column = |name: &'n str| {
        let named = |column: &&Column| column.name == name || column.chinese == name;
        COLUMNS.iter().find(named).ok_or_else(|| name.to_owned())
    };
    let chosen = names.into_iter().map(column).collect::<Result<Vec<_>, _>>()?;
    Ok(if chosen.is_empty() { COLUMNS.iter().collect() } else { chosen })
}

/// Every column, in the order of exports.
pub const COLUMNS: &[Column] = &[
    Column { name: "id", english: "Identifier", chinese: "标识", value: |r, _| r.id.to_string() },
    Column { name: "right", english: "Kind", chinese: "类型", value: |r, lang| r.right.label(lang).to_owned() },
    Column { name: "office", english: "Office", chinese: "受理局", value: |r, _| r.office.to_string() },
    Column { name: "number", english: "Application number", chinese: "申请号", value: number },
    Column { name: "publications", english: "Publications", chinese: "公开公告号", value: publications },
    Column {
        name: "registration_number",
        english: "Registration number",
        chinese: "注册号",
        value: |r, _| r.registration_number.clone().unwrap_or_default(),
    },
    Column { name: "title", english: "Title", chinese: "名称", value: title },
    Column { name: "abstract", english: "Abstract", chinese: "摘要", value: |r, _| texts(&r.abstracts) },
    Column { name: "applicants", english: "Applicants", chinese: "申请人", value: |r, _| names(&r.applicants) },
    Column { name: "owners", english: "Owners", chinese: "权利人", value: |r, _| names(&r.owners) },
    Column {
        name: "inventors", english: "Inventors", chinese: "发明人/设计人", value: |r, _| names(&r.inventors)
    },
    Column { name: "agents", english: "Agents", chinese: "代理", value: |r, _| names(&r.agents) },
    Column { name: "filing_date", english: "Filing date", chinese: "申请日", value: |r, _| date(r.filing_date) },
    Column {
        name: "publication_date",
        english: "Publication date",
        chinese: "公开公告日",
        value: |r, _| date(r.publication_date),
    },
    Column { name: "grant_date", english: "Grant date", chinese: "授权/注册日", value: |r, _| date(r.grant_date) },
    Column { name: "expiry_date", english: "Expiry date", chinese: "届满日", value: |r, _| date(r.expiry_date) },
    Column { name: "ipc", english: "IPC", chinese: "IPC", value: |r, _| joined(&r.ipc) },
    Column { name: "cpc", english: "CPC", chinese: "CPC", value: |r, _| joined(&r.cpc) },
    Column {
        name: "locarno", english: "Locarno classes", chinese: "洛迦诺分类", value: |r, _| joined(&r.locarno)
    },
    Column { name: "nice", english: "Nice classes", chinese: "尼斯分类", value: nice },
    Column { name: "vienna", english: "Vienna elements", chinese: "图形要素", value: |r, _| joined(&r.vienna) },
    Column {
        name: "family_id",
        english: "Family",
        chinese: "同族",
        value: |r, _| r.family_id.clone().unwrap_or_default(),
    },
    Column { name: "status", english: "Status", chinese: "状态", value: |r, lang| r.status.label(lang).to_owned() },
    Column {
        name: "status_text",
        english: "Status in words",
        chinese: "状态说明",
        value: |r, _| r.status_text.clone().unwrap_or_default(),
    },
    Column {
        name: "claims",
        english: "Number of claims",
        chinese: "权利要求数",
        value: |r, _| r.claims.len().to_string(),
    },
];

fn number(right: &Right, _lang: &str) -> String {
    let publication = || right.publications.first().map(|p| p.number.to_string());
    right.application_number.clone().or_else(publication).unwrap_or_default()
}

fn publications(right: &Right, _lang: &str) -> String {
    let numbers = right.publications.iter().map(|p| {
        let kind = p.kind.as_ref().map_or("", |kind| kind.as_str());
        format!("{}{kind}", p.number)
    });
    numbers.collect::<Vec<_>>().join("; ")
}

/// The title in the language, else the Chinese or the English one, else any; a mark without words says so.
fn title(right: &Right, lang: &str) -> String {
    let own = right.titles.iter().find(|t| t.lang.as_deref() == Some(lang)).map(|t| t.text.as_str());
    match own.or_else(|| right.title(if lang == "zh" { "en" } else { "zh" })) {
        Some(title) => title.to_owned(),
        None if right.right == RightKind::Trademark && lang == "zh" => "（图形）".to_owned(),
        None if right.right == RightKind::Trademark => "(figure)".to_owned(),
        None => String::new(),
    }
}

fn texts(texts: &[Text]) -> String {
    texts.iter().map(|t| t.text.as_str()).collect::<Vec<_>>().join("\n")
}

fn names(parties: &[Party]) -> String {
    parties.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join("; ")
}

fn date(date: Option<records::Date>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}

fn joined<T: std::fmt::Display>(list: &[T]) -> String {
    list.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn nice(right: &Right, _lang: &str) -> String {
    let mut classes: Vec<u8> = right.nice.iter().map(|n| n.class).collect();
    classes.sort_unstable();
    classes.dedup();
    joined(&classes)
}
