//! The network as Open Referral HSDS 3: one JSON object with a list for each table.
//!
//! Ids are UUIDs: those of organisations are the same 128 bits as here, those of the other rows are made from them.
//! What HSDS has no place for (kind, level, region, state, first day, qualification, promise, staff, confirmation) are
//! attributes whose `link_type` is the column of the CSV file. <https://docs.openreferral.org/en/latest/hsds/>

use std::collections::BTreeMap;

use database::{Connection, Write};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::counties::Problem;
use crate::id::uuid;
use crate::import::{self, Import, Imported};
use crate::row::{self, COLUMNS, Row};
use crate::table::everything;
use crate::{Id, NetworkError, Organisation, Status, division_on};

/// Columns that travel as attributes.
const ATTRIBUTES: [&str; 11] = [
    "kind",
    "level",
    "region",
    "status",
    "from",
    "qualification",
    "promise",
    "full_time",
    "part_time",
    "confirmed_by",
    "confirmed_at",
];
/// The attribute of a service that holds its code.
const SERVICE_CODE: &str = "service_code";

/// The id of a row that belongs to another: the same each time. FNV-1a over 128 bits, marked as a UUID of version 8.
fn derived(owner: &str, part: &str) -> String {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let bytes = owner.bytes().chain(*b"/").chain(part.bytes());
    let hash = bytes.fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128, |hash, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(PRIME)
    });
    let plain = hash & !(0xf << 76) & !(0x3 << 62);
    uuid(plain | 8 << 76 | 2 << 62)
}

/// The tables being filled.
#[derive(Default)]
struct Tables(BTreeMap<&'static str, Vec<Value>>);

impl Tables {
    /// Adds a row without its empty members.
    fn add(&mut self, table: &'static str, mut row: Value) {
        if let Some(members) = row.as_object_mut() {
            members.retain(|_, value| !value.is_null());
        }
        self.0.entry(table).or_default().push(row);
    }

    fn attribute(&mut self, (entity, owner): (&str, &str), name: &str, value: &str) {
        self.add(
            "attributes",
            json!({
                "id": derived(owner, name), "link_id": owner, "link_entity": entity, "link_type": name,
                "taxonomy_term_id": derived("term", name), "value": value,
            }),
        );
    }
}

/// Writes everything that is not closed on a day. `name` gives the name of a service for its code, where one is known.
pub async fn export_hsds(
    connection: &mut Connection,
    as_of: Date,
    name: &(dyn Fn(&str) -> Option<String> + Sync),
) -> Result<Value, NetworkError> {
    let mut tables = Tables::default();
    let lists = ["organizations", "services", "locations", "service_at_locations", "schedules", "phones", "addresses"];
    for list in lists.into_iter().chain(["accessibility", "attributes", "organization_identifiers"]) {
        tables.0.insert(list, Vec::new());
    }
    for term in ATTRIBUTES.into_iter().chain([SERVICE_CODE]) {
        let id = derived("term", term);
        let description = format!("Column {term} of the service network");
        tables.add(
            "taxonomy_terms",
            json!({ "id": id, "code": term, "name": term, "description": description, "taxonomy": "huizhi" }),
        );
    }
    for organisation in everything(connection, as_of).await? {
        add_organisation(&mut tables, &organisation);
        add_location(&mut tables, &organisation, as_of);
        add_services(&mut tables, &organisation, name);
    }
    Ok(Value::Object(tables.0.into_iter().map(|(table, rows)| (table.to_owned(), Value::Array(rows))).collect()))
}

fn add_organisation(tables: &mut Tables, organisation: &Organisation) {
    let (id, profile) = (organisation.id.0.to_uuid(), &organisation.profile);
    tables.add(
        "organizations",
        json!({
            "id": id, "name": profile.name_zh, "alternate_name": profile.name_en,
            "description": format!("{} · {}", profile.kind.label("zh"), profile.kind.label("en")),
            "email": profile.email, "website": profile.website,
            "parent_organization_id": organisation.parent.as_ref().map(|parent| parent.0.to_uuid()),
        }),
    );
    let cells = row::cells(organisation);
    for (column, cell) in
        COLUMNS.iter().zip(&cells).filter(|(column, cell)| ATTRIBUTES.contains(column) && !cell.is_empty())
    {
        tables.attribute(("organization", &id), column, cell);
    }
    if let Some(code) = &profile.code {
        tables.add(
            "organization_identifiers",
            json!({ "id": derived(&id, "code"), "organization_id": id, "identifier_type": "GB 32100", "identifier": code }),
        );
    }
    for (purpose, number) in [("telephone", &profile.telephone), ("complaint_telephone", &profile.complaint_telephone)]
    {
        if let Some(number) = number {
            tables.add(
                "phones",
                json!({
                    "id": derived(&id, purpose), "organization_id": id, "number": number, "type": "voice",
                    "description": purpose,
                }),
            );
        }
    }
}

fn add_location(tables: &mut Tables, organisation: &Organisation, as_of: Date) {
    let (id, profile) = (organisation.id.0.to_uuid(), &organisation.profile);
    let place = derived(&id, "location");
    tables.add(
        "locations",
        json!({
            "id": place, "location_type": "physical", "organization_id": id, "name": profile.name_zh,
            "latitude": profile.position.map(|position| position.latitude),
            "longitude": profile.position.map(|position| position.longitude),
        }),
    );
    if profile.address.is_some() || profile.postcode.is_some() {
        let region = |code: Option<crate::RegionCode>| {
            code.and_then(|code| division_on(&code, as_of)).map_or("", |region| region.name.as_str())
        };
        let province = region(profile.region.province());
        let city = region(profile.region.prefecture());
        tables.add(
            "addresses",
            json!({
                "id": derived(&id, "address"), "location_id": place,
                "address_1": profile.address.as_deref().unwrap_or_default(),
                "city": if city.is_empty() { province } else { city }, "state_province": province,
                "postal_code": profile.postcode.as_deref().unwrap_or_default(),
                "country": "CN", "address_type": "physical",
            }),
        );
    }
    if let Some(text) = &profile.accessibility {
        tables.add(
            "accessibility",
            json!({ "id": derived(&id, "accessibility"), "location_id": place, "description": text }),
        );
    }
    for (number, hours) in profile.hours.iter().enumerate() {
        tables.add(
            "schedules",
            json!({
                "id": derived(&id, &format!("hours {number}")), "location_id": place, "freq": "WEEKLY",
                "byday": hours.weekday.code(), "timezone": 8, "notes": hours.note,
                "opens_at": format!("{}+08:00", row::minutes(hours.from)),
                "closes_at": format!("{}+08:00", row::minutes(hours.to)),
            }),
        );
    }
}

fn add_services(tables: &mut Tables, organisation: &Organisation, name: &dyn Fn(&str) -> Option<String>) {
    let id = organisation.id.0.to_uuid();
    let confirmed = organisation.confirmed.as_ref().map(|confirmation| confirmation.at.to_string()[..10].to_owned());
    for code in &organisation.profile.services {
        let service = derived(&id, &format!("service {code}"));
        let status = if organisation.status == Status::Active { "active" } else { "temporarily closed" };
        tables.add(
            "services",
            json!({
                "id": service, "organization_id": id, "name": name(code).unwrap_or_else(|| code.clone()),
                "status": status, "assured_date": confirmed,
            }),
        );
        tables.attribute(("service", &service), SERVICE_CODE, code);
        let (link, place) = (derived(&service, "place"), derived(&id, "location"));
        tables.add("service_at_locations", json!({ "id": link, "service_id": service, "location_id": place }));
    }
}

/// Imports what [`export_hsds`] writes, by the rules of [`crate::import_csv`]. A problem names the organisation by its
/// place in the list, from 1.
pub async fn import_hsds(write: &mut Write, json: &[u8], import: Import<'_>) -> Result<Imported, NetworkError> {
    import::rows(write, import, read(json)).await
}

/// The rows of a table by the row they belong to.
type Owned<'v> = BTreeMap<&'v str, Vec<&'v Map<String, Value>>>;

fn owned<'v>(file: &'v Value, table: &str, owner: &str) -> Owned<'v> {
    let rows = file.get(table).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
    let mut owned = Owned::new();
    for row in rows {
        owned.entry(text(row, owner)).or_default().push(row);
    }
    owned
}

fn text<'v>(row: &'v Map<String, Value>, member: &str) -> &'v str {
    row.get(member).and_then(Value::as_str).unwrap_or_default()
}

fn rows_of<'o, 'v>(table: &'o Owned<'v>, owner: &str) -> &'o [&'v Map<String, Value>] {
    table.get(owner).map_or(&[], Vec::as_slice)
}

fn read(json: &[u8]) -> Result<Vec<Row>, Vec<Problem>> {
    let unreadable = |error: serde_json::Error| {
        vec![Problem::new(error.line() as u64, "", "文件不是 JSON", format!("the file is no JSON: {error}"))]
    };
    let file: Value = serde_json::from_slice(json).map_err(unreadable)?;
    let Some(organisations) = file.get("organizations").and_then(Value::as_array) else {
        return Err(vec![Problem::new(
            1,
            "organizations",
            "缺少 organizations 列表",
            "there is no list «organizations»",
        )]);
    };
    let tables = Read {
        attributes: owned(&file, "attributes", "link_id"),
        phones: owned(&file, "phones", "organization_id"),
        identifiers: owned(&file, "organization_identifiers", "organization_id"),
        services: owned(&file, "services", "organization_id"),
        locations: owned(&file, "locations", "organization_id"),
        addresses: owned(&file, "addresses", "location_id"),
        schedules: owned(&file, "schedules", "location_id"),
        accessibility: owned(&file, "accessibility", "location_id"),
    };
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    for (number, organisation) in (1..).zip(organisations) {
        let Some(organisation) = organisation.as_object() else {
            problems.push(Problem::new(number, "organizations", "须为对象", "an organisation must be an object"));
            continue;
        };
        match tables.cells(number, organisation) {
            Ok(cells) => match row::read(number, &|column| cells.get(column).cloned().unwrap_or_default()) {
                Ok(row) => rows.push(row),
                Err(wrong) => problems.extend(wrong),
            },
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(rows) } else { Err(problems) }
}

/// The tables of a file by their owners.
struct Read<'v> {
    attributes: Owned<'v>,
    phones: Owned<'v>,
    identifiers: Owned<'v>,
    services: Owned<'v>,
    locations: Owned<'v>,
    addresses: Owned<'v>,
    schedules: Owned<'v>,
    accessibility: Owned<'v>,
}

impl Read<'_> {
    /// An organisation as the cells of a CSV row.
    fn cells(&self, line: u64, organisation: &Map<String, Value>) -> Result<BTreeMap<&'static str, String>, Problem> {
        let id = text(organisation, "id");
        let ulid = |column: &str, uuid: &str| match Id::from_uuid(uuid) {
            Ok(id) => Ok(id.to_string()),
            Err(_) if uuid.is_empty() => Ok(String::new()),
            Err(_) => Err(Problem::new(line, column, format!("«{uuid}» 不是 UUID"), format!("«{uuid}» is no UUID"))),
        };
        let mut cells = BTreeMap::from([
            ("id", ulid("id", id)?),
            ("parent", ulid("parent_organization_id", text(organisation, "parent_organization_id"))?),
            ("name_zh", text(organisation, "name").to_owned()),
            ("name_en", text(organisation, "alternate_name").to_owned()),
            ("email", text(organisation, "email").to_owned()),
            ("website", text(organisation, "website").to_owned()),
        ]);
        for attribute in rows_of(&self.attributes, id) {
            if let Some(column) = ATTRIBUTES.iter().find(|column| **column == text(attribute, "link_type")) {
                cells.insert(column, text(attribute, "value").to_owned());
            }
        }
        if let Some(identifier) = rows_of(&self.identifiers, id).first() {
            cells.insert("code", text(identifier, "identifier").to_owned());
        }
        for phone in rows_of(&self.phones, id) {
            let complaint = text(phone, "description") == "complaint_telephone";
            let column = if complaint { "complaint_telephone" } else { "telephone" };
            cells.entry(column).or_insert_with(|| text(phone, "number").to_owned());
        }
        cells.insert("services", self.service_codes(id).join(" "));
        if let Some(location) = rows_of(&self.locations, id).first() {
            self.place(location, &mut cells);
        }
        Ok(cells)
    }

    fn service_codes(&self, id: &str) -> Vec<&str> {
        let services = rows_of(&self.services, id).iter();
        let code = |service: &&Map<String, Value>| {
            let attributes = rows_of(&self.attributes, text(service, "id")).iter();
            attributes.filter(|attribute| text(attribute, "link_type") == SERVICE_CODE).map(|a| text(a, "value")).next()
        };
        services.filter_map(code).collect()
    }

    fn place(&self, location: &Map<String, Value>, cells: &mut BTreeMap<&'static str, String>) {
        let id = text(location, "id");
        for degrees in ["latitude", "longitude"] {
            if let Some(value) = location.get(degrees).and_then(Value::as_f64) {
                cells.insert(degrees, value.to_string());
            }
        }
        if let Some(address) = rows_of(&self.addresses, id).first() {
            cells.insert("address", text(address, "address_1").to_owned());
            cells.insert("postcode", text(address, "postal_code").to_owned());
        }
        if let Some(access) = rows_of(&self.accessibility, id).first() {
            cells.insert("accessibility", text(access, "description").to_owned());
        }
        let hours = rows_of(&self.schedules, id).iter().flat_map(|schedule| {
            let clock = |member| text(schedule, member).get(..5).unwrap_or_default();
            let days = text(schedule, "byday").split(',');
            days.map(|day| format!("{day} {}-{} {}", clock("opens_at"), clock("closes_at"), text(schedule, "notes")))
                .collect::<Vec<_>>()
        });
        cells.insert("hours", hours.collect::<Vec<_>>().join("; "));
    }
}

#[cfg(test)]
#[path = "hsds_tests.rs"]
mod tests;
