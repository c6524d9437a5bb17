//! The text of a number, a day or an instant, kept where it is asked for.

/// A short text of digits and signs, written from its end.
pub(crate) struct ShortText {
    bytes: [u8; Self::BYTES_MAX],
    from: usize,
}

impl ShortText {
    /// A sign, the digits of a `u64`, a point, and as many digits behind it as a number may have.
    const BYTES_MAX: usize = 64;

    pub(super) fn empty() -> Self {
        Self { bytes: [0; Self::BYTES_MAX], from: Self::BYTES_MAX }
    }

    /// Puts a byte before what stands there.
    pub(super) fn put(&mut self, byte: u8) {
        self.from = self.from.saturating_sub(1);
        if let Some(slot) = self.bytes.get_mut(self.from) {
            *slot = byte;
        }
    }

    /// Puts the last digit of a number before what stands there, and takes it off.
    pub(super) fn put_digit(&mut self, rest: &mut u64) {
        // A remainder of ten fits.
        self.put(b'0' + (*rest % 10) as u8);
        *rest /= 10;
    }

    /// Puts a number of so many digits before what stands there; nothing where it is negative or has more.
    pub(super) fn put_digits(&mut self, number: impl Into<i64>, digits: u32) -> Option<()> {
        let mut rest = u64::try_from(number.into()).ok()?;
        (0..digits).for_each(|_| self.put_digit(&mut rest));
        (rest == 0).then_some(())
    }

    pub(crate) fn as_str(&self) -> &str {
        // It is written in digits and signs only.
        self.bytes.get(self.from..).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}
