use records::RightKind::{Design, Invention, Trademark};

use crate::given::{HOSTILE, id, site};

#[tokio::test]
async fn two_rights_stand_side_by_side_with_what_differs_first() {
    let site = site().await;
    for lang in ["zh", "en"] {
        let page = site.page(&format!("/compare?id={}&id={}&lang={lang}", id(1, Invention), id(2, Invention))).await;
        assert_eq!(page.count(".compare thead th"), 2);
        assert!(page.count(".compare tr.same") > 0 && page.count(".compare td ins") > 0);
        let classes = page.attributes(".compare tbody tr:not(.claims)", "class");
        assert!(classes.len() < page.count(".compare tbody tr"), "some rows differ");
        assert_eq!(page.count(".compare tr:not(.same):not(.claims) ~ tr.same"), classes.len(), "equal rows come last");
        assert_eq!(page.count(".compare tr.claims td"), 2);
    }
}

#[tokio::test]
async fn numbers_may_be_written_in_any_spelling() {
    let page = site().await.page("/compare?id=XX20150000001&id=XX%202015%20000%200003").await;
    assert_eq!(page.count(".compare thead th"), 2, "{}", page.says());
}

#[tokio::test]
async fn what_is_missing_is_told_at_its_field() {
    let site = site().await;
    let empty = site.page("/compare").await;
    assert_eq!((empty.count(".row-mistake"), empty.count(".empty")), (0, 1));
    let one = site.page(&format!("/compare?id={}", id(1, Invention))).await;
    assert!(one.one("#missing-2").contains("还缺一项"));
    let unknown = site.page(&format!("/compare?id=EP9999999&id={}&lang=en", id(1, Invention))).await;
    assert!(unknown.one("#missing-1").contains("not in the register"));
    assert_eq!(unknown.count(".compare"), 0);
    let same = site.page(&format!("/compare?id={0}&id={0}", id(1, Invention))).await;
    assert!(same.one("#missing-2").contains("同一项"));
}

#[tokio::test]
async fn a_number_that_fits_several_rights_offers_them() {
    let site = site().await;
    let page = site.page(&format!("/compare?id={}&id=20150000002", id(1, Invention))).await;
    let choices = page.attributes(".compare-side .briefs a", "href");
    assert_eq!(choices.len(), 2);
    assert!(choices.iter().any(|choice| choice.contains(&id(2, Design))), "{choices:?}");
    assert_eq!(site.page(&choices[0]).await.count(".compare thead th"), 2);
}

#[tokio::test]
async fn three_rights_are_compared_in_pairs() {
    let site = site().await;
    let ids = [id(1, Invention), id(2, Invention), id(3, Trademark)].map(|id| format!("id={id}")).join("&");
    let page = site.page(&format!("/compare?{ids}")).await;
    assert_eq!(page.count(".note li"), 3);
    assert_eq!(page.count(".compare thead th"), 2);
}

#[tokio::test]
async fn words_of_office_files_are_text() {
    let page = site().await.page(&format!("/compare?id={}&id={}", id(6, Trademark), id(3, Trademark))).await;
    assert!(page.one(".compare thead th").contains(HOSTILE));
    let typed = site().await.page("/compare?id=%22%3E%3Cscript%3E&id=1").await;
    assert_eq!(typed.attributes("#id-1", "value"), ["\"><script>"]);
}
