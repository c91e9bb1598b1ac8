import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'src/ipc/gen/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: globals.browser } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig },
    },
  },
  {
    rules: {
      // The window's content security policy refuses inline styles, and raw HTML is how a roster could attack it.
      'no-restricted-syntax': [
        'error',
        { selector: 'SvelteAttribute[key.name="style"]', message: 'Use a class or a style: directive.' },
      ],
      'svelte/no-at-html-tags': 'error',
      'svelte/button-has-type': 'error',
      'svelte/no-target-blank': 'error',
      // Links are hashes inside the one page; there is no router with a resolve().
      'svelte/no-navigation-without-resolve': 'off',
      'no-undef': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-console': 'error',
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@tauri-apps/*'], message: 'ui/src/ipc is the only door to the backend.' }] },
      ],
      'no-restricted-properties': [
        'error',
        {
          object: 'navigator',
          property: 'language',
          message: 'Under LANG=C it is no language tag: use locale().',
        },
        {
          object: 'navigator',
          property: 'languages',
          message: 'Under LANG=C it is no language tag: use locale().',
        },
      ],
      'no-restricted-globals': [
        'error',
        { name: 'localStorage', message: 'Nothing is stored in the window.' },
        { name: 'sessionStorage', message: 'Nothing is stored in the window.' },
      ],
    },
  },
  {
    files: ['src/ipc/**', 'tests/**', '**/*.test.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['**/*.config.ts', '*.config.js'],
    languageOptions: { globals: globals.node },
  },
);
