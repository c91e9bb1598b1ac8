// Undo and Redo of the app in view, or of the one that was last: on every screen, after navigation and after a restart.
import { call } from '../ipc/call';
import { toProblem } from '../ipc/problem';
import { registerActions } from './actions.svelte';
import { appRow, apps } from './apps.svelte';
import { query } from './query.svelte';
import { noteChange } from './revision.svelte';
import { route } from './route.svelte';
import { toast } from './toasts.svelte';

let last = $state<string | null>(null);

/** Whose acts the keys take back: the app in view, else the last one, else the only one. */
function meant(): string | null {
  const here = route.current;
  if (here.screen === 'app') return here.app;
  const all = apps.value ?? [];
  if (last !== null && appRow(last) !== null) return last;
  return all.length === 1 ? (all[0]?.app ?? null) : null;
}

async function step(app: string, which: 'undo' | 'redo'): Promise<void> {
  try {
    const { what } = await call(which, { app });
    noteChange();
    if (what === null) toast(`There is nothing to ${which}.`);
    else if (which === 'redo') toast(what);
    else toast(what, { action: { label: 'Redo', run: () => void redo(app) } });
  } catch (raised) {
    const { message, hint } = toProblem(raised);
    toast(`${message} ${hint}`.trim(), { tone: 'bad' });
  }
}

/** Takes back the last act of an app and says which it was, with a way back. */
export function undo(app: string): Promise<void> {
  return step(app, 'undo');
}

/** Does the act once more that was taken back last. */
export function redo(app: string): Promise<void> {
  return step(app, 'redo');
}

/** Registers both with their keys. Call once, while a component is being set up. */
export function useUndo(): void {
  $effect(() => {
    if (route.current.screen === 'app') last = route.current.app;
  });
  const app = $derived(meant());
  const found = query(async () => {
    const of = app;
    return of === null ? null : { of, ...(await call('undoable', { app: of })) };
  });
  const known = $derived(found.value?.of === app ? found.value : null);
  $effect(() => {
    const [of, undoes, redoes] = [app, known?.undo ?? null, known?.redo ?? null];
    const again = { group: 'General', enabled: () => redoes !== null, run: () => void redo(of ?? '') };
    return registerActions([
      {
        id: 'undo',
        label: undoes === null ? 'Undo' : `Undo: ${undoes}`,
        group: 'General',
        keys: 'mod+z',
        enabled: () => undoes !== null,
        run: () => void undo(of ?? ''),
      },
      { ...again, id: 'redo', label: redoes === null ? 'Redo' : `Redo: ${redoes}`, keys: 'mod+shift+z' },
      { ...again, id: 'redo-other', label: 'Redo', keys: 'mod+y', hidden: true },
    ]);
  });
}
