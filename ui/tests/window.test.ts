// The whole window over the fixture backend: navigation, shortcuts, sync, states, and axe on every screen.
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import App from '../src/App.svelte';
import { apps } from '../src/state/apps.svelte';
import { ALL } from '../src/shell/parts';
import { shell } from '../src/shell/shell.svelte';
import { scenarioDesk } from '../src/screens/forecast/desk.svelte';
import { dismissSync } from '../src/state/syncs.svelte';
import { go, parseHash } from '../src/state/route.svelte';
import { toasts, dismissToast } from '../src/state/toasts.svelte';
import { serve, SYNC_DONE, type Answers } from './fixture/backend';
import { found } from './fixture/connections';
import { LUCID, NEVER, SETTINGS } from './fixture/views';

async function open(hash: string, answers: Partial<Answers> = {}) {
  const calls = serve(answers);
  go(parseHash(hash));
  render(App);
  await screen.findByTestId('nav-apps');
  return { user: userEvent.setup(), calls };
}

/** Contrast and layout cannot be judged without an engine; the window tests do that. */
async function violations(): Promise<string[]> {
  const result = await axe.run(document.body, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: { 'color-contrast': { enabled: false }, 'target-size': { enabled: false } },
  });
  return result.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' | ')}`);
}

// Compiled before the first test, not while one waits for a screen.
beforeAll(() => Promise.all(ALL.map((part) => part.load())), 300_000);

beforeEach(() => {
  // The state outlives a component, as it outlives a screen.
  shell.palette = shell.shortcuts = false;
  document.body.removeAttribute('style');
  apps.set([]);
  dismissSync('lucidchart');
  for (const toast of [...toasts.all]) dismissToast(toast.id);
});

describe('every screen', () => {
  it.each([
    ['#/apps', 'screen-apps'],
    ['#/connect', 'screen-connect'],
    ['#/connect/scim', 'license-source'],
    ['#/settings', 'screen-settings'],
    ['#/app/lucidchart/overview', 'panel-overview'],
    ['#/app/lucidchart/activity', 'roster-grid'],
    ['#/app/lucidchart/licenses', 'panel-licenses'],
    ['#/app/lucidchart/spend', 'spend-cells'],
    ['#/app/lucidchart/forecast', 'forecast-cells'],
    ['#/renewals', 'renewals-table'],
    ['#/app/lucidchart/integration', 'source-groups'],
  ])('%s has no accessibility fault that axe can see', async (hash, ready) => {
    await open(hash);
    await screen.findByTestId(ready);
    expect(await violations()).toEqual([]);
  });

  it('is as clean with a what-if beside the present', async () => {
    const { user } = await open('#/app/lucidchart/forecast');
    await user.click(await screen.findByTestId('scenario-open'));
    await screen.findByTestId('forecast-compared');
    expect(await violations()).toEqual([]);
    scenarioDesk('lucidchart').clear();
  });

  it('is as clean with nothing in it, and offers every way to begin', async () => {
    await open('#/apps', { apps_list: () => [] });
    await screen.findByTestId('apps-empty');
    expect(screen.getByTestId('connect-lucid').textContent).toContain('Connect Lucidchart');
    expect(screen.getByTestId('connect-scim').textContent).toContain('Connect another SCIM app');
    expect(screen.getByTestId('explore-sample').textContent).toContain('Explore a sample organisation');
    expect(await violations()).toEqual([]);
  });
});

describe('the tabs', () => {
  it('are in the address and move by arrow keys', async () => {
    const { user } = await open('#/app/lucidchart/overview');
    (await screen.findByTestId('tab-overview')).focus();
    await user.keyboard('{ArrowRight}');
    expect(window.location.hash).toBe('#/app/lucidchart/activity');
    expect(document.activeElement).toBe(screen.getByTestId('tab-activity'));
    await user.keyboard('{End}');
    expect(window.location.hash).toBe('#/app/lucidchart/integration');
    await user.keyboard('{ArrowRight}');
    expect(window.location.hash).toBe('#/app/lucidchart/overview');
  });
});

describe('shortcuts', () => {
  it('sync instead of reloading', async () => {
    const { calls } = await open('#/app/lucidchart/overview');
    await screen.findByTestId('sync-now');
    expect(await fireEvent.keyDown(document.body, { key: 'r', ctrlKey: true })).toBe(false);
    expect(await fireEvent.keyDown(document.body, { key: 'F5' })).toBe(false);
    await waitFor(() => expect(calls.filter((each) => each.name === 'sync_start')).toHaveLength(1));
  });

  it('find a command in the palette and run it', async () => {
    const { user } = await open('#/apps');
    await screen.findByTestId('app-link-lucidchart');
    await fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
    const input = await screen.findByTestId('palette-input');
    await user.type(input, 'sett');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(window.location.hash).toBe('#/settings'));
    await waitFor(() => expect(screen.queryByTestId('palette')).toBeNull());
  });

  it('are listed on a sheet from the same registry, each once', async () => {
    await open('#/app/lucidchart/activity');
    await screen.findByTestId('roster-grid');
    await fireEvent.keyDown(document.body, { key: '?', shiftKey: true });
    const sheet = await screen.findByTestId('shortcuts');
    for (const label of ['Sync now', 'Search the roster', 'Show License Details']) {
      expect(sheet.textContent?.split(label)).toHaveLength(2);
    }
  });

  it('without a modifier leave text fields alone', async () => {
    await open('#/connect');
    await fireEvent.keyDown(screen.getByTestId('connect-name'), { key: '?', shiftKey: true });
    expect(screen.queryByTestId('shortcuts')).toBeNull();
  });
});

describe('a sync', () => {
  it('shows how far it is and can be cancelled', async () => {
    let finish: () => void = () => undefined;
    const { user, calls } = await open('#/app/lucidchart/overview', {
      sync_start: (_request, send) => {
        send({
          app: 'lucidchart',
          stage: 'reading',
          page: 3,
          pages: 12,
          users: 300,
          total: 1187,
          per_second: 120,
          seconds_left: 8,
          waits_seconds: null,
        });
        return new Promise((resolve) => {
          finish = () =>
            resolve({ ...SYNC_DONE, status: 'cancelled', sentence: 'Cancelled: nothing was changed.' });
        });
      },
    });
    await user.click(await screen.findByTestId('sync-now'));
    const text = await screen.findByTestId('sync-progress-text');
    await waitFor(() =>
      expect(text.textContent).toContain('Page 3 of 12 · 300 of 1,187 users · 120 a second · 8 s left'),
    );
    await user.click(screen.getByTestId('sync-cancel'));
    expect(calls.at(-1)).toEqual({ name: 'sync_cancel', request: { app: 'lucidchart' } });
    finish();
    await waitFor(() => expect(screen.queryByTestId('sync-progress')).toBeNull());
    expect((await screen.findByTestId('toast')).textContent).toContain('Cancelled: nothing was changed.');
  });

  it('that is held asks, and writes only after a yes', async () => {
    const accepted: boolean[] = [];
    const { user } = await open('#/app/lucidchart/overview', {
      sync_start: (request) => {
        accepted.push(request.accept_drop);
        return request.accept_drop
          ? SYNC_DONE
          : { ...SYNC_DONE, status: 'held', members: 61, previous_members: 545 };
      },
    });
    await user.click(await screen.findByTestId('sync-now'));
    expect((await screen.findByTestId('held-now')).textContent).toBe('61');
    expect(screen.getByTestId('held-previous').textContent).toBe('545');
    await user.click(screen.getByTestId('held-keep'));
    await waitFor(() => expect(screen.queryByTestId('held-dialog')).toBeNull());
    expect(accepted).toEqual([false]);

    await user.click(screen.getByTestId('sync-now'));
    await user.click(await screen.findByTestId('held-accept'));
    await waitFor(() => expect(accepted).toEqual([false, false, true]));
  });

  it('that fails tells what happened and what to do', async () => {
    const { user } = await open('#/app/lucidchart/overview', {
      sync_start: () =>
        Promise.reject({ code: 'token-rejected', message: 'The token was rejected.', hint: 'Replace it.' }),
    });
    await user.click(await screen.findByTestId('sync-now'));
    const problem = await screen.findByTestId('sync-problem');
    expect(problem.textContent).toContain('The token was rejected.');
    expect(problem.textContent).toContain('Replace it.');
  });

  it('that finds the vault locked offers to unlock it and then reads the roster', async () => {
    let locked = true;
    const { user } = await open('#/app/lucidchart/overview', {
      vault_status: () => ({
        keeper: 'passphrase',
        state: locked ? 'locked' : 'ready',
        message: 'Locked.',
        hint: '',
      }),
      vault_unlock: () => {
        locked = false;
        return { keeper: 'passphrase', state: 'ready', message: 'Unlocked.', hint: '' };
      },
      sync_start: () =>
        locked ? Promise.reject({ code: 'vault-locked', message: 'Locked.', hint: '' }) : SYNC_DONE,
    });
    await user.click(await screen.findByTestId('sync-now'));
    await user.click(await screen.findByTestId('sync-unlock'));
    await user.type(await screen.findByTestId('unlock-passphrase'), 'correct horse');
    await user.click(screen.getByTestId('unlock-submit'));
    expect((await screen.findByTestId('toast')).textContent).toContain(SYNC_DONE.sentence);
  });
});

describe('the sample organisation', () => {
  const sample = { ...LUCID, name: 'Sample', sample: true };

  it('is labelled everywhere and removed with one click', async () => {
    let rows = [sample];
    const { user, calls } = await open('#/app/lucidchart/overview', {
      apps_list: () => rows,
      connection_remove: () => {
        rows = [];
        return null;
      },
    });
    expect(await screen.findByTestId('sample-badge')).toBeDefined();
    await user.click(screen.getByTestId('sample-remove'));
    await waitFor(() => expect(window.location.hash).toBe('#/apps'));
    await screen.findByTestId('apps-empty');
    expect(calls.find((each) => each.name === 'connection_remove')?.request).toEqual({
      app: 'lucidchart',
      typed_name: '',
    });
  });

  it('starts from the empty Apps screen', async () => {
    let rows: (typeof LUCID)[] = [];
    const { user } = await open('#/apps', {
      apps_list: () => rows,
      sample_start: () => {
        rows = [sample];
        return sample;
      },
    });
    await user.click(await screen.findByTestId('explore-sample'));
    await waitFor(() => expect(window.location.hash).toBe('#/app/lucidchart/overview'));
  });
});

describe('the Integration tab', () => {
  it('shows a failed run in full when asked', async () => {
    const { user } = await open('#/app/lucidchart/integration');
    const runs = await screen.findAllByTestId('run');
    expect(runs[1]?.textContent).toContain('Failed');
    await user.click(screen.getAllByTestId('run-more')[1] as HTMLElement);
    const details = await screen.findByTestId('run-details');
    expect(details.textContent).toContain('middle of page 3');
    expect(details.textContent).toContain('connection-broke');
  });

  it('removes a connection only after its name is typed', async () => {
    const { user, calls } = await open('#/app/lucidchart/integration');
    await user.click(await screen.findByTestId('remove-connection'));
    const confirm = await screen.findByTestId<HTMLButtonElement>('remove-confirm');
    expect(confirm.disabled).toBe(true);
    await user.type(screen.getByTestId('remove-name'), 'Lucidchart');
    expect(confirm.disabled).toBe(false);
    await user.click(confirm);
    await waitFor(() => expect(window.location.hash).toBe('#/apps'));
    expect(calls.find((each) => each.name === 'connection_remove')?.request).toEqual({
      app: 'lucidchart',
      typed_name: 'Lucidchart',
    });
  });

  it('keeps a new token in its field when the server refuses it', async () => {
    const { user } = await open('#/app/lucidchart/integration', {
      token_replace: () =>
        found([], {
          users: null,
          problem: { code: 'token-rejected', message: 'Rejected.', hint: 'Make a new one.' },
        }),
    });
    await user.click(await screen.findByTestId('replace-token'));
    const field = await screen.findByTestId<HTMLInputElement>('replace-token-value');
    await user.type(field, 'secret');
    await user.click(screen.getByTestId('replace-token-save'));
    expect((await screen.findByTestId('replace-token-problem')).textContent).toContain('Rejected.');
    expect(field.value).toBe('secret');
  });
});

describe('the renewals', () => {
  it('are one step away in the rail, and each leads to its purchase', async () => {
    const { user } = await open('#/apps');
    await user.click(screen.getByTestId('nav-renewals'));
    const row = await screen.findByTestId('renewal-lucidchart-1');
    expect(screen.getByTestId('nav-renewals').getAttribute('aria-current')).toBe('page');
    await user.click(within(row).getByRole('link', { name: 'Enterprise' }));
    await waitFor(() => expect(window.location.hash).toBe('#/app/lucidchart/licenses'));
  });
});

describe('an app that was never read', () => {
  it('says so in the roster and offers the first sync', async () => {
    await open('#/app/lucidchart/activity', {
      apps_list: () => [NEVER],
      roster_page: () => ({ rows: [], matching: 0, total: 0, caveat: null }),
    });
    expect((await screen.findByTestId('empty-not-yet')).textContent).toContain('has not been read yet');
  });
});

describe('the settings', () => {
  it('change the theme at once', async () => {
    const { user } = await open('#/settings');
    expect(document.documentElement.dataset['theme']).toBe(SETTINGS.theme);
    await user.click(await screen.findByTestId('settings-theme-dark'));
    await waitFor(() => expect(document.documentElement.dataset['theme']).toBe('dark'));
  });
});
