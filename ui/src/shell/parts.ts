// What the window shows besides its first screen, the list of apps.
import { ReasonPanel } from '../parts/asked-panel';
import { FigurePanel } from '../parts/figure-panel';
import { TAB_PARTS } from '../screens/app-details/tabs';
import { Later } from '../state/later.svelte';
import type { Route } from '../state/route.svelte';

export const AppDetails = new Later(() => import('../screens/app-details/AppDetails.svelte'));
export const Connect = new Later(() => import('../screens/connect/Connect.svelte'));
export const Renewals = new Later(() => import('../screens/renewals/Renewals.svelte'));
export const Settings = new Later(() => import('../screens/settings/Settings.svelte'));
export const CommandPalette = new Later(() => import('./CommandPalette.svelte'));
export const ShortcutSheet = new Later(() => import('./ShortcutSheet.svelte'));

/** Everything, what is likely to be opened next first. */
export const ALL: readonly Later<unknown>[] = [
  AppDetails,
  ...Object.values(TAB_PARTS),
  FigurePanel,
  ReasonPanel,
  CommandPalette,
  Renewals,
  Connect,
  Settings,
  ShortcutSheet,
];

/** What a screen is made of. */
export function partsOf(route: Route): Later<unknown>[] {
  switch (route.screen) {
    case 'apps':
      return [];
    case 'connect':
      return [Connect];
    case 'settings':
      return [Settings];
    case 'renewals':
      return [Renewals];
    case 'app':
      return [AppDetails, TAB_PARTS[route.tab]];
  }
}
