use axum::http::{Method, StatusCode};
use web::Settings;

use crate::given::{Site, part, site, site_with};

const OTHER: (&str, &str) = ("origin", "https://other.example");

async fn open_to(origins: &[&str], requests_per_minute: u32) -> Site {
    let allowed_origins = origins.iter().map(|&origin| origin.to_owned()).collect();
    site_with(Settings { allowed_origins, requests_per_minute, ..Settings::default() }, vec![part(2)]).await
}

#[tokio::test]
async fn pages_of_other_sites_may_read_the_api_where_the_settings_allow_it() {
    let site = open_to(&["https://other.example"], 0).await;
    let reply = site.get_with("/api/v1/data", &[OTHER]).await;
    assert_eq!(reply.header("access-control-allow-origin"), "https://other.example");
    assert!(reply.header("access-control-expose-headers").contains("ratelimit-remaining"));
    let stranger = site.get_with("/api/v1/data", &[("origin", "https://stranger.example")]).await;
    assert_eq!(stranger.header("access-control-allow-origin"), "");
    let failed = site.get_with("/api/v1/rights/CN104751825B", &[OTHER]).await;
    assert_eq!(failed.problem(404)["code"], "not-found");
    assert_eq!(failed.header("access-control-allow-origin"), "https://other.example", "failures can be read too");
    let page = site.get_with("/search?q=", &[OTHER]).await;
    assert_eq!(page.header("access-control-allow-origin"), "", "pages are not for other sites");
    let all = open_to(&["*"], 0).await.get_with("/api/v1/data", &[OTHER]).await;
    assert_eq!(all.header("access-control-allow-origin"), "*");
    let none = open_to(&[], 0).await.get_with("/api/v1/data", &[OTHER]).await;
    assert_eq!(none.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn browsers_may_ask_beforehand_and_that_does_not_count() {
    let site = open_to(&["https://other.example"], 1).await;
    let asked = [OTHER, ("access-control-request-method", "POST"), ("access-control-request-headers", "content-type")];
    for _ in 0..3 {
        let reply = site.send(Method::OPTIONS, "/api/v1/numbers", &asked, "").await;
        assert_eq!(reply.status, StatusCode::OK);
        assert!(reply.header("access-control-allow-methods").contains("POST"));
        assert!(reply.header("access-control-allow-headers").contains("content-type"));
    }
    let from_there = [OTHER, ("sec-fetch-site", "cross-site"), ("content-type", "text/plain")];
    assert_eq!(site.send(Method::POST, "/api/v1/numbers", &from_there, "XX7000002").await.status, StatusCode::OK);
    assert_eq!(
        site.send(Method::POST, "/api/v1/numbers", &from_there, "XX7000002").await.status,
        StatusCode::TOO_MANY_REQUESTS
    );
}

#[tokio::test]
async fn methods_that_an_address_does_not_take_are_problems() {
    let site = site().await;
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
        let problem = site.send(method, "/api/v1/search", &[], "").await.problem(405);
        assert_eq!(problem["code"], "method-not-allowed");
    }
}

#[tokio::test]
async fn messages_come_in_the_language_asked_for() {
    let site = site().await;
    let title = async |address: &str, headers: &[(&str, &str)]| {
        site.get_with(address, headers).await.problem(404)["title"].as_str().unwrap().to_owned()
    };
    let address = "/api/v1/rights/XX1";
    assert!(title(address, &[]).await.starts_with("本库"));
    assert!(title(address, &[("accept-language", "en-GB,en;q=0.9")]).await.starts_with("No right"));
    assert!(title("/api/v1/rights/XX1?lang=zh", &[("accept-language", "en")]).await.starts_with("本库"));
}
