use serde_json::json;

use super::*;
use crate::VersionState;
use crate::testing::item;

fn version(item: Item) -> Version {
    let code = item.code.clone();
    Version { code, number: 1, state: VersionState::Published, revision: 2, from: None, to: None, keeper: None, item }
}

fn back(item: &Item) -> Result<Item, Vec<Problem>> {
    read(1, written(&version(item.clone())).unwrap())
}

#[test]
fn names_and_code_values_are_those_of_the_standard() {
    let licence = crate::catalogue().unwrap().into_iter().find(|item| item.code.as_str() == "W-P06").unwrap();
    let out = written(&version(licence)).unwrap();
    let expected = json!({
        "事项名称": "专利实施许可合同备案", "事项名称(英文)": "Recordal of patent licences", "事项类型": "20", "行使层级": "1",
        "实施主体": "国家知识产权局", "实施主体性质": "1", "法定办结时限": 7, "法定办结时限单位": "1", "法定办结时限说明": "自收到备案申请之日起",
        "承诺办结时限": 7, "服务对象": ["1", "2", "3", "4", "5"], "办理形式": ["1", "2", "4"], "办件类型": "2", "结果名称": "备案证明",
        "是否收费": "0", "是否网办": "1", "版本号": 1,
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(out.get(name), Some(value), "{name}");
    }
    assert_eq!(
        out["申请材料"][0],
        json!({ "材料名称": "备案申请表", "材料名称(英文)": "Request for recordal", "原件份数": 1, "复印件份数": 0, "是否必备": "1", "表单字段": "paper_1" })
    );
}

#[test]
fn the_whole_catalogue_comes_back_as_it_went_out() {
    for item in crate::catalogue().unwrap() {
        assert_eq!(back(&item).as_ref(), Ok(&item), "{}", item.code);
    }
}

#[test]
fn everything_that_is_wrong_with_an_item_is_told() {
    let mut out = written(&version(item("X-1"))).unwrap();
    out.remove("事项名称");
    out.remove("办理结果");
    out.remove("结果名称");
    out.remove("结果名称(英文)");
    out.insert("事项类型".to_owned(), json!("99"));
    out.insert("服务对象".to_owned(), json!(["1", "8"]));
    out.insert("法定办结时限".to_owned(), json!(3));
    out.insert("受理条件(英文)".to_owned(), json!([]));
    out.insert("不明要素".to_owned(), json!(1));
    out.insert("是否网办".to_owned(), json!("maybe"));
    let columns: Vec<String> = read(7, out).unwrap_err().into_iter().map(|problem| problem.column).collect();
    for column in
        ["事项名称", "办理结果", "事项类型", "服务对象.2", "法定办结时限单位", "受理条件(英文)", "不明要素", "是否网办"]
    {
        assert!(columns.iter().any(|told| told == column), "{column} of {columns:?}");
    }
}

#[test]
fn code_values_may_come_as_numbers_or_words() {
    let mut out = written(&version(item("X-1"))).unwrap();
    out.insert("事项类型".to_owned(), json!(1));
    out.insert("服务对象".to_owned(), json!([1, "企业法人", "institution"]));
    out.insert("是否网办".to_owned(), json!(true));
    let item = read(1, out).unwrap();
    assert_eq!(item.item_type, crate::ItemType::Licence);
    assert_eq!(item.objects.len(), 3);
    assert!(item.online);
}
