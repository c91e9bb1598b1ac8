// What each tab of an app shows, read when it is opened.
import type { Component } from 'svelte';
import type { AppRow } from '../../ipc/gen/AppRow';
import { Later } from '../../state/later.svelte';
import type { AppTab } from '../../state/route.svelte';

type TabPart = Later<Component<{ app: AppRow }>>;

export const TAB_PARTS: Record<AppTab, TabPart> = {
  overview: new Later(() => import('../overview/Overview.svelte')),
  activity: new Later(() => import('../activity/Activity.svelte')),
  licenses: new Later(() => import('../license-details/LicenseDetails.svelte')),
  spend: new Later(() => import('../spend/Spend.svelte')),
  forecast: new Later(() => import('../forecast/Forecast.svelte')),
  integration: new Later(() => import('../integration/Integration.svelte')),
};
