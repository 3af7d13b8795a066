//! What an analysis is asked for.

use axum::http::Uri;
use axum_extra::extract::Query as Parameters;
use insight::{Analysis, SectionId, Settings};
use query::Spelling;

use crate::App;
use crate::language::Lang;
use crate::link::Link;
use crate::problem::Failure;

/// Query and settings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    pub(crate) q: String,
    spelling: String,
    pub(crate) settings: Settings,
    /// Whether a query was sent at all: an empty one asks for everything.
    pub(crate) given: bool,
}

impl Asked {
    /// Reads the parameters of an address or a form.
    pub(crate) fn read(raw: &str) -> Result<Self, Failure> {
        let wrong = || Failure::wrong("参数有误，请检查地址。", "The parameters cannot be read; check the address.");
        let uri = Uri::builder().path_and_query(format!("/?{raw}")).build().map_err(|_| wrong())?;
        let Parameters(pairs): Parameters<Vec<(String, String)>> =
            Parameters::try_from_uri(&uri).map_err(|_| wrong())?;
        Self::of(&pairs)
    }

    pub(crate) fn of(pairs: &[(String, String)]) -> Result<Self, Failure> {
        let named =
            |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim().to_owned());
        let settings = Settings::from_pairs(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))?;
        let given = named("q").is_some();
        Ok(Self { q: named("q").unwrap_or_default(), spelling: named("as").unwrap_or_default(), settings, given })
    }

    /// What a kept analysis was asked for.
    pub(crate) fn kept(analysis: &Analysis) -> Self {
        Self { q: analysis.query.clone(), spelling: String::new(), settings: analysis.settings.clone(), given: true }
    }

    /// The analysis of now; another office's spelling goes in in Huizhi's own words.
    pub(crate) async fn analyse(&self, app: &App) -> Result<Analysis, Failure> {
        let text = match Spelling::from_code(&self.spelling) {
            None | Some(Spelling::Huizhi) => self.q.clone(),
            Some(foreign) => query::canonical(&query::parse_as(&self.q, foreign).map_err(Failure::from)?),
        };
        Ok(insight::analyse(&app.searcher(), &text, &self.settings).await?)
    }

    fn link(&self, path: &str) -> Link {
        let link = Link::to(path).with_even_if_empty("q", &self.q).with("as", &self.spelling);
        self.settings.to_pairs().into_iter().fold(link, |link, (name, value)| link.with(name, value))
    }

    /// The analysis of now of the same.
    pub(crate) fn address(&self) -> String {
        self.link("/analysis").address()
    }

    /// The table of a figure; a kept analysis has addresses of its own.
    pub(crate) fn table(&self, base: &str, section: &str) -> String {
        let path = format!("{base}/tables/{section}");
        if base == "/analysis" { self.link(&path).address() } else { path }
    }

    /// The report.
    pub(crate) fn report(&self, base: &str) -> String {
        let path = format!("{base}/report");
        if base == "/analysis" { self.link(&path).address() } else { path }
    }

    /// Hidden fields for the form that keeps it.
    pub(crate) fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("q", self.q.clone())];
        pairs.extend((!self.spelling.is_empty()).then(|| ("as", self.spelling.clone())));
        pairs.extend(self.settings.to_pairs());
        pairs
    }

    /// Every part with whether it is shown.
    pub(crate) fn choices(&self, lang: Lang) -> Vec<(&'static str, String, bool)> {
        let choice = |id: SectionId| (id.code(), id.label(lang.code()).to_owned(), self.settings.shows(id));
        SectionId::ALL.into_iter().map(choice).collect()
    }

    pub(crate) fn from(&self) -> String {
        self.settings.from.map_or_else(String::new, |year| year.to_string())
    }

    pub(crate) fn to(&self) -> String {
        self.settings.to.map_or_else(String::new, |year| year.to_string())
    }
}
