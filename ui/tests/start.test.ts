// What the window shows when it cannot even begin; apart, because the settings once read stay read.
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import App from '../src/App.svelte';
import { serve } from './fixture/backend';
import { SETTINGS } from './fixture/views';

it('tells why nothing can be shown, and tries again', async () => {
  let broken = true;
  const newer = { code: 'database-newer', message: 'The database is newer.', hint: 'Update Seatledger.' };
  const calls = serve({ settings_get: () => (broken ? Promise.reject(newer) : SETTINGS) });
  render(App);
  expect((await screen.findByTestId('start-problem')).textContent).toContain('Update Seatledger.');
  broken = false;
  await userEvent.click(screen.getByTestId('start-retry'));
  expect(await screen.findByTestId('nav-apps')).toBeDefined();
  await waitFor(() => expect(screen.queryByTestId('start-problem')).toBeNull());
  expect(calls.filter((each) => each.name === 'settings_get')).toHaveLength(2);
});
