// How near a renewal is, in a word or two. The sentence beside it comes from the backend.

import type { RenewalRow } from '../../ipc/gen/RenewalRow';

export interface StageBadge {
  text: string;
  tone: 'plain' | 'warn' | 'bad';
}

/** The mark that counts now; nothing while all are still to come. */
export function stageBadge(row: RenewalRow): StageBadge | null {
  switch (row.stage) {
    case 'later':
      return null;
    case 'within':
      return {
        text: `within ${String(row.within ?? '')} days`,
        tone: (row.within ?? 0) > 60 ? 'plain' : 'warn',
      };
    case 'notice-passed':
      return { text: 'notice passed', tone: 'plain' };
    case 'expired':
      return { text: 'expired', tone: 'bad' };
  }
}
