import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { serve, type Call } from '../../../tests/fixture/backend';
import { LUCID, SETTINGS } from '../../../tests/fixture/views';
import type { RosterPageRequest } from '../../ipc/gen/RosterPageRequest';
import { allActions } from '../../state/actions.svelte';
import { applySettings } from '../../state/settings.svelte';
import { toasts } from '../../state/toasts.svelte';
import Activity from './Activity.svelte';
import { rosterView, RosterView } from './roster-view.svelte';

function asked(calls: Call[]): RosterPageRequest[] {
  return calls.filter((each) => each.name === 'roster_page').map((each) => each.request as RosterPageRequest);
}

const lastAsked = (calls: Call[]) => asked(calls).at(-1)?.query;

async function open(calls: Call[]) {
  render(Activity, { app: LUCID });
  await screen.findAllByTestId('roster-row');
  await screen.findByTestId('license-chip-can-edit');
  return { user: userEvent.setup(), calls };
}

beforeEach(() => {
  applySettings(SETTINGS);
  const fresh = new RosterView(LUCID.app);
  const view = rosterView(LUCID.app);
  view.query = fresh.query;
  view.hidden = fresh.hidden;
  view.widths = fresh.widths;
});

describe('the Activity tab', () => {
  it('shows rows as high as was chosen, from the menu or by name, and keeps the choice', async () => {
    const calls = serve();
    const { user } = await open(calls);
    const grid = screen.getByTestId('roster-grid');
    const body = grid.querySelector<HTMLElement>('.body');
    expect(body?.style.height).toBe(`${545 * 36}px`);
    await user.click(screen.getByTestId('rows-menu'));
    expect((await screen.findByTestId('rows-menu-default')).getAttribute('aria-checked')).toBe('true');
    await user.click(screen.getByTestId('rows-menu-compact'));
    await waitFor(() => expect(body?.style.height).toBe(`${545 * 28}px`));
    expect(grid.style.getPropertyValue('--row')).toBe('28px');
    const kept = calls.filter((each) => each.name === 'settings_change');
    expect(kept.map((each) => each.request)).toMatchObject([{ density: 'compact', theme: null }]);

    allActions()
      .find((action) => action.id === 'rows-comfortable')
      ?.run();
    await waitFor(() => expect(body?.style.height).toBe(`${545 * 44}px`));
  });

  it('asks for one page and says how many members there are', async () => {
    const { calls } = await open(serve({}, 100_000));
    expect(screen.getByTestId('matching').textContent).toBe('100,000 members');
    expect(asked(calls).every((request) => request.limit <= 200)).toBe(true);
    const grid = screen.getByTestId('roster-grid');
    expect(grid.getAttribute('aria-rowcount')).toBe('100001');
    expect(screen.getAllByTestId('roster-row').length).toBeLessThan(60);
  });

  it('filters by license type first, with its count on the chip', async () => {
    const { user, calls } = await open(serve());
    const chip = screen.getByTestId('license-chip-can-edit');
    expect(chip.textContent).toContain('132');
    await user.click(chip);
    await waitFor(() => expect(lastAsked(calls)?.license_types).toEqual(['can-edit']));
    await waitFor(() => expect(screen.getByTestId('matching').textContent).toBe('132 of 545 members'));
    expect(chip.getAttribute('aria-pressed')).toBe('true');
    await user.click(screen.getByTestId('remove-filter-license_types'));
    await waitFor(() => expect(lastAsked(calls)?.license_types).toEqual([]));
  });

  it('filters by department from the menu', async () => {
    const { user, calls } = await open(serve());
    await user.click(screen.getByTestId('filter-menu'));
    await user.click(await screen.findByTestId('filter-section-departments'));
    await user.click(await screen.findByTestId('filter-departments-Design'));
    await waitFor(() => expect(lastAsked(calls)?.departments).toEqual(['Design']));
  });

  it('sorts in the backend and tells it to screen readers', async () => {
    const { user, calls } = await open(serve());
    const header = screen.getByTestId('column-family_name');
    expect(header.getAttribute('aria-sort')).toBe('none');
    await user.click(header);
    await waitFor(() => expect(lastAsked(calls)).toMatchObject({ sort: 'family_name', descending: false }));
    await user.click(header);
    await waitFor(() => expect(lastAsked(calls)).toMatchObject({ sort: 'family_name', descending: true }));
    expect(header.getAttribute('aria-sort')).toBe('descending');
    expect(screen.getByTestId('column-groups').hasAttribute('aria-sort')).toBe(false);
    await user.click(screen.getByTestId('column-last_activity'));
    await waitFor(() => expect(lastAsked(calls)).toMatchObject({ sort: 'last_activity', descending: false }));
  });

  it('searches after a pause, repeats an empty search and clears it', async () => {
    const { user, calls } = await open(serve());
    await user.type(screen.getByTestId('roster-search'), 'zzz nobody');
    expect(await screen.findByTestId('no-result')).toBeDefined();
    expect(screen.getByTestId('no-result').textContent).toContain('Search: “zzz nobody”');
    expect(asked(calls).filter((request) => request.query.search !== '').length).toBeLessThan(5);
    await user.click(screen.getByTestId('clear-filters'));
    await waitFor(() => expect(screen.queryByTestId('no-result')).toBeNull());
    expect(screen.getByTestId<HTMLInputElement>('roster-search').value).toBe('');
  });

  it('filters by last activity, which tells never and not monitored apart', async () => {
    const { user, calls } = await open(serve());
    await user.click(screen.getByTestId('filter-menu'));
    await user.click(await screen.findByTestId('filter-section-activity'));
    await user.click(await screen.findByTestId('filter-activity-never'));
    await waitFor(() => expect(lastAsked(calls)?.activity).toEqual(['never']));
    await waitFor(() =>
      expect(document.querySelector('[data-column="last_activity"]')?.textContent?.trim()).toBe('Never'),
    );
    expect(screen.getByTestId('remove-filter-activity')).toBeDefined();
  });

  it('says Not monitored and Unknown, never an empty cell or a date', async () => {
    await open(serve());
    const cells = [...document.querySelectorAll('[role="gridcell"][data-column="last_activity"]')];
    const said = cells.map((cell) => cell.textContent?.trim());
    expect(said).toContain('Not monitored');
    expect(said).toContain('Never');
    expect(said).not.toContain('');
    await userEvent.click(screen.getByTestId('license-chip-unknown'));
    await waitFor(() =>
      expect(document.querySelector('[data-column="license_type"]')?.textContent?.trim()).toBe('Unknown'),
    );
  });

  it('moves by keyboard and opens the history, which gives the focus back', async () => {
    const { user } = await open(serve());
    document.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')?.focus();
    await user.keyboard('{ArrowDown}{ArrowRight}');
    await waitFor(() => expect(document.activeElement?.id).toBe('cell-1-1'));
    await user.keyboard('{Enter}');
    const panel = await screen.findByTestId('member-panel');
    await waitFor(() => expect(panel.textContent).toContain('Upgraded from View-Only to Can-Edit'));
    await waitFor(() => expect(document.activeElement).toBe(panel));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId('member-panel')).toBeNull());
    await waitFor(() => expect(document.activeElement?.id).toBe('cell-1-1'));
  });

  it('resizes a column by keyboard and hides one', async () => {
    const { user } = await open(serve());
    const view = rosterView(LUCID.app);
    screen.getByTestId('column-email').focus();
    await user.keyboard('{Alt>}{ArrowRight}{/Alt}');
    expect(view.widths['email']).toBe(246);
    view.toggleColumn('email');
    await waitFor(() => expect(screen.queryByTestId('column-email')).toBeNull());
  });

  it('asks for a past day', async () => {
    const { user, calls } = await open(serve());
    await user.click(screen.getByTestId('as-of'));
    const day = await screen.findByTestId<HTMLInputElement>('as-of-day');
    await user.clear(day);
    await user.type(day, '2027-01-01{Enter}');
    expect((await screen.findByTestId('as-of-day-problem')).textContent).toContain('has not come yet');
    await user.clear(day);
    await user.type(day, '2026-03-01{Enter}');
    await waitFor(() => expect(lastAsked(calls)?.as_of).toBe('2026-03-01'));
    expect(screen.getByTestId('matching').textContent).toContain('as of 1 Mar 2026');
  });

  it('keeps the list and tells the problem when a page cannot be read', async () => {
    serve({
      roster_page: () =>
        Promise.reject({ code: 'store-busy', message: 'The database is busy.', hint: 'Try again.' }),
    });
    render(Activity, { app: LUCID });
    expect((await screen.findByTestId('roster-problem')).textContent).toContain('The database is busy.');
  });
});

describe('the export', () => {
  it('writes the filtered set with the shown columns to the typed path', async () => {
    const { user, calls } = await open(serve());
    await user.click(screen.getByTestId('license-chip-can-edit'));
    await waitFor(() => expect(screen.getByTestId('matching').textContent).toBe('132 of 545 members'));
    await user.click(screen.getByTestId('export'));
    const path = await screen.findByTestId<HTMLInputElement>('export-path');
    expect(path.value).toBe('/home/mira/Documents/lucidchart-roster-2026-11-23.csv');
    expect(screen.getByTestId('export-dialog').textContent).toContain('132 members that match the filters');
    await user.click(screen.getByTestId('export-format-json'));
    expect(path.value).toBe('/home/mira/Documents/lucidchart-roster-2026-11-23.json');
    await user.click(screen.getByTestId('export-format-csv'));
    await fireEvent.input(path, { target: { value: '/tmp/can-edit.csv' } });
    await user.click(screen.getByTestId('export-save'));
    await waitFor(() => expect(screen.queryByTestId('export-dialog')).toBeNull());
    const request = calls.find((each) => each.name === 'roster_export')?.request;
    expect(request).toMatchObject({
      format: 'csv',
      path: '/tmp/can-edit.csv',
      query: { license_types: ['can-edit'] },
    });
    expect((request as { columns: string[] }).columns).toContain('last_activity');
    expect((request as { columns: string[] }).columns).not.toContain('products');
    expect(toasts.all.at(-1)?.text).toBe('Exported 132 rows to /tmp/can-edit.csv');
  });

  it('writes a workbook too', async () => {
    const { user, calls } = await open(serve());
    await user.click(screen.getByTestId('export'));
    const path = await screen.findByTestId<HTMLInputElement>('export-path');
    await user.click(screen.getByTestId('export-format-xlsx'));
    expect(path.value).toBe('/home/mira/Documents/lucidchart-roster-2026-11-23.xlsx');
    await user.click(screen.getByTestId('export-format-json'));
    expect(path.value).toBe('/home/mira/Documents/lucidchart-roster-2026-11-23.json');
    await user.click(screen.getByTestId('export-format-xlsx'));
    await user.click(screen.getByTestId('export-save'));
    await waitFor(() => expect(screen.queryByTestId('export-dialog')).toBeNull());
    expect(calls.find((each) => each.name === 'roster_export')?.request).toMatchObject({ format: 'xlsx' });
  });

  it('offers the cost records beside the roster', async () => {
    const { user, calls } = await open(serve());
    await user.click(screen.getByTestId('export'));
    await user.click(await screen.findByTestId('export-what-focus'));
    await user.type(screen.getByTestId('focus-from'), '2026-01-01');
    await user.click(screen.getByTestId('export-save'));
    await waitFor(() => expect(screen.queryByTestId('export-dialog')).toBeNull());
    expect(calls.find((each) => each.name === 'focus_export')?.request).toEqual({
      app: 'lucidchart',
      version: '1.2',
      from: '2026-01-01',
      to: null,
      path: '/home/mira/Documents/lucidchart-costs-focus-1.2-2026-11-23.csv',
    });
    expect(calls.some((each) => each.name === 'roster_export')).toBe(false);
  });

  it('stays open with the path when the file cannot be written', async () => {
    const full = { code: 'file-not-written', message: 'The disk is full.', hint: 'Free some space.' };
    const { user } = await open(serve({ roster_export: () => Promise.reject(full) }));
    await user.click(screen.getByTestId('export'));
    const path = await screen.findByTestId<HTMLInputElement>('export-path');
    await user.click(screen.getByTestId('export-save'));
    expect((await screen.findByTestId('export-problem')).textContent).toContain('The disk is full.');
    expect(path.value).toContain('lucidchart-roster');
  });
});
