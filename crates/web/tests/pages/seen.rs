//! A page as a visitor sees it, and what holds for all pages.

use std::collections::HashSet;

use scraper::{ElementRef, Html, Selector};

/// A page.
pub(crate) struct Page {
    address: String,
    html: Html,
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Page {
    /// A page that keeps what all pages promise.
    pub(crate) fn read(address: &str, body: &[u8]) -> Self {
        let source = std::str::from_utf8(body).unwrap();
        let page = Self { address: address.to_owned(), html: Html::parse_document(source) };
        page.is_quiet();
        page.is_whole();
        page.names_its_fields();
        page
    }

    /// Nothing inline: the policy for content would forbid it.
    fn is_quiet(&self) {
        for element in self.html.select(&selector("*")) {
            let name = element.value().name();
            assert_ne!(name, "style", "{}: a style element", self.address);
            for (attribute, _) in element.value().attrs() {
                assert!(
                    attribute != "style" && !attribute.starts_with("on"),
                    "{}: {attribute} of {name}",
                    self.address
                );
            }
            if name == "script" {
                assert!(element.value().attr("src").is_some_and(|src| src.starts_with("/assets/")), "{}", self.address);
                assert_eq!(text(element), "", "{}: an inline script", self.address);
            }
        }
    }

    /// One heading, a title, a language, ids once each, and anchors that exist.
    fn is_whole(&self) {
        assert_eq!(self.count("main h1"), 1, "{}: headings", self.address);
        assert!(!self.one("title").is_empty());
        let lang = self.attributes("html", "lang");
        assert!(["zh-CN", "en"].contains(&lang[0].as_str()), "{}", self.address);
        let mut ids = HashSet::new();
        for id in self.attributes("[id]", "id") {
            assert!(ids.insert(id.clone()), "{}: the id {id} stands twice", self.address);
        }
        for target in self.attributes("a[href^='#']", "href").iter().chain(&self.attributes("[for]", "for")) {
            assert!(ids.contains(target.trim_start_matches('#')), "{}: nothing has the id {target}", self.address);
        }
        for named in ["aria-labelledby", "aria-describedby", "form", "list"] {
            for list in self.attributes(&format!("[{named}]"), named) {
                for id in list.split_whitespace() {
                    assert!(ids.contains(id), "{}: {named}={list} leads nowhere", self.address);
                }
            }
        }
        // What leaves the site says so, and gives the other site nothing.
        for href in self.attributes("a[href]:not([rel~=external][rel~=noopener])", "href") {
            let stays =
                href.starts_with(['/', '#']) || ["tel:", "mailto:", "geo:"].iter().any(|own| href.starts_with(own));
            assert!(stays, "{}: a link leads to {href}", self.address);
        }
        for href in self.attributes("a[rel~=external]", "href") {
            assert!(href.starts_with("https://") || href.starts_with("http://"), "{}: {href}", self.address);
        }
    }

    /// Every field has a name.
    fn names_its_fields(&self) {
        let labelled: HashSet<String> = self.attributes("label[for]", "for").into_iter().collect();
        for field in self.html.select(&selector("input:not([type=hidden]), select, textarea")) {
            let has_label = field.value().attr("id").is_some_and(|id| labelled.contains(id))
                || field.value().attr("aria-label").is_some()
                || field.ancestors().filter_map(ElementRef::wrap).any(|element| element.value().name() == "label");
            assert!(has_label, "{}: {} has no label", self.address, field.html());
        }
    }

    pub(crate) fn count(&self, css: &str) -> usize {
        self.html.select(&selector(css)).count()
    }

    /// Texts of all elements.
    pub(crate) fn all(&self, css: &str) -> Vec<String> {
        self.html.select(&selector(css)).map(text).collect()
    }

    /// Text of the first element.
    pub(crate) fn one(&self, css: &str) -> String {
        self.all(css).into_iter().next().unwrap_or_else(|| panic!("{}: nothing is {css}", self.address))
    }

    /// An attribute of all elements that have it.
    pub(crate) fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        self.html.select(&selector(css)).filter_map(|element| element.value().attr(name)).map(str::to_owned).collect()
    }

    /// Where the link with this text leads.
    pub(crate) fn link(&self, words: &str) -> String {
        let all = selector("main a[href]");
        let mut links = self.html.select(&all).filter(|link| text(*link).contains(words));
        let link = links.next().unwrap_or_else(|| panic!("{}: no link says {words}", self.address));
        link.value().attr("href").unwrap().to_owned()
    }

    /// Text of the content.
    pub(crate) fn says(&self) -> String {
        self.one("main")
    }
}

impl Page {
    /// What a browser would send for a form as it stands, without its buttons.
    pub(crate) fn form_fields(&self, css: &str) -> Vec<(String, String)> {
        let fields = selector("input[name]:not([type=file]), select[name], textarea[name]");
        let (options, chosen) = (selector("option"), selector("option[selected]"));
        let form = self.html.select(&selector(css)).next().unwrap_or_else(|| panic!("{}: no {css}", self.address));
        let field = |element: ElementRef<'_>| {
            let node = element.value();
            let name = node.attr("name")?.to_owned();
            let value = |element: ElementRef<'_>| element.value().attr("value").unwrap_or_default().to_owned();
            match (node.name(), node.attr("type")) {
                ("textarea", _) => Some((name, element.text().collect())),
                ("select", _) => {
                    let option = element.select(&chosen).next().or_else(|| element.select(&options).next())?;
                    Some((name, value(option)))
                }
                (_, Some("checkbox" | "radio")) => node.attr("checked").map(|_| (name, value(element))),
                _ => Some((name, value(element))),
            }
        };
        form.select(&fields).filter_map(field).collect()
    }
}
