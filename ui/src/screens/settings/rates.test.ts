import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { serve, type Answers } from '../../../tests/fixture/backend';
import { RATE, RATES } from '../../../tests/fixture/ledger';
import { SETTINGS } from '../../../tests/fixture/views';
import { toasts } from '../../state/toasts.svelte';
import { applySettings } from '../../state/settings.svelte';
import RatesSection from './RatesSection.svelte';
import Settings from './Settings.svelte';
import { missingWords } from './rates';

const RESTATES = 'This restates figures in EUR and USD from 1 Nov 2026 on, so nothing was changed yet';

const MISSING = {
  currency: 'USD',
  kind: 'day',
  from: '2026-04-01',
  lack: 'There is no rate from USD to EUR on or before 1 Apr 2026: enter one to see this in EUR.',
  first_rate: null,
  app: 'lucidchart',
  purchase: 1,
  fee: null,
  needed_by: 'Lucidchart: Can-Edit, 50 seats',
  others: 0,
};

const field = (name: string) => screen.getByTestId<HTMLInputElement>(`field-rate-${name}`);
const named = (calls: { name: string; request: unknown }[], name: string) =>
  calls.filter((call) => call.name === name);

async function open(replaced: Partial<Answers> = {}) {
  const calls = serve(replaced);
  render(RatesSection);
  await screen.findByTestId('rate-add');
  return { calls, user: userEvent.setup() };
}

async function edit(user: ReturnType<typeof userEvent.setup>, what: 'edit' | 'delete') {
  await user.click(screen.getByTestId('rate-menu-1'));
  await user.click(await screen.findByTestId(`rate-menu-1-${what}`));
}

/** happy-dom does not know `option:checked`, by which Svelte finds what was chosen. */
async function choose(testid: string, value: string) {
  const select = screen.getByTestId<HTMLSelectElement>(testid);
  const option = [...select.options].find((each) => each.value === value);
  if (!option) throw new Error(`no ${value} in ${testid}`);
  vi.spyOn(select, 'querySelector').mockReturnValue(option);
  await userEvent.selectOptions(select, value);
}

describe('exchange rates', () => {
  it('are shown with their day and source, and what was done to them', async () => {
    await open();
    const row = screen.getByTestId('rate-row-1').textContent;
    for (const text of ['EUR to USD', '1 Nov 2026', '1.08', 'ECB']) expect(row).toContain(text);
    expect(screen.getByTestId('rates-log').textContent).toContain('was 1 EUR = 1.07 USD');
  });

  it('that are missing are shown as missing, and lead to the form', async () => {
    const { user } = await open({
      rates: () => ({ ...RATES, base: 'EUR', rates: [], missing: [MISSING] }),
    });
    expect((await screen.findByTestId('rate-missing-USD')).textContent).toContain(
      'Lucidchart: Can-Edit, 50 seats needs one from 1 Apr 2026 on.',
    );
    await user.click(screen.getByTestId('rate-add-USD'));
    await screen.findByTestId('rate-dialog');
    expect(screen.getByTestId<HTMLSelectElement>('field-rate-from').value).toBe('USD');
    expect(field('day').value).toBe('2026-04-01');
  });

  it('that begin too late, and that several need, say so', () => {
    const words = missingWords({ ...MISSING, first_rate: '2026-11-01', others: 2 }, 'EUR');
    expect(words).toContain('USD to EUR: no rate before 1 Nov 2026.');
    expect(words).toContain('50 seats and 2 more purchases and fees need one from 1 Apr 2026 on.');
  });

  it('are saved as typed', async () => {
    const { user, calls } = await open();
    await user.click(screen.getByTestId('rate-add'));
    await screen.findByTestId('rate-dialog');
    await choose('field-rate-from', 'EUR');
    await user.type(field('rate'), '1,0842');
    await user.type(field('day'), '1 Dec 2026');
    await user.type(field('source'), 'ECB');
    await user.click(screen.getByTestId('rate-save'));
    await waitFor(() =>
      expect(named(calls, 'rate_save')[0]?.request).toEqual({
        id: null,
        form: {
          from: 'EUR',
          to: '',
          kind: 'day',
          rate: '1,0842',
          day: '1 Dec 2026',
          until: '',
          source: 'ECB',
        },
        restate: false,
      }),
    );
    await waitFor(() => expect(toasts.all.at(-1)?.action?.label).toBe('Undo'));
  });

  it('say beside the field what is wrong', async () => {
    const problems = [{ field: 'rate', message: 'Rate must be more than 0.' }];
    const { user } = await open({ rate_save: () => ({ rate: null, problems, restates: null }) });
    await edit(user, 'edit');
    await user.click(await screen.findByTestId('rate-save'));
    expect((await screen.findByTestId('field-rate-rate-problem')).textContent).toContain('more than 0');
    expect(field('rate').value).toBe('1.08');
  });

  it('ask before they restate figures; typing takes the question back', async () => {
    const { user, calls } = await open({
      rate_save: ({ restate }) =>
        restate
          ? { rate: RATE, problems: [], restates: null }
          : { rate: null, problems: [], restates: RESTATES },
    });
    await edit(user, 'edit');
    await user.click(await screen.findByTestId('rate-save'));
    expect((await screen.findByTestId('rate-restates')).textContent).toContain('from 1 Nov 2026 on');
    await user.type(field('rate'), '5');
    expect(screen.queryByTestId('rate-restates')).toBeNull();
    await user.click(screen.getByTestId('rate-save'));
    await user.click(await screen.findByTestId('rate-restate'));
    await waitFor(() => expect(screen.queryByTestId('rate-dialog')).toBeNull());
    expect(named(calls, 'rate_save').map(({ request }) => (request as { restate: boolean }).restate)).toEqual(
      [false, false, true],
    );
  });

  it('are deleted only after the same question', async () => {
    const { user, calls } = await open({
      rate_delete: ({ restate }) => ({ deleted: restate, restates: restate ? null : RESTATES }),
    });
    await edit(user, 'delete');
    expect((await screen.findByTestId('restates')).textContent).toContain('from 1 Nov 2026 on');
    await user.click(screen.getByTestId('restate-confirm'));
    await waitFor(() =>
      expect(named(calls, 'rate_delete').at(-1)?.request).toEqual({ id: 1, restate: true }),
    );
    await waitFor(() => expect(screen.queryByTestId('restate-dialog')).toBeNull());
  });

  it('of a month and of a budget are shown with the days that they are for', async () => {
    const form = { ...RATE.form, kind: 'budget', day: '2026-01-01', until: '2026-12-31' };
    const average = { ...RATE.form, kind: 'month-average', day: '2026-10-01' };
    await open({
      rates: () => ({
        ...RATES,
        rates: [
          { ...RATE, form },
          { ...RATE, id: 2, form: average },
        ],
      }),
    });
    expect(screen.getByTestId('rate-row-1').textContent).toContain('1 Jan 2026 to 31 Dec 2026, budget');
    expect(screen.getByTestId('rate-row-2').textContent).toContain('Oct 2026, average');
  });

  it('of a budget ask for a last day, others do not', async () => {
    const { user } = await open();
    await user.click(screen.getByTestId('rate-add'));
    await screen.findByTestId('rate-dialog');
    expect(screen.queryByTestId('field-rate-until')).toBeNull();
    await choose('field-rate-kind', 'budget');
    expect(await screen.findByTestId('field-rate-until')).toBeDefined();
  });

  it('of a kind that is missing are named, and the form starts with it', async () => {
    const lack = 'There is no average rate from USD to EUR of Oct 2026: enter one to see this in EUR.';
    const missing = { ...MISSING, kind: 'month-average', from: '2026-10-01', lack };
    const { user } = await open({ rates: () => ({ ...RATES, base: 'EUR', rates: [], missing: [missing] }) });
    expect((await screen.findByTestId('rate-missing-USD')).textContent).toContain(
      `${lack} Lucidchart: Can-Edit, 50 seats needs it.`,
    );
    await user.click(screen.getByTestId('rate-add-USD'));
    await screen.findByTestId('rate-dialog');
    expect(screen.getByTestId<HTMLSelectElement>('field-rate-kind').value).toBe('month-average');
  });

  it('are chosen by kind only after the same question', async () => {
    const { calls, user } = await open({
      rate_policy_choose: ({ policy, restate }) =>
        restate ? { policy, restates: null } : { policy: 'figure-day', restates: RESTATES },
    });
    await choose('rate-policy', 'budget');
    await screen.findByTestId('restates');
    await user.click(screen.getByTestId('restate-cancel'));
    await waitFor(() => expect(screen.queryByTestId('restate-dialog')).toBeNull());
    await choose('rate-policy', 'month-average');
    await user.click(await screen.findByTestId('restate-confirm'));
    await waitFor(() =>
      expect(named(calls, 'rate_policy_choose').map(({ request }) => request)).toEqual([
        { policy: 'budget', restate: false },
        { policy: 'month-average', restate: false },
        { policy: 'month-average', restate: true },
      ]),
    );
  });

  it('are taken back by name', async () => {
    const { user, calls } = await open();
    expect(screen.getByTestId('rates-undo').textContent).toContain('Restate rate');
    await user.click(screen.getByTestId('rates-undo'));
    await waitFor(() => expect(named(calls, 'rates_undo')).toHaveLength(1));
  });
});

describe('the fiscal year', () => {
  it('starts in the month that is chosen', async () => {
    const calls = serve();
    applySettings(SETTINGS);
    render(Settings);
    await choose('settings-fiscal-year', '4');
    await waitFor(() =>
      expect(named(calls, 'settings_change')[0]?.request).toMatchObject({
        fiscal_year_start: 4,
        currency: null,
      }),
    );
  });
});

describe('the rounding', () => {
  it('is half up until half to even is chosen', async () => {
    const calls = serve();
    applySettings(SETTINGS);
    const user = userEvent.setup();
    render(Settings);
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Half up' }).checked).toBe(true);
    await user.click(screen.getByRole('radio', { name: 'Half to even' }));
    await waitFor(() =>
      expect(named(calls, 'settings_change')[0]?.request).toMatchObject({
        rounding: 'half-even',
        currency: null,
      }),
    );
  });
});
