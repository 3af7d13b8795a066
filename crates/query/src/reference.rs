//! The table of fields for the documentation.

use std::fmt::Write as _;

use crate::mistake::Tongue;
use crate::{Field, messages};

impl Field {
    /// A query that uses the field, for documentation and help.
    pub const fn example(self) -> &'static str {
        match self {
            Self::Title => "ti=石墨烯",
            Self::Sound => "读音=惠知",
            Self::Abstract => "ab=(battery NEAR/5 solid)",
            Self::Claims => "权利要求=\"固态电解质\"",
            Self::Description => "de=graph*",
            Self::Goods => "商品服务=计算机软件",
            Self::Applicant => "申请人=华为",
            Self::Owner => "ow=*科技*",
            Self::Inventor => "in=张三",
            Self::Agent => "代理机构=*知识产权*",
            Self::Address => "地址=南山区",
            Self::Number => "pn=US 8,926,509 B2",
            Self::Priority => "pr=CN2019*",
            Self::Citation => "ct=EP2930123",
            Self::Family => "fam=40149123",
            Self::FilingDate => "ad=[2020 TO 2023-06]",
            Self::PublicationDate => "公开日>=2021-01-01",
            Self::GrantDate => "gd=2022",
            Self::ExpiryDate => "xd<2030-01-01",
            Self::PriorityDate => "prd=2019-03",
            Self::EventDate => "evd={2020 TO 2022}",
            Self::Ipc => "ipc=H01M10/05",
            Self::Cpc => "cpc==G06F16/9535",
            Self::Class => "分类号=H01M",
            Self::Locarno => "loc=14-02",
            Self::Nice => "nice=9",
            Self::Vienna => "vienna=26.11",
            Self::Right => "类型=商标",
            Self::Status => "状态=有效",
            Self::Event => "event=转让",
            Self::Office => "office=(CN OR EP)",
            Self::Kind => "kind=B2",
            Self::Country => "co=DE",
            Self::Region => "地区=广东",
            Self::City => "城市=深圳",
            Self::ApplicantType => "申请人类型=高校",
            Self::Technology => "tech=8",
            Self::Language => "lang=zh",
            Self::ClaimCount => "claims>20",
            Self::ApplicantCount => "applicants>=2",
            Self::InventorCount => "inventors=1",
            Self::CitationCount => "citations=[10 TO 50]",
        }
    }
}

/// All fields as a Markdown table: code, English and Chinese name, other names, kind, example.
pub fn field_table(tongue: Tongue) -> String {
    let mut table = String::from(match tongue {
        Tongue::English => "| code | English | Chinese | also | kind | example |\n",
        Tongue::Chinese => "| 代码 | 英文名 | 中文名 | 其他写法 | 种类 | 例 |\n",
    });
    table.push_str("|---|---|---|---|---|---|\n");
    for field in Field::ALL {
        let others: Vec<String> = field.other_names().iter().map(|name| format!("`{name}`")).collect();
        // Writing to a text cannot fail.
        let _ = writeln!(
            table,
            "| `{}` | `{}` | `{}` | {} | {} | `{}` |",
            field.code(),
            field.english(),
            field.chinese(),
            others.join(" "),
            messages::kind(field.kind(), tongue),
            field.example()
        );
    }
    table
}
