//! Changes of a small bundle, and which of them its tests notice.
