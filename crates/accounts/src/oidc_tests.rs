use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Mutex;

use database::testing::for_each_backend;

use super::*;
use crate::world::*;
use crate::{Settings, Signed};

const REDIRECT: &str = "http://127.0.0.1:1/sign-in/school";
const SECRET: &str = "a secret of sixty-four characters at least is not needed here";

/// A provider that runs; it ends with its standard input.
struct Running {
    child: Child,
    /// Kept open: the provider writes on.
    _output: BufReader<ChildStdout>,
    issuer: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oidc")
}

/// Starts the provider; none, with a message, where there is no node.
fn start() -> Option<Running> {
    static INSTALLING: Mutex<()> = Mutex::new(());
    let installing = INSTALLING.lock().unwrap();
    if Command::new("node").arg("--version").output().is_err() {
        eprintln!("there is no node: sign-in at a provider is not tested");
        return None;
    }
    if !folder().join("node_modules/oidc-provider").is_dir() {
        let installed = Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(folder()).status();
        assert!(installed.unwrap().success(), "npm ci in {}", folder().display());
    }
    drop(installing);
    let mut command = Command::new("node");
    command.args(["provider.mjs", REDIRECT]).current_dir(folder());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut issuer = String::new();
    output.read_line(&mut issuer).unwrap();
    Some(Running { child, _output: output, issuer: issuer.trim().to_owned() })
}

/// What the provider sends back.
struct Answer {
    state: Token,
    code: String,
    issuer: String,
}

/// Walks through the sign-in as this account of the provider.
async fn browse(address: String, login: &'static str) -> Answer {
    let walked = tokio::task::spawn_blocking(move || {
        Command::new("node").args(["browser.mjs", &address, login, REDIRECT]).current_dir(folder()).output().unwrap()
    });
    let walked = walked.await.unwrap();
    let address = String::from_utf8(walked.stdout).unwrap();
    assert!(walked.status.success(), "{}", String::from_utf8_lossy(&walked.stderr));
    let (_, query) = address.trim().split_once('?').unwrap();
    let part = |name: &str| {
        let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).unwrap();
        value.replace("%3A", ":").replace("%2F", "/")
    };
    Answer { state: part("state").parse().unwrap(), code: part("code"), issuer: part("iss") }
}

fn provider(name: &str, issuer: &str) -> Provider {
    Provider {
        name: name.to_owned(),
        label_zh: "学校".to_owned(),
        label_en: "School".to_owned(),
        issuer: issuer.to_owned(),
        client: "huizhi".to_owned(),
        secret: Some(SECRET.to_owned()),
        redirect: REDIRECT.to_owned(),
    }
}

async fn with_provider(database: &database::Database, issuer: &str) -> Accounts {
    open(database).await;
    let providers = vec![provider("school", issuer)];
    Accounts::open(database.clone(), secret(), Settings { providers, ..settings() }).await.unwrap()
}

/// Real time: the provider's tokens are of now.
fn real() -> Timestamp {
    Timestamp::now()
}

async fn arrive(
    accounts: &Accounts,
    linking: Option<&Signed>,
    login: &'static str,
    seed: u16,
) -> Result<Arrived, AccountsError> {
    let present = password();
    let proof = linking.map(|signed| (&signed.actor, proof(signed, &present)));
    let linking = proof.as_ref().map(|(actor, proof)| (*actor, proof));
    let begun = accounts.begin_provider("school", linking, "/cases/1", real(), &mut random(seed)).await?;
    let answer = browse(begun.address, login).await;
    let returned = Returned {
        state: &answer.state,
        code: Some(&answer.code),
        issuer: Some(&answer.issuer),
        browser: &begun.browser,
    };
    accounts.finish_provider(&returned, &origin(), real(), &mut random(seed + 1)).await
}

#[tokio::test]
async fn a_provider_opens_an_account_made_the_first_time() {
    for_each_backend(|database| async move {
        let Some(running) = start() else { return };
        let accounts = with_provider(&database, &running.issuer).await;
        let mut people = Vec::new();
        for (seed, first) in [(10, true), (20, false)] {
            let arrived = arrive(&accounts, None, "school-1", seed).await.unwrap();
            let Arrived::SignedIn { opened, new, back } = arrived else { panic!("{arrived:?}") };
            assert_eq!((new, back.as_str()), (first, "/cases/1"));
            let signed = accounts.actor(&opened.token, real()).await.unwrap().unwrap();
            people.push(accounts.me(&signed.actor).await.unwrap());
        }
        assert_eq!(people[0], people[1]);
        assert_eq!((people[0].name.as_str(), people[0].language), ("学校 人员1", Language::Chinese));
        assert_eq!(people[0].email.as_ref().unwrap().as_str(), "p1@example.org");
        assert!(people[0].email_confirmed && !people[0].has_password);
        // An address that the provider has not verified is not taken over.
        let arrived = arrive(&accounts, None, "school-2", 30).await.unwrap();
        let Arrived::SignedIn { opened, .. } = arrived else { panic!("{arrived:?}") };
        let signed = accounts.actor(&opened.token, real()).await.unwrap().unwrap();
        assert_eq!(accounts.me(&signed.actor).await.unwrap().email, None);
    })
    .await;
}

#[tokio::test]
async fn an_account_with_the_same_address_is_joined_by_its_owner_alone() {
    for_each_backend(|database| async move {
        let Some(running) = start() else { return };
        let accounts = with_provider(&database, &running.issuer).await;
        person(&accounts, 1).await;
        let refused = arrive(&accounts, None, "school-1", 10).await;
        assert!(matches!(refused, Err(AccountsError::LinkFirst)), "{refused:?}");
        let opened = accounts.sign_in("p1@example.org", &password(), &origin(), real(), &mut random(20)).await.unwrap();
        let signed = accounts.actor(&opened.token, real()).await.unwrap().unwrap();
        let linked = arrive(&accounts, Some(&signed), "school-1", 30).await.unwrap();
        assert_eq!(linked, Arrived::Linked { back: "/cases/1".to_owned() });
        let arrived = arrive(&accounts, None, "school-1", 40).await.unwrap();
        let Arrived::SignedIn { opened, new: false, .. } = arrived else { panic!("{arrived:?}") };
        assert_eq!(Some(&opened.person), signed.actor.id());
        // Someone else cannot link the same account of the provider.
        let other = person(&accounts, 3).await;
        let other = session(&accounts, &other, real(), 60).await;
        let other = accounts.actor(&other.token, real()).await.unwrap().unwrap();
        let refused = arrive(&accounts, Some(&other), "school-1", 50).await;
        assert!(matches!(refused, Err(AccountsError::LinkedElsewhere)), "{refused:?}");
        let mine = accounts.identities(&signed.actor).await.unwrap();
        let present = password();
        let proof = proof(&signed, &present);
        let which = (mine[0].issuer.as_str(), mine[0].subject.as_str());
        accounts.unlink(&signed.actor, which, &proof, real()).await.unwrap();
        assert_eq!(accounts.identities(&signed.actor).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn an_answer_counts_once_in_the_browser_that_asked_from_the_provider_that_was_asked() {
    for_each_backend(|database| async move {
        let Some(running) = start() else { return };
        let accounts = with_provider(&database, &running.issuer).await;
        let begun = accounts.begin_provider("school", None, "//evil.example", real(), &mut random(1)).await.unwrap();
        let answer = browse(begun.address, "school-1").await;
        let stranger = Token::make(&mut random(2));
        let returned = Returned {
            state: &answer.state,
            code: Some(&answer.code),
            issuer: Some(&answer.issuer),
            browser: &stranger,
        };
        let finish = |returned: Returned<'_>, at: Timestamp| {
            let (accounts, state, browser) = (accounts.clone(), returned.state.clone(), returned.browser.clone());
            let (code, issuer) = (returned.code.map(str::to_owned), returned.issuer.map(str::to_owned));
            async move {
                let returned =
                    Returned { state: &state, code: code.as_deref(), issuer: issuer.as_deref(), browser: &browser };
                accounts.finish_provider(&returned, &origin(), at, &mut random(3)).await
            }
        };
        assert!(matches!(finish(returned.clone(), real()).await, Err(AccountsError::SignInOver)));
        let mine = Returned { browser: &begun.browser, ..returned };
        let late = real() + UNDER_WAY;
        assert!(matches!(finish(mine.clone(), late).await, Err(AccountsError::SignInOver)));
        let arrived = finish(mine.clone(), real()).await.unwrap();
        let Arrived::SignedIn { back, .. } = arrived else { panic!("{arrived:?}") };
        assert_eq!(back, "/", "no address elsewhere");
        assert!(matches!(finish(mine, real()).await, Err(AccountsError::SignInOver)));
        // Another issuer, a forged code, a refusal.
        for (issuer, code, wrong) in
            [(Some("https://evil.example"), Some("x"), true), (None, Some("forged"), true), (None, None, false)]
        {
            let begun = accounts.begin_provider("school", None, "/", real(), &mut random(4)).await.unwrap();
            let state = begun.address.split("state=").nth(1).unwrap().split('&').next().unwrap().parse().unwrap();
            let returned = Returned { state: &state, code, issuer, browser: &begun.browser };
            let refused = finish(returned, real()).await.unwrap_err();
            assert_eq!(matches!(refused, AccountsError::Provider { .. }), wrong, "{refused}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_provider_that_does_not_answer_is_told_and_only_safe_ones_are_taken() {
    for_each_backend(|database| async move {
        let accounts = with_provider(&database, "http://127.0.0.1:9").await;
        let silent = accounts.begin_provider("school", None, "/", now(), &mut random(1)).await;
        assert!(matches!(silent, Err(AccountsError::Provider { .. })), "{silent:?}");
        let unknown = accounts.begin_provider("nobody", None, "/", now(), &mut random(1)).await;
        assert!(matches!(unknown, Err(AccountsError::NoProvider(_))));
        for issuer in ["http://idp.example", "http://127.0.0.1.evil.example", "http://localhost.evil.example"] {
            let providers = vec![provider("school", issuer)];
            let opened = Accounts::open(database.clone(), secret(), Settings { providers, ..settings() }).await;
            assert!(opened.is_err(), "{issuer}");
        }
    })
    .await;
}
