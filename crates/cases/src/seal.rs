//! What is personal: sealed at rest, each text for its own place.

use accounts::Sealed;
use network::Fault;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::fault;
use crate::sql::to_json;
use crate::{CaseId, Cases, CasesError, Contact};

/// Characters of one entry of a contact at most.
const LONGEST: usize = 200;

impl Cases {
    /// A value as a sealed text; `what` names the column.
    pub(crate) fn seal<T: Serialize>(&self, what: &str, id: &str, value: &T) -> Result<String, CasesError> {
        Ok(self.secret.seal(&format!("cases.{what} {id}"), &to_json(value)?).into())
    }

    /// The value of a sealed text.
    pub(crate) fn unseal<T: DeserializeOwned>(&self, what: &str, id: &str, sealed: String) -> Result<T, CasesError> {
        let unreadable = |reason: String| CasesError::Unreadable { of: format!("{what} of {id}"), reason };
        let text = self.secret.open(&format!("cases.{what} {id}"), &Sealed::stored(sealed));
        let text = text.map_err(|error| unreadable(error.to_string()))?;
        serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))
    }

    /// The value of a sealed text that may be empty.
    pub(crate) fn unseal_or_default<T: DeserializeOwned + Default>(
        &self,
        what: &str,
        id: &CaseId,
        sealed: String,
    ) -> Result<T, CasesError> {
        if sealed.is_empty() { Ok(T::default()) } else { self.unseal(what, id.as_str(), sealed) }
    }
}

impl Contact {
    /// Everything that keeps it from being stored; one way to reach the client is needed where there is no account.
    pub(crate) fn faults(&self, has_account: bool) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.name.trim().is_empty() {
            faults.push(fault("contact.name", "请填写联系人姓名", "write the name of a contact"));
        }
        let reached = [&self.telephone, &self.email, &self.address].iter().any(|way| !way.trim().is_empty());
        if !has_account && !reached {
            let (zh, en) = ("请填写电话、邮箱或地址中的至少一项", "write a telephone number, an e-mail or an address");
            faults.push(fault("contact.telephone", zh, en));
        }
        let texts = [
            ("contact.name", &self.name),
            ("contact.telephone", &self.telephone),
            ("contact.email", &self.email),
            ("contact.organisation", &self.organisation),
            ("contact.address", &self.address),
        ];
        for (field, text) in texts {
            if text.chars().count() > LONGEST || text.chars().any(char::is_control) {
                let zh = format!("{field} 最多 {LONGEST} 个字符，不能换行");
                faults.push(fault(field, zh, format!("{field} is one line of at most {LONGEST} characters")));
            }
        }
        if !self.email.is_empty() && !is_mail(&self.email) {
            faults.push(fault("contact.email", "邮箱地址不完整", "this is no whole e-mail address"));
        }
        faults
    }

    /// The same with all but a hint of each entry hidden.
    #[must_use]
    pub fn masked(&self) -> Self {
        let hidden = |text: &str| {
            let length = text.chars().count();
            let tail: String = text.chars().skip(length.saturating_sub(if length > 7 { 4 } else { 0 })).collect();
            if length == 0 { String::new() } else { format!("****{}", if length > 7 { tail } else { String::new() }) }
        };
        let email = self.email.split_once('@').map_or_else(String::new, |(name, host)| {
            format!("{}***@{host}", name.chars().next().map(String::from).unwrap_or_default())
        });
        Self {
            name: accounts::masked_name(&self.name),
            telephone: hidden(&self.telephone),
            email,
            organisation: self.organisation.clone(),
            address: accounts::masked_address(&self.address),
        }
    }
}

fn is_mail(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    !name.is_empty()
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !text.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '"'))
        && !host.contains('@')
}
