import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { ActiveDateChart as ActiveDates } from '../ipc/gen/ActiveDateChart';
import type { SeatChart as Seats } from '../ipc/gen/SeatChart';
import ActiveDateChart from './ActiveDateChart.svelte';
import ChangesChart from './ChangesChart.svelte';
import SeatBar from './SeatBar.svelte';
import SeatChart from './SeatChart.svelte';
import { typeTones } from './tones';

const tones = typeTones(['can-edit', 'view-only']);
const seats: Seats = {
  title: '74 of 100 purchased seats are assigned',
  subtitle: 'Seats by license type, 1 Jan to 23 Nov 2026',
  from: '2026-01-01',
  to: '2026-11-23',
  bands: [
    {
      license_type: 'can-edit',
      name: 'Can-Edit',
      billable: true,
      points: [
        { date: '2026-01-01', seats: 70 },
        { date: '2026-06-01', seats: 74 },
      ],
    },
    {
      license_type: 'view-only',
      name: 'View-Only',
      billable: false,
      points: [{ date: '2026-01-01', seats: 188 }],
    },
  ],
  purchased: [{ date: '2026-01-01', seats: 100 }],
  gaps: [{ from: '2026-03-05', to: '2026-04-22' }],
};
const active: ActiveDates = {
  title: 'Most members are new',
  subtitle: 'Members by month',
  types: [
    { license_type: 'can-edit', name: 'Can-Edit' },
    { license_type: 'view-only', name: 'View-Only' },
  ],
  months: [
    { month: '2026-10', counts: [3, 4] },
    { month: '2026-11', counts: [1, 0] },
  ],
  undated: 2,
};
const changes = [
  { month: '2026-10', joined: 9, upgraded: 2, left: 4, downgraded: 1 },
  { month: '2026-11', joined: 0, upgraded: 0, left: 3, downgraded: 0 },
];
const cells = (table: HTMLElement) =>
  within(table)
    .getAllByRole('row')
    .map((row) => [...row.children].map((cell) => cell.textContent?.trim()));

describe('every chart', () => {
  it('has a caption, a sentence, and the newest values as text', () => {
    render(SeatChart, { chart: seats, tones, today: '2026-11-23' });
    expect(screen.getByRole('figure', { name: seats.title })).toBeDefined();
    expect(screen.getByText(/On 23 Nov 2026: Can-Edit 74, Purchased 100, View-Only 188/u)).toBeDefined();
    expect(screen.getByRole('status').textContent).toMatch(
      /23 Nov 2026.*Can-Edit.*74.*Purchased.*100.*View-Only.*188/su,
    );
  });

  it('names its gaps', () => {
    render(SeatChart, { chart: seats, tones, today: '2026-11-23' });
    expect(screen.getByTestId('chart-seats-note').textContent).toBe(
      'No readings from 5 Mar 2026 to 22 Apr 2026: nothing is drawn there.',
    );
  });

  it('is read with arrow keys', async () => {
    render(SeatChart, { chart: seats, tones, today: '2026-11-23' });
    const user = userEvent.setup();
    screen.getByTestId('chart-seats-plot').focus();
    const status = screen.getByRole('status');
    await user.keyboard('{Home}');
    expect(status.textContent).toMatch(/1 Jan 2026.*Can-Edit.*70/su);
    await user.keyboard('{ArrowRight}');
    expect(status.textContent).toMatch(/no readings from 5 Mar 2026/u);
    expect(status.textContent).not.toMatch(/Can-Edit/u);
    await user.keyboard('{ArrowRight}{ArrowRight}');
    expect(status.textContent).toMatch(/1 Jun 2026.*Can-Edit.*74/su);
    await user.keyboard('{Escape}');
    expect(status.textContent).toMatch(/23 Nov 2026/u);
  });

  it('shows the same numbers as a table', async () => {
    render(SeatChart, { chart: seats, tones, today: '2026-11-23' });
    await userEvent.click(screen.getByRole('button', { name: 'Show data as a table' }));
    expect(cells(screen.getByRole('table'))).toEqual([
      ['From', 'Can-Edit', 'View-Only (not billable)', 'Purchased'],
      ['23 Nov 2026', '74', '188', '100'],
      ['1 Jun 2026', '74', '188', '100'],
      ['22 Apr 2026', '70', '188', '100'],
      ['5 Mar 2026', 'no reading', 'no reading', '100'],
      ['1 Jan 2026', '70', '188', '100'],
    ]);
    expect(screen.queryByTestId('chart-seats-plot')).toBeNull();
  });

  it('hides its drawing from screen readers: the words say it all', () => {
    const { container } = render(SeatChart, { chart: seats, tones, today: '2026-11-23' });
    expect(container.querySelector('.plot > svg')?.getAttribute('aria-hidden')).toBe('true');
  });
});

describe('members by Active date', () => {
  it('draws a bar part for every count and says who is left out', () => {
    const { container } = render(ActiveDateChart, { chart: active, tones });
    expect(container.querySelectorAll('[data-part="can-edit"]')).toHaveLength(2);
    expect(container.querySelectorAll('[data-part="view-only"]')).toHaveLength(1);
    expect(screen.getByTestId('chart-active-dates-note').textContent).toContain(
      '2 members have no Active date',
    );
  });

  it('has the same numbers in its table', async () => {
    render(ActiveDateChart, { chart: active, tones });
    await userEvent.click(screen.getByRole('button', { name: 'Show data as a table' }));
    expect(cells(screen.getByRole('table'))).toEqual([
      ['Month', 'Can-Edit', 'View-Only', 'All'],
      ['Nov 2026', '1', '0', '1'],
      ['Oct 2026', '3', '4', '7'],
    ]);
  });

  it('survives having no month', () => {
    render(ActiveDateChart, { chart: { ...active, months: [], types: [], undated: 0 }, tones });
    expect(screen.getByRole('status').textContent?.trim()).toBe('');
  });
});

describe('changes by month', () => {
  it('states the finding and the net', async () => {
    render(ChangesChart, { months: changes });
    expect(screen.getByRole('heading').textContent).toBe('9 members joined, 7 left');
    expect(screen.getByRole('status').textContent).toMatch(/Nov 2026.*Left.*3.*Net.*−3/su);
    await userEvent.click(screen.getByRole('button', { name: 'Show data as a table' }));
    expect(cells(screen.getByRole('table'))).toEqual([
      ['Month', 'Joined', 'Upgraded', 'Left', 'Downgraded', 'Net'],
      ['Nov 2026', '0', '0', '3', '0', '−3'],
      ['Oct 2026', '9', '2', '4', '1', '+6'],
    ]);
  });
});

it('a seat bar says in words what it shows', () => {
  const used = { purchased: 100, unlimited: false, assigned: 72, unassigned: 28, over_assigned: 0 };
  render(SeatBar, { name: 'Can-Edit', seats: used, tone: 'var(--type-1)' });
  expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
    '72 members hold Can-Edit of 100 purchased seats; 28 unassigned.',
  );
});
