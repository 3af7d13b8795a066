use crate::given::site;

#[tokio::test]
async fn public_indicators_are_told_with_the_reason_where_there_is_no_number() {
    let site = site().await;
    assert_eq!(site.json("/api/v1/indicators").await["total"], 0, "nothing is installed yet");
    site.install_indicators().await;
    let all = site.json("/api/v1/indicators").await;
    assert!(all["total"].as_u64().unwrap() > 20, "{}", all["total"]);
    let of_the_network = site.json("/api/v1/indicators?group=network").await;
    assert!(of_the_network["indicators"].as_array().unwrap().iter().all(|one| one["group"] == "network"));
    let answer = site.json("/api/v1/indicators/P14-TISC?last=3").await;
    assert_eq!(answer["definition"]["target"]["number"], 180.0);
    assert_eq!(answer["readings"].as_array().unwrap().len(), 3);
    assert_eq!(answer["readings"][2]["period"], "2026");
    assert_eq!(answer["readings"][2]["reading"]["kind"], "missing");
    for wrong in ["group=x"] {
        site.problem(&format!("/api/v1/indicators?{wrong}"), 400).await;
    }
    for wrong in ["last=0", "last=121", "period=x", "colour=red"] {
        site.problem(&format!("/api/v1/indicators/P14-TISC?{wrong}"), 400).await;
    }
    site.problem("/api/v1/indicators/NO-SUCH", 404).await;
    // Kept inside the network, not public.
    site.problem("/api/v1/indicators/E-FUND", 404).await;
}
