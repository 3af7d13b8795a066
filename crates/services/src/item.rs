//! A service item: all that its guide tells and its form asks. The names of GB/T 39046-2020 stand beside the fields.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    BodyNature, Channel, ExerciseLevel, Form, Group, ItemCode, ItemType, Limit, Need, Processing, Record,
    ServiceObject, SpecialKind, Text, Theme,
};

/// The content of a service item (事项). Absent is «not told».
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its code in this catalogue.
    pub code: ItemCode,
    /// The list that it stands in.
    pub group: Group,
    /// 主题: what it is about.
    pub theme: Theme,
    /// 事项名称.
    pub title: Text,
    /// What it does for the client, in a sentence or two.
    pub summary: Text,
    /// 基本编码: the code of the national list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basic_code: Option<String>,
    /// 实施编码: the code of the implementing body's list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub implementation_code: Option<String>,
    /// 事项类型.
    pub item_type: ItemType,
    /// 行使层级.
    pub level: ExerciseLevel,
    /// 权限划分: which level does what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub division_of_power: Option<Text>,
    /// 实施主体, with code and nature.
    pub body: Body,
    /// 承办机构: who does the work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_unit: Option<Text>,
    /// 联办机构: who works along.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joint_bodies: Option<Text>,
    /// 中介服务: what outsiders must contribute, such as a valuation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intermediaries: Option<Text>,
    /// 数量限制.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota: Option<Text>,
    /// 通办范围: from where it may be requested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Text>,
    /// 受理条件.
    #[serde(default)]
    pub conditions: Vec<Text>,
    /// 服务对象.
    #[serde(default)]
    pub objects: Vec<ServiceObject>,
    /// 办理形式.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// 获取途径: where to go, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Text>,
    /// 办理地点.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Text>,
    /// 办理时间.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Text>,
    /// 办件类型.
    pub processing: Processing,
    /// 特别程序.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub special: Vec<SpecialProcedure>,
    /// 受理时限: until it is accepted or refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acceptance_limit: Option<Limit>,
    /// 补正时限: how long the client has to supplement; afterwards the request counts as withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplement_limit: Option<Limit>,
    /// 法定办结时限, with unit and note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statutory_limit: Option<Limit>,
    /// 承诺办结时限, with unit and note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised_limit: Option<Limit>,
    /// 申请材料; none when nothing has to be brought.
    #[serde(default)]
    pub materials: Vec<Material>,
    /// 办理流程.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// Steps that must leave something on file before the request can be archived.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<Record>,
    /// 收费; empty when it is free (是否收费).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<Fee>,
    /// 结果名称 and 结果样本.
    pub result: Outcome,
    /// 办理进度查询.
    pub progress: Text,
    /// 咨询电话.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consultation_telephone: Option<String>,
    /// 监督投诉电话.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaint_telephone: Option<String>,
    /// 监督评价: how to complain and to rate, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervision: Option<Text>,
    /// 是否支持预约办理.
    #[serde(default)]
    pub appointment: bool,
    /// 是否支持网上支付.
    #[serde(default)]
    pub online_payment: bool,
    /// 是否支持物流快递.
    #[serde(default)]
    pub delivery: bool,
    /// 是否网办: the whole of it can be done on the web.
    #[serde(default)]
    pub online: bool,
    /// 常见问题.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
    /// 便利化举措.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conveniences: Vec<Text>,
    /// 告知承诺: what may be promised in place of a proof.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notified_promise: Option<Text>,
    /// 服务质量保障.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quality: Vec<Text>,
    /// 设定依据.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub basis: Vec<Basis>,
    /// The form of a request.
    pub form: Form,
}

/// 实施主体.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// 实施主体.
    pub name: Text,
    /// 实施主体编码: its unified social credit code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// 实施主体性质.
    pub nature: BodyNature,
}

/// 特别程序: something that may make the time longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SpecialProcedure {
    /// 特别程序种类.
    pub kind: SpecialKind,
    /// 特别程序名称, such as an expert opinion.
    pub name: Text,
    /// How much time it may add, all times together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// On what ground.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<Text>,
}

/// 申请材料.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Material {
    /// 材料名称.
    pub name: Text,
    /// 出具机构: who issues it; absent when the client writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Text>,
    /// 原件份数.
    #[serde(default)]
    pub originals: u32,
    /// 复印件份数.
    #[serde(default)]
    pub copies: u32,
    /// 是否必备.
    pub need: Need,
    /// In which case it is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Text>,
    /// 相关表格: where its blank form is found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form_link: Option<String>,
    /// Key of the field of the request form that takes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

/// A step of 办理流程.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// 环节名称.
    pub name: Text,
    /// What is done.
    pub what: Text,
    /// 环节时限.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
}

/// 收费项目.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// What is paid for.
    pub name: Text,
    /// 收费标准: how much, in words, as rates have steps.
    pub amount: Text,
    /// 收费依据.
    pub basis: Text,
}

/// 办理结果.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// 结果名称.
    pub name: Text,
    /// 结果样本: where a sample is found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample: Option<String>,
}

/// 常见问题.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// What people ask.
    pub question: Text,
    /// What they are told.
    pub answer: Text,
}

/// 设定依据: a law, regulation or other document, with its dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// Title of the document.
    pub name: Text,
    /// 条款号: article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<Text>,
    /// 文号: number of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// In force from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
    /// The first day on which it is no longer in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub to: Option<Date>,
}
