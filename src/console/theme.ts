import { effect, signal } from '@preact/signals';

export type Theme = 'light' | 'dark';

const KEPT = 'phasegate.theme';

function first(): Theme {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'light' || kept === 'dark') return kept;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** As it was chosen last on this machine, else as the machine has it. */
export const theme = signal<Theme>(first());

effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

export function switchTheme(): void {
  theme.value = theme.value === 'dark' ? 'light' : 'dark';
  localStorage.setItem(KEPT, theme.value);
}
