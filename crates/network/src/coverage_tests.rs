use std::time::{Duration, Instant};

use database::testing::for_each_backend;
use jiff::civil::date;

use crate::testing::{enter, id, new, now};
use crate::*;

const BODY: Kind = Kind::PublicServiceBody;

#[tokio::test]
async fn coverage_counts_regions_of_the_day_that_have_a_working_body() {
    for_each_backend(|database| async move {
        let network = Network::open(database.clone()).await.unwrap();
        let day = date(2015, 1, 1);
        let all = [
            new(1, None, day, (Kind::Administration, Level::Nation, "000000")),
            new(2, Some(1), day, (BODY, Level::Province, "370000")),
            new(3, Some(2), day, (BODY, Level::Prefecture, "370100")),
            new(4, Some(2), day, (BODY, Level::Prefecture, "371200")),
            new(5, Some(2), day, (BODY, Level::Prefecture, "370100")),
            new(6, Some(2), day, (Kind::Tisc, Level::Outlet, "370100")),
            new(7, Some(1), day, (BODY, Level::Province, "500000")),
        ];
        enter(&database, &all).await.unwrap();
        let mut write = database.write().await.unwrap();
        suspend(&mut write, now(), Edit { id: &id(7), version: 1, from: date(2020, 1, 1) }, None).await.unwrap();
        write.commit().await.unwrap();

        let then = network.coverage(date(2018, 6, 1)).await.unwrap();
        assert_eq!((then.provinces.covered, then.provinces.of), (2, 31));
        assert_eq!((then.prefectures.covered, then.prefectures.of, then.prefectures.percent), (2, 334, 0.6));
        assert_eq!((then.prefectures.bodies.count, then.organisations.count), (3, 7));
        let now = network.coverage(date(2024, 6, 1)).await.unwrap();
        assert_eq!((now.provinces.covered, now.provinces.missing.len()), (1, 30), "one is suspended");
        assert_eq!((now.prefectures.covered, now.prefectures.of), (1, 333), "Laiwu is no prefecture any more");
        let before = network.coverage(date(2010, 1, 1)).await.unwrap();
        assert_eq!((before.organisations.count, before.provinces.covered), (0, 0));
        let shandong = now.by_province.iter().find(|row| row.region.as_str() == "370000").unwrap();
        assert_eq!((shandong.covered, shandong.prefectures_covered, shandong.prefectures), (true, 1, 16));
        assert_eq!(now.by_province.len(), 31);
        every_figure_opens_its_list(&network, &then).await;
        every_figure_opens_its_list(&network, &now).await;
    })
    .await;
}

async fn every_figure_opens_its_list(network: &Network, coverage: &Coverage) {
    let mut figures = vec![&coverage.organisations, &coverage.national];
    figures.extend([&coverage.provinces.bodies, &coverage.prefectures.bodies]);
    figures.extend(coverage.by_kind.iter().map(|kind| &kind.figure));
    figures.extend(coverage.by_province.iter().map(|province| &province.organisations));
    for figure in figures {
        let page = network.directory(&figure.list).await.unwrap();
        assert_eq!(page.total, figure.count, "{:?}", figure.list);
    }
}

/// The promise is 50 ms; a build without optimisation on a busy machine gets ten times that. Prints what it took.
#[tokio::test]
async fn coverage_of_three_thousand_organisations_is_quick() {
    for_each_backend(|database| async move {
        let network = Network::open(database.clone()).await.unwrap();
        let day = date(2020, 1, 1);
        let regions: Vec<&Region> = prefectures(day).collect();
        let mut all = vec![new(0, None, day, (Kind::Administration, Level::Nation, "000000"))];
        for number in 1..3000_u16 {
            let region = regions[usize::from(number) % regions.len()].code.as_str();
            let kind = Kind::ALL[usize::from(number) % Kind::ALL.len()];
            all.push(new(number, Some(0), day, (kind, Level::Prefecture, region)));
        }
        enter(&database, &all).await.unwrap();
        network.coverage(date(2024, 1, 1)).await.unwrap();
        let mut best = Duration::MAX;
        for _ in 0..5 {
            let start = Instant::now();
            let coverage = network.coverage(date(2024, 1, 1)).await.unwrap();
            best = best.min(start.elapsed());
            assert_eq!(coverage.organisations.count, 3000);
        }
        println!("coverage of 3,000 organisations on {:?}: {best:?}", database.dialect());
        assert!(best < Duration::from_millis(500), "{best:?}");
    })
    .await;
}
