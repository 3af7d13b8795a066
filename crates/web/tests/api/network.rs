use crate::given::{organisation, site};

#[tokio::test]
async fn the_directory_answers_by_place_kind_service_and_day() {
    let site = site().await;
    let name =
        |answer: &serde_json::Value| answer["organisations"][0]["profile"]["name_zh"].as_str().map(str::to_owned);
    for (asked, found) in [
        ("", true),
        ("?region=500000&kind=protection-centre&service=B02", true),
        ("?q=hill+city&level=outlet&status=active", true),
        ("?region=440000", false),
        ("?service=B03", false),
        ("?status=suspended", false),
        ("?open=true", false),
        ("?on=2023-12-31", false),
    ] {
        let answer = site.json(&format!("/api/v1/network{asked}")).await;
        assert_eq!(answer["total"], u64::from(found), "{asked}");
        assert_eq!(name(&answer).as_deref(), found.then_some("山城保护中心"), "{asked}");
    }
    let answer = site.json("/api/v1/network").await;
    assert_eq!(answer["by_province"][0]["region"], "500000");
    assert_eq!(answer["by_kind"][0]["count"], 1);
}

#[tokio::test]
async fn wrong_parameters_of_the_directory_are_told() {
    let site = site().await;
    for wrong in ["region=chongqing", "kind=shop", "on=2024-02-30", "limit=0", "limit=501", "colour=red"] {
        site.problem(&format!("/api/v1/network?{wrong}"), 400).await;
    }
    assert_eq!(site.problem("/api/v1/network?after=x", 400).await["code"], "wrong-page-mark");
}

#[tokio::test]
async fn one_organisation_comes_with_its_path_units_and_history() {
    let site = site().await;
    let address = format!("/api/v1/network/{}", organisation().id);
    let answer = site.json(&address).await;
    assert_eq!(answer["organisation"]["profile"]["name_en"], "Hill City Protection Centre");
    assert_eq!(answer["path"].as_array().unwrap().len(), 1);
    assert_eq!(answer["history"]["changes"][0]["change"], "created");
    let nobody = site.problem("/api/v1/network/01JZ8K2V9T3N5Q7R9S1W3X5Y7Z", 404).await;
    assert_eq!(nobody["code"], "not-found");
    site.problem("/api/v1/network/nobody", 404).await;
    site.problem(&format!("{address}?on=2000-01-01"), 404).await;
}

#[tokio::test]
async fn coverage_is_told_of_any_day_with_the_lists_behind_it() {
    let site = site().await;
    let answer = site.json("/api/v1/network/coverage?on=2024-12-31").await;
    assert_eq!((&answer["organisations"]["count"], &answer["provinces"]["of"]), (&1.into(), &31.into()));
    assert_eq!(answer["organisations"]["list"]["as_of"], "2024-12-31");
    assert_eq!(site.json("/api/v1/network/coverage?on=2000-01-01").await["organisations"]["count"], 0);
}

#[tokio::test]
async fn answers_of_the_network_have_a_tag_of_what_they_say() {
    let site = site().await;
    for address in ["/api/v1/network", "/api/v1/network/coverage", &format!("/api/v1/network/{}", organisation().id)] {
        let tag = site.get(address).await.header("etag").to_owned();
        assert!(tag.starts_with("W/\""), "{address}");
        assert_eq!(site.get_with(address, &[("if-none-match", &tag)]).await.status, 304, "{address}");
        let other = site.get_with(&format!("{address}?on=2025-01-01"), &[("if-none-match", &tag)]).await;
        assert_eq!(other.status == 304, !address.ends_with("coverage"), "{address}");
    }
}
