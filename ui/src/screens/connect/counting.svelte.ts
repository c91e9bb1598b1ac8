// Reading everyone once to count license types before anything is saved.
import { call, callWithProgress } from '../../ipc/call';
import type { ConnectRequest } from '../../ipc/gen/ConnectRequest';
import type { LicensePreview } from '../../ipc/gen/LicensePreview';
import type { PreviewProgress } from '../../ipc/gen/PreviewProgress';
import { toProblem, type Problem } from '../../ipc/problem';
import { count } from '../../format';

export class Counting {
  running = $state(false);
  progress: PreviewProgress | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  #turn = 0;

  /** The counts, or `null` when there are none: it failed or was cancelled. */
  async count(request: ConnectRequest): Promise<LicensePreview | null> {
    const turn = ++this.#turn;
    this.running = true;
    this.progress = this.problem = null;
    try {
      const preview = await callWithProgress('license_preview', request, (progress) => {
        if (turn === this.#turn) this.progress = progress;
      });
      if (turn !== this.#turn) return null;
      this.running = false;
      this.problem = preview.problem;
      return preview.problem === null ? preview : null;
    } catch (raised) {
      if (turn !== this.#turn) return null;
      this.running = false;
      this.problem = toProblem(raised);
      return null;
    }
  }

  cancel(): void {
    this.#turn++;
    this.running = false;
    this.progress = null;
    // Nobody waits for the counts any more; whether the reading stopped at once changes nothing on the screen.
    void call('license_preview_cancel', null).catch(() => undefined);
  }
}

/** "1,200 of 5,000 users". */
export function countingWords(progress: PreviewProgress | null): string {
  if (progress === null) return 'Opening the connection';
  const { users, total } = progress;
  return total === null ? `${count(users)} users` : `${count(users)} of ${count(total)} users`;
}

/** How much is counted, in percent; `null` while the whole is not known. */
export function countingShare(progress: PreviewProgress | null): number | null {
  if (progress === null || progress.total === null || progress.total === 0) return null;
  return Math.min(100, (progress.users * 100) / progress.total);
}
