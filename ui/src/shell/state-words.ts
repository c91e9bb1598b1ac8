import type { RosterState } from '../ipc/gen/RosterState';

const WORDS: Record<RosterState, string> = {
  'never-synced': 'Never synced',
  current: 'Up to date',
  stale: 'Stale',
  held: 'Held: needs your decision',
  syncing: 'Syncing',
};

const TONES: Record<RosterState, 'good' | 'warn' | 'busy' | 'idle'> = {
  'never-synced': 'idle',
  current: 'good',
  stale: 'warn',
  held: 'warn',
  syncing: 'busy',
};

export const stateWord = (state: RosterState) => WORDS[state];
export const stateTone = (state: RosterState) => TONES[state];
