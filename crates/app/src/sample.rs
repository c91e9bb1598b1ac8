//! The sample organisation: the embedded SCIM server on loopback, thirteen months of weekly syncs on a virtual clock,
//! exports of last activity, and purchases, all through the same use cases as a real account. Its token is invented, so no vault is needed.

use connect::{BaseUrl, BearerToken};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use lucid_sim::{Config, SAMPLE_WEEKS, Server};
use store::{App, NewApp};

use crate::connecting::connector;
use crate::error::{Error, Result};
use crate::seatledger::{Rooms, Seatledger, locked};
use crate::view::apps::{AppRequest, AppRow};
use crate::view::last_activity::{ActivityFileRequest, ActivityReading};
use crate::view::purchases::{PurchaseForm, PurchaseSaveRequest};
use crate::view::sync::{SampleProgress, SyncReport, SyncRequest};
use crate::words;

/// Told each week of the sample as it is synced.
pub type OnSample = Box<dyn FnMut(SampleProgress) + Send>;

/// As many weeks are between two exports of last activity.
const WEEKS_BETWEEN_EXPORTS: u32 = 8;
const NAME: &str = "Lucidchart (sample)";
const CONNECTOR: &str = "lucid";

/// The running server of the sample.
pub(crate) struct SampleServer {
    server: Server,
}

impl SampleServer {
    fn start(first_day: Date) -> Result<Self> {
        let server = Server::start(Config::sample(first_day)).map_err(|error| Error::Sample(error.to_string()))?;
        Ok(Self { server })
    }
}

impl Seatledger {
    /// Makes the sample organisation, or finds the one that is there.
    pub async fn sample_start(&self, mut on_progress: OnSample) -> Result<AppRow> {
        if let Some(app) = self.store.apps()?.into_iter().find(|app| app.sample) {
            return self.app_row(&AppRequest { app: app.slug });
        }
        let today = self.today()?;
        let first_day = first_day(today);
        let app = self.blocking(move |this| this.add_sample(first_day)).await?;
        let filled = self.fill_sample(&app, first_day, &mut on_progress).await;
        if let Err(error) = filled {
            // Half a sample would mislead: take it back.
            self.stop_sample();
            self.store.remove_app(app.id)?;
            return Err(error);
        }
        self.app_row(&AppRequest { app: app.slug })
    }

    fn add_sample(&self, first_day: Date) -> Result<App> {
        let server = SampleServer::start(first_day)?;
        let new = NewApp {
            name: NAME.to_owned(),
            connector: CONNECTOR.to_owned(),
            base_url: server.server.base_url().to_owned(),
            sample: true,
        };
        let app = self.store.add_app(&new, &connector(CONNECTOR)?.known_licenses(), self.now())?;
        *locked(&self.sample) = Some(server);
        Ok(app)
    }

    async fn fill_sample(&self, app: &App, first_day: Date, on_progress: &mut OnSample) -> Result<()> {
        for form in purchases(first_day) {
            let saved = self.purchase_save(&PurchaseSaveRequest { app: app.slug.clone(), id: None, form })?;
            if saved.purchase.is_none() {
                return Err(Error::Refused(saved.problems));
            }
        }
        for week in 0..=SAMPLE_WEEKS {
            let day = first_day.saturating_add(i64::from(week).weeks());
            let report = self.sync_sample(app, day, week == SAMPLE_WEEKS).await?;
            if week > 0 && week.is_multiple_of(WEEKS_BETWEEN_EXPORTS) {
                self.import_sample_activity(app, day)?;
            }
            on_progress(SampleProgress {
                week,
                weeks: SAMPLE_WEEKS,
                day: day.to_string(),
                sentence: format!("{}: {}", words::day(day), report.sentence),
            });
        }
        Ok(())
    }

    /// What an administrator does now and then: exports who was active when, and imports the file.
    fn import_sample_activity(&self, app: &App, day: Date) -> Result<()> {
        let exported = locked(&self.sample).as_ref().map(|sample| sample.server.activity_export()).unwrap_or_default();
        let path = self.data_dir.join(format!("last-activity-{day}.csv"));
        let failed = |error: std::io::Error| Error::Sample(error.to_string());
        std::fs::write(&path, exported).map_err(failed)?;
        let imported = self.activity_file(&ActivityFileRequest {
            app: app.slug.clone(),
            path: path.display().to_string(),
            reading: ActivityReading { until: day.to_string(), ..ActivityReading::default() },
            columns: Vec::new(),
            dry_run: false,
            shown: 0,
        });
        std::fs::remove_file(&path).map_err(failed)?;
        imported.map(drop)
    }

    async fn sync_sample(&self, app: &App, day: Date, last: bool) -> Result<SyncReport> {
        let at = if last { self.now() } else { self.morning_of(day)? };
        if let Some(sample) = locked(&self.sample).as_ref() {
            sample.server.set_day(day);
        }
        let request = SyncRequest { app: app.slug.clone(), accept_drop: false };
        self.sync_at(&request, at, Box::new(|_| {})).await
    }
}

impl Rooms {
    fn morning_of(&self, day: Date) -> Result<Timestamp> {
        let morning = day.at(8, 0, 0, 0).to_zoned_datetime(self.zone()?);
        morning.map(|zoned| zoned.timestamp()).map_err(|error| Error::Sample(error.to_string()))
    }

    /// Address and token of the sample's server, which is started again in a new process.
    pub(crate) fn sample_credentials(&self, app: &App) -> Result<(BaseUrl, BearerToken)> {
        let mut sample = locked(&self.sample);
        let running = match sample.take() {
            Some(running) => running,
            None => self.restart_sample(app)?,
        };
        let base_url = BaseUrl::parse(running.server.base_url())?;
        let token = BearerToken::from_pasted(running.server.token())?;
        *sample = Some(running);
        Ok((base_url, token))
    }

    fn restart_sample(&self, app: &App) -> Result<SampleServer> {
        let read = self.store.sync_days(app.id)?;
        let today = self.today()?;
        let first = read.first().copied().unwrap_or_else(|| first_day(today));
        let running = SampleServer::start(first)?;
        running.server.set_day(today);
        Ok(running)
    }

    pub(crate) fn stop_sample(&self) {
        locked(&self.sample).take();
    }
}

fn first_day(today: Date) -> Date {
    today.saturating_sub(i64::from(SAMPLE_WEEKS).weeks())
}

/// What the sample bought: a yearly contract, seats added in the middle of it, and its renewal.
fn purchases(first_day: Date) -> [PurchaseForm; 3] {
    let start = first_day.first_of_month();
    let renewal = start.saturating_add(1.year());
    let until = |end: Date| end.saturating_sub(1.day()).to_string();
    let seats = |name: &str, po: &str, quantity: &str, cost: &str, from: Date, end: Date| PurchaseForm {
        license_type: "can-edit".to_owned(),
        name: name.to_owned(),
        po: po.to_owned(),
        quantity: quantity.to_owned(),
        cost: cost.to_owned(),
        per: "unit".to_owned(),
        currency: "USD".to_owned(),
        every: "month".to_owned(),
        from: from.to_string(),
        until: until(end),
        proration: "none".to_owned(),
        auto_renews: true,
        notice_days: "60".to_owned(),
        ..PurchaseForm::default()
    };
    let added = start.saturating_add(6.months());
    [
        seats("Enterprise agreement", "PO-2041", "150", "9.00", start, renewal),
        seats("Added seats", "PO-2077", "30", "9.50", added, renewal),
        seats("Enterprise agreement, renewed", "PO-2160", "190", "9.25", renewal, renewal.saturating_add(1.year())),
    ]
}
