// Why a figure is what it is: nothing that a screen needs before somebody asks.
import { Later } from '../state/later.svelte';

export const FigurePanel = new Later(() => import('./FigurePanel.svelte'));
