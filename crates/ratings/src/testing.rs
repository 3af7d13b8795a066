//! A small service for the tests of this crate: a nation, a province, two outlets, one item, and people.

use accounts::{Actor, Role, Secret};
use cases::{By, Case, CaseId, Cases, Contact, NewCase, Receipt, Step};
use database::Database;
use jiff::Timestamp;
use jiff::civil::date;
use network::{Kind, Network, NewOrganisation, Profile};
use notices::{Inbox, Notices};
use services::{ItemCode, Seen, Services, Text};

use crate::rateable::Place;
use crate::{
    Act, Action, Channel, FollowUp, FollowUpId, Level, NewRating, Opinion, OwnRating, Rateable, Ratings, RatingsError,
    Subject, act, rate,
};
pub(crate) use accounts::testing::{actor, days, id, now, organisation, person};

/// Someone with an account and no role.
pub(crate) fn client(number: u32) -> Actor {
    Actor::person(person(number), "张三", Vec::new())
}

/// Staff of an outlet.
pub(crate) fn staff(outlet: u32) -> Actor {
    actor(100 + outlet, Role::OutletStaff, &[outlet])
}

/// The administration of the province.
pub(crate) fn province() -> Actor {
    actor(200, Role::Administrator, &[2, 3, 4])
}

pub(crate) fn item() -> ItemCode {
    "B02".parse().unwrap()
}

/// The small service.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) ratings: Ratings,
    pub(crate) notices: Notices,
    pub(crate) cases: Cases,
}

impl World {
    pub(crate) async fn new(database: Database) -> Self {
        accounts::migrate(&database).await.unwrap();
        Network::open(database.clone()).await.unwrap();
        Services::open(database.clone()).await.unwrap();
        let notices = Notices::open(database.clone()).await.unwrap();
        let ratings = Ratings::open(database.clone()).await.unwrap();
        let cases = Cases::open(database.clone(), Secret::new([7; 32])).await.unwrap();
        let world = Self { database, ratings, notices, cases };
        world.enter().await;
        world
    }

    async fn enter(&self) {
        let mut write = self.database.write().await.unwrap();
        for (number, parent, level, region) in [
            (1, None, network::Level::Nation, "000000"),
            (2, Some(1), network::Level::Province, "500000"),
            (3, Some(2), network::Level::Outlet, "500106"),
            (4, Some(2), network::Level::Outlet, "500105"),
        ] {
            let kind = if number < 3 { Kind::Administration } else { Kind::Tisc };
            let profile = Profile::new(&format!("第{number}机构"), kind, level, region.parse().unwrap());
            let parent = parent.map(organisation);
            let new = NewOrganisation { id: organisation(number), parent, from: date(2020, 1, 1), profile };
            network::create(&mut write, now(), &new).await.unwrap();
        }
        let program = Actor::system("test");
        let mut item = services::catalogue().unwrap().into_iter().find(|found| found.code == item()).unwrap();
        for field in item.form.steps.iter_mut().flat_map(|step| &mut step.fields) {
            field.required = false;
            field.required_if.clear();
        }
        let new = services::NewDraft { key: &id(9_000), keeper: None, item: &item };
        let made = services::draft(&mut write, now(), &program, &new).await.unwrap();
        let seen = Seen { code: &item.code, number: made.number, revision: made.revision };
        services::publish(&mut write, now(), &program, seen, (date(2024, 1, 1), None), None).await.unwrap();
        write.commit().await.unwrap();
    }

    /// Rates a matter in a transaction of its own.
    pub(crate) async fn rate(
        &self,
        at: Timestamp,
        by: &Actor,
        what: &Rateable,
        new: &NewRating<'_>,
    ) -> Result<OwnRating, RatingsError> {
        let mut write = self.database.write().await?;
        let rated = rate(&mut write, at, by, what, new).await?;
        write.commit().await?;
        Ok(rated)
    }

    /// The follow-up of a bad rating of matter 1 at outlet 3, given by name or not.
    pub(crate) async fn bad(&self, number: u32, anonymous: bool) -> FollowUp {
        let (key, opinion) = (key(number), opinion(Level::Dissatisfied));
        let new = NewRating { opinion, anonymous, ..named(&key, number) };
        let rated = self.rate(now(), &client(1), &matter(number, 3), &new).await.unwrap();
        self.ratings.follow_up_of(&staff(3), &rated.id).await.unwrap().unwrap()
    }

    /// Takes a step with some words, in a transaction of its own.
    pub(crate) async fn step(
        &self,
        at: Timestamp,
        by: &Actor,
        (id, version): (&FollowUpId, i64),
        action: Action,
    ) -> Result<FollowUp, RatingsError> {
        let mut write = self.database.write().await?;
        let assignee = person(103);
        let step = Act { id, version, action, words: "说明情况", assignee: Some(&assignee) };
        let after = act(&mut write, at, by, &step).await?;
        write.commit().await?;
        Ok(after)
    }

    /// A request of a client at outlet 3.
    pub(crate) async fn submitted(&self, number: u32) -> Receipt {
        let contact = Contact { name: "张三".to_owned(), telephone: "13800001234".to_owned(), ..Contact::default() };
        let mut new = NewCase::new(key(number), item(), organisation(3), serde_json::Map::new(), contact);
        "查一下".clone_into(&mut new.title);
        self.cases.submit(now(), By::from(&client(number)), &new).await.unwrap()
    }

    /// A case of a client at outlet 3 that was worked and archived on the first day.
    pub(crate) async fn archived(&self, number: u32) {
        let receipt = self.submitted(number).await;
        let plan = cases::Plan {
            staff: vec![person(103)],
            plan: "查".to_owned(),
            deadline: date(2026, 6, 5),
            contact: "王工".to_owned(),
        };
        let mut case = receipt.case;
        let staff = actor(103, Role::OutletLead, &[3]);
        for act in [cases::Act::Accept, cases::Act::SetUp(plan), cases::Act::Begin] {
            case = self.done(&staff, &case, &act).await;
        }
        let mut write = self.database.write().await.unwrap();
        // How a case comes to be archived is the business of its own room.
        let close = "UPDATE cases_cases SET state = 'archived', is_open = 0, closed_at = '2026-06-01T08:00:00.000Z'";
        database::query(close).execute(&mut *write).await.unwrap();
        write.commit().await.unwrap();
    }

    /// Does an act to a case.
    pub(crate) async fn done(&self, by: &Actor, case: &Case, act: &cases::Act) -> Case {
        let step = Step { by: By::from(by), case: &case.id, version: case.version, key: "" };
        self.cases.act(now(), &step, act).await.unwrap()
    }

    /// Keys of the notices in an inbox, oldest first.
    pub(crate) async fn told(&self, of: Inbox<'_>) -> Vec<String> {
        let page = self.notices.inbox(of, None, 100).await.unwrap();
        page.items.into_iter().rev().map(|item| item.template).collect()
    }
}

/// A key that a form would make.
pub(crate) fn key(number: u32) -> String {
    format!("key-of-a-form-{number:06}")
}

/// The matter with this number at an outlet, to be rated by whoever holds this.
pub(crate) fn matter(number: u32, outlet: u32) -> Rateable {
    Rateable {
        place: Place::Subject(Subject::Case(CaseId(id(5_000 + number)))),
        reference: format!("HZ-2026-{number:06}-0"),
        title: Text::new("信息检索", "Search"),
        outlet: organisation(outlet),
        item: Some(item()),
        told_to: None,
    }
}

pub(crate) fn opinion(level: Level) -> Opinion {
    Opinion { level, tags: Vec::new(), words: String::new() }
}

/// A very good rating by name on the web.
pub(crate) fn named(key: &str, number: u32) -> NewRating<'_> {
    let mut random = [9; 10];
    random[6..].copy_from_slice(&number.to_be_bytes());
    NewRating { key, channel: Channel::Web, opinion: opinion(Level::VerySatisfied), anonymous: false, random }
}
