import type { RunView } from '../../ipc/gen/RunView';
import type { SyncStatus } from '../../ipc/gen/SyncStatus';
import { count } from '../../format';
import type { IconName } from '../../parts/icons';

const WORDS: Record<SyncStatus, string> = {
  completed: 'Completed',
  held: 'Held',
  cancelled: 'Cancelled',
  failed: 'Failed',
  running: 'Running',
};

const TONES: Record<SyncStatus, 'good' | 'warn' | 'bad' | 'busy' | 'idle'> = {
  completed: 'good',
  held: 'warn',
  cancelled: 'idle',
  failed: 'bad',
  running: 'busy',
};

const ICONS: Record<SyncStatus, IconName> = {
  completed: 'check',
  held: 'warning',
  cancelled: 'end',
  failed: 'close',
  running: 'sync',
};

export const runIcon = (status: SyncStatus) => ICONS[status];
export const runWord = (status: SyncStatus) => WORDS[status];
export const runTone = (status: SyncStatus) => TONES[status];

/** "+12 −3 ~5", or "no changes"; only a completed run has changed anything. */
export function runChanges(run: RunView): string {
  if (run.status !== 'completed') return '';
  const parts = [
    run.added > 0 ? `+${count(run.added)}` : '',
    run.removed > 0 ? `−${count(run.removed)}` : '',
    run.changed > 0 ? `~${count(run.changed)}` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'no changes' : parts.join(' ');
}

/** The same for people who hear it. */
export function runChangesSpoken(run: RunView): string {
  return `${count(run.added)} joined, ${count(run.removed)} left, ${count(run.changed)} changed license`;
}
