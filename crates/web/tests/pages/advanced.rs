use crate::given::{site, site_with};
use crate::seen::Page;

fn values(page: &Page, name: &str) -> Vec<String> {
    let values = page.attributes(&format!("input[name={name}]"), "value");
    values.into_iter().filter(|value| !value.is_empty()).collect()
}

#[tokio::test]
async fn an_empty_form_has_rows_to_fill_and_fields_in_groups() {
    let site = site().await;
    for lang in ["zh", "en"] {
        let page = site.page(&format!("/search/advanced?lang={lang}")).await;
        assert!(page.count(".advanced-row") >= 4);
        assert_eq!(page.count(".advanced-row:first-child optgroup"), 7);
        assert!(page.count(".boxes input[name=right]") == 7 && page.count(".boxes input[name=office]") == 2);
    }
    site_with(Vec::new()).await.page("/search/advanced").await;
}

#[tokio::test]
async fn what_is_sent_becomes_a_query_with_its_list() {
    let site = site().await;
    let address = "/search/advanced?sent=1&joint=and&field=ti&text=%E7%94%B5%E6%B1%A0&joint=or&field=ab&text=&date=ad\
                   &from=2015&to=&right=invention&right=design&status=in-force";
    let list = site.led(address).await;
    let found = site.page(&list).await;
    assert_eq!(
        found.attributes("#q", "value"),
        ["ti=电池 AND ad>=2015 AND (right=invention OR right=design) AND status=in-force"]
    );
    assert!(found.one("#found").starts_with("1 "));
    assert_eq!(site.led("/search/advanced?sent=1&joint=and&field=&text=").await, "/search", "nothing asked finds all");
}

#[tokio::test]
async fn a_flat_query_fills_rows_dates_and_boxes() {
    let site = site().await;
    let q = "ti=%E7%94%B5%E6%B1%A0%20NOT%20pa=%22A,%20B%22%20ad%3E=2015%20(right=invention%20OR%20right=design)%20office=CN";
    let page = site.page(&format!("/search/advanced?q={q}")).await;
    assert_eq!(values(&page, "text"), ["电池", "\"A, B\""]);
    assert_eq!(page.attributes(".advanced-row:nth-child(2) option[selected]", "value"), ["not", "pa"]);
    assert_eq!(values(&page, "from"), ["2015"]);
    assert_eq!(page.attributes("input[name=right][checked]", "value"), ["invention", "design"]);
    assert_eq!(page.attributes("input[name=office][checked]", "value"), ["CN"], "an office without rights here too");
    assert_eq!(page.count(".note"), 0);
}

#[tokio::test]
async fn a_rich_query_stands_whole_in_the_first_row() {
    let page = site().await.page("/search/advanced?q=ti%3D(a%20NEAR/5%20b)&lang=en").await;
    assert!(page.one(".note").contains("whole"));
    assert_eq!(values(&page, "text").len(), 1);
}

#[tokio::test]
async fn queries_of_other_offices_are_taken_in_the_words_of_this_site() {
    let page = site().await.page("/search/advanced?q=battery.ti.&as=brs").await;
    assert_eq!(page.attributes(".advanced-row:first-child option[selected]", "value"), ["and", "ti"]);
    assert_eq!(values(&page, "text"), ["battery"]);
}

#[tokio::test]
async fn a_mistake_comes_back_into_the_form_at_its_row() {
    let site = site().await;
    let address = "/search/advanced?sent=1&joint=and&field=ti&text=ok&joint=and&field=nice&text=99&right=design";
    let page = site.page(address).await;
    assert_eq!(page.attributes("input[aria-invalid]", "value"), ["99"]);
    assert_eq!(page.attributes("input[aria-invalid]", "aria-describedby"), ["row-2"]);
    assert!(!page.one("#row-2").is_empty());
    assert_eq!(values(&page, "text"), ["ok", "99"], "nothing that was typed is lost");
    assert_eq!(page.attributes("input[name=right][checked]", "value"), ["design"]);
    let page = site.page("/search/advanced?sent=1&date=pd&from=2020&to=2019&lang=en").await;
    assert_eq!(page.count(".date-row input[aria-invalid]"), 2);
    let broken = site.page("/search/advanced?q=ti%3D(").await;
    assert_eq!((broken.count(".warn pre"), broken.count(".advanced-row")), (1, 5));
}
