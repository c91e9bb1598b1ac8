// What is told of a file that was written, with the way to it.
import { call } from '../../ipc/call';
import { toProblem } from '../../ipc/problem';
import { toast } from '../../state/toasts.svelte';

/** Tells that a file was written, and offers to show it in the system's file manager. */
export function tellWritten(text: string, path: string): void {
  toast(text, { action: { label: 'Show in folder', run: () => void show(path) } });
}

async function show(path: string): Promise<void> {
  try {
    await call('exported_show', { path });
  } catch (raised) {
    const { message, hint } = toProblem(raised);
    toast(`${message} ${hint}`.trim(), { tone: 'bad' });
  }
}
