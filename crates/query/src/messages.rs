//! The words of mistakes in both languages.

use crate::mistake::{Expected, Reason, Tongue};
use crate::{Field, FieldKind};

/// What is wrong, in one sentence.
pub(crate) fn sentence(reason: Reason, found: &str, tongue: Tongue) -> String {
    match tongue {
        Tongue::Chinese => chinese(reason, found),
        Tongue::English => english(reason, found),
    }
}

/// The reason as a word for programs; these never change.
pub(crate) const fn code(reason: Reason) -> &'static str {
    match reason {
        Reason::UnknownField => "unknown-field",
        Reason::FieldMissing => "field-missing",
        Reason::FieldInside => "field-inside-field",
        Reason::ValueMissing => "value-missing",
        Reason::BracketOpen | Reason::BracketStray => "bracket",
        Reason::QuoteOpen => "quote",
        Reason::ConditionMissing => "condition-missing",
        Reason::NotCompared(_) | Reason::ExactText | Reason::WholeWildcard => "comparison",
        Reason::RangeStray | Reason::NoRange | Reason::RangeForm | Reason::RangeEmpty => "range",
        Reason::Number => "number",
        Reason::Date => "date",
        Reason::Count => "count",
        Reason::Symbol(_) => "class",
        Reason::Keyword(_) => "keyword",
        Reason::WildcardStart
        | Reason::WildcardShort
        | Reason::WildcardWord
        | Reason::WildcardHere
        | Reason::WildcardSound
        | Reason::WildcardMany => "wildcard",
        Reason::NearOperand | Reason::NearFields | Reason::NearWhole | Reason::NearSound | Reason::Distance => {
            "nearness"
        }
        Reason::NoEqual(_) => "no-equal",
        Reason::Nothing => "nothing",
        Reason::Long | Reason::Deep | Reason::Many => "limit",
    }
}

fn chinese(reason: Reason, found: &str) -> String {
    match reason {
        Reason::UnknownField => format!("没有名为“{found}”的字段；若要检索这些字符本身，请加引号"),
        Reason::FieldMissing => format!("“{found}”前面应有字段名"),
        Reason::FieldInside => format!("字段“{found}”不能写在另一个字段的括号里"),
        Reason::ValueMissing => "字段后面缺少要检索的值".to_owned(),
        Reason::BracketOpen => "左括号没有对应的右括号".to_owned(),
        Reason::BracketStray => format!("多出的右括号“{found}”"),
        Reason::RangeStray => format!("“{found}”只用于日期或数量字段的范围；若要检索这个字符，请加引号"),
        Reason::QuoteOpen => "引号没有闭合".to_owned(),
        Reason::ConditionMissing if found.is_empty() => "式子到此中断，运算符后面缺少条件".to_owned(),
        Reason::ConditionMissing => format!("“{found}”前后应各有一个条件"),
        Reason::NotCompared(field) => format!("字段“{}”不能比较大小", field.chinese()),
        Reason::ExactText => "“==”用于分类号、名称（ti）和人名机构名；要逐字检索，请把文字放在引号里".to_owned(),
        Reason::WholeWildcard => "“==”要的是整个值，不用通配符；若要检索这些字符本身，请加引号".to_owned(),
        Reason::NoRange => "范围只用于日期和数量字段".to_owned(),
        Reason::RangeForm => format!("“{found}”不是完整的范围"),
        Reason::RangeEmpty => format!("“{found}”的起点在终点之后，没有可取的值"),
        Reason::Number => format!("“{found}”不像任何一局的号码"),
        Reason::Date => format!("“{found}”不是日期"),
        Reason::Count => format!("这个字段是数量，“{found}”不是整数"),
        Reason::Symbol(field) => format!("“{found}”不是“{}”的分类号", field.chinese()),
        Reason::Keyword(field) => format!("“{}”没有“{found}”这个值", field.chinese()),
        Reason::WildcardStart => {
            "通配符只有在名称和号码字段才能放在词首；中文词不加通配符也能在任何位置找到".to_owned()
        }
        Reason::WildcardShort => "通配符前至少要有两个字母或数字".to_owned(),
        Reason::WildcardWord => "通配符只在一个词之内有效".to_owned(),
        Reason::WildcardHere => "这个字段不支持通配符；field=* 表示有值".to_owned(),
        Reason::WildcardSound => "按读音检索须写完整的词，不用通配符".to_owned(),
        Reason::WildcardMany => "这个通配符代表的写法太多，请缩小范围或改用不限长度的通配符".to_owned(),
        Reason::NearWhole => "“==”要的是整个值，不能用于 NEAR、ADJ、SEN、PARA".to_owned(),
        Reason::NearSound => "按读音检索不能用于 NEAR、ADJ、SEN、PARA".to_owned(),
        Reason::NearOperand => "NEAR、ADJ、SEN、PARA 两边只能是词语，或用 OR 连接的词语".to_owned(),
        Reason::NearFields => "NEAR、ADJ、SEN、PARA 两边须属于同一个文本或名称字段".to_owned(),
        Reason::Distance => format!("“{found}”的间隔应为 1 到 999"),
        Reason::NoEqual([chinese, _]) => format!("“{found}”在这里没有对应的写法；{chinese}"),
        Reason::Nothing => "这里没有可检索的文字或数字".to_owned(),
        Reason::Long => "检索式太长，最多 65536 字节".to_owned(),
        Reason::Deep => "括号嵌套太深".to_owned(),
        Reason::Many => "条件太多，最多 2000 个".to_owned(),
    }
}

fn english(reason: Reason, found: &str) -> String {
    match reason {
        Reason::UnknownField => format!("there is no field «{found}»; to search these characters, put them in quotes"),
        Reason::FieldMissing => format!("«{found}» needs the name of a field before it"),
        Reason::FieldInside => format!("the field «{found}» cannot stand inside the brackets of another field"),
        Reason::ValueMissing => "the field has no value".to_owned(),
        Reason::BracketOpen => "this bracket is never closed".to_owned(),
        Reason::BracketStray => format!("«{found}» closes no bracket"),
        Reason::RangeStray => format!("«{found}» belongs to ranges of dates and counts; to search it, use quotes"),
        Reason::QuoteOpen => "this quotation mark is never closed".to_owned(),
        Reason::ConditionMissing if found.is_empty() => "the query ends where a condition should follow".to_owned(),
        Reason::ConditionMissing => format!("«{found}» needs a condition on either side"),
        Reason::NotCompared(field) => format!("the field «{}» cannot be compared", field.english()),
        Reason::ExactText => "«==» is for classes, titles and names; for exact text use quotes".to_owned(),
        Reason::WholeWildcard => {
            "«==» asks for the whole value and takes no wildcard; to ask for these characters, use quotes".to_owned()
        }
        Reason::NoRange => "only dates and counts have ranges".to_owned(),
        Reason::RangeForm => format!("«{found}» is not a complete range"),
        Reason::RangeEmpty => format!("«{found}» starts after its end, so it holds no value"),
        Reason::Number => format!("«{found}» is not a number of any office"),
        Reason::Date => format!("«{found}» is not a date"),
        Reason::Count => format!("this field counts, and «{found}» is not a whole number"),
        Reason::Symbol(field) => format!("«{found}» is not a symbol of {}", class_name(field)),
        Reason::Keyword(field) => format!("«{found}» is not a value of «{}»", field.english()),
        Reason::WildcardStart => {
            "a wildcard may start a word only in names and numbers; Chinese words are found anywhere without one"
                .to_owned()
        }
        Reason::WildcardShort => "at least two letters or digits must stand before the wildcard".to_owned(),
        Reason::WildcardWord => "a wildcard works within one word".to_owned(),
        Reason::WildcardHere => "this field takes no wildcard; field=* asks for any value".to_owned(),
        Reason::WildcardSound => "words that sound alike are asked for by whole words, without wildcards".to_owned(),
        Reason::WildcardMany => {
            "this wildcard stands for too many spellings; narrow it, or use the one without a limit".to_owned()
        }
        Reason::NearWhole => "«==» asks for the whole value, so NEAR, ADJ, SEN and PARA cannot take it".to_owned(),
        Reason::NearSound => "words that sound alike cannot be asked for by NEAR, ADJ, SEN and PARA".to_owned(),
        Reason::NearOperand => "NEAR, ADJ, SEN and PARA stand between words, or words joined by OR".to_owned(),
        Reason::NearFields => "both sides of NEAR, ADJ, SEN and PARA must be in one text or name field".to_owned(),
        Reason::Distance => format!("the distance in «{found}» must be 1 to 999"),
        Reason::NoEqual([_, english]) => format!("«{found}» has no equal here; {english}"),
        Reason::Nothing => "there is no letter or digit here to search for".to_owned(),
        Reason::Long => "the query is too long: at most 65,536 bytes".to_owned(),
        Reason::Deep => "the brackets are nested too deep".to_owned(),
        Reason::Many => "there are too many conditions: at most 2,000".to_owned(),
    }
}

fn class_name(field: Field) -> &'static str {
    match field {
        Field::Ipc => "the IPC",
        Field::Cpc => "the CPC",
        Field::Locarno => "the Locarno classification",
        Field::Nice => "the Nice classification",
        Field::Vienna => "the Vienna classification",
        _ => "the IPC or CPC",
    }
}

/// What could have stood at a place.
pub(crate) fn expected(expected: Expected, tongue: Tongue) -> &'static str {
    let (chinese, english) = match expected {
        Expected::Condition => ("词语、字段或括号", "a word, a field or a bracket"),
        Expected::FieldName => ("字段名，如 ti 名称 pa 申请人", "the name of a field, such as ti or applicant"),
        Expected::Value => ("要检索的值", "a value"),
        Expected::ClosingBracket => (")", ")"),
        Expected::ClosingQuote => ("\"", "\""),
        Expected::Number => ("号码，如 CN104751825B", "a number, such as CN104751825B"),
        Expected::Date => ("日期，如 2020、2020-03、2020-03-15", "a date, such as 2020, 2020-03 or 2020-03-15"),
        Expected::Count => ("整数，如 20", "a whole number, such as 20"),
        Expected::Symbol => ("分类号，如 H01M10/05、14-02、26.11", "a symbol, such as H01M10/05, 14-02 or 26.11"),
        Expected::Keyword => ("该字段的取值", "a value of this field"),
        Expected::Range => ("[起 TO 止]", "[from TO to]"),
        Expected::Equals => ("= 或 :", "= or :"),
        Expected::Words => ("词语", "words"),
        Expected::Distance => ("1 到 999", "1 to 999"),
        Expected::Less => ("更短的检索式", "a shorter query"),
    };
    match tongue {
        Tongue::Chinese => chinese,
        Tongue::English => english,
    }
}

/// A kind of field in words, for the documentation.
pub(crate) const fn kind(kind: FieldKind, tongue: Tongue) -> &'static str {
    let (chinese, english) = match kind {
        FieldKind::Text => ("文本", "text"),
        FieldKind::Name => ("名称", "name"),
        FieldKind::Number => ("号码", "number"),
        FieldKind::Date => ("日期", "date"),
        FieldKind::Count => ("数量", "count"),
        FieldKind::Class => ("分类", "class"),
        FieldKind::Keyword => ("取值", "keyword"),
    };
    match tongue {
        Tongue::Chinese => chinese,
        Tongue::English => english,
    }
}
