//! Organisations and outlets: real regions, made-up names.

use accounts::keeping::{self, KeepingError};
use anyhow::{Context, Result};
use jiff::civil::time;
use jiff::{SignedDuration, Timestamp};
use network::{Edit, Hours, Kind, Level, NetworkError, NewOrganisation, OrganisationId, Profile, Weekday};

use services::office_day;

use super::{OPENED, Rooms, id, system};

/// One organisation: kind, level, region, Chinese and English name, number of what it stands under, items it offers.
type Row = (Kind, Level, &'static str, &'static str, &'static str, Option<u32>, Offer);

/// What an outlet offers.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Offer {
    /// Administrations serve no clients.
    Nothing,
    /// Every basic service.
    Basic,
    /// Basic and value-added ones.
    More,
    /// The one window of a place.
    Window,
    /// Rights aid and disputes.
    Aid,
}

use Kind::{
    Administration, ExaminationCentre, PatentAgencyOffice, ProtectionCentre, PublicServiceBody, RapidRightsCentre,
    RecordedOutlet, RightsAidCentre, Tisc, TrademarkWindow, UniversityCentre,
};
use Level::{Nation, Outlet, Prefecture, Province};
use Offer::{Aid, Basic, More, Nothing, Window};

/// The first outlets have staff and cases: [`WITH_STAFF`].
#[rustfmt::skip]
const ROWS: &[Row] = &[
    (Administration, Nation, "000000", "全国知识产权公共服务演示管理中心", "National IP Service Demonstration Office", None, Nothing),
    (Administration, Province, "500000", "重庆市知识产权演示管理处", "Chongqing IP Demonstration Office", Some(1), Nothing),
    (Administration, Province, "440000", "广东省知识产权演示管理处", "Guangdong IP Demonstration Office", Some(1), Nothing),
    (Administration, Province, "320000", "江苏省知识产权演示管理处", "Jiangsu IP Demonstration Office", Some(1), Nothing),
    (PublicServiceBody, Province, "500000", "重庆知识产权公共服务演示中心", "Chongqing IP Service Demonstration Centre", Some(2), More),
    (Tisc, Outlet, "500103", "渝中创新支持演示站", "Yuzhong Innovation Support Demonstration Outlet", Some(2), More),
    (ProtectionCentre, Outlet, "500112", "渝北知识产权保护演示中心", "Yubei Protection Demonstration Centre", Some(2), Aid),
    (UniversityCentre, Outlet, "500106", "沙坪坝演示大学知识产权信息服务中心", "Shapingba Demonstration University IP Centre", Some(2), More),
    (TrademarkWindow, Outlet, "500107", "九龙坡商标业务演示窗口", "Jiulongpo Trade-Mark Demonstration Window", Some(2), Window),
    (RightsAidCentre, Outlet, "500105", "江北维权援助演示中心", "Jiangbei Rights-Aid Demonstration Centre", Some(2), Aid),
    (PublicServiceBody, Province, "440000", "广东知识产权公共服务演示中心", "Guangdong IP Service Demonstration Centre", Some(3), More),
    (PublicServiceBody, Prefecture, "440300", "深圳知识产权公共服务演示中心", "Shenzhen IP Service Demonstration Centre", Some(3), Window),
    (PublicServiceBody, Prefecture, "440100", "广州知识产权公共服务演示中心", "Guangzhou IP Service Demonstration Centre", Some(3), Basic),
    (RapidRightsCentre, Outlet, "440600", "佛山快速维权演示中心", "Foshan Rapid Rights Demonstration Centre", Some(3), Aid),
    (PublicServiceBody, Province, "320000", "江苏知识产权公共服务演示中心", "Jiangsu IP Service Demonstration Centre", Some(4), More),
    (PublicServiceBody, Prefecture, "320500", "苏州知识产权公共服务演示中心", "Suzhou IP Service Demonstration Centre", Some(4), Basic),
    (PatentAgencyOffice, Outlet, "320100", "南京专利代办演示处", "Nanjing Patent Agency Demonstration Office", Some(4), Window),
    (RecordedOutlet, Outlet, "320100", "南京演示图书馆", "Nanjing Demonstration Library", Some(4), Basic),
    (ExaminationCentre, Outlet, "440300", "深圳审查协作演示中心", "Shenzhen Examination Demonstration Centre", Some(3), Basic),
    (UniversityCentre, Outlet, "440100", "广州演示大学知识产权信息服务中心", "Guangzhou Demonstration University IP Centre", Some(3), More),
    (RecordedOutlet, Outlet, "500113", "巴南演示科技协会", "Banan Demonstration Science Association", Some(2), Basic),
    (RecordedOutlet, Outlet, "500101", "万州演示图书馆", "Wanzhou Demonstration Library", Some(2), Basic),
    (PublicServiceBody, Province, "330000", "浙江知识产权公共服务演示中心", "Zhejiang IP Service Demonstration Centre", Some(1), More),
    (PublicServiceBody, Prefecture, "330100", "杭州知识产权公共服务演示中心", "Hangzhou IP Service Demonstration Centre", Some(23), Basic),
    (Tisc, Outlet, "330200", "宁波创新支持演示站", "Ningbo Innovation Support Demonstration Outlet", Some(23), Basic),
    (PublicServiceBody, Province, "610000", "陕西知识产权公共服务演示中心", "Shaanxi IP Service Demonstration Centre", Some(1), Basic),
    (UniversityCentre, Outlet, "610100", "西安演示大学知识产权信息服务中心", "Xi'an Demonstration University IP Centre", Some(26), More),
    (PublicServiceBody, Province, "510000", "四川知识产权公共服务演示中心", "Sichuan IP Service Demonstration Centre", Some(1), Basic),
    (ProtectionCentre, Outlet, "510100", "成都知识产权保护演示中心", "Chengdu Protection Demonstration Centre", Some(28), Aid),
    (PublicServiceBody, Province, "420000", "湖北知识产权公共服务演示中心", "Hubei IP Service Demonstration Centre", Some(1), Basic),
    (Tisc, Outlet, "420100", "武汉创新支持演示站", "Wuhan Innovation Support Demonstration Outlet", Some(30), Basic),
    (PublicServiceBody, Province, "370000", "山东知识产权公共服务演示中心", "Shandong IP Service Demonstration Centre", Some(1), Basic),
    (PublicServiceBody, Prefecture, "370200", "青岛知识产权公共服务演示中心", "Qingdao IP Service Demonstration Centre", Some(32), Basic),
    (PublicServiceBody, Province, "210000", "辽宁知识产权公共服务演示中心", "Liaoning IP Service Demonstration Centre", Some(1), Basic),
    (PublicServiceBody, Province, "530000", "云南知识产权公共服务演示中心", "Yunnan IP Service Demonstration Centre", Some(1), Basic),
    (RecordedOutlet, Outlet, "530100", "昆明演示研究院", "Kunming Demonstration Institute", Some(35), Basic),
    (PublicServiceBody, Province, "650000", "新疆知识产权公共服务演示中心", "Xinjiang IP Service Demonstration Centre", Some(1), Basic),
    (PublicServiceBody, Province, "110000", "北京知识产权公共服务演示中心", "Beijing IP Service Demonstration Centre", Some(1), More),
    (ExaminationCentre, Outlet, "110108", "海淀审查协作演示中心", "Haidian Examination Demonstration Centre", Some(38), Basic),
    (PublicServiceBody, Province, "310000", "上海知识产权公共服务演示中心", "Shanghai IP Service Demonstration Centre", Some(1), More),
    (TrademarkWindow, Outlet, "310115", "浦东商标业务演示窗口", "Pudong Trade-Mark Demonstration Window", Some(40), Window),
    (PublicServiceBody, Province, "450000", "广西知识产权公共服务演示中心", "Guangxi IP Service Demonstration Centre", Some(1), Basic),
    (Tisc, Outlet, "450100", "南宁创新支持演示站", "Nanning Innovation Support Demonstration Outlet", Some(42), Basic),
    (RightsAidCentre, Outlet, "370200", "青岛维权援助演示中心", "Qingdao Rights-Aid Demonstration Centre", Some(32), Aid),
];

/// Numbers of the outlets that have staff and cases.
pub(super) const WITH_STAFF: std::ops::RangeInclusive<u32> = 5..=17;

/// The organisation with this number, from 1.
pub(in crate::demo) fn organisation(number: u32) -> OrganisationId {
    OrganisationId(id(number))
}

/// The office at the top.
pub(in crate::demo) fn nation() -> OrganisationId {
    organisation(1)
}

/// The administration of a province that is there with its outlets.
pub(in crate::demo) fn administration(region: &str) -> Option<OrganisationId> {
    let rows = (1..).zip(ROWS);
    let mut offices = rows.filter(|(_, row)| row.0 == Administration && row.1 == Province && row.2 == region);
    offices.next().map(|(number, _)| organisation(number))
}

/// The codes of the items that an outlet offers.
pub(super) fn offered(number: u32) -> Vec<String> {
    let offer = ROWS.get(number as usize - 1).map_or(Nothing, |row| row.6);
    let wanted = |code: &str| match offer {
        Nothing => false,
        Basic => code.starts_with('B'),
        More => code.starts_with('B') || code.starts_with('V'),
        Window => code.starts_with('W') || ["B02", "B07", "B08"].contains(&code),
        Aid => code.starts_with("W-R") || ["B03", "B05", "B08", "B09", "B15"].contains(&code),
    };
    let codes = services::catalogue().map(|items| items.iter().map(|item| item.code.to_string()).collect::<Vec<_>>());
    codes.unwrap_or_default().into_iter().filter(|code| wanted(code)).collect()
}

/// Enters what is not there yet.
pub(super) async fn enter(rooms: &Rooms, now: Timestamp) -> Result<()> {
    for (number, row) in (1..).zip(ROWS) {
        let parent = row.5.map(organisation);
        let new = NewOrganisation { id: organisation(number), parent, from: OPENED, profile: profile(number, row)? };
        let mut write = rooms.database.write().await?;
        match keeping::create(&mut write, now, &system(), &new).await {
            Ok(made) => {
                // Most have said within the year that all is as written; some should be asked.
                if row.0 != Administration && !number.is_multiple_of(11) {
                    let at = now - SignedDuration::from_hours(24 * i64::from(number * 7 % 300 + 1));
                    let edit = Edit { id: &made.id, version: made.version, from: office_day(at) };
                    keeping::confirm(&mut write, at, &system(), edit).await?;
                }
                write.commit().await?;
            }
            // Someone has changed it since: it stays as it is.
            Err(KeepingError::Network(NetworkError::Exists(_))) => {}
            Err(error) => return Err(error).context(row.3),
        }
    }
    Ok(())
}

fn profile(number: u32, row: &Row) -> Result<Profile> {
    let (kind, level, region, zh, en, ..) = *row;
    let mut profile = Profile::new(zh, kind, level, region.parse()?);
    profile.name_en = Some(en.to_owned());
    if kind == Administration {
        return Ok(profile);
    }
    let text = |text: String| Some(text);
    let span =
        |weekday, from: i8, to: i8| Hours { weekday, from: time(from, 0, 0, 0), to: time(to, 0, 0, 0), note: None };
    let week = [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
    profile.hours = week.into_iter().flat_map(|day| [span(day, 9, 12), span(day, 14, 17)]).collect();
    if number.is_multiple_of(7) {
        profile.hours.push(span(Weekday::Saturday, 9, 12));
    }
    profile.services = offered(number);
    profile.telephone = text(format!("400-000-{:04}", 1000 + number));
    profile.complaint_telephone = text(format!("400-000-{:04}", 9000 + number));
    profile.email = text(format!("outlet{number}@demo.example"));
    profile.address = text(format!("演示路 {} 号", 10 + number));
    profile.accessibility = text("入口有坡道，设低位窗口 Ramp at the entrance, low counter".to_owned());
    profile.qualification = text("演示资质，非真实备案 Made up, on no record".to_owned());
    profile.promise =
        text("一次告知，限时办结 All that is missing is named at once; what is promised is kept".to_owned());
    profile.full_time = Some(if number == 22 { 1 } else { 2 + number % 4 });
    profile.part_time = Some(number % 3);
    Ok(profile)
}
