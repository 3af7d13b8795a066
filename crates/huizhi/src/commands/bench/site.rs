//! Pages as the site makes them, without a network between.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use flate2::Compression;
use flate2::write::GzEncoder;
use http_body_util::BodyExt as _;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tower::ServiceExt as _;

use super::super::{Outcome, serve};
use super::{print_times, queries};
use crate::settings::Settings;
use crate::store::Store;

/// Rights whose pages are asked for.
const RIGHTS: usize = 200;

/// Makes the search page of every query, the pages of rights found, and the analysis of everything, `rounds` times.
pub(crate) async fn site(settings: &Settings, file: &Path, rounds: usize) -> Result<Outcome> {
    let store = Store::read(settings).await?;
    println!("{} rights, {rounds} rounds", store.index.documents()?);
    let site = serve::site(settings, &store).await?;
    let queries = queries(file)?;
    let searches: Vec<String> =
        queries.iter().map(|query| format!("/search?q={}", utf8_percent_encode(query, NON_ALPHANUMERIC))).collect();
    let mut rights = BTreeSet::new();
    for address in &searches {
        let page = get(&site, address).await?;
        rights.extend(
            page.split("href=\"/rights/")
                .skip(1)
                .filter_map(|rest| rest.split(['"', '?', '#']).next())
                .map(|id| format!("/rights/{id}")),
        );
        if rights.len() >= RIGHTS {
            break;
        }
    }
    let rights: Vec<String> = rights.into_iter().take(RIGHTS).collect();
    measure(&site, "search with facets", &searches, rounds).await?;
    measure(&site, "a right", &rights, rounds).await?;
    measure(&site, "analysis of half of all", &["/analysis?q=right%3Dinvention".to_owned()], rounds).await?;
    measure(&site, "analysis of everything", &["/analysis?q=*".to_owned()], rounds).await?;
    measure(&site, "home", &["/".to_owned()], rounds).await?;
    Ok(Outcome::Done)
}

async fn measure(site: &Router, name: &str, addresses: &[String], rounds: usize) -> Result<()> {
    let mut times = Vec::new();
    let mut largest = (0, 0);
    for _ in 0..rounds.max(1) {
        for address in addresses {
            let started = Instant::now();
            let page = get(site, address).await?;
            times.push((started.elapsed().as_secs_f64() * 1000.0, address.as_str()));
            if page.len() > largest.0 {
                largest = (page.len(), zipped(page.as_bytes())?);
            }
        }
    }
    print_times(name, times);
    println!("  largest page {} kB, {} kB sent", largest.0 / 1000, largest.1 / 1000);
    Ok(())
}

async fn get(site: &Router, address: &str) -> Result<String> {
    let request = Request::get(address).header("host", "localhost").body(Body::empty())?;
    let answer = site.clone().oneshot(request).await?;
    if !answer.status().is_success() {
        bail!("{address} answered {}", answer.status());
    }
    let body = answer.into_body().collect().await.with_context(|| address.to_owned())?;
    Ok(String::from_utf8_lossy(&body.to_bytes()).into_owned())
}

/// Length as it is sent to a browser.
fn zipped(page: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(page)?;
    Ok(encoder.finish()?.len())
}
