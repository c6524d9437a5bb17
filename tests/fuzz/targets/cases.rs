#![no_main]

libfuzzer_sys::fuzz_target!(init: redress_fuzz::begin("cases"), |data: &[u8]| redress_fuzz::run("cases", data));
