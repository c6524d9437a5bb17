#![no_main]

libfuzzer_sys::fuzz_target!(init: redress_fuzz::begin("yaml"), |data: &[u8]| redress_fuzz::run("yaml", data));
