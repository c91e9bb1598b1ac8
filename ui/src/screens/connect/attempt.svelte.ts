// One try to connect, whatever the vendor: the token and the passphrase as typed, what the test found, what failed.
// It lives as long as the screen: a token outlives neither.
import { call, callWithProgress } from '../../ipc/call';
import type { Connected } from '../../ipc/gen/Connected';
import type { ConnectReport } from '../../ipc/gen/ConnectReport';
import type { ConnectRequest } from '../../ipc/gen/ConnectRequest';
import type { ConnectStage } from '../../ipc/gen/ConnectStage';
import type { VaultView } from '../../ipc/gen/VaultView';
import { toProblem, type Problem } from '../../ipc/problem';
import { apps } from '../../state/apps.svelte';
import { noteChange } from '../../state/revision.svelte';
import { openApp } from '../../state/route.svelte';
import { startSync } from '../../state/syncs.svelte';
import { passphraseProblem, vaultPlan } from './vault-plan';

export class Attempt {
  token = $state('');
  passphrase = $state('');
  repeated = $state('');
  preferPassphrase = $state(false);
  vault: VaultView | null = $state.raw(null);
  stages: ConnectStage[] = $state.raw([]);
  report: ConnectReport | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  busy: 'test' | 'save' | null = $state(null);
  /** Problems beside the fields appear once the form was sent. */
  sent = $state(false);

  get plan() {
    return vaultPlan(this.vault, this.preferPassphrase);
  }

  get tokenProblem(): string | null {
    return this.sent && this.token.trim() === '' ? 'Paste the token.' : null;
  }

  get vaultProblem(): string | null {
    return this.sent ? passphraseProblem(this.plan, this.passphrase, this.repeated) : null;
  }

  lookAtVault(): void {
    call('vault_status', null).then(
      (view) => (this.vault = view),
      (raised: unknown) => (this.problem = toProblem(raised)),
    );
  }

  /** Tests the connection and keeps nothing; what was found, or `null` when it could not be asked. */
  async test(request: ConnectRequest): Promise<ConnectReport | null> {
    this.sent = true;
    if (this.token.trim() === '') return null;
    this.#begin('test');
    try {
      this.report = await callWithProgress('connect_test', request, (stage) => this.#reached(stage));
      this.stages = this.report.stages;
    } catch (raised) {
      this.problem = toProblem(raised);
    }
    this.busy = null;
    return this.report;
  }

  /** Stores the connection, then calls `done`, opens the app and reads its roster. */
  async save(request: ConnectRequest, done: () => void): Promise<void> {
    this.sent = true;
    if (request.name.trim() === '' || this.token.trim() === '' || this.vaultProblem !== null) return;
    this.#begin('save');
    try {
      if (await this.#prepareVault()) {
        const connected = await callWithProgress('connect_save', request, (stage) => this.#reached(stage));
        this.token = this.passphrase = this.repeated = '';
        done();
        await this.#open(connected);
      }
    } catch (raised) {
      this.problem = toProblem(raised);
    }
    this.busy = null;
  }

  async #open(connected: Connected): Promise<void> {
    noteChange();
    await apps.refresh();
    openApp(connected.app);
    void startSync(connected.app);
  }

  /** Brings the vault into a state that can take the token; `false` when it refuses. */
  async #prepareVault(): Promise<boolean> {
    const plan = this.plan;
    if (plan === 'as-is') return true;
    const passphrase = { passphrase: this.passphrase };
    this.vault = await call(plan === 'unlock' ? 'vault_unlock' : 'vault_use_passphrase', passphrase);
    if (this.vault.state === 'ready') return true;
    this.problem = { code: this.vault.state, message: this.vault.message, hint: this.vault.hint };
    return false;
  }

  #begin(what: 'test' | 'save'): void {
    this.busy = what;
    this.stages = [];
    this.report = null;
    this.problem = null;
  }

  #reached(stage: ConnectStage): void {
    this.stages = [...this.stages.filter((each) => each.key !== stage.key), stage];
  }
}
