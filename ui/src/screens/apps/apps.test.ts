import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { serve } from '../../../tests/fixture/backend';
import { inList, unknownFigure, usd } from '../../../tests/fixture/figures';
import { LUCID, SPEND } from '../../../tests/fixture/views';
import AppsTable from './AppsTable.svelte';

const NO_PRICE = 'Can-Edit has no price.';

describe('the list of apps', () => {
  it.each([
    ['spend', SPEND.billable_annual.because],
    ['accounts', SPEND.counts.billable.because],
    ['unassigned', SPEND.counts.unassigned.because],
  ])('asks why the figure %s is what it is once somebody wants to know', async (key, because) => {
    const calls = serve({ spend: () => SPEND });
    render(AppsTable, { rows: [LUCID] });
    const figure = screen.getByTestId(`${key}-lucidchart`);
    expect(calls).toEqual([]);
    await userEvent.click(figure);
    const reason = within(await screen.findByTestId('apps-reason-panel'));
    expect((await reason.findAllByTestId('explanation-step'))[0]?.textContent).toContain(because.label);
    expect(calls).toEqual([{ name: 'spend', request: { app: 'lucidchart', as_of: null } }]);
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(figure));
  });

  it('marks an amount that leaves something out, and says what is not known', () => {
    const row = { ...LUCID, billable_annual: inList(usd('5.00', SPEND.billable_annual.because, NO_PRICE)) };
    const unknown = { ...LUCID, app: 'other', billable_annual: inList(unknownFigure('Spend', NO_PRICE)) };
    render(AppsTable, { rows: [row, unknown] });
    expect(screen.getByTestId('spend-lucidchart').textContent).toMatch(/\$5\.00\s*\*/);
    expect(screen.getByTestId('spend-other').textContent).toContain('Not known');
    expect(screen.getByTestId('spend-other').textContent).not.toContain('*');
  });

  it('tells when the reason cannot be had', async () => {
    const problem = { code: 'store', message: 'The database cannot be read.', hint: 'Try again.' };
    serve({ spend: () => Promise.reject(problem) });
    render(AppsTable, { rows: [LUCID] });
    await userEvent.click(screen.getByTestId('spend-lucidchart'));
    expect((await screen.findByTestId('apps-reason-panel')).textContent).toContain(
      'cannot be read. Try again.',
    );
  });
});
