//! Any rows below the columns of a ready mapping (the first byte says which), and any text as a table.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sources::table::ready;

fuzz_target!(|data: &[u8]| {
    let Some((which, rows)) = data.split_first() else { return };
    let mut table = Vec::new();
    if let Some(mapping) = ready().get(usize::from(*which) % (ready().len() + 1)) {
        let names = mapping.columns.iter().filter_map(|column| column.names.first());
        let quoted: Vec<_> = names.map(|name| format!("\"{name}\"")).collect();
        table.extend(quoted.join(&mapping.delimiter.unwrap_or(',').to_string()).into_bytes());
        table.push(b'\n');
    }
    table.extend(rows);
    fuzz::read_bytes("a.csv", &table);
});
