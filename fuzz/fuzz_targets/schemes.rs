//! Files of classification schemes.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let folder = tempfile::tempdir().expect("a folder for the file");
    let path = folder.path().join("scheme.txt");
    std::fs::write(&path, data).expect("the file");
    if let Err(error) = sources::reference::read_scheme(&[path.clone()]) {
        assert!(error.to_string().contains("scheme.txt"), "{error}");
    }
});
