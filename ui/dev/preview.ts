// Shows the window without a backend: /dev/?state=normal&theme=dark#/app/lucidchart/activity
import './freeze';
import '../src/locale';
import '../src/design/tokens.css';
import '../src/design/base.css';
import '../src/design/floating.css';
import { mount } from 'svelte';
import App from '../src/App.svelte';
import { serve, STAGES, SYNC_DONE, type Answers } from '../tests/fixture/backend';
import {
  found,
  heldView,
  INTEGRATION,
  manyGroups,
  mappingSaved,
  PREVIEW,
  REST_ADDED,
  SCIM_INTEGRATION,
} from '../tests/fixture/connections';
import { CONDITIONED, fee, FEES, FINDINGS, INVOICES, RATES } from '../tests/fixture/ledger';
import {
  BLOCKED_BASES,
  bigOverTime,
  blockedOverTime,
  manyDepartments,
  MANY_TYPES,
  manyRenewals,
  nothingOverTime,
  RENEWAL,
  renewalsView,
  SPEND_BY,
} from '../tests/fixture/outlook';
import { DETAILS, FIGMA, LUCID, NEVER, RUNS, SECOND, SETTINGS, SPEND, VAULT } from '../tests/fixture/views';
import type { IntegrationView } from '../src/ipc/gen/IntegrationView';
import { unknownFigure } from '../tests/fixture/figures';

const asked = new URLSearchParams(window.location.search);
const theme = asked.get('theme') ?? 'light';
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const forever = new Promise<never>(() => undefined);

const BROKEN = {
  code: 'token-rejected',
  message: 'The server rejected the token.',
  hint: 'Generate a new token in Lucid under Team › App Integration › SCIM and paste it here.',
};

/** An app whose connection looks like this and takes what is saved. */
function connected(view: IntegrationView): Partial<Answers> {
  let now = view;
  return {
    integration: () => now,
    groups_look: () => now,
    mapping_save: (request) => (now = mappingSaved(now, request)),
    rest_remove: () => (now = { ...now, rest: INTEGRATION.rest }),
  };
}

/** A roster that waits, from which that many would go. */
function held(size: number): { answers: Partial<Answers> } {
  return {
    answers: {
      apps_list: () => [
        {
          ...LUCID,
          members: size + 61,
          state: 'held',
          state_sentence: `Held: the last sync found 61 users instead of ${size + 61}`,
        },
      ],
      held_roster: (request) => heldView(size, request),
    },
  };
}

const STATES: Record<string, { answers: Partial<Answers>; size?: number }> = {
  normal: { answers: { apps_list: () => [LUCID, SECOND] } },
  empty: { answers: { apps_list: () => [] } },
  sample: { answers: { apps_list: () => [{ ...LUCID, name: 'Lucidchart (sample)', sample: true }] } },
  never: {
    answers: {
      apps_list: () => [NEVER],
      roster_page: () => ({ rows: [], matching: 0, total: 0, caveat: null }),
      runs: () => [],
      charts: () => ({ seats: null, active_dates: null, changes: [] }),
    },
  },
  big: { answers: {}, size: 100_000 },
  one: { answers: {}, size: 1 },
  groups: { answers: connected(manyGroups(1000)) },
  'groups-one': { answers: connected(manyGroups(1)) },
  'groups-none': { answers: connected(manyGroups(0)) },
  'groups-unread': {
    answers: {
      ...connected({
        ...INTEGRATION,
        groups: {
          ...INTEGRATION.groups,
          read: null,
          rows: [],
          sentence: 'The groups have not been read yet.',
        },
      }),
      groups_look: () => Promise.reject(BROKEN),
    },
  },
  rest: { answers: connected(REST_ADDED) },
  'rest-rejected': {
    answers: {
      rest_connect: () =>
        Promise.reject({
          code: 'key-rejected',
          message: 'Lucid rejected the API key.',
          hint: 'Make a new key in the developer portal and paste it whole.',
        }),
    },
  },
  'rest-not-offered': {
    answers: {
      rest_connect: () =>
        Promise.reject({
          code: 'rest-not-offered',
          message: 'Not offered here: Lucid does not let this account read licenses over REST.',
          hint: 'Nothing was kept. License types are told by SCIM and the groups, as before.',
        }),
    },
  },
  limits: {
    answers: {
      limits_save: (request) => ({
        view: null,
        problems: [
          {
            field: 'requests_per_minute',
            message: `“${request.requests_per_minute}” is no whole number, like 90.`,
          },
          { field: 'authority', message: 'There is no file at this path. Choose the PEM file again.' },
        ],
      }),
    },
  },
  scim: { answers: { apps_list: () => [FIGMA, LUCID], ...connected(SCIM_INTEGRATION) } },
  'scim-unset': {
    answers: {
      apps_list: () => [FIGMA],
      ...connected({ ...SCIM_INTEGRATION, license_from: null, values: [], tenant_shows: null }),
    },
  },
  'scim-plain': {
    answers: {
      connect_test: (_request, send) => (
        STAGES.forEach((each) => send(each)),
        found(STAGES, { complete: true, sampled: 40 })
      ),
    },
  },
  counting: {
    answers: {
      license_preview: async (_request, send) => {
        for (let users = 100; users < 5000; users += 100) {
          await wait(200);
          send({ users, total: 5000 });
        }
        return PREVIEW;
      },
    },
  },
  'counting-fails': { answers: { license_preview: () => ({ ...PREVIEW, types: [], problem: BROKEN }) } },
  'runs-many': {
    answers: {
      runs: () =>
        Array.from({ length: 8760 }, (_, at) => ({
          ...(RUNS[at % RUNS.length] ?? RUNS[0]),
          id: at,
        })) as typeof RUNS,
    },
  },
  'runs-none': { answers: { runs: () => [] } },
  stale: {
    answers: { apps_list: () => [{ ...LUCID, state: 'stale', state_sentence: SECOND.state_sentence }] },
  },
  held: {
    answers: {
      apps_list: () => [
        { ...LUCID, state: 'held', state_sentence: 'Held: the last sync found 61 users instead of 545' },
      ],
      sync_start: () => ({
        ...SYNC_DONE,
        status: 'held',
        members: 61,
        previous_members: 545,
        sentence: 'Held.',
      }),
    },
  },
  'held-big': held(100_000),
  'held-one': held(1),
  'held-nobody': held(0),
  'held-broken': { answers: { ...held(1).answers, held_roster: () => Promise.reject(BROKEN) } },
  syncing: {
    answers: {
      sync_start: async (_request, send) => {
        for (let page = 1; page <= 6; page++) {
          await wait(250);
          send({
            app: 'lucidchart',
            stage: 'reading',
            page,
            pages: 12,
            users: page * 100,
            total: 1187,
            per_second: 120,
            seconds_left: 12 - page,
            waits_seconds: null,
          });
        }
        return forever;
      },
    },
  },
  failing: {
    answers: {
      sync_start: () => Promise.reject(BROKEN),
      connect_test: (_request, send) => {
        const failed = { ...STAGES[3], state: 'failed' as const, detail: '401 Unauthorized' };
        const stages = [...STAGES.slice(0, 3), failed] as typeof STAGES;
        stages.forEach((each) => send(each));
        return found(stages, { users: null, problem: BROKEN });
      },
      roster_export: () =>
        Promise.reject({
          code: 'file-not-written',
          message: 'The file could not be written: the disk is full.',
          hint: 'Free some space or choose another folder.',
        }),
    },
  },
  unpriced: {
    answers: {
      spend: () => ({
        ...SPEND,
        billable_annual: unknownFigure(
          'Annual spend for billable accounts',
          'Can-Edit has no price: its 128 accounts are not counted.',
        ),
        unpriced_license_types: ['can-edit'],
      }),
    },
  },
  'rate-missing': {
    answers: { spend: () => ({ ...SPEND, bases: BLOCKED_BASES }), spend_over_time: blockedOverTime },
  },
  'outlook-none': {
    answers: {
      renewals: () => renewalsView([]),
      spend_over_time: nothingOverTime,
      spend_by: (request) => ({ ...SPEND_BY, by: request.by, rows: [], accounts: 0 }),
      scenarios: () => [],
    },
  },
  'outlook-one': {
    answers: {
      renewals: () => renewalsView([RENEWAL]),
      spend_by: (request) => ({ ...SPEND_BY, by: request.by, rows: SPEND_BY.rows.slice(0, 1) }),
    },
  },
  'outlook-many': {
    answers: {
      apps_list: () => [LUCID, SECOND],
      renewals: () => renewalsView(manyRenewals(60)),
      spend_over_time: bigOverTime,
      license_details: () => ({ ...DETAILS, license_types: MANY_TYPES }),
      spend_by: (request) => ({ ...manyDepartments(200), by: request.by }),
    },
  },
  novault: {
    answers: {
      vault_status: () => ({
        keeper: 'none',
        state: 'unavailable',
        message: 'There is no keychain on this computer.',
        hint: 'Choose a passphrase.',
      }),
    },
  },
  locked: {
    answers: {
      settings_get: () => ({
        ...SETTINGS,
        theme,
        vault: {
          keeper: 'passphrase',
          state: 'locked',
          message: 'The vault is locked.',
          hint: 'Enter your passphrase to read the token.',
        },
      }),
      vault_status: () => ({
        keeper: 'passphrase',
        state: 'locked',
        message: 'The vault is locked.',
        hint: 'Enter your passphrase.',
      }),
      sync_start: () =>
        Promise.reject({
          code: 'vault-locked',
          message: 'The vault is locked.',
          hint: 'Unlock it with your passphrase.',
        }),
    },
  },
  absent: { answers: { vault_status: () => ({ ...VAULT, keeper: 'none', state: 'absent', message: '' }) } },
  broken: {
    answers: {
      settings_get: () =>
        Promise.reject({
          code: 'database-newer',
          message: 'The database was made by a newer Seatledger.',
          hint: 'Install the newest version, or choose another data folder.',
        }),
    },
  },
};

// License Details and the rates: open them at #/app/lucidchart/licenses and #/settings.
const LEDGER_STATES: typeof STATES = {
  conditions: {
    answers: {
      license_details: () => ({
        ...DETAILS,
        purchases: [CONDITIONED, ...DETAILS.purchases],
        findings: FINDINGS,
      }),
    },
  },
  nothing: {
    answers: {
      license_details: () => ({ ...DETAILS, purchases: [], undo: null }),
      fees: () => ({ ...FEES, fees: [], undo: null }),
      invoices: () => ({ ...INVOICES, invoices: [], compared: [] }),
      rates: () => ({ ...RATES, rates: [], log: [], undo: null }),
    },
  },
  many: {
    answers: {
      license_details: () => ({
        ...DETAILS,
        purchases: Array.from({ length: 40 }, (_, at) => ({ ...CONDITIONED, id: 100 + at })),
      }),
      fees: () => ({
        ...FEES,
        fees: Array.from({ length: 25 }, (_, at) => fee(at, `Fee number ${String(at)}`)),
      }),
    },
  },
  restored: {
    answers: {
      draft_get: () => {
        const { form } = CONDITIONED;
        const kept = { key: 'new', id: null, form, start: { ...form, cost: '1' } };
        return JSON.stringify({ version: 1, purchases: [kept], fees: [], invoices: [] });
      },
    },
  },
  refused: {
    answers: {
      purchase_save: () => ({
        purchase: null,
        problems: [
          { field: 'tiers', message: 'Tier table has a hole: no band has seat 51.' },
          { field: 'tax', message: 'Tax must be a percentage like 7.5%.' },
        ],
      }),
    },
  },
  restate: {
    answers: {
      rates: () => ({ ...RATES, base: 'EUR', rates: [] }),
      rate_save: ({ form, restate }) =>
        restate
          ? { rate: { id: 2, form, sentence: '1 USD = 0.93 EUR' }, problems: [], restates: null }
          : {
              rate: null,
              problems: [],
              restates: 'This restates figures in USD and EUR from 1 Nov 2026 on, so nothing was changed yet',
            },
    },
  },
};

const chosen = LEDGER_STATES[asked.get('state') ?? ''] ??
  STATES[asked.get('state') ?? 'normal'] ?? { answers: {} };
serve({ settings_get: () => ({ ...SETTINGS, theme }), ...chosen.answers }, chosen.size ?? 545);
document.addEventListener('securitypolicyviolation', (event) => {
  document.title = `CSP ${event.violatedDirective} ${event.sourceFile}:${event.lineNumber}`;
});

const target = document.getElementById('app');
if (target === null) throw new Error('no #app');
mount(App, { target });

// ?do=sync-now,tab-activity presses what carries these test ids, one after the other.
for (const testid of (asked.get('do') ?? '').split(',').filter((each) => each !== '')) {
  await wait(350);
  const [id, text] = testid.split('=');
  const element = document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
  if (element instanceof HTMLInputElement && text !== undefined) {
    element.value = text;
    element.dispatchEvent(new Event('input', { bubbles: true }));
  } else {
    element?.click();
  }
}
