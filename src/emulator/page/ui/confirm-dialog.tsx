/** A question before something that reaches many or cannot be undone. */
import { useEffect, useId, useRef } from 'react';

type Props = { title: string; text: string; yes?: string; onAnswer: (yes: boolean) => void };

/** A modal dialog: the browser keeps the focus inside and gives it back afterwards; Escape answers no. */
export function ConfirmDialog({ title, text, yes = '确认', onAnswer }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const answer = (value: boolean) => {
    dialog.current?.close();
    onAnswer(value);
  };
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        answer(false);
      }}
    >
      <h2 id={titleId} className="dialog-title">
        {title || '请确认'}
      </h2>
      {text && <p className="dialog-text">{text}</p>}
      <div className="dialog-buttons">
        <button type="button" className="btn" onClick={() => answer(false)}>
          取消
        </button>
        <button type="button" className="btn btn-primary" onClick={() => answer(true)}>
          {yes}
        </button>
      </div>
    </dialog>
  );
}
