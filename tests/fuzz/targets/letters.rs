#![no_main]

libfuzzer_sys::fuzz_target!(init: redress_fuzz::begin("letters"), |data: &[u8]| redress_fuzz::run("letters", data));
