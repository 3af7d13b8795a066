use accounts::Actor;
use database::testing::for_each_backend;
use indicators::{Entry, Filled, Indicators, Period, State};

use super::FromIndicators;
use crate::testing::{World, now, unit};
use crate::{Scheme, gather};

#[tokio::test]
async fn settled_values_are_copied_and_nothing_else() {
    for_each_backend(|database| async move {
        World::new(database.clone()).await;
        let (indicators, system) = (Indicators::open(database).await.unwrap(), Actor::system("test"));
        indicators.install(now(), &system).await.unwrap();
        let row = |number: u32, year: i16, value: f64, state: State| Filled {
            entry: Entry {
                unit: unit(number),
                code: "G24-PLEDGE".parse().unwrap(),
                period: Period::year(year),
                number: Some(value),
                note: String::new(),
            },
            state,
            reason: String::new(),
            href: None,
            at: now(),
        };
        let rows = vec![
            row(11, 2025, 12.5, State::Accepted),
            row(11, 2024, 10.0, State::Accepted),
            row(12, 2025, 7.0, State::Submitted),
        ];
        indicators.fill(now(), &system, rows).await.unwrap();
        let text = include_str!("testing.toml").replace("C-PLEDGE", "G24-PLEDGE").replace("R-INV-10Y", "NO-SUCH");
        let inputs = FromIndicators { indicators: &indicators, now: now() };
        let units = [unit(11), unit(12), unit(13)];
        let given = gather(&inputs, &Scheme::from_toml(&text).unwrap(), &units, 2025).await.unwrap();
        let told: Vec<_> = given.iter().map(|it| (it.unit.clone(), it.year, it.value.to_bits())).collect();
        assert_eq!(told, [(unit(11), 2024, 10.0_f64.to_bits()), (unit(11), 2025, 12.5_f64.to_bits())]);
    })
    .await;
}
