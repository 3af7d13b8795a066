//! Passwords: what is taken, and how they are kept.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use network::Fault;
use serde::Deserialize;
use utoipa::ToSchema;
use zxcvbn::{Score, zxcvbn};

use crate::error::fault;

/// Characters of a password at least.
pub const SHORTEST_PASSWORD: usize = 10;
/// Characters at most: more gives nothing and costs time to judge.
pub const LONGEST_PASSWORD: usize = 128;
/// Words that everyone who attacks this site tries.
const WORDS_OF_THE_SITE: [&str; 8] =
    ["huizhi", "惠知", "zhishichanquan", "知识产权", "zscq", "patent", "trademark", "cnipa"];

/// A password as typed. It is never printed.
#[derive(Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct Password(String);

impl Password {
    /// The password as typed.
    pub fn typed(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// What one hash costs (argon2id).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hashing {
    /// Memory in KiB.
    pub memory: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Hashing {
    /// What OWASP's password storage cheat sheet recommends at least.
    pub const RECOMMENDED: Self = Self { memory: 19 * 1024, passes: 2, lanes: 1 };
    /// Almost nothing: for tests and made-up people only.
    pub const MADE_UP: Self = Self { memory: 8, passes: 1, lanes: 1 };

    /// The hash of a password in PHC form, as it is kept.
    pub(crate) fn hash(self, password: &Password, salt: [u8; 16]) -> Option<String> {
        let hash = self.raw(password, &salt)?;
        let Self { memory, passes, lanes } = self;
        let (salt, hash) = (STANDARD_NO_PAD.encode(salt), STANDARD_NO_PAD.encode(hash));
        Some(format!("$argon2id$v=19$m={memory},t={passes},p={lanes}${salt}${hash}"))
    }

    fn raw(self, password: &Password, salt: &[u8]) -> Option<[u8; 32]> {
        let params = Params::new(self.memory, self.passes, self.lanes, Some(32)).ok()?;
        let mut hash = [0; 32];
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        argon2.hash_password_into(password.0.as_bytes(), salt, &mut hash).ok()?;
        Some(hash)
    }
}

/// A kept hash taken apart.
struct Kept {
    hashing: Hashing,
    salt: Vec<u8>,
    hash: [u8; 32],
}

impl Kept {
    fn read(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("$argon2id$v=19$")?;
        let mut parts = rest.split('$');
        let (costs, salt, hash) = (parts.next()?, parts.next()?, parts.next()?);
        let mut costs = costs.split(',');
        let mut cost = |name: &str| costs.next()?.strip_prefix(name)?.parse().ok();
        let hashing = Hashing { memory: cost("m=")?, passes: cost("t=")?, lanes: cost("p=")? };
        let hash = STANDARD_NO_PAD.decode(hash).ok()?.try_into().ok()?;
        Some(Self { hashing, salt: STANDARD_NO_PAD.decode(salt).ok()?, hash })
    }
}

/// Whether this is the password of a kept hash.
pub(crate) fn fits(kept: &str, password: &Password) -> bool {
    let Some(kept) = Kept::read(kept) else { return false };
    // Hashes of blake3 compare in constant time.
    let same = |hash: [u8; 32]| blake3::Hash::from(hash) == blake3::Hash::from(kept.hash);
    kept.hashing.raw(password, &kept.salt).is_some_and(same)
}

/// Whether a kept hash cost something else than is asked now.
pub(crate) fn is_outdated(kept: &str, hashing: Hashing) -> bool {
    Kept::read(kept).is_none_or(|kept| kept.hashing != hashing)
}

/// What is wrong with a new password; `own` are words that others know of the person.
pub fn password_faults(password: &Password, own: &[&str]) -> Vec<Fault> {
    let length = password.0.chars().count();
    if length < SHORTEST_PASSWORD {
        let zh = format!("密码至少 {SHORTEST_PASSWORD} 个字符，几个不相关的词连起来最好记");
        let en = format!("use at least {SHORTEST_PASSWORD} characters; a few unrelated words are easy to remember");
        return vec![fault("password", zh, en)];
    }
    if length > LONGEST_PASSWORD {
        let zh = format!("密码最多 {LONGEST_PASSWORD} 个字符");
        return vec![fault("password", zh, format!("use at most {LONGEST_PASSWORD} characters"))];
    }
    let own: Vec<String> = own.iter().flat_map(|word| pieces(word)).collect();
    let words: Vec<&str> = own.iter().map(String::as_str).chain(WORDS_OF_THE_SITE).collect();
    let judged = zxcvbn(&password.0, &words);
    if judged.score() >= Score::Three {
        return Vec::new();
    }
    let (zh, en) = why(judged.feedback().and_then(zxcvbn::feedback::Feedback::warning));
    let zh = format!("这个密码容易被猜中：{zh}。请再加一两个不相关的词");
    vec![fault("password", zh, format!("this password is easily guessed: {en}. Add another unrelated word or two"))]
}

/// A text and its parts: the name before the `@`, the words of a name, a number without its country.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![text.to_owned()];
    pieces.extend(text.split('@').chain(text.split(|c: char| !c.is_alphanumeric())).map(str::to_owned));
    pieces.extend(text.strip_prefix("+86").map(str::to_owned));
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

fn why(warning: Option<zxcvbn::feedback::Warning>) -> (&'static str, &'static str) {
    use zxcvbn::feedback::Warning as W;
    match warning {
        Some(W::StraightRowsOfKeysAreEasyToGuess | W::ShortKeyboardPatternsAreEasyToGuess) => {
            ("它是键盘上相邻的按键", "it follows the keys of the keyboard")
        }
        Some(W::RepeatsLikeAaaAreEasyToGuess | W::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess) => {
            ("它重复同样的字符", "it repeats itself")
        }
        Some(W::SequencesLikeAbcAreEasyToGuess) => ("它是连续的字母或数字", "it is a sequence of letters or digits"),
        Some(W::RecentYearsAreEasyToGuess | W::DatesAreOftenEasyToGuess) => {
            ("它含年份或日期", "it is a year or a date")
        }
        Some(
            W::ThisIsATop10Password
            | W::ThisIsATop100Password
            | W::ThisIsACommonPassword
            | W::ThisIsSimilarToACommonlyUsedPassword,
        ) => ("它与常见的泄露密码相同或相近", "it is or resembles one that was leaked often"),
        Some(W::AWordByItselfIsEasyToGuess) => ("它只是一个词", "it is a single word"),
        Some(W::NamesAndSurnamesByThemselvesAreEasyToGuess | W::CommonNamesAndSurnamesAreEasyToGuess) => {
            ("它是姓名", "it is a name")
        }
        None => ("变化太少，或含有您的姓名、邮箱、电话", "it varies too little, or holds your name, address or number"),
    }
}

#[cfg(test)]
#[path = "password_tests.rs"]
mod tests;
