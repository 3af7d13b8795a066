//! Reading: items on a day, their versions, the calendar.

use accounts::{Actor, Permission};
use database::{Connection, Database, Migration};
use jiff::civil::Date;

use crate::sql::{calendar as days, event, version as at_rest};
use crate::{
    Calendar, CalendarYear, Event, EventKind, Group, Item, ItemCode, ItemQuery, Listed, ServiceObject, ServicesError,
    Theme, Version, VersionState, keeper, shipped_calendar,
};

const MIGRATIONS: [Migration; 1] =
    [Migration::new(1, "service items, versions, calendars", include_str!("../migrations/0001_services.sql"))];

/// The service items. Clones share the database.
#[derive(Clone, Debug)]
pub struct Services {
    database: Database,
}

impl Services {
    /// Opens the service items and brings their tables up to date.
    pub async fn open(database: Database) -> Result<Self, ServicesError> {
        database.migrate("services", &MIGRATIONS).await?;
        Ok(Self { database })
    }

    /// Where they are at rest.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// The items in force on a day, by list and code. Public.
    pub async fn items_on(&self, day: Date, asked: &ItemQuery) -> Result<Vec<Version>, ServicesError> {
        let all = at_rest::all_on(&mut *self.database.read().await?, day).await?;
        Ok(asked_for(all, asked))
    }

    /// Like [`Services::items_on`], with the numbers behind each condition. Public.
    pub async fn list(&self, day: Date, asked: &ItemQuery) -> Result<Listed, ServicesError> {
        let all = at_rest::all_on(&mut *self.database.read().await?, day).await?;
        let counted = |asked: &ItemQuery| all.iter().filter(|version| asks_for(asked, &version.item)).count();
        let group = |group: &Group| (*group, counted(&ItemQuery { group: Some(*group), ..asked.clone() }));
        let theme = |theme: &Theme| (*theme, counted(&ItemQuery { theme: Some(*theme), ..asked.clone() }));
        let object = |object: &ServiceObject| (*object, counted(&ItemQuery { object: Some(*object), ..asked.clone() }));
        let (groups, themes) = (Group::ALL.iter().map(group).collect(), Theme::ALL.iter().map(theme).collect());
        let objects = ServiceObject::ALL.iter().map(object).collect();
        Ok(Listed { items: asked_for(all, asked), groups, themes, objects })
    }

    /// See [`version_on`].
    pub async fn version_on(&self, code: &ItemCode, day: Date) -> Result<Option<Version>, ServicesError> {
        version_on(&mut *self.database.read().await?, code, day).await
    }

    /// See [`version`].
    pub async fn version(&self, actor: &Actor, code: &ItemCode, number: i64) -> Result<Version, ServicesError> {
        version(&mut *self.database.read().await?, actor, code, number).await
    }

    /// All versions of an item by number: the public ones, and drafts for those who may write or publish them.
    pub async fn versions(&self, actor: &Actor, code: &ItemCode) -> Result<Vec<Version>, ServicesError> {
        let mut versions = at_rest::of(&mut *self.database.read().await?, code).await?;
        versions.retain(|version| may_see(actor, version));
        if versions.is_empty() { Err(ServicesError::NoItem(code.clone())) } else { Ok(versions) }
    }

    /// The open drafts that the actor may write or publish, by code.
    pub async fn drafts(&self, actor: &Actor) -> Result<Vec<Version>, ServicesError> {
        if !actor.may(Permission::EditItems) {
            actor.require(Permission::PublishItems)?;
        }
        let mut drafts = at_rest::drafts(&mut *self.database.read().await?).await?;
        drafts.retain(|version| may_see(actor, version));
        Ok(drafts)
    }

    /// See [`history`].
    pub async fn history(&self, actor: &Actor, code: &ItemCode) -> Result<Vec<Event>, ServicesError> {
        history(&mut *self.database.read().await?, actor, code).await
    }

    /// See [`calendar`]. Public.
    pub async fn calendar(&self) -> Result<Calendar, ServicesError> {
        calendar(&mut *self.database.read().await?).await
    }

    /// The years whose holidays are known, in order, with the revision that an import has to name. Public.
    pub async fn calendar_years(&self) -> Result<Vec<CalendarYear>, ServicesError> {
        let mut years = days::years(&mut *self.database.read().await?).await?;
        let loaded: Vec<i16> = years.iter().map(|year| year.year).collect();
        let shipped = shipped_calendar().years().filter(|year| !loaded.contains(year));
        years.extend(shipped.map(CalendarYear::shipped));
        years.sort_by_key(|year| year.year);
        Ok(years)
    }
}

/// The version of an item that is in force on a day, inside an open transaction. Public.
pub async fn version_on(
    connection: &mut Connection,
    code: &ItemCode,
    day: Date,
) -> Result<Option<Version>, ServicesError> {
    at_rest::on(connection, code, day).await
}

/// The version of this number; one that is or was a draft alone is there only for those who may write or publish it.
pub async fn version(
    connection: &mut Connection,
    actor: &Actor,
    code: &ItemCode,
    number: i64,
) -> Result<Version, ServicesError> {
    let found = at_rest::get(connection, code, number).await?.filter(|version| may_see(actor, version));
    found.ok_or_else(|| ServicesError::NoVersion { code: code.clone(), number })
}

/// What happened to an item, oldest first. Those who may not write it see publication and withdrawal alone, and no persons.
pub async fn history(connection: &mut Connection, actor: &Actor, code: &ItemCode) -> Result<Vec<Event>, ServicesError> {
    let versions = at_rest::of(&mut *connection, code).await?;
    if !versions.iter().any(|version| may_see(actor, version)) {
        return Err(ServicesError::NoItem(code.clone()));
    }
    let inside = versions.first().is_some_and(|version| is_inside(actor, version));
    let mut events = event::of(connection, code).await?;
    if !inside {
        events
            .retain(|event| matches!(event.kind, EventKind::Published | EventKind::Superseded | EventKind::Withdrawn));
        for event in &mut events {
            event.by = None;
        }
    }
    Ok(events)
}

/// The working days: the years that were loaded, and those that came with the program where none was loaded.
pub async fn calendar(connection: &mut Connection) -> Result<Calendar, ServicesError> {
    let loaded: Vec<i16> = days::years(&mut *connection).await?.iter().map(|year| year.year).collect();
    let shipped = shipped_calendar();
    let missing: Vec<i16> = shipped.years().filter(|year| !loaded.contains(year)).collect();
    let mut all = days::days(connection).await?;
    all.extend(missing.iter().flat_map(|year| shipped.days(*year)).cloned());
    Ok(Calendar::new(loaded.into_iter().chain(missing), all))
}

fn is_inside(actor: &Actor, version: &Version) -> bool {
    let keeper = version.keeper.as_ref();
    keeper::may(actor, Permission::EditItems, keeper) || keeper::may(actor, Permission::PublishItems, keeper)
}

fn may_see(actor: &Actor, version: &Version) -> bool {
    matches!(version.state, VersionState::Published | VersionState::Withdrawn) || is_inside(actor, version)
}

/// Those of all items that are asked for, in the order of the catalogue.
fn asked_for(mut all: Vec<Version>, asked: &ItemQuery) -> Vec<Version> {
    all.retain(|version| asks_for(asked, &version.item));
    all.sort_by(|a, b| (a.item.group, &a.code).cmp(&(b.item.group, &b.code)));
    all
}

fn asks_for(asked: &ItemQuery, item: &Item) -> bool {
    let text = asked.text.as_deref().map(str::to_lowercase).unwrap_or_default();
    let parts = [item.code.as_str(), &item.title.zh, &item.title.en, &item.summary.zh, &item.summary.en];
    let searched = parts.join("\n").to_lowercase();
    asked.group.is_none_or(|group| group == item.group)
        && asked.theme.is_none_or(|theme| theme == item.theme)
        && asked.object.is_none_or(|object| item.objects.contains(&object))
        && text.split_whitespace().all(|word| searched.contains(word))
}
