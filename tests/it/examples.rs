//! The examples run, and what they claim in their assertions holds.

#[path = "../../examples/custom_function.rs"]
mod custom_function;
#[path = "../../examples/embed.rs"]
mod embed;
#[path = "../../examples/plugin.rs"]
mod plugin;

#[test]
fn embed_runs() {
    embed::main().unwrap();
}

#[test]
fn custom_function_runs() {
    custom_function::main().unwrap();
}

#[test]
fn plugin_runs() {
    plugin::main().unwrap();
}
