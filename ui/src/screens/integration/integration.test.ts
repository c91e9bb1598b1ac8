import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { serve, type Answers } from '../../../tests/fixture/backend';
import { INTEGRATION, manyGroups, REST_ADDED, SCIM_INTEGRATION } from '../../../tests/fixture/connections';
import { FIGMA, LUCID, RUNS } from '../../../tests/fixture/views';
import type { AppRow } from '../../ipc/gen/AppRow';
import { dismissToast, toasts } from '../../state/toasts.svelte';
import { integrationDesk } from './desk.svelte';
import Integration from './Integration.svelte';

const field = (testid: string) => screen.getByTestId<HTMLInputElement>(testid);
const sent = (calls: { name: string; request: unknown }[], name: string) =>
  calls.filter((call) => call.name === name).map((call) => call.request);
const REFUSED = { code: 'vault-locked', message: 'The vault is locked.', hint: 'Unlock it.' };

/** Every app of a test has a slug of its own: what was typed for one outlives its screen. */
let turn = 0;
let app: AppRow;
let scimApp: AppRow;
beforeEach(() => {
  turn += 1;
  app = { ...LUCID, app: `lucid-${turn}` };
  scimApp = { ...FIGMA, app: `figma-${turn}` };
  for (const toast of [...toasts.all]) dismissToast(toast.id);
});

async function open(row: AppRow, replaced: Partial<Answers> = {}) {
  const own = <T extends { app: string }>(view: T): T => ({ ...view, app: row.app });
  const base = row.connector === 'scim' ? SCIM_INTEGRATION : INTEGRATION;
  const calls = serve({
    integration: () => own(base),
    groups_look: () => own(base),
    mapping_save: () => own(base),
    rest_connect: () => own(REST_ADDED),
    rest_remove: () => own(INTEGRATION),
    ...replaced,
  });
  const view = render(Integration, { app: row });
  await screen.findByTestId('license-sources');
  return { calls, view, user: userEvent.setup(), own };
}

/** happy-dom does not know `option:checked`, by which Svelte finds what was chosen. */
async function choose(testid: string, value: string) {
  const select = screen.getByTestId<HTMLSelectElement>(testid);
  const option = [...select.options].find((each) => each.value === value);
  if (option === undefined) throw new Error(`no ${value} in ${testid}`);
  vi.spyOn(select, 'querySelector').mockReturnValue(option);
  await userEvent.selectOptions(select, value);
}

describe('the findings of a run', () => {
  it('name the members concerned when somebody asks, of the newest roster alone', async () => {
    const { calls, user } = await open(app);
    await waitFor(() => expect(screen.getAllByTestId('run').length).toBeGreaterThan(2));
    expect(sent(calls, 'finding_cases')).toEqual([]);
    await user.click(screen.getAllByTestId('run-more')[0] as HTMLElement);
    await user.click(await screen.findByTestId('cases-ask'));
    const row = await screen.findByTestId('case');
    expect(row.textContent).toContain('ada@acme.example');
    expect(row.textContent).toContain('record View-Only');
    expect(sent(calls, 'finding_cases')).toEqual([{ app: app.app, code: null }]);
    await user.click(screen.getAllByTestId('run-more')[1] as HTMLElement);
    expect(screen.queryByTestId('cases-ask')).toBeNull();
  });

  it('say why members cannot be listed', async () => {
    const { user } = await open(app, { finding_cases: () => Promise.reject(REFUSED) });
    await user.click((await screen.findAllByTestId('run-more'))[0] as HTMLElement);
    await user.click(await screen.findByTestId('cases-ask'));
    expect((await screen.findByTestId('cases-problem')).textContent).toContain(REFUSED.message);
    expect(screen.getByTestId('cases-ask')).toBeTruthy();
  });
});

describe('the token', () => {
  it('is told as sealed only where it is', async () => {
    const { view } = await open(app);
    expect(screen.getByTestId('token-kept').textContent).toContain('Sealed on this computer');
    view.unmount();
    await open({ ...app, sample: true });
    expect(screen.getByTestId('token-kept').textContent).toContain('Not sealed');
    expect(screen.queryByTestId('replace-token')).toBeNull();
  });
});

describe('the sources of license types', () => {
  it('are those of the connector', async () => {
    await open(app);
    expect(screen.getByTestId('tenant-shows').textContent).toContain('543 of 545 users');
    expect(screen.getByTestId('source-rest')).toBeTruthy();
    expect(screen.getByTestId('source-groups')).toBeTruthy();
    expect(screen.queryByTestId('source-values')).toBeNull();
  });

  it('of another SCIM app are its attribute and values only', async () => {
    await open(scimApp);
    expect(field('license-path').value).toBe('roles');
    expect(screen.getByTestId<HTMLSelectElement>('value-viewer-type').value).toBe('viewer');
    expect(screen.queryByTestId('source-rest')).toBeNull();
    expect(screen.queryByTestId('source-groups')).toBeNull();
  });

  it('say before the first sync that nothing is known', async () => {
    await open(app, { integration: () => ({ ...INTEGRATION, app: app.app, tenant_shows: null }) });
    expect(screen.getByTestId('tenant-shows').textContent).toContain('The first sync tells');
  });
});

describe('groups', () => {
  it('are saved whole, in the order in which they count', async () => {
    const { calls, user } = await open(app);
    await user.click(screen.getByTestId('group-g-21-up'));
    await user.selectOptions(screen.getByTestId('group-g-40-type'), 'view-only');
    await user.click(screen.getByTestId('groups-save'));
    await waitFor(() => expect(sent(calls, 'mapping_save').length).toBe(1));
    expect(sent(calls, 'mapping_save')[0]).toEqual({
      app: app.app,
      source: 'group',
      license_from: null,
      rows: [
        { seen: 'g-21', name: 'Design systems', license_type: 'can-edit' },
        { seen: 'g-17', name: 'Lucid editors', license_type: 'can-edit' },
        { seen: 'g-02', name: 'Everyone', license_type: 'view-only' },
        { seen: 'g-33', name: 'Diagram editors EMEA', license_type: null },
        { seen: 'g-40', name: 'Contractors', license_type: 'view-only' },
        { seen: 'g-41', name: 'Works council', license_type: null },
      ],
    });
    await waitFor(() => expect(screen.queryByTestId('groups-unsaved')).toBeNull());
    expect(toasts.all.at(-1)?.text).toContain('from the next sync on');
  });

  it('that were changed survive another tab, a failed save and a new look', async () => {
    const { view, user, own } = await open(app, { mapping_save: () => Promise.reject(REFUSED) });
    await user.selectOptions(screen.getByTestId('group-g-40-type'), 'view-only');
    await user.click(screen.getByTestId('groups-save'));
    expect((await screen.findByTestId('groups-problem')).textContent).toContain(REFUSED.message);
    expect(integrationDesk(app.app).changed).toBe(true);
    view.unmount();

    await open(app, { groups_look: () => own(manyGroups(3)) });
    expect(screen.getByTestId<HTMLSelectElement>('group-g-40-type').value).toBe('view-only');
    await user.click(screen.getByTestId('groups-look'));
    await screen.findByTestId('group-g-1-type');
    expect(screen.getByTestId<HTMLSelectElement>('group-g-40-type').value).toBe('view-only');
  });

  it('tell what is odd about them without a look', async () => {
    await open(app);
    expect(screen.getByTestId('source-groups').textContent).toContain('14 subgroups');
  });

  it('can be taken back', async () => {
    const { user } = await open(app);
    await user.selectOptions(screen.getByTestId('group-g-40-type'), 'view-only');
    await user.click(screen.getByTestId('groups-discard'));
    expect(screen.getByTestId<HTMLSelectElement>('group-g-40-type').value).toBe('');
    expect(integrationDesk(app.app).changed).toBe(false);
  });

  it('that were never read are offered, and a refusal says why', async () => {
    const unread = { ...INTEGRATION.groups, read: null, rows: [], sentence: 'Not looked at yet.' };
    const { user } = await open(app, {
      integration: () => ({ ...INTEGRATION, app: app.app, groups: unread }),
      groups_look: () => Promise.reject(REFUSED),
    });
    expect(screen.queryByTestId('group')).toBeNull();
    await user.click(screen.getByTestId('groups-look'));
    expect((await screen.findByTestId('groups-look-problem')).textContent).toContain(REFUSED.message);
  });
});

describe('the attribute of another SCIM app', () => {
  it('keeps the values of each path apart, and those typed beside them', async () => {
    const { calls, user } = await open(scimApp);
    await user.clear(field('license-path'));
    await user.type(field('license-path'), 'userType');
    expect(screen.queryByTestId('value-viewer-type')).toBeNull();
    await user.type(field('value-add'), 'Employee');
    await user.click(screen.getByTestId('value-add-button'));
    await screen.findByTestId('value-Employee-type');
    await user.type(field('value-add'), 'Employee');
    expect(screen.getByTestId('value-add-problem').textContent).toContain('in the list');
    await user.click(screen.getByTestId('values-save'));
    await waitFor(() => expect(sent(calls, 'mapping_save').length).toBe(1));
    expect(sent(calls, 'mapping_save')[0]).toEqual({
      app: scimApp.app,
      source: 'value',
      license_from: 'userType',
      rows: [{ seen: 'Employee', name: 'Employee', license_type: 'Employee' }],
    });
  });

  it('comes back with its values when the change is discarded', async () => {
    const { user } = await open(scimApp);
    await user.type(field('license-path'), '.value');
    await user.click(screen.getByTestId('values-discard'));
    expect(field('license-path').value).toBe('roles');
    expect(screen.getByTestId('value-viewer-type')).toBeTruthy();
  });
});

describe('the REST source', () => {
  async function paste(replaced: Partial<Answers> = {}) {
    const opened = await open(app, replaced);
    await opened.user.click(screen.getByTestId('rest-add'));
    await waitFor(() => expect(document.activeElement).toBe(field('rest-key')));
    await opened.user.type(field('rest-key'), 'key-9f3');
    return opened;
  }

  it('takes a key once and never shows it again', async () => {
    const { calls, user } = await paste();
    expect(field('rest-key').type).toBe('password');
    await user.click(screen.getByTestId('rest-connect'));
    await screen.findByTestId('subscription');
    expect(sent(calls, 'rest_connect')[0]).toEqual({
      app: app.app,
      base_url: 'https://api.lucid.co',
      key: 'key-9f3',
    });
    expect(screen.queryByTestId('rest-key')).toBeNull();
    expect(document.body.outerHTML).not.toContain('key-9f3');
  });

  it('tells “not offered here” from a rejected key, and loses neither key nor address', async () => {
    const answers = [
      { code: 'not-offered', message: 'Lucid does not offer subscriptions here.', hint: 'Nothing was kept.' },
      { code: 'token-rejected', message: 'The API key was rejected.', hint: 'Make a new one.' },
    ];
    const { user } = await paste({ rest_connect: () => Promise.reject(answers.shift()) });
    await user.clear(field('rest-base-url'));
    await user.type(field('rest-base-url'), 'https://api.eu.lucid.co');
    await user.click(screen.getByTestId('rest-connect'));
    expect((await screen.findByTestId('rest-not-offered')).getAttribute('role')).toBe('status');
    await user.click(screen.getByTestId('rest-connect'));
    expect((await screen.findByTestId('rest-problem')).getAttribute('role')).toBe('alert');
    expect(screen.queryByTestId('rest-not-offered')).toBeNull();
    expect(field('rest-key').value).toBe('key-9f3');
    expect(field('rest-base-url').value).toBe('https://api.eu.lucid.co');
  });

  it('is removed after a yes', async () => {
    const { calls, user } = await open(app, { integration: () => ({ ...REST_ADDED, app: app.app }) });
    await user.click(screen.getByTestId('rest-remove'));
    expect(sent(calls, 'rest_remove')).toEqual([]);
    await user.click(await screen.findByTestId('rest-remove-confirm'));
    await screen.findByTestId('rest-add');
    expect(sent(calls, 'rest_remove').length).toBe(1);
  });
});

describe('the limits', () => {
  it('that are refused say so beside the field and keep what was typed', async () => {
    const { user, view } = await open(app, {
      limits_save: () => ({
        view: null,
        problems: [{ field: 'pages_in_flight', message: 'Enter a whole number from 1 to 16.' }],
      }),
    });
    await user.type(field('limits-requests-per-minute'), '40');
    await user.type(field('limits-pages-in-flight'), 'many');
    await user.click(screen.getByTestId('limits-save'));
    expect((await screen.findByTestId('limits-pages-in-flight-problem')).textContent).toContain(
      'from 1 to 16',
    );
    await waitFor(() => expect(document.activeElement).toBe(field('limits-pages-in-flight')));
    view.unmount();
    await open(app);
    expect(field('limits-requests-per-minute').value).toBe('40');
    expect(field('limits-pages-in-flight').value).toBe('many');
    expect(screen.getByTestId('limits-unsaved')).toBeTruthy();
  });

  it('are shown as they were understood', async () => {
    const { calls, user, own } = await open(app, {
      limits_save: () => ({
        view: own({ ...INTEGRATION, limits: { ...INTEGRATION.limits, drop_percent: '35' } }),
        problems: [],
      }),
    });
    await user.type(field('limits-drop-percent'), ' 35 % {Enter}');
    await waitFor(() => expect(field('limits-drop-percent').value).toBe('35'));
    expect(sent(calls, 'limits_save')[0]).toMatchObject({ app: app.app, drop_percent: ' 35 % ' });
    expect(screen.queryByTestId('limits-unsaved')).toBeNull();
  });
});

describe('the schedule', () => {
  it('is stored when chosen and says when the next reading is', async () => {
    const { calls } = await open(app, {
      schedule_save: ({ every_hours }) => ({
        ...INTEGRATION,
        app: app.app,
        schedule: { every_hours, next: '2026-11-23T14:14:00Z', sentence: 'Read every 6 hours.' },
      }),
    });
    await choose('schedule-every', '6');
    await waitFor(() => expect(sent(calls, 'schedule_save')).toEqual([{ app: app.app, every_hours: 6 }]));
    expect((await screen.findByTestId('schedule-next')).textContent).toContain('23 Nov 2026');
    expect(screen.getByTestId('schedule').textContent).toContain('seatledger sync --all');
  });

  it('offers the interval that was set elsewhere', async () => {
    const schedule = { every_hours: 5, next: null, sentence: 'Read every 5 hours.' };
    await open(app, { integration: () => ({ ...INTEGRATION, app: app.app, schedule }) });
    const labels = [...screen.getByTestId<HTMLSelectElement>('schedule-every').options].map(
      (each) => each.textContent,
    );
    expect(labels).toContain('Every 5 hours');
    expect(labels[0]).toBe('Never');
  });
});

describe('the history of runs', () => {
  it('says how each run ended in words', async () => {
    await open(app);
    const words = (await screen.findAllByTestId('run')).map((row) => row.textContent ?? '');
    for (const [at, word] of ['Completed', 'Failed', 'Completed', 'Cancelled', 'Held'].entries()) {
      expect(words[at]).toContain(word);
    }
  });

  it('tells a run’s stages, where its time went, and where it stopped', async () => {
    const { user } = await open(app);
    await screen.findAllByTestId('run');
    const failed = screen.getAllByTestId('run-more')[1];
    if (failed === undefined) throw new Error('no failed run');
    await user.click(failed);
    expect(failed.getAttribute('aria-expanded')).toBe('true');
    const users = await screen.findByTestId('run-stage-users');
    for (const part of ['stopped', '41 s', '99 %', '121 kB', 'three times'])
      expect(users.textContent).toContain(part);
    expect(screen.getByTestId('run-stage-groups').dataset['completed']).toBe('true');
    expect(screen.getByTestId('run-sums').textContent).toContain(
      '9 requests · 3 of them repeated · 142 kB received',
    );
    expect(screen.getByTestId('run-problem').textContent).toContain('connection-broke');
  });

  it('says that an old run has no stages instead of showing an empty table', async () => {
    const { user } = await open(app);
    await screen.findAllByTestId('run');
    const old = screen.getAllByTestId('run-more')[5];
    if (old === undefined) throw new Error('no old run');
    await user.click(old);
    expect((await screen.findByTestId('run-no-stages')).textContent).toContain('No stages were recorded');
  });

  it('of years is shown in parts', async () => {
    const runs = Array.from({ length: 160 }, (_, at) => ({ ...RUNS[2], id: at + 1 })) as typeof RUNS;
    const { user } = await open(app, { runs: () => runs });
    expect((await screen.findAllByTestId('run')).length).toBe(25);
    expect(screen.getByTestId('runs-rest').textContent).toContain('100 more of 135');
    await user.click(screen.getByTestId('runs-rest'));
    await user.click(screen.getByTestId('runs-rest'));
    await waitFor(() => expect(screen.getAllByTestId('run').length).toBe(160));
    expect(screen.queryByTestId('runs-rest')).toBeNull();
  });
});

it.each(['lucid', 'scim'])(
  'the tab of a %s app, with everything open, has no fault that axe can see',
  async (kind) => {
    const row = kind === 'lucid' ? app : scimApp;
    const shown = kind === 'lucid' ? REST_ADDED : SCIM_INTEGRATION;
    const { user } = await open(row, { integration: () => ({ ...shown, app: row.app }) });
    await screen.findAllByTestId('run');
    for (const more of screen.getAllByTestId('run-more').slice(0, 2)) await user.click(more);
    if (kind === 'lucid') await user.click(screen.getByTestId('rest-replace'));
    const result = await axe.run(document.body, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      rules: { 'color-contrast': { enabled: false }, 'target-size': { enabled: false } },
    });
    expect(
      result.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' | ')}`),
    ).toEqual([]);
  },
);
