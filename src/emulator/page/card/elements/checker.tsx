/** A line that can be ticked off. */
import { useState } from 'react';
import type { CheckerElement } from '../card-types.ts';
import { TextView } from '../text.tsx';
import { useAct } from '../use-act.ts';
import { useForm } from './form.tsx';

/** Without behaviours the tick stays on this screen, as in Feishu. */
export function CheckerView({ element }: { element: CheckerElement }) {
  const form = useForm();
  const { act, isBusy } = useAct(element);
  const [alone, setAlone] = useState(element.checked ?? false);
  const name = element.name ?? '';
  const look = element.checked_style;
  const isChecked = form ? Boolean(form.values[name]) : alone;
  const tick = async (checked: boolean) => {
    if (form) return form.set(name, checked);
    setAlone(checked);
    const wasDone = await act({ tag: 'checker', checked }, false);
    if (!wasDone) setAlone(!checked);
  };
  return (
    <label
      className={`card-checker ${isChecked && look?.show_strikethrough ? 'is-struck' : ''}`}
      style={{ opacity: isChecked ? look?.opacity : undefined }}
    >
      <input
        type="checkbox"
        data-field={name}
        checked={isChecked}
        disabled={isBusy}
        onChange={(event) => void tick(event.target.checked)}
      />
      <TextView text={element.text} />
    </label>
  );
}
