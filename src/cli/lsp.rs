//! `redress lsp`: the language server, for editors.

use super::exit::{Done, Exit};
use crate::lsp::{Ended, serve};
use clap::Args;
use std::io;

/// Serve an editor over standard input and output, by the Language Server Protocol
#[derive(Debug, Args)]
pub(super) struct Lsp {
    /// Said by some editors; there is no other way
    #[arg(long)]
    stdio: bool,
}

impl Lsp {
    #[expect(clippy::unused_self, reason = "the one option says what is done anyway")]
    pub(super) fn run(&self) -> Done {
        Ok(match serve(io::stdin(), io::stdout().lock())? {
            Ended::InOrder => Exit::Fine,
            Ended::Abruptly => Exit::Findings,
        })
    }
}
