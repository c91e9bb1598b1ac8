import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { serve, type Answers } from '../../../tests/fixture/backend';
import { FEES, INVOICES } from '../../../tests/fixture/ledger';
import { DETAILS, LUCID } from '../../../tests/fixture/views';
import { forgetKeepers } from '../../state/keeper';
import { toasts } from '../../state/toasts.svelte';
import LicenseDetails from './LicenseDetails.svelte';
import { deskOf } from './draft.svelte';

const field = (name: string) => screen.getByTestId<HTMLInputElement>(`field-${name}`);
const named = (calls: { name: string; request: unknown }[], name: string) =>
  calls.filter((call) => call.name === name);

async function open(replaced: Partial<Answers> = {}) {
  const calls = serve(replaced);
  render(LicenseDetails, { app: LUCID });
  await screen.findByTestId('fee-add');
  return { calls, user: userEvent.setup() };
}

beforeEach(() => {
  const desk = deskOf(LUCID.app);
  desk.close();
  desk.fees.clear();
  desk.invoices.clear();
  forgetKeepers();
});

describe('miscellaneous fees', () => {
  it('are listed with what they come to a year', async () => {
    await open();
    expect((await screen.findByTestId('fee-row-1')).textContent).toContain('Premium support');
    expect(screen.getByTestId('fee-annual-1').textContent).toContain('$500.00');
    expect(screen.getByTestId('fee-row-2').textContent).toContain('Not part of the annual spend');
  });

  it('invite where there are none', async () => {
    await open({ fees: () => ({ ...FEES, fees: [] }) });
    expect(await screen.findByTestId('no-fees')).toBeTruthy();
  });

  it('are saved as typed, say live what they mean, and can be taken back', async () => {
    const { user, calls } = await open();
    await user.click(screen.getByTestId('fee-add'));
    await user.type(field('fee-name'), 'Training');
    await user.type(field('fee-amount'), '1.200,00');
    await user.type(field('fee-from'), '1 Mar 2027');
    await user.click(field('fee-in-cost'));
    await waitFor(() => expect(screen.getByTestId('fee-sentence').textContent).toContain('$500.00 a year'));
    await user.click(screen.getByTestId('fee-save'));
    await waitFor(() => expect(screen.queryByTestId('fee-panel')).toBeNull());
    expect(named(calls, 'fee_save')[0]?.request).toMatchObject({
      app: LUCID.app,
      id: null,
      form: { name: 'Training', amount: '1.200,00', from: '1 Mar 2027', in_cost_per_account: false },
    });
    expect(toasts.all.at(-1)?.text).toBe('Added Training');
    expect(toasts.all.at(-1)?.action?.label).toBe('Undo');
  });

  it('keep what was typed when they are refused', async () => {
    const problems = [{ field: 'amount', message: 'Amount must be an amount like 500.00.' }];
    const { user } = await open({
      fee_save: () => ({ fee: null, problems }),
      fee_preview: () => ({ sentence: null, annual: null, problems, warnings: [] }),
    });
    await user.click(screen.getByTestId('fee-add'));
    await user.type(field('fee-amount'), 'much');
    await user.click(screen.getByTestId('fee-save'));
    expect((await screen.findByTestId('field-fee-amount-problem')).textContent).toContain('like 500.00');
    expect(field('fee-amount').value).toBe('much');
    await user.keyboard('{Escape}');
    await user.click(screen.getByTestId('fee-add'));
    expect(field('fee-amount').value).toBe('much');
    expect(screen.getByTestId('draft-resumed')).toBeTruthy();
  });

  it('are not corrected before it is said why', async () => {
    const { user, calls } = await open();
    await user.click(await screen.findByTestId('fee-open-1'));
    await user.type(field('fee-amount'), '0');
    await user.click(screen.getByTestId('fee-save'));
    expect((await screen.findByTestId('fee-summary')).textContent).toContain('Say whether a mistake');
    expect(named(calls, 'fee_save')).toHaveLength(0);
    await user.click(screen.getByText('Correct a mistake'));
    await user.click(screen.getByTestId('fee-save'));
    await waitFor(() => expect(screen.queryByTestId('fee-panel')).toBeNull());
    expect(named(calls, 'fee_save')[0]?.request).toMatchObject({ id: 1, form: { amount: '500.000' } });
  });

  it('are continued from the day of a new price', async () => {
    const { user, calls } = await open();
    await user.click(await screen.findByTestId('fee-open-1'));
    await user.click(screen.getByText('Price changed on …'));
    expect(screen.queryByTestId('field-fee-from')).toBeNull();
    expect(screen.getByTestId('reason-meaning').textContent).toContain('The fee ends the day before');
    await user.type(field('on'), '2026-10-01');
    await user.click(screen.getByTestId('fee-save'));
    await waitFor(() => expect(screen.queryByTestId('fee-panel')).toBeNull());
    expect(named(calls, 'fee_price_change')[0]?.request).toMatchObject({
      id: 1,
      on: '2026-10-01',
      form: { name: 'Premium support', from: '2026-10-01' },
    });
    expect(named(calls, 'fee_save')).toHaveLength(0);
  });

  it('say beside the day what is wrong with it', async () => {
    const problems = [{ field: 'from', message: 'Date of the change must be after the first day.' }];
    const { user } = await open({ fee_price_change: () => ({ ended: null, fee: null, problems }) });
    await user.click(await screen.findByTestId('fee-open-1'));
    await user.click(screen.getByText('Price changed on …'));
    await user.type(field('on'), '2026-04-01');
    await user.click(screen.getByTestId('fee-save'));
    expect((await screen.findByTestId('field-on-problem')).textContent).toContain('after the first day');
  });

  it('show every version that they had, and which one continues which', async () => {
    const [first, second] = FEES.fees;
    if (!first || !second) throw new Error('the fixture has fees');
    const fees = [
      { ...first, succeeded_by: 2 },
      { ...second, form: { ...second.form, from: '2026-10-01' }, succeeds: 1 },
    ];
    const { user } = await open({ fees: () => ({ ...FEES, fees }) });
    expect((await screen.findByTestId('fee-row-1')).textContent).toContain('continued from 1 Oct 2026');
    expect(screen.getByTestId('fee-row-2').textContent).toContain('continues the one from 1 Apr 2026');
    await user.click(screen.getByTestId('fee-menu-1'));
    await user.click(await screen.findByTestId('fee-menu-1-history'));
    expect((await screen.findByTestId('version-2')).textContent).toContain('Amount: 500.00, was 450.00');
    expect(screen.getByTestId('version-2').textContent).toContain('Correction');
    expect(screen.getByTestId('history-panel').textContent).toContain('Premium support');
  });

  it('are deleted without a question', async () => {
    const { user, calls } = await open();
    await user.click(await screen.findByTestId('fee-menu-1'));
    await user.click(await screen.findByTestId('fee-menu-1-delete'));
    await waitFor(() => expect(named(calls, 'fee_delete')[0]?.request).toEqual({ app: LUCID.app, id: 1 }));
    await waitFor(() => expect(toasts.all.at(-1)?.text).toBe('Deleted Premium support'));
  });
});

describe('invoices', () => {
  it('stand beside the computed figure with the variance', async () => {
    await open();
    const row = await screen.findByTestId('compared-1');
    expect(row.textContent).toContain('$912.50');
    expect(row.textContent).toContain('$900.00');
    expect(screen.getByTestId('variance-1').textContent).toContain('$12.50');
  });

  it('are recorded for the only purchase without asking which', async () => {
    const { user, calls } = await open({
      license_details: () => ({ ...DETAILS, purchases: DETAILS.purchases.slice(0, 1) }),
    });
    await user.click(await screen.findByTestId('invoice-add'));
    await user.type(field('invoice-number'), 'R-1');
    await user.type(field('invoice-amount'), '-12,50');
    await waitFor(() =>
      expect(screen.getByTestId('invoice-preview-variance').textContent).toContain('$12.50'),
    );
    await user.click(screen.getByTestId('invoice-save'));
    await waitFor(() =>
      expect(named(calls, 'invoice_save')[0]?.request).toMatchObject({
        id: null,
        form: { purchase: 1, number: 'R-1', amount: '-12,50' },
      }),
    );
  });

  it('need a purchase first', async () => {
    await open({
      license_details: () => ({ ...DETAILS, purchases: [] }),
      invoices: () => ({ ...INVOICES, invoices: [], compared: [] }),
    });
    expect(screen.getByTestId<HTMLButtonElement>('invoice-add').disabled).toBe(true);
    expect(await screen.findByTestId('no-invoices')).toBeTruthy();
  });
});
