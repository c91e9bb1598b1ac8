// Starting and removing the sample organisation.
import { call, callWithProgress } from '../ipc/call';
import type { SampleProgress } from '../ipc/gen/SampleProgress';
import { toProblem, type Problem } from '../ipc/problem';
import { noteChange } from './revision.svelte';
import { go, openApp, route } from './route.svelte';
import { toast } from './toasts.svelte';

let running = $state(false);
let progress = $state.raw<SampleProgress | null>(null);
let problem = $state.raw<Problem | null>(null);

export const sample: {
  readonly running: boolean;
  readonly progress: SampleProgress | null;
  readonly problem: Problem | null;
} = {
  get running() {
    return running;
  },
  get progress() {
    return progress;
  },
  get problem() {
    return problem;
  },
};

/** Sets the sample organisation up and opens it. */
export async function startSample(): Promise<void> {
  if (running) return;
  running = true;
  progress = null;
  problem = null;
  try {
    const row = await callWithProgress('sample_start', null, (message) => {
      progress = message;
    });
    noteChange();
    openApp(row.app);
  } catch (raised) {
    problem = toProblem(raised);
  } finally {
    running = false;
  }
}

export async function removeSample(app: string): Promise<void> {
  try {
    await call('connection_remove', { app, typed_name: '' });
    if (route.current.screen === 'app' && route.current.app === app) go({ screen: 'apps' });
    noteChange();
    toast('The sample organisation was removed.');
  } catch (raised) {
    toast(toProblem(raised).message, { tone: 'bad' });
  }
}
