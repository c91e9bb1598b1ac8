// How a screen comes that has to be read first: the one before stays until it is here, and a failure is told.
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import App from '../src/App.svelte';
import { AppDetails, Renewals, Settings } from '../src/shell/parts';
import { readAhead } from '../src/shell/read-ahead.svelte';
import { go } from '../src/state/route.svelte';
import { serve } from './fixture/backend';

type Read = { default: typeof import('../src/screens/renewals/Renewals.svelte').default };

const gate = vi.hoisted(() => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open: () => open(), opened };
});
vi.mock('../src/screens/settings/Settings.svelte', () => {
  throw new Error('the file is gone');
});
vi.mock('../src/screens/renewals/Renewals.svelte', async (real) => {
  await gate.opened;
  return real<Read>();
});

beforeEach(() => {
  serve();
  go({ screen: 'apps' });
});

it('keeps the screen that is shown until the next one is here', async () => {
  const user = userEvent.setup();
  render(App);
  await screen.findByTestId('screen-apps');
  await user.click(screen.getByTestId('nav-renewals'));
  await waitFor(() => expect(screen.getByTestId('nav-renewals').getAttribute('aria-current')).toBe('page'));
  expect(Renewals.part).toBeNull();
  expect(screen.getByTestId('screen-apps')).toBeDefined();
  gate.open();
  await screen.findByTestId('renewals-table');
  expect(screen.queryByTestId('screen-apps')).toBeNull();
});

it('tells that a screen cannot be read, and leaves the way to the others', async () => {
  const user = userEvent.setup();
  render(App);
  await user.click(await screen.findByTestId('nav-settings'));
  expect((await screen.findByTestId('screen-problem')).textContent).toContain('Nothing is lost');
  expect(Settings.failed).toBe(true);
  await user.click(screen.getByTestId('nav-apps'));
  await screen.findByTestId('screen-apps');
  expect(screen.queryByTestId('screen-problem')).toBeNull();
});

it('reads the other screens ahead once the first is answered', async () => {
  render(App);
  await screen.findByTestId('screen-apps');
  expect(AppDetails.part).toBeNull();
  const stop = readAhead();
  await waitFor(() => expect(AppDetails.part).not.toBeNull());
  stop();
});
