use crate::Figure;
/// One example of each kind.
pub fn examples() -> Vec<Figure> {
    Vec::new()
}
