// What was typed in the Connect screen, kept while the window is open so that leaving it loses nothing. The token is
// deliberately absent: it lives in its field only.

export const LUCID_BASE_URL = 'https://users.lucid.app/scim/v2';

export const wizard = $state({
  name: 'Lucidchart',
  baseUrl: LUCID_BASE_URL,
  done: {
    'upgrades-on': false,
    enabled: false,
    generate: false,
    'upgrades-off': false,
    provider: false,
  } as Record<string, boolean>,
});

export function resetWizard(): void {
  wizard.name = 'Lucidchart';
  wizard.baseUrl = LUCID_BASE_URL;
  for (const key of Object.keys(wizard.done)) wizard.done[key] = false;
}
