import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { serve, type Answers } from '../../../tests/fixture/backend';
import { HEADCOUNTS } from '../../../tests/fixture/ledger';
import HeadcountSection from './HeadcountSection.svelte';

async function open(replaced: Partial<Answers> = {}) {
  const calls = serve(replaced);
  render(HeadcountSection);
  await screen.findByTestId('headcount-save');
  return { calls, user: userEvent.setup() };
}

const field = (name: string) => screen.getByTestId<HTMLInputElement>(`field-headcount-${name}`);

describe('headcounts', () => {
  it('are shown with their day, and an old one says so', async () => {
    const notice = 'The headcount is 45 days old, of 1 Nov 2026: refresh it every month.';
    await open({ headcounts: () => ({ ...HEADCOUNTS, notice }) });
    expect(screen.getByTestId('headcount-row-1').textContent).toContain('1 Nov 2026');
    expect(screen.getByTestId('headcount-row-1').textContent).toContain('250');
    expect(screen.getByTestId('headcount-notice').textContent).toContain('45 days old');
  });

  it('are saved as typed', async () => {
    const { user, calls } = await open();
    await user.type(field('people'), '1,250');
    await user.type(field('day'), '1 Dec 2026');
    await user.click(screen.getByTestId('headcount-save'));
    await waitFor(() => expect(field('people').value).toBe(''));
    const saved = calls.filter(({ name }) => name === 'headcount_save');
    expect(saved.map(({ request }) => request)).toEqual([
      { id: null, form: { day: '1 Dec 2026', people: '1,250' } },
    ]);
  });

  it('say beside the field what is wrong and keep what was typed', async () => {
    const problems = [{ field: 'people', message: 'Employees must be at least 1' }];
    const { user } = await open({ headcount_save: () => ({ headcount: null, problems }) });
    await user.type(field('people'), '0');
    await user.click(screen.getByTestId('headcount-save'));
    expect((await screen.findByTestId('field-headcount-people-problem')).textContent).toContain('at least 1');
    expect(field('people').value).toBe('0');
  });

  it('are deleted, which can be taken back', async () => {
    const { user, calls } = await open();
    await user.click(screen.getByTestId('headcount-delete-1'));
    await waitFor(() =>
      expect(calls.find(({ name }) => name === 'headcount_delete')?.request).toEqual({ id: 1 }),
    );
  });
});
