import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { serve, type Answers } from '../../../tests/fixture/backend';
import { choose } from '../../../tests/fixture/choose';
import { forecastView, MISSING_RATE, SCENARIO, SCENARIOS } from '../../../tests/fixture/outlook';
import { DETAILS, LUCID, SETTINGS } from '../../../tests/fixture/views';
import type { ForecastRequest } from '../../ipc/gen/ForecastRequest';
import { forecastReading } from '../../charts/forecast-months';
import { applySettings } from '../../state/settings.svelte';
import { forgetKeepers } from '../../state/keeper';
import { dismissToast, toasts } from '../../state/toasts.svelte';
import Forecast from './Forecast.svelte';
import { purchaseChoices } from './choices';
import { scenarioDesk } from './desk.svelte';
import { DRAFT_KEY, restore } from './keep';

function open(answers: Partial<Answers> = {}) {
  const calls = serve(answers);
  render(Forecast, { app: LUCID });
  return { calls, user: userEvent.setup() };
}

const asked = (calls: { name: string; request: unknown }[]) =>
  calls.findLast(({ name }) => name === 'forecast')?.request as ForecastRequest | undefined;

const present: ForecastRequest = {
  app: 'lucidchart',
  months: 24,
  basis: 'cash',
  scenario: null,
  as_of: null,
};

beforeEach(() => {
  applySettings(SETTINGS);
  scenarioDesk('lucidchart').clear();
  scenarioDesk('lucidchart').beside.clear();
  forgetKeepers();
  for (const toast of [...toasts.all]) dismissToast(toast.id);
});

describe('the forecast', () => {
  it('tells low, expected and high, drawn and month by month', async () => {
    open();
    const table = await screen.findByTestId('forecast-cells');
    const heads = within(table).getAllByRole('columnheader');
    expect(heads.map((head) => head.textContent.trim())).toEqual(['Month', 'Low', 'Expected', 'High']);
    expect(within(table).getAllByRole('row')).toHaveLength(26);
    expect(screen.getByTestId('forecast-expected').textContent).toContain('$32,372.72');
    expect(screen.queryByTestId('forecast-present')).toBeNull();
  });

  it('is read from this month on with the arrow keys', async () => {
    const { user } = open();
    const reading = await screen.findByTestId('chart-forecast-reading');
    expect(reading.textContent).toContain('Nov 2026');
    screen.getByTestId('chart-forecast-plot').focus();
    await user.keyboard('{ArrowRight}');
    await waitFor(() => expect(reading.textContent).toContain('Dec 2026'));
  });

  it('explains a month of a line when asked', async () => {
    const { calls, user } = open();
    await user.click(await screen.findByTestId('forecast-cells-5-high'));
    expect((await screen.findByTestId('forecast-cells-panel')).textContent).toContain(
      'Payments of the month',
    );
    expect(calls.find(({ name }) => name === 'forecast_month')?.request).toEqual({
      forecast: present,
      month: 5,
      line: 'high',
    });
  });

  it('is asked for by other months and by days of service', async () => {
    const { calls, user } = open();
    await screen.findByTestId('forecast-cells');
    await choose('forecast-months', '12');
    await user.click(screen.getByTestId('forecast-basis-accrual'));
    await waitFor(() => expect(asked(calls)).toEqual({ ...present, months: 12, basis: 'accrual' }));
  });

  it('says why there are no amounts, and draws nothing', async () => {
    open({
      forecast: (request) => ({ ...forecastView(request), currency: null, caveats: [MISSING_RATE] }),
    });
    expect((await screen.findByTestId('forecast-caveats')).textContent).toContain(MISSING_RATE);
    expect(screen.queryByTestId('chart-forecast')).toBeNull();
  });

  it('has no place beyond its last month', () => {
    expect(forecastReading(forecastView(present), 99).entries).toEqual([]);
  });
});

describe('a what-if', () => {
  it('stands beside the present as soon as it is complete', async () => {
    const { calls, user } = open();
    await screen.findByTestId('forecast-cells');
    await user.click(screen.getByTestId('what-if-add'));
    await user.click(await screen.findByTestId('what-if-add-seats'));
    await choose('change-0-purchase', '1');
    await user.type(screen.getByTestId('change-0-seats'), '-10');
    expect((await screen.findByTestId('forecast-difference')).textContent).toContain('−$1,795.50');
    expect(screen.getByTestId('forecast-present').textContent).toContain('$32,372.72');
    expect(screen.getByTestId('forecast-compared').textContent).toContain('Committed annual spend');
    expect(screen.getByTestId('compared-from').textContent).toContain('From 1 Apr 2027 on, a year');
    expect(screen.getByTestId('compared-later').textContent).toContain('keeps its seats until 31 Mar 2027');
    expect(asked(calls)?.scenario?.changes[0]).toMatchObject({ kind: 'seats', purchase: '1', seats: '-10' });
  });

  it('that is not complete says so, and marks nothing that was not left', async () => {
    const { user } = open();
    await screen.findByTestId('forecast-cells');
    await user.click(screen.getByTestId('what-if-add'));
    await user.click(await screen.findByTestId('what-if-add-seats'));
    expect(await screen.findByTestId('forecast-present-only')).toBeDefined();
    expect(screen.queryByTestId('change-0-purchase-problem')).toBeNull();
    await choose('change-0-purchase', '1');
    await user.type(screen.getByTestId('change-0-seats'), 'ten');
    expect(screen.queryByTestId('change-0-seats-problem')).toBeNull();
    await user.tab();
    expect((await screen.findByTestId('change-0-seats-problem')).textContent).toContain('whole number');
  });

  it('is saved by name, and refused without one', async () => {
    const { calls, user } = open({ scenarios: () => [] });
    await screen.findByTestId('forecast-cells');
    scenarioDesk('lucidchart').open({ ...SCENARIO, name: '' });
    await screen.findByTestId('change-0');
    await user.click(screen.getByTestId('what-if-save'));
    expect((await screen.findByTestId('what-if-name-problem')).textContent).toContain('must not be empty');
    expect(screen.getByTestId<HTMLInputElement>('change-0-seats').value).toBe('-10');
    await user.type(screen.getByTestId('what-if-name'), 'Lean');
    await user.click(screen.getByTestId('what-if-save'));
    await waitFor(() => expect(toasts.all.at(-1)?.text).toBe('Saved “Lean”'));
    expect(screen.queryByTestId('what-if-name-problem')).toBeNull();
    expect(calls.findLast(({ name }) => name === 'scenario_save')?.request).toEqual({
      app: 'lucidchart',
      form: { ...SCENARIO, name: 'Lean' },
    });
  });

  it('that is saved once more under its name is said to be replaced', async () => {
    const { user } = open();
    await user.click(await screen.findByTestId('scenario-open'));
    await user.click(screen.getByTestId('what-if-save'));
    await waitFor(() => expect(toasts.all.at(-1)?.text).toBe('Replaced “Fewer editors”'));
    expect(toasts.all.at(-1)?.action?.label).toBe('Undo');
  });

  it('that was saved is opened as it was typed', async () => {
    const { calls, user } = open();
    await user.click(await screen.findByTestId('scenario-open'));
    await waitFor(() => expect(asked(calls)?.scenario).toEqual(SCENARIO));
    expect(screen.getByTestId<HTMLInputElement>('what-if-name').value).toBe('Fewer editors');
    expect(SCENARIOS[0]?.form.changes[0]?.seats).toBe('-10');
  });

  it('that was deleted comes back with Undo', async () => {
    const { calls, user } = open();
    await user.click(await screen.findByTestId('scenario-delete'));
    await waitFor(() => expect(screen.queryByTestId('scenario-open')).toBeNull());
    toasts.all.at(-1)?.action?.run();
    await waitFor(() =>
      expect(calls.findLast(({ name }) => name === 'undo')?.request).toEqual({ app: 'lucidchart' }),
    );
  });

  it('says what no longer holds of a saved one', async () => {
    const message = 'Purchase 1 does not exist: remove the change, or choose another one.';
    const gone = SCENARIOS.map((each) => ({ ...each, problems: [{ field: 'changes.0.purchase', message }] }));
    open({ scenarios: () => gone });
    expect((await screen.findByTestId('scenario-open')).textContent).toContain(message);
  });

  it('keeps what was typed while another tab is shown', async () => {
    serve();
    const first = render(Forecast, { app: LUCID });
    await screen.findByTestId('forecast-cells');
    scenarioDesk('lucidchart').add('price', '1');
    await userEvent.type(await screen.findByTestId('change-0-cost'), '8.10');
    first.unmount();
    render(Forecast, { app: LUCID });
    expect((await screen.findByTestId<HTMLInputElement>('change-0-cost')).value).toBe('8.10');
  });

  it('is kept a moment after it was typed, and comes back when the window opens again', async () => {
    const kept = new Map<string, string>();
    const backend: Partial<Answers> = {
      draft_get: ({ key }) => kept.get(key) ?? null,
      draft_save: ({ key, body }) => {
        kept.set(key, body);
        return null;
      },
      draft_clear: ({ key }) => {
        kept.delete(key);
        return null;
      },
    };
    serve(backend);
    const first = render(Forecast, { app: LUCID });
    await screen.findByTestId('forecast-cells');
    const desk = scenarioDesk('lucidchart');
    desk.add('price', '1');
    await userEvent.type(await screen.findByTestId('change-0-cost'), '8.10');
    await waitFor(() => expect(kept.get(DRAFT_KEY)).toContain('8.10'));
    first.unmount();

    // As in a window that was just opened.
    desk.clear();
    forgetKeepers();
    render(Forecast, { app: LUCID });
    expect((await screen.findByTestId<HTMLInputElement>('change-0-cost')).value).toBe('8.10');
    expect(screen.getByTestId('draft-resumed').textContent).toContain('not saved');
    await userEvent.click(screen.getByTestId('draft-discard'));
    await waitFor(() => expect(kept.has(DRAFT_KEY)).toBe(false));
    expect(screen.queryByTestId('draft-resumed')).toBeNull();
  });

  it('that cannot be read back is no what-if', () => {
    const desk = scenarioDesk('lucidchart');
    for (const body of ['', '7', '{"form":null}', '{"form":{"changes":7,"renewing":[]}}'])
      restore(desk, body);
    expect(desk.form).toEqual({ name: '', renewing: 'automatic', changes: [] });
    expect(desk.resumed).toBe(false);
  });

  it('forgets which fields were left when a change is removed', () => {
    const desk = scenarioDesk('lucidchart');
    desk.add('seats', '1');
    desk.add('seats', '2');
    desk.leave('changes.0.seats', 'ten');
    const problems = [{ field: 'changes.0.seats', message: 'Seats must be a whole number.' }];
    expect(desk.shown(problems, 'changes.0.seats')).toContain('whole number');
    desk.remove(0);
    expect(desk.shown(problems, 'changes.0.seats')).toBeNull();
    expect(desk.form.changes.map(({ purchase }) => purchase)).toEqual(['2']);
  });
});

describe('the purchases to choose from', () => {
  it('leave out those that ended, except the chosen one, and keep one that is gone', () => {
    const ended = DETAILS.purchases.map((each) => ({ ...each, state: 'ended' as const }));
    expect(purchaseChoices(ended, '').map(({ value }) => value)).toEqual(['']);
    expect(purchaseChoices(ended, '1').map(({ value }) => value)).toEqual(['', '1']);
    expect(purchaseChoices(DETAILS.purchases, '77').map(({ value }) => value)).toEqual(['', '77', '1', '2']);
  });
});

describe('saved scenarios', () => {
  const lean = { ...SCENARIO, name: 'Lean' };
  const two = [
    ...SCENARIOS,
    { form: lean, changes: ['Purchase 1 (Can-Edit): 10 seats fewer from 1 Apr 2027'], problems: [] },
  ];

  it('stand side by side with the present, as many as are chosen', async () => {
    const { user, calls } = open({ scenarios: () => two });
    const [first, second] = await screen.findAllByTestId('scenario-compare');
    if (!first || !second) throw new Error('two are saved');
    await user.click(first);
    await user.click(second);
    await waitFor(() => {
      const heads = within(screen.getByTestId('comparison')).getAllByRole('columnheader');
      expect(heads.map((head) => head.textContent.trim().replace(/ a year from .*/u, ''))).toEqual([
        'Figure',
        'Present',
        SCENARIO.name,
        'Lean',
      ]);
    });
    const table = screen.getByTestId('comparison');
    const lines = within(table).getAllByRole('rowheader');
    expect(lines.map((line) => line.textContent)).toEqual([
      'Expected in 24 months',
      'Committed annual spend',
      'Unassigned seats, a year',
    ]);
    expect(table.textContent).toContain('$32,372.72');
    expect(table.textContent).toContain('$30,577.22');
    expect(asked(calls)?.scenario?.name).toBe('Lean');
    await user.click(second);
    await waitFor(() =>
      expect(within(screen.getByTestId('comparison')).getAllByRole('columnheader')).toHaveLength(3),
    );
    await user.click(first);
    await waitFor(() => expect(screen.queryByTestId('comparison')).toBeNull());
  });

  it('that cannot be told today say why, in place of figures', async () => {
    const broken = { ...lean, changes: lean.changes.map((change) => ({ ...change, purchase: '' })) };
    const { user } = open({ scenarios: () => [...SCENARIOS, { form: broken, changes: [''], problems: [] }] });
    for (const box of await screen.findAllByTestId('scenario-compare')) await user.click(box);
    await waitFor(() =>
      expect(screen.getByTestId('comparison').textContent).toContain('cannot be told today'),
    );
    expect(document.body.textContent).toContain('Lean: Choose the purchase that changes.');
  });

  it('become the plan, or say why not', async () => {
    const { user, calls } = open();
    await user.click(await screen.findByTestId('scenario-adopt'));
    await waitFor(() =>
      expect(toasts.all.at(-1)?.text).toBe('Planned: Purchase 1 (Can-Edit): 90 seats from 1 Apr 2027 on'),
    );
    expect(toasts.all.at(-1)?.action?.label).toBe('Undo');
    expect(calls.find(({ name }) => name === 'scenario_adopt')?.request).toEqual({
      app: 'lucidchart',
      name: SCENARIO.name,
    });
  });

  it('that change more than seats are not planned', async () => {
    const { user } = open({
      scenario_adopt: () => ({ planned: [], problems: ['Only seats can be planned.'] }),
    });
    await user.click(await screen.findByTestId('scenario-adopt'));
    expect((await screen.findByTestId('scenario-failure')).textContent).toContain(
      'Only seats can be planned.',
    );
  });
});
