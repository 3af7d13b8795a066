//! A mail server, a receiver of webhooks and people for the tests of this crate.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use database::Database;
use jiff::{SignedDuration, Timestamp};
use network::{Id, OrganisationId};

use crate::{
    Contact, Directory, DirectoryAnswer, MailSettings, Mailer, Notice, NoticesError, Recipient, Security, Senders,
    Webhooks, put,
};

/// The key of the installation in tests.
pub(crate) const KEY: [u8; 32] = [7; 32];

/// The moment at which tests begin.
pub(crate) fn now() -> Timestamp {
    "2026-03-02T01:00:00Z".parse().unwrap()
}

/// So many minutes after the beginning.
pub(crate) fn minutes(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

/// The id with this number.
pub(crate) fn id(number: u32) -> Id {
    let mut random = [0; 10];
    random[6..].copy_from_slice(&number.to_be_bytes());
    Id::make(now(), random)
}

/// The organisation with this number.
pub(crate) fn organisation(number: u32) -> OrganisationId {
    OrganisationId(id(number))
}

/// Puts the notice with this number, in a transaction of its own.
pub(crate) async fn tell(
    database: &Database,
    at: Timestamp,
    number: u32,
    to: Recipient<'_>,
) -> Result<(), NoticesError> {
    let reference = format!("HZ-{number}");
    let values = [("reference", reference.as_str()), ("item.zh", "检索"), ("item.en", "Search"), ("reason", "x")];
    let notice = Notice { id: id(number), template: "case.refused", values: &values, to, link: "/cases/1" };
    let mut write = database.write().await?;
    put(&mut write, at, &notice).await?;
    Ok(write.commit().await?)
}

/// People by id.
#[derive(Default)]
pub(crate) struct People(pub(crate) BTreeMap<Id, Contact>);

impl People {
    /// People 1 to `count` with mail, `pN@example.cn`, in Chinese.
    pub(crate) fn many(count: u32) -> Self {
        let contact =
            |n| Contact { address: Some(format!("p{n}@example.cn")), lang: "zh".to_owned(), wants_mail: true };
        Self((1..=count).map(|n| (id(n), contact(n))).collect())
    }
}

impl Directory for People {
    fn find<'a>(&'a self, person: &'a Id) -> DirectoryAnswer<'a> {
        Box::pin(async move { Ok(self.0.get(person).cloned()) })
    }
}

/// Senders to a mail server on this machine; webhooks may go to this machine.
pub(crate) fn senders(mail: SocketAddr, people: People) -> Senders {
    let settings = MailSettings {
        host: mail.ip().to_string(),
        port: Some(mail.port()),
        security: Security::None,
        credentials: None,
        from: "惠知 <no-reply@example.cn>".to_owned(),
    };
    Senders {
        site: "https://ip.example.cn".to_owned(),
        directory: Arc::new(people),
        mailer: Some(Mailer::new(&settings).unwrap()),
        webhooks: Webhooks::new(&KEY, true),
    }
}

/// An address at which nobody listens (any more).
pub(crate) fn nobody() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// A mail as it came.
#[derive(Clone, Debug)]
pub(crate) struct Came {
    pub(crate) to: String,
    pub(crate) message: String,
}

impl Came {
    /// The notice in the Message-ID.
    pub(crate) fn notice(&self) -> Id {
        let at = self.message.find("Message-ID: <").unwrap() + "Message-ID: <".len();
        self.message[at..at + 26].parse().unwrap()
    }
}

/// How the mail server behaves.
#[derive(Default)]
pub(crate) struct Behaviour {
    /// Answer to RCPT instead of 250, to addresses that begin so.
    pub(crate) refuses: Option<(&'static str, &'static str)>,
    /// Takes the words and does not answer; leaves when this ends.
    pub(crate) hangs: AtomicBool,
    /// How many words it has taken.
    pub(crate) heard: AtomicUsize,
}

/// A mail server on this machine, one thread a connection.
pub(crate) struct MailServer {
    pub(crate) address: SocketAddr,
    came: Arc<Mutex<Vec<Came>>>,
    pub(crate) behaviour: Arc<Behaviour>,
}

impl MailServer {
    pub(crate) fn start(behaviour: Behaviour) -> Self {
        Self::start_at("127.0.0.1:0".parse().unwrap(), behaviour)
    }

    pub(crate) fn start_at(address: SocketAddr, behaviour: Behaviour) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let address = listener.local_addr().unwrap();
        let (came, behaviour) = (Arc::<Mutex<Vec<Came>>>::default(), Arc::new(behaviour));
        let server = Self { address, came: Arc::clone(&came), behaviour: Arc::clone(&behaviour) };
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (came, behaviour) = (Arc::clone(&came), Arc::clone(&behaviour));
                std::thread::spawn(move || converse(stream.unwrap(), &came, &behaviour));
            }
        });
        server
    }

    /// How many mails were said to it, taken or not.
    pub(crate) fn conversations(&self) -> usize {
        self.behaviour.heard.load(Ordering::SeqCst)
    }

    /// All mails that came.
    pub(crate) fn came(&self) -> Vec<Came> {
        self.came.lock().unwrap().clone()
    }
}

/// One conversation; ends when the other side leaves.
fn converse(stream: TcpStream, came: &Mutex<Vec<Came>>, behaviour: &Behaviour) -> Option<()> {
    let mut out = stream.try_clone().ok()?;
    let mut lines = BufReader::new(stream).lines();
    let mut say = move |line: &str| out.write_all(format!("{line}\r\n").as_bytes()).ok();
    let mut to = String::new();
    say("220 test")?;
    while let Some(Ok(line)) = lines.next() {
        let verb = line.to_ascii_uppercase();
        if verb.starts_with("EHLO") {
            say("250-test\r\n250 8BITMIME")?;
        } else if verb.starts_with("RCPT") {
            to = line.split(['<', '>']).nth(1)?.to_owned();
            match behaviour.refuses {
                Some((who, answer)) if to.starts_with(who) => say(answer)?,
                _ => say("250 ok")?,
            }
        } else if verb == "DATA" {
            say("354 go on")?;
            let message: Vec<String> = lines.by_ref().map_while(Result::ok).take_while(|line| line != ".").collect();
            behaviour.heard.fetch_add(1, Ordering::SeqCst);
            if behaviour.hangs.load(Ordering::SeqCst) {
                while behaviour.hangs.load(Ordering::SeqCst) {
                    std::thread::sleep(Duration::from_millis(10));
                }
                return None;
            }
            came.lock().unwrap().push(Came { to: to.clone(), message: message.join("\n") });
            say("250 taken")?;
        } else {
            say(if verb == "QUIT" { "221 bye" } else { "250 ok" })?;
        }
    }
    Some(())
}

/// A POST as it came: headers in lower case, and the body.
#[derive(Clone, Debug)]
pub(crate) struct Posted {
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

/// A receiver of webhooks that answers the statuses given, then 200.
pub(crate) struct Receiver {
    pub(crate) address: String,
    posted: Arc<Mutex<Vec<Posted>>>,
}

impl Receiver {
    pub(crate) fn start(answers: &'static [&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/hook", listener.local_addr().unwrap());
        let posted = Arc::<Mutex<Vec<Posted>>>::default();
        let kept = Arc::clone(&posted);
        std::thread::spawn(move || {
            for (n, stream) in listener.incoming().enumerate() {
                answer(stream.unwrap(), answers.get(n).copied().unwrap_or("200 OK"), &kept);
            }
        });
        Self { address, posted }
    }

    /// All that came.
    pub(crate) fn posted(&self) -> Vec<Posted> {
        self.posted.lock().unwrap().clone()
    }
}

fn answer(mut stream: TcpStream, status: &str, posted: &Mutex<Vec<Posted>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut headers = BTreeMap::new();
    let mut line = String::new();
    while reader.read_line(&mut line).unwrap() > 2 {
        if let Some((name, value)) = line.trim_end().split_once(": ") {
            headers.insert(name.to_ascii_lowercase(), value.to_owned());
        }
        line.clear();
    }
    let mut body = vec![0; headers.get("content-length").map_or(0, |length| length.parse().unwrap())];
    reader.read_exact(&mut body).unwrap();
    posted.lock().unwrap().push(Posted { headers, body: String::from_utf8(body).unwrap() });
    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nlocation: /elsewhere\r\nconnection: close\r\n\r\n");
    stream.write_all(answer.as_bytes()).unwrap();
}
