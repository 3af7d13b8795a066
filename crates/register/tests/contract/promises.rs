//! What the register promises, on every database.

use crate::given::{AT, application, assert_sound, batch, give, open, part, right, waiting, withdrawal};
use database::testing::for_each_backend;
use records::{Date, Event, OfficeStatus, Origin, Right, Status, number_keys};
use register::{
    Batch, ChangeKind, Checkpoint, Counts, EventCode, LoadState, QuarantineFilter, Refusal, SchemeEntry, Verdict,
};

fn title(right: &Right) -> &str {
    right.title("en").unwrap_or_default()
}

#[tokio::test]
async fn what_goes_in_comes_out_with_its_sources() {
    for_each_backend(|database| async move {
        let register = open(database).await;
        let outcome = give(&register, [part("1", 1, Some(1), &[1], "one"), part("2", 1, Some(2), &[2], "two")]).await;
        assert_eq!(outcome.verdicts, [Verdict::New, Verdict::New]);
        assert_eq!((outcome.changed_rights, outcome.seq), (vec![right(1), right(2)], 2));

        let stored = register.right(&right(2)).await.unwrap().unwrap();
        assert_eq!((stored.id.clone(), title(&stored)), (right(2), "two"));
        assert_eq!((stored.sources[0].file.as_str(), stored.sources[0].position), ("a.xml", 100));
        assert_eq!(stored.sources[0].loaded_at, AT);

        let order = [right(2), right(7), right(1), right(2)];
        let rights = register.rights(&order).await.unwrap();
        let ids: Vec<_> = rights.iter().map(|right| right.as_ref().map(|right| right.id.clone())).collect();
        assert_eq!(ids, [Some(right(2)), None, Some(right(1)), Some(right(2))]);
        assert_eq!(register.find(&number_keys(&stored)).await.unwrap(), [right(2)]);
        assert_eq!(register.ids(None, 10).await.unwrap(), [right(1), right(2)]);
        assert_eq!(register.ids(Some(&right(1)), 10).await.unwrap(), [right(2)]);
        assert_sound(&register).await;
    })
    .await;
}

#[tokio::test]
async fn the_same_again_changes_nothing_and_says_so() {
    for_each_backend(|database| async move {
        let register = open(database).await;
        let parts = || (1..200).map(|n| part(&n.to_string(), 1, Some(n), &[n], "same"));
        give(&register, parts()).await;
        let digest = register.digest().await.unwrap();
        let again = register.apply(batch("other.xml", parts())).await.unwrap();
        assert_eq!(again.counts, Counts { unchanged: 199, ..Counts::default() });
        assert_eq!((again.changed_rights.len(), again.seq), (0, 199));
        assert_eq!(register.digest().await.unwrap(), digest);
        let stored = register.right(&right(5)).await.unwrap().unwrap();
        assert_eq!(stored.sources[0].file, "a.xml", "the first origin is kept");
    })
    .await;
}

#[tokio::test]
async fn later_versions_replace_and_earlier_ones_do_not() {
    for_each_backend(|database| async move {
        let register = open(database).await;
        let day = |day, title| part("1", day, Some(1), &[1], title);
        let outcome = give(&register, [day(2, "second"), day(1, "first"), day(3, "third"), day(3, "third")]).await;
        assert_eq!(outcome.verdicts, [Verdict::New, Verdict::Older, Verdict::Changed, Verdict::Unchanged]);
        assert_eq!(give(&register, [day(2, "second")]).await.verdicts, [Verdict::Older]);
        assert_eq!(title(&register.right(&right(1)).await.unwrap().unwrap()), "third");
        assert_eq!(register.last_seq().await.unwrap(), 1, "one change of one right");
    })
    .await;
}

#[tokio::test]
async fn a_withdrawal_removes_exactly_its_part_and_keeps_late_deliveries_away() {
    for_each_backend(|database| async move {
        let register = open(database).await;
        let (first, second) = (part("1", 1, Some(1), &[1], "one"), part("2", 1, Some(1), &[2], "two"));
        give(&register, [first.clone(), second.clone()]).await;
        assert_eq!(give(&register, [withdrawal(&first, 2)]).await.verdicts, [Verdict::Withdrawn]);
        let stored = register.right(&right(1)).await.unwrap().unwrap();
        assert_eq!((title(&stored), stored.publications.len(), stored.sources.len()), ("two", 1, 1));

        assert_eq!(give(&register, [first.clone()]).await.verdicts, [Verdict::Older]);
        let gone = give(&register, [withdrawal(&second, 2)]).await;
        assert_eq!(gone.changed_rights, [right(1)]);
        assert_eq!(register.right(&right(1)).await.unwrap(), None);
        assert_eq!(register.feed(2, 10).await.unwrap()[0].change, ChangeKind::Remove);
        assert!(register.find(&number_keys(&stored)).await.unwrap().is_empty());
        assert_eq!(register.stats().await.unwrap().sources[0].withdrawn, 2);

        let back = give(&register, [part("1", 3, Some(1), &[1], "back")]).await;
        assert_eq!(back.verdicts, [Verdict::Changed]);
        assert_eq!(title(&register.right(&right(1)).await.unwrap().unwrap()), "back");
        assert_sound(&register).await;
    })
    .await;
}

#[tokio::test]
async fn a_withdrawal_before_its_part_holds_and_needs_no_number() {
    for_each_backend(|database| async move {
        let register = open(database).await;
        let late = part("1", 1, Some(1), &[1], "late");
        let mut early = withdrawal(&late, 2);
        early.subject = records::Subject::default();
        assert_eq!(give(&register, [early]).await.verdicts, [Verdict::Withdrawn]);
        assert_eq!(give(&register, [late]).await.verdicts, [Verdict::Older]);
        assert_eq!(register.stats().await.unwrap().total(), 0);
        assert_sound(&register).await;
    })
    .await;
}

#[tokio::test]
async fn parts_wait_under_their_publication_until_a_link_is_known_and_again_when_it_goes() {
    for_each_backend(|database| async move {
        let register = open(database).await;
        let event = part("event", 1, None, &[10], "event");
        give(&register, [event]).await;
        assert_eq!(register.right(&waiting(10)).await.unwrap().unwrap().id, waiting(10));

        let grant = part("grant", 1, Some(1), &[9, 10], "grant");
        let joined = register.apply(batch("b.xml", [grant.clone()])).await.unwrap();
        assert_eq!(joined.changed_rights, [right(1), waiting(10)]);
        let feed = register.changes_with_rights(1, 10).await.unwrap();
        assert_eq!((feed[0].0.change, feed[1].0.change), (ChangeKind::Put, ChangeKind::Remove));
        assert!(feed[0].1.is_some() && feed[1].1.is_none());
        let through_alias = register.right(&waiting(10)).await.unwrap().unwrap();
        assert_eq!((through_alias.id.clone(), through_alias.sources.len()), (right(1), 2));
        assert_eq!(register.parts(&waiting(10)).await.unwrap().len(), 2);
        assert_eq!(register.resolve(&waiting(9)).await.unwrap(), Some(right(1)));
        assert_sound(&register).await;

        give(&register, [withdrawal(&grant, 2)]).await;
        assert_eq!(register.right(&right(1)).await.unwrap(), None);
        assert_eq!(register.right(&waiting(10)).await.unwrap().unwrap().id, waiting(10));
        assert_eq!(register.resolve(&waiting(9)).await.unwrap(), None);
        assert_sound(&register).await;
    })
    .await;
}

#[tokio::test]
async fn a_publication_of_two_applications_belongs_to_the_smaller_in_any_order() {
    for_each_backend(|database| async move {
        let register = open(database).await;
        give(&register, [part("w", 1, None, &[10], "waiting"), part("b", 1, Some(2), &[10], "b")]).await;
        assert_eq!(register.resolve(&waiting(10)).await.unwrap(), Some(right(2)));
        give(&register, [part("a", 1, Some(1), &[10], "a")]).await;
        assert_eq!(register.resolve(&waiting(10)).await.unwrap(), Some(right(1)));
        assert_eq!(register.parts(&right(1)).await.unwrap().len(), 2);
        assert_eq!(register.parts(&right(2)).await.unwrap().len(), 1);
        // A later version of the first no longer names the publication.
        give(&register, [part("a", 2, Some(1), &[], "a")]).await;
        assert_eq!(register.resolve(&waiting(10)).await.unwrap(), Some(right(2)));
        assert_sound(&register).await;
    })
    .await;
}

#[tokio::test]
async fn an_old_waiting_id_answers_when_its_part_went_by_another_publication() {
    for_each_backend(|database| async move {
        let register = open(database).await;
        give(&register, [part("w", 1, None, &[10, 11], "waiting")]).await;
        give(&register, [part("a", 1, Some(1), &[11], "a")]).await;
        assert_eq!(register.right(&waiting(10)).await.unwrap().unwrap().id, right(1));
        give(&register, [part("v", 1, None, &[10], "stays")]).await;
        assert_eq!(register.right(&waiting(10)).await.unwrap().unwrap().id, waiting(10));
        assert_sound(&register).await;
    })
    .await;
}

#[tokio::test]
async fn a_failing_batch_leaves_nothing() {
    for_each_backend(|database| async move {
        let register = open(database.clone()).await;
        give(&register, [part("1", 1, Some(1), &[1], "one")]).await;
        let digest = register.digest().await.unwrap();
        // The last table that a batch writes is gone: all before it must be undone.
        let mut write = database.write().await.unwrap();
        database::query("ALTER TABLE feed RENAME TO away").execute(&mut *write).await.unwrap();
        write.commit().await.unwrap();
        let mut failing = batch("b.xml", (1..300).map(|n| part(&n.to_string(), 2, Some(n), &[n], "two")));
        failing.checkpoints = vec![Checkpoint { file: "b.xml".to_owned(), ..Checkpoint::default() }];
        failing.refusals = vec![refusal("b.xml", 7, "malformed-xml")];
        register.apply(failing).await.unwrap_err();
        let mut write = database.write().await.unwrap();
        database::query("ALTER TABLE away RENAME TO feed").execute(&mut *write).await.unwrap();
        write.commit().await.unwrap();

        assert_eq!(register.digest().await.unwrap(), digest);
        assert_eq!(register.last_seq().await.unwrap(), 1);
        assert_eq!(register.load("b.xml").await.unwrap(), None);
        assert_eq!(register.stats().await.unwrap().quarantined, 0);
        assert_sound(&register).await;
    })
    .await;
}

fn refusal(file: &str, position: u64, code: &str) -> Refusal {
    Refusal {
        origin: Origin { file: file.to_owned(), position },
        format: "test".to_owned(),
        code: code.to_owned(),
        message: "tag «b» is not closed\0".to_owned(),
        raw: b"<a><b></a>\0\xff".to_vec(),
    }
}

#[tokio::test]
async fn refused_records_lie_in_quarantine_once_and_go_when_their_place_loads_well() {
    for_each_backend(|database| async move {
        let register = open(database).await;
        let refused = || Batch {
            refusals: vec![refusal("a.xml", 0, "malformed-xml"), refusal("a.xml", 100, "malformed-xml")],
            loaded_at: AT.to_owned(),
            ..Batch::default()
        };
        assert_eq!(register.apply(refused()).await.unwrap().counts.quarantined, 2);
        register.apply(refused()).await.unwrap();
        let listed = register.quarantine(&QuarantineFilter::default(), 0, 10).await.unwrap();
        assert_eq!(listed.iter().map(|entry| entry.position).collect::<Vec<_>>(), [0, 100]);
        let (entry, raw) = register.quarantined(listed[0].id).await.unwrap().unwrap();
        assert_eq!((entry.raw_len, &raw[..]), (12, &b"<a><b></a>\0\xff"[..]));

        // The first record is mended; what is told beside its part stays.
        let mut mended = batch("a.xml", [part("1", 1, Some(1), &[1], "one")]);
        mended.refusals = vec![refusal("a.xml", 0, "unknown-code")];
        register.apply(mended).await.unwrap();
        let filter = |code: &str| QuarantineFilter { code: Some(code.to_owned()), ..QuarantineFilter::default() };
        assert_eq!(register.quarantine(&filter("malformed-xml"), 0, 10).await.unwrap(), listed[1..]);
        assert_eq!(register.quarantine(&filter("unknown-code"), 0, 10).await.unwrap().len(), 1);
        let file = |file: &str| QuarantineFilter { file: Some(file.to_owned()), ..QuarantineFilter::default() };
        assert_eq!(register.quarantine(&file("a."), 0, 10).await.unwrap().len(), 2);
        assert_eq!(register.quarantine(&file("b."), 0, 10).await.unwrap().len(), 0);
        assert_eq!(register.quarantine(&file("a."), listed[1].id, 10).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_part_that_names_no_right_is_not_lost() {
    for_each_backend(|database| async move {
        let register = open(database).await;
        let outcome = give(&register, [part("1", 1, None, &[], "nameless")]).await;
        assert_eq!(outcome.verdicts, [Verdict::Refused]);
        assert_eq!(outcome.counts, Counts { quarantined: 1, ..Counts::default() });
        let listed = register.quarantine(&QuarantineFilter::default(), 0, 10).await.unwrap();
        assert_eq!(listed[0].code, "no-subject");
        let (_, raw) = register.quarantined(listed[0].id).await.unwrap().unwrap();
        assert!(String::from_utf8(raw).unwrap().contains("nameless"));
    })
    .await;
}

#[tokio::test]
async fn checkpoints_count_on_in_one_pass_and_anew_in_the_next() {
    for_each_backend(|database| async move {
        let register = open(database).await;
        let step = |first: u32, state| {
            let mut step =
                batch("w.zip!/a.xml", (first..first + 3).map(|n| part(&n.to_string(), 1, Some(n), &[n], "t")));
            let checkpoint = |file: &str, record| Checkpoint {
                file: file.to_owned(),
                fingerprint: "f".to_owned(),
                record,
                state,
                ..Checkpoint::default()
            };
            step.checkpoints = vec![checkpoint("w.zip", 3), checkpoint("w.zip!/a.xml", 4), checkpoint("w", 5)];
            step
        };
        register.apply(step(1, LoadState::Running)).await.unwrap();
        register.apply(step(4, LoadState::Done)).await.unwrap();
        let load = register.load("w.zip").await.unwrap().unwrap();
        assert_eq!((load.checkpoint.record, load.checkpoint.state), (3, LoadState::Done));
        assert_eq!(load.counts, Counts { new: 6, ..Counts::default() });
        assert_eq!(register.load("w.zip!/a.xml").await.unwrap().unwrap().counts.new, 6);
        assert_eq!(register.load("w").await.unwrap().unwrap().counts.new, 0);
        register.apply(step(1, LoadState::Running)).await.unwrap();
        let counts = register.load("w.zip").await.unwrap().unwrap().counts;
        assert_eq!(counts, Counts { unchanged: 3, ..Counts::default() });
        assert_eq!(register.loads().await.unwrap().len(), 3);
    })
    .await;
}

#[tokio::test]
async fn rights_whose_term_ends_are_found_by_day() {
    for_each_backend(|database| async move {
        let register = open(database).await;
        let ending = |n: u32, end: &str, status| {
            let mut part = part(&n.to_string(), 1, Some(n), &[n], "t");
            part.record.expiry_date = Some(end.parse().unwrap());
            part.record.office_status = Some(OfficeStatus { date: None, text: "in force".to_owned(), status });
            part
        };
        let parts = [
            ending(1, "2026-01-01", Status::InForce),
            ending(2, "2026-02-01", Status::InForce),
            ending(3, "2026-03-01", Status::InForce),
            ending(4, "2026-02-01", Status::Refused),
        ];
        give(&register, parts).await;
        let day = |text: &str| text.parse::<Date>().unwrap();
        let found = register.expiring(day("2026-01-01"), day("2026-02-01")).await.unwrap();
        assert_eq!(found, [right(1), right(2)]);
    })
    .await;
}

#[tokio::test]
async fn figures_say_what_is_there() {
    for_each_backend(|database| async move {
        let register = open(database).await;
        give(&register, (1..=3).map(|n| part(&n.to_string(), n as i8, Some(n), &[n], "t"))).await;
        let stats = register.stats().await.unwrap();
        assert_eq!((stats.total(), stats.seq, stats.quarantined), (3, 3, 0));
        assert_eq!((stats.rights[0].office.as_str(), stats.rights[0].kind.as_str()), ("EP", "invention"));
        assert_eq!((stats.sources[0].source.as_str(), stats.sources[0].parts), ("test", 3));
        assert_eq!(stats.sources[0].newest.as_deref(), Some("2024-05-03"));
    })
    .await;
}

#[tokio::test]
async fn reference_tables_are_loaded_and_replaced() {
    for_each_backend(|database| async move {
        let register = open(database).await;
        let entry = |symbol: &str, depth| SchemeEntry { symbol: symbol.to_owned(), depth, ..SchemeEntry::default() };
        register.load_scheme("ipc", "2025.01", &[entry("A", 0)]).await.unwrap();
        register.load_scheme("ipc", "2026.01", &[entry("A", 0), entry("A01", 1)]).await.unwrap();
        register.load_scheme("ipc", "2026.01", &[entry("A", 0), entry("A01", 1), entry("B", 0)]).await.unwrap();
        let symbols: Vec<String> = register.scheme("ipc").await.unwrap().into_iter().map(|e| e.symbol).collect();
        assert_eq!(symbols, ["A", "A01", "B"]);
        assert_eq!(register.schemes().await.unwrap().len(), 2);

        let code = |text: &str| EventCode { office: "EP".into(), code: "PGFP".into(), text: text.into(), effect: None };
        register.load_event_codes(&[code("one"), code("two")]).await.unwrap();
        assert_eq!(register.event_codes().await.unwrap(), [code("two")]);
    })
    .await;
}

#[tokio::test]
async fn ids_have_the_same_order_on_every_server() {
    for_each_backend(|database| async move {
        let register = open(database).await;
        let parts = ["a-B", "a_b", "A", "b", "石墨", "Z-1"].map(|serial| {
            let mut part = part(serial, 1, Some(1), &[], "t");
            part.subject.application = Some(records::ApplicationNumber { serial: serial.to_owned(), ..application(1) });
            part
        });
        give(&register, parts).await;
        let ids = register.ids(None, 10).await.unwrap();
        let mut sorted = ids.clone();
        sorted.sort();
        assert_eq!(ids, sorted);
        assert_eq!(ids.len(), 6);
    })
    .await;
}

#[tokio::test]
async fn event_codes_that_are_loaded_reach_the_rights() {
    for_each_backend(|database| async move {
        let register = open(database).await;
        let mut granted = part("1", 1, Some(1), &[1], "one");
        granted.record.grant_date = Some(Date::constant(2020, 1, 1));
        let (date, code) = (Some(Date::constant(2022, 1, 1)), "QQ99".to_owned());
        granted.record.events = vec![Event { date, code: code.clone(), text: String::new(), effect: None }];
        give(&register, [granted, part("2", 1, Some(2), &[2], "two")]).await;
        let status = async || register.right(&right(1)).await.unwrap().unwrap().status;
        assert_eq!(status().await, Status::InForce);

        let effect = Some("lapsed".to_owned());
        let codes = [EventCode { office: "EP".to_owned(), code, text: "lapse".to_owned(), effect }];
        register.load_event_codes(&codes).await.unwrap();
        assert_eq!(register.reassemble(AT).await.unwrap(), 1, "only the right with the event changes");
        assert_eq!(status().await, Status::Lapsed);
        assert_eq!(register.last_seq().await.unwrap(), 3, "and the feed tells it");
        assert_eq!(register.reassemble(AT).await.unwrap(), 0);
        assert_sound(&register).await;
    })
    .await;
}
