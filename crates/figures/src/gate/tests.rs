use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use super::{Gate, Stopped};

const LONG: Duration = Duration::from_secs(30);

#[test]
fn no_more_than_so_many_work_at_once() {
    let gate = Gate::new(2);
    let (inside, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let (inside, most) = (Arc::clone(&inside), Arc::clone(&most));
                let work = move || {
                    most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    thread::sleep(Duration::from_millis(5));
                    inside.fetch_sub(1, Ordering::SeqCst);
                };
                assert_eq!(gate.run(LONG, work), Ok(()));
            });
        }
    });
    assert!((1..=2).contains(&most.load(Ordering::SeqCst)));
}

#[test]
fn work_that_hangs_is_left_behind_and_keeps_its_place_until_it_ends() {
    let gate = Gate::new(1);
    let (end, wait) = mpsc::channel::<()>();
    let short = Duration::from_millis(30);
    assert_eq!(gate.run(short, move || wait.recv().is_ok()), Err(Stopped::Late));
    assert_eq!(gate.run(short, || ()), Err(Stopped::Late), "the place is taken");
    end.send(()).expect("it still waits");
    assert_eq!(gate.run(LONG, || 7), Ok(7));
}

#[test]
fn work_that_breaks_down_gives_its_place_back() {
    let gate = Gate::new(1);
    for _ in 0..3 {
        assert_eq!(gate.run(LONG, || panic!("a decoder gives up")), Err::<(), _>(Stopped::Broke));
    }
    assert_eq!(gate.run(LONG, || 7), Ok(7));
}
