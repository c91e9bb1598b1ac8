// Undo and Redo by key on every screen, for the app in view or the last one.
import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import App from '../src/App.svelte';
import { apps } from '../src/state/apps.svelte';
import { go, parseHash } from '../src/state/route.svelte';
import { dismissToast, toasts } from '../src/state/toasts.svelte';
import { serve, type Answers } from './fixture/backend';
import { LUCID } from './fixture/views';

const DELETED = 'Delete Can-Edit, 50 seats';

async function open(hash: string, answers: Partial<Answers> = {}) {
  const calls = serve({ undoable: () => ({ undo: DELETED, redo: DELETED }), ...answers });
  go(parseHash(hash));
  render(App);
  await screen.findByTestId('nav-apps');
  await waitFor(() => expect(calls.some(({ name }) => name === 'undoable')).toBe(true));
  return calls;
}

function asked(calls: { name: string; request: unknown }[], name: string): unknown[] {
  return calls.filter((call) => call.name === name).map(({ request }) => request);
}

/** Presses the keys until the command that they stand for is known and was run. */
async function pressed(keys: KeyboardEventInit, run: () => boolean) {
  await waitFor(() => {
    void fireEvent.keyDown(document.body, keys);
    expect(run()).toBe(true);
  });
}

beforeEach(() => {
  apps.set([]);
  for (const toast of [...toasts.all]) dismissToast(toast.id);
});

describe('the keys of Undo and Redo', () => {
  it('work where License Details was left, and say what was done with a way back', async () => {
    const calls = await open(`#/apps/${LUCID.app}/activity`, {
      undo: () => ({ what: `Undone: ${DELETED}.` }),
    });
    await pressed({ key: 'z', ctrlKey: true }, () => asked(calls, 'undo').length > 0);
    expect(asked(calls, 'undo')[0]).toEqual({ app: LUCID.app });
    await waitFor(() => expect(toasts.all.at(-1)?.text).toBe(`Undone: ${DELETED}.`));
    expect(toasts.all.at(-1)?.action?.label).toBe('Redo');
    go(parseHash('#/settings'));
    await pressed({ key: 'z', ctrlKey: true, shiftKey: true }, () => asked(calls, 'redo').length > 0);
    expect(asked(calls, 'redo')[0]).toEqual({ app: LUCID.app });
    const before = asked(calls, 'redo').length;
    await pressed({ key: 'y', ctrlKey: true }, () => asked(calls, 'redo').length > before);
  });

  it('do nothing where there is nothing to take back, and leave text fields alone', async () => {
    const calls = await open(`#/apps/${LUCID.app}/activity`, {
      undoable: () => ({ undo: null, redo: null }),
    });
    await fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true });
    await fireEvent.keyDown(document.body, { key: 'y', ctrlKey: true });
    expect([...asked(calls, 'undo'), ...asked(calls, 'redo')]).toEqual([]);
  });
});
