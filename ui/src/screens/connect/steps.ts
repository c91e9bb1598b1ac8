// What an administrator does in Lucidchart before a token exists.

export interface Step {
  id: string;
  title: string;
  /** Who may do it. */
  who: string;
  /** Where, as the console names it. */
  path: string[];
  text: string;
  /** Something that costs money or breaks things. */
  caution?: string;
  /** Only some accounts need it. */
  conditional?: string;
}

export const STEPS: Step[] = [
  {
    id: 'upgrades-on',
    title: 'Turn on automatic upgrades',
    who: 'Account Owner or Billing Admin',
    path: ['Team', 'Licensing'],
    text: 'Without it the button that generates the token stays disabled.',
    caution: 'While it is on, Lucid may add licenses by itself. Step 4 turns it off again.',
  },
  {
    id: 'enabled',
    title: 'Make sure that SCIM is enabled for the account',
    who: 'Team Admin',
    path: ['Team', 'App Integration', 'SCIM'],
    text: 'If SCIM is not listed, ask your Lucidchart Customer Success Manager to enable it. It needs the Enterprise plan.',
  },
  {
    id: 'generate',
    title: 'Generate the SCIM bearer token',
    who: 'Team Admin',
    path: ['Team', 'App Integration', 'SCIM'],
    text: 'Newer consoles have it under Admin › App Integration › SCIM. Lucid shows the token once: copy it now.',
    caution: 'A new token may end one that an identity provider already uses.',
  },
  {
    id: 'upgrades-off',
    title: 'Turn automatic upgrades off again',
    who: 'Account Owner or Billing Admin',
    path: ['Team', 'Licensing'],
    text: 'So that this set-up causes no licenses nobody asked for. The token keeps working.',
  },
  {
    id: 'provider',
    title: 'Give the token to your identity provider too',
    who: 'Whoever runs the identity provider',
    path: [],
    conditional: 'Only if Okta, OneLogin or Microsoft Entra provisions Lucidchart',
    text: 'Enter the same token there, so that provisioning goes on.',
  },
];
