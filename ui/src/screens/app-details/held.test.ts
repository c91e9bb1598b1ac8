import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { serve, SYNC_DONE, type Answers } from '../../../tests/fixture/backend';
import { heldView } from '../../../tests/fixture/connections';
import { LUCID } from '../../../tests/fixture/views';
import type { HeldRequest } from '../../ipc/gen/HeldRequest';
import { dismissSync } from '../../state/syncs.svelte';
import Header from './Header.svelte';

const HELD = { ...LUCID, state: 'held' as const, state_sentence: 'Held: 61 users instead of 545' };
const NOTHING = { code: 'nothing-held', message: 'No roster waits for a decision.', hint: 'Sync again.' };

beforeEach(() => dismissSync(LUCID.app));

async function look(replaced: Partial<Answers> = {}) {
  const calls = serve(replaced);
  render(Header, { app: HELD });
  const user = userEvent.setup();
  await user.click(screen.getByTestId('held-review'));
  const button = await screen.findByTestId('held-look');
  expect(calls.map((call) => call.name)).not.toContain('held_roster');
  await user.click(button);
  const requests = () =>
    calls.filter((call) => call.name === 'held_roster').map((call) => call.request as HeldRequest);
  return { calls, requests, button, user };
}

describe('a roster that is held', () => {
  it('shows who would go, and how many would join or change', async () => {
    const { button } = await look();
    expect((await screen.findByTestId('held-go')).textContent).toBe('484');
    expect(screen.getByTestId('held-join').textContent).toBe('2');
    expect(screen.getByTestId('held-change').textContent).toBe('5');
    expect(button.getAttribute('aria-expanded')).toBe('true');
    const first = heldView(1, { app: '', offset: 0, limit: 1 }).rows[0];
    await waitFor(() => expect(screen.getAllByTestId('held-row')[0]?.textContent).toContain(first?.name));
    expect(screen.getAllByTestId('held-row')[0]?.textContent).toContain('Can-Edit');
    expect(screen.getByTestId('held-table').getAttribute('aria-rowcount')).toBe('485');
  });

  it('of a hundred thousand is neither fetched nor drawn whole', async () => {
    const { requests } = await look({ held_roster: (request) => heldView(100_000, request) });
    expect((await screen.findByTestId('held-go')).textContent).toBe('100,000');
    await waitFor(() => expect(screen.getAllByTestId('held-row')[0]?.textContent).not.toBe(''));
    expect(screen.getAllByTestId('held-row').length).toBeLessThan(60);
    expect(requests().every(({ limit }) => limit <= 200)).toBe(true);
    expect(requests().length).toBeLessThan(5);
  });

  it('says why it waits, and what accepting does once somebody looks, in one place', async () => {
    const { button, user } = await look();
    await screen.findByTestId('held-go');
    const reason = () => screen.getByTestId('held-reason').textContent;
    expect(reason()).toContain('If it is accepted, 484 members would leave');
    expect(screen.getAllByText(/would leave/)).toHaveLength(1);
    await user.click(button);
    expect(reason()).toBe(HELD.state_sentence);
  });

  it('from which nobody would go says so', async () => {
    await look({ held_roster: (request) => heldView(0, request) });
    expect((await screen.findByTestId('held-nobody')).textContent).toContain('Nobody would go');
    expect(screen.queryByTestId('held-table')).toBeNull();
  });

  it('that cannot be looked at can still be decided', async () => {
    const accepted: boolean[] = [];
    const { user } = await look({
      held_roster: () => Promise.reject(NOTHING),
      sync_start: (request) => {
        accepted.push(request.accept_drop);
        return SYNC_DONE;
      },
    });
    expect((await screen.findByTestId('held-problem')).textContent).toContain(NOTHING.message);
    await user.click(screen.getByTestId('held-accept'));
    await waitFor(() => expect(accepted).toEqual([true]));
  });

  it('is kept without writing anything', async () => {
    const { calls, user } = await look();
    await screen.findByTestId('held-go');
    await user.click(screen.getByTestId('held-keep'));
    await waitFor(() => expect(screen.queryByTestId('held-dialog')).toBeNull());
    expect(calls.map((call) => call.name)).not.toContain('sync_start');
  });
});
