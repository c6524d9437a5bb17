#![no_main]

libfuzzer_sys::fuzz_target!(init: redress_fuzz::begin("bundles"), |data: &[u8]| redress_fuzz::run("bundles", data));
