//! The one list of commands. It yields the handler registration, the TypeScript map and the permission list, and the
//! compiler checks it against the handlers. A handler unpacks, calls `app` once, and maps the error.

use std::convert::identity;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use app::view;
use tauri::ipc::{Channel, Invoke, IpcResponse};
use tauri::{Runtime, State};

use crate::bindings::Types;
use crate::ipc_error::Answer;
use crate::shell::Shell;

mod apps;
mod drafts;
mod export;
mod fees;
mod headcounts;
mod import;
mod integration;
mod invoices;
mod last_activity;
mod license;
mod outlook;
mod overview;
mod rates;
mod renewing;
mod request;
mod roster;
mod sample;
mod settings;
mod sync;
mod vault;

use request::{PathRequest, Request, ShowRequest};

type Shared = Arc<Shell>;

/// A command as the window knows it.
pub struct Command {
    /// Its name.
    pub name: &'static str,
    /// Adds its types to the TypeScript map.
    pub(crate) declare: fn(&mut Types),
}

/// Passes what a use case tells on to the window. A window that has gone needs no telling.
fn telling<T: IpcResponse + Send + 'static>(channel: Channel<T>) -> Box<dyn FnMut(T) + Send> {
    Box::new(move |message| {
        let _ = channel.send(message);
    })
}

/// A command without a request takes nothing.
macro_rules! request {
    () => {
        ()
    };
    ($request:ty) => {
        $request
    };
}

macro_rules! commands {
    ($($noun:ident::$name:ident($($request:ty)?) -> $response:ty $(, telling $message:ty)?;)+) => {
        /// Every command, in the order of the screens.
        pub const COMMANDS: &[Command] = &[$(Command {
            name: stringify!($name),
            declare: |types| {
                types.command::<request!($($request)?), $response>(stringify!($name));
                $(types.telling::<$message>(stringify!($name));)?
            },
        }),+];

        pub(crate) fn handler<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($noun::$name),+]
        }

        // A handler whose request, response or message differs from the list does not compile.
        $(const _: () = {
            #[allow(dead_code, clippy::type_complexity)]
            fn agrees(
                shell: State<'static, Shared>,
                $(request: Request<$request>,)?
                $(channel: Channel<$message>,)?
            ) -> Pin<Box<dyn Future<Output = Answer<$response>> + Send>> {
                Box::pin($noun::$name(
                    shell,
                    $(identity::<Request<$request>>(request),)?
                    $(identity::<Channel<$message>>(channel),)?
                ))
            }
        };)+
    };
}

commands! {
    apps::apps_list() -> Vec<view::apps::AppRow>;
    apps::app_row(view::apps::AppRequest) -> view::apps::AppRow;
    apps::connect_test(view::connect::ConnectRequest) -> view::connect::ConnectReport, telling view::connect::ConnectStage;
    apps::connect_save(view::connect::ConnectRequest) -> view::connect::Connected, telling view::connect::ConnectStage;
    apps::token_replace(view::connect::ReplaceTokenRequest) -> view::connect::ConnectReport, telling view::connect::ConnectStage;
    apps::license_preview(view::connect::ConnectRequest) -> view::connect::LicensePreview, telling view::connect::PreviewProgress;
    apps::license_preview_cancel() -> ();
    integration::certificate_path_choose(PathRequest) -> Option<String>;
    vault::vault_status() -> view::settings::VaultView;
    vault::vault_unlock(view::settings::PassphraseRequest) -> view::settings::VaultView;
    vault::vault_use_passphrase(view::settings::PassphraseRequest) -> view::settings::VaultView;
    vault::vault_use_keychain() -> view::settings::VaultView;
    sync::sync_start(view::sync::SyncRequest) -> view::sync::SyncReport, telling view::sync::SyncProgress;
    sync::sync_cancel(view::apps::AppRequest) -> ();
    overview::spend(view::apps::AppDayRequest) -> view::spend::SpendView;
    overview::charts(view::apps::AppRequest) -> view::charts::Charts;
    sync::runs(view::apps::AppRequest) -> Vec<view::sync::RunView>;
    sync::finding_cases(view::sync::CasesRequest) -> Vec<view::sync::CaseView>;
    roster::roster_page(view::roster::RosterPageRequest) -> view::roster::RosterPage;
    roster::roster_facets(view::apps::AppRequest) -> view::roster::Facets;
    roster::member_history(view::roster::MemberRequest) -> view::roster::MemberHistory;
    roster::roster_export(view::roster::ExportRequest) -> view::roster::Exported;
    roster::export_path_choose(PathRequest) -> Option<String>;
    last_activity::activity_summary(view::apps::AppDayRequest) -> view::last_activity::ActivitySummary;
    last_activity::activity_open(view::last_activity::ActivityOpenRequest) -> view::import::ImportTable;
    last_activity::activity_preview(view::last_activity::ActivityPreviewRequest) -> view::last_activity::ActivityPreview;
    last_activity::activity_apply(view::last_activity::ActivityApplyRequest) -> view::last_activity::ActivityDone;
    last_activity::counting(view::apps::AppRequest) -> view::last_activity::CountingView;
    last_activity::counting_save(view::last_activity::CountingChange) -> view::last_activity::CountingSaved;
    license::license_details(view::apps::AppDayRequest) -> view::purchases::LicenseDetails;
    license::license_type_change(view::purchases::LicenseTypeChange) -> view::purchases::LicenseDetails;
    license::purchase_preview(view::purchases::PurchasePreviewRequest) -> view::purchases::PurchasePreview;
    license::purchase_save(view::purchases::PurchaseSaveRequest) -> view::purchases::PurchaseSaved;
    license::purchase_end(view::purchases::PurchaseEndRequest) -> view::purchases::PurchaseSaved;
    license::purchase_delete(view::purchases::PurchaseRequest) -> view::purchases::LicenseDetails;
    license::undo(view::apps::AppRequest) -> view::purchases::Undone;
    license::redo(view::apps::AppRequest) -> view::purchases::Undone;
    license::undoable(view::apps::AppRequest) -> view::purchases::Undoable;
    integration::integration(view::apps::AppRequest) -> view::integration::IntegrationView;
    integration::groups_look(view::apps::AppRequest) -> view::integration::IntegrationView;
    integration::mapping_save(view::integration::MappingSaveRequest) -> view::integration::IntegrationView;
    integration::rest_connect(view::integration::RestConnectRequest) -> view::integration::IntegrationView;
    integration::rest_remove(view::apps::AppRequest) -> view::integration::IntegrationView;
    integration::limits_save(view::integration::LimitsSaveRequest) -> view::integration::LimitsSaved;
    integration::schedule_save(view::integration::ScheduleRequest) -> view::integration::IntegrationView;
    integration::held_roster(view::integration::HeldRequest) -> view::integration::HeldView;
    sample::sample_start() -> view::apps::AppRow, telling view::sync::SampleProgress;
    apps::connection_remove(view::apps::RemoveRequest) -> ();
    settings::settings_get() -> view::settings::Settings;
    settings::settings_change(view::settings::SettingsChange) -> view::settings::Settings;
    import::import_path_choose() -> Option<String>;
    import::import_open(view::import::ImportOpenRequest) -> view::import::ImportTable;
    import::import_mapping_forget(view::import::ImportOpenRequest) -> view::import::ImportTable;
    import::import_preview(view::import::ImportPreviewRequest) -> view::import::ImportPreview;
    import::import_apply(view::import::ImportApplyRequest) -> view::import::ImportDone;
    import::import_template_save(view::import::ImportTemplateRequest) -> view::roster::Exported;
    export::table_export(view::export::TableExportRequest) -> view::roster::Exported;
    export::exported_show(ShowRequest) -> ();
    export::focus_export(view::focus::FocusRequest) -> view::focus::FocusExported;
    // the books: purchases over time, fees, invoices, rates, drafts
    renewing::purchase_renew(view::renewing::PurchaseRenewRequest) -> view::purchases::PurchaseSaved;
    renewing::purchase_duplicate(view::purchases::PurchaseRequest) -> view::purchases::PurchaseSaved;
    renewing::purchase_co_terminate(view::renewing::PurchaseCoTerminateRequest) -> view::purchases::PurchaseSaved;
    renewing::purchase_price_change(view::renewing::PurchasePriceChangeRequest) -> view::renewing::PurchasePriceChanged;
    renewing::purchase_versions(view::purchases::PurchaseRequest) -> view::renewing::PurchaseVersions;
    fees::fees(view::apps::AppDayRequest) -> view::fees::FeesView;
    fees::fee_preview(view::fees::FeePreviewRequest) -> view::fees::FeePreview;
    fees::fee_save(view::fees::FeeSaveRequest) -> view::fees::FeeSaved;
    fees::fee_delete(view::fees::FeeRequest) -> view::fees::FeesView;
    fees::fee_price_change(view::fees::FeePriceChangeRequest) -> view::fees::FeePriceChanged;
    fees::fee_versions(view::fees::FeeRequest) -> view::fees::FeeVersions;
    invoices::invoices(view::apps::AppDayRequest) -> view::invoices::InvoicesView;
    invoices::invoice_preview(view::invoices::InvoicePreviewRequest) -> view::invoices::InvoicePreview;
    invoices::invoice_save(view::invoices::InvoiceSaveRequest) -> view::invoices::InvoiceSaved;
    invoices::invoice_delete(view::invoices::InvoiceRequest) -> view::invoices::InvoicesView;
    rates::rates() -> view::rates::RatesView;
    rates::rate_save(view::rates::RateSaveRequest) -> view::rates::RateSaved;
    rates::rate_delete(view::rates::RateDeleteRequest) -> view::rates::RateDeleted;
    rates::rate_policy_choose(view::rates::RatePolicyRequest) -> view::rates::RatePolicyChosen;
    rates::rates_undo() -> view::purchases::Undone;
    headcounts::headcounts() -> view::headcounts::HeadcountsView;
    headcounts::headcount_save(view::headcounts::HeadcountSaveRequest) -> view::headcounts::HeadcountSaved;
    headcounts::headcount_delete(view::headcounts::HeadcountRequest) -> view::headcounts::HeadcountsView;
    drafts::draft_save(view::drafts::DraftRequest) -> ();
    drafts::draft_get(view::drafts::DraftKey) -> Option<String>;
    drafts::draft_clear(view::drafts::DraftKey) -> ();
    // Looking ahead and back.
    outlook::spend_by(view::spend::SpendByRequest) -> view::spend::SpendBy;
    outlook::spend_over_time(view::over_time::SpendOverTimeRequest) -> view::over_time::SpendOverTime;
    outlook::spend_cell(view::over_time::SpendCellRequest) -> view::figure::Figure;
    outlook::burn_point(view::over_time::BurnPointRequest) -> view::figure::Figure;
    outlook::forecast(view::forecast::ForecastRequest) -> view::forecast::ForecastView;
    outlook::forecast_month(view::forecast::ForecastMonthRequest) -> view::figure::Figure;
    outlook::scenarios(view::apps::AppRequest) -> Vec<view::forecast::ScenarioView>;
    outlook::scenario_save(view::forecast::ScenarioSaveRequest) -> view::forecast::ScenarioSaved;
    outlook::scenario_delete(view::forecast::ScenarioRequest) -> Vec<view::forecast::ScenarioView>;
    outlook::scenario_adopt(view::forecast::ScenarioRequest) -> view::forecast::ScenarioAdopted;
    outlook::renewals(view::renewals::RenewalsRequest) -> view::renewals::RenewalsView;
    outlook::renewals_export(view::renewals::RenewalsExportRequest) -> view::roster::Exported;
}
