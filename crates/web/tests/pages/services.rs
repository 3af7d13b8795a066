//! Service items: the list, the guides, the forms, and the pages of those who keep them.

use crate::given::{Site, site};

async fn with_services() -> Site {
    let site = site().await;
    site.install().await;
    site
}

#[tokio::test]
async fn the_form_of_a_request_can_be_tried_and_names_all_that_is_missing_at_once() {
    let site = with_services().await;
    for lang in ["zh", "en"] {
        let page = site.page(&format!("/services/B02/form?lang={lang}")).await;
        assert!(page.count("fieldset.request-step") > 1);
        assert!(page.count("[data-shown-if]") > 0);
    }
    let (status, _, body) = site.send_form("/services/B02/form", "applicant_kind=firm&purpose=status").await;
    assert_eq!(status, 422);
    let page = crate::seen::Page::read("/services/B02/form", &body);
    let faults = page.all(".warn li");
    for missing in ["单位名称", "联系人姓名", "关键词或号码"] {
        assert!(faults.iter().any(|fault| fault.contains(missing)), "{missing}: {faults:?}");
    }
    assert_eq!(page.attributes("[name=purpose][checked]", "value"), ["status"]);
    assert!(page.attributes("[aria-invalid]", "name").contains(&"organisation".to_owned()));
    let (status, _, body) = site.send_form("/services/W-P06/form", "add-row=patents").await;
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
    site.page_with("/services/X99/form", 404).await;
}
