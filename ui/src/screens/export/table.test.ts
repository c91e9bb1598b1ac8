import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { serve, type Answers } from '../../../tests/fixture/backend';
import { LUCID, SETTINGS } from '../../../tests/fixture/views';
import { apps } from '../../state/apps.svelte';
import { applySettings } from '../../state/settings.svelte';
import { dismissToast, toasts } from '../../state/toasts.svelte';
import Forecast from '../forecast/Forecast.svelte';
import PurchaseFiles from '../import/PurchaseFiles.svelte';
import Renewals from '../renewals/Renewals.svelte';
import RatesSection from '../settings/RatesSection.svelte';
import Spend from '../spend/Spend.svelte';

function backend(replaced: Partial<Answers> = {}) {
  const calls = serve(replaced);
  const asked = () => calls.filter(({ name }) => name === 'table_export').map(({ request }) => request);
  return { asked, user: userEvent.setup() };
}

const path = (testid: string) => screen.getByTestId<HTMLInputElement>(`${testid}-path`);

beforeEach(() => {
  applySettings(SETTINGS);
  apps.set([LUCID]);
  for (const toast of [...toasts.all]) dismissToast(toast.id);
});

describe('a table of a screen', () => {
  it('is written as the screen shows it, in the chosen format and place', async () => {
    const { asked, user } = backend();
    render(Spend, { app: LUCID });
    await screen.findByTestId('period-spend');
    await user.click(screen.getByTestId('spend-basis-cash'));
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('spend-export').disabled).toBe(false));
    await user.click(screen.getByTestId('spend-export'));
    await screen.findByTestId('spend-export-dialog');
    await user.click(screen.getByTestId('spend-export-format-xlsx'));
    expect(path('spend-export').value).toBe(
      '/home/mira/Documents/lucidchart-spend-over-time-2026-11-23.xlsx',
    );
    await user.click(screen.getByTestId('spend-export-save'));
    await waitFor(() => expect(screen.queryByTestId('spend-export-dialog')).toBeNull());
    expect(asked()).toMatchObject([
      {
        table: { what: 'over-time', app: 'lucidchart', by: 'month', basis: 'cash' },
        format: 'xlsx',
        path: '/home/mira/Documents/lucidchart-spend-over-time-2026-11-23.xlsx',
      },
    ]);
    expect(toasts.all.at(-1)?.text).toContain('Exported 12 rows to ');
  });

  it('is separated and marked as a spreadsheet wants it, as CSV only', async () => {
    const { asked, user } = backend();
    render(RatesSection);
    await user.click(await screen.findByTestId('rates-export'));
    await user.click(await screen.findByTestId('rates-export-separator-;'));
    await user.click(screen.getByTestId('rates-export-bom'));
    await user.click(screen.getByTestId('rates-export-save'));
    await waitFor(() =>
      expect(asked()).toMatchObject([{ csv: { bom: true, separator: ';' }, format: 'csv' }]),
    );
    await user.click(screen.getByTestId('rates-export'));
    await user.click(await screen.findByTestId('rates-export-format-xlsx'));
    expect(screen.queryByTestId('rates-export-bom')).toBeNull();
  });

  it('goes to the place that the dialog of the system names', async () => {
    const { asked, user } = backend({ export_path_choose: () => '/media/stick/rates.csv' });
    render(RatesSection);
    await user.click(await screen.findByTestId('rates-export'));
    await user.click(await screen.findByTestId('rates-export-browse'));
    await user.click(screen.getByTestId('rates-export-save'));
    await waitFor(() => expect(asked()).toMatchObject([{ table: { what: 'rates' }, format: 'csv' }]));
    expect(asked()).toMatchObject([{ path: '/media/stick/rates.csv' }]);
  });

  it('that cannot be written says why and keeps what was typed', async () => {
    const full = { code: 'file-not-written', message: 'The disk is full.', hint: 'Choose another folder.' };
    const { user } = backend({ table_export: () => Promise.reject(full) });
    render(Renewals);
    await user.click(await screen.findByTestId('renewals-table-export'));
    await screen.findByTestId('renewals-table-export-dialog');
    await user.clear(path('renewals-table-export'));
    await user.type(path('renewals-table-export'), '/full/renewals.csv');
    await user.click(screen.getByTestId('renewals-table-export-save'));
    expect((await screen.findByTestId('renewals-table-export-problem')).textContent).toContain(
      'disk is full',
    );
    expect(path('renewals-table-export').value).toBe('/full/renewals.csv');
  });

  it('is the forecast with its scenario, and none while the scenario is refused', async () => {
    const { asked, user } = backend();
    render(Forecast, { app: LUCID });
    await waitFor(() =>
      expect(screen.getByTestId<HTMLButtonElement>('forecast-export').disabled).toBe(false),
    );
    await user.click(screen.getByTestId('forecast-export'));
    await user.click(await screen.findByTestId('forecast-export-save'));
    await waitFor(() =>
      expect(asked()).toMatchObject([{ table: { what: 'forecast', months: 24, basis: 'cash' } }]),
    );
  });

  it('is opened from a menu too', async () => {
    const { asked, user } = backend();
    render(PurchaseFiles, { app: LUCID.app });
    await user.click(screen.getByTestId('purchase-files'));
    await user.click(await screen.findByText('Export purchases…'));
    await user.click(await screen.findByTestId('purchases-export-save'));
    await waitFor(() => expect(asked()).toMatchObject([{ table: { what: 'purchases', app: 'lucidchart' } }]));
  });
});
