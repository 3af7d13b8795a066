use std::fs;
use std::thread;

use super::Cache;

#[test]
fn what_was_put_is_there_for_every_reader_of_the_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let cache = Cache::new(folder.path().join("new/pictures"), 1 << 20);
    assert_eq!(cache.get("abcd"), None);
    cache.put("abcd", b"one").expect("kept");
    cache.put("abcd", b"two").expect("kept again");
    let other = Cache::new(folder.path().join("new/pictures"), 1 << 20);
    assert_eq!(other.get("abcd").as_deref(), Some(b"two".as_slice()));
    fs::write(other.path("abcd"), b"").expect("emptied");
    assert_eq!(other.get("abcd"), None, "a file that a power cut emptied is made again");
}

#[test]
fn the_folder_stays_within_its_bound() {
    let folder = tempfile::tempdir().expect("a folder");
    let cache = Cache::new(folder.path().to_owned(), 10_000);
    thread::scope(|scope| {
        for n in 0..4 {
            let cache = &cache;
            scope.spawn(move || (0..20).for_each(|at| cache.put(&format!("{n}{at:03}"), &[7; 500]).expect("kept")));
        }
    });
    let held: u64 = cache.files().iter().map(|file| file.1).sum();
    assert!((5_000..=10_000).contains(&held), "{held}");
    let again = Cache::new(folder.path().to_owned(), 1_000);
    again.put("zz", &[7; 500]).expect("kept");
    assert!(again.files().len() <= 2, "what earlier runs left counts");
}
