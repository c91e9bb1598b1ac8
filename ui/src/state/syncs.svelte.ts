// The syncs this window has started: their progress, their outcome, the question a held roster asks.
import { SvelteMap } from 'svelte/reactivity';
import { call, callWithProgress } from '../ipc/call';
import type { SyncProgress } from '../ipc/gen/SyncProgress';
import type { SyncReport } from '../ipc/gen/SyncReport';
import { toProblem, type Problem } from '../ipc/problem';
import { noteChange } from './revision.svelte';
import { toast } from './toasts.svelte';

export interface SyncView {
  running: boolean;
  cancelling: boolean;
  progress: SyncProgress | null;
  /** How the last sync that this window started ended. */
  report: SyncReport | null;
  problem: Problem | null;
}

const IDLE: SyncView = { running: false, cancelling: false, progress: null, report: null, problem: null };
const views = new SvelteMap<string, SyncView>();

export function syncOf(app: string): SyncView {
  return views.get(app) ?? IDLE;
}

function put(app: string, change: Partial<SyncView>): void {
  views.set(app, { ...syncOf(app), ...change });
}

/** Reads the roster. Resolves when the sync has ended, however it ended. */
export async function startSync(app: string, acceptDrop = false): Promise<SyncReport | null> {
  if (syncOf(app).running) return null;
  put(app, { ...IDLE, running: true });
  let report: SyncReport | null = null;
  let problem: Problem | null = null;
  try {
    report = await callWithProgress('sync_start', { app, accept_drop: acceptDrop }, (progress) =>
      put(app, { progress }),
    );
    if (report.status === 'completed' || report.status === 'cancelled') toast(report.sentence);
  } catch (raised) {
    problem = toProblem(raised);
  }
  put(app, { ...IDLE, report, problem });
  noteChange();
  return report;
}

export async function cancelSync(app: string): Promise<void> {
  put(app, { cancelling: true });
  try {
    await call('sync_cancel', { app });
  } catch (raised) {
    put(app, { cancelling: false, problem: toProblem(raised) });
  }
}

/** Takes the problem or the held question of an app off the screen. */
export function dismissSync(app: string): void {
  put(app, { problem: null, report: null });
}
