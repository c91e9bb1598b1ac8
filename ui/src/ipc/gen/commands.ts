// One list of commands in Rust yields this map: name → [request, response].
import type { AppDayRequest } from './AppDayRequest';
import type { AppRequest } from './AppRequest';
import type { AppRow } from './AppRow';
import type { Charts } from './Charts';
import type { ConnectReport } from './ConnectReport';
import type { ConnectRequest } from './ConnectRequest';
import type { ConnectStage } from './ConnectStage';
import type { Connected } from './Connected';
import type { ExportRequest } from './ExportRequest';
import type { Exported } from './Exported';
import type { Facets } from './Facets';
import type { LicenseDetails } from './LicenseDetails';
import type { LicenseTypeChange } from './LicenseTypeChange';
import type { MemberHistory } from './MemberHistory';
import type { MemberRequest } from './MemberRequest';
import type { PassphraseRequest } from './PassphraseRequest';
import type { PathRequest } from './PathRequest';
import type { PurchaseEndRequest } from './PurchaseEndRequest';
import type { PurchasePreview } from './PurchasePreview';
import type { PurchasePreviewRequest } from './PurchasePreviewRequest';
import type { PurchaseRequest } from './PurchaseRequest';
import type { PurchaseSaveRequest } from './PurchaseSaveRequest';
import type { PurchaseSaved } from './PurchaseSaved';
import type { RemoveRequest } from './RemoveRequest';
import type { ReplaceTokenRequest } from './ReplaceTokenRequest';
import type { RosterPage } from './RosterPage';
import type { RosterPageRequest } from './RosterPageRequest';
import type { RunView } from './RunView';
import type { SampleProgress } from './SampleProgress';
import type { Settings } from './Settings';
import type { SettingsChange } from './SettingsChange';
import type { SpendView } from './SpendView';
import type { SyncProgress } from './SyncProgress';
import type { SyncReport } from './SyncReport';
import type { SyncRequest } from './SyncRequest';
import type { Undone } from './Undone';
import type { VaultView } from './VaultView';

export interface Commands {
  apps_list: [null, Array<AppRow>];
  app_row: [AppRequest, AppRow];
  connect_test: [ConnectRequest, ConnectReport];
  connect_save: [ConnectRequest, Connected];
  token_replace: [ReplaceTokenRequest, ConnectReport];
  vault_status: [null, VaultView];
  vault_unlock: [PassphraseRequest, VaultView];
  vault_use_passphrase: [PassphraseRequest, VaultView];
  vault_use_keychain: [null, VaultView];
  sync_start: [SyncRequest, SyncReport];
  sync_cancel: [AppRequest, null];
  spend: [AppDayRequest, SpendView];
  charts: [AppRequest, Charts];
  runs: [AppRequest, Array<RunView>];
  roster_page: [RosterPageRequest, RosterPage];
  roster_facets: [AppRequest, Facets];
  member_history: [MemberRequest, MemberHistory];
  roster_export: [ExportRequest, Exported];
  export_path_choose: [PathRequest, string | null];
  license_details: [AppRequest, LicenseDetails];
  license_type_change: [LicenseTypeChange, LicenseDetails];
  purchase_preview: [PurchasePreviewRequest, PurchasePreview];
  purchase_save: [PurchaseSaveRequest, PurchaseSaved];
  purchase_end: [PurchaseEndRequest, PurchaseSaved];
  purchase_delete: [PurchaseRequest, LicenseDetails];
  undo: [AppRequest, Undone];
  sample_start: [null, AppRow];
  connection_remove: [RemoveRequest, null];
  settings_get: [null, Settings];
  settings_change: [SettingsChange, Settings];
}

export interface Channels {
  connect_test: ConnectStage;
  connect_save: ConnectStage;
  token_replace: ConnectStage;
  sync_start: SyncProgress;
  sample_start: SampleProgress;
}
