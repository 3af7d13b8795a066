//! Where a webhook may go: to hosts of the public internet alone, so that nobody reaches through this server into the
//! network behind it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Characters of an address at most.
const MOST: usize = 1000;

network::coded! {
    /// Why a webhook does not go to an address.
    Refused ("reason") {
        /// Not an address, or too long.
        NoAddress = "no-address", "不是有效的网址(最长 1000 个字符)", "it is no address of at most 1000 characters";
        /// Not encrypted.
        NotHttps = "not-https", "须以 https:// 开头", "it must begin with https://";
        /// Carries a user or password.
        Credentials = "credentials", "网址中不能带用户名或密码", "it must not carry a user or password";
        /// Leads into a private network.
        Private = "private", "指向内部网络", "it leads into a private network";
    }
}

/// The address in normal form. `private`: whether plain HTTP and private networks are allowed.
pub(crate) fn judged(address: &str, private: bool) -> Result<Url, Refused> {
    let url = Url::parse(address.trim()).map_err(|_| Refused::NoAddress)?;
    let host = url.host().ok_or(Refused::NoAddress)?;
    if url.as_str().len() > MOST {
        return Err(Refused::NoAddress);
    }
    if url.scheme() != "https" && !(private && url.scheme() == "http") {
        return Err(Refused::NotHttps);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refused::Credentials);
    }
    let inside = match host {
        Host::Ipv4(address) => !is_public(address.into()),
        Host::Ipv6(address) => !is_public(address.into()),
        Host::Domain(name) => is_local_name(name),
    };
    if inside && !private { Err(Refused::Private) } else { Ok(url) }
}

/// Names that by convention mean a machine of the same network. Any name may do so in fact: the addresses behind it are
/// judged at every connection.
fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let ends = [".localhost", ".local", ".internal", ".lan", ".home.arpa", ".intranet"];
    name == "localhost" || !name.contains('.') || ends.iter().any(|end| name.ends_with(end))
}

/// Whether an address is of the public internet.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// All but the special-purpose blocks of RFC 6890 and later.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b)))
}

/// Global unicast, 2000::/3, without documentation and without the blocks that carry an IPv4 address past the check.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let teredo_and_kin = segments[0] == 0x2001 && segments[1] < 0x0200;
    let documentation = (segments[0] == 0x2001 && segments[1] == 0x0db8) || segments[0] == 0x3fff;
    let six_to_four = segments[0] == 0x2002;
    segments[0] & 0xe000 == 0x2000 && !teredo_and_kin && !documentation && !six_to_four
}

#[cfg(test)]
#[path = "address_tests.rs"]
mod tests;
