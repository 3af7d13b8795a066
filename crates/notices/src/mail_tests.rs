use crate::deliver::FailureKind;
use crate::testing::{Behaviour, MailServer, id, nobody, now};
use crate::{Letter, MailSettings, Mailer, NoticesError, Security, Text};

fn settings(host: &str) -> MailSettings {
    MailSettings {
        host: host.to_owned(),
        port: None,
        security: Security::Tls,
        credentials: Some(("user".to_owned(), "secret word".to_owned())),
        from: "惠知 <no-reply@example.cn>".to_owned(),
    }
}

fn plain(server: std::net::SocketAddr) -> Mailer {
    let settings = settings(&server.ip().to_string());
    let (port, security, credentials) = (Some(server.port()), Security::None, None);
    Mailer::new(&MailSettings { port, security, credentials, ..settings }).unwrap()
}

fn letter(address: &str) -> Letter {
    let text = Text {
        subject: "需求 HZ-1 已受理".to_owned(),
        body: "第一行\n.\n\nhttps://ip.example.cn/cases/1".to_owned(),
    };
    Letter { id: id(1), at: now(), address: address.to_owned(), text }
}

#[test]
fn settings_are_checked_and_their_password_is_not_shown() {
    assert!(Mailer::new(&settings("mail.example.cn")).is_ok());
    assert!(!format!("{:?}", settings("mail.example.cn")).contains("secret word"));
    let wrong = MailSettings { from: "nobody".to_owned(), ..settings("mail.example.cn") };
    assert!(matches!(Mailer::new(&wrong), Err(NoticesError::Mail(_))));
}

#[test]
fn a_mail_says_what_it_is() {
    let server = MailServer::start(Behaviour::default());
    plain(server.address).send(&letter("p1@example.cn")).unwrap();
    let came = server.came().remove(0);
    assert_eq!((came.to.as_str(), came.notice()), ("p1@example.cn", id(1)));
    for line in ["Auto-Submitted: auto-generated", "To: p1@example.cn", "Content-Type: text/plain; charset=utf-8"] {
        assert!(came.message.contains(line), "{line}: {}", came.message);
    }
    assert!(came.message.contains("Date: Mon, 02 Mar 2026 01:00:00"), "{}", came.message);
}

#[test]
fn what_the_server_says_is_sorted_and_names_nobody() {
    let refuses = Some(("p", "550 5.1.1 <p1@example.cn> unknown"));
    let server = MailServer::start(Behaviour { refuses, ..Behaviour::default() });
    let failure = plain(server.address).send(&letter("p1@example.cn")).unwrap_err();
    assert_eq!(failure.kind, FailureKind::Never);
    assert!(failure.said.contains("unknown") && !failure.said.contains('@'), "{}", failure.said);
    let busy = MailServer::start(Behaviour { refuses: Some(("p", "451 later")), ..Behaviour::default() });
    assert_eq!(plain(busy.address).send(&letter("p1@example.cn")).unwrap_err().kind, FailureKind::Later);
    assert_eq!(plain(nobody()).send(&letter("p1@example.cn")).unwrap_err().kind, FailureKind::Unreachable);
    let server = MailServer::start(Behaviour::default());
    for address in ["not an address", "a@example.cn\r\nBcc: b@example.cn", ""] {
        assert_eq!(plain(server.address).send(&letter(address)).unwrap_err().kind, FailureKind::Never, "{address}");
    }
    assert!(server.came().is_empty());
}
