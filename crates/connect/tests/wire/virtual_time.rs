//! Minutes that pass in moments: the runtime's clock stands still while anything happens, and jumps while all wait.

use std::future::Future;
use std::time::Duration;

use connect::Limits;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, advance, pause, resume};

use crate::raw::{Server, quick};

/// How long nothing may happen, in real time, before the clock jumps, and how far.
const STILL: Duration = Duration::from_millis(15);
const JUMP: Duration = Duration::from_secs(2);

/// Runs it to its end; how long it took by the runtime's clock comes beside. Needs a runtime of one thread.
pub async fn passing<T>(server: &Server, work: impl Future<Output = T>) -> (T, Duration) {
    pause();
    // While blocking work is under way, the runtime does not move a paused clock by itself.
    let (over, ends) = std::sync::mpsc::channel::<()>();
    let held = spawn_blocking(move || ends.recv());
    let began = Instant::now();
    tokio::pin!(work);
    let mut seen = 0;
    let outcome = loop {
        tokio::select! {
            biased;
            outcome = &mut work => break outcome,
            _ = spawn_blocking(|| std::thread::sleep(STILL)) => {
                let now = server.requests().len();
                if now == seen {
                    advance(JUMP).await;
                }
                seen = now;
            }
        }
    };
    let took = began.elapsed();
    drop(over);
    let _ = held.await;
    resume();
    (outcome, took)
}

/// The usual pauses, and no time-out that a jump could reach.
pub fn patient() -> Limits {
    let usual = Limits::default();
    let never = Duration::from_hours(5);
    Limits {
        connect: never,
        silence: never,
        answer: never,
        least_within: never,
        pause: usual.pause,
        refused_pause: usual.refused_pause,
        longest_pause: usual.longest_pause,
        retries: usual.retries,
        ..quick()
    }
}
