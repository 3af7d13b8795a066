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
        // White space cannot stand in the list below.
        "ThickSpace" => "\u{205f}\u{200a}",
        "NBSP" => "\u{a0}",
        "ENSP" => "\u{2002}",
        "EMSP" => "\u{2003}",
        "EMSP13" => "\u{2004}",
        "EMSP14" => "\u{2005}",
        "SHY" => "\u{ad}",
        "newline" => "\n",
        "fjlig" => "fj",
        _ => return quick_xml::escape::resolve_html5_entity(name).or_else(|| rare(name)),
    })
}

fn rare(name: &str) -> Option<&'static str> {
    let mut words = RARE.split_ascii_whitespace().chain(PAIRS.split_ascii_whitespace());
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
    AACUTE á ABREVE Ă ACIRC â ACUTE ´ ACY А AELIG æ AGR Α AGRAVE à ALPHA Α AMACR Ā ANGST Å AOGON Ą \
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

/// Entities of HTML whose text is a character with a mark on it, which the library's table leaves out.
const PAIRS: &str = "\
    NotEqualTilde ≂\u{338} NotGreaterFullEqual ≧\u{338} NotGreaterGreater ≫\u{338} NotGreaterSlantEqual ⩾\u{338} \
    NotHumpDownHump ≎\u{338} NotHumpEqual ≏\u{338} NotLeftTriangleBar ⧏\u{338} NotLessLess ≪\u{338} \
    NotLessSlantEqual ⩽\u{338} NotNestedGreaterGreater ⪢\u{338} NotNestedLessLess ⪡\u{338} \
    NotPrecedesEqual ⪯\u{338} NotRightTriangleBar ⧐\u{338} NotSquareSubset ⊏\u{338} NotSquareSuperset ⊐\u{338} \
    NotSubset ⊂\u{20d2} NotSucceedsEqual ⪰\u{338} NotSucceedsTilde ≿\u{338} NotSuperset ⊃\u{20d2} acE ∾\u{333} \
    bne =\u{20e5} bnequiv ≡\u{20e5} bsolhsub ⟈ caps ∩\u{fe00} cups ∪\u{fe00} gesl ⋛\u{fe00} gvertneqq ≩\u{fe00} \
    gvnE ≩\u{fe00} lates ⪭\u{fe00} lesg ⋚\u{fe00} lvertneqq ≨\u{fe00} lvnE ≨\u{fe00} nGg ⋙\u{338} nGt ≫\u{20d2} \
    nGtv ≫\u{338} nLl ⋘\u{338} nLt ≪\u{20d2} nLtv ≪\u{338} nang ∠\u{20d2} napE ⩰\u{338} napid ≋\u{338} \
    nbump ≎\u{338} nbumpe ≏\u{338} ncongdot ⩭\u{338} nedot ≐\u{338} nesim ≂\u{338} ngE ≧\u{338} ngeqq ≧\u{338} \
    ngeqslant ⩾\u{338} nges ⩾\u{338} nlE ≦\u{338} nleqq ≦\u{338} nleqslant ⩽\u{338} nles ⩽\u{338} \
    notinE ⋹\u{338} notindot ⋵\u{338} nparsl ⫽\u{20e5} npart ∂\u{338} npre ⪯\u{338} npreceq ⪯\u{338} \
    nrarrc ⤳\u{338} nrarrw ↝\u{338} nsce ⪰\u{338} nsubE ⫅\u{338} nsubset ⊂\u{20d2} nsubseteqq ⫅\u{338} \
    nsucceq ⪰\u{338} nsupE ⫆\u{338} nsupset ⊃\u{20d2} nsupseteqq ⫆\u{338} nvap ≍\u{20d2} nvge ≥\u{20d2} \
    nvgt >\u{20d2} nvle ≤\u{20d2} nvlt <\u{20d2} nvltrie ⊴\u{20d2} nvrtrie ⊵\u{20d2} nvsim ∼\u{20d2} \
    smtes ⪬\u{fe00} sqcaps ⊓\u{fe00} sqcups ⊔\u{fe00} suphsol ⟉ varsubsetneq ⊊\u{fe00} varsubsetneqq ⫋\u{fe00} \
    varsupsetneq ⊋\u{fe00} varsupsetneqq ⫌\u{fe00} vnsub ⊂\u{20d2} vnsup ⊃\u{20d2} vsubnE ⫋\u{fe00} \
    vsubne ⊊\u{fe00} vsupnE ⫌\u{fe00} vsupne ⊋\u{fe00}";
