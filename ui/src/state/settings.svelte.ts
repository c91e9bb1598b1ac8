// The settings as the backend knows them, and the theme they ask for.
import { call } from '../ipc/call';
import type { Settings } from '../ipc/gen/Settings';
import type { SettingsChange } from '../ipc/gen/SettingsChange';
import { setTimeZone } from '../format';
import { setLocale } from '../locale';

let current = $state.raw<Settings | null>(null);

export const settings: { readonly current: Settings | null; readonly today: string } = {
  get current() {
    return current;
  },
  /** Today in the chosen time zone; empty until the settings are read. */
  get today() {
    return current?.today ?? '';
  },
};

export function applySettings(next: Settings): void {
  setLocale(next.locale);
  setTimeZone(next.time_zone);
  current = next;
  applyTheme(next.theme);
}

export async function loadSettings(): Promise<void> {
  applySettings(await call('settings_get', null));
}

export const NO_CHANGE: SettingsChange = {
  organisation: null,
  time_zone: null,
  currency: null,
  fiscal_year_start: null,
  rounding: null,
  theme: null,
  density: null,
};

export async function changeSettings(change: Partial<SettingsChange>): Promise<void> {
  applySettings(await call('settings_change', { ...NO_CHANGE, ...change }));
}

const dark = window.matchMedia('(prefers-color-scheme: dark)');

function applyTheme(theme: string): void {
  const wanted = theme === 'light' || theme === 'dark' ? theme : dark.matches ? 'dark' : 'light';
  document.documentElement.dataset['theme'] = wanted;
}

/** Follows the desktop's theme while the setting is `system`. */
export function followTheme(): () => void {
  const update = () => applyTheme(current?.theme ?? 'system');
  update();
  dark.addEventListener('change', update);
  return () => dark.removeEventListener('change', update);
}
