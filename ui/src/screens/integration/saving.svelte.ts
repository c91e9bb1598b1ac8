// Sends one change of the connection and tells how it ended. What was typed stays where it is until it is stored.
import { toProblem, type Problem } from '../../ipc/problem';
import { startSync } from '../../state/syncs.svelte';
import { toast } from '../../state/toasts.svelte';

export class Saving {
  busy = $state(false);
  problem: Problem | null = $state.raw(null);

  /** Runs a change; `null` when it failed, which is told where it was asked for. */
  async run<T>(change: () => Promise<T>): Promise<T | null> {
    if (this.busy) return null;
    this.busy = true;
    this.problem = null;
    let result: T | null = null;
    try {
      result = await change();
    } catch (raised) {
      this.problem = toProblem(raised);
    }
    this.busy = false;
    return result;
  }
}

/** Says that a change counts from the next reading on, and offers one. */
export function toldForNextSync(app: string, what: string): void {
  toast(`${what} It counts from the next sync on.`, {
    action: { label: 'Sync now', run: () => void startSync(app) },
  });
}
