//! Times calls: on the wall, and on a processor, since other programs stretch the first.

use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};
use serde_json::{Value, json};

/// The calls of one kind.
#[derive(Default)]
pub struct Watch {
    wall: Vec<f64>,
    cpu: Vec<f64>,
    slowest: Option<(f64, String)>,
}

impl Watch {
    /// Times one call.
    pub fn time<T>(&mut self, what: impl FnOnce() -> String, call: impl FnOnce() -> T) -> T {
        let (start, before) = (Instant::now(), processor());
        let done = call();
        let (wall, cpu) = (start.elapsed().as_secs_f64() * 1e3, processor() - before);
        self.wall.push(wall);
        self.cpu.push(cpu);
        if self.slowest.as_ref().is_none_or(|(most, _)| cpu > *most) {
            self.slowest = Some((cpu, what()));
        }
        done
    }

    /// What the calls came to, in milliseconds.
    pub fn document(&self) -> Value {
        let part = |times: &[f64]| {
            let mut times = times.to_vec();
            times.sort_by(f64::total_cmp);
            // The smallest time that at least so many percent do not exceed.
            let at = |percent: usize| times.get((times.len() * percent).div_ceil(100).saturating_sub(1)).copied();
            json!({ "p50": at(50), "p95": at(95), "max": at(100) })
        };
        let slowest = self.slowest.as_ref().map(|(_, what)| what);
        json!({ "calls": self.wall.len(), "wall": part(&self.wall), "cpu": part(&self.cpu), "slowest": slowest })
    }
}

/// Milliseconds that this thread spent on a processor.
fn processor() -> f64 {
    let spent = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(spent).unwrap_or_default().as_secs_f64() * 1e3
}
