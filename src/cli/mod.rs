//! The program `redress`: one file a command. A command reads its arguments, calls the library, prints.
//!
//! Order of the files, each using only those before it: `exit`, `terminal`, `text_file`, `free_directory`, `moment`, `again`, `example`,
//! `bundle_choice`, `bundle_side`, `trusted`, `case_input`, `recording`, `as_of`, `progress`, `tally`, `junit`, `fixing`; then the commands `decide`, `check`, `explain`, `letter`,
//! `plan`, `why`, `clocks`, `test`, `diff`, `fmt`, `render`, `new`, `watch`, `sign`, `verify`, `bundle`, `journal`, `replay`, `functions`, `schema`, `generate`, `backtest`, `sweep`, `lsp`, `completions`.

mod again;
mod as_of;
mod backtest;
mod bundle;
mod bundle_choice;
mod bundle_side;
mod case_input;
mod check;
mod clocks;
mod completions;
mod decide;
mod diff;
mod example;
mod exit;
mod explain;
mod fixing;
mod fmt;
mod free_directory;
mod functions;
mod generate;
mod journal;
mod junit;
mod letter;
mod lsp;
mod moment;
mod new;
mod plan;
mod progress;
mod recording;
mod render;
mod replay;
mod schema;
mod sign;
mod sweep;
mod tally;
mod terminal;
mod test;
mod text_file;
mod trusted;
mod verify;
mod watch;
mod why;

use clap::{Parser, Subcommand};
use std::process::ExitCode;
use terminal::Terminal;

/// What `redress --help` ends with.
const START: &str = "\
Start here:
  redress decide --example             decide a case that is built in, with the default policy
  redress decide case.yaml --explain   decide a case of yours, with every reason
  redress new policies                 write the default policy out, to change it

Exit codes: 0 fine, 1 findings or failed tests, 2 wrong usage, 3 something cannot be read or written";

/// Decides billing disputes by a policy that a manager can read: what is owed, what is added, who signs, and why
#[derive(Debug, Parser)]
#[command(name = "redress", version, after_help = START, arg_required_else_help = true)]
struct Program {
    #[command(subcommand)]
    command: Command,
    /// Nothing on standard error but errors: no progress, no summary
    #[arg(long, short, global = true)]
    quiet: bool,
    /// What the engine does, on standard error; twice for more
    #[arg(long, short, global = true, action = clap::ArgAction::Count, conflicts_with = "quiet")]
    verbose: u8,
}

#[derive(Debug, Subcommand)]
enum Command {
    Decide(decide::Decide),
    Check(check::Check),
    Explain(explain::Explain),
    Letter(letter::LetterCommand),
    Plan(plan::Plan),
    Why(why::Why),
    Clocks(clocks::Clocks),
    Test(test::Test),
    Diff(diff::Diff),
    Fmt(fmt::Fmt),
    Render(render::Render),
    New(new::New),
    Backtest(backtest::BacktestCommand),
    Watch(watch::WatchCommand),
    Sign(sign::Sign),
    Verify(verify::Verify),
    Bundle(bundle::BundleCommand),
    Journal(journal::JournalCommand),
    Replay(replay::ReplayCommand),
    Functions(functions::Functions),
    Schema(schema::Schema),
    Sweep(sweep::SweepCommand),
    Generate(generate::GenerateCommand),
    Lsp(lsp::Lsp),
    Completions(completions::Completions),
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn run() -> ExitCode {
    let program = Program::parse();
    log(program.verbose);
    let terminal = Terminal::new(program.quiet);
    let done = match &program.command {
        Command::Decide(command) => command.run(&terminal),
        Command::Letter(command) => command.run(&terminal),
        Command::Plan(command) => command.run(&terminal),
        Command::Why(command) => command.run(&terminal),
        Command::Clocks(command) => command.run(&terminal),
        Command::Check(command) => command.run(&terminal),
        Command::Explain(command) => command.run(&terminal),
        Command::Test(command) => command.run(&terminal),
        Command::Diff(command) => command.run(&terminal),
        Command::Fmt(command) => command.run(&terminal),
        Command::Render(command) => command.run(&terminal),
        Command::New(command) => command.run(&terminal),
        Command::Backtest(command) => command.run(&terminal),
        Command::Watch(command) => command.run(&terminal),
        Command::Sign(command) => command.run(&terminal),
        Command::Verify(command) => command.run(&terminal),
        Command::Bundle(command) => command.run(&terminal),
        Command::Journal(command) => command.run(&terminal),
        Command::Replay(command) => command.run(&terminal),
        Command::Functions(command) => command.run(&terminal),
        Command::Schema(command) => command.run(&terminal),
        Command::Sweep(command) => command.run(&terminal),
        Command::Generate(command) => command.run(&terminal),
        Command::Lsp(command) => command.run(),
        Command::Completions(command) => command.run(&terminal),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(failure) => terminal.fail(&failure).into(),
    }
}

fn log(verbose: u8) {
    let level = match verbose {
        0 => return,
        1 => tracing::Level::INFO,
        2 => tracing::Level::DEBUG,
        _ => tracing::Level::TRACE,
    };
    let colour = Terminal::colours_errors();
    tracing_subscriber::fmt().with_max_level(level).with_writer(std::io::stderr).with_ansi(colour).init();
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn arguments_do_not_contradict_each_other() {
        Program::command().debug_assert();
    }
}
