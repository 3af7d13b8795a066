use database::testing::for_each_backend;
use jiff::civil::date;

use crate::testing::{enter, id, new, now};
use crate::*;

async fn some(database: &database::Database) -> Network {
    let network = Network::open(database.clone()).await.unwrap();
    let day = date(2020, 1, 1);
    let outlet = |region| (Kind::Tisc, Level::Outlet, region);
    let mut all = vec![new(1, None, day, (Kind::Administration, Level::Nation, "000000"))];
    for number in 2..30 {
        let region = ["110101", "320100", "500106", "500000"][usize::from(number) % 4];
        all.push(new(number, Some(1), day, outlet(region)));
    }
    all[5].profile.name_zh = "石墨烯 100% 服务_站".to_owned();
    all[5].profile.name_en = Some("Graphene Desk".to_owned());
    all[6].profile.services = vec!["search".to_owned(), "rights-aid".to_owned()];
    all[7].profile.kind = Kind::ProtectionCentre;
    enter(database, &all).await.unwrap();
    let mut write = database.write().await.unwrap();
    close(&mut write, now(), Edit { id: &id(29), version: 1, from: date(2022, 1, 1) }, None, &[]).await.unwrap();
    suspend(&mut write, now(), Edit { id: &id(28), version: 1, from: date(2022, 1, 1) }, None).await.unwrap();
    write.commit().await.unwrap();
    network
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_repetition() {
    for_each_backend(|database| async move {
        let network = some(&database).await;
        for (day, total) in [(date(2019, 1, 1), 0), (date(2021, 1, 1), 29), (date(2023, 1, 1), 28)] {
            let mut asked = DirectoryQuery { limit: 5, ..DirectoryQuery::on(day) };
            let mut seen = Vec::new();
            loop {
                let page = network.directory(&asked).await.unwrap();
                assert_eq!(page.total, total);
                seen.extend(page.organisations.into_iter().map(|o| (o.profile.region, o.id)));
                asked.after = page.next;
                if asked.after.is_none() {
                    break;
                }
            }
            assert_eq!(seen.len() as u64, total);
            assert!(seen.windows(2).all(|pair| pair[0] < pair[1]));
        }
        let forged = DirectoryQuery { after: Some("' OR 1=1".to_owned()), ..DirectoryQuery::on(date(2021, 1, 1)) };
        assert!(matches!(network.directory(&forged).await, Err(NetworkError::Mark(_))));
    })
    .await;
}

#[tokio::test]
async fn filters_find_what_they_say_and_take_signs_as_they_stand() {
    for_each_backend(|database| async move {
        let network = some(&database).await;
        let all = DirectoryQuery::on(date(2023, 1, 1));
        let count = |asked: DirectoryQuery| {
            let network = network.clone();
            async move { network.directory(&asked).await.unwrap().total }
        };
        let text = |text: &str| DirectoryQuery { text: Some(text.to_owned()), ..all.clone() };
        for (words, expected) in [
            ("石墨", 1),
            ("１００％", 1),
            ("graphene 服务_", 1),
            ("GRAPHENE", 1),
            ("%", 1),
            ("_", 1),
            ("\\", 0),
            ("石墨 电池", 0),
            ("机构", 27),
        ] {
            assert_eq!(count(text(words)).await, expected, "{words}");
        }
        let region = |code: &str| DirectoryQuery { region: Some(code.parse().unwrap()), ..all.clone() };
        assert_eq!(count(region("000000")).await, 1, "who serves the whole country");
        assert_eq!(count(region("500000")).await, 14);
        assert_eq!(count(region("500106")).await, 7);
        assert_eq!(count(DirectoryQuery { service: Some("rights-aid".to_owned()), ..all.clone() }).await, 1);
        assert_eq!(count(DirectoryQuery { service: Some("rights".to_owned()), ..all.clone() }).await, 0);
        assert_eq!(count(DirectoryQuery { status: Some(Status::Closed), ..all.clone() }).await, 1);
        assert_eq!(count(DirectoryQuery { status: Some(Status::Suspended), ..all.clone() }).await, 1);
        assert_eq!(count(DirectoryQuery { kind: Some(Kind::ProtectionCentre), ..all.clone() }).await, 1);
        assert_eq!(count(DirectoryQuery { level: Some(Level::Nation), ..all.clone() }).await, 1);
    })
    .await;
}

#[tokio::test]
async fn counts_beside_the_list_are_those_of_the_lists_they_open() {
    for_each_backend(|database| async move {
        let network = some(&database).await;
        let asked = DirectoryQuery {
            region: Some("500000".parse().unwrap()),
            kind: Some(Kind::Tisc),
            ..DirectoryQuery::on(date(2023, 1, 1))
        };
        let page = network.directory(&asked).await.unwrap();
        assert_eq!(
            page.by_province.iter().map(|c| c.region.as_str()).collect::<Vec<_>>(),
            ["110000", "320000", "500000"]
        );
        for province in page.by_province {
            let list = DirectoryQuery { region: Some(province.region), ..asked.clone() };
            assert_eq!(network.directory(&list).await.unwrap().total, province.count);
        }
        for kind in page.by_kind {
            let list = DirectoryQuery { kind: Some(kind.kind), ..asked.clone() };
            assert_eq!(network.directory(&list).await.unwrap().total, kind.count);
        }
    })
    .await;
}

#[tokio::test]
async fn those_that_are_open_now_are_found_by_their_hours_of_that_day() {
    for_each_backend(|database| async move {
        let network = some(&database).await;
        let day = date(2021, 6, 2);
        let at = |hour, minute| DirectoryQuery { open_at: Some(day.at(hour, minute, 0, 0)), ..DirectoryQuery::on(day) };
        assert_eq!(network.directory(&at(10, 0)).await.unwrap().total, 0, "who tells no hours is not open");
        let mut write = database.write().await.unwrap();
        for number in [3, 28] {
            let mut profile = network.organisation(&id(number), day).await.unwrap().unwrap().profile;
            let hours = |weekday, from, to| Hours {
                weekday,
                from: jiff::civil::time(from, 0, 0, 0),
                to: jiff::civil::time(to, 30, 0, 0),
                note: None,
            };
            profile.hours = vec![hours(Weekday::Wednesday, 9, 12), hours(Weekday::Thursday, 9, 17)];
            let edit = Edit { id: &id(number), version: if number == 28 { 2 } else { 1 }, from: date(2021, 1, 1) };
            update(&mut write, now(), edit, &profile).await.unwrap();
        }
        write.commit().await.unwrap();
        for (hour, minute, total) in [(8, 59, 0), (9, 0, 2), (12, 29, 2), (12, 30, 0)] {
            let page = network.directory(&at(hour, minute)).await.unwrap();
            assert_eq!((page.total, page.organisations.len() as u64), (total, total), "{hour}:{minute}");
        }
        // The state of 2022 tells the same hours, and one of the two rests by then.
        let later = date(2022, 6, 1);
        let asked = DirectoryQuery { open_at: Some(later.at(9, 30, 0, 0)), ..DirectoryQuery::on(later) };
        assert_eq!(network.directory(&asked).await.unwrap().organisations[0].id, id(3));
        assert_eq!(network.directory(&asked).await.unwrap().total, 1);
    })
    .await;
}
