import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

export default {
  preprocess: vitePreprocess(),
  // `runes` is not forced: dependencies ship their own settings, and every component here uses runes anyway.
};
