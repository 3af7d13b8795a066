//! Administrations of all provinces and of forty cities: real regions, made-up offices.

use accounts::keeping::{self, KeepingError};
use anyhow::{Context, Result};
use database::Database;
use jiff::Timestamp;
use network::{
    Kind, Level, NetworkError, NewOrganisation, OrganisationId, Profile, RegionCode, division_on, planned_provinces,
};

use super::super::service::{OPENED, administration, nation, organisation, system};

/// The first number of those that are made here.
const FIRST: u32 = 1_001;

/// Cities, by region; the first ones are in the programme of the plans.
#[rustfmt::skip]
const CITIES: [(&str, &str); 40] = [
    ("440300", "Shenzhen"), ("440100", "Guangzhou"), ("320100", "Nanjing"), ("320500", "Suzhou"), ("330100", "Hangzhou"),
    ("330200", "Ningbo"), ("370100", "Jinan"), ("370200", "Qingdao"), ("420100", "Wuhan"), ("510100", "Chengdu"),
    ("610100", "Xi'an"), ("210100", "Shenyang"), ("210200", "Dalian"), ("350100", "Fuzhou"), ("350200", "Xiamen"),
    ("410100", "Zhengzhou"), ("430100", "Changsha"), ("340100", "Hefei"), ("360100", "Nanchang"), ("130100", "Shijiazhuang"),
    ("140100", "Taiyuan"), ("220100", "Changchun"), ("230100", "Harbin"), ("450100", "Nanning"), ("460100", "Haikou"),
    ("520100", "Guiyang"), ("530100", "Kunming"), ("620100", "Lanzhou"), ("640100", "Yinchuan"), ("650100", "Urumqi"),
    ("320200", "Wuxi"), ("320400", "Changzhou"), ("330300", "Wenzhou"), ("330400", "Jiaxing"), ("350500", "Quanzhou"),
    ("370600", "Yantai"), ("440600", "Foshan"), ("441900", "Dongguan"), ("430200", "Zhuzhou"), ("340200", "Wuhu"),
];

/// An administration that reports.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    /// Its organisation.
    pub(crate) id: OrganisationId,
    /// Its region, six digits.
    pub(crate) region: RegionCode,
    /// Chinese name of the region.
    pub(crate) place: String,
    /// The organisation above.
    pub(crate) parent: OrganisationId,
}

/// All of them.
#[derive(Clone, Debug)]
pub(crate) struct Units {
    /// The office at the top.
    pub(crate) nation: OrganisationId,
    /// Thirty-one, in the order of their regions.
    pub(crate) provinces: Vec<Unit>,
    /// Forty.
    pub(crate) cities: Vec<Unit>,
}

/// Enters what is not there yet; three provinces are there with the outlets.
pub(in crate::demo) async fn enter(database: &Database, now: Timestamp) -> Result<Units> {
    let mut units = Units { nation: nation(), provinces: Vec::new(), cities: Vec::new() };
    for (number, place) in (FIRST..).zip(planned_provinces(OPENED)) {
        let known = administration(place.code.as_str());
        let id = known.unwrap_or_else(|| organisation(number));
        let unit = Unit { id, region: place.code.clone(), place: place.name.clone(), parent: units.nation.clone() };
        let en = charts::province(place.code.as_str()).map_or("Province", |province| province.en);
        create(database, &unit, Level::Province, en, now).await?;
        units.provinces.push(unit);
    }
    for (number, (code, en)) in (FIRST + 100..).zip(CITIES) {
        let region: RegionCode = code.parse()?;
        let place = division_on(&region, OPENED).with_context(|| format!("no region {code}"))?;
        let province = region.province();
        let parent = units.provinces.iter().find(|unit| Some(&unit.region) == province.as_ref());
        let parent = parent.map(|unit| unit.id.clone()).with_context(|| format!("no province of {code}"))?;
        let unit = Unit { id: organisation(number), region, place: place.name.clone(), parent };
        create(database, &unit, Level::Prefecture, en, now).await?;
        units.cities.push(unit);
    }
    Ok(units)
}

async fn create(database: &Database, unit: &Unit, level: Level, place_en: &str, now: Timestamp) -> Result<()> {
    let name = format!("{}知识产权演示管理处", unit.place);
    let mut profile = Profile::new(&name, Kind::Administration, level, unit.region.clone());
    profile.name_en = Some(format!("{place_en} IP Demonstration Office"));
    let new = NewOrganisation { id: unit.id.clone(), parent: Some(unit.parent.clone()), from: OPENED, profile };
    let mut write = database.write().await?;
    match keeping::create(&mut write, now, &system(), &new).await {
        Ok(_) => Ok(write.commit().await?),
        // It is there already, or someone has changed it since: it stays as it is.
        Err(KeepingError::Network(NetworkError::Exists(_))) => Ok(()),
        Err(error) => Err(error).context(name),
    }
}
