#![no_main]

libfuzzer_sys::fuzz_target!(init: redress_fuzz::begin("tables"), |data: &[u8]| redress_fuzz::run("tables", data));
