// License Details, Forecast and Renewals as of a past day: read-only, said so, with a way back.

import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { allActions } from '../src/state/actions.svelte';
import { apps } from '../src/state/apps.svelte';
import { figuresDay, showFiguresOf } from '../src/state/figures-day.svelte';
import { forgetKeepers } from '../src/state/keeper';
import { applySettings } from '../src/state/settings.svelte';
import Forecast from '../src/screens/forecast/Forecast.svelte';
import LicenseDetails from '../src/screens/license-details/LicenseDetails.svelte';
import { deskOf } from '../src/screens/license-details/draft.svelte';
import Renewals from '../src/screens/renewals/Renewals.svelte';
import { serve } from './fixture/backend';
import { DETAILS, LUCID, SETTINGS } from './fixture/views';

const THEN = '2026-08-01';

async function choose(testid: string) {
  const user = userEvent.setup();
  await user.click(await screen.findByTestId(testid));
  const day = await screen.findByTestId<HTMLInputElement>(`${testid}-day`);
  await user.clear(day);
  await user.type(day, `${THEN}{Enter}`);
  await screen.findByTestId('past-day');
  return user;
}

beforeEach(() => {
  applySettings(SETTINGS);
  apps.set([LUCID]);
  showFiguresOf(LUCID.app, null);
  deskOf(LUCID.app).close();
  forgetKeepers();
});

describe('License Details as of a past day', () => {
  it('counts nobody before the first roster, which is not the same as nobody', async () => {
    serve({ license_details: () => ({ ...DETAILS, counted: false }) });
    render(LicenseDetails, { app: LUCID });
    expect((await screen.findByTestId('type-row-can-edit')).textContent).toContain('Not read');
  });

  it('can only be read, says so, and leads back to today', async () => {
    const calls = serve();
    render(LicenseDetails, { app: LUCID });
    const asked = (name: string) => calls.findLast((call) => call.name === name)?.request;
    const user = await choose('licenses-as-of');
    await waitFor(() => expect(screen.getByTestId('past-day').textContent).toContain('As of 1 Aug 2026'));
    for (const name of ['license_details', 'fees', 'invoices']) {
      expect(asked(name)).toEqual({ app: 'lucidchart', as_of: THEN });
    }
    for (const testid of ['purchase-add', 'undo', 'import', 'fee-add', 'invoice-add', 'purchase-open-1']) {
      expect(screen.queryByTestId(testid)).toBeNull();
    }
    expect(screen.getByTestId('license-details').querySelector('[role="switch"]')).toBeNull();
    expect(screen.queryByTestId('invoice-menu-1')).toBeNull();
    await user.click(screen.getByTestId('purchase-menu-1'));
    const entries = await screen.findAllByRole('menuitem');
    expect(entries.map((entry) => entry.textContent.trim())).toEqual(['History']);
    await user.keyboard('{Escape}');
    expect(
      allActions()
        .find(({ id }) => id === 'purchase-add')
        ?.enabled?.(),
    ).toBe(false);
    expect(
      allActions()
        .find(({ id }) => id === 'purchase-import')
        ?.enabled?.(),
    ).toBe(false);

    await user.click(screen.getByTestId('past-day-back'));
    await waitFor(() => expect(screen.queryByTestId('past-day')).toBeNull());
    expect(asked('license_details')).toEqual({ app: 'lucidchart', as_of: null });
    expect(screen.getByTestId('purchase-add')).toBeTruthy();
  });

  it('puts a form aside with what was typed, and shows a history', async () => {
    serve();
    render(LicenseDetails, { app: LUCID });
    const user = userEvent.setup();
    await user.click(await screen.findByTestId('purchase-open-1'));
    await user.type(await screen.findByTestId('field-name'), ', new');
    await choose('licenses-as-of');
    expect(screen.queryByTestId('purchase-panel')).toBeNull();
    await user.click(screen.getByTestId('purchase-menu-1'));
    await user.click(await screen.findByText('History'));
    expect(await screen.findByTestId('history-panel')).toBeTruthy();
    await user.click(screen.getByTestId('past-day-back'));
    await user.click(await screen.findByTestId('purchase-open-1'));
    expect((await screen.findByTestId<HTMLInputElement>('field-name')).value).toBe('Enterprise, new');
  });

  it('is exported as of that day', async () => {
    const calls = serve();
    render(LicenseDetails, { app: LUCID });
    const user = await choose('licenses-as-of');
    await user.click(await screen.findByTestId('fees-export'));
    await user.click(await screen.findByTestId('fees-export-save'));
    await waitFor(() =>
      expect(calls.findLast(({ name }) => name === 'table_export')?.request).toMatchObject({
        table: { what: 'fees', app: 'lucidchart', as_of: THEN },
      }),
    );
  });
});

describe('the forecast as of a past day', () => {
  it('looks ahead from that day, without a what-if', async () => {
    const calls = serve();
    render(Forecast, { app: LUCID });
    expect(await screen.findByTestId('what-if-add')).toBeTruthy();
    const user = await choose('forecast-as-of');
    expect(screen.getByTestId('past-day').textContent.replaceAll(/\s+/gu, ' ')).toContain(
      'A what-if is tried as of today',
    );
    expect(calls.findLast(({ name }) => name === 'forecast')?.request).toMatchObject({
      as_of: THEN,
      scenario: null,
    });
    expect(screen.queryByTestId('what-if-add')).toBeNull();
    expect(figuresDay(LUCID.app)).toBe(THEN);
    await user.click(screen.getByTestId('past-day-back'));
    expect(await screen.findByTestId('what-if-add')).toBeTruthy();
  });
});

describe('the renewals as of a past day', () => {
  it('are those of that day, and no calendar is made of them', async () => {
    const calls = serve();
    render(Renewals);
    const user = await choose('renewals-as-of');
    expect(calls.findLast(({ name }) => name === 'renewals')?.request).toMatchObject({ as_of: THEN });
    expect(screen.getByTestId('renewals-title').textContent).toContain('as of 1 Aug 2026');
    expect(screen.getByTestId<HTMLButtonElement>('renewals-export').disabled).toBe(true);
    await user.click(screen.getByTestId('past-day-back'));
    await waitFor(() => expect(screen.queryByTestId('past-day')).toBeNull());
    expect(screen.getByTestId<HTMLButtonElement>('renewals-export').disabled).toBe(false);
  });
});
