// The actions that exist on every screen.
import type { Action } from '../state/actions.svelte';
import { registerActions } from '../state/actions.svelte';
import { apps, appRow } from '../state/apps.svelte';
import { APP_TABS, go, openApp, route } from '../state/route.svelte';
import { startSample } from '../state/sample.svelte';
import { changeSettings } from '../state/settings.svelte';
import { startSync } from '../state/syncs.svelte';
import { toast } from '../state/toasts.svelte';
import { useUndo } from '../state/undo.svelte';
import { toProblem } from '../ipc/problem';
import { shell } from './shell.svelte';

function setTheme(theme: string): void {
  changeSettings({ theme }).catch((raised: unknown) => toast(toProblem(raised).message, { tone: 'bad' }));
}

function syncShown(): void {
  const here = route.current;
  const all = apps.value ?? [];
  const targets = here.screen === 'app' ? all.filter((row) => row.app === here.app) : all;
  if (targets.length === 0) toast('There is no app to sync yet.');
  for (const row of targets) void startSync(row.app);
}

function general(): Action[] {
  return [
    {
      id: 'palette',
      label: 'Search and run commands',
      group: 'General',
      keys: 'mod+k',
      inFields: true,
      hidden: true,
      run: () => (shell.palette = true),
    },
    {
      id: 'shortcuts',
      label: 'Show keyboard shortcuts',
      group: 'General',
      keys: '?',
      run: () => (shell.shortcuts = true),
    },
    {
      id: 'sync',
      label: route.current.screen === 'app' ? 'Sync now' : 'Sync all apps',
      group: 'General',
      keys: 'mod+r',
      words: 'refresh read roster update',
      inFields: true,
      run: syncShown,
    },
    { id: 'go-apps', label: 'Go to Apps', group: 'Go to', keys: 'mod+0', run: () => go({ screen: 'apps' }) },
    {
      id: 'go-renewals',
      label: 'Go to Renewals',
      group: 'Go to',
      words: 'calendar notice deadline expire',
      run: () => go({ screen: 'renewals' }),
    },
    {
      id: 'go-settings',
      label: 'Go to Settings',
      group: 'Go to',
      keys: 'mod+,',
      run: () => go({ screen: 'settings' }),
    },
    {
      id: 'connect',
      label: 'Connect Lucidchart',
      group: 'Apps',
      words: 'add new app scim token',
      run: () => go({ screen: 'connect', what: 'lucid' }),
    },
    {
      id: 'connect-scim',
      label: 'Connect another SCIM app',
      group: 'Apps',
      words: 'add new app scim token',
      run: () => go({ screen: 'connect', what: 'scim' }),
    },
    { id: 'theme-light', label: 'Use light theme', group: 'Appearance', run: () => setTheme('light') },
    { id: 'theme-dark', label: 'Use dark theme', group: 'Appearance', run: () => setTheme('dark') },
    {
      id: 'theme-system',
      label: 'Use the system’s theme',
      group: 'Appearance',
      run: () => setTheme('system'),
    },
  ];
}

/** Call once, while a component is being set up. */
export function useGlobalActions(): void {
  useUndo();
  $effect(() => registerActions(general()));
  $effect(() => {
    const rows = apps.value ?? [];
    const actions: Action[] = rows.map((row) => ({
      id: `open-${row.app}`,
      label: `Open ${row.name}`,
      group: 'Apps',
      run: () => openApp(row.app),
    }));
    if (!rows.some((row) => row.sample)) {
      actions.push({
        id: 'sample',
        label: 'Explore a sample organisation',
        group: 'Apps',
        words: 'demo try',
        run: () => void startSample(),
      });
    }
    return registerActions(actions);
  });
  $effect(() => {
    const here = route.current;
    if (here.screen !== 'app' || appRow(here.app) === null) return;
    return registerActions(
      APP_TABS.map((tab, at) => ({
        id: `tab-${tab.id}`,
        label: `Show ${tab.label}`,
        group: 'Go to',
        keys: `mod+${at + 1}`,
        inFields: true,
        run: () => openApp(here.app, tab.id),
      })),
    );
  });
}
