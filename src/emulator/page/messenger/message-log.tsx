/** The messages of a conversation, newest at the bottom. */
import { Fragment, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { PageMessage } from '../../site/page-api.ts';
import { formatMoment } from '../format-time.ts';
import { MessageRow, type MessageSurroundings } from './message-row.tsx';

const NEAR_PX = 80;
/** Whoever reads the newest does not need thousands of rows above. */
const TOO_MANY = 400;
const ENOUGH = 120;
/** A pause after which the time is written above the next message. */
const PAUSE_MS = 10 * 60_000;

type Props = {
  person: string;
  messages: PageMessage[];
  hasMore: boolean;
  isLoaded: boolean;
  readOlder: () => Promise<void>;
  keepNewest: (count: number) => void;
  surroundings: MessageSurroundings;
  label: string;
};

/** A live log: what arrives is read out by screen readers, politely. */
export function MessageLog(props: Props) {
  const { person, messages, hasMore, isLoaded, readOlder, surroundings, label } = props;
  const { box, content, isAway, toEnd, onScroll } = useStickToEnd(props);
  return (
    <div className="log-frame">
      <div
        className="log"
        role="log"
        aria-live="polite"
        aria-relevant="additions"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: without it no key could scroll the messages.
        tabIndex={0}
        ref={box}
        onScroll={onScroll}
      >
        <div className="log-content" ref={content}>
          {hasMore && (
            <button type="button" className="btn btn-quiet log-older" onClick={() => void readOlder()}>
              更早的消息
            </button>
          )}
          {messages.map((message, at) => (
            <Fragment key={message.id}>
              {isAfterPause(messages[at - 1], message) && (
                <div className="log-time">{formatMoment(new Date(message.createdAt))}</div>
              )}
              <MessageRow message={message} isOwn={message.sender.id === person} surroundings={surroundings} />
            </Fragment>
          ))}
          {isLoaded && messages.length === 0 && <p className="hint log-hint">还没有消息。试着发一句：帮助</p>}
        </div>
      </div>
      {isAway && (
        <button type="button" className="log-end btn" onClick={toEnd}>
          回到最新消息 ↓
        </button>
      )}
    </div>
  );
}

function isAfterPause(before: PageMessage | undefined, message: PageMessage): boolean {
  return !before || Date.parse(message.createdAt) - Date.parse(before.createdAt) > PAUSE_MS;
}

function distanceToEnd(element: HTMLElement): number {
  return element.scrollHeight - element.scrollTop - element.clientHeight;
}

type Read = Pick<Props, 'person' | 'messages' | 'readOlder' | 'keepNewest'>;

/**
 * Keeps the newest message in view unless the person has scrolled up, and what is being read in place when older ones come. Whoever
 * sends something is taken to it.
 */
function useStickToEnd({ person, messages, readOlder, keepNewest }: Read) {
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isStuck = useRef(true);
  const newestId = useRef<string | undefined>(undefined);
  const anchor = useRef<{ id: string | undefined; height: number }>({ id: undefined, height: 0 });
  const [isAway, setIsAway] = useState(false);
  const lastTop = useRef(0);
  // Somebody else may have scrolled just now (the tour, the focus): the browser tells of it a frame later.
  const followEnd = () => {
    const element = box.current;
    if (!element || !isStuck.current) return;
    const isLeft = element.scrollTop < lastTop.current - 1 && distanceToEnd(element) >= NEAR_PX;
    if (!isLeft) element.scrollTop = element.scrollHeight;
    lastTop.current = element.scrollTop;
  };
  const trim = () => {
    if (isStuck.current && messages.length > TOO_MANY) keepNewest(ENOUGH);
  };

  const toEnd = useCallback(() => {
    isStuck.current = true;
    lastTop.current = 0;
    setIsAway(false);
    followEnd();
  }, []);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const firstId = messages[0]?.id;
    const newest = messages.at(-1);
    if (newest?.id !== newestId.current && newest?.sender.id === person) toEnd();
    newestId.current = newest?.id;
    if (isStuck.current) followEnd();
    else if (firstId !== anchor.current.id) element.scrollTop += element.scrollHeight - anchor.current.height;
    anchor.current = { id: firstId, height: element.scrollHeight };
    trim();
  }, [messages]);

  useEffect(() => {
    if (!content.current) return;
    const observer = new ResizeObserver(followEnd);
    observer.observe(content.current);
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, []);

  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    const isNear = distanceToEnd(element) < NEAR_PX;
    lastTop.current = element.scrollTop;
    isStuck.current = isNear;
    setIsAway(!isNear);
    trim();
    anchor.current.height = element.scrollHeight;
    if (element.scrollTop < NEAR_PX && !isNear) void readOlder();
  };
  return { box, content, isAway, toEnd, onScroll };
}
