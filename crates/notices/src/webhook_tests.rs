use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use database::testing::for_each_backend;

use super::{WebhookChange, Webhooks, signature};
use crate::deliver::FailureKind;
use crate::testing::{KEY, Receiver, minutes, nobody, now, organisation};
use crate::{Notices, NoticesError, Refused, Webhook};

fn hook(address: &str) -> Webhook {
    let address = Some(address.to_owned());
    Webhook { organisation: organisation(9), version: 1, address, set_at: now(), salt: "00".to_owned() }
}

#[test]
fn the_signature_is_that_of_standard_webhooks() {
    // The example that the specification prints: secret, id, time, body and what comes of them.
    let key = BASE64_STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    let mut padded = [0; 32];
    padded[..key.len()].copy_from_slice(&key);
    let body = r#"{"test": 2432232314}"#;
    // HMAC pads a short key with zeros, so the padded key gives the same.
    let signed = signature(&padded, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body);
    assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

#[test]
fn a_receiver_can_check_what_comes_with_the_secret_it_was_shown() {
    let receiver = Receiver::start(&[]);
    let webhooks = Webhooks::new(&KEY, true);
    let hook = hook(&receiver.address);
    webhooks.send(&hook, "n1", now(), "{}".to_owned()).unwrap();
    let posted = receiver.posted().remove(0);
    let secret = webhooks.secret(&hook);
    let key = BASE64_STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    let time = &posted.headers["webhook-timestamp"];
    assert_eq!(posted.headers["webhook-signature"], signature(&key.try_into().unwrap(), "n1", time, &posted.body));
    assert_eq!((posted.headers["webhook-id"].as_str(), time.as_str()), ("n1", "1772413200"));
    let others = [Webhook { salt: "01".to_owned(), ..hook.clone() }, Webhook { organisation: organisation(8), ..hook }];
    assert!(others.iter().all(|other| webhooks.secret(other) != secret));
    assert!(!format!("{webhooks:?}").contains('7'), "no key in the log");
}

#[test]
fn answers_are_sorted_and_no_redirect_is_followed() {
    let receiver = Receiver::start(&["500 Broken", "302 Found", "410 Gone", "204 No Content"]);
    let webhooks = Webhooks::new(&KEY, true);
    let send = || webhooks.send(&hook(&receiver.address), "n1", now(), "{}".to_owned()).map_err(|failed| failed.kind);
    assert_eq!(send(), Err(FailureKind::Later));
    assert_eq!(send(), Err(FailureKind::Later));
    assert_eq!(send(), Err(FailureKind::Never));
    assert_eq!(send(), Ok(()));
    assert_eq!(receiver.posted().len(), 4);
    let gone = webhooks.send(&hook(&format!("http://{}/", nobody())), "n1", now(), String::new()).unwrap_err();
    assert_eq!(gone.kind, FailureKind::Unreachable);
}

#[test]
fn a_name_that_leads_inside_is_refused_at_the_connection() {
    // What the address says is sound; what the name resolves to is not.
    let receiver = Receiver::start(&[]);
    let port = receiver.address.split([':', '/']).nth(4).unwrap();
    let strict = Webhooks::new(&KEY, false);
    let failure = strict.agent.post(format!("http://localhost:{port}/hook")).send("").unwrap_err();
    assert!(failure.to_string().contains("private network"), "{failure}");
    assert!(receiver.posted().is_empty());
    let was_allowed = strict.send(&hook(&receiver.address), "n1", now(), String::new()).unwrap_err();
    assert_eq!(was_allowed.kind, FailureKind::Never);
}

#[tokio::test]
async fn a_webhook_is_set_changed_and_ended_and_nobody_overwrites_another() {
    for_each_backend(|database| async move {
        let notices = Notices::open(database.clone()).await.unwrap();
        let webhooks = Webhooks::new(&KEY, false);
        let outlet = organisation(9);
        let change = |version, address| WebhookChange { organisation: &outlet, version, address, salt: [3; 16] };
        let mut write = database.write().await.unwrap();
        let inside = webhooks.set(&mut write, now(), &change(0, Some("https://10.0.0.1/"))).await.unwrap_err();
        assert!(matches!(inside, NoticesError::Address { reason: Refused::Private, .. }), "{inside}");
        let set = webhooks.set(&mut write, now(), &change(0, Some("https://hooks.example.cn/in"))).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(notices.webhook(&outlet).await.unwrap(), Some(set.clone()));
        let mut write = database.write().await.unwrap();
        for seen in [0, 2] {
            let stale = webhooks.set(&mut write, minutes(1), &change(seen, None)).await.unwrap_err();
            assert!(matches!(&stale, NoticesError::Stale { now, .. } if **now == set), "{stale}");
        }
        let ended = webhooks.set(&mut write, minutes(1), &change(1, None)).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!((ended.version, ended.address.clone()), (2, None));
        assert_eq!(notices.webhook(&outlet).await.unwrap(), Some(ended));
    })
    .await;
}
