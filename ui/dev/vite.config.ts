// Builds the preview page as it would run in the window: `npx vite build --config dev/vite.config.ts`.
import { defineConfig, mergeConfig } from 'vite';
import base from '../vite.config.ts';

export default defineConfig((env) =>
  mergeConfig(base(env), {
    base: './',
    build: {
      outDir: 'node_modules/.preview',
      emptyOutDir: true,
      rolldownOptions: { input: 'dev/index.html' },
    },
  }),
);
