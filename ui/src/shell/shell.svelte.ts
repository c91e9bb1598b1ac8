// Which of the shell's own overlays are open.
export const shell = $state({ palette: false, shortcuts: false });
