//! People who have signed in.

use accounts::{Actor, Language, NewGrant, Opened, Origin, Password, PersonId, Random, Role, SignUp};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use jiff::Timestamp;
use jiff::civil::date;

use crate::given::Site;
use crate::outlets::id;
use crate::seen::Page;

pub(crate) fn now() -> Timestamp {
    "2026-07-01T08:00:00Z".parse().unwrap()
}

/// Someone who has signed in.
pub(crate) struct Visitor<'s> {
    pub(crate) site: &'s Site,
    pub(crate) person: PersonId,
    pub(crate) cookie: String,
}

/// The password of everyone.
pub(crate) const PASSWORD: &str = "纸鹤 lamp 山茶 orbit";

/// The address by which the person with this number signs in.
pub(crate) fn email(number: u8) -> String {
    format!("p{number}@example.org")
}

/// A person with a role at an organisation and all under it.
pub(crate) async fn signed_in(site: &Site, number: u8, role: Role, at: u16) -> Visitor<'_> {
    with_roles(site, number, &[(role, Some(at))]).await
}

/// A person with roles, each at an organisation or everywhere, who has signed in.
pub(crate) async fn with_roles<'s>(site: &'s Site, number: u8, roles: &[(Role, Option<u16>)]) -> Visitor<'s> {
    let (accounts, system) = (&site.accounts, Actor::system("test"));
    let origin = Origin { device: "test".to_owned(), address: "192.0.2.1".to_owned() };
    let mut random = Random::new([number; 32]);
    let password = Password::typed(PASSWORD);
    let form = SignUp {
        key: format!("form-{number}"),
        name: format!("管理员{number}"),
        email: Some(email(number)),
        telephone: None,
        password: password.clone(),
        language: Language::Chinese,
        wants_mail: false,
        agrees: true,
    };
    let person = accounts.sign_up(&system, &form, &origin, now(), &mut random).await.unwrap();
    for (role, at) in roles {
        let grant = NewGrant {
            person: person.id.clone(),
            role: *role,
            organisation: at.map(id),
            from: date(2026, 1, 1),
            to: None,
            reason: None,
        };
        accounts.give(&system, &grant, now(), &mut random).await.unwrap();
    }
    let opened = accounts.sign_in(&email(number), &password, &origin, now(), &mut random).await.unwrap();
    Visitor { site, person: person.id, cookie: cookie_of(&opened) }
}

/// Another session of the same person.
pub(crate) async fn again<'s>(visitor: &Visitor<'s>, seed: u8) -> Visitor<'s> {
    let origin = Origin { device: "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0".to_owned(), ..Origin::default() };
    let (system, mut random) = (Actor::system("test"), Random::new([seed; 32]));
    let opened = visitor.site.accounts.open_for(&system, &visitor.person, &origin, now(), &mut random).await.unwrap();
    Visitor { site: visitor.site, person: visitor.person.clone(), cookie: cookie_of(&opened) }
}

fn cookie_of(opened: &Opened) -> String {
    format!("session={}", opened.token.text())
}

impl Visitor<'_> {
    /// Sends a file with texts beside it.
    pub(crate) async fn upload(
        &self,
        address: &str,
        (name, file): (&str, &str),
        texts: &[(&str, &str)],
    ) -> (StatusCode, Page) {
        let (status, _, body) = self.file_sent(address, (name, file), texts).await;
        (status, Page::read(address, &body))
    }

    /// Sends a file with texts beside it, and answers where that leads.
    pub(crate) async fn file_sent(
        &self,
        address: &str,
        (name, file): (&str, &str),
        texts: &[(&str, &str)],
    ) -> (StatusCode, String, Vec<u8>) {
        let part = |name: &str, file: &str, text: &str| {
            format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{text}\r\n")
        };
        let mut body = part("file", &format!("; filename=\"{name}\""), file);
        body.extend(texts.iter().map(|(name, text)| part(name, "", text)));
        body.push_str("--cut--\r\n");
        let request = Request::post(address).header("cookie", &self.cookie).header("host", "huizhi.test");
        let request = request.header("content-type", "multipart/form-data; boundary=cut");
        self.site.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Sends a workbook to be tried (`0`) or stored (`1`).
    pub(crate) async fn workbook(&self, address: &str, file: &[u8], store: &str) -> (u16, Page) {
        let head = "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.xlsx\"\r\n\r\n";
        let tail = format!("\r\n--cut\r\nContent-Disposition: form-data; name=\"store\"\r\n\r\n{store}\r\n--cut--\r\n");
        let body = [head.as_bytes(), file, tail.as_bytes()].concat();
        let request = Request::post(address).header("cookie", &self.cookie).header("host", "huizhi.test");
        let request = request.header("content-type", "multipart/form-data; boundary=cut");
        let (status, _, body) = self.site.send(request.body(Body::from(body)).unwrap()).await;
        (status.as_u16(), Page::read(address, &body))
    }

    pub(crate) async fn page_with(&self, address: &str, status: u16) -> Page {
        let request = Request::get(address).header("cookie", &self.cookie).header("host", "huizhi.test");
        let (found, _, body) = self.site.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(found.as_u16(), status, "{address}: {}", String::from_utf8_lossy(&body));
        Page::read(address, &body)
    }

    /// What an address answers that is no page.
    pub(crate) async fn bytes(&self, address: &str) -> (u16, Vec<u8>) {
        let request = Request::get(address).header("cookie", &self.cookie).header("host", "huizhi.test");
        let (status, _, body) = self.site.send(request.body(Body::empty()).unwrap()).await;
        (status.as_u16(), body)
    }

    /// Where an address leads.
    pub(crate) async fn led(&self, address: &str) -> String {
        let request = Request::get(address).header("cookie", &self.cookie).header("host", "huizhi.test");
        self.site.send(request.body(Body::empty()).unwrap()).await.1
    }

    pub(crate) async fn page(&self, address: &str) -> Page {
        self.page_with(address, 200).await
    }

    pub(crate) async fn send(&self, address: &str, fields: &[(&str, &str)]) -> (StatusCode, String, Vec<u8>) {
        let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let request = Request::post(address).header("cookie", &self.cookie).header("host", "huizhi.test");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        self.site.send(request.body(Body::from(pairs.join("&"))).unwrap()).await
    }

    /// Sends a form that is carried out, and gives the page to which it leads.
    pub(crate) async fn done(&self, address: &str, fields: &[(&str, &str)]) -> Page {
        let (status, led, body) = self.send(address, fields).await;
        assert_eq!(status, 303, "{address}: {}", String::from_utf8_lossy(&body));
        self.page(&led).await
    }

    /// Sends a form that is refused.
    pub(crate) async fn refused(&self, address: &str, fields: &[(&str, &str)], expected: u16) -> Page {
        let (status, _, body) = self.send(address, fields).await;
        assert_eq!(status.as_u16(), expected, "{address}: {}", String::from_utf8_lossy(&body));
        Page::read(address, &body)
    }
}

pub(crate) fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |all, byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' => all + &char::from(byte).to_string(),
        byte => format!("{all}%{byte:02X}"),
    })
}
