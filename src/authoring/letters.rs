//! Letters laid out for a person at a terminal, and the list of what they can print.

use super::page::{Ink, Page, left};
use crate::letter::{Letter, Shape, VARIABLES, Variable};

/// A letter as text: what it is and why it is sent, then the letter itself, wrapped at a width.
#[must_use]
pub fn letter_page(letter: &Letter, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    page.line(&[(Ink::Bold, &format!("{} ({})", letter.kind.replace('_', " "), letter.language))]);
    if let Some(because) = &letter.because {
        page.flow("  ", "  ", &[(Ink::Dim, because)]);
    }
    if letter.preview {
        page.flow("  ", "  ", &[(Ink::Attention, "A preview: the decision does not ask for this letter.")]);
    }
    if let Some(asked) = &letter.asked_for {
        let fallback = format!("There is no such letter in {asked}, so it is in {}.", letter.language);
        page.flow("  ", "  ", &[(Ink::Attention, &fallback)]);
    }
    page.blank();
    page.flow("Subject: ", "         ", &[(Ink::Plain, &letter.subject)]);
    for line in format!("\n{}", letter.body).lines() {
        match line.strip_prefix("- ") {
            _ if line.is_empty() => page.blank(),
            Some(item) => page.flow("- ", "  ", &[(Ink::Plain, item)]),
            None => page.flow("", "", &[(Ink::Plain, line)]),
        }
    }
    page.into_text()
}

/// Every variable of letters, with its meaning.
#[must_use]
pub fn variables_page(width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    let longest = VARIABLES.iter().map(|variable| variable.name.len()).max().unwrap_or(0) + 2;
    for variable in VARIABLES {
        tell(&mut page, variable, "", longest);
        if let Shape::Items(fields) = variable.shape {
            for field in fields {
                tell(&mut page, field, "  .", longest);
            }
        }
    }
    page.into_text()
}

fn tell(page: &mut Page, variable: &Variable, indent: &str, longest: usize) {
    let lead = left(&format!("{indent}{}", variable.name), longest);
    let kind = match variable.shape {
        Shape::Name(names) if !names.is_empty() => format!("one of {}", names.join(", ")),
        shape => shape.describe().to_owned(),
    };
    let presence = if variable.always { "" } else { "; may be absent" };
    let about = format!("{} ({kind}{presence})", variable.about);
    page.flow(&lead, &" ".repeat(longest), &[(Ink::Plain, &about)]);
}
