//! A whole value in the spelling in which it is compared.

use crate::{fold, is_cjk};

/// Longest key in bytes; what is longer is cut, for values and for questions alike.
const LONGEST: usize = 1000;

/// The key under which spellings of one value come together: [`fold`]ed, letters and digits alone, words parted by one
/// space, characters of scripts without spaces unbroken. `ＨＵＡＷＥＩ Technologies Co., Ltd.` gives
/// `huawei technologies co ltd`, `華為（深圳）公司` gives `华为深圳公司`. Empty
/// for a value of marks alone. At most 1,000 bytes; taking the key of a key changes nothing.
pub fn whole(text: &str) -> String {
    let folded = fold(text);
    let mut key = String::with_capacity(folded.len());
    // Whether a mark or space stands after the last letter.
    let mut apart = false;
    let mut cjk_before = true;
    for c in folded.chars() {
        if !c.is_alphanumeric() && !is_cjk(c) {
            apart = true;
            continue;
        }
        let cjk = is_cjk(c);
        let space = apart && !cjk && !cjk_before;
        if key.len() + usize::from(space) + c.len_utf8() > LONGEST {
            return key;
        }
        if space {
            key.push(' ');
        }
        key.push(c);
        (apart, cjk_before) = (false, cjk);
    }
    key
}
