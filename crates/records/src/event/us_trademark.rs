//! US trade marks: the three-digit status codes of the case files and the codes of the prosecution history.
//!
//! Source: the USPTO's trade-mark daily XML documentation. A code without a row of its own takes the meaning of
//! its range, so that a live mark is never shown as dead because its step is a rare one.

use super::Effect;
use super::Effect::{
    Corrected, DisputeEnded, Disputed, Examination, Expired, Filed, Granted, Lapsed, LicenceEnded, Narrowed,
    PartyChanged, Pledged, Published, Refused, Renewed, Restored, Surrendered, Transferred, Withdrawn,
};
use crate::Status;

/// (first code, last code, state, words); the narrow rows come before the wide ones.
const STATUS: &[(u16, u16, Status, &str)] = &[
    (400, 417, Status::Lapsed, "International registration or its extension to the US has ended"),
    (600, 600, Status::Withdrawn, "Abandoned: incomplete response"),
    (601, 601, Status::Withdrawn, "Abandoned: express"),
    (602, 602, Status::Withdrawn, "Abandoned: failure to respond or late response"),
    (603, 603, Status::Refused, "Abandoned: after ex parte appeal"),
    (604, 604, Status::Refused, "Abandoned: after inter partes decision"),
    (605, 605, Status::Withdrawn, "Abandoned: after publication"),
    (606, 606, Status::Withdrawn, "Abandoned: no statement of use filed"),
    (607, 607, Status::Withdrawn, "Abandoned: defective statement of use"),
    (608, 608, Status::Withdrawn, "Abandoned: after petition decision"),
    (609, 609, Status::Withdrawn, "Abandoned: defective divided application"),
    (610, 610, Status::Withdrawn, "Withdrawn"),
    (614, 614, Status::Withdrawn, "Abandoned: petition to revive denied"),
    (616, 616, Status::Pending, "Revived: awaiting further action"),
    (618, 618, Status::Withdrawn, "Abandoned"),
    (622, 622, Status::Withdrawn, "Misassigned serial number"),
    (626, 626, Status::Lapsed, "Registration of the backfile cancelled or expired"),
    (611, 627, Status::Pending, "Petition pending"),
    (630, 630, Status::Pending, "New application: not assigned to an examiner"),
    (631, 631, Status::Pending, "New application: divided, initial processing"),
    (638, 638, Status::Pending, "New application: assigned to an examiner"),
    (640, 640, Status::Pending, "Non-final action counted, not mailed"),
    (641, 641, Status::Pending, "Non-final action mailed"),
    (644, 644, Status::Pending, "Final refusal counted, not mailed"),
    (645, 645, Status::Pending, "Final refusal mailed"),
    (646, 647, Status::Pending, "Examiner's amendment"),
    (648, 649, Status::Pending, "Action continuing a final refusal"),
    (650, 651, Status::Pending, "Suspension inquiry"),
    (652, 652, Status::Pending, "Suspension letter counted, not mailed"),
    (653, 653, Status::Pending, "Suspension letter mailed"),
    (654, 654, Status::Pending, "Suspension checked: still suspended"),
    (661, 661, Status::Pending, "Response after non-final action entered"),
    (663, 663, Status::Pending, "Response after final refusal entered"),
    (672, 672, Status::Pending, "Reinstated: awaiting further action"),
    (680, 680, Status::Pending, "Approved for publication"),
    (681, 681, Status::Pending, "Publication review complete"),
    (686, 686, Status::Pending, "Published for opposition"),
    (688, 688, Status::Pending, "Notice of allowance issued"),
    (689, 689, Status::Pending, "Notice of allowance withdrawn"),
    (690, 690, Status::Pending, "Notice of allowance cancelled"),
    (692, 692, Status::Pending, "Withdrawn before publication: back to examination"),
    (693, 693, Status::Pending, "Withdrawn from publication: back to examination"),
    (630, 699, Status::Pending, "In examination"),
    (700, 700, Status::InForce, "Registered"),
    (701, 701, Status::InForce, "Section 8 declaration accepted"),
    (702, 702, Status::InForce, "Sections 8 and 15 declaration accepted and acknowledged"),
    (703, 703, Status::InForce, "Section 15 declaration acknowledged"),
    (704, 704, Status::InForce, "Section 8 declaration accepted in part"),
    (705, 705, Status::InForce, "Sections 8 and 15 declaration accepted in part"),
    (706, 706, Status::InForce, "Section 71 declaration accepted"),
    (707, 707, Status::InForce, "Section 71 declaration accepted in part"),
    (708, 708, Status::InForce, "Sections 71 and 15 declaration accepted and acknowledged"),
    (710, 710, Status::Lapsed, "Cancelled: section 8"),
    (711, 711, Status::Lapsed, "Cancelled: section 7"),
    (712, 712, Status::Lapsed, "Cancelled: section 37, by court order"),
    (713, 713, Status::Lapsed, "Cancelled: section 18"),
    (714, 714, Status::Lapsed, "Cancelled: section 24"),
    (709, 714, Status::Lapsed, "Cancelled"),
    (715, 715, Status::Pending, "Registration cancelled: restored to pendency"),
    (718, 722, Status::Pending, "Request for extension of time to file a statement of use"),
    (730, 734, Status::Pending, "Extension of time to file a statement of use granted"),
    (744, 757, Status::Pending, "Statement of use filed"),
    (760, 760, Status::Pending, "Ex parte appeal pending"),
    (763, 763, Status::Pending, "Ex parte appeal: refusal affirmed"),
    (765, 765, Status::Pending, "Ex parte appeal: refusal reversed"),
    (760, 766, Status::Pending, "Ex parte appeal"),
    (774, 774, Status::Pending, "Opposition pending"),
    (775, 775, Status::Pending, "Opposition dismissed"),
    (777, 777, Status::Pending, "Opposition sustained"),
    (779, 779, Status::Pending, "Opposition terminated"),
    (778, 778, Status::InForce, "Cancellation case"),
    (780, 780, Status::InForce, "Cancellation case terminated"),
    (790, 790, Status::InForce, "Cancellation case pending"),
    (770, 779, Status::Pending, "Case before the Trademark Trial and Appeal Board"),
    (780, 799, Status::InForce, "Case before the Trademark Trial and Appeal Board"),
    (800, 800, Status::InForce, "Registered and renewed"),
    (801, 805, Status::Pending, "Opposition or amendment after publication"),
    (806, 825, Status::Pending, "Examination of the statement of use"),
    (900, 900, Status::Expired, "Expired"),
    (973, 973, Status::Pending, "Petition pending"),
];

/// State and words of a case's `status-code`; `None` when the code is unknown or says nothing of the state.
pub fn status(code: &str) -> Option<(Status, &'static str)> {
    let code: u16 = code.trim().parse().ok()?;
    let row = STATUS.iter().find(|(first, last, _, _)| (*first..=*last).contains(&code));
    row.map(|(_, _, status, text)| (*status, *text))
}

/// Codes of the prosecution history without their type letter.
const EVENTS: &[(&[&str], Option<Effect>)] = &[
    (&["NWAP"], Some(Filed)),
    (
        &["DOCK", "CNRT", "GNRT", "CNFR", "GNFR", "CNSA", "CNSR", "CNEA", "CNPR", "CRFA", "NOAM", "CNSL", "GNSL"],
        Some(Examination),
    ),
    (&["PUBO", "PBCR"], Some(Published)),
    (&["R.PR", "R.SR"], Some(Granted)),
    (&["ABN1", "ABN2", "ABN5", "ABN6", "ABN7", "ABN8", "ABN9", "MAB1", "MAB2", "MAB6"], Some(Withdrawn)),
    (&["ABN3", "ABN4"], Some(Refused)),
    (&["C8..", "CANS"], Some(Lapsed)),
    (&["CAEX"], Some(Expired)),
    (&["C15A", "C8.T", "89AG", "RNL1", "RNL2", "RNL3", "RNL4", "RNL5", "RNL6", "RNL7", "NA89", "71AG"], Some(Renewed)),
    (&["ASGN"], Some(Transferred)),
    (&["ARAA", "TCCA", "CHAN", "COAR", "NREP"], Some(PartyChanged)),
    (&["OP.I", "CA.I", "OPN."], Some(Disputed)),
    (&["OP.T", "CA.T", "OP.D", "CA.D"], Some(DisputeEnded)),
    (&["COC.", "A7OK"], Some(Corrected)),
    (
        &[
            "NPUB", "MAIL", "CFIT", "APRE", "ES7R", "REAP", "CORV", "PLGL", "E89R", "E815", "815F", "EXT1", "EXT2",
            "EX1G", "EX2G", "SUPC", "IUAF", "C.7F", "UNPR", "ZZZX",
        ],
        None,
    ),
];

/// Words of the prosecution history, in upper case: (all of these, none of those, effect), first match wins.
const WORDS: &[(&[&str], &[&str], Option<Effect>)] = &[
    (&["PETITION", "REVIVE"], &["GRANTED"], None),
    (&["PETITION", "REVIVE", "GRANTED"], &[], Some(Restored)),
    (&["REINSTATED"], &[], Some(Restored)),
    (&["ABANDONMENT"], &["CORRECTED", "NOTICE OF"], Some(Withdrawn)),
    (&["REGISTERED AND RENEWED"], &[], Some(Renewed)),
    (&["REGISTERED-PRINCIPAL"], &[], Some(Granted)),
    (&["REGISTERED-SUPPLEMENTAL"], &[], Some(Granted)),
    (&["REGISTERED", "PRINCIPAL REGISTER"], &[], Some(Granted)),
    (&["CANCELLED", "EXPIRED"], &[], Some(Expired)),
    (&["PARTIAL", "CANCEL"], &[], Some(Narrowed)),
    (&["SURRENDER"], &["FILED", "RECEIVED"], Some(Surrendered)),
    (&["CANCELLED"], &["CASE", "NOTICE"], Some(Lapsed)),
    (&["EXPIRED"], &[], Some(Expired)),
    (&["ACCEPTED", "SEC"], &[], Some(Renewed)),
    (&["INSTITUTED"], &[], Some(Disputed)),
    (&["OPPOSITION", "DISMISSED"], &[], Some(DisputeEnded)),
    (&["CANCELLATION", "DISMISSED"], &[], Some(DisputeEnded)),
    (&["CANCELLATION", "TERMINATED"], &[], Some(DisputeEnded)),
    (&["PUBLISHED FOR OPPOSITION"], &[], Some(Published)),
    (&["SECURITY INTEREST"], &["RELEASE"], Some(Pledged)),
    (&["LICENSE", "TERMINAT"], &[], Some(LicenceEnded)),
    (&["ASSIGNMENT OF OWNERSHIP"], &[], Some(Transferred)),
    (&["ATTORNEY"], &["RECEIVED"], Some(PartyChanged)),
    (&["CERTIFICATE OF CORRECTION ISSUED"], &[], Some(Corrected)),
    (&["ACTION"], &["RESPONSE"], Some(Examination)),
    (&["FINAL REFUSAL"], &[], Some(Examination)),
    (&["EXAMINER"], &[], Some(Examination)),
    (&["NEW APPLICATION ENTERED"], &[], Some(Filed)),
];

/// The effect of an event: by its code of four characters (ST.96 files add the type letter: `CNRTF`), else by its
/// words (`ABANDONMENT - FAILURE TO RESPOND`).
pub fn effect(code: &str, text: &str) -> Option<Effect> {
    let code = code.trim().to_ascii_uppercase();
    let base = if code.len() == 5 { code.get(..4).unwrap_or(&code) } else { &code };
    if let Some((_, effect)) = EVENTS.iter().find(|(codes, _)| codes.contains(&base)) {
        return *effect;
    }
    let text = text.to_ascii_uppercase();
    let rule = WORDS.iter().find(|(with, without, _)| {
        with.iter().all(|word| text.contains(word)) && !without.iter().any(|word| text.contains(word))
    });
    rule.and_then(|(_, _, effect)| *effect)
}
