//! Names of rows.

/// Writes the name of a kind of row.
macro_rules! named {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub ::network::Id);

        impl $name {
            /// The 26 characters.
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::network::NoId;

            fn from_str(text: &str) -> Result<Self, ::network::NoId> {
                text.parse().map(Self)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

named! {
    /// The name of a plan.
    PlanId
    /// The name of a report.
    ReportId
    /// The name of a file of a report.
    FileId
}
