import type { ChangeView } from '../../ipc/gen/ChangeView';

/** "Upgraded from View-Only to Can-Edit". */
export function changeSentence(change: ChangeView): string {
  const to = change.to ?? 'no license';
  const from = change.from ?? 'no license';
  switch (change.kind) {
    case 'joined':
      return `Joined with ${to}`;
    case 'left':
      return `Left, held ${from}`;
    case 'reactivated':
      return `Reactivated with ${to}`;
    case 'upgraded':
      return `Upgraded from ${from} to ${to}`;
    case 'downgraded':
      return `Downgraded from ${from} to ${to}`;
    default:
      return `Changed from ${from} to ${to}`;
  }
}
