use std::time::Duration;

use axum::http::HeaderMap;
use governor::clock::FakeRelativeClock;

use super::*;

fn limiter(most: u32, clock: &FakeRelativeClock) -> Limiter<FakeRelativeClock> {
    Limiter::new(NonZeroU32::new(most).unwrap(), false, clock.clone())
}

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[test]
fn an_address_may_ask_so_many_times_and_then_waits_until_one_more_is_due() {
    let clock = FakeRelativeClock::default();
    let limiter = limiter(6, &clock);
    for left in (0..6).rev() {
        let standing = limiter.take(address("192.0.2.1"));
        let reset = u64::from(6 - left) * 10;
        assert_eq!(standing, Standing { allowed: true, most: 6, remaining: left, reset, retry_after: 0 });
    }
    let refused = limiter.take(address("192.0.2.1"));
    assert_eq!(refused, Standing { allowed: false, most: 6, remaining: 0, reset: 60, retry_after: 10 });
    clock.advance(Duration::from_millis(3500));
    assert_eq!(limiter.take(address("192.0.2.1")).retry_after, 7, "6.5 seconds are rounded up");
    clock.advance(Duration::from_millis(6500));
    assert!(limiter.take(address("192.0.2.1")).allowed, "after as many seconds as were told");
    assert!(!limiter.take(address("192.0.2.1")).allowed);
}

#[test]
fn addresses_do_not_share_a_bucket_but_the_addresses_of_one_ipv6_network_do() {
    let limiter = limiter(1, &FakeRelativeClock::default());
    assert!(limiter.take(address("192.0.2.1")).allowed);
    assert!(limiter.take(address("192.0.2.2")).allowed);
    assert!(!limiter.take(address("::ffff:192.0.2.1")).allowed, "the same address written as IPv6");
    assert!(limiter.take(address("2001:db8:1:2::1")).allowed);
    assert!(!limiter.take(address("2001:db8:1:2:ffff::9")).allowed);
    assert!(limiter.take(address("2001:db8:1:3::1")).allowed);
}

#[test]
fn addresses_that_stopped_asking_are_forgotten() {
    let clock = FakeRelativeClock::default();
    let limiter = limiter(60, &clock);
    for at in 0..TIDY {
        limiter.take(IpAddr::V4(Ipv4Addr::from_bits(at)));
    }
    assert_eq!(limiter.remembered(), TIDY as usize);
    clock.advance(Duration::from_mins(2));
    limiter.take(address("203.0.113.1"));
    assert_eq!(limiter.remembered(), 1);
}

#[test]
fn behind_a_proxy_the_last_hop_counts_and_what_a_visitor_wrote_before_it_does_not() {
    let headers = |values: &[&'static str]| {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("x-forwarded-for", HeaderValue::from_static(value));
        }
        headers
    };
    let of = |values: &[&'static str]| super::address(true, &headers(values), &Extensions::new()).to_string();
    assert_eq!(of(&["198.51.100.7, 192.0.2.1"]), "192.0.2.1");
    assert_eq!(of(&["198.51.100.7", "203.0.113.5, 192.0.2.9"]), "192.0.2.9");
    assert_eq!(of(&["192.0.2.1:4711"]), "192.0.2.1");
    assert_eq!(of(&["[2001:db8::1]:4711"]), "2001:db8::1");
    assert_eq!(of(&["[2001:db8::1]"]), "2001:db8::1");
    assert_eq!(of(&["unknown"]), "0.0.0.0", "nothing to tell visitors apart");
}

#[test]
fn without_a_proxy_nobody_can_write_himself_another_address() {
    let mut headers = HeaderMap::new();
    headers.insert("x-forwarded-for", HeaderValue::from_static("198.51.100.7"));
    let mut extensions = Extensions::new();
    extensions.insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 4711))));
    assert_eq!(super::address(false, &headers, &extensions).to_string(), "192.0.2.1");
}

#[test]
fn no_limit_is_no_limiter() {
    assert!(Limiter::of(&Settings { requests_per_minute: 0, ..Settings::default() }).is_none());
    assert!(Limiter::of(&Settings::default()).is_some());
}
