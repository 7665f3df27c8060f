/** One card of the gallery in the chosen looks, with what Feishu would say against it. */
import type { GalleryCard } from '../../site/page-api.ts';
import type { CardSurroundings } from '../card/card-context.ts';
import type { Card } from '../card/card-types.ts';
import { CardView } from '../card/card-view.tsx';
import { CopyButton } from '../ui/copy-button.tsx';

export type Look = { theme: 'light' | 'dark'; width: 'desktop' | 'phone' };
/** `name` is unlike that of any other. */
export type NamedCard = GalleryCard & { name: string };
type Props = { card: NamedCard; looks: Look[]; surroundings: CardSurroundings };

/** The same card in every look that was asked for. */
export function GalleryEntry({ card, looks, surroundings }: Props) {
  return (
    <section className="gallery-entry" aria-label={card.name}>
      <header className="gallery-entry-head">
        <h2>{card.name}</h2>
        <CopyButton words="复制 JSON" text={() => JSON.stringify(card.json, null, 2)} />
      </header>
      {card.problems.length > 0 && (
        <ul className="gallery-problems">
          {card.problems.map((problem, at) => (
            <li key={at}>
              <b>{problem.code}</b> {problem.message} <code>{problem.path}</code>
            </li>
          ))}
        </ul>
      )}
      <div className="gallery-looks">
        {looks.map((look) => (
          <div
            key={`${look.theme} ${look.width}`}
            className={`gallery-look gallery-look-${look.width}`}
            data-theme={look.theme}
          >
            <CardView card={card.json as Card} surroundings={surroundings} />
          </div>
        ))}
      </div>
    </section>
  );
}
