#![no_main]

libfuzzer_sys::fuzz_target!(init: redress_fuzz::begin("expressions"), |data: &[u8]| redress_fuzz::run("expressions", data));
