//! Which characters are words by themselves.

/// Whether a folded character belongs to a script written without spaces: Han, kana, bopomofo, Hangul syllables.
/// Such characters are indexed as pairs; all other letters and digits form words.
pub const fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}' // Han
        | '\u{3005}'..='\u{3007}' // 々〆〇
        | '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}' // hiragana
        | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' // katakana
        | '\u{3105}'..='\u{312F}' // bopomofo
        | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}' // rarer Han
        | '\u{AC00}'..='\u{D7A3}' // Hangul
    )
}
