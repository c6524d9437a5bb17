//! `redress explain`: what a code means.

use super::exit::{Done, Exit, Failure};
use super::terminal::Terminal;
use crate::authoring::code_pages::{code_list, code_page, find_code};
use clap::Args;

/// Tell what the code of a finding means, with an example of it and how it is mended
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The code, such as R0101; without one, all codes are listed
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

impl Explain {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        let text = match &self.code {
            None => code_list(),
            Some(word) => match find_code(word) {
                Ok(code) => code_page(code),
                Err(near) => {
                    let help = near.map_or_else(
                        || "`redress explain` lists all of them".to_owned(),
                        |near| format!("did you mean `{near}`: {}? `redress explain` lists all of them", near.title()),
                    );
                    return Err(Failure::Usage { message: format!("there is no code `{word}`"), help });
                }
            },
        };
        terminal.print(&text)?;
        Ok(Exit::Fine)
    }
}
