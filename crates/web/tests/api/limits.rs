use axum::http::StatusCode;
use web::Settings;

use crate::given::{Site, part, site, site_with};

async fn limited(most: u32, behind_proxy: bool) -> Site {
    site_with(Settings { requests_per_minute: most, behind_proxy, ..Settings::default() }, vec![part(2)]).await
}

#[tokio::test]
async fn every_answer_tells_the_limits_and_one_too_many_is_told_when_to_come_back() {
    let site = limited(3, false).await;
    for (address, status, left) in
        [("/api/v1/data", 200, "2"), ("/api/v1/search?sort=no", 400, "1"), ("/api/none", 404, "0")]
    {
        let reply = site.get(address).await;
        assert_eq!(reply.status.as_u16(), status);
        assert_eq!((reply.header("ratelimit-limit"), reply.header("ratelimit-remaining")), ("3", left), "{address}");
        assert!((1..=60).contains(&reply.header("ratelimit-reset").parse::<u32>().unwrap()));
    }
    let refused = site.get("/api/v1/data").await;
    assert_eq!(refused.problem(429)["code"], "too-many-requests");
    assert_eq!((refused.header("ratelimit-remaining"), refused.header("ratelimit-reset")), ("0", "60"));
    assert!((1..=20).contains(&refused.header("retry-after").parse::<u32>().unwrap()), "{:?}", refused.headers);
    // The services of the office's form share the limit and say so in their own way.
    let fault = site.get("/ops/3.2/rest-services/published-data/search?q=pa%3Dlake").await;
    assert_eq!((fault.status, fault.header("content-type")), (StatusCode::TOO_MANY_REQUESTS, "application/xml"));
    assert!(fault.text().contains("<code>CLIENT.TooManyRequests</code>"));
    assert!(fault.header("x-throttling-control").contains("search=black:0"), "{:?}", fault.headers);
    // Pages are for people, who are not counted.
    let page = site.get("/search?q=").await;
    assert_eq!((page.status, page.header("ratelimit-limit")), (StatusCode::OK, ""));
}

#[tokio::test]
async fn behind_a_proxy_visitors_are_told_apart() {
    let site = limited(1, true).await;
    let ask = async |address: &str| site.get_with("/api/v1/data", &[("x-forwarded-for", address)]).await;
    assert_eq!(ask("192.0.2.1").await.status, StatusCode::OK);
    assert_eq!(ask("192.0.2.2").await.status, StatusCode::OK);
    assert_eq!(
        ask("192.0.2.99, 192.0.2.1").await.status,
        StatusCode::TOO_MANY_REQUESTS,
        "what he wrote himself is no help"
    );
}

#[tokio::test]
async fn without_a_limit_nothing_is_told_of_one() {
    let reply = site().await.get("/api/v1/data").await;
    assert_eq!((reply.header("ratelimit-limit"), reply.header("ratelimit-reset")), ("", ""));
}
