// What was typed in the Connect screen, kept while the window is open so that leaving it loses nothing. The token is
// deliberately absent: it lives in its field only.
import { SvelteMap } from 'svelte/reactivity';
import type { ConnectReport } from '../../ipc/gen/ConnectReport';
import type { ConnectRequest } from '../../ipc/gen/ConnectRequest';
import type { LicensePreview } from '../../ipc/gen/LicensePreview';
import type { LicenseSuggestion } from '../../ipc/gen/LicenseSuggestion';
import { fromValues, MappingDraft } from '../mapping/draft.svelte';

export const LUCID_BASE_URL = 'https://users.lucid.app/scim/v2';

/** Limits as typed; empty takes the usual ones. */
export interface TypedLimits {
  requests_per_minute: string;
  pages_in_flight: string;
  authority: string;
}

export const noLimits = (): TypedLimits => ({ requests_per_minute: '', pages_in_flight: '', authority: '' });

export const wizard = $state({
  name: 'Lucidchart',
  baseUrl: LUCID_BASE_URL,
  limits: noLimits(),
  done: {
    'upgrades-on': false,
    enabled: false,
    generate: false,
    'upgrades-off': false,
    provider: false,
  } as Record<string, boolean>,
});

export function resetWizard(): void {
  wizard.name = 'Lucidchart';
  wizard.baseUrl = LUCID_BASE_URL;
  wizard.limits = noLimits();
  for (const key of Object.keys(wizard.done)) wizard.done[key] = false;
}

/** The license types are told by an attribute whose path was typed. */
export const OWN_PATH = '=own';
/** Nothing tells the license types for now. */
export const NO_PATH = '=none';

/** The same for any SCIM app: also where its license type is told, and what each value means. */
export class ScimWizard {
  name = $state('');
  baseUrl = $state('');
  limits: TypedLimits = $state(noLimits());
  /** The path of a suggestion, `OWN_PATH` or `NO_PATH`. */
  source = $state(NO_PATH);
  ownPath = $state('');
  /** What the last test found, and at which address. */
  report: ConnectReport | null = $state.raw(null);
  testedUrl = $state('');
  counted: { preview: LicensePreview; request: string } | null = $state.raw(null);
  readonly #drafts = new SvelteMap<string, MappingDraft>();

  /** Suggestions of a test that was made at the address in the field. */
  get suggestions(): LicenseSuggestion[] {
    return this.tested ? (this.report?.suggestions ?? []) : [];
  }

  get tested(): boolean {
    return this.report !== null && this.report.problem === null && this.testedUrl === this.baseUrl.trim();
  }

  get suggestion(): LicenseSuggestion | null {
    return this.suggestions.find((each) => each.path === this.source) ?? null;
  }

  /** The attribute that tells the license type; `null` for none. */
  get path(): string | null {
    if (this.source === NO_PATH) return null;
    return this.source === OWN_PATH ? this.ownPath.trim() || null : this.source;
  }

  /** What the values of the chosen attribute mean; each attribute keeps its own. */
  get draft(): MappingDraft | null {
    return this.path === null ? null : (this.#drafts.get(this.path) ?? null);
  }

  /** Takes what a test has found; the likeliest attribute is chosen unless another was before. */
  found(report: ConnectReport, url: string): void {
    this.report = report;
    this.testedUrl = url;
    for (const { path, values } of report.suggestions) {
      if (this.#drafts.get(path)?.changed !== true) this.#drafts.set(path, fromValues(values));
    }
    const known = report.suggestions.some((each) => each.path === this.source);
    if (this.source !== OWN_PATH && !known) this.source = report.suggestions[0]?.path ?? NO_PATH;
  }

  /** Puts the values of a typed attribute in place once they are known. */
  take(path: string, draft: MappingDraft): void {
    this.#drafts.set(path, draft);
  }

  request(token: string): ConnectRequest {
    return {
      connector: 'scim',
      name: this.name,
      base_url: this.baseUrl,
      token,
      license_from: this.path,
      mapping: this.draft?.choices ?? [],
      again: false,
      ...this.limits,
    };
  }

  reset(): void {
    this.name = this.baseUrl = this.ownPath = this.testedUrl = '';
    this.limits = noLimits();
    this.source = NO_PATH;
    this.report = this.counted = null;
    this.#drafts.clear();
  }
}

export const scim = new ScimWizard();
