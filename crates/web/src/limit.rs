//! How often one address may ask the API: a bucket that refills steadily, told in the headers of every answer.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::{StateInformationMiddleware, StateSnapshot};
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::Settings;

pub(crate) const LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
pub(crate) const REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");
pub(crate) const RESET: HeaderName = HeaderName::from_static("ratelimit-reset");

/// Requests after which addresses with a full bucket are forgotten.
const TIDY: u32 = 1024;

/// Codes that one address may try in a minute: a library has one address for many people.
const ATTEMPTS: NonZeroU32 = NonZeroU32::new(30).unwrap();

/// Ratings and answers that one address may send in a minute: a whole office may rate at one window.
const OPINIONS: NonZeroU32 = NonZeroU32::new(60).unwrap();

/// Buckets of addresses.
pub(crate) struct Limiter<C: Clock = DefaultClock> {
    buckets: RateLimiter<IpAddr, DashMapStateStore<IpAddr>, C, StateInformationMiddleware>,
    clock: C,
    /// Requests in a minute, and the size of a bucket.
    most: NonZeroU32,
    behind_proxy: bool,
    asked: AtomicU32,
}

/// Where an address stands after a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Whether the request is let through.
    pub(crate) allowed: bool,
    /// Requests in a minute.
    pub(crate) most: u32,
    /// Requests that may follow at once.
    pub(crate) remaining: u32,
    /// Seconds until all may follow at once again.
    pub(crate) reset: u64,
    /// Seconds until one is let through again; 0 when it is now.
    pub(crate) retry_after: u64,
}

impl Limiter {
    /// For codes that someone may try to guess.
    pub(crate) fn for_attempts(behind_proxy: bool) -> Self {
        Self::new(ATTEMPTS, behind_proxy, DefaultClock::default())
    }

    /// For ratings and answers, which anybody may send.
    pub(crate) fn for_opinions(behind_proxy: bool) -> Self {
        Self::new(OPINIONS, behind_proxy, DefaultClock::default())
    }

    /// The limiter that the settings ask for; none for 0 requests a minute.
    pub(crate) fn of(settings: &Settings) -> Option<Arc<Self>> {
        let most = NonZeroU32::new(settings.requests_per_minute)?;
        Some(Arc::new(Self::new(most, settings.behind_proxy, DefaultClock::default())))
    }
}

impl<C: Clock + Clone> Limiter<C> {
    pub(crate) fn new(most: NonZeroU32, behind_proxy: bool, clock: C) -> Self {
        let quota = Quota::per_minute(most);
        let buckets = RateLimiter::new(quota, DashMapStateStore::default(), clock.clone());
        Self { buckets, clock, most, behind_proxy, asked: AtomicU32::new(0) }
    }

    /// Takes one request of an address.
    pub(crate) fn take(&self, address: IpAddr) -> Standing {
        if self.asked.fetch_add(1, Ordering::Relaxed).is_multiple_of(TIDY) {
            self.buckets.retain_recent();
            self.buckets.shrink_to_fit();
        }
        let most = self.most.get();
        let standing = |allowed, remaining: u32, retry_after| {
            let taken = u64::from(most - remaining.min(most));
            Standing { allowed, most, remaining, reset: (taken * 60).div_ceil(u64::from(most)), retry_after }
        };
        match self.buckets.check_key(&bucket(address)) {
            Ok(state) => standing(true, StateSnapshot::remaining_burst_capacity(&state), 0),
            Err(until) => {
                let wait = until.wait_time_from(self.clock.now());
                standing(false, 0, (wait.as_secs() + u64::from(wait.subsec_nanos() > 0)).max(1))
            }
        }
    }

    /// Addresses that are remembered.
    #[cfg(test)]
    pub(crate) fn remembered(&self) -> usize {
        self.buckets.len()
    }
}

/// The address that a request comes from.
pub(crate) fn address(behind_proxy: bool, headers: &HeaderMap, extensions: &Extensions) -> IpAddr {
    let forwarded = if behind_proxy { forwarded_for(headers) } else { None };
    let connected = || extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    forwarded.or_else(connected).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

/// Who shares a bucket: in IPv6 a network of 64 bits, which one visitor commonly has to himself.
fn bucket(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
        v4 @ IpAddr::V4(_) => v4,
    }
}

/// The last hop that `X-Forwarded-For` tells: the one our own proxy saw. What stands before it anyone may have written.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim();
    let bare = last.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| last.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

/// Lets a request through or answers 429; tells the limits either way.
pub(crate) async fn limit(State(limiter): State<Arc<Limiter>>, request: Request, next: Next) -> Response {
    let standing = limiter.take(address(limiter.behind_proxy, request.headers(), request.extensions()));
    let mut response =
        if standing.allowed { next.run(request).await } else { StatusCode::TOO_MANY_REQUESTS.into_response() };
    let told = [(LIMIT, u64::from(standing.most)), (REMAINING, u64::from(standing.remaining)), (RESET, standing.reset)];
    let headers = response.headers_mut();
    headers.extend(told.map(|(name, number)| (name, HeaderValue::from(number))));
    if !standing.allowed {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(standing.retry_after));
    }
    response
}

#[cfg(test)]
#[path = "limit_tests.rs"]
mod tests;
