//! The elements of an item in the order in which the form of its keepers has them.

use services::{
    BodyNature, Channel, ExerciseLevel, Group, ItemType, LimitUnit, Need, Processing, Record, ServiceObject,
    SpecialKind, Theme,
};

/// Codes and names of a list, in a language.
pub(super) type Words = fn(&str) -> Vec<(&'static str, &'static str)>;

/// What is typed for an element.
pub(super) enum Kind {
    /// One line, the same in both languages.
    Line,
    /// A line in each language.
    Both,
    /// A paragraph in each language.
    Paragraph,
    /// One of a list.
    Word(Words),
    /// Some of a list.
    Several(Words),
    /// Yes or no.
    Flag,
    /// A whole number.
    Count,
    /// A day.
    Day,
    /// A time limit: number, unit, a note in each language.
    Limit,
    /// Parts of its own.
    Within(&'static [Part]),
    /// Paragraphs, as many as one likes.
    Paragraphs,
    /// Rows of parts.
    Rows(&'static [Part]),
    /// The form of a request, as text.
    Form,
}

/// One element.
pub(super) struct Part {
    pub(super) key: &'static str,
    pub(super) zh: &'static str,
    pub(super) en: &'static str,
    pub(super) kind: Kind,
    pub(super) needed: bool,
}

/// Elements that belong together.
pub(super) struct Section {
    pub(super) id: &'static str,
    pub(super) zh: &'static str,
    pub(super) en: &'static str,
    pub(super) parts: &'static [Part],
}

macro_rules! words {
    ($list:ident) => {
        |lang| $list::ALL.iter().map(|value| (value.code(), value.label(lang))).collect()
    };
}

const fn may(key: &'static str, zh: &'static str, en: &'static str, kind: Kind) -> Part {
    Part { key, zh, en, kind, needed: false }
}

const fn must(key: &'static str, zh: &'static str, en: &'static str, kind: Kind) -> Part {
    Part { key, zh, en, kind, needed: true }
}

use Kind::{Both, Count, Day, Flag, Form, Limit, Line, Paragraph, Paragraphs, Rows, Several, Within, Word};

/// Units of limits.
pub(super) static UNITS: Words = words!(LimitUnit);

/// All elements but the code.
pub(super) static SECTIONS: &[Section] = &[
    Section {
        id: "what",
        zh: "这是什么事项",
        en: "What it is",
        parts: &[
            must("group", "服务类别", "List", Word(words!(Group))),
            must("theme", "主题", "Theme", Word(words!(Theme))),
            must("title", "事项名称", "Title", Both),
            must("summary", "事项简介", "Summary", Paragraph),
            must("item_type", "事项类型", "Type", Word(words!(ItemType))),
            must("processing", "办件类型", "Kind of processing", Word(words!(Processing))),
        ],
    },
    Section {
        id: "who",
        zh: "谁可以办",
        en: "Who may ask",
        parts: &[
            must("objects", "服务对象", "Whom it is for", Several(words!(ServiceObject))),
            must("conditions", "受理条件", "Conditions", Paragraphs),
            may("area", "通办范围", "From where", Paragraph),
            may("quota", "数量限制", "Quota", Paragraph),
            may("intermediaries", "中介服务", "Needed from others", Paragraph),
        ],
    },
    Section {
        id: "bring",
        zh: "申请材料",
        en: "What to bring",
        parts: &[
            may("materials", "申请材料", "Papers", Rows(MATERIAL)),
            may("notified_promise", "告知承诺", "Promise in place of a proof", Paragraph),
        ],
    },
    Section {
        id: "way",
        zh: "办理流程与时限",
        en: "Steps and time",
        parts: &[
            must("steps", "办理流程", "Steps", Rows(STEP)),
            may("acceptance_limit", "受理时限", "Accepted or refused within", Limit),
            may("supplement_limit", "补正时限", "Supplements within", Limit),
            may("statutory_limit", "法定办结时限", "Finished by law within", Limit),
            may("promised_limit", "承诺办结时限", "Finished as promised within", Limit),
            may("special", "特别程序", "Special procedures", Rows(SPECIAL)),
            may("records", "必须留存的记录", "Records to keep", Several(words!(Record))),
        ],
    },
    Section {
        id: "where",
        zh: "办理方式",
        en: "Where and how",
        parts: &[
            must("channels", "办理形式", "Channels", Several(words!(Channel))),
            may("access", "获取途径", "Where to go", Paragraph),
            may("place", "办理地点", "Place", Paragraph),
            may("hours", "办理时间", "Hours", Paragraph),
            may("appointment", "可预约办理", "By appointment", Flag),
            may("online", "全程网办", "Wholly on the web", Flag),
            may("online_payment", "可网上支付", "Paid on the web", Flag),
            may("delivery", "结果可邮寄", "Result sent by courier", Flag),
            may("conveniences", "便利化举措", "To make it easier", Paragraphs),
        ],
    },
    Section {
        id: "outcome",
        zh: "费用与结果",
        en: "Fees and result",
        parts: &[
            may("fees", "收费项目（没有即免费）", "Fees (none: free)", Rows(FEE)),
            must("result", "办理结果", "Result", Within(RESULT)),
            may("quality", "服务质量保障", "Quality", Paragraphs),
        ],
    },
    Section {
        id: "after",
        zh: "查询、投诉、问答",
        en: "Enquiry, complaint, questions",
        parts: &[
            must("progress", "办理进度查询", "How to follow it", Paragraph),
            may("consultation_telephone", "咨询电话", "Telephone for questions", Line),
            may("complaint_telephone", "监督投诉电话", "Telephone for complaints", Line),
            may("supervision", "监督评价", "Complaints and ratings", Paragraph),
            may("questions", "常见问题", "Questions", Rows(QUESTION)),
        ],
    },
    Section {
        id: "ground",
        zh: "依据与目录要素",
        en: "Legal basis and particulars",
        parts: &[
            may("basis", "设定依据", "Legal basis", Rows(BASIS)),
            must("body", "实施主体", "Implementing body", Within(BODY)),
            must("level", "行使层级", "Level of exercise", Word(words!(ExerciseLevel))),
            may("division_of_power", "权限划分", "Division of power", Paragraph),
            may("working_unit", "承办机构", "Working unit", Both),
            may("joint_bodies", "联办机构", "Joint bodies", Both),
            may("basic_code", "基本编码", "Basic code", Line),
            may("implementation_code", "实施编码", "Implementation code", Line),
        ],
    },
    Section {
        id: "asks", zh: "申请表单", en: "Request form", parts: &[must("form", "表单定义", "The form", Form)]
    },
];

static MATERIAL: &[Part] = &[
    must("name", "材料名称", "Paper", Both),
    may("issuer", "出具机构（空为申请人自备）", "Issued by (empty: the client)", Both),
    may("originals", "原件份数", "Originals", Count),
    may("copies", "复印件份数", "Copies", Count),
    must("need", "是否必备", "Needed", Word(words!(Need))),
    may("field", "表单中的上传项（标识）", "Key of the upload field", Line),
    may("when", "提供情形", "In which case", Both),
    may("form_link", "空白表格的网址", "Address of the blank form", Line),
];

static STEP: &[Part] = &[
    must("name", "环节名称", "Step", Both),
    must("what", "环节内容", "What is done", Paragraph),
    may("limit", "环节时限", "Within", Limit),
];

static SPECIAL: &[Part] = &[
    must("name", "名称", "Name", Both),
    must("kind", "种类", "Kind", Word(words!(SpecialKind))),
    may("limit", "最长时间", "At most", Limit),
    may("ground", "依据", "On what ground", Paragraph),
];

static FEE: &[Part] = &[
    must("name", "收费项目", "For what", Both),
    must("amount", "收费标准", "How much", Paragraph),
    must("basis", "收费依据", "By which rule", Paragraph),
];

static RESULT: &[Part] = &[
    must("name", "结果名称", "Name of the result", Both),
    may("sample", "结果样本的网址", "Address of a sample", Line),
];

static BODY: &[Part] = &[
    must("name", "实施主体名称", "Name of the body", Both),
    may("code", "统一社会信用代码", "Its credit code", Line),
    must("nature", "实施主体性质", "Its nature", Word(words!(BodyNature))),
];

static QUESTION: &[Part] =
    &[must("question", "问题", "Question", Paragraph), must("answer", "解答", "Answer", Paragraph)];

static BASIS: &[Part] = &[
    must("name", "文件名称", "Document", Both),
    may("article", "条款", "Article", Both),
    may("number", "文号", "Number", Line),
    may("from", "实施日期", "In force from", Day),
    may("to", "失效日期", "No longer in force from", Day),
];

impl Part {
    /// What it is called.
    pub(super) fn label(&self, lang: &str) -> &'static str {
        if lang == "zh" { self.zh } else { self.en }
    }
}
