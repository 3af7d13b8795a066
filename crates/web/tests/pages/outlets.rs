//! A small network.

use jiff::Timestamp;
use jiff::civil::{Date, date, time};
use network::{
    Edit, Hours, Kind, Level, NewOrganisation, OrganisationId, Position, Profile, Weekday, close, confirm, create,
    update,
};

use crate::given::{HOSTILE, Site, site};

const OPENED: Date = date(2024, 1, 1);

pub(crate) fn now() -> Timestamp {
    "2026-06-01T08:00:00Z".parse().unwrap()
}

pub(crate) fn id(number: u16) -> OrganisationId {
    let mut random = [0; 10];
    random[8..].copy_from_slice(&number.to_be_bytes());
    OrganisationId::make(Timestamp::UNIX_EPOCH, random)
}

pub(crate) fn new(
    number: u16,
    parent: Option<u16>,
    name: &str,
    kind: Kind,
    level: Level,
    region: &str,
) -> NewOrganisation {
    let profile = Profile::new(name, kind, level, region.parse().unwrap());
    NewOrganisation { id: id(number), parent: parent.map(id), from: OPENED, profile }
}

/// Wednesday to Friday, nine to noon and two to five.
fn hours() -> Vec<Hours> {
    let at = |weekday: &Weekday, from, to| Hours {
        weekday: *weekday,
        from: time(from, 0, 0, 0),
        to: time(to, 0, 0, 0),
        note: None,
    };
    Weekday::ALL[2..5].iter().flat_map(|day| [at(day, 9, 12), at(day, 14, 17)]).collect()
}

/// A nation, two provinces, a protection centre with everything told, a hostile outlet, one that closed.
pub(crate) async fn with_network() -> Site {
    let site = site().await;
    let mut write = site.network.database().write().await.unwrap();
    let mut centre = new(3, Some(2), "山城保护中心", Kind::ProtectionCentre, Level::Outlet, "500106");
    centre.profile = Profile {
        name_en: Some("Hill City Protection Centre".to_owned()),
        hours: hours(),
        services: vec!["B02".to_owned(), "B05".to_owned()],
        telephone: Some("023-6000 1234".to_owned()),
        complaint_telephone: Some("12345".to_owned()),
        email: Some("desk@example.org".to_owned()),
        website: Some("https://example.org/desk".to_owned()),
        address: Some("和平路 1 号".to_owned()),
        position: Some(Position { latitude: 29.5, longitude: 106.5 }),
        qualification: Some("设立批复".to_owned()),
        promise: Some("两个工作日内答复".to_owned()),
        full_time: Some(1),
        ..centre.profile
    };
    let mut hostile = new(4, Some(2), HOSTILE, Kind::RecordedOutlet, Level::Outlet, "500000");
    hostile.profile.address = Some(HOSTILE.to_owned());
    hostile.profile.promise = Some(HOSTILE.to_owned());
    let mut body = new(6, Some(1), "江边市公共服务中心", Kind::PublicServiceBody, Level::Prefecture, "320100");
    body.from = date(2025, 1, 1);
    let all = [
        new(1, None, "国家局", Kind::Administration, Level::Nation, "000000"),
        new(2, Some(1), "山城管理局", Kind::Administration, Level::Province, "500000"),
        centre,
        hostile,
        new(5, Some(2), "旧站", Kind::Tisc, Level::Outlet, "500106"),
        body,
        new(7, Some(2), "山城公共服务中心", Kind::PublicServiceBody, Level::Province, "500000"),
    ];
    for new in &all {
        create(&mut write, now(), new).await.unwrap();
    }
    let edit = |id, version, from| Edit { id, version, from };
    let (three, five) = (id(3), id(5));
    close(&mut write, now(), edit(&five, 1, date(2026, 1, 1)), Some("并入中心"), std::slice::from_ref(&three))
        .await
        .unwrap();
    let seen = network::organisation(&mut write, &three, OPENED).await.unwrap().unwrap();
    let moved = Profile { telephone: Some("023-6000 9999".to_owned()), ..seen.profile };
    update(&mut write, now(), edit(&three, 1, date(2026, 3, 1)), &moved).await.unwrap();
    confirm(&mut write, now(), edit(&three, 2, date(2026, 6, 1)), "赵六").await.unwrap();
    write.commit().await.unwrap();
    site
}
