//! The calendars that come with the library.

use crate::bundle::CalendarDoc;
use crate::text::{Diagnostics, Source, yaml};
use std::sync::LazyLock;

const FILES: [(&str, &str); 7] = [
    ("br.yaml", include_str!("br.yaml")),
    ("co.yaml", include_str!("co.yaml")),
    ("es.yaml", include_str!("es.yaml")),
    ("gb-eaw.yaml", include_str!("gb-eaw.yaml")),
    ("mx.yaml", include_str!("mx.yaml")),
    ("target.yaml", include_str!("target.yaml")),
    ("us.yaml", include_str!("us.yaml")),
];

static BUILT_IN: LazyLock<Vec<CalendarDoc>> = LazyLock::new(|| {
    let mut found = Diagnostics::new();
    let read = |(path, text): &(&str, &str)| {
        let source = Source::new(*path, *text);
        let node = yaml::parse(&source, &mut found)?;
        CalendarDoc::read(&node, &source, &mut found)
    };
    // A test reads every file and looks at what is found.
    FILES.iter().filter_map(read).collect()
});

/// The calendars that come with the library, by the order of their files.
#[must_use]
pub fn built_in() -> &'static [CalendarDoc] {
    &BUILT_IN
}
