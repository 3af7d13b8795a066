//! A browser: cookies by their paths, forms with and without files.

use std::cell::RefCell;

use accounts::{Actor, Language, Origin, Password, Random, SignUp};
use axum::body::Body;
use axum::http::response::Parts;
use axum::http::{Request, header};
use jiff::Timestamp;

use crate::given::Site;
use crate::seen::Page;

fn now() -> Timestamp {
    "2026-07-01T08:00:00Z".parse().unwrap()
}

/// A browser that keeps cookies by their paths.
pub(crate) struct Browser<'s> {
    site: &'s Site,
    jar: RefCell<Vec<(String, String, String)>>,
}

/// What a form sends: names, values, and files as name, file name, content.
pub(crate) type Fields<'a> = &'a [(&'a str, &'a str)];

impl<'s> Browser<'s> {
    pub(crate) fn new(site: &'s Site) -> Self {
        Self { site, jar: RefCell::default() }
    }

    /// A browser in which someone has signed in.
    pub(crate) async fn of(site: &'s Site, number: u8) -> Self {
        let origin = Origin { device: "test".to_owned(), address: "192.0.2.1".to_owned() };
        let (mut random, password) = (Random::new([number; 32]), Password::typed("纸鹤 lamp 山茶 orbit"));
        let form = SignUp {
            key: format!("form-{number}"),
            name: format!("客户{number}"),
            email: Some(format!("c{number}@example.org")),
            telephone: None,
            password: password.clone(),
            language: Language::Chinese,
            wants_mail: false,
            agrees: true,
        };
        site.accounts.sign_up(&Actor::visitor(), &form, &origin, now(), &mut random).await.unwrap();
        let name = format!("c{number}@example.org");
        let opened = site.accounts.sign_in(&name, &password, &origin, now(), &mut random).await.unwrap();
        let browser = Self::new(site);
        browser.jar.borrow_mut().push(("session".to_owned(), opened.token.text(), "/".to_owned()));
        browser
    }

    pub(crate) async fn send(&self, request: axum::http::request::Builder, body: Body) -> (Parts, Vec<u8>) {
        let path = request.uri_ref().unwrap().path().to_owned();
        let held = |kept: &String| path == *kept || path.starts_with(&format!("{}/", kept.trim_end_matches('/')));
        let cookies: Vec<String> = self
            .jar
            .borrow()
            .iter()
            .filter(|(_, _, kept)| held(kept))
            .map(|(name, value, _)| format!("{name}={value}"))
            .collect();
        let request = request.header("host", "huizhi.test").header("cookie", cookies.join("; "));
        let (parts, body) = self.site.answer(request.body(body).unwrap()).await;
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().unwrap();
            assert!(text.contains("HttpOnly"), "{text}");
            let mut pieces = text.split("; ");
            let (name, value) = pieces.next().unwrap().split_once('=').unwrap();
            let path = pieces.find_map(|piece| piece.strip_prefix("Path=")).unwrap();
            let mut jar = self.jar.borrow_mut();
            jar.retain(|(known, _, at)| !(known == name && at == path));
            if !value.is_empty() {
                jar.push((name.to_owned(), value.to_owned(), path.to_owned()));
            }
        }
        (parts, body)
    }

    pub(crate) async fn get(&self, address: &str) -> (Parts, Vec<u8>) {
        self.send(Request::get(address), Body::empty()).await
    }

    pub(crate) async fn page_with(&self, address: &str, status: u16) -> Page {
        let (parts, body) = self.get(address).await;
        assert_eq!(parts.status.as_u16(), status, "{address}: {}", String::from_utf8_lossy(&body));
        Page::read(address, &body)
    }

    pub(crate) async fn page(&self, address: &str) -> Page {
        self.page_with(address, 200).await
    }

    pub(crate) async fn post(
        &self,
        address: &str,
        fields: Fields<'_>,
        files: &[(&str, &str, &[u8])],
    ) -> (Parts, Vec<u8>) {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        for (name, file, content) in files {
            let head = format!("Content-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"");
            body.extend(format!("--cut\r\n{head}\r\n\r\n").bytes());
            body.extend_from_slice(content);
            body.extend(b"\r\n");
        }
        body.extend(b"--cut--\r\n");
        let request = Request::post(address).header("content-type", "multipart/form-data; boundary=cut");
        self.send(request, Body::from(body)).await
    }

    pub(crate) async fn form(&self, address: &str, fields: Fields<'_>) -> (Parts, Vec<u8>) {
        let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let request = Request::post(address).header("content-type", "application/x-www-form-urlencoded");
        self.send(request, Body::from(pairs.join("&"))).await
    }

    /// Sends a form that is carried out, and gives where it leads.
    pub(crate) async fn done(&self, address: &str, fields: Fields<'_>) -> String {
        led(address, self.form(address, fields).await)
    }

    /// Sends a form that is refused.
    pub(crate) async fn refused(&self, address: &str, fields: Fields<'_>, status: u16) -> Page {
        let (parts, body) = self.form(address, fields).await;
        assert_eq!(parts.status.as_u16(), status, "{address}: {}", String::from_utf8_lossy(&body));
        Page::read(address, &body)
    }
}

/// Where an answer leads.
pub(crate) fn led(address: &str, (parts, body): (Parts, Vec<u8>)) -> String {
    assert_eq!(parts.status, 303, "{address}: {}", String::from_utf8_lossy(&body));
    parts.headers[header::LOCATION].to_str().unwrap().to_owned()
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |all, byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' => all + &char::from(byte).to_string(),
        byte => format!("{all}%{byte:02X}"),
    })
}
