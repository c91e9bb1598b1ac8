//! The operating system's keychain behind a thread of its own: a keychain may never answer, and then only the thread hangs.
//! Absent on purpose: waiting for a question that somebody has yet to answer. Its late answer makes the next try work.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use crate::keystore::{KeyStore, KeyStoreError};
use crate::native::Native;

/// How long a call may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a hanging thread is left alone before another one takes its place.
const GIVEN_UP: Duration = Duration::from_mins(1);
/// How many hanging threads are left behind before the keychain counts as silent until the program ends.
const MOST_LEFT: u32 = 3;

/// The operating system's keychain. One call at a time; after one that got no answer in time, calls fail at once until the
/// answer comes or the keychain has been silent for a minute.
pub struct OsKeychain {
    patience: Duration,
    line: Mutex<Line>,
}

/// The line to the thread.
#[derive(Default)]
struct Line {
    worker: Option<Worker>,
    left: u32,
}

struct Worker {
    calls: Sender<Call>,
    busy: Arc<AtomicBool>,
    since: Instant,
}

struct Call {
    account: String,
    wish: Wish,
    answer: Sender<Answer>,
}

enum Wish {
    Get,
    Set(Zeroizing<Vec<u8>>),
    Delete,
}

type Answer = Result<Option<Zeroizing<Vec<u8>>>, KeyStoreError>;

impl OsKeychain {
    /// The keychain, with five seconds for each call.
    pub fn new() -> Self {
        Self::with_patience(PATIENCE)
    }

    /// The keychain, with this time for each call.
    pub fn with_patience(patience: Duration) -> Self {
        Self { patience, line: Mutex::default() }
    }

    fn call(&self, account: &str, wish: Wish) -> Answer {
        let mut line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        let answers = line.send(account.to_owned(), wish)?;
        match answers.recv_timeout(self.patience) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => Err(KeyStoreError::TimedOut),
            Err(RecvTimeoutError::Disconnected) => {
                line.worker = None;
                Err(KeyStoreError::Broken { reason: "the call ended without an answer".to_owned() })
            }
        }
    }
}

impl Default for OsKeychain {
    fn default() -> Self {
        Self::new()
    }
}

impl KeyStore for OsKeychain {
    fn get(&self, account: &str) -> Answer {
        self.call(account, Wish::Get)
    }

    fn set(&self, account: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        self.call(account, Wish::Set(Zeroizing::new(secret.to_vec()))).map(drop)
    }

    fn delete(&self, account: &str) -> Result<(), KeyStoreError> {
        self.call(account, Wish::Delete).map(drop)
    }
}

impl Line {
    /// Hands a call to a thread that is free, and gives the end where its answer will come out.
    fn send(&mut self, account: String, wish: Wish) -> Result<Receiver<Answer>, KeyStoreError> {
        if let Some(worker) = &self.worker
            && worker.busy.load(Ordering::Acquire)
        {
            if worker.since.elapsed() < GIVEN_UP || self.left >= MOST_LEFT {
                return Err(KeyStoreError::TimedOut);
            }
            self.worker = None;
            self.left += 1;
        }
        let worker = match &mut self.worker {
            Some(worker) => worker,
            None => self.worker.insert(Worker::start()?),
        };
        let (answer, answers) = mpsc::channel();
        worker.since = Instant::now();
        worker.busy.store(true, Ordering::Release);
        if worker.calls.send(Call { account, wish, answer }).is_err() {
            self.worker = None;
            return Err(KeyStoreError::Broken { reason: "its thread has ended".to_owned() });
        }
        Ok(answers)
    }
}

impl Worker {
    fn start() -> Result<Self, KeyStoreError> {
        let (calls, inbox) = mpsc::channel::<Call>();
        let busy = Arc::new(AtomicBool::new(false));
        let free = Arc::clone(&busy);
        let work = move || {
            let mut native = Native::default();
            for call in inbox {
                call.make(&mut native, &free);
            }
        };
        thread::Builder::new()
            .name("keychain".to_owned())
            .spawn(work)
            .map_err(|error| KeyStoreError::Unavailable { reason: error.to_string() })?;
        Ok(Self { calls, busy, since: Instant::now() })
    }
}

impl Call {
    fn make(self, native: &mut Native, busy: &AtomicBool) {
        let kept = matches!(self.wish, Wish::Set(_));
        let answer = match &self.wish {
            Wish::Get => native.get(&self.account),
            Wish::Set(secret) => native.set(&self.account, secret).map(|()| None),
            Wish::Delete => native.delete(&self.account).map(|()| None),
        };
        let late = kept && answer.is_ok();
        // Free before the answer is out, or the next call could come in between.
        busy.store(false, Ordering::Release);
        if self.answer.send(answer).is_err() && late {
            // The caller was told that nothing is kept, so nothing is.
            native.delete(&self.account).ok();
        }
    }
}
