/** What the bot and Feishu said to each other, all of it or about one message. */
import { useEffect, useRef, useState } from 'react';
import type { WireCall } from '../../site/page-api.ts';
import { api, reasonOf } from '../api.ts';
import { formatSeconds } from '../format-time.ts';
import { useDispatch } from '../state.ts';
import { useStream } from '../stream.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';

const SHOWN = 200;

/** Newest first, growing while it is open unless paused; the newest 200 are kept. */
export function WirePanel({ message }: { message: string | undefined }) {
  const dispatch = useDispatch();
  const [calls, setCalls] = useState<WireCall[]>();
  const [failure, setFailure] = useState('');
  const [isPaused, setIsPaused] = useState(false);
  const waiting = useRef<WireCall[]>([]);
  useEffect(() => {
    api.calls(message, SHOWN).then(
      (answer) => setCalls(answer.calls),
      (error: unknown) => setFailure(reasonOf(error)),
    );
  }, [message]);
  useStream((event) => {
    if (event.kind !== 'call' || isPaused || (message && event.call.messageId !== message)) return;
    // A crowd's calls come in one after another: they are drawn once per frame.
    if (waiting.current.push(event.call) === 1) {
      requestAnimationFrame(() => {
        const fresh = waiting.current.splice(0).reverse();
        setCalls((before) =>
          [...fresh, ...(before ?? []).filter((call) => !fresh.some((one) => one.id === call.id))].slice(0, SHOWN),
        );
      });
    }
  });
  return (
    <>
      <div className="wire-tools">
        {message && (
          <button type="button" className="btn btn-small" onClick={() => dispatch({ do: 'panel', panel: 'wire' })}>
            看全部通信
          </button>
        )}
        <button type="button" className="btn btn-small" aria-pressed={isPaused} onClick={() => setIsPaused(!isPaused)}>
          {isPaused ? '继续' : '暂停'}
        </button>
        {calls && calls.length > 0 && <CopyButton words="全部复制" text={() => fixtureOf(calls)} />}
      </div>
      {failure && (
        <p className="note note-error" role="alert">
          {failure}
        </p>
      )}
      {calls?.length === 0 && <p className="hint">还没有通信</p>}
      <ul className="wire-list">
        {(calls ?? []).map((call) => (
          <CallLine call={call} key={call.id} />
        ))}
      </ul>
    </>
  );
}

function CallLine({ call }: { call: WireCall }) {
  const [isOpen, setIsOpen] = useState(false);
  const isFine = call.status >= 200 && call.status < 300 && (call.code === null || call.code === 0);
  return (
    <li>
      <details className="wire-call" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary>
          <span className="wire-way" data-tone={call.direction === 'out' ? 'blue' : 'turquoise'}>
            {call.direction === 'out' ? '调用' : '推送'}
          </span>
          <span className="wire-path">
            {eventOf(call) ?? (
              <>
                <b>{call.method}</b> {call.path}
              </>
            )}
          </span>
          <span className="wire-status" data-tone={isFine ? 'green' : 'red'}>
            {call.status === 0 ? '无回音' : call.status}
            {call.code ? ` · ${call.code}` : ''}
          </span>
          <span className="wire-time">
            {formatSeconds(new Date(call.at))} · {Math.round(call.durationMs)} ms
          </span>
        </summary>
        {isOpen && (
          <div className="wire-detail">
            <Json words="请求" value={call.request} />
            <Json words="回答" value={call.response} />
            <CopyButton words="复制为样例" text={() => fixtureOf([call])} />
          </div>
        )}
      </details>
    </li>
  );
}

/** What a push is about, when it can be read; its address is always the same. */
function eventOf(call: WireCall): string | undefined {
  if (call.direction === 'out') return undefined;
  const { header } = (readable(call.request) ?? {}) as { header?: { event_type?: string } };
  return header?.event_type;
}

function Json({ words, value }: { words: string; value: unknown }) {
  return (
    <>
      <div className="wire-label">{words}</div>
      <ScrollRegion className="wire-json" label={words}>
        {JSON.stringify(readable(value), null, 2) ?? '（空）'}
      </ScrollRegion>
    </>
  );
}

/** Feishu puts JSON into strings (`content`): shown as what it is. */
export function readable(value: unknown): unknown {
  if (typeof value === 'string' && /^[[{]/.test(value)) {
    try {
      return readable(JSON.parse(value));
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value === 'object' && value)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner)]));
  return value;
}

/** Calls as a fixture for a test: exactly what went over the wire, oldest first. */
export function fixtureOf(calls: WireCall[]): string {
  const kept = [...calls].reverse().map(({ direction, method, path, status, request, response }) => ({
    direction,
    method,
    path,
    status,
    request,
    response,
  }));
  return JSON.stringify(kept.length === 1 ? kept[0] : kept, null, 2);
}
