//! A year of cases: each is sent, taken or not, worked, delivered, rated, as far as the year had room for it.

use accounts::{Actor, Random};
use anyhow::{Context, Result};
use cases::{Act, By, Case, Channel, Contact, Ground, Link, LinkKind, NewCase, Outcome, Plan, Solved, Step, Words};
use fastrand::Rng;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use services::{Calendar, Item, ItemCode, office_day};

use super::outlets::{WITH_STAFF, offered, organisation};
use super::people::{Client, People};
use super::words::{MISSING, QUESTIONS, REASONS, REFUSALS};
use super::{Rooms, answers, follow};
use crate::demo::SEED;

/// Days of the past over which cases are spread.
const YEAR: f64 = 365.0;

/// What is known of one case while its story is told.
pub(super) struct Story<'a> {
    pub(super) rooms: &'a Rooms,
    pub(super) calendar: &'a Calendar,
    pub(super) case: Case,
    pub(super) client: Option<&'a Client>,
    pub(super) staff: &'a [Actor],
    /// Where the story stands in time.
    pub(super) moment: Timestamp,
    /// The moment at which every story ends, told or not.
    pub(super) now: Timestamp,
    pub(super) answer: &'static str,
    /// To the request form.
    answers: services::Answers,
}

/// Tells so many stories. The same number makes the same cases, but for the day on which they are told.
pub(super) async fn tell(rooms: &Rooms, people: &People, count: u32, now: Timestamp) -> Result<()> {
    let calendar = rooms.services.calendar().await?;
    let items = services::catalogue()?;
    for number in 0..count {
        let mut dice = Rng::with_seed(SEED ^ (u64::from(number) << 20));
        if let Some(story) = begin(rooms, people, &items, &calendar, (number, count, now), &mut dice).await? {
            Box::pin(go_on(story, number, &mut dice)).await.with_context(|| format!("case {number}"))?;
        }
    }
    Ok(())
}

async fn begin<'a>(
    rooms: &'a Rooms,
    people: &'a People,
    items: &[Item],
    calendar: &'a Calendar,
    (number, count, now): (u32, u32, Timestamp),
    dice: &mut Rng,
) -> Result<Option<Story<'a>>> {
    // The outlet of the personas has one case in three.
    let outlet = if number.is_multiple_of(3) { 6 } else { dice.u32(WITH_STAFF) };
    let staff = people.staff.get(&outlet).context("an outlet without staff")?;
    // The nearer, the more: every state lives.
    let back = f64::from(count - 1 - number) / f64::from(count);
    let hours = (YEAR * 24.0 * back.powf(2.2)) as i64;
    let arrived = working_moment(calendar, now - SignedDuration::from_hours(hours), dice).min(now);
    let client = people.clients.get(if number.is_multiple_of(9) { 0 } else { dice.usize(..people.clients.len()) });
    let client = client.filter(|_| !number.is_multiple_of(4));
    let (question, answer) = QUESTIONS[dice.usize(..QUESTIONS.len())];
    let Some((item, answers)) = asked_for(outlet, items, client.map_or("来访人", |client| &client.name), dice)
    else {
        return Ok(None);
    };
    let channel = match (client, number % 8) {
        (None, 0) => Channel::Telephone,
        (None, _) => Channel::Counter,
        _ => Channel::Web,
    };
    let key = format!("demonstration-{number:06}");
    let new = NewCase {
        title: question.chars().take(24).collect(),
        channel,
        links: links(number),
        ..NewCase::new(key, item, organisation(outlet), answers.clone(), contact(client, number))
    };
    let actor = client.map_or(&staff[0], |client| &client.actor);
    let receipt = rooms.cases.submit(arrived, By::from(actor), &new).await?;
    let untold = receipt.case.version == 1;
    let story = Story { rooms, calendar, case: receipt.case, client, staff, moment: arrived, now, answer, answers };
    Ok(untold.then_some(story))
}

/// An item that the outlet offers and whose form can be answered; consultation and searches more often than others.
fn asked_for(outlet: u32, items: &[Item], name: &str, dice: &mut Rng) -> Option<(ItemCode, services::Answers)> {
    let offered = offered(outlet);
    for _ in 0..12 {
        let often = ["B08", "B02", "B03", "B05", "W-C01", "W-R01", "B04"];
        let code =
            if dice.f64() < 0.6 { (*dice.choice(often.iter())?).to_owned() } else { dice.choice(&offered)?.clone() };
        let found = items.iter().find(|item| item.code.as_str() == code && offered.contains(&code));
        let Some(item) = found else { continue };
        if let Some(answers) = answers::of(&item.form, name, dice) {
            return Some((item.code.clone(), answers));
        }
    }
    None
}

fn contact(client: Option<&Client>, number: u32) -> Contact {
    match client {
        Some(client) => Contact { name: client.name.clone(), email: client.email.clone(), ..Contact::default() },
        None => Contact {
            name: format!("来访人{}", number % 50 + 1),
            telephone: format!("1380000{:04}", number % 10_000),
            ..Contact::default()
        },
    }
}

fn links(number: u32) -> Vec<Link> {
    if !number.is_multiple_of(5) {
        return Vec::new();
    }
    let target = "石墨烯 电池".to_owned();
    vec![Link { kind: LinkKind::Search, label: target.clone(), target }]
}

/// Some time of office hours on this day, or on the next working day.
fn working_moment(calendar: &Calendar, moment: Timestamp, dice: &mut Rng) -> Timestamp {
    let day: Date = calendar.working_day_from(office_day(moment));
    // Nine in the morning in China.
    let nine = services::end_of_day(day) - SignedDuration::from_hours(15);
    nine + SignedDuration::from_mins(dice.i64(0..480))
}

impl Story<'_> {
    /// Lets so many working days pass; false when that would be after the end of the story.
    pub(super) fn pass(&mut self, days: i64, dice: &mut Rng) -> bool {
        let day = self.calendar.add_working_days(office_day(self.moment), days);
        let later = working_moment(self.calendar, services::end_of_day(day) - SignedDuration::from_hours(12), dice);
        let next = later.max(self.moment + SignedDuration::from_mins(20));
        if next > self.now {
            return false;
        }
        self.moment = next;
        true
    }

    pub(super) fn lead(&self) -> &Actor {
        &self.staff[self.staff.len() - 1]
    }

    /// One window: the office that decides has it for a while; false when it still does.
    async fn hand_on(&mut self, number: u32, dice: &mut Rng) -> Result<bool> {
        let (office, reference) = ("国家知识产权局（演示）".to_owned(), format!("YS{:08}", 1000 + number));
        self.act(None, Act::HandOn { office, reference }).await?;
        if !self.pass(1, dice) {
            return Ok(false);
        }
        self.act(None, Act::StatusBack { status: "已收件，形式审查中。".to_owned() }).await?;
        if !self.pass(dice.i64(1..3), dice) {
            return Ok(false);
        }
        self.act(None, Act::TakeBack { status: "已办结。".to_owned() }).await?;
        Ok(true)
    }

    /// The client asks the same once more: the second request goes on in the first.
    async fn asked_again(&mut self, number: u32) -> Result<()> {
        let by = self.client.map_or(&self.staff[0], |client| &client.actor);
        let key = format!("demonstration-{number:06}-again");
        let (item, outlet, answers) = (self.case.item.clone(), self.case.outlet.clone(), self.answers.clone());
        let new = NewCase {
            title: self.case.title.clone(),
            channel: self.case.channel,
            ..NewCase::new(key, item, outlet, answers, contact(self.client, number))
        };
        let again = self.rooms.cases.submit(self.moment, By::from(by), &new).await?.case;
        let (by, merge) =
            (By::from(self.lead()), Act::Merge { into: self.case.id.clone(), reason: "同一事项重复提交。".to_owned() });
        let step = Step { by, case: &again.id, version: again.version, key: "" };
        self.rooms.cases.act(self.moment, &step, &merge).await?;
        // The case that goes on has changed by it.
        let file = self.rooms.cases.case(self.moment, By::from(self.lead()), &self.case.id).await?;
        self.case = file.case;
        Ok(())
    }

    /// The notes of the work that its item asks for.
    async fn keep_records(&self) -> Result<()> {
        for record in &self.case.records {
            let id = Random::from_system().id(self.moment);
            let words = format!("{}：已留存。", record.label("zh"));
            let said = Words { id: &id, words: &words, internal: true, record: Some(*record) };
            self.rooms.cases.say(self.moment, By::from(&self.staff[0]), &self.case.id, &said).await?;
        }
        Ok(())
    }

    pub(super) async fn act(&mut self, by: Option<&Actor>, act: Act) -> Result<()> {
        let actor = by.unwrap_or(&self.staff[0]);
        let key = format!("{}-{:?}-{}", self.case.id, act.action(), self.case.version);
        let step = Step { by: By::from(actor), case: &self.case.id, version: self.case.version, key: &key };
        self.case = self.rooms.cases.act(self.moment, &step, &act).await.with_context(|| format!("{act:?}"))?;
        Ok(())
    }
}

/// The working days that staff take: mostly within the promise, now and then beyond it.
fn working_days(dice: &mut Rng) -> i64 {
    if dice.f64() < 0.1 { dice.i64(8..16) } else { dice.i64(1..4) }
}

async fn go_on(mut story: Story<'_>, number: u32, dice: &mut Rng) -> Result<()> {
    if !story.pass(dice.i64(0..2), dice) {
        return Ok(());
    }
    match number % 25 {
        7 => return story.act(None, Act::Refuse { reason: REFUSALS[dice.usize(..REFUSALS.len())].to_owned() }).await,
        11 => {
            let missing = MISSING.iter().take(1 + dice.usize(..MISSING.len())).map(|what| (*what).to_owned()).collect();
            story.act(None, Act::AskSupplement { missing }).await?;
            let client = story.client;
            let Some(client) = client.filter(|_| story.pass(2, dice)) else { return Ok(()) };
            let supplement =
                Act::Supplement { answers: services::Answers::new(), note: "已补充材料。".to_owned() };
            story.act(Some(&client.actor), supplement).await?;
            if !story.pass(1, dice) {
                return Ok(());
            }
        }
        18 => {
            let client = story.client;
            let by = client.map(|client| &client.actor);
            return story.act(by, Act::Withdraw { reason: "问题已自行解决。".to_owned() }).await;
        }
        _ => {}
    }
    story.act(None, Act::Accept).await?;
    Box::pin(work(story, number, dice)).await
}

async fn work(mut story: Story<'_>, number: u32, dice: &mut Rng) -> Result<()> {
    if !story.pass(dice.i64(0..2), dice) {
        return Ok(());
    }
    let days = working_days(dice);
    let agreed = story.calendar.add_working_days(office_day(story.moment), days.clamp(2, 3) + 2);
    let staff = story.staff.iter().take(2).filter_map(|actor| actor.id().cloned()).collect();
    let plan = Plan {
        staff,
        plan: "明确问题，选定数据源，检索与整理，形成书面答复并说明用法。".to_owned(),
        deadline: story.case.due_on.map_or(agreed, |due| agreed.min(due)),
        contact: format!("{} 400-000-1006", story.staff[0].name()),
    };
    story.act(None, Act::SetUp(plan)).await?;
    if number % 50 == 28 {
        story.asked_again(number).await?;
    }
    if !story.pass(0, dice) {
        return Ok(());
    }
    story.act(None, Act::Begin).await?;
    if story.case.item.as_str().starts_with("W-") && number % 3 != 1 && !story.hand_on(number, dice).await? {
        return Ok(());
    }
    if number % 25 == 14 && story.pass(1, dice) {
        story.act(None, Act::Pause { reason: REASONS[0].to_owned() }).await?;
        if !story.pass(3, dice) {
            return Ok(());
        }
        story.act(None, Act::Resume).await?;
    }
    if number % 25 == 16 {
        let lead = story.lead().clone();
        let reason = REASONS[1].to_owned();
        story.act(Some(&lead), Act::Extend { ground: Ground::Complexity, days: 2, reason }).await?;
    }
    if number % 25 == 21 && story.pass(1, dice) {
        story.act(None, Act::Escalate { reason: REASONS[2].to_owned() }).await?;
    }
    if !story.pass(days, dice) {
        return Ok(());
    }
    story.act(None, Act::Deliver { result: story.answer.to_owned() }).await?;
    close(story, number, dice).await
}

async fn close(mut story: Story<'_>, number: u32, dice: &mut Rng) -> Result<()> {
    if !story.pass(dice.i64(1..4), dice) {
        return Ok(());
    }
    let unhappy = number % 10 == 3;
    let (solved, outcome) = match (unhappy, dice.u32(..8)) {
        (true, _) => (Solved::No, Outcome::NotSolved),
        (false, 0) => (Solved::Partly, Outcome::Partly),
        _ => (Solved::Yes, Outcome::Solved),
    };
    let client = story.client;
    match client {
        Some(client) => story.act(Some(&client.actor), Act::Confirm { solved, words: String::new() }).await?,
        None => story.act(None, Act::FollowUp { note: "电话回访。".to_owned(), solved: Some(solved) }).await?,
    }
    if !story.pass(1, dice) {
        return Ok(());
    }
    story.keep_records().await?;
    let summary = if number.is_multiple_of(4) { format!("办理要点：{}", story.answer) } else { String::new() };
    let attended = story.case.counts_who_came().then(|| dice.i64(18..120));
    story.act(None, Act::Archive { outcome, settlement: None, attended, summary }).await?;
    follow::rate(story, unhappy, dice).await
}
