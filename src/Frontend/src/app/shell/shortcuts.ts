export interface Shortcut {
  keys: string[];
  does: string;
}

export interface ShortcutGroup {
  title: string;
  keys: Shortcut[];
}

const shortcut = (does: string, ...keys: string[]): Shortcut => ({ keys, does });

const groups: readonly ShortcutGroup[] = [
  { title: 'Everywhere', keys: [shortcut('Show this list', '?'), shortcut('Open the help', 'H'), shortcut('Close what is open', 'Esc')] },
  { title: 'Playground', keys: [shortcut('Generate', 'Ctrl', 'Enter'), shortcut('Enhance the prompt', 'Ctrl', 'E'), shortcut('Add the copied picture or link', 'Ctrl', 'V'), shortcut('Choose a suggestion', '↓', 'Enter'), shortcut('Lift a photo and move it', 'Space', '← →')] },
  {
    title: 'Workflow builder',
    keys: [
      shortcut('Add a step where the pointer is', 'Space'), shortcut('Connect the focused step', 'C'), shortcut('Open the settings of the focused step', 'Enter'), shortcut('Move what is chosen', '← → ↑ ↓'),
      shortcut('Remove what is chosen', 'Del'), shortcut('Undo, redo', 'Ctrl', 'Z'), shortcut('Copy, paste', 'Ctrl', 'C'), shortcut('Choose all', 'Ctrl', 'A'), shortcut('Tidy up', 'L'), shortcut('Run', 'Ctrl', 'Enter'),
    ],
  },
  { title: 'Pictures', keys: [shortcut('Previous, next', '←', '→'), shortcut('Play or pause', 'Space'), shortcut('Download', 'D'), shortcut('Open the focused one', 'Enter')] },
  { title: 'Library', keys: [shortcut('Search', '/'), shortcut('Star', '.'), shortcut('Rate, take the rating away', '1 … 5', '0'), shortcut('Move to the trash', 'Delete')] },
  { title: 'Review', keys: [shortcut('Pick', 'P'), shortcut('Reject', 'X'), shortcut('Take the verdict back', 'U'), shortcut('Rate', '1', '5'), shortcut('Take back the last thing', 'Ctrl', 'Z'), shortcut('Loupe', 'Z'), shortcut('Compare', 'C')] },
];

/** Groups with the shortcuts that do, or are, what is looked for; groups without one are left out. */
export function findShortcuts(wanted: string): ShortcutGroup[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (group: ShortcutGroup, one: Shortcut) => words.every((word) => `${group.title} ${one.does} ${one.keys.join(' ')}`.toLowerCase().includes(word));
  return groups.map((group) => ({ ...group, keys: group.keys.filter((one) => has(group, one)) })).filter((group) => group.keys.length > 0);
}
