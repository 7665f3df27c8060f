/** Light or dark: as the system has it until the person chooses. */
import { useEffect, useState } from 'react';
import { useMedia } from './use-media.ts';

export type Theme = 'light' | 'dark';
const KEY = 'jingxin-theme';

/** The theme in force, written to the page's root; a choice is kept in this browser. */
export function useTheme(): { theme: Theme; toggle: () => void } {
  const isDark = useMedia('(prefers-color-scheme: dark)');
  const [chosen, setChosen] = useState(() => localStorage.getItem(KEY));
  const theme: Theme = chosen === 'light' || chosen === 'dark' ? chosen : isDark ? 'dark' : 'light';
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const toggle = () => {
    const next = theme === 'dark' ? 'light' : 'dark';
    localStorage.setItem(KEY, next);
    setChosen(next);
  };
  return { theme, toggle };
}
