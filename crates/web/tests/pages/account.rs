//! A person keeps the own account: particulars, password, second step, sessions, notices, data.

use accounts::{Origin, Password, Random};
use network::Id;
use notices::{Notice, Recipient};
use totp_rs::{Algorithm, Builder, Secret};

use crate::given::{Site, site};
use crate::people::{PASSWORD, Visitor, again, email, now, with_roles};

async fn client(site: &Site, number: u8) -> Visitor<'_> {
    with_roles(site, number, &[]).await
}

/// Whether this password opens the account with this number.
async fn opens(site: &Site, number: u8, password: &str) -> bool {
    let (origin, mut random) = (Origin::default(), Random::new([200; 32]));
    let password = Password::typed(password);
    site.accounts.sign_in(&email(number), &password, &origin, now(), &mut random).await.is_ok()
}

async fn tell(site: &Site, to: &Visitor<'_>, number: u8) -> Id {
    let id = Id::make(now(), [number; 10]);
    let reference = format!("HZ-{number}");
    let values = [("reference", reference.as_str()), ("item", "检索"), ("other", "HZ-99")];
    let to = Recipient::Person(&to.person.0);
    let notice = Notice { id: id.clone(), template: "case.merged", values: &values, to, link: "/network" };
    let mut write = site.notices.database().write().await.unwrap();
    notices::put(&mut write, now(), &notice).await.unwrap();
    write.commit().await.unwrap();
    id
}

const PARTICULARS: [(&str, &str); 6] = [
    ("version", "1"),
    ("name", "李四"),
    ("email", "p1@example.org"),
    ("telephone", ""),
    ("address", ""),
    ("language", "en"),
];

fn with<'a>(field: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let others = PARTICULARS.into_iter().filter(move |(name, _)| *name != field);
    others.chain([(field, value)]).collect()
}

#[tokio::test]
async fn particulars_change_and_no_window_overwrites_another() {
    let site = site().await;
    let me = client(&site, 1).await;
    let form = me.page("/account/particulars").await;
    assert_eq!(form.attributes("[name=name]", "value"), ["管理员1"]);
    let page = me.done("/account/particulars", &PARTICULARS).await;
    assert!(page.says().contains("李四"));
    assert_eq!(page.one(".who a"), "李四");
    let stale = me.refused("/account/particulars", &with("name", "王五"), 409).await;
    assert_eq!(stale.attributes("[name=name]", "value"), ["王五"], "what was typed is kept");
    assert_eq!(stale.all(".warn tbody tr").len(), 1);
    assert_eq!(stale.attributes("[name=version]", "value"), ["2"]);
    let wrong = me.refused("/account/particulars", &[with("name", " "), vec![("version", "2")]].concat(), 422).await;
    assert_eq!(wrong.attributes(".warn a", "href"), ["#f-name"]);
    assert_eq!(wrong.attributes("[aria-invalid]", "name"), ["name"]);
}

#[tokio::test]
async fn another_address_needs_the_password_and_both_addresses_are_told() {
    let site = site().await;
    let me = client(&site, 1).await;
    let typed = with("email", "new@example.org");
    let page = me.refused("/account/particulars", &typed, 422).await;
    assert_eq!(page.attributes(".warn a", "href"), ["#f-proof"]);
    let before = site.notices.backlog(now()).await.unwrap().waiting;
    let page = me.done("/account/particulars", &[typed, vec![("proof", PASSWORD)]].concat()).await;
    assert!(page.says().contains("new@example.org") && page.says().contains("未确认"));
    assert_eq!(site.notices.backlog(now()).await.unwrap().waiting, before + 2);
    let page = me.done("/account/confirm-mail", &[]).await;
    assert!(page.says().contains("确认邮件已发出"));
}

#[tokio::test]
async fn the_password_changes_for_whoever_knows_it_and_other_sign_ins_end() {
    let site = site().await;
    let me = client(&site, 1).await;
    let other = again(&me, 90).await;
    let new = "苔藓 window 第七 lantern";
    let page = me.refused("/account/password", &[("proof", "guess guess guess"), ("password", new)], 422).await;
    assert_eq!(page.attributes(".warn a", "href"), ["#f-proof"]);
    let page = me.refused("/account/password", &[("proof", PASSWORD), ("password", "12345")], 422).await;
    assert_eq!(page.attributes("[aria-invalid]", "name"), ["password"]);
    assert!(
        me.done("/account/password", &[("proof", PASSWORD), ("password", new)]).await.says().contains("密码已设置")
    );
    other.page_with("/account", 401).await;
    assert!(opens(&site, 1, new).await && !opens(&site, 1, PASSWORD).await);
}

/// The code that an app shows for this secret at the time of the tests.
fn code(secret: &str) -> String {
    let builder = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_step_duration(30);
    let totp = builder.with_secret(Secret::try_from_base32(secret).unwrap()).build_noncompliant();
    totp.generate(now().as_second().unsigned_abs()).to_string()
}

#[tokio::test]
async fn the_second_step_is_set_up_with_a_picture_and_asked_for_from_then_on() {
    let site = site().await;
    let me = client(&site, 1).await;
    me.refused("/account/second-step", &[("proof", "guess guess guess")], 422).await;
    let (status, _, body) = me.send("/account/second-step", &[("proof", PASSWORD)]).await;
    assert_eq!(status, 200);
    let page = crate::seen::Page::read("/account/second-step", &body);
    assert_eq!(page.count(".qr svg path"), 2);
    let secret = page.one("code.secret");
    let wrong = me.refused("/account/second-step/confirm", &[("code", "000000")], 422).await;
    assert_eq!((wrong.attributes("[aria-invalid]", "name"), wrong.count(".qr")), (vec!["code".to_owned()], 0));
    let (status, _, body) = me.send("/account/second-step/confirm", &[("code", &code(&secret))]).await;
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
    let codes = crate::seen::Page::read("/account/second-step/confirm", &body).all(".recovery-codes code");
    assert_eq!(codes.len(), 10);
    // Sent again, what stands is shown, not the codes.
    let page = me.done("/account/second-step/confirm", &[("code", &code(&secret))]).await;
    assert!(page.says().contains("已开启") && page.count(".recovery-codes") == 0);
    let sign_in = [("name", "p1@example.org"), ("password", PASSWORD), ("to", "/account")];
    let (_, led, _) = me.send("/sign-in", &sign_in).await;
    assert_eq!(led, "/sign-in/code?to=/account");
    let (status, _, body) = me.send("/account/second-step/codes", &[("proof", PASSWORD)]).await;
    let renewed = crate::seen::Page::read("/account/second-step/codes", &body).all(".recovery-codes code");
    assert!(status == 200 && renewed.len() == 10 && renewed != codes);
    me.refused("/account/second-step/remove", &[("proof", "guess guess guess")], 422).await;
    let page = me.done("/account/second-step/remove", &[("proof", PASSWORD)]).await;
    assert!(page.says().contains("两步验证已关闭"));
}

#[tokio::test]
async fn sessions_are_listed_in_plain_words_and_ended() {
    let site = site().await;
    let me = client(&site, 1).await;
    let (second, third) = (again(&me, 90).await, again(&me, 91).await);
    let page = me.page("/account/security").await;
    assert_eq!(page.all(".session-list strong").iter().filter(|name| *name == "Firefox · Windows").count(), 2);
    assert_eq!(page.count(".session-list .badge"), 1, "one of them is this one");
    let ended = page.attributes(".session-list [name=id]", "value");
    assert_eq!(ended.len(), 2);
    me.done("/account/sessions/end", &[("id", &ended[0])]).await;
    assert_eq!(me.page("/account/security").await.count(".session-list li"), 2);
    me.done("/account/sessions/end", &[("others", "yes")]).await;
    for over in [second, third] {
        over.page_with("/account", 401).await;
    }
    me.page("/account").await;
    // What is another's stays.
    let other = client(&site, 2).await;
    let own = other.page("/account/security").await;
    assert_eq!(own.count(".session-list li"), 1);
}

#[tokio::test]
async fn notices_are_counted_beside_the_name_read_in_the_pages_language_and_paged() {
    let site = site().await;
    let (me, other) = (client(&site, 1).await, client(&site, 2).await);
    let empty = me.page("/account/notices?lang=en").await;
    assert_eq!((empty.count(".unread"), empty.link("services").as_str()), (0, "/services"));
    let mut last = None;
    for number in 1..=25 {
        last = Some(tell(&site, &me, number).await);
    }
    let (last, page) = (last.unwrap().to_string(), me.page("/account/notices?lang=en").await);
    assert_eq!(page.one(".unread .hidden"), "25 new notices");
    assert_eq!((page.count(".notice"), page.one(".notice h2")), (20, "new Request HZ-25 goes on as HZ-99".to_owned()));
    let next = me.page(&page.attributes("a[rel=next]", "href")[0]).await;
    assert_eq!((next.count(".notice"), next.count("a[rel=next]")), (5, 0));
    let opened = me.done("/account/notices/open", &[("id", &last), ("link", "/network")]).await;
    assert_eq!((opened.one("h1"), opened.one(".unread .hidden")), ("服务网点".to_owned(), "24 条新通知".to_owned()));
    other.done("/account/notices/read", &[("id", &last)]).await;
    let (status, led, _) = me.send("/account/notices/open", &[("link", "//evil.example/")]).await;
    assert_eq!((status.as_u16(), led.as_str()), (303, "/account/notices"));
    let page = me.done("/account/notices/read", &[]).await;
    assert_eq!((page.count(".unread"), page.count(".notice.is-new"), page.count(".notice")), (0, 0, 20));
    assert_eq!(me.page_with("/account/notices?after=x", 400).await.count("h1"), 1);
}

#[tokio::test]
async fn data_are_taken_along_and_an_account_ends_for_whoever_knows_the_password() {
    let site = site().await;
    let me = client(&site, 1).await;
    tell(&site, &me, 1).await;
    let (status, body) = me.bytes("/account/data.json").await;
    let data: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!((status, &data["account"]["account"]["email"]), (200, &"p1@example.org".into()));
    assert_eq!(data["cases"], serde_json::json!([]));
    me.refused("/account/delete", &[("proof", "guess guess guess")], 422).await;
    let (status, _, body) = me.send("/account/delete", &[("proof", PASSWORD)]).await;
    let page = crate::seen::Page::read("/account/delete", &body);
    assert_eq!((status.as_u16(), page.one("h1")), (200, "账户已注销".to_owned()));
    me.page_with("/account", 401).await;
    assert!(!opens(&site, 1, PASSWORD).await);
    let left = site.notices.inbox(notices::Inbox::Person(&me.person.0), None, 10).await.unwrap();
    assert_eq!(left.items, []);
    let gone = site.accounts.masked(std::slice::from_ref(&me.person)).await.unwrap();
    assert!(gone.iter().all(|person| person.email.is_none()), "{gone:?}");
}

#[tokio::test]
async fn pages_of_the_account_speak_both_languages_and_ask_visitors_to_sign_in() {
    let site = site().await;
    let me = client(&site, 1).await;
    let chinese = |text: &String| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for path in ["", "/notices", "/particulars", "/security", "/password", "/second-step", "/data", "/delete"] {
        let page = me.page(&format!("/account{path}?lang=en")).await;
        for css in ["h1", "main h2", "main label", "main .button", "main .lead", "main .hint", "main dt", ".own-nav a"]
        {
            assert!(!page.all(css).iter().any(chinese), "{path}: {:?}", page.all(css));
        }
        assert_eq!(page.count(".own-nav [aria-current=page]"), 1, "{path}");
        let asked = site.page_with(&format!("/account{path}"), 401).await;
        assert!(asked.attributes("main a", "href").iter().any(|href| href.starts_with("/sign-in?to=/account")));
    }
}

#[tokio::test]
async fn single_sign_on_that_is_not_set_up_or_not_begun_is_told_plainly() {
    let site = site().await;
    let me = client(&site, 1).await;
    me.page_with("/account/links/school", 404).await;
    me.page_with("/account/unlink?issuer=x&subject=y", 404).await;
    assert_eq!(me.send("/sign-in/with/school", &[]).await.0, 404);
    let page = site.page_with("/sign-in/return?state=abc&code=1", 400).await;
    assert!(page.one("h1").contains("重新登录"));
}
