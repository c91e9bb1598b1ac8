// Every test starts and ends with an empty page and without a backend.
import { clearMocks } from '@tauri-apps/api/mocks';
import { cleanup, configure } from '@testing-library/svelte';
import { afterEach, beforeAll } from 'vitest';

// A busy machine answers late, which is no fault; a part that is read later is also compiled only then.
configure({ asyncUtilTimeout: 50_000 });

// The virtual list asks how much it sees; an engine without layout answers 0 and would show nothing.
beforeAll(() => {
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 600 });
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 1200 });
});

afterEach(() => {
  cleanup();
  clearMocks();
});
