use database::testing::for_each_backend;
use jiff::civil::{date, time};
use proptest::prelude::*;

use super::*;
use crate::import::Outcome;
use crate::testing::{id, now, rich};
use crate::*;

const DAY: Date = date(2024, 6, 1);

fn import(dry_run: bool, ids: &mut (dyn FnMut() -> OrganisationId + Send)) -> Import<'_> {
    Import { now: now(), as_of: DAY, dry_run, ids }
}

#[tokio::test]
async fn what_is_exported_and_imported_elsewhere_is_exported_the_same() {
    for_each_backend(|database| async move {
        let network = Network::open(database.clone()).await.unwrap();
        rich(&database).await;
        let file = export_csv(&mut database.read().await.unwrap(), DAY, false).await.unwrap();
        let text = String::from_utf8(file.clone()).unwrap();
        assert!(text.contains("'=SUM(A1)") && text.contains("'+86 23"), "no formulas: {text}");

        let folder = tempfile::tempdir().unwrap();
        let other = database::Database::open(&database::sqlite_url(&folder.path().join("other.db"))).await.unwrap();
        Network::open(other.clone()).await.unwrap();
        let mut write = other.write().await.unwrap();
        let done = import_csv(&mut write, &file, import(false, &mut || id(99))).await.unwrap();
        assert_eq!((done.stored, done.count(Outcome::Created), &done.problems[..]), (true, 4, &[][..]));
        let again = import_csv(&mut write, &file, import(false, &mut || id(99))).await.unwrap();
        assert_eq!(again.count(Outcome::Unchanged), 4);
        write.commit().await.unwrap();
        let copy = export_csv(&mut other.read().await.unwrap(), DAY, false).await.unwrap();
        assert_eq!(String::from_utf8(copy).unwrap(), text);
        let path = |nodes: Vec<Node>| nodes.into_iter().map(|node| node.id).collect::<Vec<_>>();
        let copied = Network::open(other.clone()).await.unwrap();
        assert_eq!(path(copied.path(&id(3), DAY).await.unwrap()), path(network.path(&id(3), DAY).await.unwrap()));
        other.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_file_by_hand_needs_few_columns_and_names_its_parents() {
    for_each_backend(|database| async move {
        let network = Network::open(database.clone()).await.unwrap();
        let file = "name_zh,kind,level,region,parent,hours\n\
            江北窗口,商标受理窗口,网点,500105,重庆局,周一-周五 09:00-17:00\n\
            重庆局,public-service-body,province,500000,,\n,,,,,\n";
        let mut number = 10;
        let mut ids = || {
            number += 1;
            id(number)
        };
        let mut write = database.write().await.unwrap();
        let done = import_csv(&mut write, file.as_bytes(), import(false, &mut ids)).await.unwrap();
        assert_eq!((done.stored, done.count(Outcome::Created)), (true, 2), "{done:?}");
        let again = import_csv(&mut write, file.as_bytes(), import(false, &mut ids)).await.unwrap();
        assert_eq!(again.count(Outcome::Unchanged), 2, "{again:?}");
        let changed = file.replace("周一-周五", "周一-周四");
        let changed = import_csv(&mut write, changed.as_bytes(), import(false, &mut ids)).await.unwrap();
        assert_eq!((changed.count(Outcome::Updated), changed.count(Outcome::Unchanged)), (1, 1));
        write.commit().await.unwrap();
        let tree = network.tree(DAY).await.unwrap();
        assert_eq!(tree.iter().map(|node| node.name_zh.as_str()).collect::<Vec<_>>(), ["重庆局", "江北窗口"]);
        assert_eq!(network.organisation(&tree[1].id, DAY).await.unwrap().unwrap().profile.hours.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn one_wrong_row_keeps_the_whole_file_out_and_every_problem_has_its_place() {
    for_each_backend(|database| async move {
        let network = Network::open(database.clone()).await.unwrap();
        let file = "name_zh,kind,level,region,full_time,hours,parent\n\
            好,tisc,outlet,500105,2,,\n\
            坏,nonsense,outlet,50010,two,MO 9-5,\n\
            ,tisc,outlet,500105,,,\n";
        let mut write = database.write().await.unwrap();
        let done = import_csv(&mut write, file.as_bytes(), import(false, &mut || id(9))).await.unwrap();
        let places: Vec<_> = done.problems.iter().map(|problem| (problem.line, problem.column.as_str())).collect();
        let wrong = [(3, "kind"), (3, "region"), (3, "full_time"), (3, "hours"), (4, "name_zh")];
        assert_eq!(places, wrong, "all that is wrong at once");
        let file = "name_zh,kind,level,region,full_time,hours,parent\n\
            好,tisc,outlet,500105,2,,\n\
            坏,tisc,outlet,500105,two,MO 9-5,\n\
            远,tisc,outlet,990000,,,无名\n";
        let done = import_csv(&mut write, file.as_bytes(), import(false, &mut || id(9))).await.unwrap();
        let places: Vec<_> = done.problems.iter().map(|problem| (problem.line, problem.column.as_str())).collect();
        assert_eq!(places, [(3, "full_time"), (3, "hours")]);
        let file = "name_zh,kind,level,region,parent\n好,tisc,outlet,500105,\n远,tisc,outlet,990000,\n甲,tisc,outlet,500105,无名\n";
        let mut number = 10;
        let mut ids = || {
            number += 1;
            id(number)
        };
        let done = import_csv(&mut write, file.as_bytes(), import(false, &mut ids)).await.unwrap();
        let places: Vec<_> = done.problems.iter().map(|problem| (problem.line, problem.column.as_str())).collect();
        assert_eq!((places, done.stored), (vec![(3, "region"), (4, "parent")], false));
        write.commit().await.unwrap();
        assert_eq!(network.tree(DAY).await.unwrap(), [], "nothing is half imported");
    })
    .await;
}

#[tokio::test]
async fn a_dry_run_tells_what_would_happen_and_stores_nothing() {
    for_each_backend(|database| async move {
        let network = Network::open(database.clone()).await.unwrap();
        rich(&database).await;
        let file = export_csv(&mut database.read().await.unwrap(), DAY, true).await.unwrap();
        let file = String::from_utf8(file).unwrap().replace("机构4", "新机构");
        let mut write = database.write().await.unwrap();
        let told = import_csv(&mut write, file.as_bytes(), import(true, &mut || id(9))).await.unwrap();
        assert_eq!((told.stored, told.count(Outcome::Updated), told.count(Outcome::Unchanged)), (false, 1, 3));
        let done = import_csv(&mut write, file.as_bytes(), import(false, &mut || id(9))).await.unwrap();
        assert_eq!((done.stored, &done.rows), (true, &told.rows));
        let late = import_csv(&mut write, file.as_bytes(), import(false, &mut || id(9))).await.unwrap();
        assert_eq!(late.problems.iter().map(|p| p.column.as_str()).collect::<Vec<_>>(), ["version"]);
        write.commit().await.unwrap();
        assert_eq!(network.organisation(&id(4), DAY).await.unwrap().unwrap().profile.name_zh, "新机构");
    })
    .await;
}

#[tokio::test]
async fn hostile_files_get_a_clear_answer() {
    for_each_backend(|database| async move {
        Network::open(database.clone()).await.unwrap();
        let mut write = database.write().await.unwrap();
        let ring = "name_zh,kind,level,region,parent\n甲,tisc,outlet,500105,乙\n乙,tisc,outlet,500105,甲\n";
        let cases: [(&[u8], &str); 7] = [
            (b"", "kind"),
            (b"\xff\xfe\x00", ""),
            (b"a,b,c\n1,2,3\n", "kind"),
            (b"name_zh,kind,level,region\nx,tisc,outlet,500105,more\n", ""),
            (b"name_zh,kind,level,region\nx,tisc,outlet,\xff\n", ""),
            (ring.as_bytes(), "parent"),
            ("name_zh,kind,level,region\n甲,tisc,outlet,500105\n甲,tisc,outlet,500105\n".as_bytes(), "name_zh"),
        ];
        let mut number = 10;
        for (file, column) in cases {
            let mut ids = || {
                number += 1;
                id(number)
            };
            let done = import_csv(&mut write, file, import(false, &mut ids)).await.unwrap();
            assert!(!done.stored && done.problems[0].column == column, "{done:?}");
        }
    })
    .await;
}

/// A text that a profile takes: not empty, no space at its ends, none of the signs that are refused.
fn text() -> impl Strategy<Value = String> {
    let hostile = prop_oneof![
        any::<char>(),
        prop::sample::select(vec!['"', ',', '\n', '\'', '=', '+', '-', '@', ';', '\t', '，', '\u{FEFF}']),
    ];
    let texts = prop::collection::vec(hostile, 1..20).prop_map(|signs| signs.into_iter().collect::<String>());
    let fits = |text: String| text.replace(['\r', '\0'], "").trim().to_owned();
    texts.prop_map(fits).prop_filter("not empty", |text| !text.is_empty())
}

fn profiles() -> impl Strategy<Value = Profile> {
    let some = || prop::option::of(text());
    let kind = prop::sample::select(Kind::ALL);
    let position = prop::option::of((-90.0..90.0, -180.0..180.0));
    let staff = (any::<Option<u32>>(), any::<Option<u32>>());
    let services = prop::collection::btree_set("[a-zA-Z0-9_.:/-]{1,12}", 0..4);
    let note = prop::option::of(text().prop_map(|text| text.replace([';', '\n'], "x")));
    let hours = (prop::sample::select(Weekday::ALL), 0_i8..11, 12_i8..23, 0_i8..59, note);
    let texts = (text(), some(), some(), some(), some(), some());
    (kind, texts, (some(), some(), some()), position, staff, services, prop::option::of(hours)).prop_map(
        |(kind, texts, more, position, staff, services, hours)| Profile {
            name_zh: texts.0,
            name_en: texts.1,
            telephone: texts.2,
            complaint_telephone: texts.3,
            address: texts.4,
            postcode: texts.5,
            accessibility: more.0,
            qualification: more.1,
            promise: more.2,
            position: position.map(|(latitude, longitude)| Position { latitude, longitude }),
            full_time: staff.0,
            part_time: staff.1,
            services: services.into_iter().collect(),
            hours: hours
                .into_iter()
                .map(|(weekday, from, to, minute, note)| {
                    let note = note.map(|note| note.trim().to_owned());
                    Hours { weekday, from: time(from, minute, 0, 0), to: time(to, minute, 0, 0), note }
                })
                .collect(),
            ..Profile::new("名", kind, Level::Outlet, "500106".parse().unwrap())
        },
    )
}

proptest! {
    #[test]
    fn whatever_a_profile_says_comes_back_from_a_file(profile in profiles(), suspended in any::<bool>(), by in text()) {
        prop_assert_eq!(faults(&profile), []);
        let organisation = Organisation {
            id: id(3),
            version: 7,
            parent: Some(id(1)),
            status: if suspended { Status::Suspended } else { Status::Active },
            since: DAY,
            until: None,
            opened: date(2020, 2, 29),
            closed: None,
            confirmed: Some(Confirmation { by, at: now() }),
            profile,
        };
        let file = write_csv(std::slice::from_ref(&organisation), true).unwrap();
        let rows = read(&file).unwrap();
        prop_assert_eq!(rows.len(), 1);
        let row = &rows[0];
        prop_assert_eq!(&row.profile, &organisation.profile);
        prop_assert_eq!(&row.confirmed, &organisation.confirmed);
        prop_assert_eq!((row.id.clone(), row.parent.clone()), (Some(id(3)), Some(id(1).to_string())));
        prop_assert_eq!((row.status, row.from, row.version), (organisation.status, Some(organisation.opened), Some(7)));
    }
}
