//! A small network for the tests of this crate.

use database::Database;
use jiff::Timestamp;
use jiff::civil::{Date, date, time};

use crate::{
    Edit, Hours, Kind, Level, Network, NetworkError, NewOrganisation, Organisation, OrganisationId, Position, Profile,
    Weekday, confirm, move_to, suspend,
};

/// The moment of all changes in tests.
pub(crate) fn now() -> Timestamp {
    "2024-06-01T08:00:00Z".parse().unwrap()
}

/// The id with this number.
pub(crate) fn id(number: u16) -> OrganisationId {
    let mut random = [0; 10];
    random[8..].copy_from_slice(&number.to_be_bytes());
    OrganisationId::make(Timestamp::UNIX_EPOCH, random)
}

/// An organisation of a kind, level and region, to be entered.
pub(crate) fn new(
    number: u16,
    parent: Option<u16>,
    from: Date,
    (kind, level, region): (Kind, Level, &str),
) -> NewOrganisation {
    let profile = Profile::new(&format!("机构{number}"), kind, level, region.parse().unwrap());
    NewOrganisation { id: id(number), parent: parent.map(id), from, profile }
}

/// Enters organisations in one transaction.
pub(crate) async fn enter(database: &Database, all: &[NewOrganisation]) -> Result<(), NetworkError> {
    let mut write = database.write().await?;
    for new in all {
        crate::create(&mut write, now(), new).await?;
    }
    Ok(write.commit().await?)
}

/// The present version with a day, for an edit.
pub(crate) async fn seen(network: &Network, number: u16, from: Date) -> (Organisation, OrganisationId, Date) {
    let organisation = network.organisation(&id(number), from).await.unwrap().unwrap();
    (organisation, id(number), from)
}

/// The edit of what was seen.
pub(crate) fn edit(seen: &(Organisation, OrganisationId, Date)) -> Edit<'_> {
    Edit { id: &seen.1, version: seen.0.version, from: seen.2 }
}

/// A network in which every field is filled somewhere, with texts that files like to break on.
pub(crate) async fn rich(database: &database::Database) {
    let day = date(2020, 1, 1);
    let mut all = vec![
        new(1, None, day, (Kind::Administration, Level::Nation, "000000")),
        new(2, Some(1), date(2021, 1, 1), (Kind::PublicServiceBody, Level::Province, "500000")),
        new(3, Some(1), day, (Kind::ProtectionCentre, Level::Outlet, "500106")),
        new(4, Some(1), day, (Kind::Tisc, Level::Outlet, "500105")),
    ];
    let hours = |weekday, from, to, note: Option<&str>| Hours {
        weekday,
        from: time(from, 30, 0, 0),
        to: time(to, 0, 0, 0),
        note: note.map(str::to_owned),
    };
    let text = |text: &str| Some(text.to_owned());
    all[2].profile = Profile {
        name_zh: "「石墨烯」, \"保护\"中心".to_owned(),
        name_en: text("=SUM(A1)"),
        code: text("91110000600037341L"),
        services: vec!["search".to_owned(), "rights-aid".to_owned()],
        hours: vec![hours(Weekday::Monday, 9, 12, None), hours(Weekday::Sunday, 10, 11, Some("预约 only"))],
        telephone: text("+86 23 1234 5678"),
        complaint_telephone: text("12345"),
        email: text("a@example.org"),
        website: text("https://example.org/?a=1&b=2"),
        address: text("第一行\n第二行"),
        postcode: text("400000"),
        position: Some(Position { latitude: 29.53, longitude: -106.450_000_1 }),
        accessibility: text("'quoted"),
        qualification: text("-资质"),
        promise: text("@承诺"),
        full_time: Some(3),
        part_time: Some(0),
        ..all[2].profile.clone()
    };
    enter(database, &all).await.unwrap();
    let mut write = database.write().await.unwrap();
    let edit = |number, version, from| (id(number), version, from);
    let (three, version, from) = edit(3, 1, date(2022, 1, 1));
    move_to(&mut write, now(), Edit { id: &three, version, from }, Some(&id(2)), None).await.unwrap();
    confirm(&mut write, now(), Edit { id: &three, version: 2, from }, "李四").await.unwrap();
    suspend(&mut write, now(), Edit { id: &id(4), version: 1, from }, None).await.unwrap();
    write.commit().await.unwrap();
}
