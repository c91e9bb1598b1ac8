import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
  clearScreen: false,
  server: { port: 5173, strictPort: true, host: '127.0.0.1' },
  // Tests mount components: they need the browser build of Svelte, not the server one.
  ...(mode === 'test' ? { resolve: { conditions: ['browser'] } } : {}),
  build: {
    // The oldest engine is WebKitGTK 2.50.
    target: ['es2022', 'safari17'],
    // data: fonts and scripts are refused by the window's content security policy.
    assetsInlineLimit: 0,
    // Every engine in question knows modulepreload.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What the first screen needs is one file, what several later ones share another: files cost more than bytes.
        codeSplitting: {
          groups: [
            { name: 'first', tags: ['$initial'], priority: 2 },
            { name: 'shared', minShareCount: 2, priority: 1 },
          ],
        },
      },
    },
    reportCompressedSize: false,
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    restoreMocks: true,
    // Tests judge what happens, never how fast: a busy machine must not fail them.
    testTimeout: 60_000,
  },
}));
