// How high the rows of the roster are: one choice for all apps, kept with the settings.
import { toProblem } from '../../ipc/problem';
import { changeSettings, settings } from '../../state/settings.svelte';
import { toast } from '../../state/toasts.svelte';

/** From dense to airy; the heights are CSS pixels, each with room for a hit target of 24. */
export const DENSITIES = [
  { id: 'compact', label: 'Compact', height: 28 },
  { id: 'default', label: 'Default', height: 36 },
  { id: 'comfortable', label: 'Comfortable', height: 44 },
] as const;

const USUAL = DENSITIES[1];

/** The one that is chosen. */
export const density = () => DENSITIES.find((each) => each.id === settings.current?.density) ?? USUAL;

export function chooseDensity(id: string): void {
  changeSettings({ density: id }).catch((raised: unknown) =>
    toast(toProblem(raised).message, { tone: 'bad' }),
  );
}
