#![no_main]

libfuzzer_sys::fuzz_target!(init: redress_fuzz::begin("cells"), |data: &[u8]| redress_fuzz::run("cells", data));
