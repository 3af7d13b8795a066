//! People at rest.

use std::str::FromStr;

use database::{Connection, Row, query};
use jiff::Timestamp;
use network::Fault;
use sqlx::Row as _;

use super::{parsed, stamp};
use crate::{AccountsError, Email, Person, PersonId, Sealed, Secret, Telephone};

/// A person with what is never shown.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) person: Person,
    /// Hash of the password.
    pub(crate) password: Option<String>,
    pub(crate) grants_version: i64,
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT id, version, name, language, wants_mail, email, email_confirmed_at, telephone, address, password, ",
            "grants_version, consent, created_at FROM accounts_people WHERE deleted_at IS NULL AND ",
            $tail
        )
    };
}

/// By what a person is found.
#[derive(Clone, Copy, Debug)]
pub(crate) enum By<'a> {
    Id(&'a PersonId),
    Request(&'a str),
    Email(&'a str),
    Telephone(&'a str),
}

/// The person, unless deleted.
pub(crate) async fn get(
    connection: &mut Connection,
    secret: &Secret,
    by: By<'_>,
) -> Result<Option<Kept>, AccountsError> {
    let (sql, value) = match by {
        By::Id(id) => (select!("id = $1"), id.to_string()),
        By::Request(key) => (select!("request = $1"), key.to_owned()),
        By::Email(key) => (select!("email_key = $1"), key.to_owned()),
        By::Telephone(key) => (select!("telephone_key = $1"), key.to_owned()),
    };
    let row = query(sql).bind(value).fetch_optional(connection).await?;
    row.map(|row| kept(secret, &row)).transpose()
}

/// The place for which a column of a person is sealed.
fn place(column: &str, id: &PersonId) -> String {
    format!("accounts_people.{column} {id}")
}

fn kept(secret: &Secret, row: &Row) -> Result<Kept, AccountsError> {
    let id: PersonId = parsed(row, 0)?;
    let open = |column: &str, at: usize| -> Result<Option<String>, AccountsError> {
        let Some(sealed) = row.try_get::<Option<String>, _>(at)? else { return Ok(None) };
        let open = secret.open(&place(column, &id), &Sealed::stored(sealed));
        open.map(Some).map_err(AccountsError::unopened(id.as_str()))
    };
    let email = open("email", 5)?.map(|text| contact::<Email>(&id, &text)).transpose()?;
    let telephone = open("telephone", 7)?.map(|text| contact::<Telephone>(&id, &text)).transpose()?;
    let address = open("address", 8)?;
    let password: Option<String> = row.try_get(9)?;
    let person = Person {
        version: row.try_get(1)?,
        name: row.try_get(2)?,
        language: parsed(row, 3)?,
        wants_mail: row.try_get::<i64, _>(4)? != 0,
        email,
        email_confirmed: row.try_get::<Option<String>, _>(6)?.is_some(),
        telephone,
        address,
        has_password: password.is_some(),
        terms: row.try_get(11)?,
        created_at: parsed(row, 12)?,
        id,
    };
    Ok(Kept { person, password, grants_version: row.try_get(10)? })
}

fn contact<T: FromStr<Err = Fault>>(id: &PersonId, text: &str) -> Result<T, AccountsError> {
    text.parse().map_err(|fault: Fault| AccountsError::Unreadable { id: id.to_string(), reason: fault.en })
}

/// The key by which an address is found.
pub(crate) fn email_key(secret: &Secret, email: &Email) -> String {
    secret.lookup("accounts_people.email", email.as_str())
}

/// The key by which a number is found.
pub(crate) fn telephone_key(secret: &Secret, telephone: &Telephone) -> String {
    secret.lookup("accounts_people.telephone", telephone.as_str())
}

/// A person to be entered.
#[derive(Clone, Debug)]
pub(crate) struct NewRow<'a> {
    pub(crate) person: &'a Person,
    pub(crate) request: Option<&'a str>,
    pub(crate) password: Option<String>,
}

/// Enters a person; false when the key of the request, the address or the number is taken.
pub(crate) async fn insert(
    connection: &mut Connection,
    secret: &Secret,
    new: NewRow<'_>,
) -> Result<bool, AccountsError> {
    let person = new.person;
    let contacts = Contacts::of(secret, person);
    let confirmed = person.email_confirmed.then(|| stamp(person.created_at));
    let statement = query(
        "INSERT INTO accounts_people (id, version, request, name, language, wants_mail, email, email_key, \
         email_confirmed_at, telephone, telephone_key, address, password, grants_version, consent, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, $14, $15) ON CONFLICT DO NOTHING",
    );
    let statement = statement
        .bind(person.id.to_string())
        .bind(person.version)
        .bind(new.request.map(str::to_owned))
        .bind(person.name.clone())
        .bind(person.language.code().to_owned())
        .bind(i64::from(person.wants_mail))
        .bind(contacts.email)
        .bind(contacts.email_key)
        .bind(confirmed)
        .bind(contacts.telephone)
        .bind(contacts.telephone_key)
        .bind(contacts.address)
        .bind(new.password)
        .bind(person.terms.clone())
        .bind(stamp(person.created_at));
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Sealed columns of a person with their keys.
struct Contacts {
    email: Option<String>,
    email_key: Option<String>,
    telephone: Option<String>,
    telephone_key: Option<String>,
    address: Option<String>,
}

impl Contacts {
    fn of(secret: &Secret, person: &Person) -> Self {
        let seal = |column: &str, text: &str| String::from(secret.seal(&place(column, &person.id), text));
        Self {
            email: person.email.as_ref().map(|email| seal("email", email.as_str())),
            email_key: person.email.as_ref().map(|email| email_key(secret, email)),
            telephone: person.telephone.as_ref().map(|telephone| seal("telephone", telephone.as_str())),
            telephone_key: person.telephone.as_ref().map(|telephone| telephone_key(secret, telephone)),
            address: person.address.as_deref().map(|address| seal("address", address)),
        }
    }
}

/// Writes particulars over the version `seen`; false when it is another meanwhile.
pub(crate) async fn update(
    connection: &mut Connection,
    secret: &Secret,
    person: &Person,
    seen: i64,
) -> Result<bool, AccountsError> {
    let contacts = Contacts::of(secret, person);
    let statement = query(
        "UPDATE accounts_people SET version = $3, name = $4, language = $5, wants_mail = $6, email = $7, \
         email_key = $8, email_confirmed_at = CASE WHEN $9 = 0 THEN NULL ELSE email_confirmed_at END, telephone = $10, \
         telephone_key = $11, address = $12 WHERE id = $1 AND version = $2 AND deleted_at IS NULL",
    );
    let statement = statement
        .bind(person.id.to_string())
        .bind(seen)
        .bind(person.version)
        .bind(person.name.clone())
        .bind(person.language.code().to_owned())
        .bind(i64::from(person.wants_mail))
        .bind(contacts.email)
        .bind(contacts.email_key)
        .bind(i64::from(person.email_confirmed))
        .bind(contacts.telephone)
        .bind(contacts.telephone_key)
        .bind(contacts.address);
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Whether someone else has the address or the number; which of them.
pub(crate) async fn taken(
    connection: &mut Connection,
    secret: &Secret,
    person: &Person,
) -> Result<Option<&'static str>, AccountsError> {
    let other = |found: Option<Kept>| found.is_some_and(|found| found.person.id != person.id);
    if let Some(email) = &person.email
        && other(get(&mut *connection, secret, By::Email(&email_key(secret, email))).await?)
    {
        return Ok(Some("email"));
    }
    if let Some(telephone) = &person.telephone
        && other(get(connection, secret, By::Telephone(&telephone_key(secret, telephone))).await?)
    {
        return Ok(Some("telephone"));
    }
    Ok(None)
}

/// Keeps another hash of the password.
pub(crate) async fn set_password(
    connection: &mut Connection,
    id: &PersonId,
    password: String,
) -> Result<(), AccountsError> {
    let statement = query("UPDATE accounts_people SET password = $2 WHERE id = $1 AND deleted_at IS NULL");
    statement.bind(id.to_string()).bind(password).execute(connection).await?;
    Ok(())
}

/// Keeps that the address is the person's; false when the account has another one by now.
pub(crate) async fn confirm_email(
    connection: &mut Connection,
    id: &PersonId,
    email_key: &str,
    now: Timestamp,
) -> Result<bool, AccountsError> {
    let statement = query(
        "UPDATE accounts_people SET email_confirmed_at = COALESCE(email_confirmed_at, $3) \
         WHERE id = $1 AND email_key = $2 AND deleted_at IS NULL",
    );
    let statement = statement.bind(id.to_string()).bind(email_key.to_owned()).bind(stamp(now));
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Counts a change of a person's grants; the row stays locked until the commit. False when there is no such person.
pub(crate) async fn count_grants(connection: &mut Connection, id: &PersonId) -> Result<bool, AccountsError> {
    let statement =
        query("UPDATE accounts_people SET grants_version = grants_version + 1 WHERE id = $1 AND deleted_at IS NULL");
    Ok(statement.bind(id.to_string()).execute(connection).await?.rows_affected() == 1)
}

/// Removes everything but the id; false when it was done before.
pub(crate) async fn bury(connection: &mut Connection, id: &PersonId, now: Timestamp) -> Result<bool, AccountsError> {
    let statement = query(
        "UPDATE accounts_people SET deleted_at = $2, version = version + 1, request = NULL, name = '', wants_mail = 0, \
         email = NULL, email_key = NULL, email_confirmed_at = NULL, telephone = NULL, telephone_key = NULL, \
         address = NULL, password = NULL WHERE id = $1 AND deleted_at IS NULL",
    );
    Ok(statement.bind(id.to_string()).bind(stamp(now)).execute(connection).await?.rows_affected() == 1)
}

/// Names of people by id; deleted ones have an empty name.
pub(crate) async fn names<'a>(
    connection: &mut Connection,
    ids: impl IntoIterator<Item = &'a PersonId>,
) -> Result<Vec<(PersonId, String)>, AccountsError> {
    let ids: std::collections::BTreeSet<&str> = ids.into_iter().map(PersonId::as_str).collect();
    let rows = database::select_in(connection, ("SELECT id, name FROM accounts_people WHERE id IN", ""), ids).await?;
    rows.iter().map(|row| Ok((parsed(row, 0)?, row.try_get(1)?))).collect()
}
