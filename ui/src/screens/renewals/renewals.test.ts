import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { serve, type Answers } from '../../../tests/fixture/backend';
import { choose } from '../../../tests/fixture/choose';
import { manyRenewals, RENEWAL, RENEWALS, renewalsView } from '../../../tests/fixture/outlook';
import { LUCID, SECOND, SETTINGS } from '../../../tests/fixture/views';
import { apps } from '../../state/apps.svelte';
import { applySettings } from '../../state/settings.svelte';
import { dismissToast, toasts } from '../../state/toasts.svelte';
import RenewalTable from './RenewalTable.svelte';
import Renewals from './Renewals.svelte';

function open(answers: Partial<Answers> = {}) {
  const calls = serve(answers);
  render(Renewals);
  return { calls, user: userEvent.setup() };
}

beforeEach(() => {
  applySettings(SETTINGS);
  apps.set([LUCID]);
  for (const toast of [...toasts.all]) dismissToast(toast.id);
});

describe('the renewals', () => {
  it('stand in the order of their deadlines, with the finding above', async () => {
    open();
    const table = await screen.findByTestId('renewals-table');
    expect(screen.getByTestId('renewals-title').textContent).toContain('must be decided within 60 days');
    const labels = within(table)
      .getAllByRole('rowheader')
      .map((head) => head.querySelector('a')?.textContent);
    expect(labels).toEqual(RENEWALS.map(({ label }) => label));
  });

  it('show which marks have been reached, not by color alone', async () => {
    open();
    const row = await screen.findByTestId('renewal-lucidchart-1');
    const marks = within(row).getAllByRole('listitem');
    expect(marks.map((mark) => mark.textContent.includes('reached'))).toEqual([true, true, true, false]);
    expect(marks[2]?.getAttribute('aria-current')).toBe('step');
    expect(within(row).getByText('within 60 days')).toBeDefined();
  });

  it('tell the seats that are planned beside those of now', async () => {
    open();
    expect((await screen.findByTestId('renewal-planned-lucidchart-1')).textContent).toContain(
      'then 80, planned',
    );
    expect(screen.queryByTestId('renewal-planned-lucidchart-3')).toBeNull();
  });

  it('say how long ago one expired, and suggest nothing for it', async () => {
    open();
    const row = await screen.findByTestId('renewal-lucidchart-3');
    expect(row.textContent).toContain('Expired 12 days ago');
    expect(row.textContent).not.toContain('0 days left');
    expect(screen.queryByTestId('renewal-seats-lucidchart-3')).toBeNull();
  });

  it('explain the suggested seats and the amount', async () => {
    const { user } = open();
    await user.click(await screen.findByTestId('renewal-seats-lucidchart-1'));
    expect((await screen.findByTestId('renewal-seats-lucidchart-1-panel')).textContent).toContain(
      '85 × 1.10',
    );
    await user.click(screen.getByTestId('renewal-annual-lucidchart-1'));
    const panel = await screen.findByTestId('renewal-annual-lucidchart-1-panel');
    expect(panel.textContent).toContain('100 seats × $9.00 × 12');
  });

  it('never show an unknown price as 0, nor no limit as a number', async () => {
    open();
    const row = await screen.findByTestId('renewal-lucidchart-4');
    expect(row.textContent).toContain('No price');
    expect(row.textContent).toContain('Unlimited');
    expect(row.textContent).not.toContain('$0');
  });

  it('keep their rows when a typed percentage is refused, and say why beside it', async () => {
    const problem = { code: 'not-allowed', message: '"ten" is no percentage.', hint: '' };
    const { user } = open({
      renewals: ({ buffer }) => (buffer === '' ? renewalsView([RENEWAL]) : Promise.reject(problem)),
    });
    await screen.findByTestId('renewal-lucidchart-1');
    await user.type(screen.getByTestId('renewals-buffer'), 'ten');
    expect((await screen.findByTestId('renewals-buffer-problem')).textContent).toContain('no percentage');
    expect(screen.getByTestId('renewal-lucidchart-1')).toBeDefined();
  });

  it('can be those of one app', async () => {
    apps.set([LUCID, SECOND]);
    const { calls } = open();
    await screen.findByTestId('renewals-table');
    await choose('renewals-app', SECOND.app);
    await waitFor(() =>
      expect(calls.findLast(({ name }) => name === 'renewals')?.request).toEqual({
        app: SECOND.app,
        buffer: '',
        as_of: null,
      }),
    );
  });

  it('lead to License Details while nothing ends', async () => {
    const { user } = open({ renewals: () => renewalsView([]) });
    await screen.findByTestId('renewals-empty');
    expect(screen.getByTestId<HTMLButtonElement>('renewals-export').disabled).toBe(true);
    await user.click(screen.getByTestId('renewals-licenses'));
    expect(window.location.hash).toBe('#/app/lucidchart/licenses');
  });

  it('are all there when they are many', async () => {
    open({ renewals: () => renewalsView(manyRenewals(60)) });
    const table = await screen.findByTestId('renewals-table');
    expect(within(table).getAllByRole('rowheader')).toHaveLength(60);
  });
});

describe('the calendar file', () => {
  it('goes where the save dialog says', async () => {
    const { calls, user } = open({ export_path_choose: () => '/home/mira/mine.ics' });
    await screen.findByTestId('renewals-table');
    await user.click(screen.getByTestId('renewals-export'));
    await waitFor(() => expect(toasts.all.at(-1)?.text).toContain('/home/mira/mine.ics'));
    expect(calls.find(({ name }) => name === 'export_path_choose')?.request).toEqual({
      suggested: '/home/mira/Documents/seatledger-renewals-2026-11-23.ics',
    });
    expect(calls.find(({ name }) => name === 'renewals_export')?.request).toEqual({
      app: null,
      path: '/home/mira/mine.ics',
    });
  });

  it('is not written when the save dialog is closed', async () => {
    const { calls, user } = open({ export_path_choose: () => null });
    await screen.findByTestId('renewals-table');
    await user.click(screen.getByTestId('renewals-export'));
    await waitFor(() =>
      expect(screen.getByTestId<HTMLButtonElement>('renewals-export').disabled).toBe(false),
    );
    expect(calls.some(({ name }) => name === 'renewals_export')).toBe(false);
  });

  it('that cannot be written says why', async () => {
    const { user } = open({
      renewals_export: () =>
        Promise.reject({ code: 'file-not-written', message: 'The disk is full.', hint: 'Free some space.' }),
    });
    await screen.findByTestId('renewals-table');
    await user.click(screen.getByTestId('renewals-export'));
    expect((await screen.findByTestId('renewals-export-problem')).textContent).toContain('The disk is full.');
  });

  it('show five hundred in parts', async () => {
    const [first] = RENEWALS;
    if (first === undefined) throw new Error('a renewal');
    const many = Array.from({ length: 500 }, (_, at) => ({ ...first, purchase: at + 1 }));
    render(RenewalTable, { rows: many, withApp: false });
    expect(screen.getAllByTestId(/^renewal-sentence-/)).toHaveLength(100);
    expect(screen.getByTestId('renewals-rest').textContent).toContain('100 more of 400 renewals');
    await userEvent.click(screen.getByTestId('renewals-rest'));
    expect(screen.getAllByTestId(/^renewal-sentence-/)).toHaveLength(200);
  });
});

describe('whoever is responsible', () => {
  it('stands with the renewal, and whom it is recalled to', () => {
    const owned = { ...RENEWAL, owner: 'Mira Okafor', reminder: 'licenses@acme.example' };
    const mailed = { ...RENEWAL, purchase: 2, reminder: 'licenses@acme.example' };
    render(RenewalTable, { rows: [owned, mailed, { ...RENEWAL, purchase: 3 }], withApp: false });
    const who = (id: number) => screen.queryByTestId(`renewal-who-lucidchart-${String(id)}`)?.textContent;
    expect(who(1)).toBe('Mira Okafor; reminder to licenses@acme.example');
    expect(who(2)).toBe('reminder to licenses@acme.example');
    expect(who(3)).toBeUndefined();
  });
});
