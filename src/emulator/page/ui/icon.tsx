/** The page's line icons, drawn on a 24 by 24 grid. */

const PATHS = {
  chat: 'M4 5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-8l-5 4v-4H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1z M8 10h8 M8 13h5',
  cards: 'M4 7h11v13H4z M8 7V4h12v13h-5 M7 11h5 M7 15h3',
  clock: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z M12 7v5l3.5 2',
  bolt: 'M13 3 5 13.500h6L10 21l8-10.500h-6L13 3z',
  wire: 'M4 8h13 M13 4l4 4-4 4 M20 16H7 M11 12l-4 4 4 4',
  compass: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z M15.5 8.500l-2 5-5 2 2-5 5-2z',
  moon: 'M20 14.500A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.500z',
  sun: 'M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8z M12 2v2 M12 20v2 M2 12h2 M20 12h2 M5 5l1.5 1.5 M17.5 17.5 19 19 M5 19l1.5-1.5 M17.5 6.5 19 5',
  search: 'M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14z M16.5 16.5 21 21',
  send: 'M4 12 20 4l-5 16-3.5-6.500L4 12z M11.5 13.5 20 4',
  clip: 'M20 11.500l-8 8a5 5 0 0 1-7-7l8.5-8.500a3.4 3.4 0 0 1 4.8 4.800L10 17a1.8 1.8 0 0 1-2.5-2.500L15 7',
  close: 'M6 6l12 12 M18 6 6 18',
  back: 'M15 5l-7 7 7 7',
  'chevron-right': 'M9 5l7 7-7 7',
  'chevron-down': 'M5 9l7 7 7-7',
  split: 'M4 5h16v14H4z M12 5v14',
  people:
    'M9 5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z M2.5 20c0-3.5 2.9-5.5 6.5-5.500s6.5 2 6.5 5.5 M16 5.500a3.5 3.5 0 0 1 0 6.5 M18 14.800c2.2.7 3.5 2.5 3.5 5.2',
  file: 'M6 3h8l5 5v13H6z M14 3v5h5 M9 13h6 M9 17h6',
  calendar: 'M4 6h16v14H4z M4 10h16 M8 3v5 M16 3v5',
  check: 'M5 12.5 10 17.5 19.5 7',
  warning: 'M12 4 2.5 20h19L12 4z M12 10v4.5 M12 17.500v.1',
  link: 'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1 M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1-1',
  more: 'M5 12v.1 M12 12v.1 M19 12v.1',
  dot: 'M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8z',
  copy: 'M9 9h11v11H9z M5 15H4V4h11v1',
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative icon in the colour of the text around it. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      width={size}
      height={size}
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.8 : 1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
