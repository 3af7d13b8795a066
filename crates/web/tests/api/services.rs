use crate::given::site;

#[tokio::test]
async fn items_are_listed_by_words_list_theme_client_and_day() {
    let site = site().await;
    assert_eq!(site.json("/api/v1/services").await["total"], 0, "nothing is installed yet");
    site.install().await;
    for (asked, total) in [
        ("", 52),
        ("?group=basic", 15),
        ("?q=pledge&group=one-window", 2),
        ("?theme=layout", 1),
        ("?on=2025-12-31", 0),
        ("?q=zebra", 0),
    ] {
        assert_eq!(site.json(&format!("/api/v1/services{asked}")).await["total"], total, "{asked}");
    }
    let answer = site.json("/api/v1/services?group=value-added").await;
    assert_eq!(answer["items"][0]["code"], "V01");
    assert_eq!(answer["groups"][0]["count"], 15, "the list that was asked for does not hide the others");
    for wrong in ["group=x", "theme=x", "object=x", "on=2026-02-30", "colour=red"] {
        site.problem(&format!("/api/v1/services?{wrong}"), 400).await;
    }
}

#[tokio::test]
async fn one_item_comes_with_its_guide_its_form_and_its_versions() {
    let site = site().await;
    site.install().await;
    let answer = site.json("/api/v1/services/b02").await;
    assert_eq!(answer["code"], "B02");
    assert_eq!(answer["item"]["promised_limit"]["number"], 5);
    assert_eq!(answer["item"]["form"]["steps"][0]["key"], "applicant");
    assert_eq!(answer["versions"][0]["from"], "2026-01-01");
    site.problem("/api/v1/services/X99", 404).await;
    site.problem("/api/v1/services/B02?on=2020-01-01", 404).await;
}

#[tokio::test]
async fn the_working_days_of_a_year_are_told() {
    let site = site().await;
    let answer = site.json("/api/v1/calendar?year=2025").await;
    assert_eq!((&answer["known"], &answer["working_days"]), (&true.into(), &248.into()));
    assert!(
        answer["days"].as_array().unwrap().iter().any(|day| day["day"] == "2025-10-01" && day["kind"] == "holiday")
    );
    assert_eq!(site.json("/api/v1/calendar").await["year"], 2026);
    assert_eq!(site.json("/api/v1/calendar?year=2050").await["known"], false);
    site.problem("/api/v1/calendar?year=1", 400).await;
    let reply = site.get("/api/v1/calendar").await;
    let again = site.get_with("/api/v1/calendar", &[("if-none-match", reply.header("etag"))]).await;
    assert_eq!(again.status, 304);
}
