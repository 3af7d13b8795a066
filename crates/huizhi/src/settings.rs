//! Settings: `huizhi.toml`, environment `HUIZHI_*`, flags, in rising order.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use notices::{MailSettings, Security};
use serde::Deserialize;

use crate::cli::{Common, Language};

/// What `huizhi.toml` may say. Unknown names are refused, so that a slip of the pen does not go unnoticed.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    data: Option<PathBuf>,
    database_url: Option<String>,
    lang: Option<Language>,
    index: IndexFile,
    web: WebFile,
    mail: Option<MailFile>,
    webhooks: WebhooksFile,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WebFile {
    listen: Option<String>,
    name: Option<String>,
    public_url: Option<String>,
    requests_per_minute: Option<u32>,
    allowed_origins: Option<Vec<String>>,
    behind_proxy: Option<bool>,
    sign_in: Vec<SignInFile>,
}

/// A provider of single sign-on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignInFile {
    name: String,
    label_zh: String,
    label_en: String,
    issuer: String,
    client: String,
}

/// The mail server.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MailFile {
    server: String,
    port: Option<u16>,
    #[serde(default = "tls")]
    security: Security,
    user: Option<String>,
    from: String,
}

const fn tls() -> Security {
    Security::Tls
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WebhooksFile {
    private: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct IndexFile {
    threads: Option<usize>,
    memory_mb: Option<usize>,
}

/// The settings in force.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// Folder of register and index.
    pub(crate) data: PathBuf,
    /// Database address, where it is not SQLite in the data folder.
    pub(crate) database_url: Option<String>,
    /// Key of the installation as hexadecimal digits, where it is not kept in the data folder.
    pub(crate) secret: Option<String>,
    /// Language of labels: `zh` or `en`.
    pub(crate) lang: &'static str,
    /// Answer in JSON.
    pub(crate) json: bool,
    /// Index engine.
    pub(crate) index: index::Settings,
    /// Address at which the site listens.
    pub(crate) listen: String,
    /// The site.
    pub(crate) web: web::Settings,
    /// Accounts and single sign-on.
    pub(crate) accounts: accounts::Settings,
    /// The mail server, where there is one.
    pub(crate) mail: Option<MailSettings>,
    /// Whether webhooks may go into private networks and by plain HTTP.
    pub(crate) private_webhooks: bool,
}

impl Settings {
    /// Settings from the file, then the environment, then flags (clap has read the latter two).
    pub(crate) fn read(common: &Common) -> Result<Self> {
        let file = match &common.config {
            Some(path) => read_file(path)?,
            None if Path::new("huizhi.toml").exists() => read_file(Path::new("huizhi.toml"))?,
            None => File::default(),
        };
        let mut index = index::Settings::default();
        index.threads = file.index.threads.unwrap_or(index.threads).max(1);
        index.memory = file.index.memory_mb.map_or(index.memory, |mb| mb.max(15) * 1_000_000);
        let lang = common.lang.or(file.lang).unwrap_or_else(system_language);
        let accounts = accounts_settings(&file.web)?;
        Ok(Self {
            data: common.data.clone().or(file.data).unwrap_or_else(|| PathBuf::from("huizhi-data")),
            database_url: common.database_url.clone().or(file.database_url),
            // Never a flag: other users of a machine see those.
            secret: variable("HUIZHI_SECRET"),
            lang: lang.code(),
            json: common.json,
            index,
            listen: file.web.listen.clone().unwrap_or_else(|| "127.0.0.1:8300".to_owned()),
            accounts,
            mail: file.mail.map(mail_settings),
            private_webhooks: file.webhooks.private.unwrap_or(false),
            web: web_settings(file.web, lang)?,
        })
    }

    /// What stands before a path in links that leave the site: the address outside, else the one it listens at.
    pub(crate) fn site(&self) -> String {
        self.web.public_url.clone().unwrap_or_else(|| format!("http://{}", self.listen))
    }
}

/// What the file says of signing in. The secrets of providers stand in the environment: files are copied and shown.
fn accounts_settings(file: &WebFile) -> Result<accounts::Settings> {
    let ordinary = accounts::Settings::default();
    let mut providers = Vec::with_capacity(file.sign_in.len());
    for provider in &file.sign_in {
        let named = provider.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        if !named || provider.name.is_empty() {
            bail!("web.sign_in.name «{}» stands in addresses: small letters and digits alone", provider.name);
        }
        let Some(site) = file.public_url.as_deref().map(|url| url.trim_end_matches('/')) else {
            bail!("web.sign_in needs web.public_url: the provider sends the browser back there");
        };
        providers.push(accounts::Provider {
            name: provider.name.clone(),
            label_zh: provider.label_zh.clone(),
            label_en: provider.label_en.clone(),
            issuer: provider.issuer.clone(),
            client: provider.client.clone(),
            secret: variable(&format!("{}{}", "HUIZHI_SIGN_IN_", provider.name.to_ascii_uppercase())),
            redirect: format!("{site}/sign-in/return"),
        });
    }
    let site = file.name.clone().unwrap_or(ordinary.site);
    Ok(accounts::Settings { site, providers, ..accounts::Settings::default() })
}

/// What the file says of the mail server; its password stands in the environment.
fn mail_settings(file: MailFile) -> MailSettings {
    let password = variable("HUIZHI_MAIL_PASSWORD").unwrap_or_default();
    let credentials = file.user.map(|user| (user, password));
    MailSettings { host: file.server, port: file.port, security: file.security, credentials, from: file.from }
}

/// A variable of the environment that says something.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|text| !text.is_empty())
}

/// What the file says of the site.
fn web_settings(file: WebFile, lang: Language) -> Result<web::Settings> {
    let ordinary = web::Settings::default();
    if let Some(url) = file.public_url.as_deref().filter(|url| !url.starts_with("http")) {
        bail!("web.public_url «{url}» is no address; write it like https://ip.example.cn");
    }
    Ok(web::Settings {
        name: file.name,
        lang: if lang == Language::En { web::Lang::En } else { web::Lang::Zh },
        public_url: file.public_url.map(|url| url.trim_end_matches('/').to_owned()),
        requests_per_minute: file.requests_per_minute.unwrap_or(ordinary.requests_per_minute),
        allowed_origins: file.allowed_origins.unwrap_or_default(),
        behind_proxy: file.behind_proxy.unwrap_or(false),
        personas: Vec::new(),
        demonstration: false,
    })
}

fn read_file(path: &Path) -> Result<File> {
    let text = fs::read_to_string(path).with_context(|| format!("settings file {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("settings file {}", path.display()))
}

/// Chinese first; English where the system says so.
fn system_language() -> Language {
    let said =
        ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    match said {
        Some(lang) if lang.starts_with("en") => Language::En,
        _ => Language::Zh,
    }
}

/// Names of all settings of the file, as it tells them itself to who writes a wrong one.
#[cfg(test)]
pub(crate) fn names() -> Vec<String> {
    let listed = |toml: &str| {
        let said = toml::from_str::<File>(toml).map_or_else(|error| error.message().to_owned(), |_| String::new());
        let listed = said.split("expected").nth(1).unwrap_or_default();
        listed.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()
    };
    let below = |table: &'static str| {
        let names = listed(&format!("[{table}]\nno-such-name = 1"));
        names.into_iter().map(move |name| format!("{table}.{name}"))
    };
    let provider = listed("[[web.sign_in]]\nno-such-name = 1").into_iter().map(|name| format!("web.sign_in.{name}"));
    let tables = ["index", "web", "mail", "webhooks"];
    let top = listed("no-such-name = 1").into_iter().filter(|name| !tables.contains(&name.as_str()));
    let all = top.chain(tables.into_iter().flat_map(below)).chain(provider);
    all.filter(|name| name != "web.sign_in").collect()
}

/// Whether a settings file with this text is understood.
#[cfg(test)]
pub(crate) fn understand(text: &str) -> Result<()> {
    toml::from_str::<File>(text)?;
    Ok(())
}
