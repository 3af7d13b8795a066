//! What every request shares.

use std::sync::Arc;

use accounts::{Accounts, PersonId};
use assessment::Assessments;
use cases::Cases;
use credit::Credit;
use figures::Pictures;
use indicators::Indicators;
use jiff::Timestamp;
use network::Network;
use notices::{Notices, Webhooks};
use plans::Plans;
use ratings::Ratings;
use records::Date;
use search::Searcher;
use services::Services;
use warnings::Warnings;

use crate::language::Lang;
use crate::limit::Limiter;

/// Tells the day and the moment; given in, so that tests stand still.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// Today, in UTC.
    pub today: fn() -> Date,
    /// Now.
    pub now: fn() -> Timestamp,
    /// Bytes that nobody can foresee.
    pub random: fn() -> [u8; 32],
}

/// The domain crates that the site shows.
pub struct Rooms {
    /// Rights.
    pub searcher: Searcher,
    /// Their pictures.
    pub pictures: Pictures,
    /// Analyses that were kept.
    pub analyses: insight::Store,
    /// Organisations and outlets.
    pub network: Network,
    /// People.
    pub accounts: Accounts,
    /// What people are told.
    pub notices: Notices,
    /// How organisations are told.
    pub webhooks: Webhooks,
    /// What the network does for people.
    pub services: Services,
    /// What people ask for.
    pub cases: Cases,
    /// What people say of it.
    pub ratings: Ratings,
    /// What is measured.
    pub indicators: Indicators,
    /// What is to be done by whom.
    pub plans: Plans,
    /// How well it was done.
    pub assessments: Assessments,
    /// The credit of agencies.
    pub credit: Credit,
    /// What wants attention.
    pub warnings: Warnings,
}

/// Someone made up for a demonstration.
#[derive(Clone, Debug)]
pub struct Persona {
    /// Whose account.
    pub person: PersonId,
    /// Who it is, Chinese: `网点工作人员 李示范`.
    pub zh: String,
    /// In English.
    pub en: String,
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
    /// The people of a demonstration, whom anybody may be with one click.
    pub personas: Vec<Persona>,
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
            personas: Vec::new(),
            demonstration: false,
        }
    }
}

/// The site's state; one for all requests.
pub struct App {
    searcher: Searcher,
    pub(crate) pictures: Arc<Pictures>,
    pub(crate) analyses: insight::Store,
    pub(crate) network: Network,
    pub(crate) accounts: Accounts,
    pub(crate) notices: Notices,
    pub(crate) webhooks: Webhooks,
    pub(crate) services: Services,
    pub(crate) cases: Cases,
    /// How often one address may try a tracking code.
    pub(crate) attempts: Limiter,
    pub(crate) ratings: Ratings,
    /// How often one address may send ratings and answers.
    pub(crate) opinions: Limiter,
    pub(crate) indicators: Indicators,
    pub(crate) plans: Plans,
    pub(crate) assessments: Assessments,
    pub(crate) credit: Credit,
    pub(crate) warnings: Warnings,
    pub(crate) settings: Settings,
    pub(crate) clock: Clock,
}

impl App {
    /// A site over these rooms.
    pub fn new(rooms: Rooms, settings: Settings, clock: Clock) -> Self {
        let Rooms {
            searcher,
            pictures,
            analyses,
            network,
            accounts,
            notices,
            webhooks,
            services,
            cases,
            ratings,
            indicators,
            plans,
            assessments,
            credit,
            warnings,
        } = rooms;
        let attempts = Limiter::for_attempts(settings.behind_proxy);
        let opinions = Limiter::for_opinions(settings.behind_proxy);
        Self {
            searcher,
            pictures: Arc::new(pictures),
            analyses,
            network,
            accounts,
            notices,
            webhooks,
            services,
            cases,
            attempts,
            ratings,
            opinions,
            indicators,
            plans,
            assessments,
            credit,
            warnings,
            settings,
            clock,
        }
    }

    /// Now, RFC 3339 in UTC, to the second.
    pub(crate) fn now_text(&self) -> String {
        format!("{:.0}", (self.clock.now)())
    }

    /// A searcher for today.
    pub(crate) fn searcher(&self) -> Searcher {
        self.searcher.on((self.clock.today)())
    }
}
