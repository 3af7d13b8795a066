//! The starting indicators are measured.

use std::sync::Arc;

use accounts::Secret;
use indicators::{Figures, Formula};

#[tokio::test]
async fn every_counted_starting_indicator_is_measured_by_a_room() {
    let folder = tempfile::tempdir().unwrap();
    let database = database::Database::open(&database::sqlite_url(&folder.path().join("t.db"))).await.unwrap();
    let network = network::Network::open(database.clone()).await.unwrap();
    let services = services::Services::open(database.clone()).await.unwrap();
    let cases = cases::Cases::open(database.clone(), Secret::new([7; 32])).await.unwrap();
    let ratings = ratings::Ratings::open(database).await.unwrap();
    let rooms: [Arc<dyn Figures>; 3] = [
        Arc::new(super::cases::Requests::new(cases, services)),
        Arc::new(super::ratings::Opinions::new(ratings)),
        Arc::new(super::network::Outlets::new(network)),
    ];
    let mut known: Vec<String> = rooms.iter().flat_map(|room| room.measures()).map(|measure| measure.code).collect();
    known.extend(super::rights::measures().into_iter().map(|measure| measure.code));
    for version in indicators::starting(jiff::Timestamp::UNIX_EPOCH).unwrap() {
        if let Formula::Counted { measure, condition } = &version.definition.formula {
            assert!(known.contains(measure), "{}: {measure}", version.definition.code);
            let Some(condition) = condition else { continue };
            assert!(measure.starts_with("rights."), "{}: rights alone can be narrowed", version.definition.code);
            assert_eq!(super::rights::understood(condition), Ok(()), "{}", version.definition.code);
        }
    }
}
