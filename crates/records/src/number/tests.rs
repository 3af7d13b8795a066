//! What the numbers promise.
