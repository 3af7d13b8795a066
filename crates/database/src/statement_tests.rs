use sqlx::Row as _;

use crate::testing::for_each_backend;
use crate::{execute_in, insert_rows, query, select_in};

#[tokio::test]
async fn any_number_of_rows_and_keys_goes_through() {
    for_each_backend(|database| async move {
        let mut write = database.write().await.unwrap();
        query("CREATE TABLE t (key TEXT PRIMARY KEY, n BIGINT)").execute(&mut *write).await.unwrap();
        let insert = ("INSERT INTO t (key, n)", 2, "ON CONFLICT (key) DO UPDATE SET n = excluded.n");
        for (count, n) in [(0, 0), (1, 1), (127, 2), (128, 3), (129, 4), (5000, 5)] {
            let rows = (0..count).map(|row| format!("k{row}"));
            let written = insert_rows(&mut write, insert, rows, |q, key| q.bind(key).bind(n)).await.unwrap();
            assert_eq!(written, count);
        }
        let keys: Vec<String> = (0..5000).map(|row| format!("k{}", row * 2)).collect();
        for count in [0, 1, 3, 512, 513, 5000] {
            let asked = keys[..count].iter().map(String::as_str);
            let rows = select_in(&mut write, ("SELECT key, n FROM t WHERE key IN", "AND n = 5"), asked).await.unwrap();
            assert_eq!(rows.len(), count.min(2500));
            assert!(rows.iter().all(|row| row.get::<i64, _>(1) == 5));
        }
        let keys = keys.iter().map(String::as_str);
        assert_eq!(execute_in(&mut write, ("DELETE FROM t WHERE key IN", ""), keys).await.unwrap(), 2500);
    })
    .await;
}
