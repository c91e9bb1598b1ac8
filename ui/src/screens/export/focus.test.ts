import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { serve, type Answers } from '../../../tests/fixture/backend';
import { LUCID, SETTINGS } from '../../../tests/fixture/views';
import { applySettings } from '../../state/settings.svelte';
import FocusDialog from './FocusDialog.svelte';

async function open(replaced: Partial<Answers> = {}) {
  const calls = serve(replaced);
  render(FocusDialog, { app: LUCID.app, open: true });
  await screen.findByTestId('focus-dialog');
  const asked = () => calls.filter(({ name }) => name === 'focus_export').map(({ request }) => request);
  return { asked, user: userEvent.setup() };
}

const path = () => screen.getByTestId<HTMLInputElement>('focus-path');

beforeEach(() => {
  applySettings(SETTINGS);
});

describe('the cost records', () => {
  it('are written in the chosen version for the typed days', async () => {
    const { asked, user } = await open();
    await user.click(screen.getByTestId('focus-version-1.0'));
    expect(path().value).toBe('/home/mira/Documents/lucidchart-costs-focus-1.0-2026-11-23.csv');
    await user.type(screen.getByTestId('focus-from'), '2026-01-01');
    await user.type(screen.getByTestId('focus-to'), '2026-06-30');
    await user.click(screen.getByTestId('focus-save'));
    await waitFor(() => expect(screen.queryByTestId('focus-dialog')).toBeNull());
    expect(asked()).toMatchObject([
      { app: 'lucidchart', version: '1.0', from: '2026-01-01', to: '2026-06-30' },
    ]);
  });

  it('keep a path that was typed when the version changes', async () => {
    const { user } = await open();
    await user.clear(path());
    await user.type(path(), '/tmp/mine.csv');
    await user.click(screen.getByTestId('focus-version-1.0'));
    expect(path().value).toBe('/tmp/mine.csv');
  });

  it('are not asked for with a day that cannot be read', async () => {
    const { asked, user } = await open();
    await user.type(screen.getByTestId('focus-from'), '1.4.2026');
    expect(screen.queryByTestId('focus-from-problem')).toBeNull();
    await user.click(screen.getByTestId('focus-save'));
    expect(screen.getByTestId('focus-from-problem').textContent).toContain('YYYY-MM-DD');
    expect(asked()).toEqual([]);
    await user.clear(screen.getByTestId('focus-from'));
    await user.click(screen.getByTestId('focus-save'));
    await waitFor(() => expect(asked()).toMatchObject([{ from: null, to: null }]));
  });

  it('tell which purchases have none, before the dialog closes', async () => {
    const reason = 'Purchase 2, Can-Edit, 50 seats: it has no price.';
    const { user } = await open({
      focus_export: ({ path, version }) => ({ path, version, rows: 12, left_out: [reason], caveat: null }),
    });
    await user.click(screen.getByTestId('focus-save'));
    expect((await screen.findByTestId('focus-left-out')).textContent).toContain(reason);
    await user.click(screen.getByTestId('focus-close'));
    await waitFor(() => expect(screen.queryByTestId('focus-dialog')).toBeNull());
  });

  it('tell when departments of a later day were used', async () => {
    const caveat = 'Departments and cost centers are known since 4 Nov 2026.';
    const { user } = await open({
      focus_export: ({ path, version }) => ({ path, version, rows: 12, left_out: [], caveat }),
    });
    await user.click(screen.getByTestId('focus-save'));
    expect((await screen.findByTestId('focus-left-out')).textContent).toContain(caveat);
    expect(screen.queryByTestId('focus-dialog')).not.toBeNull();
  });

  it('keep everything typed when they are refused', async () => {
    const order = { code: 'not-a-date', message: 'The last day lies before the first.', hint: 'Change one.' };
    const { user } = await open({ focus_export: () => Promise.reject(order) });
    await user.type(screen.getByTestId('focus-from'), '2026-05-01');
    await user.click(screen.getByTestId('focus-save'));
    expect((await screen.findByTestId('focus-problem')).textContent).toContain('before the first');
    expect(screen.getByTestId<HTMLInputElement>('focus-from').value).toBe('2026-05-01');
  });
});
