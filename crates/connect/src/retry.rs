//! When a request is repeated and how long to wait before: pure decisions, bounded in every direction.

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, SystemTime};

use crate::limits::Limits;

/// How a request failed that may be repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The server could not be reached.
    Unreachable,
    /// The server refused, because requests come too often.
    TooOften,
    /// Anything else that may pass.
    Passing,
}

/// Somebody who looks at a test is told of a longer pause instead of waiting it out.
const SOMEBODY_WAITS: Duration = Duration::from_secs(30);

/// How often requests may still be repeated.
#[derive(Debug, Clone)]
pub(crate) struct Patience {
    /// Repeats of one request.
    pub(crate) each: u32,
    /// Repeats of one request that came too often.
    pub(crate) too_often: u32,
    /// Repeats left for all of them.
    pub(crate) in_all: u32,
    /// Whether a server that cannot be reached is worth another try.
    pub(crate) unreachable: bool,
    /// A longer pause than this is not waited for when a server asks for it.
    pub(crate) longest_pause: Duration,
}

impl Patience {
    /// For reading a roster.
    pub(crate) fn reading(limits: &Limits) -> Self {
        Self {
            each: limits.retries,
            too_often: limits.retries,
            in_all: limits.retries_in_all,
            unreachable: true,
            longest_pause: limits.longest_retry_after,
        }
    }

    /// For a test that somebody waits for.
    pub(crate) fn testing(limits: &Limits) -> Self {
        let each = limits.retries.min(2);
        let longest_pause = limits.longest_retry_after.min(SOMEBODY_WAITS);
        Self { each, too_often: each, in_all: limits.retries_in_all.min(4), unreachable: false, longest_pause }
    }

    /// For counting everybody while somebody waits: a server that cannot be reached is told at once.
    pub(crate) fn counting(limits: &Limits) -> Self {
        Self { each: limits.retries.min(3), unreachable: false, ..Self::reading(limits) }
    }

    /// For questions of which some may go unanswered: what passes by itself is outlasted, a server that never answers is not.
    pub(crate) fn asking(limits: &Limits) -> Self {
        Self { unreachable: true, longest_pause: limits.longest_retry_after, ..Self::testing(limits) }
    }

    /// The same for a question that may go unanswered.
    pub(crate) fn without_repeats(&self) -> Self {
        Self { each: 0, too_often: 0, in_all: 0, unreachable: false, ..*self }
    }

    /// Takes one repeat; `false` when none is left.
    pub(crate) fn take(&mut self, tried: u32, trouble: Trouble) -> bool {
        let each = if trouble == Trouble::TooOften { self.too_often } else { self.each };
        let left = tried < each && self.in_all > 0 && (self.unreachable || trouble != Trouble::Unreachable);
        if left {
            self.in_all -= 1;
        }
        left
    }
}

/// A random pause up to the doubled base: clients that failed together do not come back together.
pub(crate) fn backoff(limits: &Limits, tried: u32) -> Duration {
    let most = doubled(limits.pause, limits, tried);
    random(most / 4, most)
}

/// The same after a refusal for coming too often that tells no time: longer, and never less than half of the base.
pub(crate) fn refused_backoff(limits: &Limits, tried: u32) -> Duration {
    let most = doubled(limits.refused_pause, limits, tried);
    random(most / 2, most)
}

fn doubled(pause: Duration, limits: &Limits, tried: u32) -> Duration {
    pause.saturating_mul(2_u32.saturating_pow(tried)).min(limits.longest_pause)
}

fn random(least: Duration, most: Duration) -> Duration {
    let spread = u64::try_from(most.saturating_sub(least).as_millis()).unwrap_or(u64::MAX);
    least + Duration::from_millis(RandomState::new().hash_one(least) % spread.saturating_add(1))
}

/// `Retry-After` in either form (RFC 9110 §10.2.3). A date is measured against the server's own `Date`, so that a
/// wrong clock on either side does not matter; without one it tells nothing.
pub(crate) fn retry_after(header: Option<&str>, date: Option<&str>) -> Option<Duration> {
    let header = header?.trim();
    if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(header.parse().unwrap_or(u64::MAX)));
    }
    let then = httpdate::parse_http_date(header).ok()?;
    let now: SystemTime = httpdate::parse_http_date(date?.trim()).ok()?;
    Some(then.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_read_in_both_forms() {
        let date = Some("Mon, 23 Nov 2026 10:00:00 GMT");
        assert_eq!(retry_after(Some("7"), None), Some(Duration::from_secs(7)));
        assert_eq!(retry_after(Some("Mon, 23 Nov 2026 10:00:05 GMT"), date), Some(Duration::from_secs(5)));
        assert_eq!(retry_after(Some("Mon, 23 Nov 2026 09:00:00 GMT"), date), Some(Duration::ZERO));
        assert_eq!(retry_after(Some("99999999999999999999"), None), Some(Duration::from_secs(u64::MAX)));
        for nonsense in ["-1", "soon", "", "1.5"] {
            assert_eq!(retry_after(Some(nonsense), date), None, "{nonsense}");
        }
        assert_eq!(retry_after(Some("Mon, 23 Nov 2026 10:00:05 GMT"), None), None);
        assert_eq!(retry_after(None, date), None);
    }

    #[test]
    fn pauses_grow_and_stay_bounded() {
        let limits = Limits::default();
        for tried in 0..40 {
            let pause = backoff(&limits, tried);
            assert!(pause <= limits.longest_pause, "{pause:?}");
            assert!(pause >= Duration::from_millis(125), "{pause:?}");
        }
    }

    #[test]
    fn patience_ends() {
        let mut patience = Patience { each: 3, too_often: 5, in_all: 9, ..Patience::reading(&Limits::default()) };
        assert_eq!((0..10).filter(|tried| patience.take(*tried, Trouble::Passing)).count(), 3);
        assert_eq!((0..10).filter(|tried| patience.take(*tried, Trouble::TooOften)).count(), 5);
        assert!(patience.take(0, Trouble::Unreachable));
        assert!(!patience.take(0, Trouble::Passing));
        let mut waited_for = Patience { unreachable: false, in_all: 4, ..patience };
        assert!(!waited_for.take(0, Trouble::Unreachable));
    }

    #[test]
    fn repeats_outlast_a_limiter_that_counts_a_minute() {
        let limits = Limits::default();
        for patience in [Patience::reading(&limits), Patience::counting(&limits)] {
            let waited: Duration = (0..patience.too_often).map(|tried| refused_backoff(&limits, tried)).sum();
            assert!(waited > Duration::from_secs(90), "{waited:?}");
        }
    }
}
