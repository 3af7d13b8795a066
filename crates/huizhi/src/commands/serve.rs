//! `huizhi serve`: pages and API until it is told to stop.

use std::sync::Arc;
use std::time::Duration;

use accounts::{Accounts, Actor};
use anyhow::{Context, Result};
use cases::Cases;
use indicators::Indicators;
use services::Services;
use tokio::net::TcpListener;
use web::{App, Clock, Rooms};

use super::Outcome;
use crate::background;
use crate::cli::ServeArgs;
use crate::readings::filings::Register;
use crate::readings::signals;
use crate::secret;
use crate::settings::Settings;
use crate::store::{Store, now, random, today};

/// How often the index looks for what another process has loaded.
const LOOK: Duration = Duration::from_secs(2);

pub(crate) async fn run(settings: &Settings, args: &ServeArgs) -> Result<Outcome> {
    let store = Store::open_or_make(settings).await?;
    serve(settings, store, args.listen.as_deref()).await
}

/// Serves an open data folder until the process is told to stop.
pub(crate) async fn serve(settings: &Settings, store: Store, listen: Option<&str>) -> Result<Outcome> {
    let address = listen.unwrap_or(&settings.listen);
    let listener = TcpListener::bind(address).await.with_context(|| {
        format!("cannot listen at {address}; another process may hold it: choose another with --listen HOST:PORT")
    })?;
    let address = listener.local_addr()?;
    let store = Arc::new(store);
    let rooms = rooms(settings, &store).await?;
    let (accounts, notices, cases) = (rooms.accounts.clone(), rooms.notices.clone(), rooms.cases.clone());
    let indicators = rooms.indicators.clone();
    let warnings = rooms.warnings.clone();
    let (plans, assessments, credit) = (rooms.plans.clone(), rooms.assessments.clone(), rooms.credit.clone());
    let senders = background::senders(settings, &accounts, &rooms.webhooks)?;
    let site = router(settings, &store, rooms).await?;
    let beside = [
        tokio::spawn(follow(Arc::clone(&store), settings.clone())),
        tokio::spawn(background::deliver(notices.clone(), senders)),
        tokio::spawn(background::sweep(accounts, notices)),
        tokio::spawn(background::monitor(cases)),
        tokio::spawn(background::measure(indicators)),
        tokio::spawn(background::look_for_leads(credit)),
        tokio::spawn(background::warn(warnings)),
        tokio::spawn(background::ask_and_remind(store.register.database().clone(), plans, assessments)),
    ];
    println!("{}", if settings.lang == "zh" { "惠知已启动：" } else { "Huizhi is open at" });
    println!("  http://{address}");
    println!("{}", if settings.lang == "zh" { "按 Ctrl-C 停止" } else { "Ctrl-C stops it" });
    let served = axum::serve(listener, site.into_make_service_with_connect_info::<std::net::SocketAddr>());
    served.with_graceful_shutdown(told_to_stop()).await?;
    beside.iter().for_each(tokio::task::JoinHandle::abort);
    Ok(Outcome::Done)
}

/// The whole site over an open data folder.
pub(crate) async fn site(settings: &Settings, store: &Store) -> Result<axum::Router> {
    router(settings, store, rooms(settings, store).await?).await
}

/// The domain crates over an open data folder.
async fn rooms(settings: &Settings, store: &Store) -> Result<Rooms> {
    let database = store.register.database();
    let secret = secret::of(settings)?;
    let searcher = store.searcher(settings).await?;
    let network = network::Network::open(database.clone()).await?;
    let cases = Cases::open(database.clone(), secret.clone()).await?;
    let ratings = ratings::Ratings::open(database.clone()).await?;
    let indicators = indicators(database, &searcher, &secret).await?;
    let plans = plans::Plans::open(database.clone()).await?;
    let filings = Arc::new(Register::new(searcher.clone()));
    let credit = credit::Credit::open(database.clone()).await?.reading(filings);
    let governance = (&indicators, &plans, &credit);
    let signals = Arc::new(signals::Rooms::new(searcher.clone(), &network, (&cases, &ratings), governance));
    let warnings = warnings::Warnings::open(database.clone()).await?.reading(signals);
    Ok(Rooms {
        searcher,
        pictures: figures::Pictures::new(settings.data.join("pictures"), figures::Limits::default()),
        analyses: insight::Store::open(database.clone()).await?,
        network,
        accounts: Accounts::open(database.clone(), secret.clone(), settings.accounts.clone()).await?,
        notices: notices::Notices::open(database.clone()).await?,
        webhooks: notices::Webhooks::new(&secret::key(settings)?, settings.private_webhooks),
        services: services(database).await?,
        cases,
        ratings,
        indicators,
        plans,
        assessments: assessment::Assessments::open(database.clone()).await?,
        credit,
        warnings,
    })
}

async fn router(settings: &Settings, store: &Store, rooms: Rooms) -> Result<axum::Router> {
    let demonstration = store.register.stats().await?.sources.iter().any(|source| source.source == "demo");
    let personas =
        if demonstration { crate::demo::service::personas(&rooms.accounts, now()).await? } else { Vec::new() };
    let web = web::Settings { demonstration, personas, ..settings.web.clone() };
    Ok(web::router(Arc::new(App::new(rooms, web, Clock { today, now, random }))))
}

/// The indicators and whoever measures them; an installation that has none begins with the starting ones.
pub(crate) async fn indicators(
    database: &database::Database,
    searcher: &search::Searcher,
    secret: &accounts::Secret,
) -> Result<Indicators> {
    let rooms = crate::readings::figures(
        searcher.clone(),
        &Cases::open(database.clone(), secret.clone()).await?,
        &Services::open(database.clone()).await?,
        &ratings::Ratings::open(database.clone()).await?,
        &network::Network::open(database.clone()).await?,
    );
    let indicators = Indicators::open(database.clone()).await?.with(rooms);
    if indicators.book().await?.codes().next().is_none() {
        let came = indicators.install(now(), &Actor::system("installation")).await?;
        tracing::info!(came, "the starting indicators were installed");
    }
    Ok(indicators)
}

/// The service items; an installation that has none begins with those of the starting catalogue.
async fn services(database: &database::Database) -> Result<Services> {
    let services = Services::open(database.clone()).await?;
    let moment = now();
    let day = services::office_day(moment);
    if services.items_on(day, &services::ItemQuery::default()).await?.is_empty() {
        let mut write = database.write().await?;
        let installer = Actor::system("installation");
        let came = services::install(&mut write, moment, &installer, None, day).await?;
        write.commit().await?;
        tracing::info!(came, "the starting catalogue of service items was installed");
    }
    Ok(services)
}

/// Keeps the index up with the register, whoever writes it.
async fn follow(store: Arc<Store>, settings: Settings) {
    loop {
        tokio::time::sleep(LOOK).await;
        let runtime = tokio::runtime::Handle::current();
        // Indexing blocks.
        let caught_up = tokio::task::block_in_place(|| runtime.block_on(store.catch_up(&settings)));
        if let Err(error) = caught_up {
            tracing::warn!("the index cannot follow the register: {error:#}");
        }
    }
}

async fn told_to_stop() {
    let interrupt = async { tokio::signal::ctrl_c().await.unwrap_or_default() };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                () = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    interrupt.await;
}
