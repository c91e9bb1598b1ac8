import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { seatCounts, unknownFigure, usd } from '../../../tests/fixture/figures';
import { serve } from '../../../tests/fixture/backend';
import { BLOCKED_BASES, MISSING_RATE } from '../../../tests/fixture/outlook';
import { LUCID, NEVER, SETTINGS, SPEND } from '../../../tests/fixture/views';
import { noteChange } from '../../state/revision.svelte';
import { applySettings } from '../../state/settings.svelte';
import Overview from './Overview.svelte';
import { basisGroups } from './basis-groups';

const nothingBought = {
  ...SPEND,
  billable_annual: unknownFigure('Annual spend for billable accounts', 'Can-Edit has no price.'),
  by_license_type: SPEND.by_license_type.map((type) => ({
    ...type,
    purchased: 0,
    unassigned: 0,
    over_assigned: 0,
  })),
};

async function opened() {
  const total = await screen.findByTestId('total-annual');
  return { total };
}

describe('the Overview', () => {
  it('leads with the total, says what it is, and of which day', async () => {
    serve();
    render(Overview, { app: LUCID });
    const { total } = await opened();
    expect(total.textContent).toContain('$13,286.40');
    expect(screen.getByRole('heading', { name: 'Annual spend for billable accounts' })).toBeDefined();
    expect(screen.getByTestId('as-of').textContent).toContain('as of 23 Nov 2026');
  });

  it('shows the figures of a past day, and of today again', async () => {
    applySettings(SETTINGS);
    const user = userEvent.setup();
    const calls = serve({ spend: ({ as_of }) => ({ ...SPEND, as_of: as_of ?? SPEND.as_of }) });
    render(Overview, { app: LUCID });
    await opened();
    const asked = () => calls.findLast(({ name }) => name === 'spend')?.request;
    expect(asked()).toEqual({ app: 'lucidchart', as_of: null });
    await user.click(screen.getByTestId('figures-as-of'));
    const day = await screen.findByTestId<HTMLInputElement>('figures-as-of-day');
    await user.clear(day);
    await user.type(day, '2026-08-01{Enter}');
    await waitFor(() => expect(screen.getByTestId('as-of').textContent).toContain('as of 1 Aug 2026'));
    expect(asked()).toEqual({ app: 'lucidchart', as_of: '2026-08-01' });
    expect(screen.getByTestId('figures-as-of').textContent).toContain('As of 1 Aug 2026');
    await user.click(screen.getByTestId('figures-as-of'));
    await user.click(await screen.findByTestId('figures-as-of-today'));
    await waitFor(() => expect(asked()).toEqual({ app: 'lucidchart', as_of: null }));
  });

  it.each(['total-annual', 'committed-annual', 'waste-annual', 'billable-accounts', 'unassigned-seats'])(
    'explains %s one click away',
    async (figure) => {
      serve();
      render(Overview, { app: LUCID });
      await opened();
      await userEvent.click(screen.getByTestId(figure));
      expect(await screen.findByTestId(`${figure}-panel`)).toBeDefined();
    },
  );

  it('says why accounts cost nothing when no license type is billable', async () => {
    const types = SPEND.by_license_type.map((type) => ({ ...type, billable: false, billable_accounts: 0 }));
    serve({ spend: () => ({ ...SPEND, billable_accounts: 0, by_license_type: types }) });
    render(Overview, { app: LUCID });
    await opened();
    expect(screen.getByTestId('none-billable').textContent).toContain('No license type is billable');
    expect(screen.getByTestId('unassigned-note').textContent).toContain('no billable type');
  });

  it('says beside the total what it leaves out', async () => {
    const caveat = '1 license type has no price: Lucidspark.';
    serve({ spend: () => ({ ...SPEND, billable_annual: { ...SPEND.billable_annual, caveat } }) });
    render(Overview, { app: LUCID });
    await opened();
    expect(screen.getByTestId('total-annual-caveat').textContent).toContain(caveat);
  });

  it('shows new numbers at once when the data changed', async () => {
    let amount = '13286.40';
    serve({ spend: () => ({ ...SPEND, billable_annual: usd(amount, SPEND.billable_annual.because) }) });
    render(Overview, { app: LUCID });
    await opened();
    amount = '20000.00';
    noteChange();
    await waitFor(() => expect(screen.getByTestId('total-annual').textContent).toContain('$20,000.00'));
  });

  it('has a row for each license type and a total that is the headline', async () => {
    serve();
    render(Overview, { app: LUCID });
    await opened();
    for (const type of SPEND.by_license_type) {
      expect(screen.getByTestId(`type-row-${type.license_type}`).textContent).toContain(type.name);
    }
    expect(within(screen.getByTestId('type-row-total')).getByText('$13,286.40')).toBeDefined();
  });

  it('asks for a sync while there is no roster', () => {
    const calls = serve();
    render(Overview, { app: NEVER });
    expect(screen.getByTestId('overview-not-synced').textContent).toContain('has not been read yet');
    expect(screen.getByTestId('overview-sync')).toBeDefined();
    expect(screen.queryByTestId('total-annual')).toBeNull();
    expect(calls.some(({ name }) => name === 'sync_start')).toBe(false);
  });

  it('leads to License Details while nothing was purchased, and does not call a missing price zero', async () => {
    serve({ spend: () => nothingBought });
    render(Overview, { app: LUCID });
    const { total } = await opened();
    expect(total.textContent).toContain('Not known yet');
    expect(screen.getByTestId('unassigned-seats').textContent).toContain('–');
    await userEvent.click(screen.getByTestId('enter-prices'));
    expect(window.location.hash).toBe('#/app/lucidchart/licenses');
  });

  it('says findings as sentences', async () => {
    const message = '12 more members hold Can-Edit than seats were purchased.';
    serve({
      spend: () => ({ ...SPEND, findings: [{ code: 'over-assigned', message, count: 12, examples: [] }] }),
    });
    render(Overview, { app: LUCID });
    await opened();
    expect(screen.getByTestId('finding-over-assigned').textContent).toContain(message);
  });

  it('keeps the numbers when a later read fails', async () => {
    let broken = false;
    const problem = { code: 'store-busy', message: 'The data is busy.', hint: 'Try again.' };
    serve({ spend: () => (broken ? Promise.reject(problem) : SPEND) });
    render(Overview, { app: LUCID });
    await opened();
    broken = true;
    noteChange();
    expect((await screen.findByTestId('overview-problem')).textContent).toContain('The data is busy.');
    expect(screen.getByTestId('total-annual').textContent).toContain('$13,286.40');
  });
});

describe('the bases', () => {
  it('are all named, in groups, each explained one click away', async () => {
    serve();
    render(Overview, { app: LUCID });
    await opened();
    for (const { key, label } of SPEND.bases) {
      expect(screen.getByTestId(`basis-${key}`).textContent).toContain(label);
    }
    await userEvent.click(screen.getByTestId('basis-figure-waste-at-renewal'));
    expect((await screen.findByTestId('basis-figure-waste-at-renewal-panel')).textContent).toContain(
      '19 × $103.80',
    );
  });

  it('split waste into now and at renewal, with its day and the day to give notice', async () => {
    serve();
    render(Overview, { app: LUCID });
    await opened();
    expect(screen.getByTestId('basis-waste-now').textContent).toContain('$0.00');
    const later = screen.getByTestId('basis-waste-at-renewal').textContent;
    expect(later).toContain('$1,972.20');
    expect(later).toContain('from 1 Apr 2027, notice by 31 Dec 2026');
  });

  it('say once what blocks them, and never show 0 for it', async () => {
    serve({ spend: () => ({ ...SPEND, bases: BLOCKED_BASES }) });
    render(Overview, { app: LUCID });
    await opened();
    const said = screen.getByTestId('bases-blocked');
    expect(within(said).getAllByRole('listitem')).toHaveLength(1);
    expect(said.textContent).toContain(MISSING_RATE);
    expect(said.textContent).toContain('12 figures are not known');
    expect(screen.getByTestId('basis-figure-run-rate').textContent).toContain('Not known');
  });

  it('are shown even when this window has not heard of one', () => {
    const [first] = SPEND.bases;
    if (!first) throw new Error('the fixture has bases');
    const groups = basisGroups([...SPEND.bases, { ...first, key: 'new-one' }]);
    expect(groups.at(-1)?.bases.map(({ key }) => key)).toEqual(['new-one']);
    expect(groups.flatMap(({ bases }) => bases)).toHaveLength(SPEND.bases.length + 1);
  });
});

describe('counts', () => {
  it.each(['billable-accounts', 'unassigned-seats', 'assigned-can-edit', 'purchased-can-edit'])(
    'of %s are explained by what the ledger says',
    async (figure) => {
      serve();
      render(Overview, { app: LUCID });
      await opened();
      await userEvent.click(screen.getByTestId(figure));
      expect((await screen.findByTestId(`${figure}-panel`)).textContent).toContain('come about');
    },
  );

  it('have no number where seats are unlimited', async () => {
    serve({ spend: () => ({ ...SPEND, counts: seatCounts(null, 131, 128) }) });
    render(Overview, { app: LUCID });
    await opened();
    expect(screen.getByTestId('unassigned-seats').textContent).toContain('No limit');
    expect(screen.getByTestId('type-row-total').textContent).toContain('Unlimited');
  });
});
