use database::testing::for_each_backend;

use super::*;
use crate::testing::{World, administrator, client, id, lead, now, person, request, staff};
use crate::{Act, Channel};

#[tokio::test]
async fn people_take_their_data_along_and_are_forgotten_in_closed_cases() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let zhang = client(1);
        let by = By::from(&zhang);
        let closed = world.submitted(1, 1).await.case;
        let mut more = request(2, 1);
        more.key = "another-key-of-request".to_owned();
        let open = world.cases.submit(now(), by, &more).await.unwrap().case;
        world.act(now(), &staff(1), &closed, Act::Refuse { reason: "重复".to_owned() }).await.unwrap();
        let data = world.cases.own_data(now(), by).await.unwrap();
        assert_eq!((data.cases.len(), data.cases[0].contact.name.as_str()), (2, "张三丰"));
        let stranger = client(2);
        assert!(world.cases.forget(now(), By::from(&stranger), &person(101)).await.is_err());
        let forgotten = world.cases.forget(now(), by, &person(101)).await.unwrap();
        assert_eq!(forgotten, Forgotten { cases: 1, drafts: 0, open: 1 });
        let wang = staff(1);
        let gone = world.cases.personal(now(), By::from(&wang), &closed.id).await.unwrap();
        assert_eq!((gone.contact.name.as_str(), gone.answers.get("name")), ("", None));
        assert!(gone.answers.contains_key("question"), "what was asked stays on file");
        let file = world.cases.case(now(), By::from(&wang), &closed.id).await.unwrap();
        assert!(file.events.iter().filter(|event| event.by_client).all(|event| event.person.is_none()));
        assert!(matches!(world.cases.case(now(), by, &closed.id).await, Err(CasesError::NotFound(_))));
        assert!(world.cases.case(now(), by, &open.id).await.is_ok());
        let act = Act::Reopen { reason: "再查".to_owned() };
        world.act(now(), &lead(1), &file.case, act).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn cases_of_one_window_are_seen_together_by_those_who_may() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let parent = world.submitted(1, 1).await.case;
        let mut part = request(2, 2);
        part.parent = Some(parent.id.clone());
        let child = world.cases.submit(now(), By::from(&client(1)), &part).await.unwrap().case;
        part.key = "another-key-of-request".to_owned();
        let foreign = world.cases.submit(now(), By::from(&client(2)), &part).await.unwrap_err();
        assert_eq!(foreign.faults()[0].field, "parent");
        for (actor, seen) in [(client(1), 1), (administrator(), 1), (staff(1), 0)] {
            let file = world.cases.case(now(), By::from(&actor), &parent.id).await.unwrap();
            assert_eq!(file.children.len(), seen, "the part lies at another outlet");
        }
        assert_eq!(child.parent, Some(parent.id));
    })
    .await;
}

#[tokio::test]
async fn whoever_had_a_merged_case_hears_of_the_result() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let one = world.submitted(1, 1).await.case;
        let mut counter = request(2, 1);
        counter.channel = Channel::Counter;
        let two = world.cases.submit(now(), By::from(&staff(1)), &counter).await.unwrap().case;
        let merge = Act::Merge { into: one.id.clone(), reason: "同一事项".to_owned() };
        world.act(now(), &lead(1), &two, merge).await.unwrap();
        let one = world.act(now(), &staff(1), &world.get(&one.id).await, Act::Accept).await.unwrap();
        let told = "SELECT COUNT(*) FROM notices_notices WHERE template = 'case.delivered'";
        world.act(now(), &staff(1), &one, Act::Deliver { result: "答复".to_owned() }).await.unwrap();
        assert_eq!(world.count(told).await, 2, "the client of either case");
        let _ = id(1);
    })
    .await;
}
