//! The pace of each server: shared by all clients of this process, and kept in a file for the next one, so that two
//! commands in a row keep to the rate of one. What cannot be kept is forgotten: it costs politeness alone.

use std::collections::HashMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use connect::{BaseUrl, Limits, OnSent, Pace};

use crate::clock::SharedClock;
use crate::seatledger::{Rooms, locked};

/// By file and requests a minute.
pub(crate) type Paces = Mutex<HashMap<(PathBuf, u32), Pace>>;

impl Rooms {
    /// The pace at which this server is asked with these limits.
    pub(crate) fn pace(&self, base_url: &BaseUrl, limits: &Limits) -> Pace {
        let rate = limits.rate(base_url);
        let path = pace_path(&self.data_dir, base_url);
        let mut paces = locked(&self.paces);
        let key = (path.clone(), rate.unwrap_or_default());
        // While nobody here uses it, another process may have asked the server.
        if let Some(shared) = paces.get(&key).filter(|pace| pace.is_shared()) {
            return shared.clone();
        }
        let fresh = match rate {
            Some(rate) => {
                Pace::remembering(Some(rate), &ages(&path, &self.clock), Some(keeping(path, Arc::clone(&self.clock))))
            }
            None => Pace::new(None),
        };
        paces.insert(key, fresh.clone());
        fresh
    }

    /// Forgets when the server was asked.
    pub(crate) fn forget_pace(&self, base_url: &BaseUrl) {
        // Whoever has none of it forgets nothing.
        let _ = std::fs::remove_file(pace_path(&self.data_dir, base_url));
    }
}

fn pace_path(data_dir: &Path, base_url: &BaseUrl) -> PathBuf {
    let host = base_url.origin().replace(|sign: char| !sign.is_ascii_alphanumeric() && sign != '.', "-");
    data_dir.join(format!("pace-{host}.txt"))
}

/// How long ago requests left: the file has one line for each, milliseconds since 1970. A line cut short is nonsense
/// or too long ago, and none is in the future.
fn ages(path: &Path, clock: &SharedClock) -> Vec<Duration> {
    let now = clock.now().as_millisecond();
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let sent = text.lines().filter_map(|line| line.parse::<i64>().ok());
    sent.filter_map(|sent| u64::try_from(now.checked_sub(sent)?).ok()).map(Duration::from_millis).collect()
}

fn keeping(path: PathBuf, clock: SharedClock) -> OnSent {
    Box::new(move |ages| {
        let now = clock.now().as_millisecond();
        let sent = ages.iter().filter_map(|age| now.checked_sub(i64::try_from(age.as_millis()).ok()?));
        let lines: Vec<_> = sent.map(|sent| sent.to_string()).collect();
        let _ = private(&path, true).and_then(|mut file| file.write_all(lines.join("\n").as_bytes()));
    })
}

/// A file for its owner only, made when it is new.
pub(crate) fn private(path: &Path, truncate: bool) -> std::io::Result<File> {
    let mut options = File::options();
    options.create(true).truncate(truncate).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::StillClock;

    #[test]
    fn what_one_process_sent_the_next_one_knows() {
        let folder = tempfile::tempdir().unwrap();
        let base_url = BaseUrl::parse("https://users.lucid.app/scim/v2").unwrap();
        let path = pace_path(folder.path(), &base_url);
        assert!(path.ends_with("pace-https---users.lucid.app-443.txt"), "{path:?}");
        let at = |text: &str| -> SharedClock { Arc::new(StillClock(text.parse().unwrap())) };
        let sent = [Duration::from_secs(50), Duration::ZERO];
        keeping(path.clone(), at("2026-03-02T09:00:00Z"))(&sent);
        let later = ages(&path, &at("2026-03-02T09:00:05Z"));
        assert_eq!(later, [Duration::from_secs(55), Duration::from_secs(5)]);
        assert_eq!(ages(&path, &at("2026-03-02T08:00:00Z")), [], "a clock that was set back knows of nothing");
        #[cfg(unix)]
        {
            let mode = std::os::unix::fs::PermissionsExt::mode(&path.metadata().unwrap().permissions());
            assert_eq!(mode & 0o777, 0o600);
        }
        std::fs::write(&path, "17724420\n\nx\n-\n1772442000000\n").unwrap();
        let known = ages(&path, &at("2026-03-02T09:00:05Z"));
        assert!(known.contains(&Duration::from_secs(5)), "{known:?}");
    }
}
