use database::testing::for_each_backend;

use crate::world::*;
use crate::{Accounts, AccountsError, Actor, Role, StaffQuery};

async fn names(accounts: &Accounts, actor: &Actor, asked: &StaffQuery) -> Vec<(String, Role)> {
    let (mut asked, mut all) = (asked.clone(), Vec::new());
    loop {
        let page = accounts.staff(actor, &asked, now()).await.unwrap();
        all.extend(page.staff.into_iter().map(|one| (one.name, one.given.role)));
        match page.next {
            Some(next) => asked.after = Some(next),
            None => return all,
        }
    }
}

#[tokio::test]
async fn who_manages_roles_sees_those_of_his_jurisdiction_page_by_page() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        for (number, role, at) in
            [(1, Role::OutletStaff, 4), (2, Role::OutletLead, 5), (3, Role::OutletStaff, 6), (4, Role::OutletStaff, 4)]
        {
            official(&accounts, number, role, Some(at)).await;
        }
        let (_, administrator) = official(&accounts, 5, Role::Administrator, Some(2)).await;
        let (_, operator) = official(&accounts, 6, Role::Operator, None).await;
        let everyone = StaffQuery { limit: 2, ..StaffQuery::default() };
        let name = |number: u16| format!("测试人员{number}");
        let own = [
            (name(1), Role::OutletStaff),
            (name(2), Role::OutletLead),
            (name(4), Role::OutletStaff),
            (name(5), Role::Administrator),
        ];
        assert_eq!(names(&accounts, &administrator, &everyone).await, own);
        assert_eq!(names(&accounts, &operator, &everyone).await.len(), 6);
        let staff = StaffQuery { role: Some(Role::OutletStaff), ..everyone.clone() };
        assert_eq!(names(&accounts, &administrator, &staff).await.len(), 2);
        assert_eq!(names(&accounts, &operator, &staff).await.len(), 3);
        let at = |number| StaffQuery { organisation: Some(organisation(number)), ..everyone.clone() };
        assert_eq!(names(&accounts, &administrator, &at(5)).await, [(name(2), Role::OutletLead)]);
        let outside = accounts.staff(&administrator, &at(6), now()).await;
        assert!(matches!(outside, Err(AccountsError::Denied(_))));
        let (_, staff) = official(&accounts, 7, Role::OutletStaff, Some(4)).await;
        assert!(matches!(accounts.staff(&staff, &everyone, now()).await, Err(AccountsError::Denied(_))));
    })
    .await;
}
