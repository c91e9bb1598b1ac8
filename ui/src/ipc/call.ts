// The only door to the backend. Nothing else imports the Tauri API.
import { Channel, invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { takeAhead } from './ahead';
import type { Channels, Commands } from './gen/commands';
import { toProblem } from './problem';

export type CommandName = keyof Commands;
export type RequestOf<N extends CommandName> = Commands[N][0];
export type ResponseOf<N extends CommandName> = Commands[N][1];

/** Calls a command. Rejects with a `Problem`, never with anything else. */
export async function call<N extends CommandName>(name: N, request: RequestOf<N>): Promise<ResponseOf<N>> {
  const ahead = request === null ? takeAhead(name) : null;
  if (ahead !== null) return ahead.answer;
  try {
    return await invoke<ResponseOf<N>>(name, request === null ? {} : { request });
  } catch (raised) {
    throw toProblem(raised);
  }
}

/** Calls a command that tells how far it is. */
export async function callWithProgress<N extends keyof Channels>(
  name: N,
  request: RequestOf<N>,
  onMessage: (message: Channels[N]) => void,
): Promise<ResponseOf<N>> {
  const channel = new Channel<Channels[N]>();
  channel.onmessage = onMessage;
  try {
    return await invoke<ResponseOf<N>>(name, request === null ? { channel } : { request, channel });
  } catch (raised) {
    throw toProblem(raised);
  }
}

/** Runs `callback` whenever the stored data changed, by this window or by another process. */
export function onChanged(callback: () => void): () => void {
  return hear('changed', callback);
}

/** What happens to files that people drag over the window. */
export interface FileDrag {
  over: (paths: readonly string[]) => void;
  left: () => void;
  dropped: (paths: readonly string[]) => void;
}

/** Tells of files that are dragged over the window and dropped on it: the system's own, with their paths. */
export function onFileDrag({ over, left, dropped }: FileDrag): () => void {
  const stops = [
    hear<Paths>('tauri://drag-enter', ({ paths }) => over(paths)),
    hear('tauri://drag-leave', left),
    hear<Paths>('tauri://drag-drop', ({ paths }) => dropped(paths)),
  ];
  return () => stops.forEach((stop) => stop());
}

type Paths = { paths: string[] };

function hear<T>(name: string, callback: (payload: T) => void): () => void {
  let stop: (() => void) | null = null;
  let stopped = false;
  listen<T>(name, ({ payload }) => callback(payload)).then(
    (unlisten) => {
      if (stopped) unlisten();
      else stop = unlisten;
    },
    // Without the event the window still works: every screen also reads when it opens, every file can be chosen.
    () => undefined,
  );
  return () => {
    stopped = true;
    stop?.();
  };
}
