//! What can go wrong with ratings, in words that say what to do.

use accounts::{AccountsError, Denied};
use cases::CasesError;
use database::DatabaseError;
use jiff::civil::Date;
use network::{Fault, NetworkError};
use notices::NoticesError;
use services::ServicesError;
use thiserror::Error;

use crate::{Action, FollowUp, OwnRating, State, actions};

/// Why nothing was done. After any of these the caller drops its transaction.
#[derive(Debug, Error)]
pub enum RatingsError {
    /// The database did not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The audit trail did not take the entry.
    #[error(transparent)]
    Accounts(AccountsError),
    /// The network does not know the outlet.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The calendar or the item cannot be read.
    #[error(transparent)]
    Services(#[from] ServicesError),
    /// The case cannot be read.
    #[error(transparent)]
    Cases(#[from] CasesError),
    /// The notice was not put.
    #[error(transparent)]
    Notices(#[from] NoticesError),
    /// There is no such thing, or not for the asker.
    #[error("there is no {what} {id}, or none that you may see")]
    NotFound {
        /// What was asked for.
        what: What,
        /// By which name.
        id: String,
    },
    /// It was rated before.
    #[error("this was rated before, on {}; you can correct that rating until {}", services::office_day(.first.at), services::office_day(.first.correct_until))]
    AlreadyRated {
        /// The rating that there is.
        first: Box<OwnRating>,
    },
    /// The key belongs to another rating.
    #[error("this form was sent before for something else; open the page again")]
    KeyTaken,
    /// Nothing to rate yet.
    #[error("this matter can be rated when its result is there")]
    NotYet,
    /// The time is over.
    #[error("this could be done until {until}")]
    TooLate {
        /// The last day.
        until: Date,
    },
    /// The poster has brought enough ratings for a day.
    #[error("this code has been used {0} times today; ask at the counter for a code of your own")]
    TooMany(i64),
    /// Parts of what was sent are wrong; all of them are named.
    #[error("{}", .0.iter().map(|fault| format!("{}: {}", fault.field, fault.en)).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<Fault>),
    /// Someone else corrected the rating first.
    #[error("the rating was corrected meanwhile (version {}); look at it again and repeat your change", .now.version)]
    StaleRating {
        /// How it is now.
        now: Box<OwnRating>,
    },
    /// Someone else worked the follow-up first.
    #[error("the follow-up was worked meanwhile (version {}, {}); look at it again and repeat your step", .now.version, .now.state.label("en"))]
    Stale {
        /// How it is now.
        now: Box<FollowUp>,
    },
    /// Something that has one version at a time was changed first by someone else.
    #[error("it was changed meanwhile (version {version}); look at it again and repeat your change")]
    StaleVersion {
        /// The version now.
        version: i64,
    },
    /// The step is not open in this state.
    #[error("«{}» cannot be done while the follow-up is «{}»; open are {}", .action.label("en"), .state.label("en"), listed(*.state, "en"))]
    Step {
        /// What was to be done.
        action: Action,
        /// Where the follow-up stands.
        state: State,
    },
    /// The questionnaire takes no answers or changes any more, or not yet.
    #[error("the questionnaire is not open")]
    Closed,
    /// The invitation was used.
    #[error("this invitation was answered before; thank you")]
    AlreadyAnswered,
    /// The rating does not count any more.
    #[error("a review has taken this rating out; it cannot be changed")]
    Excluded,
    /// An appeal was made or decided before.
    #[error("there is an appeal against this rating already; its decision is final")]
    AlreadyAppealed,
    /// Whoever was rated does not review.
    #[error("an appeal is decided by an organisation above the outlet, and not by its own staff")]
    OwnOutlet,
    /// What is stored cannot be read.
    #[error("the row {id} cannot be read: {reason}; restore the last backup or report this")]
    Unreadable {
        /// Which.
        id: String,
        /// What is wrong.
        reason: String,
    },
}

network::coded! {
    /// What was looked for.
    What ("thing") {
        /// A case.
        Case = "case", "办件", "case";
        /// A visit.
        Visit = "visit", "到访凭证", "visit";
        /// A poster.
        Poster = "poster", "评价海报", "poster";
        /// A rating.
        Rating = "rating", "评价", "rating";
        /// A follow-up.
        FollowUp = "follow-up", "差评回访", "follow-up";
        /// An appeal.
        Appeal = "appeal", "申诉", "appeal";
        /// A questionnaire.
        Questionnaire = "questionnaire", "问卷", "questionnaire";
        /// A mark of a page.
        Mark = "mark", "页码标记", "page";
    }
}

fn listed(state: State, lang: &str) -> String {
    let all: Vec<&str> = actions(state).map(|action| action.label(lang)).collect();
    if all.is_empty() { "—".to_owned() } else { all.join(if lang == "zh" { "、" } else { ", " }) }
}

accounts::taken_in!(RatingsError);

impl RatingsError {
    pub(crate) fn not_found(what: What, id: impl ToString) -> Self {
        Self::NotFound { what, id: id.to_string() }
    }

    /// The message in `zh` or, for every other language, English.
    pub fn text(&self, lang: &str) -> String {
        if lang != "zh" {
            return self.to_string();
        }
        match self {
            Self::Database(_) | Self::Accounts(_) => "数据库暂不可用，未保存任何内容".to_owned(),
            Self::Denied(denied) => denied.text(lang),
            Self::Network(error) => error.text(lang),
            Self::Services(error) => error.text(lang),
            Self::Cases(error) => error.text(lang),
            Self::Notices(error) => error.text(lang),
            Self::NotFound { what, id } => format!("没有{}「{id}」，或您无权查看", what.label("zh")),
            Self::AlreadyRated { first } => format!(
                "已于 {} 评价过；在 {} 之前可以更正",
                services::office_day(first.at),
                services::office_day(first.correct_until)
            ),
            Self::KeyTaken => "该表单已用于其他评价，请重新打开页面".to_owned(),
            Self::NotYet => "有办理结果后方可评价".to_owned(),
            Self::TooLate { until } => format!("期限已过（{until}）"),
            Self::TooMany(most) => format!("此码今日已使用 {most} 次，请向窗口索取单独的评价码"),
            Self::Invalid(faults) => faults.iter().map(|fault| fault.zh.as_str()).collect::<Vec<_>>().join(";"),
            Self::StaleRating { now } => format!("评价已被更正（版本 {}），请核对后重新提交", now.version),
            Self::Stale { now } => {
                format!("该回访已被他人处理（版本 {}，{}），请核对后重新提交", now.version, now.state.label("zh"))
            }
            Self::StaleVersion { version } => format!("内容已被他人修改（版本 {version}），请核对后重新提交"),
            Self::Step { action, state } => {
                format!("「{}」状态下不能「{}」；可以：{}", state.label("zh"), action.label("zh"), listed(*state, "zh"))
            }
            Self::Closed => "问卷未开放或已结束".to_owned(),
            Self::AlreadyAnswered => "此邀请已作答，谢谢".to_owned(),
            Self::Excluded => "该评价经复核不计入，不能再更改".to_owned(),
            Self::AlreadyAppealed => "该评价已有申诉，复核结论为最终结论".to_owned(),
            Self::OwnOutlet => "申诉由上级机构复核，被评价网点的人员不能复核".to_owned(),
            Self::Unreadable { .. } => "数据无法读取，请恢复备份或报告问题".to_owned(),
        }
    }

    /// Whether what was asked is at fault and not the place where it is stored.
    pub fn is_about_what_was_asked(&self) -> bool {
        match self {
            Self::Database(_) | Self::Accounts(_) | Self::Unreadable { .. } => false,
            Self::Network(error) => error.is_about_what_was_asked(),
            Self::Cases(error) => error.is_about_what_was_asked(),
            Self::Notices(error) => error.is_about_what_was_asked(),
            _ => true,
        }
    }
}
