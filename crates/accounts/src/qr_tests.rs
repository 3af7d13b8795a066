use super::*;

#[test]
fn a_code_is_a_square_with_its_margin_and_its_three_corners() {
    let svg = qr_svg("https://huizhi.example/r/ABC");
    let side: i32 = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    assert!((21 + 8..=177 + 8).contains(&side) && (side - 8 - 17) % 4 == 0, "{side}");
    assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>"));
    let right = side - 4 - 7;
    for corner in ["M4,4h7v1".to_owned(), format!("M{right},4h7v1"), format!("M4,{right}h7v1")] {
        assert!(svg.contains(&corner), "{corner}");
    }
    assert_eq!(svg, qr_svg("https://huizhi.example/r/ABC"));
}

#[test]
fn any_script_fits_and_what_is_too_long_gives_nothing() {
    assert!(qr_svg("惠知:扫码评价").starts_with("<svg"));
    assert_eq!(qr_svg(&"x".repeat(3000)), "");
}

/// Every dark square of the code is drawn, and no other.
#[test]
fn the_drawing_is_the_code() {
    let text = "otpauth://totp/x?secret=ABC";
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).unwrap();
    let svg = qr_svg(text);
    let path = svg.split("d=\"").nth(2).unwrap().split('"').next().unwrap();
    let mut drawn = 0;
    for run in path.split('z').filter(|run| !run.is_empty()) {
        let (place, length) = run[1..].split_once('h').unwrap();
        let (x, y) = place.split_once(',').unwrap();
        let (x, y): (i32, i32) = (x.parse().unwrap(), y.parse().unwrap());
        let length: i32 = length.split('v').next().unwrap().parse().unwrap();
        assert!((x..x + length).all(|x| code.get_module(x - MARGIN, y - MARGIN)));
        drawn += length;
    }
    let size = code.size();
    let dark = (0..size * size).filter(|at| code.get_module(at % size, at / size)).count();
    assert_eq!(usize::try_from(drawn).unwrap(), dark);
}
