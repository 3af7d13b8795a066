use crate::given::{HOSTILE, Site, parts, site, site_with};

#[tokio::test]
async fn the_european_office_is_asked_first_and_others_by_choice() {
    let site = site().await;
    let page = site.page("/eu-marks?nice=9").await;
    assert_eq!(page.all(".hits h3"), ["HUIZHI"]);
    let offices = page.all("#office option");
    assert_eq!(offices.len(), 3);
    assert!(offices[0].contains("EM (1)") && offices[2].contains("(4)"), "{offices:?}");
    let every = site.page("/eu-marks?nice=9&office=all").await;
    assert_eq!(every.count(".hits .hit"), 3);
}

#[tokio::test]
async fn without_marks_of_the_union_every_office_is_looked_through() {
    let rest =
        parts().into_iter().filter(|part| part.subject.application.as_ref().unwrap().office != records::Office::EM);
    let site = site_with(rest.collect()).await;
    let page = site.page("/eu-marks?words=northlake&lang=en").await;
    assert!(page.one(".note").contains("every office"));
    assert_eq!(page.count(".hits .hit"), 1);
}

#[tokio::test]
async fn words_are_compared_as_chosen() {
    let site = site().await;
    let count = |page: crate::seen::Page| page.count(".hits .hit");
    assert_eq!(count(site.page("/eu-marks?words=north&office=all").await), 1, "the beginning of a longer word");
    assert_eq!(count(site.page("/eu-marks?words=north&mode=exact&office=all").await), 0);
    assert_eq!(count(site.page("/eu-marks?words=northlake&mode=exact&office=all").await), 1);
    assert_eq!(
        count(site.page("/eu-marks?words=norflake&mode=sounds&office=all").await),
        0,
        "not everything sounds alike"
    );
    assert_eq!(
        count(site.page("/eu-marks?words=%E6%83%A0%E6%99%BA&mode=sounds&office=XX").await),
        1,
        "惠智 sounds as 惠知"
    );
}

#[tokio::test]
async fn the_query_that_was_written_is_shown_and_opens_as_a_search() {
    let site = site().await;
    let page =
        site.page("/eu-marks?owner=%E4%BA%91%E5%B2%AD&nice=9&nice=42&vienna=26.11&status=in-force&office=XX").await;
    assert!(page.one(".canonical code").contains("(nice=9 OR nice=42)"));
    let found = site.page(&page.attributes(".canonical a", "href")[0]).await;
    assert_eq!(page.one("#found").split(' ').next(), found.one("#found").split(' ').next());
    assert_eq!(page.attributes("input[name=nice][checked]", "value"), ["9", "42"]);
    assert!(page.one(".nice-choice summary").ends_with("9, 42"), "folded away, yet said");
    assert_eq!(page.count(".nice-choice[open]"), 0);
}

#[tokio::test]
async fn results_are_rows_or_pictures_and_nothing_found_offers_other_offices() {
    let site = site().await;
    let rows = site.page("/eu-marks?nice=9&office=all").await;
    let pictures = site.page(&rows.link("图片")).await;
    assert_eq!((pictures.count(".gallery .hit"), pictures.count(".hits .hit")), (3, 0));
    let nothing = site.page("/eu-marks?words=northlake&lang=en").await;
    let every = site.page(&nothing.link("Every office")).await;
    assert_eq!(every.count(".hits .hit"), 1);
    assert!(rows.all(".hits h3").iter().any(|title| title.contains(HOSTILE)));
}

#[tokio::test]
async fn a_value_that_cannot_be_understood_is_told_beside_the_form() {
    let site = site().await;
    for address in ["/eu-marks?vienna=cats", "/eu-marks?number=%E7%94%B5%E6%B1%A0"] {
        let page = site.page(address).await;
        assert_eq!(page.count(".warn"), 1, "{address}");
        assert_eq!(page.count("form.marks-form"), 1, "{address}");
    }
    let page = site.page("/eu-marks?nice=cats&nice=900&status=asleep&office=nowhere&from=x").await;
    assert_eq!(page.count(".warn"), 0, "choices that do not exist ask nothing");
}

#[tokio::test]
async fn pages_follow_by_their_marks() {
    let many = (1..=35).map(|n| crate::given::mark_of_the_union(n, &format!("LAKE {n}")));
    let site: Site = site_with(many.collect()).await;
    let first = site.page("/eu-marks?words=lake").await;
    assert_eq!(first.count(".hits .hit"), 30);
    let second = site.page(&first.link("下一页")).await;
    assert_eq!(second.count(".hits .hit"), 5);
    assert!(second.one(".found-line p").contains("31–35"));
    assert!(second.link("回到第一页").starts_with("/eu-marks?words=lake"));
    site.page_with("/eu-marks?words=lake&after=nonsense", 400).await;
}

#[tokio::test]
async fn classes_and_categories_have_titles_when_their_schemes_are_loaded() {
    let site = site().await;
    site.load("nice", &[("9", 0, "科学仪器；计算机", "Scientific apparatus; computers")]).await;
    site.load("vienna", &[("26", 0, "几何图形", "Geometrical figures")]).await;
    let page = site.page("/eu-marks?lang=en").await;
    assert!(page.all(".nice-list label").contains(&"9 Scientific apparatus".to_owned()));
    assert_eq!(page.all("datalist option"), ["26 Geometrical figures"]);
}
