/** The line to type: Enter sends, Shift+Enter breaks the line, a file can be attached or dropped. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { PageChat } from '../../site/page-api.ts';
import { api, reasonOf } from '../api.ts';
import { PHONE } from '../hooks/use-media.ts';
import { useTenant } from '../hooks/use-tenant.ts';
import { Icon } from '../ui/icon.tsx';

type Props = { person: string; chat: PageChat; draft: string | undefined; onRefused: (why: string) => void };

/** What was typed stays until it has been sent. */
export function Composer({ person, chat, draft = '', onRefused }: Props) {
  const [text, setText] = useState(draft);
  const [mentionsBot, setMentionsBot] = useState(true);
  const files = useRef<HTMLInputElement>(null);
  const line = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // On a phone this would raise the keyboard over the conversation.
    if (!matchMedia(PHONE).matches) line.current?.focus();
  }, []);
  const botName = useTenant().bot.name;
  const isGroup = chat.kind === 'group';
  const send = async () => {
    const typed = text.trim();
    if (typed === '') return;
    setText('');
    try {
      await api.sendText(person, chat.id, typed, isGroup && mentionsBot);
    } catch (error) {
      setText(typed);
      onRefused(reasonOf(error));
    }
  };
  const sendFile = (file: File | undefined) => {
    if (file) api.sendFile(person, chat.id, file).catch((error: unknown) => onRefused(reasonOf(error)));
  };
  const sendOnEnter = (event: KeyboardEvent) => {
    // While an input method composes, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };
  return (
    <form
      className="composer"
      aria-label="写消息"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        sendFile(event.dataTransfer.files[0]);
      }}
    >
      {isGroup && (
        <button
          type="button"
          className="btn btn-quiet composer-at"
          aria-pressed={mentionsBot}
          onClick={() => setMentionsBot(!mentionsBot)}
        >
          @{botName}
        </button>
      )}
      <textarea
        ref={line}
        className="composer-text"
        rows={1}
        maxLength={10_000}
        value={text}
        placeholder={isGroup && !mentionsBot ? '发到群里（机器人听不到）' : `发送给 ${chat.name}`}
        aria-label="消息"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={sendOnEnter}
      />
      <input
        ref={files}
        type="file"
        hidden
        aria-hidden="true"
        tabIndex={-1}
        onChange={(event) => {
          sendFile(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <button
        type="button"
        className="icon-button"
        title="发送文件"
        aria-label="发送文件"
        onClick={() => files.current?.click()}
      >
        <Icon name="clip" />
      </button>
      <button
        type="submit"
        className="icon-button composer-send"
        title="发送（Enter）"
        aria-label="发送"
        disabled={text.trim() === ''}
      >
        <Icon name="send" />
      </button>
    </form>
  );
}
