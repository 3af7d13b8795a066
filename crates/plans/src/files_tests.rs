use accounts::Actor;
use database::testing::for_each_backend;

use crate::testing::{World, act, colleague, contents, id, keeper, now, said};
use crate::{FileId, PlansError, Progress, Seen, UploadError};

#[tokio::test]
async fn files_come_and_go_with_drafts_and_are_locked_with_them() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let plan = world.issued(&contents()).await;
        let report = world.begun(&plan, (1, 4, "1"), &said(Progress::Done, "做了")).await.unwrap();
        let (one, two) = (FileId(id(501)), FileId(id(502)));
        let seen = Seen::new(&report.id, report.version);
        let (report, file) =
            act!(world, attach(now(), &keeper(4), seen, (&one, "总结.txt", b"words".to_vec()))).unwrap();
        let (again, same) =
            act!(world, attach(now(), &keeper(4), seen, (&one, "总结.txt", b"words".to_vec()))).unwrap();
        assert_eq!((&again, &same), (&report, &file), "sent twice, it is one file");
        assert_eq!((file.length, file.hash.len()), (5, 64));
        let seen = Seen::new(&report.id, report.version);
        let bad = act!(world, attach(now(), &keeper(4), seen, (&two, "a.pdf", b"no pdf".to_vec())));
        assert!(matches!(bad, Err(PlansError::Upload(UploadError::Disguised { .. }))));
        assert!(act!(world, attach(now(), &keeper(3), seen, (&two, "a.txt", b"x".to_vec()))).is_err());
        let (report, _) = act!(world, attach(now(), &keeper(4), seen, (&two, "a.txt", b"other".to_vec()))).unwrap();
        let report = act!(world, detach(now(), &keeper(4), Seen::new(&report.id, report.version), &two)).unwrap();
        assert!(world.plans.file(&keeper(4), &two).await.is_err());
        assert_eq!(world.plans.file(&keeper(2), &one).await.unwrap().1, b"words");
        for stranger in [keeper(3), Actor::visitor()] {
            assert!(world.plans.file(&stranger, &one).await.is_err());
        }
        let sent = act!(world, submit(now(), &keeper(4), Seen::new(&report.id, report.version))).unwrap();
        let late = act!(world, detach(now(), &keeper(4), Seen::new(&sent.id, sent.version), &one));
        assert!(matches!(late, Err(PlansError::NotNow { .. })));
        let done = act!(world, accept(now(), &colleague(2), Seen::new(&sent.id, sent.version), "")).unwrap();
        act!(world, show_report(now(), &keeper(4), Seen::new(&done.id, done.version), true)).unwrap();
        assert!(world.plans.file(&Actor::visitor(), &one).await.is_err(), "the plan is not shown");
        act!(world, show(now(), &keeper(1), Seen::new(&plan.id, plan.version), true)).unwrap();
        assert_eq!(world.plans.file(&Actor::visitor(), &one).await.unwrap().0.name, "总结.txt");
        assert_eq!(world.plans.report(&Actor::visitor(), &done.id).await.unwrap().history, []);
        assert_eq!(world.plans.public(&plan.id, plan.from).await.unwrap().reports.len(), 1);
    })
    .await;
}
