import type { VaultView } from '../../ipc/gen/VaultView';

/** What has to happen to the vault before a token can be put into it. */
export type VaultPlan = 'as-is' | 'choose' | 'unlock';

export function vaultPlan(vault: VaultView | null, preferPassphrase: boolean): VaultPlan {
  if (vault === null) return 'as-is';
  if (vault.state === 'locked' && vault.keeper === 'passphrase') return 'unlock';
  if (vault.state === 'unavailable' || vault.state === 'denied') {
    return vault.keeper === 'os' ? 'as-is' : 'choose';
  }
  return preferPassphrase && vault.keeper === 'none' ? 'choose' : 'as-is';
}

/** Why the passphrase cannot be used as typed. */
export function passphraseProblem(plan: VaultPlan, passphrase: string, repeated: string): string | null {
  if (plan === 'as-is') return null;
  if (passphrase === '') return plan === 'unlock' ? 'Enter the passphrase.' : 'Choose a passphrase.';
  if (plan === 'choose' && passphrase !== repeated) return 'The two passphrases differ.';
  return null;
}
