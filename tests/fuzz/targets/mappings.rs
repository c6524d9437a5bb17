#![no_main]

libfuzzer_sys::fuzz_target!(init: redress_fuzz::begin("mappings"), |data: &[u8]| redress_fuzz::run("mappings", data));
