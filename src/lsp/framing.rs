//! Messages as they travel: a header that tells the length, then JSON.
//!
//! The reader of `lsp_server` gives up on a message that is no JSON and makes room for whatever length a header claims. A server
//! that somebody types into all day has to answer the one and refuse the other, so frames are read here; the messages are its own.

use crate::limits::{LSP_HEADER_BYTES_MAX, LSP_MESSAGE_BYTES_MAX};
use lsp_server::Message;
use serde_json::Value as Json;
use std::io::{self, BufRead, Read, Write};

/// What came in.
#[derive(Debug)]
pub(super) enum Frame {
    Message(Message),
    /// No message that this protocol knows, and why; what follows can be read again.
    Malformed(String),
}

/// Reads the next message; nothing at the end of the stream.
///
/// # Errors
/// When the stream breaks, or when nothing tells where the next message begins.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Frame>> {
    let Some(length) = length_of_next(input)? else { return Ok(None) };
    let mut body = (&mut *input).take(length);
    if length > LSP_MESSAGE_BYTES_MAX {
        io::copy(&mut body, &mut io::sink())?;
        return Ok(Some(Frame::Malformed(format!("a message of {length} bytes is longer than {LSP_MESSAGE_BYTES_MAX}"))));
    }
    let mut bytes = Vec::new();
    body.read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < length {
        return Ok(None);
    }
    Ok(Some(match serde_json::from_slice(&bytes) {
        Ok(message) => Frame::Message(message),
        Err(error) => Frame::Malformed(match serde_json::from_slice::<Json>(&bytes) {
            Ok(_) => "this is neither a request nor a notification nor a response".to_owned(),
            Err(_) => format!("this is no JSON: {error}"),
        }),
    }))
}

/// The length that the header of the next message tells; nothing at the end of the stream.
fn length_of_next(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    let refuse = |why: &str| io::Error::new(io::ErrorKind::InvalidData, why.to_owned());
    let (mut length, mut read) = (None, 0);
    loop {
        let mut line = Vec::new();
        let count = (&mut *input).take(LSP_HEADER_BYTES_MAX).read_until(b'\n', &mut line)?;
        read += count as u64;
        if count == 0 {
            return Ok(None);
        }
        if read >= LSP_HEADER_BYTES_MAX {
            return Err(refuse("the header of a message is too long"));
        }
        let line = String::from_utf8_lossy(&line);
        match line.trim().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = Some(value.trim().parse().map_err(|_| refuse("the length of a message is no number"))?);
            }
            Some(_) => {}
            None if line.trim().is_empty() => match length {
                Some(length) => return Ok(Some(length)),
                None => return Err(refuse("a message does not tell its length")),
            },
            None => return Err(refuse("the header of a message cannot be read")),
        }
    }
}

/// Writes a message.
///
/// # Errors
/// When nobody reads any longer.
pub(super) fn write(output: &mut impl Write, message: &Message) -> io::Result<()> {
    message.write(output)
}

/// Says that something was no message. Nobody knows which request it was, so the answer has no id.
///
/// # Errors
/// When nobody reads any longer.
pub(super) fn write_malformed(output: &mut impl Write, why: &str) -> io::Result<()> {
    let code = lsp_server::ErrorCode::ParseError as i32;
    let text = serde_json::json!({"jsonrpc": "2.0", "id": null, "error": {"code": code, "message": why}}).to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}
