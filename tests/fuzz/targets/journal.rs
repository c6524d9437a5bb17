#![no_main]

libfuzzer_sys::fuzz_target!(init: redress_fuzz::begin("journal"), |data: &[u8]| redress_fuzz::run("journal", data));
