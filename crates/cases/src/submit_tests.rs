use accounts::Actor;
use database::testing::for_each_backend;
use jiff::ToSpan;

use crate::testing::{World, client, code, consultation, day, id, lead, now, on, outlet, person, request, staff};
use crate::*;

fn by(actor: &Actor) -> By<'_> {
    By::from(actor)
}

#[tokio::test]
async fn a_request_becomes_a_case_with_number_code_deadline_and_notices() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let receipt = world.submitted(1, 1).await;
        let case = &receipt.case;
        assert_eq!(case.reference, Reference::make(2026, 1));
        assert_eq!((case.state, case.version, case.item_version), (State::Received, 1, 1));
        assert_eq!(case.due_on, Some(day("2026-06-08")), "five working days to take or refuse it");
        assert_eq!((case.client.clone(), case.client_name.as_str()), (Some(person(101)), "张**"));
        assert_eq!(world.cases.tracked(&receipt.tracking).await.unwrap(), case.id);
        let visitor = Actor::visitor();
        let tracked = By { actor: &visitor, tracking: Some(&receipt.tracking) };
        assert_eq!(world.cases.by_reference(tracked, &case.reference).await.unwrap(), case.id);
        assert!(matches!(world.cases.by_reference(by(&visitor), &case.reference).await, Err(CasesError::NotFound(_))));
        assert_eq!(world.count("SELECT COUNT(*) FROM notices_notices").await, 2, "the client and the outlet");
        let stored =
            world.count("SELECT COUNT(*) FROM cases_cases WHERE contact LIKE '%138%' OR answers LIKE '%年费%'");
        assert_eq!(stored.await, 0, "what is personal is sealed");
    })
    .await;
}

#[tokio::test]
async fn fifty_clients_at_once_lose_nothing_and_double_nothing() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let mut tasks = Vec::new();
        for number in 0..50 {
            // Every fifth sends the request of the one before again, at the same moment.
            let number = if number % 5 == 4 { number - 1 } else { number };
            let world = world.clone();
            tasks.push(tokio::spawn(async move {
                let client = client(number);
                let receipt = world.cases.submit(now(), By::from(&client), &request(number, 1)).await.unwrap();
                (number, receipt.case.id, receipt.case.reference, receipt.tracking.to_string())
            }));
        }
        let mut answers = Vec::new();
        for task in tasks {
            answers.push(task.await.unwrap());
        }
        answers.sort();
        answers.dedup();
        assert_eq!(answers.len(), 40, "the same key, the same answer");
        let references: std::collections::BTreeSet<_> = answers.iter().map(|answer| answer.2.clone()).collect();
        assert_eq!(references.len(), 40);
        assert_eq!(world.count("SELECT COUNT(*) FROM cases_cases").await, 40);
        assert_eq!(world.count("SELECT COUNT(*) FROM cases_events").await, 40);
        assert_eq!(world.count("SELECT COUNT(*) FROM accounts_audit WHERE action = 'case.submit'").await, 40);
        assert!(
            world.count("SELECT next FROM cases_numbers WHERE year = 2026").await <= 65,
            "fifty at once in lots of 16"
        );
        let last = world.submitted(60, 1).await.case.reference;
        assert!(
            last <= Reference::make(2026, 64) && !references.contains(&last),
            "numbers that were not used come again"
        );
    })
    .await;
}

#[tokio::test]
async fn a_request_sent_again_after_its_item_changed_is_the_first_case_and_a_new_one_follows_the_new_version() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let first = world.submitted(1, 1).await;
        let mut changed = consultation();
        changed.promised_limit = Some(services::Limit::working_days(2));
        changed.form.steps[0].fields[1].required = true;
        world.renew(&changed, "2026-06-02", 1).await;
        let later = now() + 48.hours();
        let again = world.cases.submit(later, by(&client(1)), &request(1, 1)).await.unwrap();
        assert!(again.repeated);
        assert_eq!((again.case.id.clone(), again.case.item_version), (first.case.id.clone(), 1));
        assert_eq!(again.tracking, first.tracking);
        assert_eq!(
            again.case.terms.promised.as_ref().unwrap().number,
            5,
            "the limits of the version that was in force"
        );
        let mut new = request(2, 1);
        let fresh = world.cases.submit(later, by(&client(2)), &new).await.unwrap();
        assert_eq!((fresh.case.item_version, fresh.case.terms.promised.as_ref().unwrap().number), (2, 2));
        new.key = "another-key-of-request".to_owned();
        new.answers.remove("name");
        let error = world.cases.submit(later, by(&client(2)), &new).await.unwrap_err();
        assert_eq!(error.faults()[0].field, "name");
    })
    .await;
}

#[tokio::test]
async fn a_key_used_for_something_else_is_refused_and_a_forged_one_tells_nothing() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        world.submitted(1, 1).await;
        let mut other = request(1, 1);
        other.title = "另一件事".to_owned();
        assert!(matches!(world.cases.submit(now(), by(&client(1)), &other).await, Err(CasesError::KeyTaken)));
        let stranger = world.cases.submit(now(), by(&client(2)), &request(1, 1)).await;
        assert!(matches!(stranger, Err(CasesError::KeyTaken)), "another account does not get the receipt");
        assert_eq!(world.count("SELECT COUNT(*) FROM cases_cases").await, 1);
    })
    .await;
}

#[tokio::test]
async fn everything_that_is_wrong_is_named_at_once_in_both_languages() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let mut new = request(1, 9);
        new.key = "short".to_owned();
        new.answers.remove("question");
        new.contact = Contact { email: "no mail".to_owned(), ..Contact::default() };
        new.lang = "fr".to_owned();
        let visitor = Actor::visitor();
        let error = world.cases.submit(now(), by(&visitor), &new).await.unwrap_err();
        let fields: Vec<&str> = error.faults().iter().map(|fault| fault.field.as_str()).collect();
        for field in ["key", "question", "contact.name", "contact.email", "lang", "outlet"] {
            assert!(fields.contains(&field), "{field} in {fields:?}");
        }
        assert!(error.text("zh").contains("请填写联系人姓名"));
        new.item = code("NONE");
        let error = world.cases.submit(now(), by(&visitor), &new).await.unwrap_err();
        assert!(error.faults().iter().any(|fault| fault.field == "item"));
        assert_eq!(world.count("SELECT COUNT(*) FROM cases_cases").await, 0);
        assert_eq!(world.submitted(1, 1).await.case.reference, Reference::make(2026, 1), "no number was lost");
    })
    .await;
}

#[tokio::test]
async fn staff_enter_what_people_say_at_the_counter_of_their_own_outlet_alone() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let mut new = request(1, 1);
        new.channel = Channel::Counter;
        let receipt = world.cases.submit(now(), by(&staff(1)), &new).await.unwrap();
        assert_eq!((receipt.case.client, receipt.case.channel), (None, Channel::Counter));
        new.key = "another-key-of-request".to_owned();
        for actor in [staff(2), client(1), Actor::visitor()] {
            assert!(matches!(world.cases.submit(now(), by(&actor), &new).await, Err(CasesError::Denied(_))));
        }
        new.client = Some(person(101));
        let receipt = world.cases.submit(now(), by(&lead(1)), &new).await.unwrap();
        assert_eq!(receipt.case.client, Some(person(101)));
    })
    .await;
}

#[tokio::test]
async fn numbers_begin_anew_each_year_where_the_offices_are() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        world.submitted(1, 1).await;
        let new_year = "2026-12-31T16:00:00Z".parse().unwrap();
        let receipt = world.cases.submit(new_year, by(&client(2)), &request(2, 1)).await.unwrap();
        assert_eq!(receipt.case.reference, Reference::make(2027, 1));
        let again = Cases::open(world.database.clone(), accounts::Secret::new([7; 32])).await.unwrap();
        let receipt = again.submit(new_year, by(&client(3)), &request(3, 1)).await.unwrap();
        assert_eq!(receipt.case.reference, Reference::make(2027, 17), "what the other process had taken is left out");
    })
    .await;
}

#[tokio::test]
async fn a_closed_outlet_takes_nothing() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let mut write = world.database.write().await.unwrap();
        let edit = network::Edit { id: &outlet(1), version: 1, from: day("2026-06-01") };
        network::suspend(&mut write, now(), edit, None).await.unwrap();
        write.commit().await.unwrap();
        let error = world.cases.submit(on("2026-06-02"), by(&client(1)), &request(1, 1)).await.unwrap_err();
        assert_eq!(error.faults()[0].field, "outlet");
        let _ = id(1);
    })
    .await;
}
