use records::RightKind::{Invention, Trademark};
use rust_xlsxwriter::Workbook;

use crate::given::{HOSTILE, id, site, site_with};
use crate::seen::Page;

#[tokio::test]
async fn an_empty_list_explains_spellings_and_offers_numbers_to_try() {
    let site = site().await;
    for lang in ["zh", "en"] {
        let page = site.page(&format!("/numbers?lang={lang}")).await;
        assert!(page.count(".spelling") > 10);
        let tried = site.page(&page.attributes(".numbers-help a", "href")[0]).await;
        assert_eq!(tried.count("tbody tr:not(.outcome-not-found)"), 3);
    }
    let empty = site_with(Vec::new()).await.page("/numbers").await;
    assert_eq!(empty.count(".numbers-help a"), 0);
}

#[tokio::test]
async fn a_list_in_the_address_is_answered_with_counts_rows_and_candidates() {
    let site = site().await;
    let page = site.page("/numbers?lang=en&list=XX20150000001%0A20150000002%0AEP9999999%0Anothing").await;
    assert_eq!(page.all(".figures strong"), ["1", "1", "2"]);
    assert_eq!(page.all("td .outcome"), ["found", "doubtful", "not found", "not found"]);
    assert_eq!(page.count("#doubtful .candidate"), 2, "both rights that the number fits");
    assert!(page.one("#doubtful").contains("fits 2 rights"));
    assert!(page.says().contains("not a number"));
    assert!(page.attributes("#found a", "href")[0].ends_with(&id(1, Invention)));
    assert_eq!(page.one("textarea").lines().count(), 1, "the list stays in the box");
}

#[tokio::test]
async fn what_was_found_opens_as_a_search_with_the_same_rights() {
    let site = site().await;
    let list = format!("{}%0A{}%0AXX20150000001", id(1, Invention), id(3, Trademark));
    let page = site.page(&format!("/numbers?list={list}")).await;
    let found = site.page(&page.link("作为检索结果打开")).await;
    assert!(found.one("#found").starts_with("2 "), "{}", found.one("#found"));
}

#[tokio::test]
async fn a_short_pasted_list_goes_into_the_address_and_a_long_one_does_not() {
    let site = site().await;
    let (status, location, _) = site.post("/numbers", &[("list", "", b"XX20150000001"), ("file", "", b"")]).await;
    assert_eq!((status.as_u16(), location.as_str()), (303, "/numbers?list=XX20150000001"));
    let long = "EP1234567\n".repeat(2_000);
    let (status, _, body) = site.post("/numbers", &[("list", "", long.as_bytes())]).await;
    assert_eq!(status.as_u16(), 200);
    let page = Page::read("long", &body);
    assert_eq!(page.all(".figures strong"), ["0", "0", "2,000"]);
    assert_eq!(page.count(".outcomes tbody tr"), 1_000);
    assert!(page.says().contains("还有 1,000"), "rows that are not listed are counted");
}

#[tokio::test]
async fn lists_longer_than_ten_thousand_say_how_many_were_left() {
    let long = "EP1234567\n".repeat(10_005);
    let (_, _, body) = site().await.post("/numbers", &[("list", "", long.as_bytes())]).await;
    let page = Page::read("long", &body);
    assert!(page.one(".warn").contains("10,000") && page.one(".warn").contains('5'));
}

#[tokio::test]
async fn files_are_read_as_text_and_as_workbooks() {
    let site = site().await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "号码").unwrap().write_string(1, 0, "XX20150000001").unwrap();
    sheet.write_string(1, 1, "XX20150000003").unwrap();
    let book = book.save_to_buffer().unwrap();
    let texts: [(&str, &[u8]); 3] =
        [("a.xlsx", &book), ("a.csv", b"\xEF\xBB\xBFXX20150000001,2015-03-01"), ("a.txt", b"\xba\xc5 XX20150000001")];
    for (name, content) in texts {
        let (status, _, body) = site.post("/numbers", &[("list", "", b""), ("file", name, content)]).await;
        assert_eq!(status.as_u16(), 200, "{name}");
        let page = Page::read(name, &body);
        assert!(page.attributes("tr.outcome-found a", "href")[0].ends_with(&id(1, Invention)), "{name}");
        assert_eq!(page.count("tr.outcome-found"), 1, "{name}: the first column alone");
    }
}

#[tokio::test]
async fn files_that_cannot_be_read_bring_the_form_back_with_the_reason() {
    let site = site().await;
    let (status, _, body) = site.post("/numbers", &[("file", "a.xlsx", b"PK\x03\x04 broken")]).await;
    assert_eq!(status.as_u16(), 400);
    assert!(Page::read("broken", &body).one(".warn").contains("无法读取"));
    let huge = vec![b'1'; 3 << 20];
    let (status, _, body) = site.post("/numbers", &[("file", "a.txt", &huge)]).await;
    assert_eq!(status.as_u16(), 413);
    assert!(Page::read("huge", &body).one(".warn").contains("2 MB"));
}

#[tokio::test]
async fn the_outcome_is_taken_away_as_csv_and_as_a_workbook() {
    let site = site().await;
    let list = ("list", "", b"XX20150000001\nEP9999999".as_slice());
    let (status, _, body) = site.post("/numbers/download", &[list, ("format", "", b"csv")]).await;
    assert_eq!(status.as_u16(), 200);
    let text = String::from_utf8(body).unwrap();
    assert_eq!(text.lines().count(), 3);
    assert!(text.contains(&id(1, Invention)) && text.contains("未找到"));
    let (_, _, body) = site.post("/numbers/download?lang=en", &[list, ("format", "", b"xlsx")]).await;
    let column = sources::table::first_column(&body).unwrap();
    assert_eq!(column, ["line", "1", "2"]);
}

#[tokio::test]
async fn titles_of_office_files_are_text() {
    let page = site().await.page("/numbers?list=XX20150000006").await;
    assert!(page.one(".candidate a").contains(HOSTILE));
}
