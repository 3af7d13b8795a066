//! A person as the site knows him.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Email, PersonId, Telephone, masked_address, masked_name};

network::coded! {
    /// The language in which a person is written to.
    Language ("language") {
        /// 中文.
        Chinese = "zh", "中文", "Chinese";
        /// English.
        English = "en", "英文", "English";
    }
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Person {
    /// Its name here.
    pub id: PersonId,
    /// Counts changes; an edit names the one seen.
    pub version: i64,
    /// Name.
    pub name: String,
    /// Language.
    pub language: Language,
    /// Whether news of one's cases come by mail.
    pub wants_mail: bool,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    /// Whether a link sent there was followed.
    pub email_confirmed: bool,
    /// Telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<Telephone>,
    /// Postal address, to fill forms in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Whether one can sign in with a password.
    pub has_password: bool,
    /// Version of the terms agreed to.
    pub terms: String,
    /// When the account was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
}

/// A person with everything hidden that names or reaches him.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MaskedPerson {
    /// Whose account.
    pub id: PersonId,
    /// `张*`; empty when the account is deleted.
    pub name: String,
    /// `z***@example.org`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// `138****1234`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    /// Beginning of the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

impl Person {
    /// What may be shown to those who work with the person.
    pub fn masked(&self) -> MaskedPerson {
        MaskedPerson {
            id: self.id.clone(),
            name: masked_name(&self.name),
            email: self.email.as_ref().map(Email::masked),
            telephone: self.telephone.as_ref().map(Telephone::masked),
            address: self.address.as_deref().map(masked_address),
        }
    }
}
