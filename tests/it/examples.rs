//! The examples run, and what they claim in their assertions holds.

#[path = "../../examples/custom_function.rs"]
mod custom_function;
#[path = "../../examples/embed.rs"]
mod embed;
#[cfg(feature = "watch")]
#[path = "../../examples/hot_reload.rs"]
mod hot_reload;
#[path = "../../examples/plugin.rs"]
mod plugin;
#[path = "../../examples/staged_rollout.rs"]
mod staged_rollout;

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

#[cfg(feature = "watch")]
#[test]
fn hot_reload_runs() {
    hot_reload::main().unwrap();
}

#[test]
fn staged_rollout_runs() {
    staged_rollout::main().unwrap();
}
