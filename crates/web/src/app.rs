//! What every request shares.

use std::sync::Arc;

use figures::Pictures;
use records::Date;
use search::Searcher;

use crate::language::Lang;

/// Tells the day and the moment; given in, so that tests stand still.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// Today, in UTC.
    pub today: fn() -> Date,
    /// Now, RFC 3339 in UTC, to the second.
    pub now: fn() -> String,
}

/// What an operator may set.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Name of this site in both languages; the ordinary one is Huizhi's own.
    pub name: Option<String>,
    /// Language for visitors who say nothing.
    pub lang: Lang,
    /// Address under which the site is known outside (`https://ip.example.cn`), without a slash at its end; for permanent
    /// addresses in citations and exports. Absent = as the request says.
    pub public_url: Option<String>,
    /// Requests to the API that one address may make in a minute; 0 = any number.
    pub requests_per_minute: u32,
    /// Origins whose pages may read the API (CORS); `*` allows all.
    pub allowed_origins: Vec<String>,
    /// Whether a proxy stands before the site, whose `X-Forwarded-For` tells the visitor's address.
    pub behind_proxy: bool,
    /// Whether this is a demonstration with made-up data; every page then says so.
    pub demonstration: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: None,
            lang: Lang::Zh,
            public_url: None,
            requests_per_minute: 600,
            allowed_origins: Vec::new(),
            behind_proxy: false,
            demonstration: false,
        }
    }
}

/// The site's state; one for all requests.
pub struct App {
    searcher: Searcher,
    pub(crate) pictures: Arc<Pictures>,
    pub(crate) analyses: insight::Store,
    pub(crate) settings: Settings,
    pub(crate) clock: Clock,
}

impl App {
    /// A site over this searcher.
    pub fn new(
        searcher: Searcher,
        pictures: Pictures,
        analyses: insight::Store,
        settings: Settings,
        clock: Clock,
    ) -> Self {
        Self { searcher, pictures: Arc::new(pictures), analyses, settings, clock }
    }

    /// A searcher for today.
    pub(crate) fn searcher(&self) -> Searcher {
        self.searcher.on((self.clock.today)())
    }
}
