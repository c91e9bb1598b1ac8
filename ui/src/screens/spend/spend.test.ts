import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { serve, type Answers } from '../../../tests/fixture/backend';
import {
  bigOverTime,
  MANY_TYPES,
  blockedOverTime,
  BURN_DOWN,
  MISSING_RATE,
  nothingOverTime,
  overTime,
} from '../../../tests/fixture/outlook';
import { DETAILS, LUCID, SETTINGS, TODAY } from '../../../tests/fixture/views';
import { sidesOfAmounts, sidesOfSpan, tickMoney } from '../../charts/amounts';
import { burnPlan, burnReading } from '../../charts/burn-plan';
import { plannedFrom } from '../../charts/spend-periods';
import { setLocale } from '../../locale';
import { showFiguresOf } from '../../state/figures-day.svelte';
import { applySettings } from '../../state/settings.svelte';
import Spend from './Spend.svelte';

function open(answers: Partial<Answers> = {}) {
  const calls = serve(answers);
  render(Spend, { app: LUCID });
  return { calls, user: userEvent.setup() };
}

const asked = (calls: { name: string; request: unknown }[]) =>
  calls.findLast(({ name }) => name === 'spend_over_time')?.request;

beforeEach(() => applySettings(SETTINGS));

describe('spend over time', () => {
  it('is drawn and stands beside as a table, with the fees and the total', async () => {
    open();
    const table = await screen.findByTestId('spend-cells');
    expect(screen.getByTestId('chart-spend-periods').textContent).toContain('most of it in Apr 2026');
    const heads = within(table).getAllByRole('columnheader');
    expect(heads.map((head) => head.textContent.trim())).toEqual(['Period', 'Can-Edit', 'Fees', 'Total']);
    expect(screen.getByTestId('spend-cells-3-fees').textContent).toContain('$1,200.00');
    expect(screen.getByTestId('spend-cells-3-total').textContent).toContain('$2,497.50');
  });

  it('explains each amount when asked, for the table as it is shown', async () => {
    const { calls, user } = open();
    await user.click(await screen.findByTestId('spend-cells-3-can-edit'));
    expect((await screen.findByTestId('spend-cells-panel')).textContent).toContain('Each day of service');
    expect(calls.find(({ name }) => name === 'spend_cell')?.request).toEqual({
      table: { app: 'lucidchart', from: null, to: null, by: 'month', basis: 'accrual' },
      period: 3,
      row: 'can-edit',
    });
  });

  it('explains the totals of a period, of a row, and of all of them', async () => {
    const { calls, user } = open();
    for (const [id, period, row] of [
      ['spend-cells-3-total', 3, null],
      ['spend-cells-all-can-edit', null, 'can-edit'],
      ['spend-cells-all-total', null, null],
    ] as const) {
      await user.click(await screen.findByTestId(id));
      await screen.findByTestId('spend-cells-panel');
      const request = calls.findLast(({ name }) => name === 'spend_cell')?.request;
      expect(request).toMatchObject({ period, row });
      await user.keyboard('{Escape}');
      await waitFor(() => expect(screen.queryByTestId('spend-cells-panel')).toBeNull());
    }
  });

  it('explains the point of a chart that the keys stand on, and gives the focus back', async () => {
    const { calls, user } = open();
    const plot = await screen.findByTestId('chart-burn-down-plot');
    plot.focus();
    await user.keyboard('{Home}{ArrowRight}{Enter}');
    expect((await screen.findByTestId('chart-burn-down-panel')).textContent).toContain('Burn-down: beside');
    const asked = calls.findLast(({ name }) => name === 'burn_point')?.request;
    expect(asked).toEqual({ app: 'lucidchart', date: BURN_DOWN.points[1]?.date, line: 'beside' });
    await user.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(plot));
  });

  it('explains what is left today, and of how much', async () => {
    const { calls, user } = open();
    for (const line of ['left', 'committed']) {
      await user.click(await screen.findByTestId(`burn-${line}`));
      expect((await screen.findByTestId('burn-panel')).textContent).toContain(`Burn-down: ${line}`);
      const asked = calls.findLast(({ name }) => name === 'burn_point')?.request;
      expect(asked).toEqual({ app: 'lucidchart', date: null, line });
      await user.keyboard('{Escape}');
      await waitFor(() => expect(screen.queryByTestId('burn-panel')).toBeNull());
    }
  });

  it('gives the focus back to the amount that was asked about', async () => {
    const { user } = open();
    const cell = await screen.findByTestId('spend-cells-0-total');
    await user.click(cell);
    await screen.findByTestId('spend-cells-panel');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(cell));
  });

  it('is asked for by quarter and by payment dates', async () => {
    const { calls, user } = open();
    await screen.findByTestId('spend-cells');
    await user.click(screen.getByTestId('spend-by-quarter'));
    await user.click(screen.getByTestId('spend-basis-cash'));
    await waitFor(() =>
      expect(asked(calls)).toEqual({
        app: 'lucidchart',
        from: null,
        to: null,
        by: 'quarter',
        basis: 'cash',
      }),
    );
    expect((await screen.findByTestId('spend-cells')).textContent).toContain('Q2 2026');
  });

  it('keeps its table when a typed day is refused, and says what to type', async () => {
    const problem = { code: 'not-allowed', message: '"soon" is no day.', hint: 'Nothing was changed.' };
    const { user } = open({
      spend_over_time: (request) => (request.from === null ? overTime(request) : Promise.reject(problem)),
    });
    await screen.findByTestId('spend-cells');
    await user.type(screen.getByTestId('spend-from'), 'soon{Enter}');
    expect((await screen.findByTestId('spend-problem')).textContent).toContain('"soon" is no day.');
    expect(screen.getByTestId('spend-cells-3-total').textContent).toContain('$2,497.50');
  });

  it('says why there is no total, draws nothing, and shows no 0', async () => {
    open({ spend_over_time: blockedOverTime });
    expect((await screen.findByTestId('spend-caveats')).textContent).toContain(MISSING_RATE);
    expect(screen.queryByTestId('chart-spend-periods')).toBeNull();
    expect(screen.getByTestId('spend-total').textContent).toContain('Not known');
    expect(screen.getByTestId('spend-cells-0-can-edit').textContent).toContain('Not known');
  });

  it('is a table of zeros, without a drawing, while nothing is paid', async () => {
    open({ spend_over_time: nothingOverTime });
    expect((await screen.findByTestId('spend-cells-0-total')).textContent).toContain('$0.00');
    expect(screen.queryByTestId('chart-spend-periods')).toBeNull();
  });

  it('draws the types beyond four as one band, and names all of them in the table', async () => {
    open({
      spend_over_time: bigOverTime,
      license_details: () => ({ ...DETAILS, license_types: MANY_TYPES }),
    });
    const reading = await screen.findByTestId('chart-spend-periods-reading');
    await waitFor(() => expect(reading.textContent).toContain('Other (6) $9,000.00'));
    for (let type = 1; type <= 4; type++) expect(reading.textContent).toContain(`License type ${type} `);
    expect(reading.textContent).not.toContain('License type 5 ');
    const parts = screen.getByTestId('chart-spend-periods').querySelectorAll('[data-part]');
    expect(new Set([...parts].map((part) => part.getAttribute('data-part'))).size).toBe(5);
    const table = screen.getByTestId('spend-cells');
    for (let type = 1; type <= 10; type++) expect(table.textContent).toContain(`License type ${type} `);
  });

  it('marks where the planned periods begin, and only where both are shown', () => {
    const months = overTime({ app: 'lucidchart', from: null, to: null, by: 'month', basis: 'accrual' });
    expect(plannedFrom(months, TODAY)).toBe(10);
    expect(plannedFrom(months, '2025-12-31')).toBeNull();
    expect(plannedFrom(months, '2027-01-01')).toBeNull();
  });

  it('goes on with the band of the forecast', async () => {
    const { calls } = open();
    const ahead = await screen.findByTestId('spend-ahead');
    expect(ahead.querySelectorAll('[data-part="high"]').length).toBeGreaterThan(0);
    expect(calls.find(({ name }) => name === 'forecast')?.request).toEqual({
      app: 'lucidchart',
      months: 12,
      basis: 'accrual',
      scenario: null,
      as_of: null,
    });
  });
});

describe('the burn-down', () => {
  it('rests on today and reads on with the arrow keys', async () => {
    const { user } = open();
    const reading = await screen.findByTestId('chart-burn-down-reading');
    expect(reading.textContent).toContain('23 Nov 2026');
    expect(reading.textContent).toContain('$5,449.50');
    screen.getByTestId('chart-burn-down-plot').focus();
    await user.keyboard('{ArrowRight}');
    await waitFor(() => expect(reading.textContent).toContain('Left by then'));
  });

  it('starts its axis at zero and falls', () => {
    const { points, foot, now } = burnPlan(BURN_DOWN, TODAY, 600);
    expect(points.at(-1)?.y).toBe(foot);
    expect(points.every((point, at) => at === 0 || point.y >= (points[at - 1]?.y ?? 0))).toBe(true);
    const [left, even] = burnReading(BURN_DOWN, TODAY, now).entries;
    expect(left?.value).toBe('$5,449.50');
    expect(even).toMatchObject({ label: 'At an even pace', value: '$5,460.16', mark: 'dash' });
  });

  it('says in words how the pace is and when nothing is left', async () => {
    open();
    const chart = await screen.findByTestId('chart-burn-down');
    expect(chart.textContent).toContain('$10.66 less than at an even pace is left.');
    expect(chart.textContent).toContain('in 128 days; nothing is left then.');
    expect(chart.querySelector('path.even')).not.toBeNull();
  });
});

describe('spend by department', () => {
  it('shows those without one, seats that nobody holds, and the whole', async () => {
    open();
    const table = await screen.findByTestId('spend-shares-table');
    expect(within(table).getByRole('rowheader', { name: 'No department' })).toBeDefined();
    expect(screen.getByTestId('share-unassigned').textContent).toContain('$2,283.60');
    expect(screen.getByTestId('share-total').textContent).toContain('$15,570.00');
  });

  it('is asked for by cost center', async () => {
    const { calls, user } = open();
    await screen.findByTestId('spend-shares-table');
    await user.click(screen.getByTestId('spend-shares-by-cost-center'));
    expect(await screen.findByRole('rowheader', { name: 'No cost center' })).toBeDefined();
    expect(calls.findLast(({ name }) => name === 'spend_by')?.request).toEqual({
      app: 'lucidchart',
      as_of: null,
      by: 'cost-center',
    });
  });

  it('is shown as of the day that the figures of the app are shown of', async () => {
    showFiguresOf('lucidchart', '2026-08-01');
    const { calls, user } = open();
    await screen.findByTestId('spend-shares-table');
    expect(calls.findLast(({ name }) => name === 'spend_by')?.request).toMatchObject({ as_of: '2026-08-01' });
    await user.click(screen.getByTestId('shares-as-of'));
    await user.click(await screen.findByTestId('shares-as-of-today'));
    await waitFor(() =>
      expect(calls.findLast(({ name }) => name === 'spend_by')?.request).toMatchObject({ as_of: null }),
    );
  });
});

describe('places of amounts', () => {
  const dollars = (amount: string) => ({ amount, currency: 'USD' });

  it('stand credits below zero and unknown amounts nowhere', () => {
    const sides = sidesOfAmounts([
      { key: 'a', value: dollars('10.50') },
      { key: 'b', value: dollars('-4.00') },
      { key: 'c', value: null },
    ]);
    expect(sides).toEqual({ up: [{ key: 'a', count: 10.5 }], down: [{ key: 'b', count: 4 }] });
  });

  it('reach from low to high on either side of zero', () => {
    expect(sidesOfSpan(dollars('90'), dollars('110')).up).toEqual([
      { key: 'low', count: 90 },
      { key: 'high', count: 20 },
    ]);
    expect(sidesOfSpan(dollars('-110'), dollars('-90')).down).toEqual([
      { key: 'low', count: 90 },
      { key: 'high', count: 20 },
    ]);
  });

  it('are short at the axis, in their currency, with a real minus sign', () => {
    setLocale('en-US');
    expect(tickMoney(1200, 'USD')).toBe('$1,200');
    expect(tickMoney(12500, 'USD')).toBe('$12.5K');
    expect(tickMoney(-500, 'JPY')).toBe('−¥500');
  });
});
