/** A button that copies a text and says so. */
import { useState } from 'react';
import { Icon } from './icon.tsx';

/** `text` is only made when somebody presses. */
export function CopyButton({ words, text }: { words: string; text: () => string }) {
  const [said, setSaid] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setSaid('已复制');
    } catch {
      setSaid('浏览器不允许复制');
    }
  };
  return (
    <button type="button" className="btn btn-small" onClick={() => void copy()} onBlur={() => setSaid('')}>
      <Icon name="copy" size={14} />
      <span role="status">{said || words}</span>
    </button>
  );
}
