//! People of every role; all of them are made up.

use std::collections::BTreeMap;

use accounts::{Accounts, Actor, Language, NewGrant, Origin, Password, PersonId, Random, Role, SignUp};
use anyhow::Result;
use jiff::Timestamp;
use network::OrganisationId;
use web::Persona;

use super::outlets::{WITH_STAFF, organisation};
use super::{OPENED, Rooms, system};

/// Someone whom anybody may be with one click: mail box, name, title in both languages, role and where.
type Row = (&'static str, &'static str, &'static str, &'static str, Option<(Role, Option<u32>)>);

#[rustfmt::skip]
const PERSONAS: &[Row] = &[
    ("client", "周示范", "申请人 周示范", "Zhou, a client", None),
    ("staff", "李演示", "网点工作人员 李演示（渝中）", "Li, outlet staff (Yuzhong)", Some((Role::OutletStaff, Some(6)))),
    ("lead", "王演示", "网点负责人 王演示（渝中）", "Wang, outlet lead (Yuzhong)", Some((Role::OutletLead, Some(6)))),
    ("city", "赵演示", "管理部门 赵演示（重庆）", "Zhao, administrator (Chongqing)", Some((Role::Administrator, Some(2)))),
    ("nation", "钱演示", "管理部门 钱演示（全国）", "Qian, administrator (national)", Some((Role::Administrator, Some(1)))),
    ("shenzhen", "江演示", "管理部门 江演示（深圳）", "Jiang, administrator (Shenzhen)", Some((Role::Administrator, Some(1_101)))),
    ("guangdong", "方演示", "管理部门 方演示（广东）", "Fang, administrator (Guangdong)", Some((Role::Administrator, Some(3)))),
    ("expert", "沈演示", "评审专家 沈演示", "Shen, expert", Some((Role::Expert, Some(1)))),
    ("expert2", "韦演示", "评审专家 韦演示", "Wei, expert", Some((Role::Expert, Some(1)))),
    ("expert3", "贺演示", "评审专家 贺演示", "He, expert", Some((Role::Expert, Some(1)))),
    ("data", "孙演示", "数据管理员 孙演示", "Sun, data steward", Some((Role::DataSteward, None))),
    ("audit", "吴演示", "审计员 吴演示", "Wu, auditor", Some((Role::Auditor, None))),
    ("operator", "郑演示", "运维人员 郑演示", "Zheng, operator", Some((Role::Operator, None))),
];

/// Clients besides the one of the personas.
const CLIENTS: [&str; 12] = [
    "陈示范",
    "林示范",
    "黄示范",
    "何示范",
    "高示范",
    "罗示范",
    "梁示范",
    "宋示范",
    "唐示范",
    "许示范",
    "韩示范",
    "冯示范",
];
/// Staff of outlets: two and a lead at each.
const SURNAMES: [&str; 16] =
    ["邓", "曹", "彭", "曾", "肖", "田", "董", "潘", "袁", "蔡", "蒋", "余", "于", "杜", "叶", "程"];

/// Who acts in the cases.
pub(super) struct People {
    pub(super) clients: Vec<Client>,
    /// By number of the outlet: staff, the lead last.
    pub(super) staff: BTreeMap<u32, Vec<Actor>>,
}

/// A client with an account.
pub(super) struct Client {
    pub(super) actor: Actor,
    pub(super) name: String,
    pub(super) email: String,
}

fn address(mailbox: &str) -> String {
    format!("{mailbox}@demo.example")
}

/// Makes the accounts that are not there yet, with their roles.
pub(super) async fn enter(rooms: &Rooms, now: Timestamp) -> Result<People> {
    let mut people = People { clients: Vec::new(), staff: BTreeMap::new() };
    for (mailbox, name, .., role) in PERSONAS {
        let person = account(rooms, (mailbox, name), now).await?;
        if let Some((role, at)) = role {
            give(rooms, &person, *role, at.map(organisation), now).await?;
        } else {
            people.clients.push(client(rooms, person, (mailbox, name), now).await?);
        }
        if let Some((Role::OutletStaff | Role::OutletLead, Some(at))) = role {
            people
                .staff
                .entry(*at)
                .or_default()
                .push(rooms.accounts.actor_of(&person_of(rooms, mailbox, now).await?, now).await?);
        }
    }
    for (number, name) in CLIENTS.iter().enumerate() {
        let mailbox = format!("client{}", number + 2);
        let person = account(rooms, (&mailbox, name), now).await?;
        people.clients.push(client(rooms, person, (&mailbox, name), now).await?);
    }
    for outlet in WITH_STAFF.filter(|outlet| *outlet != 6) {
        for place in 0..3_u32 {
            let surname = SURNAMES[(outlet * 3 + place) as usize % SURNAMES.len()];
            let (mailbox, name) = (format!("staff{outlet}-{place}"), format!("{surname}演示"));
            let person = account(rooms, (&mailbox, &name), now).await?;
            let role = if place == 2 { Role::OutletLead } else { Role::OutletStaff };
            give(rooms, &person, role, Some(organisation(outlet)), now).await?;
            let actor = rooms.accounts.actor_of(&person, now).await?;
            people.staff.entry(outlet).or_default().push(actor);
        }
    }
    Ok(people)
}

async fn client(rooms: &Rooms, person: PersonId, (mailbox, name): (&str, &str), now: Timestamp) -> Result<Client> {
    let actor = rooms.accounts.actor_of(&person, now).await?;
    Ok(Client { actor, name: name.to_owned(), email: address(mailbox) })
}

/// The account of a mail box; made when it is not there.
async fn account(rooms: &Rooms, (mailbox, name): (&str, &str), now: Timestamp) -> Result<PersonId> {
    if let Some(known) = find(&rooms.accounts, mailbox, now).await? {
        return Ok(known);
    }
    let mut random = Random::from_system();
    let secret: [u8; 16] = random.bytes();
    let password = u128::from_le_bytes(secret).to_string();
    let asked = SignUp {
        key: format!("demonstration-{mailbox}"),
        name: name.to_owned(),
        email: Some(address(mailbox)),
        telephone: None,
        password: Password::typed(password),
        language: Language::Chinese,
        wants_mail: false,
        agrees: true,
    };
    // An address each: as many accounts as these are not made from one in an hour.
    let origin = Origin { device: "demonstration".to_owned(), address: mailbox.to_owned() };
    Ok(rooms.accounts.sign_up(&system(), &asked, &origin, now, &mut random).await?.id)
}

async fn find(accounts: &Accounts, mailbox: &str, now: Timestamp) -> Result<Option<PersonId>> {
    Ok(accounts.find(&system(), &address(mailbox), now).await?.map(|person| person.id))
}

async fn person_of(rooms: &Rooms, mailbox: &str, now: Timestamp) -> Result<PersonId> {
    find(&rooms.accounts, mailbox, now).await?.ok_or_else(|| anyhow::anyhow!("{mailbox} has no account"))
}

async fn give(
    rooms: &Rooms,
    person: &PersonId,
    role: Role,
    organisation: Option<OrganisationId>,
    now: Timestamp,
) -> Result<()> {
    let new = NewGrant { person: person.clone(), role, organisation, from: OPENED, to: None, reason: None };
    rooms.accounts.give(&system(), &new, now, &mut Random::from_system()).await?;
    Ok(())
}

/// Those whom anybody may be, as far as they are there.
pub(super) async fn personas(accounts: &Accounts, now: Timestamp) -> Result<Vec<Persona>> {
    let mut personas = Vec::new();
    for (mailbox, _, zh, en, _) in PERSONAS {
        if let Some(person) = find(accounts, mailbox, now).await? {
            personas.push(Persona { person, zh: (*zh).to_owned(), en: (*en).to_owned() });
        }
    }
    Ok(personas)
}
