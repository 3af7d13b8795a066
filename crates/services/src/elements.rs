//! The elements of an item: their names here, in GB/T 39046-2020, and in English, and what their values are.

use crate::{
    BodyNature, Channel, ExerciseLevel, Group, ItemType, LimitUnit, Need, Processing, Record, ServiceObject,
    SpecialKind, Theme,
};

/// What a value is.
pub(crate) enum Shape {
    /// A text, number or day as it is.
    Plain,
    /// `true` and `false`; `1` and `0` in the standard.
    Flag,
    /// Words in both languages: the Chinese under the name, the English under the name with [`ENGLISH`].
    Words,
    /// A word of a list.
    Word(List),
    /// Several of these.
    Many(&'static Shape),
    /// Parts that stand beside it, under names of their own.
    Beside(&'static [Element]),
    /// Parts inside it.
    Inside(&'static [Element]),
    /// A limit: number, unit, note, each beside it under its name with an ending.
    Limit,
    /// As it stands in this program.
    Own,
}

/// A word of a list to the code value of the standard and back.
pub(crate) struct List {
    pub(crate) standard: fn(&str) -> Option<&'static str>,
    /// Takes the code value, our code, or either name.
    pub(crate) own: fn(&str) -> Option<&'static str>,
    /// The names of our code.
    pub(crate) label: fn(&str, &str) -> Option<&'static str>,
}

/// One element.
pub(crate) struct Element {
    /// Name in this program.
    pub(crate) key: &'static str,
    /// Name in the standard, or one made in its manner.
    pub(crate) zh: &'static str,
    /// Name for people.
    pub(crate) en: &'static str,
    pub(crate) shape: Shape,
}

/// What the name of an element of English words ends with.
pub(crate) const ENGLISH: &str = "(英文)";
/// What the names of the parts of a limit end with.
pub(crate) const UNIT: &str = "单位";
/// See [`UNIT`].
pub(crate) const NOTE: &str = "说明";

macro_rules! list {
    ($name:ident standard) => {
        List {
            standard: |code| code.parse::<$name>().ok().map($name::standard_code),
            own: |word| {
                let padded = format!("{:0>2}", word.trim());
                let value = $name::from_standard(word.trim()).or_else(|| $name::from_standard(&padded));
                value.or_else(|| word.parse().ok()).map($name::code)
            },
            label: |code, lang| code.parse::<$name>().ok().map(|value| value.label(lang)),
        }
    };
    ($name:ident) => {
        List {
            standard: |code| code.parse::<$name>().ok().map(|value| value.label("zh")),
            own: |word| word.parse::<$name>().ok().map($name::code),
            label: |code, lang| code.parse::<$name>().ok().map(|value| value.label(lang)),
        }
    };
}

const fn element(key: &'static str, zh: &'static str, en: &'static str, shape: Shape) -> Element {
    Element { key, zh, en, shape }
}

use Shape::{Beside, Flag, Inside, Many, Own, Plain, Word, Words};

/// The elements of an item in the order of its guide.
pub(crate) static ITEM: &[Element] = &[
    element("code", "事项代码", "code", Plain),
    element("group", "服务类别", "list", Word(list!(Group))),
    element("theme", "主题", "theme", Word(list!(Theme))),
    element("title", "事项名称", "title", Words),
    element("summary", "事项简介", "summary", Words),
    element("basic_code", "基本编码", "basic code", Plain),
    element("implementation_code", "实施编码", "implementation code", Plain),
    element("item_type", "事项类型", "type", Word(list!(ItemType standard))),
    element("level", "行使层级", "level of exercise", Word(list!(ExerciseLevel standard))),
    element("division_of_power", "权限划分", "division of power", Words),
    element("body", "实施主体", "implementing body", Beside(BODY)),
    element("working_unit", "承办机构", "working unit", Words),
    element("joint_bodies", "联办机构", "joint bodies", Words),
    element("intermediaries", "中介服务", "intermediaries", Words),
    element("quota", "数量限制", "quota", Words),
    element("area", "通办范围", "area", Words),
    element("conditions", "受理条件", "conditions", Many(&Words)),
    element("objects", "服务对象", "who it is for", Many(&Word(list!(ServiceObject standard)))),
    element("channels", "办理形式", "channels", Many(&Word(list!(Channel standard)))),
    element("access", "获取途径", "where to go", Words),
    element("place", "办理地点", "place", Words),
    element("hours", "办理时间", "hours", Words),
    element("processing", "办件类型", "kind of processing", Word(list!(Processing standard))),
    element("special", "特别程序", "special procedures", Many(&Inside(SPECIAL))),
    element("acceptance_limit", "受理时限", "limit for acceptance", Shape::Limit),
    element("supplement_limit", "补正时限", "limit for supplements", Shape::Limit),
    element("statutory_limit", "法定办结时限", "statutory limit", Shape::Limit),
    element("promised_limit", "承诺办结时限", "promised limit", Shape::Limit),
    element("materials", "申请材料", "materials", Many(&Inside(MATERIAL))),
    element("steps", "办理流程", "steps", Many(&Inside(STEP))),
    element("records", "留痕环节", "records to keep", Many(&Word(list!(Record)))),
    element("fees", "收费项目", "fees", Many(&Inside(FEE))),
    element("result", "办理结果", "result", Beside(RESULT)),
    element("progress", "办理进度查询", "how to follow it", Words),
    element("consultation_telephone", "咨询电话", "telephone for questions", Plain),
    element("complaint_telephone", "监督投诉电话", "telephone for complaints", Plain),
    element("supervision", "监督评价", "complaints and ratings", Words),
    element("appointment", "是否支持预约办理", "by appointment", Flag),
    element("online_payment", "是否支持网上支付", "paid on the web", Flag),
    element("delivery", "是否支持物流快递", "sent by courier", Flag),
    element("online", "是否网办", "done on the web", Flag),
    element("questions", "常见问题", "questions", Many(&Inside(QUESTION))),
    element("conveniences", "便利化举措", "conveniences", Many(&Words)),
    element("notified_promise", "告知承诺", "promise in place of proof", Words),
    element("quality", "服务质量保障", "quality", Many(&Words)),
    element("basis", "设定依据", "basis", Many(&Inside(BASIS))),
    element("form", "申请表单", "form", Own),
];

static BODY: &[Element] = &[
    element("name", "实施主体", "implementing body", Words),
    element("code", "实施主体编码", "its code", Plain),
    element("nature", "实施主体性质", "its nature", Word(list!(BodyNature standard))),
];

static SPECIAL: &[Element] = &[
    element("kind", "特别程序种类", "kind", Word(list!(SpecialKind standard))),
    element("name", "特别程序名称", "name", Words),
    element("limit", "特别程序时限", "limit", Shape::Limit),
    element("ground", "特别程序依据", "ground", Words),
];

static MATERIAL: &[Element] = &[
    element("name", "材料名称", "name", Words),
    element("issuer", "材料出具机构", "issuer", Words),
    element("originals", "原件份数", "originals", Plain),
    element("copies", "复印件份数", "copies", Plain),
    element("need", "是否必备", "need", Word(list!(Need standard))),
    element("when", "提供情形", "when", Words),
    element("form_link", "空白表格", "blank form", Plain),
    element("field", "表单字段", "field of the form", Plain),
];

static STEP: &[Element] = &[
    element("name", "环节名称", "name", Words),
    element("what", "环节内容", "what is done", Words),
    element("limit", "环节时限", "limit", Shape::Limit),
];

static FEE: &[Element] = &[
    element("name", "收费项目名称", "name", Words),
    element("amount", "收费标准", "amount", Words),
    element("basis", "收费依据", "basis", Words),
];

static RESULT: &[Element] =
    &[element("name", "结果名称", "result", Words), element("sample", "结果样本", "sample of the result", Plain)];

static QUESTION: &[Element] =
    &[element("question", "问题", "question", Words), element("answer", "解答", "answer", Words)];

static BASIS: &[Element] = &[
    element("name", "依据名称", "document", Words),
    element("article", "条款号", "article", Words),
    element("number", "文号", "number", Plain),
    element("from", "实施日期", "in force from", Plain),
    element("to", "失效日期", "no longer in force from", Plain),
];

/// The unit of a limit.
pub(crate) static LIMIT_UNIT: List = list!(LimitUnit standard);
