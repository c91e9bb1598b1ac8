import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { BILLABLE_ANNUAL, unknownFigure, usd } from '../../tests/fixture/figures';
import FigureValue from './FigureValue.svelte';

describe('a figure', () => {
  it('explains itself by keyboard and gives the focus back', async () => {
    const user = userEvent.setup();
    render(FigureValue, { figure: BILLABLE_ANNUAL, testid: 'spend' });
    const number = screen.getByTestId('spend');
    await user.tab();
    expect(document.activeElement).toBe(number);

    await user.keyboard('{Enter}');
    const explanation = await screen.findByTestId('explanation');
    const words = explanation.textContent ?? '';
    expect(words).toContain('128 × $103.80');
    expect(words).toContain('Active members who hold a billable license type.');
    expect(within(explanation).getAllByTestId('explanation-step').length).toBe(7);

    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId('explanation')).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(number));
  });

  it('says how it was rounded', async () => {
    const rounding =
      'Exactly $85.00 ÷ 3: $28.33 below it, and the $0.01 left over, for the largest remainder';
    const figure = usd('28.34', { ...BILLABLE_ANNUAL.because, rounding });
    render(FigureValue, { figure, testid: 'spend' });
    await userEvent.click(screen.getByTestId('spend'));
    expect((await screen.findByTestId('explanation-rounding')).textContent).toBe(`${rounding}.`);
  });

  it('that is not known is not shown as 0, and says why', async () => {
    const user = userEvent.setup();
    render(FigureValue, { figure: unknownFigure('Spend', 'Can-Edit has no price.'), testid: 'spend' });
    expect(screen.getByTestId('spend').textContent).toContain('Not known');
    expect(screen.getByTestId('spend').textContent).not.toContain('0');
    await user.click(screen.getByTestId('spend'));
    expect((await screen.findByTestId('explanation-caveat')).textContent).toBe('Can-Edit has no price.');
  });
});
