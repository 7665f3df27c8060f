/** A whole card: header and body, with the confirmation its elements may ask for. */
import { Component, type ReactNode, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { CardContext, type CardSurroundings } from './card-context.ts';
import { CardHeader } from './card-header.tsx';
import type { Card, Confirm } from './card-types.ts';
import { Elements } from './element.tsx';
import { flowStyle } from './style.ts';
import { wordsOf } from './text.tsx';

type Question = { confirm: Confirm; answer: (yes: boolean) => void };

/** Draws a card as Feishu lays it out. One press at a time: until its answer is there the card takes no other. */
export function CardView({ card, surroundings }: { card: Card; surroundings: CardSurroundings }) {
  const [busy, setBusy] = useState<string>();
  const [question, setQuestion] = useState<Question>();
  const isPressing = useRef(false);
  const { article, rememberFocus } = useFocusAfterEdit(card);
  const inside = useMemo(
    () => ({
      ...surroundings,
      style: card.config?.style,
      busy,
      ask: (confirm: Confirm) => new Promise<boolean>((answer) => setQuestion({ confirm, answer })),
      pressFrom: async (element: string, post: Parameters<CardSurroundings['press']>[0]) => {
        if (isPressing.current) return;
        isPressing.current = true;
        rememberFocus();
        setBusy(element);
        try {
          await surroundings.press(post);
        } finally {
          isPressing.current = false;
          setBusy(undefined);
        }
      },
    }),
    [surroundings, card.config?.style, busy, rememberFocus],
  );
  const close = (yes: boolean) => {
    question?.answer(yes);
    setQuestion(undefined);
  };
  return (
    <CardContext value={inside}>
      <CardBoundary>
        <article
          ref={article}
          tabIndex={-1}
          className={`card card-${card.config?.width_mode ?? 'default'}`}
          aria-label={wordsOf(card.header?.title) || '卡片'}
          aria-busy={busy !== undefined}
        >
          {card.header && <CardHeader header={card.header} />}
          <div className="card-body" style={{ padding: '12px', ...definedOnly(flowStyle(card.body ?? {})) }}>
            <Elements elements={card.body?.elements} />
          </div>
        </article>
        {question && (
          <ConfirmDialog
            title={wordsOf(question.confirm.title)}
            text={wordsOf(question.confirm.text)}
            onAnswer={close}
          />
        )}
      </CardBoundary>
    </CardContext>
  );
}

/** A pressed button often goes with the answer: the focus then stays with the card instead of falling to the top of the page. */
function useFocusAfterEdit(card: Card) {
  const article = useRef<HTMLElement>(null);
  const hadFocus = useRef(false);
  const rememberFocus = useCallback(() => {
    hadFocus.current = article.current?.contains(document.activeElement) ?? false;
  }, []);
  // Runs after each edit of the card.
  useLayoutEffect(() => {
    if (hadFocus.current && document.activeElement === document.body) article.current?.focus({ preventScroll: true });
    hadFocus.current = false;
  }, [card]);
  return { article, rememberFocus };
}

function definedOnly<T extends object>(style: T): Partial<T> {
  return Object.fromEntries(Object.entries(style).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** Keeps a card that cannot be drawn from taking the page with it. */
class CardBoundary extends Component<{ children: ReactNode }, { failure: string | undefined }> {
  override state = { failure: undefined as string | undefined };
  static getDerivedStateFromError(error: unknown) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
  override render() {
    if (this.state.failure === undefined) return this.props.children;
    return <div className="card card-broken">这张卡片无法显示：{this.state.failure}</div>;
  }
}
