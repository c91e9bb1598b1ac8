// Where the window is, kept in the URL's hash so that Back works and tests can look at it.

export const APP_TABS = [
  { id: 'overview', label: 'Overview' },
  { id: 'activity', label: 'Activity' },
  { id: 'licenses', label: 'License Details' },
  { id: 'spend', label: 'Spend' },
  { id: 'forecast', label: 'Forecast' },
  { id: 'integration', label: 'Integration' },
] as const;

export type AppTab = (typeof APP_TABS)[number]['id'];

/** What the Connect screen connects. */
export type Connectable = 'lucid' | 'scim';

export type Route =
  | { screen: 'apps' }
  | { screen: 'connect'; what: Connectable }
  | { screen: 'settings' }
  | { screen: 'renewals' }
  | { screen: 'app'; app: string; tab: AppTab };

function isTab(text: string | undefined): text is AppTab {
  return APP_TABS.some((tab) => tab.id === text);
}

export function parseHash(hash: string): Route {
  const [screen, app, tab] = hash
    .replace(/^#\/?/, '')
    .split('/')
    .map((part) => decodeURIComponent(part));
  if (screen === 'connect') return { screen: 'connect', what: app === 'scim' ? 'scim' : 'lucid' };
  if (screen === 'settings') return { screen: 'settings' };
  if (screen === 'renewals') return { screen: 'renewals' };
  if (screen === 'app' && app !== undefined && app !== '') {
    return { screen: 'app', app, tab: isTab(tab) ? tab : 'overview' };
  }
  return { screen: 'apps' };
}

export function hashOf(route: Route): string {
  switch (route.screen) {
    case 'apps':
      return '#/apps';
    case 'connect':
      return route.what === 'lucid' ? '#/connect' : `#/connect/${route.what}`;
    case 'settings':
      return '#/settings';
    case 'renewals':
      return '#/renewals';
    case 'app':
      return `#/app/${encodeURIComponent(route.app)}/${route.tab}`;
  }
}

let current = $state.raw<Route>(parseHash(window.location.hash));

export const route: { readonly current: Route } = {
  get current() {
    return current;
  },
};

export function go(to: Route): void {
  const hash = hashOf(to);
  current = to;
  if (window.location.hash !== hash) window.location.hash = hash;
}

export function openApp(app: string, tab: AppTab = 'overview'): void {
  go({ screen: 'app', app, tab });
}

/** Follows Back, Forward and typed hashes. */
export function followHash(): () => void {
  const update = () => {
    current = parseHash(window.location.hash);
  };
  window.addEventListener('hashchange', update);
  return () => window.removeEventListener('hashchange', update);
}
