use database::testing::for_each_backend;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::testing::{World, actor, client, days, item, key, matter, named, now, opinion, organisation, staff};
use crate::{NewRating, RatingQuery};

#[test]
fn a_figure_counts_the_three_better_levels_as_satisfied() {
    let figure = Counts([4, 2, 2, 1, 1]).figure().unwrap();
    assert_eq!((figure.count, figure.satisfaction), (10, 80.0));
    assert!((figure.stars - 3.7).abs() < 1e-9);
    assert_eq!(Counts::default().figure(), None);
}

proptest! {
    #[test]
    fn figures_stay_in_their_bounds_and_few_are_not_told(levels in prop::array::uniform5(0_u64..50)) {
        let counts = Counts(levels);
        match counts.published() {
            Published::TooFew => prop_assert!(counts.total() < ENOUGH),
            Published::Figure(figure) => {
                prop_assert!(counts.total() >= ENOUGH);
                prop_assert!((0.0..=100.0).contains(&figure.satisfaction));
                prop_assert!((1.0..=5.0).contains(&figure.stars));
            }
        }
    }
}

#[tokio::test]
async fn published_figures_tell_enough_ratings_of_whole_months_and_staff_see_the_list_behind() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let outlet = organisation(3);
        let published = async |from, to| world.ratings.published(Of::Outlet(&outlet), from, to).await.unwrap();
        let june = (date(2026, 6, 10), date(2026, 6, 10));
        for number in 0..6 {
            assert_eq!(published(june.0, june.1).await == Published::TooFew, number < 5, "{number}");
            let level = if number == 0 { Level::VeryDissatisfied } else { Level::Satisfied };
            let (key, anonymous) = (key(number), number % 2 == 0);
            let new = NewRating { opinion: opinion(level), anonymous, ..named(&key, number) };
            world.rate(days(i64::from(number)), &client(number), &matter(number, 3), &new).await.unwrap();
        }
        let Published::Figure(figure) = published(june.0, june.1).await else { panic!("six are enough") };
        assert_eq!((figure.count, figure.levels.of(Level::Satisfied)), (6, 5));
        assert_eq!(published(date(2026, 5, 1), date(2026, 5, 31)).await, Published::TooFew);
        let region = "500000".parse().unwrap();
        for of in [Of::All, Of::Item(&item()), Of::ItemAt(&item(), &outlet), Of::Region(&region)] {
            assert_eq!(world.ratings.published(of, june.0, june.1).await.unwrap(), Published::Figure(figure));
        }
        let of = Of::Outlet(&organisation(4));
        assert_eq!(world.ratings.published(of, june.0, june.1).await.unwrap(), Published::TooFew);
        let by = world.ratings.published_by_outlet(june.0, june.1).await.unwrap();
        assert_eq!(by, [OutletFigure { outlet: outlet.clone(), published: Published::Figure(figure) }]);
        let by = world.ratings.published_by_item(june.0, june.1).await.unwrap();
        assert_eq!(by, [ItemFigure { item: "B02".to_owned(), published: Published::Figure(figure) }]);

        let asked = RatingQuery { level: Some(Level::Satisfied), limit: 2, ..RatingQuery::default() };
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = world.ratings.ratings(&staff(3), &RatingQuery { after, ..asked.clone() }).await.unwrap();
            seen.extend(page.rows);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), 5);
        assert!(seen.windows(2).all(|pair| pair[0].day >= pair[1].day));
        assert_eq!(world.ratings.counts(&staff(3), &asked).await.unwrap(), Counts([0, 5, 0, 0, 0]));
    })
    .await;
}

#[tokio::test]
async fn nobody_reads_ratings_of_other_outlets_in_any_way() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let follow_up = world.bad(1, false).await;
        let everything = RatingQuery::default();
        let (other, nobody) = (staff(4), client(1));
        assert_eq!(world.ratings.ratings(&other, &everything).await.unwrap().rows, []);
        assert_eq!(world.ratings.counts(&other, &everything).await.unwrap(), Counts::default());
        let asked = RatingQuery { outlet: Some(organisation(3)), ..everything.clone() };
        assert_eq!(world.ratings.ratings(&other, &asked).await.unwrap().rows, []);
        assert!(world.ratings.rating(&other, &follow_up.rating).await.is_err());
        assert!(world.ratings.follow_up(&other, &follow_up.id).await.is_err());
        assert_eq!(world.ratings.follow_up_of(&other, &follow_up.rating).await.unwrap(), None);
        assert_eq!(world.ratings.follow_ups(&other, &crate::FollowUpQuery::default()).await.unwrap().rows, []);
        assert_eq!(world.ratings.appeals(&other, &crate::AppealQuery::default()).await.unwrap().rows, []);
        assert!(world.ratings.poster(&other, &organisation(3)).await.is_err());
        let stays_out = actor(7, accounts::Role::DataSteward, &[3]);
        for visitor in [&nobody, &accounts::Actor::visitor(), &stays_out] {
            assert!(world.ratings.ratings(visitor, &everything).await.is_err());
            assert!(world.ratings.counts(visitor, &everything).await.is_err());
            assert!(world.ratings.follow_ups(visitor, &crate::FollowUpQuery::default()).await.is_err());
        }
        let marks = ["", "x", "2026-06-01", "2026-06-01~short", "~01JZ8K2V9T3N5Q7R9S1W3X5Y7Z"];
        for mark in marks {
            let asked = RatingQuery { after: Some(mark.to_owned()), ..everything.clone() };
            assert!(world.ratings.ratings(&staff(3), &asked).await.is_err(), "{mark}");
        }
        assert_eq!(now(), days(0));
    })
    .await;
}
