/** Every card of the bot with its sample data, as it looks on a desktop and a phone, by day and by night. */
import { useEffect, useMemo, useState } from 'react';
import type { CardsAnswer } from '../../site/page-api.ts';
import { ApiError, api, fileUrl, reasonOf } from '../api.ts';
import type { CardSurroundings } from '../card/card-context.ts';
import { useTenant } from '../hooks/use-tenant.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { GalleryEntry, type Look, type NamedCard } from './gallery-entry.tsx';

const THEMES = { light: '浅色', dark: '深色', both: '浅色和深色' } as const;
const WIDTHS = { desktop: '电脑', phone: '手机', both: '电脑和手机' } as const;

/** Read once when it is opened. */
export function Gallery() {
  const { tenantFailure, answer } = useCards();
  const [theme, setTheme] = useState<keyof typeof THEMES>('light');
  const [width, setWidth] = useState<keyof typeof WIDTHS>('desktop');
  const [feature, setFeature] = useState('');
  const [said, setSaid] = useState('');
  const surroundings = useSampleSurroundings(setSaid);
  const cards = useMemo(() => nameCards(answer?.cards ?? []), [answer]);
  const features = [...new Set(cards.map((card) => card.feature))];
  const looks: Look[] = (['light', 'dark'] as const)
    .filter((one) => theme === 'both' || theme === one)
    .flatMap((one) =>
      (['desktop', 'phone'] as const)
        .filter((two) => width === 'both' || width === two)
        .map((two) => ({ theme: one, width: two })),
    );
  const troubled = cards.filter((card) => card.problems.length > 0).length;
  return (
    <main className="gallery">
      <header className="gallery-head">
        <h1>卡片</h1>
        <span className="gallery-count">
          {answer ? `${cards.length} 张${troubled ? `，${troubled} 张有问题` : ''}` : ''}
        </span>
        <Tabs
          label="功能"
          options={{ '': '全部', ...Object.fromEntries(features.map((name) => [name, name])) }}
          value={feature}
          onChange={setFeature}
        />
        <span className="seat-space" />
        <Tabs label="主题" options={THEMES} value={theme} onChange={setTheme} />
        <Tabs label="宽度" options={WIDTHS} value={width} onChange={setWidth} />
      </header>
      <ScrollRegion className="gallery-body" label="卡片列表">
        {tenantFailure && <p className="hint">{tenantFailure}</p>}
        {cards
          .filter((card) => feature === '' || card.feature === feature)
          .map((card) => (
            <GalleryEntry key={card.name} card={card} looks={looks} surroundings={surroundings} />
          ))}
      </ScrollRegion>
      <p className="gallery-said" role="status">
        {said}
      </p>
    </main>
  );
}

/** A card with several samples comes several times: they are numbered. */
function nameCards(cards: CardsAnswer['cards']): NamedCard[] {
  const isSame = (one: CardsAnswer['cards'][number]) => (two: typeof one) =>
    one.feature === two.feature && one.card === two.card;
  return cards.map((card, at) => {
    const [place, all] = [cards.slice(0, at).filter(isSame(card)).length + 1, cards.filter(isSame(card)).length];
    return { ...card, name: `${card.feature}/${card.card}${all > 1 ? ` ${place}/${all}` : ''}` };
  });
}

function useCards() {
  const [answer, setAnswer] = useState<CardsAnswer>();
  const [tenantFailure, setFailure] = useState('');
  useEffect(() => {
    api
      .cards()
      .then(setAnswer, (error: unknown) =>
        setFailure(error instanceof ApiError && error.status === 404 ? '机器人没有提供卡片。' : reasonOf(error)),
      );
  }, []);
  return { answer, tenantFailure };
}

/** Presses go nowhere here; what would be posted is shown. */
function useSampleSurroundings(say: (words: string) => void): CardSurroundings {
  const { nameOf, people } = useTenant();
  return useMemo(
    () => ({
      nameOf,
      fileUrl,
      members: people.map(({ id, name }) => ({ id, name })),
      tell: say,
      press: async (post) => say(`样例不发送：${JSON.stringify(post)}`),
    }),
    [nameOf, people, say],
  );
}

type TabsProps<T extends string> = {
  label: string;
  options: Record<T, string>;
  value: T;
  onChange: (value: T) => void;
};

function Tabs<T extends string>({ label, options, value, onChange }: TabsProps<T>) {
  return (
    <fieldset className="tabs" aria-label={label}>
      {(Object.entries(options) as [T, string][]).map(([name, words]) => (
        <button key={name} type="button" aria-pressed={name === value} onClick={() => onChange(name)}>
          {words}
        </button>
      ))}
    </fieldset>
  );
}
