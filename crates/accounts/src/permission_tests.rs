use std::fmt::Write as _;
use std::path::Path;

use super::*;

/// Set to write `docs/permissions.md` anew.
const UPDATE: &str = "UPDATE_DOCS";

/// The page that the documents print.
fn page() -> String {
    let mut page = String::from(
        "# Who may what 谁可以做什么\n\n\
         The one table of permissions, printed from `accounts::Permission::table()`. A role is given at an organisation and holds \
         there and at all that stand under it. Everyone is a visitor; whoever has signed in is a client. An empty cell is a no.\n\n\
         权限总表，由 `accounts::Permission::table()` 生成。角色授予某一机构，适用于该机构及其全部下级。人人都是访客，登录后即为社会公众。空格表示不可以。\n\n\
         | permission 权限 |",
    );
    for role in Role::ALL {
        let _ = write!(page, " {} {} |", role.label("en"), role.label("zh"));
    }
    page.push_str("\n|---|");
    page.push_str(&":-:|".repeat(Role::ALL.len()));
    for (permission, roles) in Permission::table() {
        let _ = write!(page, "\n| {} {} `{permission}` |", permission.label("en"), permission.label("zh"));
        for role in Role::ALL {
            let everyones = roles.contains(&Role::Visitor) || (roles.contains(&Role::Client) && *role != Role::Visitor);
            page.push_str(if everyones || roles.contains(role) { " ● |" } else { "  |" });
        }
    }
    page.push_str(
        "\n\n## Giving and taking roles 授予与收回\n\n\
         Whoever may give roles at an organisation gives them there and under it, never beyond. 只能在本人有权的机构及其下级授予。\n\n",
    );
    for role in Role::ALL.iter().filter(|role| role.is_operators_to_give()) {
        let (zh, en) = if role.is_everywhere_only() {
            ("只由运维人员授予，适用于整个平台", "given by operators alone, and for the whole installation")
        } else {
            ("只由运维人员授予", "given by operators alone")
        };
        let _ = writeln!(page, "- {}: {en}. {}:{zh}。", role.label("en"), role.label("zh"));
    }
    page
}

#[test]
fn the_documents_print_the_table_as_it_is() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/permissions.md");
    if std::env::var_os(UPDATE).is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    let printed = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        printed == page(),
        "docs/permissions.md is not the table: run `{UPDATE}=1 cargo test -p accounts permission`"
    );
}

#[test]
fn every_permission_is_held_by_someone_and_every_role_holds_something() {
    for role in Role::ALL {
        assert!(Permission::table().any(|(_, roles)| roles.contains(role)), "{role}");
    }
    // What is everyone's names no further roles: they would say nothing.
    for (permission, roles) in Permission::table() {
        let everyones = roles.contains(&Role::Visitor) || roles.contains(&Role::Client);
        assert!(!everyones || roles.len() == 1, "{permission}");
    }
}
