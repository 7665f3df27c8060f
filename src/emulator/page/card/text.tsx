/** A text object of a card: plain text stays text, lark_md is drawn as markdown. */
import type { CSSProperties } from 'react';
import { useCard } from './card-context.ts';
import type { Text } from './card-types.ts';
import { Markdown } from './markdown.tsx';
import { colorOf, fontSizeOf } from './style.ts';

/** The words of a text object in Chinese. */
export function wordsOf(text: Text | undefined): string {
  return text?.i18n_content?.zh_cn ?? text?.content ?? '';
}

/** Draws a text object; `lines` cuts it with an ellipsis. */
export function TextView({ text, className = '' }: { text: Text | undefined; className?: string }) {
  const { style } = useCard();
  if (!text) return null;
  const look: CSSProperties & { '--lines'?: number } = {
    fontSize: fontSizeOf(text.text_size, style),
    color: colorOf(text.text_color, style, 'fg'),
    textAlign: text.text_align as CSSProperties['textAlign'],
    '--lines': text.lines,
  };
  const names = `card-text ${text.lines ? 'card-text-cut' : ''} ${className}`;
  if (text.tag === 'lark_md') {
    return (
      <div className={names} style={look}>
        <Markdown source={wordsOf(text)} />
      </div>
    );
  }
  return (
    <div className={`${names} card-text-plain`} style={look}>
      {wordsOf(text)}
    </div>
  );
}
