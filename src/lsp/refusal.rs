//! Why a request is not answered.

use lsp_server::{ErrorCode, ResponseError};

/// An answer that says why there is none.
#[derive(Debug)]
pub(super) struct Refusal {
    code: ErrorCode,
    message: String,
}

impl Refusal {
    pub(super) fn unknown_method(method: &str) -> Self {
        Self { code: ErrorCode::MethodNotFound, message: format!("there is no `{method}` here") }
    }

    pub(super) fn parameters(method: &str, error: &serde_json::Error) -> Self {
        Self { code: ErrorCode::InvalidParams, message: format!("the parameters of `{method}` cannot be read: {error}") }
    }

    pub(super) fn argument(message: impl Into<String>) -> Self {
        Self { code: ErrorCode::InvalidParams, message: message.into() }
    }

    pub(super) fn failed(message: impl Into<String>) -> Self {
        Self { code: ErrorCode::RequestFailed, message: message.into() }
    }

    pub(super) fn internal(method: &str) -> Self {
        Self { code: ErrorCode::InternalError, message: format!("`{method}` failed; standard error says how") }
    }

    pub(super) fn not_initialized() -> Self {
        Self { code: ErrorCode::ServerNotInitialized, message: "the first request is `initialize`".to_owned() }
    }

    pub(super) fn order(message: &str) -> Self {
        Self { code: ErrorCode::InvalidRequest, message: message.to_owned() }
    }

    pub(super) fn cancelled() -> Self {
        Self { code: ErrorCode::RequestCanceled, message: "it was called off".to_owned() }
    }
}

impl From<Refusal> for ResponseError {
    fn from(refusal: Refusal) -> Self {
        Self { code: refusal.code as i32, message: refusal.message, data: None }
    }
}
