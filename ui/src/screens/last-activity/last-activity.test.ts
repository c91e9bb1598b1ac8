import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { serve } from '../../../tests/fixture/backend';
import { ACTIVITY, activityPreview } from '../../../tests/fixture/last-activity';
import { SETTINGS } from '../../../tests/fixture/views';
import { route } from '../../state/route.svelte';
import { applySettings } from '../../state/settings.svelte';
import { toasts } from '../../state/toasts.svelte';
import { rosterView } from '../activity/roster-view.svelte';
import { lastActivity, leftOpen, outcome } from './activity-words';
import ActivitySection from './ActivitySection.svelte';
import { ActivityImporting } from './importing.svelte';
import Reclaim from './Reclaim.svelte';

beforeEach(() => applySettings(SETTINGS));

describe('the import of last activity', () => {
  it('shows what a file tells before it is kept, and takes it back from the toast', async () => {
    const calls = serve();
    const user = userEvent.setup();
    render(ActivitySection, { app: 'lucidchart' });
    await user.click(await screen.findByTestId('activity-import'));
    const path = await screen.findByTestId('activity-path');
    await fireEvent.input(path, { target: { value: '/tmp/people.csv' } });
    expect(screen.getByTestId<HTMLButtonElement>('activity-next').disabled).toBe(true);
    await user.click(screen.getByTestId('activity-open'));
    await screen.findByTestId('activity-mapping');
    expect(screen.getByTestId<HTMLSelectElement>('activity-column-last_activity').value).toBe('1');
    expect(screen.getByTestId<HTMLButtonElement>('activity-next').disabled).toBe(false);
    await user.click(screen.getByTestId('activity-next'));
    const told = await screen.findByTestId('activity-outcome');
    expect(told.textContent).toContain('1 of 2 people of the file are on the roster.');
    expect(told.textContent).toContain('nobody@elsewhere.example');
    const asked = calls.find(({ name }) => name === 'activity_preview')?.request;
    expect(asked).toMatchObject({ reading: { until: '', kind: '' }, only_problems: false });
    expect(calls.some(({ name }) => name === 'activity_apply')).toBe(false);
    await user.click(screen.getByTestId('activity-finish'));
    await waitFor(() => expect(screen.queryByTestId('activity-dialog')).toBeNull());
    expect(calls.find(({ name }) => name === 'activity_apply')?.request).toMatchObject({ fingerprint: 'f1' });
    expect(toasts.all.at(-1)?.text).toContain('Last activity of 1 member was imported');
  });

  it('cannot go on before columns tell who, and when', async () => {
    const calls = serve();
    const importing = new ActivityImporting('lucidchart');
    importing.path = '/tmp/people.csv';
    expect(importing.ready).toBe(false);
    await importing.open();
    expect(importing.ready).toBe(true);
    importing.map('last_activity', null);
    expect(importing.ready).toBe(false);
    importing.map('last_activity', 1);
    importing.map('email', null);
    expect(importing.ready).toBe(false);
    importing.map('user_id', 0);
    expect(importing.ready).toBe(true);
    importing.understand({ until: '2026-11-21', date_order: 'day-first' });
    await importing.show();
    expect(importing.preview?.matched).toBe(1);
    const asked = calls.find(({ name }) => name === 'activity_preview')?.request;
    expect(asked).toMatchObject({ reading: { until: '2026-11-21', options: { date_order: 'day-first' } } });
  });

  it('refuses a threshold in words beside the field, and saves another', async () => {
    const calls = serve();
    const user = userEvent.setup();
    render(ActivitySection, { app: 'lucidchart' });
    const days = await screen.findByTestId('counting-days');
    await fireEvent.input(days, { target: { value: '0' } });
    await user.click(screen.getByTestId('counting-save'));
    expect((await screen.findByTestId('counting-days-problem')).textContent).toContain('At least 1');
    await fireEvent.input(days, { target: { value: '30' } });
    await user.click(screen.getByTestId('counting-deactivated'));
    await user.click(screen.getByTestId('counting-save'));
    await waitFor(() => expect(screen.queryByTestId('counting-days-problem')).toBeNull());
    const saved = calls.filter(({ name }) => name === 'counting_save').at(-1)?.request;
    expect(saved).toMatchObject({ inactive_after: '30', deactivated_billable: true });
  });

  it('says what it does not tell', () => {
    const preview = activityPreview({ only_problems: false });
    expect(outcome({ ...preview, unmatched: 0 })).toBe('The person of the file is on the roster.');
    expect(outcome({ ...preview, matched: 0 })).toContain('nothing can be imported');
    expect(leftOpen({ ...preview, kind: 'log' })[0]).toContain('not never');
    expect(lastActivity(null, 'never')).toBe('Never');
    expect(lastActivity(null, 'not-monitored')).toBe('Not monitored');
    expect(lastActivity('2026-11-20', 'inactive')).toBe('20 Nov 2026');
  });
});

describe('who uses what they hold', () => {
  it('leads from every number to the people behind it', async () => {
    serve();
    const user = userEvent.setup();
    render(Reclaim, { app: 'lucidchart' });
    expect((await screen.findByTestId('reclaim-sentence')).textContent).toBe(ACTIVITY.sentence);
    expect(screen.getByTestId('reclaim-caveat').textContent).toContain('between $1,944.00 and $4,104.00');
    await user.click(screen.getByTestId('reclaim-can-edit-inactive'));
    expect(rosterView('lucidchart').query).toMatchObject({
      license_types: ['can-edit'],
      statuses: ['active'],
      activity: ['inactive'],
    });
    expect(route.current).toMatchObject({ screen: 'app', app: 'lucidchart', tab: 'activity' });
  });

  it('asks for an import as long as nothing is known', async () => {
    serve({ activity_summary: () => ({ ...ACTIVITY, known_until: null, imports: [] }) });
    render(Reclaim, { app: 'lucidchart' });
    expect(await screen.findByTestId('reclaim-import')).toBeDefined();
    expect(screen.queryByTestId('reclaim-table')).toBeNull();
  });
});
