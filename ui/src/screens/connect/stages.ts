import type { ConnectStage } from '../../ipc/gen/ConnectStage';

export type ShownStage = Omit<ConnectStage, 'state'> & { state: ConnectStage['state'] | 'waiting' };

const LABELS: [string, string][] = [
  ['address', 'Address can be reached'],
  ['tls', 'Connection is encrypted and verified'],
  ['service-provider-config', 'Server speaks SCIM'],
  ['users', 'Token may read users'],
  ['licenses', 'License types can be told apart'],
];

/** Every stage in order: those not reached yet are waiting, so that nothing jumps as they arrive. */
export function shownStages(reached: ConnectStage[]): ShownStage[] {
  const known = LABELS.map(([key, label]): ShownStage => {
    const stage = reached.findLast((each) => each.key === key);
    return stage ?? { key, label, state: 'waiting', detail: '' };
  });
  const others = reached.filter((stage) => !LABELS.some(([key]) => key === stage.key));
  return [...known, ...others];
}
