// Why a figure of a list is what it is: nothing that painting the list needs.
import { Later } from '../state/later.svelte';

export const ReasonPanel = new Later(() => import('./AskedPanel.svelte'));
