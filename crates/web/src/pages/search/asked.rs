//! What a search page is asked for, and addresses that ask for something else.

use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use index::{Sort, SortKey};
use query::Spelling;
use search::{COLUMNS, Column};
use serde::Deserialize;

use crate::frame::Visit;
use crate::link::Link;

/// Cookie that remembers the columns of the table.
const COLUMNS_COOKIE: &str = "columns";

/// Columns of the table when none were chosen.
const ORDINARY: [&str; 7] = ["number", "title", "applicants", "filing_date", "publication_date", "right", "status"];

/// How hits are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum View {
    /// One below the other with the text round the hit.
    #[default]
    List,
    /// Chosen columns.
    Table,
    /// Pictures.
    Gallery,
}

impl View {
    /// As in an address; the list is the ordinary view.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::List => "",
            Self::Table => "table",
            Self::Gallery => "gallery",
        }
    }
}

/// Parameters as they come.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    q: String,
    #[serde(rename = "as")]
    spelling: String,
    sort: String,
    view: String,
    after: String,
    from: String,
    collapse: String,
    explain: String,
    col: Vec<String>,
}

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    pub(crate) q: String,
    /// `cql`, `brs`, or empty for Huizhi's own.
    pub(crate) spelling: String,
    pub(crate) sort: String,
    pub(crate) view: View,
    pub(crate) after: Option<String>,
    /// Number of hits before this page, for people; the page itself is found by its mark.
    pub(crate) from: u64,
    pub(crate) collapse: bool,
    pub(crate) explain: bool,
    pub(crate) chosen: Vec<String>,
    pub(crate) remembered: Vec<String>,
}

/// Orders that a page offers: code, Chinese, English.
const SORTS: [(&str, &str, &str, Sort); 8] = [
    ("", "相关度", "Best match", Sort { key: SortKey::Score, ascending: false }),
    ("filed", "申请日（新→旧）", "Newest filing", Sort { key: SortKey::Filed, ascending: false }),
    ("filed-asc", "申请日（旧→新）", "Oldest filing", Sort { key: SortKey::Filed, ascending: true }),
    ("published", "公开日（新→旧）", "Newest publication", Sort { key: SortKey::Published, ascending: false }),
    ("published-asc", "公开日（旧→新）", "Oldest publication", Sort { key: SortKey::Published, ascending: true }),
    ("granted", "授权注册日（新→旧）", "Newest grant", Sort { key: SortKey::Granted, ascending: false }),
    ("granted-asc", "授权注册日（旧→新）", "Oldest grant", Sort { key: SortKey::Granted, ascending: true }),
    ("id", "标识", "Identifier", Sort { key: SortKey::Id, ascending: true }),
];

impl Asked {
    pub(crate) fn read(parameters: Parameters, jar: &CookieJar) -> Self {
        let known = |name: &String| COLUMNS.iter().any(|column| column.name == name);
        let remembered = jar.get(COLUMNS_COOKIE).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
        Self {
            q: parameters.q.trim().to_owned(),
            spelling: parameters.spelling,
            sort: SORTS.iter().find(|sort| sort.0 == parameters.sort).map(|sort| sort.0).unwrap_or_default().to_owned(),
            view: match parameters.view.as_str() {
                "table" => View::Table,
                "gallery" => View::Gallery,
                _ => View::List,
            },
            after: Some(parameters.after).filter(|after| !after.is_empty()),
            from: parameters.from.parse().unwrap_or(0),
            collapse: parameters.collapse == "family",
            explain: !parameters.explain.is_empty(),
            chosen: parameters.col.into_iter().filter(known).collect(),
            remembered: remembered.split('.').map(str::to_owned).filter(known).collect(),
        }
    }

    pub(crate) fn spelling(&self) -> Spelling {
        match self.spelling.as_str() {
            "cql" => Spelling::Cql,
            "brs" => Spelling::Brs,
            _ => Spelling::Huizhi,
        }
    }

    /// Whether the query is written as another office writes it.
    pub(crate) fn is_foreign(&self) -> bool {
        self.spelling() != Spelling::Huizhi
    }

    pub(crate) fn sort(&self) -> Sort {
        SORTS.iter().find(|sort| sort.0 == self.sort).map_or(SORTS[0].3, |sort| sort.3)
    }

    /// Columns of the table: those chosen, else those remembered, else the ordinary ones.
    pub(crate) fn columns(&self) -> Vec<&'static Column> {
        let names: Vec<&str> = [&self.chosen, &self.remembered]
            .into_iter()
            .find(|names| !names.is_empty())
            .map_or_else(|| ORDINARY.to_vec(), |names| names.iter().map(String::as_str).collect());
        COLUMNS.iter().filter(|column| names.contains(&column.name)).collect()
    }

    /// Every column with whether it is shown, for the form that chooses.
    pub(crate) fn column_choices(&self, visit: &Visit) -> Vec<(&'static str, &'static str, bool)> {
        let shown = self.columns();
        let is_shown = |column: &Column| shown.iter().any(|shown| shown.name == column.name);
        COLUMNS.iter().map(|column| (column.name, column.label(visit.lang.code()), is_shown(column))).collect()
    }

    /// The cookie that remembers columns which were chosen now.
    pub(crate) fn chosen_columns(&self) -> Option<Cookie<'static>> {
        let cookie = || Cookie::build((COLUMNS_COOKIE, self.chosen.join("."))).path("/search");
        (!self.chosen.is_empty()).then(|| cookie().same_site(SameSite::Lax).permanent().build())
    }

    /// The address of this page from its first hit on.
    pub(crate) fn address(&self) -> String {
        self.link().address()
    }

    fn link(&self) -> Link {
        Link::to("/search")
            .with("q", &self.q)
            .with("as", &self.spelling)
            .with("sort", &self.sort)
            .with("view", self.view.code())
            .with("collapse", if self.collapse { "family" } else { "" })
            .with("explain", if self.explain { "1" } else { "" })
    }

    /// The page after a mark.
    pub(crate) fn page_after(&self, mark: &str, from: u64) -> String {
        self.link().with("after", mark).with("from", from.to_string()).address()
    }

    /// The same with another query.
    pub(crate) fn with_query(&self, q: impl Into<String>) -> String {
        Self { q: q.into(), ..self.clone() }.address()
    }

    /// Orders: address, name, whether it is this one.
    pub(crate) fn sorts(&self, visit: &Visit) -> Vec<(String, &'static str, bool)> {
        let other = |code: &str| Self { sort: code.to_owned(), ..self.clone() }.address();
        SORTS.iter().map(|(code, zh, en, _)| (other(code), visit.lang.t(zh, en), *code == self.sort)).collect()
    }

    /// Name of the order.
    pub(crate) fn sort_name(&self, visit: &Visit) -> &'static str {
        SORTS.iter().find(|sort| sort.0 == self.sort).map_or("", |(_, zh, en, _)| visit.lang.t(zh, en))
    }

    /// Views: address, name, whether it is this one.
    pub(crate) fn views(&self, visit: &Visit) -> Vec<(String, &'static str, bool)> {
        [(View::List, "列表", "List"), (View::Table, "表格", "Table"), (View::Gallery, "图片", "Pictures")]
            .into_iter()
            .map(|(view, zh, en)| (Self { view, ..self.clone() }.address(), visit.lang.t(zh, en), view == self.view))
            .collect()
    }

    /// The same with families collapsed, or not.
    pub(crate) fn turned_collapse(&self) -> String {
        Self { collapse: !self.collapse, ..self.clone() }.address()
    }

    /// The same with the explanation, or without.
    pub(crate) fn turned_explain(&self) -> String {
        Self { explain: !self.explain, ..self.clone() }.address()
    }

    /// The analysis of what this finds.
    pub(crate) fn analysis(&self) -> String {
        Link::to("/analysis").with("q", &self.q).with("as", &self.spelling).address()
    }

    /// The export of what this finds.
    pub(crate) fn export(&self, format: &str) -> String {
        Link::to("/api/v1/export").with("q", &self.q).with("as", &self.spelling).with("format", format).address()
    }

    /// The form that writes this query.
    pub(crate) fn advanced(&self) -> String {
        Link::to("/search/advanced").with("q", &self.q).with("as", &self.spelling).address()
    }

    /// Hidden fields that a form on this page keeps: name, value.
    pub(crate) fn kept(&self) -> Vec<(&'static str, String)> {
        let all = [
            ("sort", self.sort.clone()),
            ("view", self.view.code().to_owned()),
            ("collapse", if self.collapse { "family".to_owned() } else { String::new() }),
        ];
        all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }
}
