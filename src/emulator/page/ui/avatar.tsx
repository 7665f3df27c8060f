/** A person's or group's picture: the last two characters of the name on a colour of their own. */

const TONES = ['blue', 'turquoise', 'violet', 'orange', 'indigo', 'green', 'carmine', 'wathet'];

/** A round picture; the colour follows from the id, so it is the same everywhere. Decorative: the name stands beside it. */
export function Avatar({
  name,
  id,
  size = 36,
  kind = 'person',
}: {
  name: string;
  id: string;
  size?: number;
  kind?: 'person' | 'group' | 'bot';
}) {
  const sum = [...id].reduce((total, letter) => (total * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7);
  const letters = kind === 'group' ? name.slice(0, 2) : name.slice(-2);
  return (
    <span
      className={`avatar avatar-${kind}`}
      data-tone={kind === 'bot' ? 'blue' : TONES[sum % TONES.length]}
      style={{ width: size, height: size, fontSize: Math.max(10, Math.round(size * 0.34)) }}
      aria-hidden="true"
    >
      {kind === 'bot' ? <BotFace /> : size < 24 ? letters.slice(-1) : letters}
    </span>
  );
}

function BotFace() {
  return (
    <svg
      viewBox="0 0 24 24"
      width="62%"
      height="62%"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M5 5.5h14a1.5 1.5 0 0 1 1.5 1.5v8a1.5 1.5 0 0 1-1.5 1.5h-6L8.5 20v-3.5H5A1.5 1.5 0 0 1 3.5 15V7A1.5 1.5 0 0 1 5 5.500z" />
      <path
        d="M12 13.600c-2-1.2-2.9-2.1-2.9-3.100a1.5 1.5 0 0 1 2.9-.5 1.5 1.5 0 0 1 2.9.5c0 1-.9 1.9-2.9 3.100z"
        fill="currentColor"
        stroke="none"
      />
    </svg>
  );
}
