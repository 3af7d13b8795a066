//! A small network and a few people for the tests of this crate.

use database::Database;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use network::{Kind, Level, Network, NewOrganisation, OrganisationId, Profile};

use crate::{
    Accounts, Actor, Given, Hashing, Language, NewGrant, Opened, Origin, Password, Person, Proof, Random, Role, Secret,
    Settings, SignUp, Signed,
};

/// The password of everyone in tests.
pub(crate) const PASSWORD: &str = "纸鹤 lamp 山茶 orbit";

/// The moment at which tests begin.
pub(crate) fn now() -> Timestamp {
    "2026-03-02T01:00:00Z".parse().unwrap()
}

/// The day of [`now`] in China.
pub(crate) fn today() -> Date {
    date(2026, 3, 2)
}

/// A stream of its own for each number.
pub(crate) fn random(number: u16) -> Random {
    let mut seed = [0; 32];
    seed[..2].copy_from_slice(&number.to_le_bytes());
    Random::new(seed)
}

pub(crate) fn secret() -> Secret {
    Secret::new([42; 32])
}

pub(crate) fn settings() -> Settings {
    Settings { hashing: Hashing::MADE_UP, ..Settings::default() }
}

/// The organisation with this number.
pub(crate) fn organisation(number: u8) -> OrganisationId {
    OrganisationId::make(Timestamp::UNIX_EPOCH, [0, 0, 0, 0, 0, 0, 0, 0, 0, number])
}

/// Accounts over a network: 1 the nation; 2 and 3 provinces under it; 4 and 5 outlets under 2, 6 an outlet under 3.
pub(crate) async fn open(database: &Database) -> Accounts {
    Network::open(database.clone()).await.unwrap();
    let accounts = Accounts::open(database.clone(), secret(), settings()).await.unwrap();
    let mut write = database.write().await.unwrap();
    for (number, parent, kind, level, region) in [
        (1, None, Kind::Administration, Level::Nation, "000000"),
        (2, Some(1), Kind::PublicServiceBody, Level::Province, "500000"),
        (3, Some(1), Kind::PublicServiceBody, Level::Province, "510000"),
        (4, Some(2), Kind::Tisc, Level::Outlet, "500106"),
        (5, Some(2), Kind::Tisc, Level::Outlet, "500105"),
        (6, Some(3), Kind::Tisc, Level::Outlet, "510104"),
    ] {
        let profile = Profile::new(&format!("机构{number}"), kind, level, region.parse().unwrap());
        let new = NewOrganisation {
            id: organisation(number),
            parent: parent.map(organisation),
            from: date(2020, 1, 1),
            profile,
        };
        network::create(&mut write, now(), &new).await.unwrap();
    }
    write.commit().await.unwrap();
    accounts
}

/// How the person with this number signs up.
pub(crate) fn form(number: u16) -> SignUp {
    SignUp {
        key: format!("form-{number}"),
        name: format!("测试人员{number}"),
        email: Some(format!("p{number}@example.org")),
        telephone: Some(format!("1380000{number:04}")),
        password: password(),
        language: Language::Chinese,
        wants_mail: true,
        agrees: true,
    }
}

pub(crate) fn password() -> Password {
    Password::typed(PASSWORD)
}

/// From where requests come in tests.
pub(crate) fn origin() -> Origin {
    Origin { device: "test".to_owned(), address: "192.0.2.1".to_owned() }
}

/// The person with this number, signed up.
pub(crate) async fn person(accounts: &Accounts, number: u16) -> Person {
    let system = Actor::system("test");
    accounts.sign_up(&system, &form(number), &origin(), now(), &mut random(number)).await.unwrap()
}

/// Someone signed up who signs in.
pub(crate) async fn session(accounts: &Accounts, person: &Person, at: Timestamp, number: u16) -> Opened {
    let email = person.email.as_ref().unwrap().as_str();
    accounts.sign_in(email, &password(), &origin(), at, &mut random(number)).await.unwrap()
}

/// The person with this number, signed up and signed in.
pub(crate) async fn signed(accounts: &Accounts, number: u16) -> (Opened, Signed) {
    let person = person(accounts, number).await;
    let opened = session(accounts, &person, now(), number + 1000).await;
    let signed = accounts.actor(&opened.token, now()).await.unwrap().unwrap();
    (opened, signed)
}

/// The present password as a proof.
pub(crate) fn proof<'a>(signed: &'a Signed, password: &'a Password) -> Proof<'a> {
    Proof { password: Some(password), session: &signed.session, began_at: signed.began_at }
}

/// A role from today for good.
pub(crate) fn role(person: &Person, role: Role, at: Option<u8>) -> NewGrant {
    NewGrant {
        person: person.id.clone(),
        role,
        organisation: at.map(organisation),
        from: today(),
        to: None,
        reason: None,
    }
}

/// Gives a role by the program's hand.
pub(crate) async fn give(accounts: &Accounts, to: &Person, what: Role, at: Option<u8>) -> Given {
    let mut random = Random::new(*blake3::hash(format!("{}{what}{at:?}", to.id).as_bytes()).as_bytes());
    accounts.give(&Actor::system("test"), &role(to, what, at), now(), &mut random).await.unwrap()
}

/// The person with this number and a role, as an actor.
pub(crate) async fn official(accounts: &Accounts, number: u16, what: Role, at: Option<u8>) -> (Person, Actor) {
    let person = person(accounts, number).await;
    give(accounts, &person, what, at).await;
    let actor = accounts.actor_of(&person.id, now()).await.unwrap();
    (person, actor)
}

/// All texts of a table, joined.
pub(crate) async fn dump(database: &Database, table: &str) -> String {
    use sqlx::{AssertSqlSafe, Column as _, Row as _};
    let mut read = database.read().await.unwrap();
    let rows = sqlx::query(AssertSqlSafe(format!("SELECT * FROM {table}"))).fetch_all(&mut *read).await.unwrap();
    let mut texts = Vec::new();
    for row in rows {
        for column in row.columns() {
            if let Ok(Some(text)) = row.try_get::<Option<String>, _>(column.ordinal()) {
                texts.push(text);
            }
        }
    }
    texts.join("\n")
}
