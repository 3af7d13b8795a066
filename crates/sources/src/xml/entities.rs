//! Named characters.

/// The text of a character entity, by its name without `&` and `;`: the names of XML and HTML, which hold those of
/// the public ISO sets that office DTDs include, and those below, which HTML leaves out.
pub(super) fn resolve(name: &str) -> Option<&'static str> {
    // The library's table is long and searched from its beginning; these make up nearly all of what offices write.
    Some(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "lsquo" => "‘",
        "rsquo" => "’",
        "ldquo" => "“",
        "rdquo" => "”",
        "mdash" => "—",
        "ndash" => "–",
        "minus" => "−",
        "deg" => "°",
        "times" => "×",
        "bull" => "•",
        _ => return quick_xml::escape::resolve_html5_entity(name).or_else(|| rare(name)),
    })
}

fn rare(name: &str) -> Option<&'static str> {
    let mut words = RARE.split_ascii_whitespace();
    while let (Some(known), Some(text)) = (words.next(), words.next()) {
        if known == name {
            return Some(text);
        }
    }
    None
}

/// Name and text in turn: the Greek letters of ISO 8879 (ISOgrk1, ISOgrk2, ISOgrk4) and the capital spellings of
/// the EPO's `docdb-entities.dtd`, with the characters which that file gives them.
const RARE: &str = "\
    AACUTE á ABREVE Ă ACIRC â ACUTE ´ ACY А AELIG æ AGR Α AGRAVE à ALPHA Α AMACR Ā ANGST Å AOGON Ą \
    APOS ' ARING Å ATILDE ã AUML ä Aacgr Ά Agr Α BETA Β BGR Β BREVE ˘ BULL • Bgr Β CACUTE Ć CCARON Č \
    CCEDIL Ç CDOT Ċ CEDIL ¸ CHCY Ч CHECK ✓ CIRC ^ Check ✓ DEG ° Dgr Δ EACUTE é ECARON Ě ECIRC Ê EDOT Ė \
    EEGR Η EEacgr Ή EEgr Η EGRAVE è EMACR Ē EOGON Ę EUML ë EXCL ! Eacgr Έ Egr Ε GBREVE Ğ GCY Г Ggr Γ \
    IACUTE í ICIRC î ICY И IDOT İ IECY Е IEXCL ¡ IOCY Ё IQUEST ¿ IUKCY І IUML Ï Iacgr Ί Idigr Ϊ Igr Ι \
    JCY Й KCY К KGR Κ KHGR Χ KHgr Χ Kgr Κ LAMBDA Λ LAQUO « LCY Л LDQUO “ LE ≤ LSQB [ LSQUO ‘ LSTROK Ł \
    Lgr Λ MACR ¯ MCY М MDASH — MGR Μ MIDDOT · MINUS − MLDR … Mgr Μ Mldr … NACUTE Ń NCARON Ň NCY Н \
    NDASH – NTILDE ñ NUMERO № Ngr Ν OACGR Ό OACUTE Ó OCIRC ô OCY О ODBLAC ő OELIG Œ OGR Ο OGRAVE Ò \
    OHacgr Ώ OHgr Ω OMACR Ō OMEGA Ω OSLASH Ø OTILDE Õ OUML ö Oacgr Ό Ogr Ο PARA ¶ PCY П PGR Π PHGR Φ \
    PHI Φ PHIV ϕ PHgr Φ PRIME ′ PSgr Ψ Pgr Π RACUTE Ŕ RADIC √ RAQUO » RARR ↠ RCARON Ř RCY Р RDQUO ” \
    RSQB ] RSQUO ’ Rgr Ρ SACUTE Ś SCARON Š SCEDIL Ş SCY С SHCY Ш SOFTCY Ь SOL / STAR ⋆ STARF ★ SUM ∑ \
    SZLIG ß Sgr Σ TCEDIL Ţ TCY Т THETA Θ THETAS θ THgr Θ Tgr Τ Trade ™ UACUTE Ú UCIRC Û UDBLAC Ű \
    UMACR Ū UOGON Ų UPSI ϒ URING Ů UUML ü Uacgr Ύ Udigr Ϋ Ugr Υ VCY В Xgr Ξ YACUTE Ý YACY Я YUCY Ю \
    YUML Ÿ ZACUTE Ź ZCARON Ž ZDOT Ż Zgr Ζ aacgr ά agr α b.Delta 𝚫 b.Gamma 𝚪 b.Gammad Ϝ b.Lambda 𝚲 \
    b.Omega 𝛀 b.Phi 𝚽 b.Pi 𝚷 b.Psi 𝚿 b.Sigma 𝚺 b.Theta 𝚯 b.Upsi 𝚼 b.Xi 𝚵 b.alpha 𝛂 b.beta 𝛃 b.chi 𝛘 \
    b.delta 𝛅 b.epsi 𝛆 b.epsiv 𝛜 b.eta 𝛈 b.gamma 𝛄 b.gammad ϝ b.iota 𝛊 b.kappa 𝛋 b.kappav 𝛞 b.lambda 𝛌 \
    b.mu 𝛍 b.nu 𝛎 b.omega 𝛚 b.phi 𝛗 b.phiv 𝛟 b.pi 𝛑 b.piv 𝛡 b.psi 𝛙 b.rho 𝛒 b.rhov 𝛠 b.sigma 𝛔 \
    b.sigmav 𝛓 b.tau 𝛕 b.thetas 𝛉 b.thetav 𝛝 b.upsi 𝛖 b.xi 𝛏 b.zeta 𝛇 bgr β circlef ● degree ° dgr δ \
    eacgr έ eeacgr ή eegr η efdot ≒ egr ε ggr γ iacgr ί idiagr ΐ idigr ϊ igr ι kgr κ khgr χ lgr λ \
    litre ℓ lparstr ′ mgr μ ngr ν oacgr ό ogr ο ohacgr ώ ohgr ω percent % pgr π phgr φ phis φ psgr ψ \
    rgr ρ rlarr2 ⇄ rparstr ‶ sfgr ς sgr σ sl0 Ø supl ¹ tgr τ thetas θ thgr θ uacgr ύ udiagr ΰ udigr ϋ \
    ugr υ xgr ξ zgr ζ";
