use std::collections::BTreeSet;

use accounts::{Actor, Role};
use database::testing::for_each_backend;
use jiff::civil::date;
use notices::Inbox;
use proptest::prelude::*;
use services::Text;

use super::*;
use crate::testing::{World, actor, client, days, key, now, organisation, person, province, staff};
use crate::{ENOUGH, Level, RatingsError, VisitCode};

fn both(text: &str) -> Text {
    Text::new(format!("{text}问"), text)
}

fn definition() -> Definition {
    let question = |key: &str, kind, required| Question { key: key.to_owned(), text: both(key), kind, required };
    let option = |key: &str| QuestionOption { key: key.to_owned(), label: both(key) };
    let options = vec![option("web"), option("counter"), option("telephone")];
    Definition {
        title: both("How do we do"),
        introduction: both("Your answers make us better"),
        questions: vec![
            question("skill", QuestionKind::Scale { weight: 3 }, true),
            question("speed", QuestionKind::Scale { weight: 1 }, false),
            question("way", QuestionKind::Choice { options, several: true }, false),
            question("words", QuestionKind::Words, false),
        ],
    }
}

fn replies(skill: Level, speed: Option<Level>, words: &str) -> Replies {
    let mut replies = Replies::from([
        ("skill".to_owned(), Reply::Level(skill)),
        ("way".to_owned(), Reply::Chosen(vec!["web".to_owned()])),
        ("words".to_owned(), Reply::Words(words.to_owned())),
    ]);
    replies.extend(speed.map(|speed| ("speed".to_owned(), Reply::Level(speed))));
    replies
}

fn lead() -> Actor {
    actor(400, Role::OutletLead, &[3])
}

impl World {
    async fn made(&self, number: u32) -> Questionnaire {
        let (key, organisation) = (key(number), organisation(3));
        let new = NewQuestionnaire { key: &key, organisation: &organisation, definition: definition() };
        let mut write = self.database.write().await.unwrap();
        let made = make_questionnaire(&mut write, now(), &lead(), &new).await.unwrap();
        write.commit().await.unwrap();
        made
    }

    /// Open to the end of June, with a link.
    async fn open(&self, number: u32) -> Questionnaire {
        let made = self.made(number).await;
        let edit = QuestionnaireEdit { id: &made.id, version: 1 };
        let mut write = self.database.write().await.unwrap();
        let how = (date(2026, 6, 30), Some([number as u8; 10]));
        let open = publish_questionnaire(&mut write, now(), &lead(), edit, how).await.unwrap();
        write.commit().await.unwrap();
        open
    }

    async fn answered(
        &self,
        code: &VisitCode,
        edition: i64,
        number: u32,
        replies: &Replies,
    ) -> Result<(), RatingsError> {
        let key = key(number);
        let mut write = self.database.write().await?;
        answer(&mut write, days(1), &client(number), (code, edition, &key), replies).await?;
        Ok(write.commit().await?)
    }
}

#[tokio::test]
async fn an_index_is_the_weighted_mean_and_few_answers_tell_nothing() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let open = world.open(1).await;
        let link = open.link.clone().unwrap();
        for number in 0..5 {
            let results = world.ratings.results(&lead(), &open.id, 1).await.unwrap();
            assert_eq!((results.answers, results.index, results.questions.len()), (None, None, 0), "{number}");
            let speed = (number == 0).then_some(Level::VeryDissatisfied);
            let said = replies(if number < 4 { Level::VerySatisfied } else { Level::Fairly }, speed, "好");
            world.answered(&link, 1, number, &said).await.unwrap();
        }
        let results = world.ratings.results(&lead(), &open.id, 1).await.unwrap();
        // Skill (100 × 4 + 50) / 5 = 90 with weight 3, speed 0 with weight 1.
        assert_eq!((results.answers, results.index), (Some(5), Some(67.5)));
        assert_eq!(results.questions[0].score, Some(90.0));
        assert_eq!(results.questions[2].options[0].count, 5);
        assert_eq!(results.questions[3].words.len(), 5);
        for stranger in [staff(3), actor(401, Role::OutletLead, &[4]), client(1), Actor::visitor()] {
            assert!(world.ratings.results(&stranger, &open.id, 1).await.is_err());
            assert!(world.ratings.questionnaire(&stranger, &open.id).await.is_err());
            let listed = world.ratings.questionnaires(&stranger, None, 9).await;
            assert!(listed.is_err() || listed.unwrap().rows.is_empty());
        }
        assert_eq!(world.ratings.questionnaires(&province(), None, 9).await.unwrap().rows, [open]);
    })
    .await;
}

#[tokio::test]
async fn answers_that_do_not_fit_are_named_and_sent_again_they_are_one() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let open = world.open(1).await;
        let link = open.link.clone().unwrap();
        let wrong = Replies::from([
            ("speed".to_owned(), Reply::Words("quick".to_owned())),
            ("way".to_owned(), Reply::Chosen(vec!["pigeon".to_owned()])),
            ("other".to_owned(), Reply::Words("?".to_owned())),
        ]);
        let refused = world.answered(&link, 1, 1, &wrong).await.unwrap_err();
        let RatingsError::Invalid(faults) = refused else { panic!("{refused}") };
        let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["skill", "speed", "way", "other"]);
        let said = replies(Level::Satisfied, None, "");
        let tries = (0..10).map(|number| {
            let (world, link, said) = (world.clone(), link.clone(), said.clone());
            tokio::spawn(async move { world.answered(&link, 1, number % 5, &said).await })
        });
        for done in tries.collect::<Vec<_>>() {
            done.await.unwrap().unwrap();
        }
        let results = world.ratings.results(&lead(), &open.id, 1).await.unwrap();
        assert_eq!(results.answers, Some(5));
        let older = world.answered(&link, 0, 9, &said).await.unwrap_err();
        assert!(matches!(older, RatingsError::StaleVersion { version: 1 }), "{older}");
        let forged = world.answered(&VisitCode::make([77; 10]), 1, 9, &said).await.unwrap_err();
        assert!(matches!(forged, RatingsError::NotFound { .. }), "{forged}");
    })
    .await;
}

#[tokio::test]
async fn an_edition_is_never_changed_and_nobody_overwrites_another() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let open = world.open(1).await;
        let edit = QuestionnaireEdit { id: &open.id, version: open.version };
        let mut other = definition();
        other.questions.truncate(1);
        let mut write = database.write().await.unwrap();
        let edited = edit_questionnaire(&mut write, now(), &lead(), edit, &other).await.unwrap();
        let stale = edit_questionnaire(&mut write, now(), &lead(), edit, &other).await.unwrap_err();
        assert!(matches!(stale, RatingsError::StaleVersion { version: 3 }), "{stale}");
        write.commit().await.unwrap();
        let asked = world.ratings.opened(now(), open.link.as_ref().unwrap()).await.unwrap().1;
        assert_eq!(asked, definition(), "until it is published");
        let edit = QuestionnaireEdit { id: &open.id, version: edited.version };
        let mut write = database.write().await.unwrap();
        let until = date(2026, 7, 31);
        let second = publish_questionnaire(&mut write, now(), &lead(), edit, (until, None)).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!((second.edition, &second.link), (2, &open.link));
        assert_eq!(world.ratings.edition(&lead(), &open.id, 1).await.unwrap(), Some(definition()));
        assert_eq!(world.ratings.edition(&lead(), &open.id, 2).await.unwrap(), Some(other));

        let edit = QuestionnaireEdit { id: &open.id, version: second.version };
        let mut write = database.write().await.unwrap();
        let closed = close_questionnaire(&mut write, now(), &lead(), edit).await.unwrap();
        write.commit().await.unwrap();
        let said = replies(Level::Satisfied, None, "");
        let late = world.answered(open.link.as_ref().unwrap(), 2, 1, &said).await.unwrap_err();
        assert!(matches!(late, RatingsError::Closed), "{late}");
        let mut write = database.write().await.unwrap();
        let edit = QuestionnaireEdit { id: &open.id, version: closed.version };
        let again = publish_questionnaire(&mut write, now(), &lead(), edit, (until, None)).await.unwrap_err();
        assert!(matches!(again, RatingsError::Closed), "{again}");
    })
    .await;
}

#[tokio::test]
async fn clients_of_closed_cases_are_asked_once_and_answer_unnamed() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        world.archived(1).await;
        world.archived(2).await;
        let open = world.open(1).await;
        let mut number = 100;
        let mut random = || {
            number += 1;
            [number; 10]
        };
        let mut sent = Vec::new();
        for _ in 0..2 {
            let sending = Sending { id: &open.id, from: date(2026, 6, 1), to: date(2026, 6, 2), item: None };
            let mut write = database.write().await.unwrap();
            sent.push(send_questionnaire(&mut write, days(1), &lead(), &sending, &mut random).await.unwrap());
            write.commit().await.unwrap();
        }
        assert_eq!(sent, [2, 0]);
        let elsewhere = Sending { id: &open.id, from: date(2025, 1, 1), to: date(2026, 6, 2), item: None };
        let mut write = database.write().await.unwrap();
        let refused = send_questionnaire(&mut write, days(1), &lead(), &elsewhere, &mut random).await.unwrap_err();
        assert!(matches!(refused, RatingsError::Invalid(_)), "{refused}");
        drop(write);
        let inbox = world.notices.inbox(Inbox::Person(&person(1).0), None, 20).await.unwrap();
        let asked = inbox.items.iter().find(|item| item.template == "questionnaire.asked").unwrap();
        let code: VisitCode = asked.link.strip_prefix("/questionnaires/").unwrap().parse().unwrap();

        let said = replies(Level::Dissatisfied, None, "意见");
        let (first, _, used) = world.ratings.opened(days(1), &code).await.unwrap();
        assert_eq!((first.id.clone(), used), (open.id.clone(), false));
        world.answered(&code, 1, 1, &said).await.unwrap();
        world.answered(&code, 1, 1, &said).await.unwrap();
        let twice = world.answered(&code, 1, 2, &said).await.unwrap_err();
        assert!(matches!(twice, RatingsError::AlreadyAnswered), "{twice}");
        assert!(world.ratings.opened(days(1), &code).await.unwrap().2);
        assert_eq!(world.ratings.invited(&lead(), &open.id).await.unwrap(), (2, 1));
        for statement in [
            "SELECT COUNT(*) FROM accounts_audit WHERE action = 'questionnaire.answer' AND person <> ''",
            "SELECT COUNT(*) - 1 FROM ratings_answers",
        ] {
            let row = database::query(statement).fetch_one(&mut *database.read().await.unwrap()).await.unwrap();
            assert_eq!(sqlx::Row::get::<i64, _>(&row, 0), 0, "{statement}");
        }
    })
    .await;
}

#[test]
fn a_definition_names_everything_that_is_wrong() {
    assert_eq!(definition().faults(), []);
    let mut wrong = definition();
    wrong.title.en.clear();
    wrong.questions[1].key = "skill".to_owned();
    wrong.questions[0].kind = QuestionKind::Scale { weight: 101 };
    wrong.questions[2].kind = QuestionKind::Choice { options: Vec::new(), several: false };
    let fields: Vec<String> = wrong.faults().into_iter().map(|fault| fault.field).collect();
    assert_eq!(fields, ["title", "questions[0].kind", "questions[1].key", "questions[2].kind"]);
    wrong.questions.clear();
    assert!(wrong.faults().iter().any(|fault| fault.field == "questions"));
    assert!(INDEX_METHOD.0.contains("100") && INDEX_METHOD.1.contains(&ENOUGH.to_string()));
}

proptest! {
    #[test]
    fn an_index_lies_between_its_scores(levels in prop::collection::vec(0_usize..5, 5..30)) {
        let all: Vec<Replies> = levels.iter().map(|level| {
            replies(Level::ALL[*level], Some(Level::ALL[4 - *level]), "")
        }).collect();
        let results = super::results(1, &definition(), &all);
        let scores: Vec<f64> = results.questions.iter().filter_map(|question| question.score).collect();
        let index = results.index.unwrap();
        prop_assert!(scores.iter().any(|score| *score <= index + 1e-9) && scores.iter().any(|score| *score >= index - 1e-9));
        let keys: BTreeSet<&str> = results.questions.iter().map(|question| question.key.as_str()).collect();
        prop_assert_eq!(keys.len(), 4);
    }
}
