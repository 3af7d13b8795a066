use database::testing::for_each_backend;
use jiff::civil::date;

use super::*;
use crate::testing::{enter, new};
use crate::{Kind, Level, Network};

#[tokio::test]
async fn counties_are_loaded_again_and_again_and_then_codes_are_checked_against_them() {
    for_each_backend(|database| async move {
        let network = Network::open(database.clone()).await.unwrap();
        let outlet = |region| (Kind::Tisc, Level::Outlet, region);
        let day = date(2024, 1, 1);
        enter(&database, &[new(1, None, day, outlet("500199"))]).await.unwrap();
        let file = "\u{FEFF}code,name,cityCode,from,to\n500105,\"江北区\",5001,,\n500106,沙坪坝区,5001,,2030-01-01\n500000,重庆市,,,\n";
        for _ in 0..2 {
            let mut write = database.write().await.unwrap();
            assert_eq!(load_counties(&mut write, file.as_bytes()).await.unwrap(), Ok(2));
            write.commit().await.unwrap();
        }
        let name = network.region(&"500105".parse().unwrap(), day).await.unwrap().unwrap().name;
        assert_eq!(name, "江北区");
        let within = network.regions(&"500000".parse().unwrap(), day).await.unwrap();
        assert_eq!(within.iter().map(|region| region.name.as_str()).collect::<Vec<_>>(), ["江北区", "沙坪坝区"]);
        assert_eq!(network.region(&"500106".parse().unwrap(), date(2030, 1, 1)).await.unwrap(), None);
        enter(&database, &[new(2, None, day, outlet("500105"))]).await.unwrap();
        let error = enter(&database, &[new(3, None, day, outlet("500199"))]).await.unwrap_err().to_string();
        assert!(error.contains("no region had the code 500199"), "{error}");
    })
    .await;
}

#[test]
fn what_is_wrong_in_a_file_is_told_with_its_line() {
    let file = "code,name,from,to\n50010,x,,\n500105,,,\n500106,好,soon,\n500107,好,2024-01-02,2024-01-01\n500108,好,,\n500108,好,,\n";
    let problems = read(file.as_bytes()).unwrap_err();
    let told: Vec<_> = problems.iter().map(|problem| (problem.line, problem.column.as_str())).collect();
    assert_eq!(told, [(2, "code"), (3, "name"), (4, "from"), (5, "to"), (7, "code")]);
    assert_eq!(read(b"name\nx\n").unwrap_err()[0].line, 1);
    assert_eq!(read(b"code,name\n500105,\xff\n").unwrap_err()[0].line, 2);
}

#[test]
fn todays_counties_are_read_where_the_list_is_at_hand() {
    let Ok(folder) = std::env::var("HUIZHI_REAL_DATA") else {
        eprintln!("HUIZHI_REAL_DATA is not set: no list of counties");
        return;
    };
    let file = std::fs::read(std::path::Path::new(&folder).join("classification/areas.csv")).unwrap();
    assert_eq!(read(&file).unwrap().len(), 2975);
}
