// The list of apps, shared by the rail, the Apps screen and the header of App Details.
import { call } from '../ipc/call';
import type { AppRow } from '../ipc/gen/AppRow';
import { Query } from './query.svelte';

export const apps = new Query<AppRow[]>(() => call('apps_list', null));

export function appRow(app: string): AppRow | null {
  return apps.value?.find((row) => row.app === app) ?? null;
}
