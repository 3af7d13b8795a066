//! Classification schemes for readers: browsed, searched, and the classes of one right with their titles.

use std::sync::Arc;

use index::{IndexError, Symbols};
use query::{Field, clause};
use records::{Cpc, Right, SymbolLevel};
use register::SchemeEntry;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{SearchError, Searcher};

/// Places found by words at most.
const FOUND: u32 = 100;

/// Places found by words that are counted; the rest has no counts.
const COUNTED: usize = 40;

/// A classification scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SchemeName {
    /// International Patent Classification.
    Ipc,
    /// Cooperative Patent Classification.
    Cpc,
    /// Nice classes of goods and services.
    Nice,
    /// Locarno classes of designs.
    Locarno,
    /// Vienna codes of figurative elements.
    Vienna,
}

impl SchemeName {
    /// Every scheme.
    pub const ALL: [Self; 5] = [Self::Ipc, Self::Cpc, Self::Nice, Self::Locarno, Self::Vienna];

    /// The name under which the register holds it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ipc => "ipc",
            Self::Cpc => "cpc",
            Self::Nice => "nice",
            Self::Locarno => "locarno",
            Self::Vienna => "vienna",
        }
    }

    /// The scheme with this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scheme| scheme.code() == code)
    }

    /// The field in which its symbols are asked.
    pub const fn field(self) -> Field {
        match self {
            Self::Ipc => Field::Ipc,
            Self::Cpc => Field::Cpc,
            Self::Nice => Field::Nice,
            Self::Locarno => Field::Locarno,
            Self::Vienna => Field::Vienna,
        }
    }

    /// Its short name in `zh` or, for every other language, English.
    pub const fn label(self, lang: &str) -> &'static str {
        let (zh, en) = match self {
            Self::Ipc => ("国际专利分类（IPC）", "International Patent Classification (IPC)"),
            Self::Cpc => ("联合专利分类（CPC）", "Cooperative Patent Classification (CPC)"),
            Self::Nice => ("尼斯分类", "Nice Classification"),
            Self::Locarno => ("洛迦诺分类", "Locarno Classification"),
            Self::Vienna => ("维也纳图形要素分类", "Vienna Classification"),
        };
        if crate::facets::is_chinese(lang) { zh } else { en }
    }
}

/// A place with its rights.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ClassRow {
    /// Symbol as the scheme writes it.
    pub symbol: String,
    /// Title in Chinese.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title_zh: Option<String>,
    /// Title in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title_en: Option<String>,
    /// Rights at the place and below it; absent where they were not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// Query text that finds them; absent when the symbol cannot be asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
}

impl ClassRow {
    /// The title in the language, else in the other; empty when there is none.
    pub fn title(&self, lang: &str) -> &str {
        title(self.title_zh.as_deref(), self.title_en.as_deref(), lang)
    }
}

/// A place of a scheme with what lies above and below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ClassPage {
    /// The scheme.
    pub scheme: SchemeName,
    /// Places above, the top one first.
    pub path: Vec<ClassRow>,
    /// The place; absent at the top of the scheme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<ClassRow>,
    /// Places directly below.
    pub children: Vec<ClassRow>,
    /// The places before and after it at its own level.
    pub siblings: (Option<String>, Option<String>),
}

/// A class of a right with what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ClassPlace {
    /// The scheme.
    pub scheme: SchemeName,
    /// Symbol in normal form.
    pub symbol: String,
    /// Title in Chinese.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title_zh: Option<String>,
    /// Title in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title_en: Option<String>,
    /// What the levels above that stand in the symbol mean, the top one first; a subgroup's title alone says little.
    pub above: Vec<ClassRow>,
    /// Query text for all rights at it and below.
    pub query: String,
}

impl ClassPlace {
    /// The title in the language, else in the other; empty when there is none.
    pub fn title(&self, lang: &str) -> &str {
        title(self.title_zh.as_deref(), self.title_en.as_deref(), lang)
    }
}

fn title<'t>(zh: Option<&'t str>, en: Option<&'t str>, lang: &str) -> &'t str {
    let order = if crate::facets::is_chinese(lang) { [zh, en] } else { [en, zh] };
    order.into_iter().flatten().next().unwrap_or_default()
}

impl Searcher {
    /// A place of a scheme with what lies above and below, each with its number of rights; the top of the scheme for no
    /// symbol. `None` when the scheme was not loaded or does not have the symbol.
    pub async fn class_browse(
        &self,
        scheme: SchemeName,
        symbol: Option<&str>,
    ) -> Result<Option<ClassPage>, SearchError> {
        let symbol = symbol.map(|symbol| normal(scheme, symbol));
        let symbol = symbol.as_deref();
        let children = self.children(scheme, symbol).await?;
        let mut path = match symbol {
            Some(symbol) => self.register.scheme_path(scheme.code(), symbol).await?,
            None => Vec::new(),
        };
        let place = path.pop();
        if place.is_none() && (symbol.is_some() || children.is_empty()) {
            return Ok(None);
        }
        let beside = match (&place, path.last()) {
            (None, _) => Vec::new(),
            (Some(_), above) => self.register.scheme_children(scheme.code(), above.map(|a| a.symbol.as_str())).await?,
        };
        let at = beside.iter().position(|entry| Some(&entry.symbol) == place.as_ref().map(|place| &place.symbol));
        let sibling = |at: Option<usize>| Some(beside.get(at?)?.symbol.clone());
        let siblings = (sibling(at.and_then(|at| at.checked_sub(1))), sibling(at.map(|at| at + 1)));

        let place =
            place.map(|entry| Place { below: children.iter().flat_map(|child| child.below.clone()).collect(), entry });
        let mut rows = self.counted(scheme, place.into_iter().chain(children).collect()).await?;
        let children = rows.split_off(usize::from(symbol.is_some()));
        let path = path.into_iter().map(|entry| row(scheme, entry)).collect();
        Ok(Some(ClassPage { scheme, path, place: rows.pop(), children, siblings }))
    }

    /// Places of a scheme whose titles have these words, in Chinese or English, or whose symbol begins with them; at most
    /// 100, symbols first, then the less deep. The first 40 are counted, as in [`Searcher::class_browse`].
    pub async fn class_search(&self, scheme: SchemeName, words: &str) -> Result<Vec<ClassRow>, SearchError> {
        let mut found = Vec::new();
        let symbol = normal(scheme, words);
        if symbol.starts_with(|c: char| c.is_ascii_alphanumeric()) && !symbol.contains(' ') {
            found = self.register.scheme_starting(scheme.code(), &symbol, FOUND).await?;
        }
        let words: Vec<&str> = words.split_whitespace().collect();
        for entry in self.register.scheme_search(scheme.code(), &words, u32::MAX, FOUND).await? {
            if found.len() < FOUND as usize && found.iter().all(|known| known.symbol != entry.symbol) {
                found.push(entry);
            }
        }
        let mut places = Vec::with_capacity(found.len());
        let rest = found.split_off(found.len().min(COUNTED));
        for entry in found {
            let below = if is_subgroup(scheme, &entry.symbol) {
                self.register.scheme_descendants(scheme.code(), &entry.symbol).await?
            } else {
                Vec::new()
            };
            places.push(Place { entry, below });
        }
        let mut rows = self.counted(scheme, places).await?;
        rows.extend(rest.into_iter().map(|entry| row(scheme, entry)));
        Ok(rows)
    }

    /// The places directly below a symbol, with what lies below them where the symbols themselves do not tell.
    async fn children(&self, scheme: SchemeName, symbol: Option<&str>) -> Result<Vec<Place>, SearchError> {
        let alone = |entry| Place { entry, below: Vec::new() };
        let Some(symbol) = symbol.filter(|symbol| symbol.contains('/') && is_patent(scheme)) else {
            let children = self.register.scheme_children(scheme.code(), symbol).await?;
            return Ok(children.into_iter().map(alone).collect());
        };
        let mut children: Vec<Place> = Vec::new();
        for entry in self.register.scheme_below(scheme.code(), symbol).await?.into_iter().skip(1) {
            match children.last_mut().filter(|last| last.entry.depth < entry.depth) {
                Some(last) => last.below.push(entry.symbol),
                None => children.push(Place { below: vec![entry.symbol.clone()], entry }),
            }
        }
        Ok(children)
    }

    /// The classes of a right with their titles.
    pub(crate) async fn places_of(&self, right: &Right) -> Result<Vec<ClassPlace>, SearchError> {
        let mut nice: Vec<u8> = right.nice.iter().map(|class| class.class).collect();
        nice.sort_unstable();
        nice.dedup();
        let all: [(SchemeName, Vec<String>); 5] = [
            (SchemeName::Ipc, right.ipc.iter().map(ToString::to_string).collect()),
            (SchemeName::Cpc, right.cpc.iter().map(ToString::to_string).collect()),
            (SchemeName::Locarno, right.locarno.iter().map(ToString::to_string).collect()),
            (SchemeName::Nice, nice.iter().map(ToString::to_string).collect()),
            (SchemeName::Vienna, right.vienna.iter().map(ToString::to_string).collect()),
        ];
        let mut places = Vec::new();
        for (scheme, symbols) in all.into_iter().filter(|(_, symbols)| !symbols.is_empty()) {
            let above: Vec<Vec<String>> = symbols.iter().map(|symbol| levels(symbol)).collect();
            let asked: Vec<String> = symbols.iter().chain(above.iter().flatten()).map(|s| written(scheme, s)).collect();
            let titles = self.register.scheme_places(scheme.code(), &asked).await?;
            let of = |symbol: &str| titles.get(&written(scheme, symbol)).cloned();
            for (symbol, above) in symbols.into_iter().zip(above) {
                let entry = of(&symbol).unwrap_or_default();
                places.push(ClassPlace {
                    scheme,
                    title_zh: entry.title_zh,
                    title_en: entry.title_en,
                    above: above.iter().filter_map(|symbol| Some(row(scheme, of(symbol)?))).collect(),
                    query: clause(scheme.field(), &symbol),
                    symbol,
                });
            }
        }
        Ok(places)
    }

    /// Places with their numbers of rights, counted in one go on a thread that may block.
    async fn counted(&self, scheme: SchemeName, places: Vec<Place>) -> Result<Vec<ClassRow>, SearchError> {
        let index = Arc::clone(&self.index);
        let counted = tokio::task::spawn_blocking(move || {
            let one = |Place { entry, mut below }: Place| {
                let mut row = row(scheme, entry);
                let Some(query) = row.query.as_deref().and_then(|text| query::parse(text).ok()) else { return Ok(row) };
                let mut symbols = Symbols::new();
                if is_subgroup(scheme, &row.symbol) {
                    below.push(row.symbol.clone());
                    symbols.insert((scheme.field().code().to_owned(), row.symbol.clone()), below);
                }
                row.count = Some(index.count(&query, &symbols)?);
                Ok(row)
            };
            places.into_iter().map(one).collect::<Result<Vec<ClassRow>, IndexError>>()
        });
        Ok(counted.await.map_err(|error| SearchError::Broken(error.to_string()))??)
    }
}

/// A place with the symbols below it.
struct Place {
    entry: SchemeEntry,
    below: Vec<String>,
}

const fn is_patent(scheme: SchemeName) -> bool {
    matches!(scheme, SchemeName::Ipc | SchemeName::Cpc)
}

/// Whether what lies below a symbol is told by the scheme alone.
fn is_subgroup(scheme: SchemeName, symbol: &str) -> bool {
    is_patent(scheme) && Cpc::read(symbol).is_some_and(|symbol| symbol.level() == SymbolLevel::Subgroup)
}

fn row(scheme: SchemeName, entry: SchemeEntry) -> ClassRow {
    let query = clause(scheme.field(), &entry.symbol);
    ClassRow {
        query: query::parse(&query).is_ok().then_some(query),
        symbol: entry.symbol,
        title_zh: entry.title_zh,
        title_en: entry.title_en,
        count: None,
    }
}

/// A symbol in the spelling in which the register holds it; anything else in upper case.
fn normal(scheme: SchemeName, typed: &str) -> String {
    let typed = typed.trim();
    let symbol = match scheme {
        SchemeName::Ipc => records::Ipc::read(typed).map(|symbol| symbol.to_string()),
        SchemeName::Cpc => records::Cpc::read(typed).map(|symbol| symbol.to_string()),
        SchemeName::Locarno => records::Locarno::read(typed).map(|symbol| symbol.to_string()),
        SchemeName::Vienna => records::Vienna::read(typed).map(|symbol| symbol.to_string()),
        SchemeName::Nice => None,
    };
    written(scheme, &symbol.unwrap_or_else(|| typed.to_ascii_uppercase()))
}

/// A symbol of a right as the scheme's files write it.
fn written(scheme: SchemeName, symbol: &str) -> String {
    match scheme {
        // Categories and classes have two digits there.
        SchemeName::Vienna | SchemeName::Locarno if symbol.len() == 1 => format!("0{symbol}"),
        SchemeName::Nice => symbol.trim_start_matches('0').to_owned(),
        _ => symbol.to_owned(),
    }
}

/// The levels above a symbol that stand in its text: `H01M` and `H01M10/00` for `H01M10/0525`, `14` for `14-02`, `26` and
/// `26.11` for `26.11.02`.
fn levels(symbol: &str) -> Vec<String> {
    if symbol.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let subclass = symbol.get(..4).filter(|_| symbol.len() > 4).map(str::to_owned);
        let group = symbol.split_once('/').map(|(group, _)| format!("{group}/00")).filter(|group| group != symbol);
        return subclass.into_iter().chain(group).collect();
    }
    symbol.match_indices(['-', '.']).map(|(at, _)| symbol[..at].to_owned()).collect()
}
