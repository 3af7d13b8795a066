//! Agencies.

use accounts::{Actor, Entry, Permission, record};
use database::Write;
use jiff::Timestamp;
use jiff::civil::Date;
use network::{Fault, OrganisationId, RegionCode, derived};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::event::MOST_OF_A_NAME;
use crate::sql::agencies;
use crate::{AgencyKind, CreditError, What};

/// Branches or former names at most.
const MOST_ENTRIES: usize = 100;

network::named! {
    /// The name of an agency.
    AgencyId
}

/// A branch of an agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = AgencyBranch)]
pub struct Branch {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub region: Option<RegionCode>,
}

/// A name that an agency had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = AgencyFormerName)]
pub struct FormerName {
    /// The name.
    pub name: String,
    /// Its last day, where known.
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
}

/// What is written of an agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = AgencyParticulars)]
pub struct Particulars {
    /// Its name.
    pub name: String,
    /// In English.
    #[serde(default)]
    pub name_en: Option<String>,
    /// Number of the agency at the office, or its unified social credit code.
    #[serde(default)]
    pub code: Option<String>,
    /// What it does.
    pub kind: AgencyKind,
    /// Where it is.
    pub region: RegionCode,
    /// Its address.
    #[serde(default)]
    pub address: Option<String>,
    /// Branches.
    #[serde(default)]
    pub branches: Vec<Branch>,
    /// Names that it had; filings name it by them too.
    #[serde(default)]
    pub former_names: Vec<FormerName>,
    /// The day it ended, where it has.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub closed: Option<Date>,
}

/// An agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Agency {
    /// Its name here.
    pub id: AgencyId,
    /// Counts the changes.
    pub version: i64,
    /// The organisation that keeps its credit.
    pub keeper: OrganisationId,
    /// What is written of it.
    #[serde(flatten)]
    pub particulars: Particulars,
}

/// An agency to be entered.
#[derive(Clone, Debug)]
pub struct NewAgency<'a> {
    /// Made by the client: the same key again answers the first agency again.
    pub key: &'a str,
    /// Who is to keep it.
    pub keeper: &'a OrganisationId,
    /// What is written of it.
    pub particulars: &'a Particulars,
}

impl Agency {
    /// The name in `zh` or, for every other language, English where there is one.
    pub fn name(&self, lang: &str) -> &str {
        match &self.particulars.name_en {
            Some(name) if lang != "zh" => name,
            _ => &self.particulars.name,
        }
    }

    /// All names under which filings may know it: the present one, the English one, former ones and those of branches.
    pub fn names(&self) -> Vec<String> {
        let Particulars { name, name_en, former_names, branches, .. } = &self.particulars;
        let mut names = vec![name.clone()];
        names.extend(name_en.clone());
        names.extend(former_names.iter().map(|former| former.name.clone()));
        names.extend(branches.iter().map(|branch| branch.name.clone()));
        names.retain(|name| !name.trim().is_empty());
        names.dedup();
        names
    }
}

impl Particulars {
    /// All that keeps it from being stored.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        faults.extend(Fault::of_words("name", &self.name, MOST_OF_A_NAME));
        for (field, text) in [("name_en", &self.name_en), ("code", &self.code), ("address", &self.address)] {
            faults.extend(text.as_ref().and_then(|text| Fault::of_length(field, text, MOST_OF_A_NAME)));
        }
        let names = self.branches.iter().map(|branch| ("branches", &branch.name));
        let names = names.chain(self.former_names.iter().map(|former| ("former_names", &former.name)));
        let wrong = names.filter_map(|(field, name)| Fault::of_words(field, name, MOST_OF_A_NAME));
        faults.extend(wrong.take(1));
        if self.branches.len() > MOST_ENTRIES || self.former_names.len() > MOST_ENTRIES {
            faults.push(Fault::new(
                "branches",
                "分支机构、曾用名各不超过 100 个",
                "branches and former names: 100 each at most",
            ));
        }
        faults
    }
}

/// Enters an agency. Whoever keeps credit at the organisation may.
pub async fn enter_agency(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    new: &NewAgency<'_>,
) -> Result<Agency, CreditError> {
    actor.require_at(Permission::KeepCredit, new.keeper)?;
    let mut faults = new.particulars.faults();
    faults.extend(Fault::of_key(new.key));
    if !faults.is_empty() {
        return Err(CreditError::Invalid(faults));
    }
    let agency = Agency {
        id: AgencyId(derived(now, "agency", new.key)),
        version: 1,
        keeper: new.keeper.clone(),
        particulars: new.particulars.clone(),
    };
    if !agencies::insert(write, &agency, new.key).await? {
        let first =
            agencies::by_key(write, new.key).await?.filter(|first| first.particulars.name == agency.particulars.name);
        return match first {
            Some(first) => Ok(first),
            None => Err(taken(write, &agency, new.key).await?),
        };
    }
    let detail = json!({ "name": agency.particulars.name, "kind": agency.particulars.kind });
    record(
        write,
        now,
        actor,
        &Entry::new("agency.enter", ("agency", agency.id.as_str()), Some(&agency.keeper), None, detail),
    )
    .await?;
    Ok(agency)
}

/// Why an agency was not stored: its key or its code is another's.
async fn taken(write: &mut Write, agency: &Agency, key: &str) -> Result<CreditError, CreditError> {
    if agencies::by_key(write, key).await?.is_some() {
        return Ok(CreditError::KeyTaken);
    }
    let _ = agency;
    let (zh, en) = ("已有代理机构使用此代码", "another agency has this code");
    Ok(CreditError::Invalid(vec![Fault::new("code", zh, en)]))
}

/// Changes what is written of an agency; `version` is what the author saw.
pub async fn change_agency(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (id, version): (&AgencyId, i64),
    particulars: &Particulars,
) -> Result<Agency, CreditError> {
    let before = kept(write, actor, id).await?;
    let faults = particulars.faults();
    if !faults.is_empty() {
        return Err(CreditError::Invalid(faults));
    }
    if before.version != version {
        return Err(CreditError::Stale { version: before.version });
    }
    if agencies::has_code(write, particulars.code.as_deref(), id).await? {
        let (zh, en) = ("已有代理机构使用此代码", "another agency has this code");
        return Err(CreditError::Invalid(vec![Fault::new("code", zh, en)]));
    }
    let after = Agency { version: version + 1, particulars: particulars.clone(), ..before };
    if !agencies::update(write, &after, version).await? {
        let now = agencies::get(write, id).await?;
        return Err(CreditError::Stale { version: now.map_or(0, |now| now.version) });
    }
    let detail = json!({ "version": after.version, "name": after.particulars.name });
    record(write, now, actor, &Entry::new("agency.change", ("agency", id.as_str()), Some(&after.keeper), None, detail))
        .await?;
    Ok(after)
}

/// The agency, for whoever keeps its credit.
pub(crate) async fn kept(
    connection: &mut database::Connection,
    actor: &Actor,
    id: &AgencyId,
) -> Result<Agency, CreditError> {
    let found = agencies::get(connection, id).await?;
    let found = found.ok_or_else(|| CreditError::not_found(What::Agency, id))?;
    actor.require_at(Permission::KeepCredit, &found.keeper)?;
    Ok(found)
}
