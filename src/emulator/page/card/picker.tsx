/** Date, time and date-time pickers: the browser's own, which every keyboard and phone knows. */
import { useState } from 'react';
import type { PickerElement } from './card-types.ts';
import { FieldNote, initialValue, useForm, withZone } from './form.tsx';
import { wordsOf } from './text.tsx';
import { useAct } from './use-act.ts';

const TYPES = { date_picker: 'date', picker_time: 'time', picker_datetime: 'datetime-local' } as const;
const NAMES = { date_picker: '选择日期', picker_time: '选择时间', picker_datetime: '选择日期和时间' } as const;

/** What is chosen is posted with the offset of Beijing. */
export function PickerView({ element }: { element: PickerElement }) {
  const form = useForm();
  const { act, isBusy } = useAct(element);
  const [alone, setAlone] = useState(String(initialValue(element)));
  const name = element.name ?? '';
  const value = form ? String(form.values[name] ?? '') : alone;
  const choose = (typed: string) => {
    const chosen = withZone(typed.replace('T', ' '));
    if (form) return form.set(name, chosen);
    setAlone(chosen);
    if (chosen) void act({ tag: element.tag, option: chosen });
  };
  return (
    <FieldNote name={element.name}>
      <input
        type={TYPES[element.tag]}
        className="field field-picker"
        data-field={name}
        value={value.replace(/ [+-]\d{4}$/, '').replace(' ', 'T')}
        aria-label={wordsOf(element.placeholder) || NAMES[element.tag]}
        aria-required={element.required || undefined}
        disabled={element.disabled || isBusy}
        onChange={(event) => choose(event.target.value)}
      />
    </FieldNote>
  );
}
