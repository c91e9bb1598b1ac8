import './locale';
import './design/tokens.css';
import './design/base.css';
import './design/floating.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { readAhead } from './shell/read-ahead.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
mount(App, { target });
readAhead();
